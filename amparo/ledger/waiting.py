"""Places at a site: who has one, who waits, and what is free for one case. Counted from the cases themselves.

In clear stands nothing of it: a stage alone can say that somebody is in treatment. So the logs of the programme's open
cases at the site are read and folded each time; whoever takes a place does so with the place's own lock held, so that
two people never get the last one.
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.cases import places
from amparo.cases.index import begins_at
from amparo.cases.model import Case, Request, Room, Site
from amparo.cases.places import Row, Standing
from amparo.ledger import casefile, locks, papers
from amparo.ledger.casefile import CaseFile
from amparo.ledger.memo import once
from amparo.ledger.models import EventRow, Summary
from amparo.pathways import calendar
from amparo.pathways.model import Names, Pathway
from amparo.people import staff

DAY = 86400
WEEK = 7 * DAY


def of_steps(pathway: Pathway, steps: Iterable[str]) -> Names:
    """The places that these steps need."""
    named = (pathway.steps[name].needs for name in steps if name in pathway.steps)
    return tuple(dict.fromkeys(need.place for need in named if need is not None and need.place))


def of_stage(case: Case) -> Names:
    """The places that a step which begins where the case stands may need."""
    steps = (name for name, s in case.pathway.steps.items() if begins_at(case.pathway, s, case.stage))
    return of_steps(case.pathway, steps)


def in_turn(pathway: Pathway, site: str, names: Names) -> None:
    """Until the transaction ends nobody else takes one of these places at the site."""
    for name in sorted(names):
        locks.in_turn(f"place {site} {pathway.id} {name}")


def rooms(
    pathway: Pathway, site: Site, where: str, case: Case | None, request: Request, t: int, names: Names
) -> dict[str, Room]:
    """What is free for a case at the site `where`, and how many go before it, at time t."""
    found = {}
    for name in names:
        mine = places.asking(case, pathway, name, request, t)
        rows, workers = once(_rows, where, pathway.id, name, t), once(_workers, where, pathway.id, name, t)
        found[name] = places.room(pathway, site, name, rows, mine, t, workers)
    return found


def to_open(pathway: Pathway, site: Site, request: Request, t: int) -> dict[str, Room]:
    """What is free of the places that a case needs to open."""
    names = of_steps(pathway, (do.step for do in request.steps))
    return rooms(pathway, site, site.code, None, request, t, names)


def with_worker(
    pathway: Pathway, site: Site, where: str, case: Case, request: Request, t: int
) -> dict[str, Room]:
    """How many more people may be carried by whoever a case is to be given to. Nobody else is given one meanwhile."""
    if request.verb != "assign":
        return {}
    role, who = request.args.get("role") or request.role, request.args.get("who") or request.actor
    names = places.of_worker(case, role)
    in_turn(pathway, where, names)
    rows = ((name, _rows(where, pathway.id, name, t)) for name in names)
    return {name: Room(places.free_with(pathway, site, name, found, case.id, who, t)) for name, found in rows}


def standing(pathway: Pathway, where: str, name: str, now: int) -> Standing:
    """How a place stands at a site. For the ledger and its own desks: nothing here has passed the lens."""
    site = papers.site_on_paper(where, pathway, now=now)
    rows, workers = _rows(where, pathway.id, name, now), _workers(where, pathway.id, name, now)
    return places.standing(pathway, site, name, rows, now, workers)


def _workers(where: str, programme: str, name: str, t: int) -> tuple[str, ...]:
    """Who carries cases at the site, where there are so many places for each of them."""
    role = papers.pathway_of(programme).places[name].each
    day = papers.day_at(once(papers.zone_of, where), t)
    return tuple(who.pk for who in staff.holders(where, programme, role, day)) if role else ()


def _rows(where: str, programme: str, name: str, t: int) -> tuple[Row, ...]:
    """Every case of the programme at the site that holds the place, has used it lately, or waits for it."""
    held = once(cases, where, programme, _since(where, programme, name, t), t)
    return tuple(places.row(one.case, name, t) for one in held if name in one.pathway.places)


def cases(where: str, programme: str, since: int | None, now: int) -> tuple[CaseFile, ...]:
    """The open cases of a programme at a site, and those in which something was written since a day."""
    found = Summary.objects.filter(site=where, pathway=programme)
    live = list(found.filter(open=True).order_by("case"))
    if since is not None:
        lately = EventRow.objects.filter(day__gte=since).values("case")
        live += list(found.filter(open=False, case__in=lately).order_by("case"))
    return tuple(casefile.load_listed(live, now))


def _since(where: str, programme: str, name: str, t: int) -> int | None:
    """The first day (since 1970, UTC) on which a use that still counts can have been written down; None if the place is
    only held.
    """
    pathway = papers.pathway_of(programme)
    if pathway.places[name].per is None:
        return None
    site = papers.site_on_paper(where, pathway, now=t)
    length = places.per(pathway, site, name, t)
    back = calendar.back(t, length, site.zone, site.holidays) if length is not None else t - WEEK
    return (min(back, t - DAY) - DAY) // DAY
