"""A site's cases by the month in which they came in and by door, without a name: how many, and what they reached.

Drawn through the lens for the role that asks, so that nothing is counted which it may not read of one case. Small
numbers are not given, and no sum from which one could be taken.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from amparo.errors import NotPermitted
from amparo.ledger import looking, looks, papers, tallies
from amparo.ledger.chain import DAY
from amparo.ledger.models import EventRow, Summary
from amparo.ledger.tallies import FEWEST, may_read
from amparo.pathways.model import Pathway
from amparo.people.models import Account

BACK = 366
"""Days that are counted back."""
MOST = 200
"""The newest cases that are counted; a longer year is said to be cut."""


class Came(NamedTuple):
    """Who came in by a door. month: `2026-11`, '' for all of them together. n: None where they are too few to be told.

    reached: milestone -> how many of these reached it, in no order. counted: the counts without a case, by name.
    """

    door: str
    month: str
    n: int | None
    reached: Mapping[str, int | None]
    counted: Mapping[str, int | None]


class Year(NamedTuple):
    """The last twelve months. whole: are all of them counted?"""

    came: tuple[Came, ...]
    whole: bool


def year(actor: Account, site: str, programme: str, *, role: str = "", now: int | None = None) -> Year:
    """By door, each with its sum first and then month by month, the newest first. The look is logged, naming nobody.

    Raises `NotPermitted` for roles that do not read counts.
    """
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    if not may_read(pathway, mine):
        raise NotPermitted(looking.NO_ROLE)
    cases = _opened(site, pathway, at)
    rows = looking.rows_of(Summary.objects.filter(case__in=cases[:MOST]), actor, mine, at)
    zone = papers.zone_of(site)
    came = [Seen(r.view.door, _month(r.view.opened_at, zone), r.view.milestones) for r in rows]
    looks.note_list(actor.pk, [], at, {"role": mine, "what": "tallies", "purpose": "counts"})
    since = _month(at - BACK * DAY, zone)
    found = _without_case(site, pathway)
    return Year(tuple(_by_door(came, {k: n for k, n in found.items() if k[1] >= since})), len(cases) <= MOST)


def _opened(site: str, pathway: Pathway, now: int) -> list[str]:
    mine = Summary.objects.filter(site=site, pathway=pathway.id).values("case")
    first = EventRow.objects.filter(seq=1, day__gte=now // DAY - BACK, case__in=mine)
    return list(first.order_by("-day", "case").values_list("case", flat=True)[: MOST + 1])


def _month(at: int, zone: str) -> str:
    return papers.day_at(zone, at).strftime("%Y-%m")


class Seen(NamedTuple):
    """One case, as far as it is counted."""

    door: str
    month: str
    reached: tuple[str, ...]


Cells = Mapping[tuple[str, str, str], list[int]]
"""Door, month and name of a count -> its numbers by the codes that are kept with it."""


def _without_case(site: str, pathway: Pathway) -> Cells:
    """What was counted without a case. A count that keeps no door is of the one door that names it, else of none."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for (name, month, codes), n in tallies.of(site, pathway).items():
        named = [door for door, d in pathway.doors.items() if name in d.counts]
        door = json.loads(codes).get("door") or (named[0] if len(named) == 1 else "")
        found.setdefault((door, month, name), []).append(n)
    return found


def _by_door(came: Sequence[Seen], without: Cells) -> Iterator[Came]:
    for door in sorted({x.door for x in came} | {d for d, _month, _name in without}):
        months = sorted({x.month for x in came if x.door == door} | {m for d, m, _n in without if d == door})
        counted = [(m, *_of(door, m, came, without)) for m in months]
        parts = [n for _month, n, _reached, _cells in counted]
        reached = _sums([r for _month, _n, r, _cells in counted])
        cells: dict[str, list[int]] = {}
        for _m, _n, _r, each in counted:
            for name, numbers in each.items():
                cells.setdefault(name, []).extend(numbers)
        yield Came(door, "", together(parts), reached, {k: together(v) for k, v in cells.items()})
        for month, n, r, each in reversed(counted):
            told_of = {k: together(v) if len(v) > 1 else told(v[0]) for k, v in each.items()}
            yield Came(door, month, told(n), {m: told(k) for m, k in r.items()}, told_of)


def _of(
    door: str, month: str, came: Sequence[Seen], without: Cells
) -> tuple[int, Mapping[str, int], Mapping[str, list[int]]]:
    mine = [x for x in came if (x.door, x.month) == (door, month)]
    cells = {name: numbers for (d, m, name), numbers in without.items() if (d, m) == (door, month)}
    return len(mine), Counter(m for x in mine for m in x.reached), cells


def _sums(parts: Sequence[Mapping[str, int]]) -> Mapping[str, int | None]:
    every = dict.fromkeys(m for one in parts for m in one)
    return {m: together([one.get(m, 0) for one in parts]) for m in every}


# ------------------------------------------------------------------------------------------------ small numbers
def told(n: int) -> int | None:
    """A number as it may be given: none, or five and more."""
    return None if 0 < n < FEWEST else n


def together(parts: Iterable[int]) -> int | None:
    """A sum of numbers that are given beside it; None where a small one could be taken from it."""
    every = list(parts)
    small = [n for n in every if told(n) is None]
    hidden = sum(small)
    open_ = not small or len(small) < hidden < (FEWEST - 1) * len(small)
    return told(sum(every)) if len(small) != 1 and open_ else None
