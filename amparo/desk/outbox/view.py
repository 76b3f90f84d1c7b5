"""The outbox: who must be told or sent what, since when, how it went, with which proof. Nothing answers by
itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from amparo.desk import acts
from amparo.desk.acts import CaseDesk
from amparo.desk.context import RefusalLines
from amparo.desk.line import scene_of
from amparo.desk.pages import plain_page, staff_page
from amparo.desk.papers import ground_words, letter_state, notice_state, whom
from amparo.desk.scene import Scene
from amparo.desk.times import TimeLeft, capital
from amparo.desk.typed import one
from amparo.desk.where import Here, here
from amparo.desk.words import initials, pick
from amparo.ledger import book
from amparo.lens import LetterView, NoticeView


@dataclass(frozen=True)
class OutRow:
    """Something that must leave the house, or a receipt that is awaited. act: send, receive or open. called: the
    name of whom it goes to, drawn so that it can be blanked; '' where it goes to an office. law: the sentence that
    the law lets travel with it.
    """

    what: str
    to: str
    ground: str
    initials: str
    file: str
    href: str
    since: TimeLeft
    state: str
    act: str
    action: str
    id: str
    without_name: bool = False
    called: str = ""
    law: str = ""


@dataclass(frozen=True)
class OutboxPage:
    """All of it, oldest first."""

    rows: tuple[OutRow, ...]
    foot: str
    key: str
    first: None = None


@staff_page
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits to go out at this site, and what waits for a receipt."""
    at = here(request)
    found = book.outbox(at.account, at.site, at.post.programme, role=at.role)
    return render(request, "outbox/page.html", {"page": page(at, found)})


def page(at: Here, found: tuple[book.Outgoing, ...]) -> OutboxPage:
    """Letters and notices of every case, oldest due first."""
    rows = [(due, row) for one_ in found for due, row in _rows(at, one_)]
    drawn = tuple(row for _due, row in sorted(rows, key=lambda pair: pair[0]))
    waiting = sum(r.act == "receive" for r in drawn)
    foot = ngettext("%(n)s thing to go out.", "%(n)s things to go out.", len(drawn) - waiting) % {
        "n": len(drawn) - waiting
    }
    foot += (
        " " + ngettext("%(n)s receipt awaited.", "%(n)s receipts awaited.", waiting) % {"n": waiting}
        if waiting
        else ""
    )
    return OutboxPage(drawn, foot, acts.new_key())


def _rows(at: Here, out: book.Outgoing) -> list[tuple[int, OutRow]]:
    scene = scene_of(at, book.Seen(out.row.view, out.row.record, "", at.site, (at.role,)))
    letters = [(x.due, _letter(at, scene, out.row.case, x)) for x in out.letters]
    return letters + [(n.due, _notice(at, scene, out.row.case, n)) for n in out.notices]


def _letter(at: Here, scene: Scene, case: str, x: LetterView) -> OutRow:
    href = reverse("letter", args=[case, book.item(x.id)])
    hour = at.clock.left(x.hour) if x.hour and x.hour > at.now else TimeLeft(capital(at.clock.day(x.due)))
    return OutRow(
        pick(x.title, x.letter),
        whom(scene, x.to),
        "",
        _short(scene),
        book.number(case),
        reverse("case", args=[case]),
        hour,
        letter_state(scene, x),
        "open",
        href,
        book.item(x.id),
        called=_called(scene, x.to),
    )


def _notice(at: Here, scene: Scene, case: str, n: NoticeView) -> OutRow:
    notice, ground = scene.pathway.notices[n.notice], ground_words(scene, n.notice)
    act = "receive" if n.state == "sent" else "send"
    return OutRow(
        pick(notice.title, n.notice),
        whom(scene, n.to),
        ground,
        "" if n.without_name else _short(scene),
        book.number(case),
        reverse("case", args=[case]),
        TimeLeft(capital(at.clock.day(n.due))),
        notice_state(scene, n.state, n.sent, n.received),
        act,
        reverse("notice", args=[case, book.item(n.id)]),
        book.item(n.id),
        n.without_name,
        _called(scene, n.to),
        pick(n.law),
    )


def _called(scene: Scene, to: str) -> str:
    return scene.called if to == "person" else ""


def _short(scene: Scene) -> str:
    return initials(scene.called) if scene.called else ""


@require_POST
@staff_page
def notice(request: HttpRequest, case_id: str, notice_id: str) -> HttpResponse:
    """A notice went out, or its receipt came."""
    desk = acts.open_case(request, case_id, "outbox")
    sent = acts.send(desk, *_wish(desk, book.item_of(notice_id) or ""), "outbox")
    if sent.done is None:
        return plain_page(request, _no(sent.refusals), 409)
    messages.success(request, acts.written(desk))
    return HttpResponseRedirect(reverse("outbox"))


def _wish(desk: CaseDesk, notice_id: str) -> tuple[str, dict[str, Any]]:
    if one(desk.typed, "act") == "receive":
        return "receive", {"id": notice_id, "receipt": one(desk.typed, "receipt")}
    return "send", {"id": notice_id, "how": one(desk.typed, "how")}


def _no(lines: tuple[RefusalLines, ...]) -> RefusalLines:
    return lines[0]
