"""What happens to one person: the definition that every kernel is held to, in plain Python, one event after the
other.

A person stands at a node since they came there; `t` is the present second. What may happen next are candidates, each
at a whole second:

- a CLOCK row at the second after the end of its clock, or at once if that is past;
- the next age band, and the end of the window that is open, at their times;
- a HAZARD row after E x scale / multiplier, rounded up, at least one second; E is a unit exponential drawn for this
  event of the stage;
- a DELAY row a duration after the entry of the stage, or after the second that follows the end of its anchor; the
  duration is drawn once for each entry of the stage: D(E / multiplier) x scale, rounded up, where D is the inverse
  cumulative hazard; never before the next second;
- PICK rows with the same `pick`: one of them, chosen by share of what they sum to, after the DELAY of the first;
- ACT rows with the same `pick`: one of them, chosen by share (those that do not fill one leave none), after its own
  DELAY;
- an event of life, when the time used at the class's total hazard has used up a unit exponential, at least one second
  on.

The earliest happens. Of several in one second: clocks in the order of the table, then age band, then window, then the
other rows in the order of the table (a PICK group where its first row stands), then life. What would come at the
horizon or later does not happen. At a LOTTERY node one row is chosen by share and taken in the same second. A FINAL
node ends the history.

Numbers of draws: `visits` counts the entries of a stage (by transitions that are `anew`, encounters, and events of
life that lead somewhere), `events` what has happened in a stage, whatever it was; both modulo 2^16. A draw has the
address (person, stage, visits or events, slot); life has the stage LIFE and the number of the event of life: its
first number is how long it takes to come, its second which it is. Shares all zero are a fault.

An event is counted for the group of the class before it, at the discount of its second. Then, in this order: a case
that begins forgets all clocks and is opened now; clocks are worked on; the class changes by the effect; a window
opens; a stage entered anew is entered now. An encounter is a matter of the `free` node: there it changes class and
window and leads to `met`, elsewhere it is counted and nothing else.

Clocks: the end of a run is k lengths after its anchor, k being 1 until a MEET, and then what its pauses have added:
seconds to an elapsed length, whole civil days to a civil one, whose end is then rolled. EXTEND gives it another
length. MEET moves the end to that of the period after the one that runs now. STOP leaves the end to be counted from.
What ends after the last day of the tables never ends.
"""

from __future__ import annotations

import math
import struct
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from amparo.simulation.tables import (
    ACT,
    CLOCK,
    DELAY,
    ENCOUNTERED,
    EXPONENTIAL,
    EXTEND,
    FINAL,
    FIXED,
    HAZARD,
    HIGHEST,
    LIFE,
    LOTTERY,
    LOWEST,
    MEET,
    NEVER,
    PAUSE,
    PICK,
    RESUME,
    START_END_OF,
    START_NOW,
    START_OPENED,
    YEAR,
    Tables,
)

WORD = 0xFFFFFFFF


# ------------------------------------------------------------------------------------------------ numbers
def fma(a: float, b: float, c: float) -> float:
    """a * b + c rounded once: the product is split into two numbers, and `fsum` rounds the exact sum of three."""
    high = a * b
    a1, b1 = (_upper(x) for x in (a, b))
    low = ((a1 * b1 - high) + a1 * (b - b1) + (a - a1) * b1) + (a - a1) * (b - b1)
    return math.fsum((high, low, c))


def _upper(x: float) -> float:
    """The upper half of the digits of a number (Dekker 1971)."""
    y = x * 134217729.0
    return y - (y - x)


def bits(x: float) -> int:
    return int(struct.unpack("<q", struct.pack("<d", x))[0])


def number(b: int) -> float:
    return float(struct.unpack("<d", struct.pack("<q", b))[0])


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Philox4x32-10."""
    (c0, c1, c2, c3), (k0, k1) = counter, key
    for _ in range(10):
        p0, p1 = c0 * 0xD2511F53, c2 * 0xCD9E8D57
        c0, c1, c2, c3 = p1 >> 32 ^ c1 ^ k0, p1 & WORD, p0 >> 32 ^ c3 ^ k1, p0 & WORD
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


def exponential(u: float) -> float:
    """-log(1 - u), by the series of log((1 + z) / (1 - z)) after halving the argument's power of two away."""
    shifted = bits(1.0 - u) + 0x00095F619980C433
    power, g = (shifted >> 52) - 1023, number((shifted & 0x000FFFFFFFFFFFFF) + 0x3FE6A09E667F3BCD)
    z = (g - 1.0) / (g + 1.0)
    p = 1.0 / 21
    for odd in range(19, 0, -2):
        p = fma(p, z * z, 1.0 / odd)
    return fma(-float(power), math.log(2.0), -2.0 * z * p)


def discount(decay: float, t: float) -> float:
    """exp(16 x decay x t)."""
    p, y = 1.0 / 362880, decay * t
    for divisor in (40320, 5040, 720, 120, 24, 6, 2, 1, 1):
        p = fma(p, y, 1.0 / divisor)
    for _ in range(4):
        p *= p
    return p


def fixed(x: float) -> int:
    """x as a whole number of 2^-36, to the nearest, ties to even."""
    return round(x * 2.0**36)


# ------------------------------------------------------------------------------------------------ a person
@dataclass
class Run:
    """One run of a clock."""

    anchor: float
    length: int
    periods: int = 1
    paused: float = 0
    since: float | None = None
    due: float = NEVER


@dataclass
class Person:
    number: int
    node: int
    class_: int
    band_at: float
    t: float = 0.0
    entry: float = 0.0
    opened: float = 0.0
    window_at: float = NEVER
    left: float = 0.0
    lived: int = 0
    visits: Counter[int] = field(default_factory=Counter)
    events: Counter[int] = field(default_factory=Counter)
    clocks: dict[int, Run] = field(default_factory=dict)
    waiting: int | None = None

    def due(self, clock: int) -> float:
        return self.clocks[clock].due if clock in self.clocks else NEVER


@dataclass
class Sums:
    """What has happened, to be compared with a chunk. Keys: (count or stage, group)."""

    counts: Counter[tuple[int, int]] = field(default_factory=Counter)
    dcounts: Counter[tuple[int, int]] = field(default_factory=Counter)
    seconds: Counter[tuple[int, int]] = field(default_factory=Counter)
    years: Counter[tuple[int, int]] = field(default_factory=Counter)
    missing: set[int] = field(default_factory=set)
    log: list[tuple[int, float, int, int]] = field(default_factory=list)


class Interpreter:
    """Lives people's histories, one by one."""

    def __init__(self, tables: Tables, seed: int) -> None:
        self.tables, self.key, self.sums = tables, (seed & WORD, seed >> 32 & WORD), Sums()
        self.n, self.k, self.c, self.life = tables.nodes, tables.transitions, tables.clocks, tables.life
        self.holds = np.full(len(tables.nodes.mode), -1, np.int32)
        self.decay = -tables.rate / (16.0 * YEAR)

    def live(self, p: Person) -> None:
        """A whole history."""
        p.left = exponential(self.draw(p, LIFE, 0, 0))
        while self.n.mode[p.node] != FINAL:
            at, what = self.next(p)
            self.pass_time(p, min(at, self.tables.horizon))
            if at >= self.tables.horizon:
                return
            if not self.happen(p, what):
                return

    def draw(self, p: Person, stage: int, number: int, slot: int) -> float:
        """A uniform number in [0, 1) of 52 bits."""
        number = number & 0xFFFF if stage < LIFE else number
        words = philox((p.number, stage, number, slot >> 1), self.key)
        high, low = words[2:] if slot & 1 else words[:2]
        return float((high << 32 | low) >> 12) / 2.0**52

    # -------------------------------------------------------------------------------------------- what comes next
    def next(self, p: Person) -> tuple[float, int]:
        """When and what: a transition, or -1 life, -100 age band, -101 window."""
        first, rows = int(self.n.first[p.node]), int(self.n.number[p.node])
        if self.n.mode[p.node] == LOTTERY:
            if p.waiting is None:
                return p.t, self.choose(p, range(first, first + rows))
            rows = 0
        candidates: list[tuple[float, int]] = []
        for j in range(first, first + rows):
            if self.k.kind[j] == CLOCK:
                candidates.append((max(p.due(int(self.k.clock[j])) + 1, p.t), j))
        candidates += [(max(p.band_at, p.t), -100), (max(p.window_at, p.t), -101)]
        for group in self.groups(range(first, first + rows)):
            candidates += self.of_group(p, group)
        total = float(self.life.total[self.n.life[p.node], p.class_])
        if total > 0:
            candidates.append((p.t + max(1, math.ceil(p.left / total)), -1))
        return min((c for c in candidates if self.races(p, c[1])), key=lambda c: c[0])

    def races(self, p: Person, what: int) -> bool:
        """Who waits for a place asks for none."""
        return p.waiting is None or what < 0 or self.k.place[what] in (-1, self.holds[p.node])

    def groups(self, rows: range) -> list[range]:
        """The rows but clocks; those that are chosen among stand together."""
        found: list[range] = []
        for j in rows:
            kind, pick = self.k.kind[j], self.k.pick[j]
            before = found[-1][-1] if found and found[-1][-1] == j - 1 else None
            together = before is not None and (self.k.kind[before], self.k.pick[before]) == (kind, pick)
            if kind in (PICK, ACT) and together:
                found[-1] = range(found[-1][0], j + 1)
            elif kind != CLOCK:
                found.append(range(j, j + 1))
        return found

    def of_group(self, p: Person, group: range) -> list[tuple[float, int]]:
        j = group[0]
        if self.k.kind[j] == HAZARD:
            return [(p.t + max(1, self.wait(p, j, p.events)), j)]
        if self.k.kind[j] == DELAY:
            return [(self.after(p, j), j)]
        chosen = self.choose(p, group)
        if self.k.kind[j] == PICK:
            return [(self.after(p, j), chosen)]
        return [(self.after(p, chosen), chosen)] if chosen >= 0 else []

    def after(self, p: Person, j: int) -> float:
        anchor = int(self.k.anchor[j])
        since = p.entry if anchor < 0 else p.due(anchor) + 1
        return max(p.t + 1, since + self.wait(p, j, p.visits))

    def wait(self, p: Person, j: int, number: Counter[int]) -> float:
        """The duration of a row, in whole seconds, rounded up."""
        scale, dist, mult = float(self.k.scale[j]), int(self.k.dist[j]), int(self.k.mult[j])
        hazard = self.k.kind[j] == HAZARD
        if dist == FIXED and not hazard:
            return math.ceil(scale)
        stage, by = int(self.n.stage[p.node]), 1.0
        e = exponential(self.draw(p, stage, number[stage], int(self.k.slot[j])))
        if mult >= 0:
            by = float(self.tables.multipliers[mult, self.tables.sort[p.class_]])
        if by == 0.0:
            return NEVER
        if hazard:
            return math.ceil(e * scale / by)
        return math.ceil((e / by if dist == EXPONENTIAL else self.duration(dist, e / by)) * scale)

    def duration(self, dist: int, e: float) -> float:
        power = math.frexp(e)[1] - 1 if e > 0 else LOWEST
        knot = (power - LOWEST) * 32 + int((e / 2.0**power - 1) * 32) if power >= LOWEST and e > 0 else 0
        knot = min(knot, (HIGHEST - LOWEST) * 32 - 1)
        at_zero, slope = (float(x) for x in self.tables.inverse[dist, 2 * knot : 2 * knot + 2])
        return fma(e, slope, at_zero)

    def choose(self, p: Person, group: range) -> int:
        """A row by its share; -1 if none."""
        sort, shares_ = self.tables.sort[p.class_], self.tables.shares
        shares = [
            1.0 if row < 0 else float(shares_[row, sort]) for row in self.k.share[group.start : group.stop]
        ]
        stage = int(self.n.stage[p.node])
        u = self.draw(p, stage, p.visits[stage], int(self.k.pick[group[0]]))
        if self.k.kind[group[0]] != ACT or self.n.mode[p.node] == LOTTERY:
            whole = 0.0
            for share in shares:
                whole += share
            if whole == 0:
                raise ValueError(f"node {p.node}: every share is zero")
            u *= whole
        up_to = 0.0
        for j, share in zip(group, shares, strict=True):
            up_to += share
            if u < up_to:
                return j
        return -1

    # -------------------------------------------------------------------------------------------- time and events
    def pass_time(self, p: Person, x: float) -> None:
        key = int(self.n.stage[p.node]), int(self.tables.group[p.class_])
        self.sums.seconds[key] += int(x - p.t)
        if self.tables.rate > 0:
            spent = (discount(self.decay, p.t) - discount(self.decay, x)) * (1.0 / self.tables.rate)
        else:
            spent = (x - p.t) * (1.0 / YEAR)
        self.sums.years[key] += fixed(spent)
        if self.n.mode[p.node] != LOTTERY or p.waiting is not None:
            p.left -= float(self.life.total[self.n.life[p.node], p.class_]) * (x - p.t)
        p.t = x

    def count(self, p: Person, counted: int) -> None:
        key = counted, int(self.tables.group[p.class_])
        self.sums.counts[key] += 1
        self.sums.dcounts[key] += fixed(discount(self.decay, p.t))

    def happen(self, p: Person, what: int) -> bool:
        """Does the person's history go on?"""
        stage, node = int(self.n.stage[p.node]), p.node
        if what == -1:
            what = self.of_life(p)
        elif what == -100:
            p.class_, p.band_at = int(self.life.band_effect[p.class_]), p.band_at + self.life.band_seconds
        elif what == -101:
            p.class_, p.window_at = int(self.life.closes[p.class_]), NEVER
        else:
            self.take(p, what)
        p.events[stage] += 1
        self.sums.log.append((p.number, p.t, what, node))
        return p.node >= 0

    def of_life(self, p: Person) -> int:
        rates = [float(r) for r in self.life.rate[self.n.life[p.node], :, p.class_]]
        total = 0.0
        for r in rates:
            total += r
        u, up_to, e = self.draw(p, LIFE, p.lived, 1) * total, 0.0, 0
        for e, r in enumerate(rates):  # noqa: B007
            up_to += r
            if u < up_to:
                break
        p.lived += 1
        p.left = exponential(self.draw(p, LIFE, p.lived, 0))
        self.count(p, int(self.life.counted[e]))
        if e != ENCOUNTERED or p.node == self.tables.free:
            p.class_ = int(self.life.effect[e, p.class_])
            self.open_window(p, int(self.life.window[e]))
            to = self.tables.met if e == ENCOUNTERED else int(self.life.next[e])
            if to >= 0:
                self.enter(p, to)
        return -1 - e

    def take(self, p: Person, j: int) -> None:
        self.count(p, int(self.k.counted[j]))
        if self.k.next[j] < 0:
            self.sums.missing.add(j)
        if self.k.begins[j]:
            p.opened, p.clocks = p.t, {}
        for op in range(self.k.op0[j], self.k.op0[j] + self.k.opn[j]):
            self.operate(p, op)
        if self.k.effect[j] >= 0:
            p.class_ = int(self.tables.effects[self.k.effect[j], p.class_])
        self.open_window(p, int(self.k.window[j]))
        if self.k.anew[j]:
            self.enter(p, int(self.k.next[j]))
        p.node = int(self.k.next[j])

    def enter(self, p: Person, node: int) -> None:
        p.node, p.entry = node, p.t
        p.visits[int(self.n.stage[node])] += 1

    def open_window(self, p: Person, window: int) -> None:
        if window >= 0:
            p.class_ = int(self.life.opens[window, p.class_])
            p.window_at = p.t + float(self.life.seconds[window])

    # -------------------------------------------------------------------------------------------- clocks
    def operate(self, p: Person, op: int) -> None:
        c, code = int(self.c.clock[op]), self.c.code[op]
        run = p.clocks.get(c)
        if code in (START_NOW, START_END_OF, START_OPENED):
            self.start(p, op)
        elif run is None or run.due == NEVER:
            return
        elif code == PAUSE:
            run.since = p.t
        elif code == RESUME and run.since is not None:
            run.paused, run.since = run.paused + self.pause(run, p.t, bool(self.c.part_days[op])), None
            run.due = self.end(run, op)
        elif code == EXTEND:
            run.length = int(self.c.length[op])
            run.due = self.end(run, op)
        elif code == MEET:
            run.periods = 1
            while self.end(run, op) < p.t:
                run.periods += 1
            run.periods += 1
            run.due = self.end(run, op)

    def start(self, p: Person, op: int) -> None:
        anchors = {START_NOW: p.t, START_OPENED: p.opened, START_END_OF: p.due(int(self.c.of[op]))}
        anchor = anchors[int(self.c.code[op])]
        p.clocks.pop(int(self.c.clock[op]), None)
        if anchor == NEVER:
            return
        anchor += float(self.c.offset[op])
        if self.c.days[op]:
            last = len(self.c.day_start) - 1
            anchor = float(self.c.day_start[min(max(self.day(anchor) + int(self.c.days[op]), 0), last)])
        run = p.clocks[int(self.c.clock[op])] = Run(anchor, int(self.c.length[op]))
        run.due = self.end(run, op)

    def pause(self, run: Run, now: float, part_days: bool) -> float:
        assert run.since is not None
        if self.c.seconds[run.length] >= 0:
            return now - run.since
        span = self.day(now) - self.day(run.since)
        return span + 1 if part_days else max(0, span - 1)

    def day(self, t: float) -> int:
        """The civil day of an instant; the first there is for one before."""
        return max(0, sum(1 for start in self.c.day_start if start <= t) - 1)

    def end(self, run: Run, op: int) -> float:
        if self.c.seconds[run.length] >= 0:
            return run.anchor + float(self.c.seconds[run.length]) * run.periods + run.paused
        day, days = self.day(run.anchor), self.c.last_second.shape[1]
        for _ in range(run.periods):
            day = int(self.c.due_day[run.length, day]) if day < days else days
        day += int(run.paused)
        return float(self.c.last_second[self.c.roll[op], day]) if day < days else NEVER
