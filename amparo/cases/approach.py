"""An approach: somebody told us of a person who has not been asked yet (`asks_first`).

No authority sees it. A no, or nobody found, wipes it to a count; so do the days of the site, by retention and by no
step. From the first yes on, it is an ordinary case.
"""

from __future__ import annotations

from amparo.cases import clocks
from amparo.cases.index import is_open
from amparo.cases.model import Case
from amparo.pathways import calendar
from amparo.pathways.model import AsksFirst, Pathway
from amparo.pathways.words import AUTHORITIES


def asks_first(case: Case) -> AsksFirst | None:
    """What the door of a case says of asking first."""
    door = case.pathway.doors.get(case.door)
    return door.asks_first if door else None


def is_approach(case: Case) -> bool:
    """Has nobody said yes yet? Also one that ended so, until it is wiped."""
    first = asks_first(case)
    if first is None:
        return False
    return not any(
        taken.to != first.stage and is_open(case.pathway, taken.to)
        for all_ in case.taken.values()
        for taken in all_
    )


def unanswered(case: Case) -> bool:
    """Does it still wait for an answer?"""
    return is_approach(case) and not case.died and is_open(case.pathway, case.stage)


def ends_at(case: Case) -> int | None:
    """The last second of an approach that nobody answers; None for other cases, or where the days are not entered."""
    first = asks_first(case)
    if first is None or not unanswered(case):
        return None
    length = clocks.length_of(case, first.wipes_after)
    site = case.site
    return calendar.add(case.opened_at, length, site.zone, site.holidays) if length else None


def is_authority(pathway: Pathway, role: str) -> bool:
    """Is this a role of police, prosecutors, courts or another authority?"""
    found = pathway.roles.get(role)
    return found is not None and found.is_ in AUTHORITIES
