"""Summaries, ties and looks made anew from the log, and what differed."""

from __future__ import annotations

import time
from typing import NamedTuple

from amparo.errors import KeyDestroyed
from amparo.ledger import casefile, log, summary, ties
from amparo.ledger.casefile import CaseFile
from amparo.ledger.chain import IN_CLEAR
from amparo.ledger.locks import writing
from amparo.ledger.models import EventRow, Head, Summary, Tie, Wake


class Difference(NamedTuple):
    """A case whose kept rows were not what its log says. what: summary, ties, look, left_over."""

    case: str
    what: str


def rebuild(now: int | None = None) -> tuple[Difference, ...]:
    """Make every derived row anew; gives what differed before. Boxes and dues are those of `now`."""
    at = int(time.time()) if now is None else now
    found: list[Difference] = []
    for case in Head.objects.order_by("pk").values_list("pk", flat=True).iterator(2000):
        with writing():
            found += _again(case, at)
    return tuple(found)


def _again(case: str, now: int) -> list[Difference]:
    if EventRow.objects.filter(case=case, key=IN_CLEAR).exists():
        return _nothing_left(case)
    before = _kept(case)
    held = _held(case, now)
    if held is None:
        return []
    summary.write(held.log, held.case, now)
    after = _kept(case)
    return [Difference(case, what) for what in before if before[what] != after[what]]


def _held(case: str, now: int) -> CaseFile | None:
    """The case with the pathway and site that its log names."""
    try:
        loaded = log.load(case, lock=True)
    except KeyDestroyed:
        return None
    opened = loaded.events[0].data
    row = Summary.objects.filter(pk=case).first()
    site = row.site if row else opened["site"]
    held = casefile.unfolded(loaded, opened["pathway"], site, now)
    return casefile.unfolded(loaded, opened["pathway"], ties.where(held.case), now)


def _kept(case: str) -> dict[str, object]:
    """The derived rows of a case, to be compared. A look is compared by what it holds, not by its
    ciphertext.
    """
    row = Summary.objects.filter(pk=case).values().first()
    look = Wake.objects.filter(pk=case).first()
    return {
        "summary": row,
        "ties": frozenset(bytes(tag) for tag in Tie.objects.filter(case=case).values_list("tag", flat=True)),
        "look": summary.opened_note(look) if look else None,
    }


def _nothing_left(case: str) -> list[Difference]:
    """Of an erased case nothing derived may be left."""
    left = [table._default_manager.filter(case=case) for table in (Summary, Tie, Wake)]
    if not any(rows.exists() for rows in left):
        return []
    for rows in left:
        rows.delete()
    return [Difference(case, "left_over")]
