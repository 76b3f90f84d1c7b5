"""What a kernel reads: nodes, transitions, clocks and the hazards of life, as arrays.

A **node** holds all of a case's state that a lawful future depends on, but for time. Kernels know no law: which steps a
node allows, where each leads and which clocks it starts was asked of the engine beforehand (`automaton`).

Letters for lengths: N nodes, K transitions, O operations on clocks, D clocks, C counts, S stages, G groups, L life
rows, Q classes of people, E life events, W windows, M days, R rows of a small table. Times are seconds since the
simulation began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]

YEAR = 365.25 * 86400.0
"""Seconds in a year: what rates a year and discounting mean by it."""

ORDINARY, LOTTERY, FINAL = 0, 1, 2
"""Modes of a node: clocks race; the next is drawn at once; the person's history ends here."""

HAZARD, DELAY, PICK, CLOCK, ACT = 0, 1, 2, 3, 4
"""Kinds of a transition.

HAZARD: drawn anew at each event (memoryless). DELAY: a duration from the entry of the stage, or from the end of a
clock. PICK: one of those that compete, all after one common duration. CLOCK: a clock runs out. ACT: one of the
stage's exits, chosen by share, each after a duration of its own; shares that do not fill one leave none of them.
"""

STOP, START_NOW, START_END_OF, START_OPENED, PAUSE, RESUME, EXTEND, MEET = 0, 1, 2, 3, 4, 5, 6, 7
"""Operations on clocks. MEET: the present period of a clock that comes again and again is met; its due becomes the
end of the period after the one that runs now.
"""

EXPONENTIAL, FIXED = -1, -2
"""Rows of `inverse` that need none: the unit exponential itself, and exactly one."""

NEVER = 1e300
"""A time that does not come."""

# What c1 of the counter holds where a draw belongs to no stage.
LIFE, PEOPLE = 0x40000000, 0x50000000

ENCOUNTERED = 0
"""The life event that opens cases; the others are the person's own."""

SUB_BITS, LOWEST, HIGHEST = 5, -30, 6
KNOTS = (HIGHEST - LOWEST) * (1 << SUB_BITS) + 1
"""Knots of an inverse cumulative hazard: 2^e (1 + k / 32), e from -30 to 6. Between two knots it is a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """Arrays of length N. `first`, `number`: its transitions. `life`: its row of the hazards of life."""

    stage: Ints
    first: Ints
    number: Ints
    life: Ints
    mode: Bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitions:
    """Arrays of length K.

    slot: the number of its draw in its stage, the same in every node of the stage. pick: PICK and ACT rows with
    the same number stand side by side and are one group; which of them is drawn with that slot. Each PICK group
    waits the duration of its first row (dist, scale, mult, anchor, slot). dist: row of `inverse`, or EXPONENTIAL,
    FIXED. scale: seconds. mult: row of `multipliers`, by which the hazard is multiplied, -1 none. share: row of
    `shares`, -1 none. anchor: -1 the entry of the stage, else the clock from whose end it counts. clock: which
    runs out. next: node, -1 where it has not been asked yet. op0, opn: its operations on clocks. counted: the
    number under which it is counted. effect: row of `effects`, -1 none. window: which begins, -1 none. anew: 1 if
    a stage is entered. place: which is asked for, -1 none. ends: 1 if the case is over. begins: 1 if a case opens.
    """

    kind: Bytes
    slot: Ints
    pick: Ints
    dist: Ints
    scale: Floats
    mult: Ints
    share: Ints
    anchor: Ints
    clock: Ints
    next: Ints
    op0: Ints
    opn: Ints
    counted: Ints
    effect: Ints
    window: Ints
    anew: Bytes
    place: Ints
    ends: Bytes
    begins: Bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Operations (length O), lengths, and the civil days of the horizon.

    code, clock, length, of: which operation, on which clock, by which length, counted from the end of which other
    clock. offset: seconds added to the anchor (START_OPENED, START_NOW); days: whole civil days added to the
    anchor's day after that (civil lengths only). roll: row of `last_second`. part_days: 1 if a pause
    takes its first and last day too. seconds: the length in seconds, -1 where it is civil. due_day: by civil length and
    day of the anchor, the day on which it ends, before rolling. day_start: when each day begins at the site, a day
    before the simulation first (day 0 is the day before its beginning); last_second: by roll and day, the last
    second in time.
    """

    number: int
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Hazards beside the case. rate: per second, by life row, event and class; total: their sum over events.

    effect: class afterwards, by event and class. counted: by event. next: the node an event leads to, -1 stays.
    window: by event, the window it begins, -1 none. band_effect: the class one age band on. seconds: how long each
    window lasts. opens: effect of window w beginning, by w and class; closes: the class when any window is over.
    """

    rate: Floats
    total: Floats
    effect: Ints
    counted: Ints
    next: Ints
    window: Ints
    band_seconds: float
    band_effect: Ints
    seconds: Floats
    opens: Ints
    closes: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All that a kernel needs. Structure and numbers are both data: another draw of parameters is other numbers.

    inverse: inverse cumulative hazards, two numbers a knot (value at zero of the line, slope). group: by class, under
    which people's time and counts are kept apart. free: the node of people without an open case; met: the node where an
    encounter is decided, -1 if there is none. horizon: seconds. rate: continuous, per year: ln(1 + r).
    """

    nodes: Nodes
    transitions: Transitions
    clocks: Clocks
    life: Life
    inverse: Floats
    multipliers: Floats
    shares: Floats
    effects: Ints
    group: Ints
    sort: Ints
    stages: tuple[str, ...]
    counts: tuple[str, ...]
    free: int
    met: int
    horizon: float
    rate: float
    places: Mapping[str, int]
