"""Of whom may be spoken with these people in the room, and what may be said to all of them.

Showing the list tells each of them that these cases are there: so each has a row of their own in the disclosure log,
beside the row of who shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from amparo.cases.model import World
from amparo.cases.requests.support import added
from amparo.ledger import casefile, looking, looks, papers, ties, world
from amparo.ledger.casefile import CaseFile
from amparo.ledger.looking import Row
from amparo.ledger.memo import remembering
from amparo.lens import View, Viewer, may_be_named, meeting_list, not_with, view
from amparo.lens.sight import is_harmed, is_person, sees_case
from amparo.pathways.model import Names, Pathway
from amparo.people import staff
from amparo.people.models import Account, Office

WHAT = "meeting"
"""What a look is called by which somebody at a table was shown a list."""


COLLEAGUES = ("coordinator", "manager", "case_worker", "peer", "clinician")
"""Kinds of role of the house whose people work with each other: any of them can be given any case of theirs."""


class Guest(NamedTuple):
    """Somebody who may sit at the table: an outside party, or one of the house. id: of the office or the account."""

    id: str
    role: str
    name: str


class Spoken(NamedTuple):
    """A case and those at the table with whom in the room it may not be spoken of."""

    row: Row
    not_with: tuple[Guest, ...]


class Aloud(NamedTuple):
    """What may be said of a case to everybody at the table. named: the person may be named; else only the case is.

    facts, obligations: the names and ids of what all may read. stage, phase: whether all may read them.
    """

    row: Row
    named: bool
    facts: Names
    obligations: Names
    stage: bool
    phase: bool


class Room(NamedTuple):
    """What is shown to a room. adds: the sentences that the law adds under the consents of these cases."""

    cases: tuple[Aloud, ...]
    adds: Names


# ------------------------------------------------------------------------------------------------ who may sit there
def guests(pathway: Pathway, site: str, now: int) -> tuple[Guest, ...]:
    """Everybody who may sit there, in the order of the roles: offices, and those of the house who speak for none."""
    day = papers.day_at(papers.zone_of(site), now)
    found: list[Guest] = []
    for role in pathway.roles:
        if not is_person(pathway, role) and not is_harmed(pathway, role):
            parties = staff.offices(site, role, day)
            found += [Guest(one.pk, role, one.name) for one in parties]
            own = staff.holders(site, pathway.id, role, day)
            found += [Guest(one.pk, role, one.name) for one in own if one.office_id is None]
    return tuple(found)


def _viewer(held: CaseFile, guest: Guest, body: str, now: int) -> Viewer:
    """The guest as they stand to this case: a colleague as one to whom it can be given, a member of the body that meets
    as one who sits in it.
    """
    office = Office.objects.filter(pk=guest.id).first()
    if office is None:
        account = Account.objects.get(pk=guest.id)
        viewer = world.viewer(held.log, held.case, account, guest.role, now)
        return viewer._replace(relation=(*viewer.relation, *_at_table(held.pathway, guest.role, body)))
    tied = world.assigned(held.case, Account(id=guest.id, office=office), guest.role, now)
    near = ("site",) if office.site_id == ties.where(held.case) else ()
    return Viewer("", guest.role, (*(("assigned",) if tied else ()), *near), office.pk, now)


def _at_table(pathway: Pathway, role: str, body: str) -> Names:
    member = body in pathway.bodies and role in pathway.bodies[body].made_of
    colleague = pathway.roles[role].is_ in COLLEAGUES
    return (*(("sitting",) if member else ()), *(("assigned",) if colleague else ()))


# ------------------------------------------------------------------------------------------ before, in the room
def before(
    actor: Account,
    site: str,
    programme: str,
    at_table: Sequence[Guest],
    *,
    body: str = "",
    role: str = "",
    now: int | None = None,
) -> tuple[Spoken, ...]:
    """For who prepares alone: each open case they see, and with whom in the room it may not be spoken of."""
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    listed = _listed(actor, site, pathway, mine, at_table, body, at)
    found = tuple(Spoken(row, _shut(held, at_table, viewers)) for row, held, viewers in listed)
    shown = {"role": mine, "what": "list", "purpose": "meeting prepared"}
    looks.note_list(actor.pk, [one.row.case for one in found], at, shown)
    return found


def _shut(held: CaseFile, at_table: Sequence[Guest], viewers: Sequence[Viewer]) -> tuple[Guest, ...]:
    pairs = zip(at_table, viewers, strict=True)
    return tuple(guest for guest, viewer in pairs if not_with(held.pathway, held.case, (viewer,)))


def room(
    actor: Account,
    site: str,
    programme: str,
    at_table: Sequence[Guest],
    *,
    body: str = "",
    language: str = "",
    role: str = "",
    now: int | None = None,
) -> Room:
    """What may be shown to everybody at the table. Each of them is written down as having seen these cases."""
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    found = _listed(actor, site, pathway, mine, at_table, body, at)
    may = {case.id for case in meeting_list(pathway, ((held.case, viewers) for _row, held, viewers in found))}
    told = [one for one in found if one[0].case in may]
    cases = tuple(_aloud(row, held, viewers, at) for row, held, viewers in told)
    adds = dict.fromkeys(words for _row, held, _all in told for words in _adds(held, at_table, language, at))
    for who, as_role in ((actor.pk, mine), *((guest.id, guest.role) for guest in at_table)):
        shown = {"role": as_role, "what": WHAT, "purpose": WHAT}
        looks.note_list(who, [one.row.case for one in cases], at, shown)
    return Room(cases, tuple(adds))


Listed = tuple[Row, CaseFile, tuple[Viewer, ...]]


def _listed(
    actor: Account, site: str, pathway: Pathway, role: str, at_table: Sequence[Guest], body: str, now: int
) -> list[Listed]:
    """The open cases that the actor sees, each with how everybody at the table stands to it."""
    summaries = looking.every(actor, site, pathway, role, now)
    rows = looking.rows_of(summaries, actor, role, now)
    named = {row.case for row in rows}
    with remembering():
        listed = (one for one in summaries if one.case in named)
        held = {one.case.id: one for one in casefile.load_listed(listed, now)}
        files = ((row, held[row.case]) for row in rows if row.case in held)
        return [(row, one, tuple(_viewer(one, guest, body, now) for guest in at_table)) for row, one in files]


def _aloud(row: Row, held: CaseFile, viewers: Iterable[Viewer], now: int) -> Aloud:
    """What every one of them may read of the case; who only knows that it is there reads nothing of it."""
    seen = tuple(viewers)
    drawn = [_drawn(held, viewer, now) for viewer in seen]
    facts = _in_all(drawn, lambda one: {f.name for f in one.facts if f.state == "value"})
    items = _in_all(drawn, lambda one: {o.id for o in one.obligations})
    return Aloud(
        row,
        all(may_be_named(held.pathway, held.case, viewer) for viewer in seen),
        tuple(f.name for f in row.view.facts if f.name in facts),
        tuple(o.id for o in row.view.obligations if o.id in items),
        all(one is not None and one.stage for one in drawn),
        all(one is not None and one.phase is not None for one in drawn),
    )


def _drawn(held: CaseFile, viewer: Viewer, now: int) -> View | None:
    """What one of them may read of the case; None for who only knows that it is there."""
    if not sees_case(held.pathway, held.case, viewer):
        return None
    stated = World(relation=viewer.relation)
    return view(held.pathway, held.site, held.case, held.log.events, viewer, now, stated)


def _in_all(drawn: Sequence[View | None], names: Callable[[View], set[str]]) -> set[str]:
    """The names that stand in what each of them reads."""
    each = [names(one) if one is not None else set() for one in drawn]
    return set.intersection(*each) if each else set()


def _adds(held: CaseFile, at_table: Iterable[Guest], language: str, now: int) -> Iterator[str]:
    """The sentences that go with what is told under a consent to somebody at the table, where the strict form holds."""
    offices = {guest.id for guest in at_table}
    for one in held.case.consents.values():
        if one.to in offices and one.holds(now):
            words = added(held.case, one.kind, language, now)
            if words:
                yield words
