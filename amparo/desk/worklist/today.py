"""What is late or due today at a post, from all its boxes, and who comes today."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.desk.where import Here
from amparo.desk.worklist.context import WorkRow
from amparo.ledger import book
from amparo.pathways import calendar

EPOCH_DAY = 719163
"""The ordinal of 1 January 1970: a row's due is counted in days from there."""


def of_today(at: Here) -> tuple[book.Row, ...]:
    """All that is late or due today, and who comes today: the rows from which the boxes are counted, whatever is
    shown below them.
    """
    known = {r.case: r for r in (*_due(at), *_here(at))}
    return tuple(known.values())


def _here(at: Here) -> Iterable[book.Row]:
    """Cases with a sitting today, whatever runs in them: those people are in the house."""
    today = calendar.day_of(at.now, at.zone)
    return (s.row for s in book.sittings(at.account, at.site, at.post.programme, today, role=at.role))


def _due(at: Here) -> Iterable[book.Row]:
    """Rows in order of due until the first one that is due after today."""
    after, today = "", day_number(at)
    while True:
        found = book.worklist(at.account, at.site, at.post.programme, None, after, role=at.role)
        yield from (r for r in found.rows if r.due <= today)
        if not found.after or found.rows[-1].due > today:
            return
        after = found.after


def by_today(at: Here, r: WorkRow) -> bool:
    """Late or due today by a clock that this role reads: what it does not read is not told by the list."""
    return r.here or (bool(r.due) and calendar.day_of(r.due, at.zone) <= calendar.day_of(at.now, at.zone))


def day_number(at: Here) -> int:
    return calendar.day_of(at.now, at.zone).toordinal() - EPOCH_DAY
