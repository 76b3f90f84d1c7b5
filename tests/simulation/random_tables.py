"""Small tables by chance: every kind of transition, of clock work and of life, in no order that any law would know."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.waves import People
from amparo.simulation.tables import (
    ACT,
    CLOCK,
    DELAY,
    FINAL,
    HAZARD,
    HIGHEST,
    KNOTS,
    LOTTERY,
    LOWEST,
    ORDINARY,
    PAUSE,
    PICK,
    RESUME,
    START_NOW,
    Clocks,
    Life,
    Nodes,
    Tables,
    Transitions,
)

DAY = 86_400.0
CLOCKS, LENGTHS, CIVIL, CLASSES, SORTS, EVENTS, WINDOWS, COUNTS, OPS = 3, 6, 3, 8, 5, 4, 2, 40, 60
FREE, MET = 0, 1
Row = dict[str, Any]


class Dice:
    """Arrays of the types that tables have, by chance."""

    def __init__(self, seed: int) -> None:
        self.r = np.random.default_rng(seed)

    def ints(self, low: int, high: int, shape: Any = ()) -> NDArray[np.int32]:
        return np.asarray(self.r.integers(low, high, shape), np.int32)

    def one(self, low: int, high: int) -> int:
        return int(self.r.integers(low, high))

    def chance(self, share: float) -> bool:
        return bool(self.r.random() < share)

    def maybe(self, share: float, high: int) -> int:
        """A number below `high`, or -1."""
        return self.one(0, high) if self.chance(share) else -1


def tables(
    seed: int, *, nodes: int = 14, stages: int = 6, days: int = 500, rate: float = 0.03, unknown: float = 0.0
) -> Tables:
    """Node 0 is free, node 1 a lottery where encounters go, the last one final. `unknown`: share of ways yet to ask."""
    dice = Dice(seed)
    ways = [_ways(dice, n, nodes, unknown) for n in range(nodes)]
    number = np.array([len(rows) for rows in ways], np.int32)
    mode = np.array([LOTTERY if n == MET else ORDINARY for n in range(nodes)], np.uint8)
    mode[-1] = FINAL
    return Tables(
        nodes=Nodes(
            stage=dice.ints(0, stages, nodes),
            first=(np.cumsum(number) - number).astype(np.int32),
            number=number,
            life=dice.ints(0, 3, nodes),
            mode=mode,
        ),
        transitions=_columns([row for rows in ways for row in rows]),
        clocks=_clocks(dice, days + 3),
        life=_life(dice, nodes),
        inverse=_inverse(dice),
        multipliers=np.vstack([np.ones(SORTS), dice.r.choice([0.0, 0.5, 1.0, 3.0], (2, SORTS))]),
        shares=np.vstack([np.full(SORTS, 0.3), dice.r.random((3, SORTS)), dice.ints(0, 2, (1, SORTS))]),
        effects=dice.ints(0, CLASSES, (3, CLASSES)),
        group=dice.ints(0, 2, CLASSES) if seed % 2 else np.zeros(CLASSES, np.int32),
        sort=dice.ints(0, SORTS, CLASSES),
        stages=tuple(f"stage {n}" for n in range(stages)),
        counts=tuple(f"count {n}" for n in range(COUNTS)),
        free=FREE,
        met=MET,
        horizon=days * DAY,
        rate=rate,
        places={},
    )


def people(tables: Tables, seed: int, count: int, first: int = 0) -> People:
    """Some at any node, most without a case; some grow older during the run."""
    dice = Dice(seed)
    node0 = np.where(dice.r.random(count) < 0.3, dice.ints(0, len(tables.nodes.mode), count), FREE)
    band = np.where(dice.r.random(count) < 0.5, np.ceil(dice.r.random(count) * tables.horizon), 1e300)
    return People(first, dice.ints(0, CLASSES, count), band, node0.astype(np.int32))


# ------------------------------------------------------------------------------------------------ ways out of a node
def _ways(dice: Dice, node: int, nodes: int, unknown: float) -> list[Row]:
    """A few rows, groups side by side. Clocks that run out are started anew, or a second could last for ever."""
    if node == nodes - 1:
        return []
    if node == MET:
        group = {"pick": dice.one(0, 6), "anchor": -1, "not_to": MET}
        return [_row(dice, PICK, nodes, unknown, **group) for _ in range(dice.one(1, 4))]
    groups = [_group(dice, nodes, unknown) for _ in range(dice.one(0, 5))]
    return [row for rows in groups for row in rows]


def _group(dice: Dice, nodes: int, unknown: float) -> list[Row]:
    kind = int(dice.r.choice([HAZARD, DELAY, PICK, CLOCK, ACT]))
    many = dice.one(1, 4) if kind in (PICK, ACT) else 1
    group = {"pick": dice.one(0, 6), "anchor": dice.maybe(0.3, CLOCKS)}
    return [_row(dice, kind, nodes, unknown, **group) for _ in range(many)]


def _row(
    dice: Dice, kind: int, nodes: int, unknown: float, *, pick: int, anchor: int, not_to: int = -1
) -> Row:
    """What comes at its end is begun anew, the stage or the clock, or it would come again every second."""
    to = dice.one(0, nodes if dice.chance(0.3) else nodes - 1)
    waits = kind in (DELAY, PICK, ACT)
    anchor = anchor if waits else -1
    clock = anchor if anchor >= 0 else dice.one(0, CLOCKS)
    restarts = kind == CLOCK or anchor >= 0
    grouped = kind in (PICK, ACT)
    return {
        "kind": kind,
        "slot": dice.one(0, 8),
        "pick": pick if grouped else -1,
        "dist": dice.one(-2, 2),
        "scale": float(np.exp(dice.r.normal(np.log(20 * DAY), 1.2))),
        "mult": dice.maybe(0.5, 3),
        "share": dice.maybe(0.8, 5 if kind == ACT else 4) if grouped else -1,
        "anchor": anchor,
        "clock": clock if kind == CLOCK else -1,
        "next": -1 if dice.chance(unknown) else (to + 1 if to == not_to else to),
        "op0": CLOCKS_ANEW + clock * 2 if restarts else dice.one(0, OPS - 4),
        "opn": dice.one(1, 3) if restarts else dice.one(0, 4),
        "counted": dice.one(0, COUNTS),
        "effect": dice.maybe(0.3, 3),
        "window": dice.maybe(0.2, WINDOWS),
        "anew": int(waits and anchor < 0 or dice.chance(0.7)),
        "place": -1,
        "ends": 0,
        "begins": int(not restarts and dice.chance(0.1)),
    }


CLOCKS_ANEW = OPS
"""The first of the operations that start a clock which has run out, two for each clock."""


def _columns(rows: list[Row]) -> Transitions:
    types = {
        "scale": np.float64,
        "kind": np.uint8,
        "anew": np.uint8,
        "ends": np.uint8,
        "begins": np.uint8,
        "place": np.int16,
    }
    names = Transitions.__dataclass_fields__
    return Transitions(**{n: np.array([r[n] for r in rows], types.get(n, np.int32)) for n in names})


# ------------------------------------------------------------------------------------------------ clocks and life
def _clocks(dice: Dice, days: int) -> Clocks:
    """Days of 23 to 25 hours; lengths of days that grow by one or two; a due day that is rolled by up to two."""
    starts = np.concatenate(
        [[-DAY], -DAY + np.cumsum(dice.r.choice([82_800.0, DAY, DAY, DAY, 90_000.0], days - 1))]
    )
    code, clock = dice.ints(0, 8, OPS), dice.ints(0, CLOCKS, OPS)
    anew = np.array([START_NOW, PAUSE] * CLOCKS, np.int32)
    for n in range(0, OPS - 1, 7):
        code[n : n + 2] = PAUSE, RESUME
    steps = dice.ints(1, 9, (CIVIL, 1)) + dice.ints(0, 2, (CIVIL, days))
    due_day = np.maximum.accumulate(np.arange(days) + steps, axis=1).astype(np.int32)
    rolled = [np.minimum(np.arange(days) + roll, days - 1) for roll in (0, 2)]
    ends = np.append(starts[1:], starts[-1] + DAY) - 1
    n = OPS + len(anew)
    return Clocks(
        number=CLOCKS,
        code=np.concatenate([code, anew]),
        clock=np.concatenate([clock, np.repeat(np.arange(CLOCKS, dtype=np.int32), 2)]),
        length=dice.ints(0, LENGTHS, n),
        of=dice.ints(0, CLOCKS, n),
        offset=np.concatenate([dice.r.choice([0.0, 0.0, 1.0, -40_000.0, 5 * DAY], OPS), np.zeros(len(anew))]),
        days=np.concatenate([dice.r.choice([0, 0, 0, 2, -1], OPS), np.zeros(len(anew))]).astype(np.int32),
        roll=dice.ints(0, 2, n),
        part_days=dice.ints(0, 2, n).astype(np.uint8),
        seconds=np.where(
            np.arange(LENGTHS) < CIVIL, -1.0, np.floor(dice.r.exponential(15 * DAY, LENGTHS)) + 1
        ),
        due_day=np.vstack([due_day, np.zeros((LENGTHS - CIVIL, days), np.int32)]),
        day_start=starts,
        last_second=np.vstack([ends[days_] for days_ in rolled]),
    )


def _life(dice: Dice, nodes: int) -> Life:
    """Three rows: one where nothing happens, one where it does not to some."""
    rate = dice.r.exponential(1 / (100 * DAY), (3, EVENTS, CLASSES))
    rate[0] = 0.0
    rate[1, :, ::3] = 0.0
    return Life(
        rate=rate,
        total=rate.sum(axis=1),
        effect=dice.ints(0, CLASSES, (EVENTS, CLASSES)),
        counted=dice.ints(0, COUNTS, EVENTS),
        next=np.array([-1, -1, dice.one(0, nodes), nodes - 1], np.int32),
        window=np.array([-1, 0, 1, -1], np.int32),
        band_seconds=200 * DAY,
        band_effect=dice.ints(0, CLASSES, CLASSES),
        seconds=np.array([30 * DAY, 3_600.0]),
        opens=dice.ints(0, CLASSES, (WINDOWS, CLASSES)),
        closes=dice.ints(0, CLASSES, CLASSES),
    )


def _inverse(dice: Dice) -> NDArray[np.float64]:
    """Two rows: durations of a Weibull kind, and one that stays flat after a while."""
    powers = 2.0 ** np.repeat(np.arange(LOWEST, HIGHEST), 32) * (
        1 + np.tile(np.arange(32), HIGHEST - LOWEST) / 32
    )
    knots = np.append(powers, 2.0**HIGHEST)
    rows = []
    for value in (knots**0.7, np.minimum(knots, 4.0)):
        slope = np.diff(value) / np.diff(knots)
        rows.append(np.column_stack([value[:-1] - slope * knots[:-1], slope]).ravel())
    assert len(knots) == KNOTS
    return np.vstack(rows)
