"""What a role may see of an example's case, by name: the lens answers `seen:` lines of examples."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.cases.expected_seen import AT_TABLE
from amparo.cases.model import Case, Event, Site, World
from amparo.lens.consents import may_know
from amparo.lens.model import View
from amparo.lens.readers import usual
from amparo.lens.sight import sees_case
from amparo.lens.view import view
from amparo.pathways.model import Pathway


def seen(
    pathway: Pathway,
    site: Site,
    case: Case,
    events: Iterable[Event],
    role: str,
    t: int,
    relation: tuple[str, ...] = (),
) -> frozenset[str]:
    """The names that a page of this role could draw: `case`, facts told or shown not to apply, stage, steps,
    clocks, letters, notices, milestones.

    Support items appear as their kinds (`need housing`, `referral treatment`). `relation`: how the account
    stands to the case; left out, as the role usually does. At the table of a meeting the answer is `named`, if the
    case may be named before this role there.
    """
    log = tuple(events)
    usually = usual(pathway, role)
    if relation == AT_TABLE:
        there = usually._replace(office=role, relation=("site",), at=t)
        return frozenset({"named"} if may_know(pathway, case, there) else ())
    viewer = usually._replace(
        account=next((e.actor for e in log if e.role == role), ""),
        office=role,
        relation=relation or usually.relation,
    )
    if not sees_case(pathway, case, viewer):
        return frozenset()
    shown = view(pathway, site, case, log, viewer, t, World(relation=viewer.relation))
    return frozenset(_names(shown)) | {"case"}


def _names(v: View) -> Iterable[str]:
    yield from (f.name for f in v.facts if f.state != "not_asked")
    yield from (e.name for e in v.timeline if e.kind != "fact.told")
    yield from (x.name for x in v.clocks)
    yield from (x.letter for x in v.letters)
    yield from (x.notice for x in v.notices)
    yield from v.milestones
    yield from (o.kind for o in v.obligations)
    yield from (f"{s.what} {s.kind}" for s in v.support)
    yield from (x for x in (v.stage,) if x)
    yield from (x for test in v.tests for x in (test.schedule, test.class_, "test" if test.class_ else "") if x)
    yield from (f"schedule {x.name}" for x in v.schedules if x.planned)
    yield from (v.phase.id,) if v.phase else ()
