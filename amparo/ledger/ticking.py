"""Letting time pass: clocks say what they have to say, boxes move, words whose time is over are erased.

After a time without ticks everything is caught up, once, with true times. A tick that is killed goes on
where it was: each case is its own transaction, and the heartbeat is written last.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import OperationalError, connection

from amparo.cases import approach, clocks
from amparo.cases.model import Case
from amparo.errors import AmparoError, KeyDestroyed
from amparo.ledger import casefile, checkpoints, erasure, retention, summary, tallies
from amparo.ledger.chain import DAY
from amparo.ledger.locks import alone, writing
from amparo.ledger.models import Coarse, Heartbeat, Wake
from amparo.ledger.summary import Note

LATE_AFTER = 10 * 60
"""Seconds without a tick after which every page says so in red."""


TICKING = 1_095_586_902
"""The number by which machines that share a PostgreSQL agree who ticks."""


class Ticked(NamedTuple):
    """What a tick did. faults: (case, one line) of cases that could not be looked at; tried again."""

    cases: int = 0
    events: int = 0
    erased: int = 0
    root: int = 0
    faults: tuple[tuple[str, str], ...] = ()
    busy: bool = False


def tick(now: int | None = None) -> Ticked:
    """Look at every case whose time has come by `now`. Twice is as once. If another tick runs, `busy` and
    nothing.
    """
    at = int(time.time()) if now is None else now
    try:
        with alone(turn(), TICKING):
            return _ticked(at)
    except BlockingIOError:
        return Ticked(busy=True)


def turn() -> Path:
    """The file by which processes of one machine agree who ticks."""
    return Path(settings.AMPARO_LOCK_FILE).with_suffix(".tick")


def wipe(case: str, now: int) -> None:
    """Wipe a case whose words had their time with what was just written. While a tick runs it is left to the next one:
    what was written stands either way.
    """
    with suppress(BlockingIOError, OperationalError), alone(turn(), TICKING):
        _retire([case], now)


def _ticked(now: int) -> Ticked:
    events, faults, ended, looked = 0, [], [], 0
    for case, note in due(now):
        looked += 1
        try:
            said, silent = _looked(case, now)
            events += said
            ended += [case] if note.end or silent else []
        except KeyDestroyed:
            Wake.objects.filter(pk=case).delete()
        except AmparoError as fault:
            faults.append((case, str(fault)))
    erased = _retire(ended, now)
    tallies.settle(now)
    root = checkpoints.write(now)
    _beat(now, whole=not faults)
    return Ticked(looked, events, erased, root.n if root else 0, tuple(faults))


def due(now: int) -> Iterator[tuple[str, Note]]:
    """The cases to look at by `now`, with what is kept of each."""
    found = ((row.case, summary.opened_note(row)) for row in _rows(now, end=False) + _rows(now, end=True))
    yield from ((case, note) for case, note in found if note.at <= now)


def _rows(now: int, *, end: bool, ahead: int = 0) -> list[Wake]:
    """The rows of the days from where ticks have come to `now`; before the first tick, those of every day."""
    first, last = summary.through(), (now + ahead) // DAY
    if not first:
        return [row for row in Wake.objects.order_by("case") if summary.opened_note(row).end == end]
    tags = [summary.day_tag(day, end=end) for day in range(min(first, last), last + 1)]
    return list(Wake.objects.filter(tag__in=tags).order_by("case"))


def look(case: str, now: int) -> int:
    """Let the clocks of one case run up to `now` and put it in its box; gives how many events that made."""
    return _looked(case, now)[0]


def _looked(case: str, now: int) -> tuple[int, bool]:
    """How many events that made; and whether it is an approach whose days are over, to be wiped with this very tick."""
    with writing():
        held = casefile.load(case, lock=True, now=now)
        said = clocks.tick(held.pathway, held.case, now)
        if said:
            casefile.write(held, said, max(now, held.log.last_recorded))
        else:
            summary.write(held.log, held.case, now)
        return len(said), approach.unanswered(held.case) and retention.over(held.case, now)


# ------------------------------------------------------------------------------------------------ retention
def _retire(ended: list[str], now: int) -> int:
    """Write coarse rows, in random order and together with those that end soon; then destroy keys."""
    over = [case for case in ended if _over(case, now)]
    if not over:
        return 0
    notes = ((row.case, summary.opened_note(row)) for row in _rows(now, end=True, ahead=retention.TOGETHER))
    soon = [case for case, note in notes if note.at <= now + retention.TOGETHER and not note.coarse]
    _write_coarse(sorted({*over, *soon}), now)
    for case in over:
        with writing():
            erasure.erase(case, now)
    _forget_pages()
    return len(over)


def _over(case: str, now: int) -> bool:
    return retention.over(casefile.load(case, now=now).case, now)


def _write_coarse(cases: list[str], now: int) -> None:
    """One row a case, once, in one transaction and in an order that says nothing."""
    with writing():
        locked = [casefile.load(case, lock=True, now=now) for case in cases]
        held = [one for one in locked if not summary.note(one.case.id).coarse and _ended(one.case, now)]
        rows = [retention.coarse(one.case) for one in held]
        random.SystemRandom().shuffle(rows)
        Coarse.objects.bulk_create(rows)
        for one in held:
            _count_silence(one.case, now)
            summary.write(one.log, one.case, now, coarse=True)


def _ended(case: Case, now: int) -> bool:
    """Not an approach that may still be answered today, though its end is among those that come soon."""
    return not approach.unanswered(case) or retention.over(case, now)


def _count_silence(case: Case, now: int) -> None:
    """One more told of and never asked: the first count of its door."""
    door = case.pathway.doors[case.door]
    if approach.unanswered(case) and door.counts:
        tallies.add_of_case(case, door.counts[0], now)


def _forget_pages() -> None:
    """Overwrite what SQLite's log still holds of destroyed keys."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# ------------------------------------------------------------------------------------------------ heartbeat
def _beat(now: int, *, whole: bool) -> None:
    """Say that a tick went through. A day on which a case could not be looked at is gone through again."""
    through = now // DAY if whole else summary.through()
    beat = Heartbeat.objects.filter(pk=1).first() or Heartbeat(id=1, at=0, through=0)
    beat.at, beat.through = max(beat.at, now), max(beat.through, through)
    beat.save()


def last_tick() -> int | None:
    """When a tick last went through, epoch seconds; None if never."""
    return Heartbeat.objects.filter(pk=1).values_list("at", flat=True).first()


def is_late(now: int | None = None) -> bool:
    """Whether ticks have stopped: clocks and boxes may be behind, and a page must say so."""
    last = last_tick()
    return last is None or (int(time.time()) if now is None else now) - last > LATE_AFTER
