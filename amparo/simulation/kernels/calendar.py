"""When people meet: days far off in plain lists, the day that is open in a heap, by second and then by person.

A person stands in it once. Who is taken out of a list is gone; in the heap an old entry is told by its stamp.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.bits import compiled

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

DAY = 86_400.0
NOBODY = -1


class Calendar(NamedTuple):
    """first: of each day's list. after, before, day: of a person in a list (day -1: in none). time, stamp: of a
    person's entry. heap_time, heap_person, heap_stamp: the open day. marks: length of the heap, the open day.
    """

    first: Ints
    after: Ints
    before: Ints
    day: Ints
    time: Floats
    stamp: Ints
    heap_time: Floats
    heap_person: Ints
    heap_stamp: Ints
    marks: Ints


@compiled
def new_calendar(people: int, days: int, room: int) -> Calendar:
    """Empty, before the first day. `room`: of the heap; entries of one day, old ones among them."""
    return Calendar(
        np.full(days + 1, NOBODY, np.int32),
        np.full(people, NOBODY, np.int32),
        np.full(people, NOBODY, np.int32),
        np.full(people, NOBODY, np.int32),
        np.zeros(people),
        np.zeros(people, np.int32),
        np.zeros(room),
        np.zeros(room, np.int32),
        np.zeros(room, np.int32),
        np.array([0, -1], np.int32),
    )


@compiled
def put(c: Calendar, q: int, t: float) -> bool:
    """An entry for a person who has none. False if the heap is full."""
    c.stamp[q] += 1
    c.time[q] = t
    day = int(t / DAY)
    if day <= c.marks[1]:
        return _push(c, q)
    other = c.first[day]
    c.after[q], c.before[q], c.day[q] = other, NOBODY, day
    if other >= 0:
        c.before[other] = q
    c.first[day] = q
    return True


@compiled
def take_out(c: Calendar, q: int) -> None:
    """The person's entry is void."""
    c.stamp[q] += 1
    if c.day[q] < 0:
        return
    if c.before[q] >= 0:
        c.after[c.before[q]] = c.after[q]
    else:
        c.first[c.day[q]] = c.after[q]
    if c.after[q] >= 0:
        c.before[c.after[q]] = c.before[q]
    c.day[q] = NOBODY


@compiled
def soonest(c: Calendar) -> int:
    """Takes out whoever comes first; -1 if nobody does, -2 if the heap is full."""
    while True:
        while c.marks[0] == 0:
            c.marks[1] += 1
            if c.marks[1] >= len(c.first):
                return -1
            q = c.first[c.marks[1]]
            while q >= 0:
                c.day[q] = NOBODY
                if not _push(c, q):
                    return -2
                q = c.after[q]
            c.first[c.marks[1]] = NOBODY
        q = int(c.heap_person[0])
        stamp = c.heap_stamp[0]
        _pop(c)
        if stamp == c.stamp[q]:
            return q


@compiled
def _push(c: Calendar, q: int) -> bool:
    i = c.marks[0]
    if i >= len(c.heap_time):
        return False
    c.marks[0] += 1
    t = c.time[q]
    while i > 0:
        up = (i - 1) >> 1
        if c.heap_time[up] < t or (c.heap_time[up] == t and c.heap_person[up] <= q):
            break
        c.heap_time[i], c.heap_person[i], c.heap_stamp[i] = (
            c.heap_time[up],
            c.heap_person[up],
            c.heap_stamp[up],
        )
        i = up
    c.heap_time[i], c.heap_person[i], c.heap_stamp[i] = t, q, c.stamp[q]
    return True


@compiled
def _pop(c: Calendar) -> None:
    c.marks[0] -= 1
    m = c.marks[0]
    t, q, stamp = c.heap_time[m], c.heap_person[m], c.heap_stamp[m]
    i = 0
    while 2 * i + 1 < m:
        down = 2 * i + 1
        if down + 1 < m and _before(c, down + 1, c.heap_time[down], c.heap_person[down]):
            down += 1
        if not _before(c, down, t, q):
            break
        c.heap_time[i], c.heap_person[i], c.heap_stamp[i] = (
            c.heap_time[down],
            c.heap_person[down],
            c.heap_stamp[down],
        )
        i = down
    c.heap_time[i], c.heap_person[i], c.heap_stamp[i] = t, q, stamp


@compiled
def _before(c: Calendar, i: int, t: float, q: int) -> bool:
    earlier: bool = c.heap_time[i] < t or (c.heap_time[i] == t and c.heap_person[i] < q)
    return earlier
