"""The row a worklist reads, and when `tick` must look again. Both follow from the log and can be rebuilt
from it.
"""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from amparo.cases import approach, clocks, read
from amparo.cases.index import is_open
from amparo.cases.model import Case
from amparo.ledger import retention, ties
from amparo.ledger.chain import DAY
from amparo.ledger.log import Log
from amparo.ledger.models import Heartbeat, Summary, Wake
from amparo.pathways import calendar
from amparo.people.keys import ring

NO_DUE = 2_932_896
"""The day of a case for which no clock runs: the last day of the year 9999, so that it sorts last."""
EPOCH = date(1970, 1, 1)
UNASKED = ties.UNASKED


class Note(NamedTuple):
    """What `tick` keeps for itself of a case.

    at: the second to look again. end: its words may then have had their time. coarse: its coarse row is
    written.
    """

    at: int
    end: bool = False
    coarse: bool = False


def of(log: Log, case: Case, now: int) -> Summary:
    """The summary of a case at `now`. One that has ended stays on lists while a box names it: something still runs."""
    box = read.box(case, now)
    listed = goes_on(case) or box >= 0
    return Summary(
        case=log.case, site=ties.where(case), pathway=case.pathway.id, door=door_name(case), open=listed,
        box=box, owner=owner(case), due=due_day(case, now) if listed else NO_DUE,
    )  # fmt: skip


def goes_on(case: Case) -> bool:
    """Whether the case has not ended."""
    return is_open(case.pathway, case.stage) and not case.died


def door_name(case: Case) -> str:
    """The door of a case as a list is asked for it: an approach to somebody not asked yet stands apart, so that no list
    and no count of an authority takes it in.
    """
    return f"{case.door}{UNASKED}" if approach.is_approach(case) else case.door


def owner(case: Case) -> str:
    """The account that owns the case where it stands; '' while nobody does."""
    return case.assigned.get(read.owner(case), "")


def due_day(case: Case, now: int) -> int:
    """The day of what is wanted first, by a clock or as owed to the person: days since 1970 in the site's zone."""
    coming = read.next_step(case, now)
    owed = read.owed_to_the_person(case.pathway, case.obligations.values())
    told = (read.told_by(case, c) for c in read.unconfirmed(case))
    dues = [t for t in (coming.due if coming else None, *(o.due for o in owed), *told) if t]
    return day_number(calendar.day_of(min(dues), case.site.zone)) if dues else NO_DUE


def day_number(day: date) -> int:
    return (day - EPOCH).days


def write(log: Log, case: Case, now: int, *, coarse: bool | None = None) -> Summary:
    """Write summary, ties and the next look for a case whose log has just grown."""
    row = of(log, case, now)
    Summary.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["site", "pathway", "door", "open", "box", "owner", "due"],
    )
    ties.write(log, case)
    done = note(log.case).coarse if coarse is None else coarse
    write_note(log.case, next_look(case, now, goes_on(case))._replace(coarse=done))
    return row


def next_look(case: Case, now: int, live: bool) -> Note:
    """When something may change by time alone: a clock speaks, the site's day turns, or the words have had
    their time.
    """
    clock = clocks.wake(case.pathway, case, now)
    other = calendar.next_midnight(now, case.site.zone) if live else retention.next_look(case, now)
    silent = retention.silent_until(case, now)
    other = other if silent is None else min(other, silent + 1)
    at = other if clock is None else min(clock, other)
    return Note(at, end=at == other and (not live or (silent is not None and at == silent + 1)))


# -------------------------------------------------------------------------------------- the next look, sealed
def note(case: str) -> Note:
    """What is kept of a case; of a new one, nothing yet."""
    row = Wake.objects.filter(pk=case).first()
    return opened_note(row) if row else Note(0)


def opened_note(row: Wake) -> Note:
    """What a row keeps. Raises `WrongKey`."""
    return Note(*json.loads(ring().unseal(row.sealed, f"wake {row.case}")))


def write_note(case: str, kept: Note) -> None:
    """Keep when to look again. A look that is over already is set to the day that ticks have reached, not
    before it.
    """
    tag = day_tag(max(kept.at // DAY, through()), end=kept.end)
    Wake.objects.bulk_create(
        [Wake(case=case, tag=tag, sealed=ring().seal(json.dumps(kept).encode(), f"wake {case}"))],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["tag", "sealed"],
    )


def day_tag(day: int, *, end: bool) -> bytes:
    """The tag of a day on which to look; nobody without the ring can tell which day it is."""
    return ring().tag("wake end" if end else "wake", str(day))


def through() -> int:
    """The day up to which ticks have looked at every case; 0 before the first tick."""
    return Heartbeat.objects.filter(pk=1).values_list("through", flat=True).first() or 0
