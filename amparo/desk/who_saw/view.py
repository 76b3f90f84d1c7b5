"""Who saw what of a case, when and why. The same list the person reads."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk import acts
from amparo.desk.acts import CaseDesk
from amparo.desk.context import FirstLine
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.words import lower_first, role_title
from amparo.ledger import book


@dataclass(frozen=True)
class LookRow:
    """One look, or several of one kind by one account on one day."""

    when: str
    who: str
    role: str
    what: str


@dataclass(frozen=True)
class LooksPage:
    """The disclosure log of a case."""

    first: FirstLine
    rows: tuple[LookRow, ...]
    foot: str


@staff_page
def who_saw(request: HttpRequest, case_id: str) -> HttpResponse:
    """Every look, newest first; this one too."""
    desk = acts.for_the_office(acts.open_case(request, case_id, "who saw what", "who_saw"))
    looks = book.who_saw(desk.here.account, case_id, role=desk.scene.role)
    return render(request, "who_saw/page.html", {"page": page(desk, looks)})


def page(desk: CaseDesk, looks: tuple[book.Look, ...]) -> LooksPage:
    """Looks of one account at one thing on one day stand in one row, with how often."""
    grouped: dict[tuple[str, ...], list[book.Look]] = {}
    for look in looks:
        day, told = desk.scene.clock.day(look.at), f"{look.at} {look.said}" if look.to else ""
        grouped.setdefault((day, look.actor, look.role, look.what, told), []).append(look)
    rows = tuple(_row(desk, found) for found in grouped.values())
    n = sum(not look.to for look in looks)
    foot = ngettext("%(n)s look in all.", "%(n)s looks in all.", n) % {"n": n}
    return LooksPage(first_line(desk.scene), rows, foot)


def _row(desk: CaseDesk, looks: list[book.Look]) -> LookRow:
    newest = looks[0]
    often = _(", %(n)s times") % {"n": len(looks)} if len(looks) > 1 else ""
    role = lower_first(role_title(desk.scene.pathway, newest.role)) if newest.role else ""
    return LookRow(
        desk.scene.clock.when(newest.at) + often, desk.scene.who(newest.actor), role, _what(newest)
    )


def _what(look: book.Look) -> str:
    """What was looked at; of what was told outside, to whom, what and on which ground."""
    if look.what == "emergency":
        return _("told %(to)s in an emergency: “%(what)s”. Ground: %(why)s") % {
            "to": look.to, "what": look.said, "why": look.purpose,
        }  # fmt: skip
    if look.what == "demand":
        return _("gave to %(to)s on a legal demand: “%(what)s”. Ground: %(why)s") % {
            "to": look.to, "what": look.said, "why": look.purpose,
        }  # fmt: skip
    return what_words(look.what)


def what_words(what: str) -> str:
    """What was looked at."""
    known = {
        "case": _("the case file"),
        "apart": _("the page of another person in the case"),
        "link": _("the text that it was sent, by its link"),
        "list": _("a list on which the case stood"),
        "search": _("a search that found the case"),
        "letter": _("a letter"),
        "draft": _("a draft of a step, checked"),
        "form": _("the form of a step"),
        "entries": _("the entries"),
        "meeting": _("a list shown in a meeting"),
        "places": _("the list of places"),
        "tests": _("the list of tests"),
        "who_saw": _("this list"),
        "refused": _("asked, and was refused"),
    }
    return known.get(what, what.replace("_", " "))
