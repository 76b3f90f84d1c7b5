"""The range of past agreements, on request alone: smallest first, no average, no advice, nothing where they are few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import acts
from amparo.desk.acts import CaseDesk
from amparo.desk.context import ActsPage, Nothing, Pair, Section
from amparo.desk.line import first_line
from amparo.desk.obligations import terms
from amparo.desk.pages import staff_page
from amparo.desk.scene import Scene, capital
from amparo.desk.words import code_title, listed, lower_first, pick
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.ledger.past import YEARS_BACK, Past, may_see
from amparo.pathways.model import Type

MONEY = Type("money")


@staff_page
def past(request: HttpRequest, case_id: str, kind: str) -> HttpResponse:
    """The page. To roles that do not see the site's agreements it is not there."""
    desk = acts.open_case(request, case_id, "past agreements")
    if kind not in desk.scene.pathway.obligations:
        raise NotPermitted(desk.case)
    found = book.past_agreements(
        desk.here.account, desk.case, kind, role=desk.scene.role, now=desk.scene.clock.now
    )
    return render(request, "desk/acts.html", {"page": page(desk, kind, found)})


def href(scene: Scene, kind: str) -> str:
    """Where it is read; '' for who may not, and for a person's own plan, which is measured by nobody's."""
    o = scene.pathway.obligations[kind]
    if scene.view is None or terms.is_goal(o) or not may_see(scene.pathway, scene.role, kind):
        return ""
    return reverse("past", args=[scene.view.case, kind])


def page(desk: CaseDesk, kind: str, found: Past) -> ActsPage:
    """The range in a line each, and what counts as similar."""
    scene = desk.scene
    o = scene.pathway.obligations[kind]
    years = _("Here, in the last %(n)s years") % {"n": YEARS_BACK}
    title = _("Past: %(what)s") % {"what": lower_first(pick(o.title, kind))}
    return ActsPage(
        first_line(scene),
        title,
        reverse("past", args=[desk.case, kind]),
        lead=_("A range, smallest first. No average and no advice: this person’s case is their own."),
        sections=(Section(years, pairs=tuple(_pairs(scene, kind, found))),),
        back=reverse("obligations", args=[desk.case]),
    )


def _pairs(scene: Scene, kind: str, found: Past) -> Iterable[Pair]:
    yield Pair(_("Similar means"), _similar(scene, found))
    if found.range is None:
        yield Pair(
            _("Range"), nothing=Nothing("na", _("fewer than five: not told, since few can be somebody"))
        )
        return
    o = scene.pathway.obligations[kind]
    yield Pair(_("Items"), _ends(*found.range.items), strong=True)
    for currency, (least, most) in found.range.sums.items():
        yield Pair(_("Money"), _ends(*(_sum(scene, currency, n) for n in (least, most))), strong=True)
    for name, ends in found.range.counts.items():
        yield Pair(capital(pick(o.terms[name].title, name)), _ends(*ends), strong=True)


def _ends(least: Any, most: Any) -> str:
    if least == most:
        return str(least)
    return _("%(least)s to %(most)s") % {"least": least, "most": most}


def _sum(scene: Scene, currency: str, minor: int) -> str:
    return scene.d.show(MONEY, {"minor": minor, "currency": currency})


def _similar(scene: Scene, found: Past) -> str:
    """`same offence: theft`; where nothing of the matter is coded, every agreement of this site."""
    facts = scene.pathway.facts
    said = (
        f"{lower_first(pick(facts[name].title, name))}: "
        f"{lower_first(code_title(scene.pathway, facts[name].type.vocabulary, code))}"
        for name, code in found.matter.items()
    )
    words = listed(said)
    return words or _("every agreement of this site: nothing of the matter is told in codes")
