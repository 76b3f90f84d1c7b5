"""What a draft would meet and cause, before anything is written. All of it through the lens; nothing is
stored.
"""

from __future__ import annotations

from typing import NamedTuple

from amparo.cases.decide import Causes, Clocked, explain, preview
from amparo.cases.model import Case, Event, Refusal, Request
from amparo.cases.read import box
from amparo.errors import NotPermitted
from amparo.ledger import casefile, log, looking, papers, waiting, world
from amparo.ledger.casefile import CaseFile
from amparo.ledger.chain import START, Link
from amparo.lens import (
    OfferView,
    Subject,
    View,
    Viewer,
    answerable,
    boxes_seen,
    event_seen,
    filtered,
    may,
    sees_stages,
    view,
)
from amparo.lens.sight import sees_case
from amparo.pathways import calendar
from amparo.pathways.model import Names, Pathway
from amparo.people.models import Account


class Caused(NamedTuple):
    """What happens at once, as this role may read it: a stage it may not name is ''; hidden entries are
    left out.

    unread: the role reads nothing of what follows, whether or not anything does. box: the box of the worklist to which
    the case moves, -1 off the list, None if it stays or the role reads no boxes. shown, shut: roles that see the case
    from then on and did not, and the other way round.
    """

    stage_from: str
    stage_to: str
    events: tuple[Event, ...]
    clocks: tuple[Clocked, ...]
    unread: bool = False
    box: int | None = None
    shown: Names = ()
    shut: Names = ()


class Considered(NamedTuple):
    """offers: how each step stands with the draft's earlier steps taken. refusals: everything against the
    draft.

    causes: None where the draft cannot be taken from here at all. view: the case as it is now, None for an
    opening.
    """

    offers: tuple[OfferView, ...]
    refusals: tuple[Refusal, ...]
    causes: Caused | None
    view: View | None


def consider(
    actor: Account,
    case_id: str | None,
    request: Request,
    *,
    programme: str = "",
    site: str = "",
    person: str = "",
    now: int | None = None,
) -> Considered:
    """Judge a draft. It is a look at the case, and logged as one. Raises `NotPermitted` as `read` does."""
    at = looking.present(now)
    asked = request._replace(actor=actor.pk)
    if case_id is None:
        return _opening(actor, asked, programme, site, person, at)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, request.role, at)
    t = at if request.happened_at is None else request.happened_at
    stated = world.state(held.log, held.case, actor, request.role, t, request.world.transfer_to)
    asked = asked._replace(world=stated)
    refusals = explain(held.pathway, held.site, held.case, case_id, asked, at)
    causes = preview(held.pathway, held.site, held.case, case_id, asked, at)
    looking.noted(held, viewer, "draft", "", at)
    return Considered(
        _offers(held, asked, viewer, at),
        tuple(
            filtered(held.pathway, held.case, viewer, refusal)
            for refusal in answerable(held.pathway, viewer, refusals)
        ),
        _seen_causes(held, viewer, causes, at),
        view(held.pathway, held.site, held.case, held.log.events, viewer, at, stated),
    )


def _offers(held: CaseFile, asked: Request, viewer: Viewer, now: int) -> tuple[OfferView, ...]:
    """The offers on the state that the earlier steps lead to: a finding, then what it makes lawful."""
    before = asked._replace(steps=asked.steps[:-1])
    ahead = preview(held.pathway, held.site, held.case, held.case.id, before, now) if before.steps else None
    case = ahead.case if ahead else held.case
    t = now if asked.happened_at is None else asked.happened_at
    return view(held.pathway, held.site, case, held.log.events, viewer, t, asked.world).offers


def _seen_causes(held: CaseFile, viewer: Viewer, causes: Causes | None, t: int) -> Caused | None:
    """Who sees no stage reads the same whether or not anything would follow."""
    if not sees_stages(held.pathway, viewer.role):
        return Caused("", "", (), (), unread=True)
    if causes is None:
        return None
    before, after = held.case, causes.case

    def stage(name: str) -> str:
        return name if name and may(held.pathway, after, viewer, Subject("stage", name)) else ""

    return Caused(
        stage(causes.stage_from),
        stage(causes.stage_to),
        tuple(event for event in causes.events if event_seen(held.pathway, after, event, viewer)),
        tuple(one for one in causes.clocks if may(held.pathway, after, viewer, Subject("clock", one.clock))),
        box=_moved(held.pathway, viewer, before, after, t),
        shown=_eyes(held.pathway, before, after),
        shut=_eyes(held.pathway, after, before),
    )


def _moved(pathway: Pathway, viewer: Viewer, before: Case, after: Case, t: int) -> int | None:
    """The box to which the case moves, for who reads boxes."""
    was, becomes = box(before, t), box(after, t)
    return becomes if was != becomes and boxes_seen(pathway, viewer.role) else None


def _eyes(pathway: Pathway, before: Case, after: Case) -> Names:
    """The roles of a site that see the case in the second state and not in the first: without it being theirs."""
    anyone = Viewer("", "", ("site", "programme"))

    def seen(case: Case, role: str) -> bool:
        return sees_case(pathway, case, anyone._replace(role=role))

    return tuple(x for x in pathway.roles if not seen(before, x) and seen(after, x))


def _opening(actor: Account, asked: Request, programme: str, site: str, person: str, now: int) -> Considered:
    pathway = papers.pathway_at(programme, site, now)
    paper = papers.site_on_paper(site, pathway, now=now)
    t = now if asked.happened_at is None else asked.happened_at
    stated = world.state_opening(actor, asked.role, site, programme, person, calendar.day_of(t, paper.zone))
    if not stated.relation:
        raise NotPermitted("You have no such role at this site.")
    asked = asked._replace(world=stated._replace(places=waiting.to_open(pathway, paper, asked, t)))
    draft_id = log.new_case_id()
    causes = preview(pathway, paper, None, draft_id, asked, now)
    refusals = explain(pathway, paper, None, draft_id, asked, now)
    viewer = Viewer(actor.pk, asked.role, stated.relation, actor.office_id or "")
    if causes is None:
        return Considered((), refusals, None, None)
    held = CaseFile(log.Log(draft_id, {}, Link(0, START)), causes.case, pathway, paper)
    return Considered((), refusals, _seen_causes(held, viewer, causes, now), None)
