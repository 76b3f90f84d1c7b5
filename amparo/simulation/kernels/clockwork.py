"""The pathway's clocks of people: started, paused, gone on, extended. Ends are whole seconds, the last one in
time.

A run has an anchor, a length, and what its pauses have added: seconds for an elapsed length, whole days for a civil
one. Its end is worked out anew from these, as the engine does it, so that a month is added to a month as the law adds
them. A clock that comes again and again has a number of periods too. A stopped clock keeps its end: others may count
from it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.bits import compiled
from amparo.simulation.tables import (
    EXTEND,
    MEET,
    NEVER,
    PAUSE,
    RESUME,
    START_END_OF,
    START_NOW,
    START_OPENED,
    Clocks,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]


class Runs(NamedTuple):
    """The runs of D clocks of people in P places: arrays (D, P). due: the end, NEVER if there is no run. since: when
    the pause began, NEVER if it runs. periods: how many lengths the end is away from the anchor.
    """

    due: Floats
    anchor: Floats
    paused: Floats
    since: Floats
    length: Ints
    periods: Ints


class Work(NamedTuple):
    """What a kernel reads of `Clocks`, array for array."""

    code: Ints
    clock: Ints
    length: Ints
    of: Ints
    offset: Floats
    days: Ints
    roll: Ints
    part_days: Bytes
    seconds: Floats
    due_day: Ints
    day_start: Floats
    last_second: Floats


def work(clocks: Clocks) -> Work:
    """The arrays of `clocks` as a kernel takes them."""
    return Work(*(np.require(getattr(clocks, name), requirements=["C", "A", "W"]) for name in Work._fields))


@compiled
def new_runs(clocks: int, places: int) -> Runs:
    """No clock has begun."""
    d = max(clocks, 1)
    return Runs(
        np.full((d, places), NEVER),
        np.zeros((d, places)),
        np.zeros((d, places)),
        np.full((d, places), NEVER),
        np.zeros((d, places), np.int32),
        np.ones((d, places), np.int32),
    )


@compiled
def day_of(day_start: Floats, t: float) -> int:
    """The civil day of an instant; the first or the last there is, for one outside."""
    last = len(day_start) - 1
    day = min(max(int((t - day_start[0]) / 86400.0), 0), last)
    while day > 0 and day_start[day] > t:
        day -= 1
    while day < last and day_start[day + 1] <= t:
        day += 1
    return day


@compiled
def civil_end(
    due_day: Ints, last_second: Floats, day_start: Floats, anchor: float, paused: float, periods: int
) -> float:
    """The last second of a civil run; NEVER if it is after the last day that the tables know."""
    day, days = day_of(day_start, anchor), len(last_second)
    for _ in range(periods):
        day = due_day[day] if day < days else days
    day += int(paused)
    end: float = last_second[day] if day < days else NEVER
    return end


@compiled
def operate(w: Work, op: int, runs: Runs, people: Ints, t: Floats, opened: Floats) -> None:
    """One operation on a clock, for the people in these places; t: their present second; opened: of their case."""
    c, code, roll = w.clock[op], w.code[op], w.roll[op]
    due, since = runs.due[c], runs.since[c]
    if code in (START_NOW, START_END_OF, START_OPENED):
        anchors = runs.due[w.of[op]] if code == START_END_OF else opened if code == START_OPENED else t
        _start(w, op, runs, people, anchors)
        _set_ends(w, roll, runs, c, people)
    elif code == PAUSE:
        for q in people:
            since[q] = t[q]
    elif code == RESUME:
        _resume(w, op, runs, people, t)
    elif code == EXTEND:
        for q in people:
            runs.length[c, q] = w.length[op] if due[q] < NEVER else runs.length[c, q]
        _set_ends(w, roll, runs, c, people)
    elif code == MEET:
        _meet(w, roll, runs, c, people, t)
        _set_ends(w, roll, runs, c, people)


@compiled
def _start(w: Work, op: int, runs: Runs, people: Ints, anchors: Floats) -> None:
    """New runs; none for a person where what it counts from has no end."""
    c, offset, days, length, day_start = w.clock[op], w.offset[op], w.days[op], w.length[op], w.day_start
    due, since, anchor, paused = runs.due[c], runs.since[c], runs.anchor[c], runs.paused[c]
    lengths, periods, last = runs.length[c], runs.periods[c], len(w.day_start) - 1
    for q in people:
        from_ = anchors[q]
        due[q] = 0.0 if from_ < NEVER else NEVER
        from_ += offset
        if days and from_ < NEVER:
            from_ = day_start[min(max(day_of(day_start, from_) + days, 0), last)]
        anchor[q] = from_
        since[q] = NEVER
        paused[q] = 0.0
        lengths[q] = length
        periods[q] = 1


@compiled
def _resume(w: Work, op: int, runs: Runs, people: Ints, t: Floats) -> None:
    """The pause is added: seconds to an elapsed length, whole days to a civil one."""
    c, roll, part_days, day_start, seconds = w.clock[op], w.roll[op], w.part_days[op], w.day_start, w.seconds
    anchor, periods = runs.anchor[c], runs.periods[c]
    due, since, paused, lengths = runs.due[c], runs.since[c], runs.paused[c], runs.length[c]
    for q in people:
        if due[q] >= NEVER or since[q] >= NEVER:
            continue
        elapsed = seconds[lengths[q]]
        if elapsed >= 0.0:
            paused[q] += t[q] - since[q]
            due[q] = anchor[q] + elapsed * periods[q] + paused[q]
        else:
            span = day_of(day_start, t[q]) - day_of(day_start, since[q])
            paused[q] += span + 1 if part_days else max(0, span - 1)
            due_day, last_second = w.due_day[lengths[q]], w.last_second[roll]
            due[q] = civil_end(due_day, last_second, day_start, anchor[q], paused[q], periods[q])
        since[q] = NEVER


@compiled
def _meet(w: Work, roll: int, runs: Runs, c: int, people: Ints, t: Floats) -> None:
    """The end that counts is that of the period after the one that runs now."""
    seconds, day_start, due, anchor, paused = (
        w.seconds,
        w.day_start,
        runs.due[c],
        runs.anchor[c],
        runs.paused[c],
    )
    for q in people:
        if due[q] >= NEVER:
            continue
        length, k = runs.length[c, q], 1
        if seconds[length] >= 0.0:
            while anchor[q] + seconds[length] * k + paused[q] < t[q] and seconds[length] > 0.0:
                k += 1
        else:
            due_day, last_second = w.due_day[length], w.last_second[roll]
            while civil_end(due_day, last_second, day_start, anchor[q], paused[q], k) < t[q] and k < len(
                day_start
            ):
                k += 1
        runs.periods[c, q] = k + 1


@compiled
def _set_ends(w: Work, roll: int, runs: Runs, c: int, people: Ints) -> None:
    """Works out the ends of those who have a run."""
    seconds, day_start, lengths, periods = w.seconds, w.day_start, runs.length[c], runs.periods[c]
    due, anchor, paused = runs.due[c], runs.anchor[c], runs.paused[c]
    for q in people:
        elapsed = seconds[lengths[q]]
        if due[q] >= NEVER:
            continue
        if elapsed >= 0.0:
            due[q] = anchor[q] + elapsed * periods[q] + paused[q]
        else:
            due[q] = civil_end(
                w.due_day[lengths[q]], w.last_second[roll], day_start, anchor[q], paused[q], periods[q]
            )
