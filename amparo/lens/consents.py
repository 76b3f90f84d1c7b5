"""What a consent opens, to the very recipient it names; and of whom may be spoken in a room. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from amparo.cases.model import Case, Consent, Event, Obligation, Site, World
from amparo.cases.papers import grounded
from amparo.cases.readings import live_consents
from amparo.lens import sight
from amparo.lens.model import FactView, Viewer
from amparo.lens.readers import usual
from amparo.lens.view import view
from amparo.pathways.model import Names, Pathway


class Shown(NamedTuple):
    """What one recipient would see: as an account of this role and office, and what of it this consent adds.

    facts: all they would read of the case. adds: the names among them that the consent opens. classes: of what lives
    with the person (identity, contact). notices: those that may be sent to them on its strength.
    """

    role: str
    office: str
    facts: tuple[FactView, ...]
    adds: Names
    classes: Names
    notices: Names
    obligations: tuple[Obligation, ...] = ()  # what was agreed that this consent alone opens


def would_see(
    pathway: Pathway, site: Site, case: Case, events: Iterable[Event], consent: Consent, role: str, t: int
) -> Shown:
    """Exactly what the recipient of this consent, in this role, sees at t; given or not yet given, it is the same.

    A consent that has ended adds nothing.
    """
    with_it = case._replace(consents={**case.consents, consent.id: consent})
    without = case._replace(consents={k: c for k, c in case.consents.items() if k != consent.id})
    viewer = usual(pathway, role)._replace(office=consent.to, at=t)
    viewer = viewer._replace(relation=tuple(dict.fromkeys((*viewer.relation, "assigned"))))
    log = tuple(events)
    after, before = (_facts(pathway, site, c, log, viewer, t) for c in (with_it, without))
    known = {f.name for f in before}
    classes = tuple(
        c
        for c in ("identity", "contact")
        if sight.class_seen(pathway, with_it, viewer, c) and not sight.class_seen(pathway, without, viewer, c)
    )
    return Shown(
        role,
        consent.to,
        after,
        tuple(f.name for f in after if f.name not in known),
        classes,
        tuple(n for n in pathway.notices if _on_it(with_it, without, n, role, t)),
        tuple(o for o in case.obligations.values() if _opens(pathway, with_it, without, viewer, o.kind)),
    )


def _opens(pathway: Pathway, with_it: Case, without: Case, viewer: Viewer, kind: str) -> bool:
    """Is what was agreed read because of the consent, and not without it?"""
    return sight.obligation_seen(pathway, with_it, viewer, kind) and not sight.obligation_seen(
        pathway, without, viewer, kind
    )


def _facts(
    pathway: Pathway, site: Site, case: Case, log: tuple[Event, ...], viewer: Viewer, t: int
) -> tuple[FactView, ...]:
    if not sight.sees_case(pathway, case, viewer):
        return ()
    drawn = view(pathway, site, case, log, viewer, t, World(relation=viewer.relation))
    return tuple(f for f in drawn.facts if f.state != "not_asked")


def _on_it(with_it: Case, without: Case, notice: str, role: str, t: int) -> bool:
    """May this notice to the role be sent because of the consent, and not without it?"""
    to = with_it.pathway.notices[notice].to
    return role in to and grounded(with_it, notice, t, role) and not grounded(without, notice, t, role)


# ------------------------------------------------------------------------------------------------ meetings
def may_know(pathway: Pathway, case: Case, viewer: Viewer) -> bool:
    """May this participant of a meeting know that the case is there: by their own sight, or by a live consent that
    names their office? Of somebody not asked yet no authority may."""
    if sight.unasked(pathway, case, viewer.role) or sight.is_harmed(pathway, viewer.role):
        return False
    return sight.sees_case(pathway, case, viewer) or _named(pathway, case, viewer)


def _named(pathway: Pathway, case: Case, viewer: Viewer) -> bool:
    """A live consent for this role names this office. Without a time, one that runs out does not count."""
    if not viewer.office or not sight.door_seen(pathway, viewer.role, case.door):
        return False
    kinds = (name for name, kind in pathway.consents.items() if viewer.role in kind.to)
    at = viewer.at
    live = (c for name in kinds for c in (live_consents(case, name, at) if at is not None else ()))
    return any(c.to == viewer.office for c in live)


def may_be_named(pathway: Pathway, case: Case, viewer: Viewer) -> bool:
    """May the person be named before this participant: they read who people are, or the person let their office know?
    Else only the case is spoken of, by what this participant reads of it."""
    return sight.class_seen(pathway, case, viewer, "identity") or _named(pathway, case, viewer)


def not_with(pathway: Pathway, case: Case, present: Iterable[Viewer]) -> tuple[Viewer, ...]:
    """With whom in the room this case may not be spoken of; () if with everybody."""
    return tuple(viewer for viewer in present if not may_know(pathway, case, viewer))


def meeting_list(pathway: Pathway, rows: Iterable[tuple[Case, Iterable[Viewer]]]) -> tuple[Case, ...]:
    """The cases of which everybody present may know, in their order. Each stands beside who is present, as they stand
    to it; where nobody is, nothing is listed."""
    found = ((case, tuple(present)) for case, present in rows)
    return tuple(case for case, present in found if present and not not_with(pathway, case, present))
