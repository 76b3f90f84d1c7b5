"""Giving a case to somebody: who is on duty, how many people each carries, and one press; or taking it oneself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases import places
from amparo.desk import acts, loads
from amparo.desk.acts import CaseDesk
from amparo.desk.context import FirstLine
from amparo.desk.line import first_line
from amparo.desk.pages import plain_page, staff_page
from amparo.desk.team.view import may_give
from amparo.desk.typed import one
from amparo.desk.words import role_title
from amparo.errors import NotPermitted
from amparo.ledger import book, placing
from amparo.ledger.placing import Carries, Load
from amparo.pathways.model import Pathway


@dataclass(frozen=True)
class Worker:
    """Somebody who could take the case on. full: carries as many as one may. has: the case is theirs already."""

    account: str
    name: str
    words: str
    full: bool = False
    has: bool = False


@dataclass(frozen=True)
class RoleCard:
    """A role that can have the case, and who is on duty in it."""

    role: str
    title: str
    workers: tuple[Worker, ...]
    note: str


@dataclass(frozen=True)
class AssignPage:
    """The page: roles with their workers, one press each."""

    first: FirstLine
    action: str
    back: str
    key: str
    cards: tuple[RoleCard, ...]
    team: str


@staff_page
def assign(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who could have the case, for the office. Pressed: whoever presses has it in their role, or `who` in the role
    named.
    """
    desk = acts.open_case(request, case_id, "assign")
    if request.method != "POST":
        if not may_give(desk.scene):
            raise NotPermitted(desk.case)
        return render(request, "worklist/assign.html", {"page": page(desk)})
    named = {k: one(desk.typed, k) for k in ("role", "who") if one(desk.typed, k)}
    mine = _owner(desk) if _owner(desk) == desk.scene.role else desk.scene.role
    sent = acts.send(desk, "assign", {"role": mine, **named}, "assign")
    if sent.done is None:
        return plain_page(request, sent.refusals[0], 409)
    messages.success(request, _said(desk, one(desk.typed, "who")))
    return HttpResponseRedirect(reverse("case", args=[case_id]))


def _said(desk: CaseDesk, who: str) -> str:
    number = book.number(desk.case)
    if who in ("", desk.here.account.pk):
        return _("%(case)s is yours.") % {"case": number}
    return _("%(case)s is with %(who)s now.") % {"case": number, "who": desk.scene.who(who)}


def _owner(desk: CaseDesk) -> str:
    """The role that has a case where this one stands, '' where none has."""
    stage = desk.seen.view.stage
    return desk.scene.pathway.stages[stage].owner if stage else ""


# ------------------------------------------------------------------------------------------------ the page
def page(desk: CaseDesk) -> AssignPage:
    """Role by role, whoever carries the fewest first."""
    cards = tuple(_card(desk, role) for role in dict.fromkeys(_roles(desk)))
    back = reverse("case", args=[desk.case])
    action = reverse("assign", args=[desk.case])
    shown = tuple(c for c in cards if c.workers)
    team = reverse("team", args=[desk.case])
    return AssignPage(first_line(desk.scene), action, back, acts.new_key(), shown, team)


def _roles(desk: CaseDesk) -> Iterator[str]:
    """The role that owns the case where it stands, then those whose workers carry people from here."""
    p, stage = desk.scene.pathway, desk.seen.view.stage
    if _owner(desk) in p.roles:
        yield _owner(desk)
    for name, place in p.places.items():
        if place.each in p.roles and stage in (*place.held_in, *places.waited_in(p, name)):
            yield place.each


def _card(desk: CaseDesk, role: str) -> RoleCard:
    load = placing.loads(desk.here.site, desk.scene.pathway, role, desk.here.now)
    has = dict(desk.seen.view.assigned).get(role, "")
    workers = tuple(_worker(load, x, has) for x in load.workers)
    return RoleCard(role, role_title(desk.scene.pathway, role), workers, _note(desk.scene.pathway, load))


def _worker(load: Load, x: Carries, has: str) -> Worker:
    words = loads.carried(x)
    full = load.number is not None and x.n >= load.number and x.account != has
    if full:
        words = _("%(carries)s, as many as one may") % {"carries": words}
    elif load.over is not None and x.n > load.over:
        words = _("%(carries)s, over %(n)s") % {"carries": words, "n": load.over}
    words = loads.with_cases(words, x) if load.place else words
    return Worker(x.account, x.name, words, full, x.account == has)


def _note(pathway: Pathway, load: Load) -> str:
    """The numbers, as facts about work and not about people; and of whom they count."""
    whom = (
        loads.of_whom(pathway, load.place) if load.place else _("Counted: the open cases that each has now.")
    )
    most = _("At most %(n)s for each.") % {"n": load.number} if load.number is not None else ""
    over = _("Over %(n)s it is said here.") % {"n": load.over} if most and load.over is not None else ""
    return " ".join(x for x in (whom, most, over) if x)
