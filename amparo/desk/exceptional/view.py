"""Told to medical staff in an emergency; asked for by legal demand. What waits for whoever answers for privacy.

Nothing opens by any of it: the page writes down what was told and by whom it was asked, and the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.requests.base import STAFF
from amparo.cases.requests.exceptional import ANSWERS, KEEPERS, PRESENT
from amparo.desk import acts, audience
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE, line, of_type, pick_one, words
from amparo.desk.context import ActsPage, Form, RefusalLines, Section
from amparo.desk.ids import unique
from amparo.desk.line import first_line, scene_of
from amparo.desk.pages import staff_page
from amparo.desk.scene import Scene
from amparo.desk.typed import one
from amparo.desk.where import here
from amparo.errors import NotPermitted
from amparo.ledger import book

FIELDS: Mapping[str, tuple[str, ...]] = {
    "emergency_disclosure": ("to", "what", "why"),
    "legal_demand": ("from", "under", "what"),
    "review_disclosure": ("id", "words"),
    "answer_demand": ("id", "answer", "words"),
}
"""What each form sends."""


def kind_of(scene: Scene) -> str:
    """The platform role in which somebody works here."""
    return scene.pathway.roles[scene.role].is_


# ------------------------------------------------------------------------------------------------ of one case
@staff_page
def outside(request: HttpRequest, case_id: str) -> HttpResponse:
    """The forms of one case."""
    desk = acts.open_case(request, case_id, "outside")
    if kind_of(desk.scene) not in PRESENT | KEEPERS:
        raise NotPermitted(case_id)
    sent = _press(desk, request.POST.get("then", "")) if request.method == "POST" else acts.NOTHING_SENT
    if sent.done:
        return acts.go_on(request, desk, "outside")
    return render(request, "desk/acts.html", {"page": unique(page(desk, sent.refusals))})


def _press(desk: CaseDesk, then: str) -> Sent:
    if then not in FIELDS:
        return acts.NOTHING_SENT
    args: dict[str, Any] = {name: one(desk.typed, name) for name in FIELDS[then]}
    if then == "legal_demand" and (due := _day(desk)):
        args["due"] = due
    return acts.send(desk, then, args, then)


def _day(desk: CaseDesk) -> str:
    """The day that was typed, as a date is written; '' if nothing was. The engine says so where it is none."""
    parts = [one(desk.typed, f"due.{part}") for part in ("year", "month", "day")]
    year, month, day = (part.rjust(n, "0") if part else "" for part, n in zip(parts, (4, 2, 2), strict=True))
    return f"{year}-{month}-{day}" if any(parts) else ""


def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """What waits first, then what can be written down."""
    scene, kind = desk.scene, kind_of(desk.scene)
    sections = (
        *(_waiting(desk) if kind in KEEPERS else ()),
        *((_emergency(scene),) if kind in PRESENT else ()),
        *((_demand(scene),) if kind in STAFF else ()),
    )
    return ActsPage(
        first_line(scene),
        _("Told in an emergency, or asked for by law"),
        reverse("outside", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        lead=_("Nothing opens by what is written here. The person can read it."),
        sections=sections,
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def _emergency(scene: Scene) -> Section:
    readers = audience.of_routine(scene)
    rows = (
        line(scene, "to", _("Who was told: name, and hospital or crew")),
        words(scene, "what", _("What they were told, no more than they needed"), readers),
        words(scene, "why", _("Why it could not wait"), readers),
    )
    form = Form("emergency_disclosure", _("Medical staff were told"), _("Write it down"), rows, "ink")
    return Section(
        _("In an emergency"),
        _(
            "Only to medical staff, to save life or health. Whoever answers for privacy looks at it afterwards."
        ),
        forms=(form,),
    )


def _demand(scene: Scene) -> Section:
    rows = (
        line(scene, "from", _("Who asks")),
        line(scene, "under", _("Under which law or order")),
        words(scene, "what", _("What is asked for"), audience.of_routine(scene)),
        of_type(scene, DATE, "due", _("Answer asked by")),
    )
    form = Form("legal_demand", _("Somebody asks for something of this case"), _("Put it in the queue"), rows)
    return Section(
        _("Asked for by law"),
        _("Give nothing and confirm nothing now: say that whoever answers for privacy will write."),
        forms=(form,),
    )


def _waiting(desk: CaseDesk) -> tuple[Section, ...]:
    """A form for each thing that waits for an answer or a look."""
    forms = tuple(_to_do(desk.scene, x) for x in desk.seen.view.exceptional)
    return (Section(_("Waits for you"), forms=forms),) if forms else ()


def _to_do(scene: Scene, x: Mapping[str, Any]) -> Form:
    readers, hidden = audience.of_routine(scene), (("id", str(x["id"])),)
    if "asker" not in x:
        row = words(scene, "words", _("Was it needed, was it as little as would do, what follows"), readers)
        title = _("Look at what %(to)s was told") % {"to": x["to"]}
        return Form("review_disclosure", title, _("Looked at"), (row,), "go", _said(scene, x), hidden)
    titles = {"refused": _("Refused"), "part": _("Given in part"), "complied": _("Given as asked")}
    rows = (
        pick_one(scene, "answer", _("The answer"), [(a, titles[a]) for a in ANSWERS]),
        words(scene, "words", _("What was given or refused, and why"), readers),
    )
    title = _("Answer %(who)s") % {"who": x["asker"]}
    return Form("answer_demand", title, _("Write the answer down"), rows, "go", _said(scene, x), hidden)


def _said(scene: Scene, x: Mapping[str, Any]) -> str:
    """What is known of it, in one line."""
    when = scene.clock.when(x["at"])
    if "asker" not in x:
        return _("%(when)s: %(what)s. Why: %(why)s") % {"when": when, "what": x["what"], "why": x["why"]}
    due = _(" Answer by %(day)s.") % {"day": scene.clock.day(x["due"])} if x.get("due") else ""
    return (
        _("%(when)s, under %(law)s: %(what)s.") % {"when": when, "law": x["under"], "what": x["what"]} + due
    )


# ------------------------------------------------------------------------------------------------ of a site
@dataclass(frozen=True)
class WaitingRow:
    """Something that waits in a case."""

    what: str
    said: str
    file: str
    href: str


@dataclass(frozen=True)
class WaitingPage:
    """All that waits at a site."""

    rows: tuple[WaitingRow, ...]
    foot: str
    first: None = None


@staff_page
def waiting(request: HttpRequest) -> HttpResponse:
    """The queue: legal demands by their day, and emergency disclosures nobody has looked at."""
    at = here(request)
    if at.pathway.roles[at.role].is_ not in KEEPERS:
        raise NotPermitted("demands")
    found = book.exceptional(at.account, at.site, at.post.programme, role=at.role)
    rows: list[tuple[int, WaitingRow]] = []
    for row in found:
        scene = scene_of(at, book.Seen(row.view, row.record, "", at.site, (at.role,)))
        href = reverse("outside", args=[row.case])
        for x in row.view.exceptional:
            form = _to_do(scene, x)
            drawn = WaitingRow(form.title, form.said, book.number(row.case), href)
            rows.append((x.get("due") or x["at"], drawn))
    drawn_rows = tuple(row for _due, row in sorted(rows, key=lambda pair: pair[0]))
    n = len(drawn_rows)
    foot = ngettext("%(n)s thing waits.", "%(n)s things wait.", n) % {"n": n}
    return render(request, "exceptional/page.html", {"page": WaitingPage(drawn_rows, foot)})
