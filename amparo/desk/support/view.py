"""Needs, advice, offers and referrals: the person's own words by kind, each referral with its text, yes,
due and answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk import acts, answering, audience
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE
from amparo.desk.context import Audience, Nothing, RefusalLines
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import Scene, capital
from amparo.desk.support import asks, guide, rows
from amparo.desk.support.context import Kind, Said, SupportPage
from amparo.desk.typed import Wrong, field_id, one
from amparo.desk.words import code_title, listed, lower_first, role_title
from amparo.ledger import book
from amparo.lens import SupportView

NEEDS = "vocabulary/needs"


@staff_page
def support(request: HttpRequest, case_id: str) -> HttpResponse:
    """The page, or what one of its forms wrote."""
    desk = acts.for_helpers(acts.open_case(request, case_id, "support"))
    sent = acts.NOTHING_SENT
    if request.method == "POST":
        then = request.POST.get("then", "")
        sent = _press(desk, then)
        if sent.done and then == "link_answer":
            return guide.sent_page(request, desk, sent.done, anew=True)
        if sent.done:
            return acts.go_on(request, desk, "support")
    return render(request, "support/page.html", {"page": unique(page(desk, sent))})


# ------------------------------------------------------------------------------------------------ pressing
def _press(desk: CaseDesk, then: str) -> Sent:
    typed = desk.typed
    plain = {
        k: one(typed, k)
        for k in ("kind", "words", "answer", "id", "reason", "whose", "place", "how", "where", "said_by")
        if one(typed, k)
    }
    if then in ("note_need", "give_advice", "offer_help"):
        return acts.send(
            desk, then, {**plain, "audience": tuple(x for x in typed.get("audience") or () if x)}, then
        )
    if not any(x.id == plain.get("id") for x in desk.seen.view.support):
        return acts.NOTHING_SENT
    if then == "link_answer":
        return acts.send(desk, then, {"id": plain["id"], "link": book.new_link()}, then)
    if then == "answer" and (lacks := _no_next_look(desk)):
        return Sent(None, (lacks,))
    if then in ("answer", "chase", "end"):
        return acts.send(desk, then, {**plain, **_next(desk)}, then)
    return Sent(None)


def _no_next_look(desk: CaseDesk) -> RefusalLines | None:
    """Waiting without a place and without a day is a wait that nobody looks at again."""
    if one(desk.typed, "answer") != "waiting" or _next(desk):
        return None
    return RefusalLines(
        _("“Waiting for a place” cannot be written yet."),
        _("There is no day on which to look again, so nobody would ask for this person."),
        _("Ask them from when, and write that day; with a place on the list, write the day to ask again."),
        field=field_id("next"),
    )


def _next(desk: CaseDesk) -> dict[str, Any]:
    try:
        found = answer(desk.scene.d, DATE, "next", desk.typed)
    except Wrong:
        found = None
    return {"next": found} if found else {}


# ------------------------------------------------------------------------------------------------ the page
def page(desk: CaseDesk, sent: Sent) -> SupportPage:
    """By kind, in the order of the list of needs."""
    scene, view = desk.scene, desk.seen.view
    items = list(view.support)
    codes = tuple(scene.pathway.shared.get(NEEDS, {})) or tuple(dict.fromkeys(x.kind for x in items))
    kinds = tuple(
        _kind(desk, code, [x for x in items if x.kind == code])
        for code in codes
        if any(x.kind == code for x in items)
    )
    rest = [
        lower_first(code_title(scene.pathway, NEEDS, c)) for c in codes if not any(x.kind == c for x in items)
    ]
    asked = answering.answers(scene)
    if asked:
        rest = []  # of what they were not asked they know nothing, and so neither whether it was talked about
    title = _("What %(person)s asks of you") if asked else _("What %(person)s wants, and what was offered")
    return SupportPage(
        first_line(scene),
        title % {"person": scene.person()},
        "" if asked else _count(scene, items),
        kinds,
        capital(", ".join(rest)),
        Nothing("ask", _("Not talked about – ask when it fits")) if rest else None,
        asks.forms(desk),
        _readers_of_page(scene, asked),
        reverse("support", args=[desk.case]),
        acts.new_key(),
        str(view.seq),
        _(
            "What is wanted, turned down or waited for opens nothing, closes nothing and delays "
            "nothing in the case."
        ),
        rows.to_refer(desk) if guide.may_refer(desk) else "",
        "" if any(link.kind == "go" for k in kinds for r in k.referrals for link in r.links) else "go",
        sent.refusals,
    )


def _readers_of_page(scene: Scene, asked: bool) -> Audience:
    """Who reads it, and who does not. To name the latter would tell a service whom else the person deals with."""
    readers = audience.of_support(scene)
    return replace(readers, not_by=_("anybody else")) if asked else readers


def _count(scene: Scene, items: list[SupportView]) -> str:
    referrals = [x for x in items if x.what == "referral"]
    late = sum(rows.is_ours(scene, x) for x in referrals)
    waiting = sum(x.state in ("sent", "waiting") for x in referrals) - late
    parts = [ngettext("%(n)s referral", "%(n)s referrals", len(referrals)) % {"n": len(referrals)}]
    parts += [_("%(n)s ours to chase") % {"n": late}] if late else []
    parts += [_("%(n)s waiting") % {"n": waiting}] if waiting else []
    return ", ".join(parts)


def _kind(desk: CaseDesk, code: str, items: list[SupportView]) -> Kind:
    said = tuple(_said(desk.scene, x) for x in items if x.what != "referral")
    return Kind(
        code_title(desk.scene.pathway, NEEDS, code),
        said,
        tuple(rows.referral(desk, x) for x in items if x.what == "referral"),
        rows.to_refer(desk, code) if guide.may_refer(desk, code) else "",
    )


def _said(scene: Scene, x: SupportView) -> Said:
    what = {"need": _("noted"), "advice": _("advice given"), "help": _("help offered")}[x.what]
    when = f"{scene.clock.when(x.at)}, {what}, {scene.who(x.by, x.role)}"
    if x.what == "help":
        answers = {
            "yes": (_("said yes"), "check"),
            "no": (_("said no; nothing follows"), "dash"),
            "later": (_("later"), "pause"),
            "": ("", ""),
        }
        words_, mark = answers.get(x.state, answers[""])
        return Said(
            x.words, when, words_, mark, _no_readers(scene, x) if x.state == "no" else _readers(scene, x)
        )
    return Said(x.words, when, "", "", _readers(scene, x))


def _no_readers(scene: Scene, x: SupportView) -> str:
    """A no to help stands for those alone who may read it; to everybody else it is not there, nor counted."""
    return _("read by: %(who)s; for everybody else this is not there") % {
        "who": audience.of_support(scene, x.audience).read_by
    }


def _readers(scene: Scene, x: SupportView) -> str:
    """Whom the person chose to let read it, beside who sees all support."""
    extra = [lower_first(role_title(scene.pathway, role)) for role in x.audience]
    return _("also read by: %(who)s") % {"who": listed(extra)} if extra else ""
