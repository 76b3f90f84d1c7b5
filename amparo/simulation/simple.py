"""Tables made by hand: Markov chains, whose results have a closed form, and small pathways to measure kernels with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.tables import (
    CLOCK,
    EXPONENTIAL,
    FINAL,
    HAZARD,
    HIGHEST,
    LOTTERY,
    LOWEST,
    ORDINARY,
    PICK,
    YEAR,
    Clocks,
    Life,
    Nodes,
    Tables,
    Transitions,
)


class Way(NamedTuple):
    """A way out of a state: where to, and how, as in `Transitions`. share: what a PICK or ACT row has of the whole."""

    to: str
    scale: float = 0.0
    kind: int = HAZARD
    dist: int = EXPONENTIAL
    share: float | None = None
    mult: int = -1
    clock: int = -1
    ops: tuple[int, int] = (0, 0)
    place: int = -1


def chain(
    rates: Mapping[str, Sequence[tuple[str, float]]], *, years: float, rate: float, unit: float = YEAR
) -> Tables:
    """A chain in continuous time: by state, the states it leads to and how often per `unit` (seconds; else a year).

    Its ways are counted one by one, in the order given; the rest is as in `by_hand`.
    """
    states = {state: [Way(to, unit / per) for to, per in out] for state, out in rates.items()}
    return by_hand(states, years=years, rate=rate)


def by_hand(states: Mapping[str, Sequence[Way]], *, years: float, rate: float, **other: Any) -> Tables:
    """A stage for each state, entered anew by every way that leads there; people begin in the first one.

    A state that leads nowhere is final; one whose ways are all PICKs without a duration is a lottery. Ways are
    counted one by one. `rate`: of discounting, ln(1 + r). `other`: fields of `Tables` that are not the plain ones (no
    clocks, nothing beside the case, one class).
    """
    names, ways = list(states), [way for out in states.values() for way in out]
    number = np.array([len(out) for out in states.values()], np.int32)
    plain = {
        "nodes": Nodes(
            stage=np.arange(len(names), dtype=np.int32),
            first=(np.cumsum(number) - number).astype(np.int32),
            number=number,
            life=np.zeros(len(names), np.int32),
            mode=np.array([_mode(out) for out in states.values()], np.uint8),
        ),
        "transitions": _transitions(list(states.values()), names),
        "clocks": no_clocks(),
        "life": no_life(len(ways), len(other.get("group", [0]))),
        "inverse": np.zeros((0, 0)),
        "multipliers": np.ones((1, 1)),
        "shares": np.array([[way.share if way.share is not None else 1.0] for way in ways]),
        "effects": np.zeros((1, 1), np.int32),
        "group": np.zeros(1, np.int32),
        "sort": np.zeros(1, np.int32),
        "stages": tuple(names),
        "counts": (*(f"{state} to {way.to}" for state, out in states.items() for way in out), "nothing"),
        "free": -1,
        "met": -1,
        "horizon": float(np.ceil(years * YEAR)),
        "rate": rate,
        "places": {},
    }
    return Tables(**{**plain, **other})


def knots() -> NDArray[np.float64]:
    """The cumulative hazards at which an inverse is written down."""
    powers = np.arange(LOWEST, HIGHEST)
    within = 1 + np.arange(32) / 32
    return np.append((2.0 ** powers[:, None] * within).ravel(), 2.0**HIGHEST)


def inverse_row(durations: NDArray[np.float64]) -> NDArray[np.float64]:
    """A row of `inverse` from the durations at the knots."""
    at = knots()
    slope = np.diff(durations) / np.diff(at)
    return np.column_stack([durations[:-1] - slope * at[:-1], slope]).ravel()


def no_clocks() -> Clocks:
    """No clock and no day."""
    none, flags = np.zeros(0, np.int32), np.zeros(0, np.uint8)
    return Clocks(
        number=0,
        code=none,
        clock=none,
        length=none,
        of=none,
        offset=np.zeros(0),
        days=none,
        roll=none,
        part_days=flags,
        seconds=np.zeros(0),
        due_day=np.zeros((0, 0), np.int32),
        day_start=np.zeros(0),
        last_second=np.zeros((0, 0)),
    )


def no_life(count: int, classes: int = 1) -> Life:
    """Nothing happens to people beside their case; the one event there could be is counted under `count`."""
    none, same = np.full(1, -1, np.int32), np.arange(classes, dtype=np.int32)
    return Life(
        rate=np.zeros((1, 1, classes)),
        total=np.zeros((1, classes)),
        effect=same[None, :].copy(),
        counted=np.full(1, count, np.int32),
        next=none,
        window=none,
        band_seconds=1.0,
        band_effect=same,
        seconds=np.zeros(0),
        opens=np.zeros((0, classes), np.int32),
        closes=same,
    )


def _mode(out: Sequence[Way]) -> int:
    if not out:
        return FINAL
    return LOTTERY if all(way.kind == PICK and way.scale == 0 for way in out) else ORDINARY


def _transitions(states: Sequence[Sequence[Way]], names: Sequence[str]) -> Transitions:
    """Draws are numbered from 2 on in each state; 0 is which of the PICKs or ACTs."""
    ways = [way for out in states for way in out]
    none, flags = np.full(len(ways), -1, np.int32), np.zeros(len(ways), np.uint8)

    def ints(values: Sequence[int]) -> NDArray[np.int32]:
        return np.array(values, np.int32)

    return Transitions(
        kind=np.array([way.kind for way in ways], np.uint8),
        slot=ints([2 + n for out in states for n in range(len(out))]),
        pick=ints([-1 if way.share is None else 0 for way in ways]),
        dist=ints([way.dist for way in ways]),
        scale=np.array([way.scale for way in ways], np.float64),
        mult=ints([way.mult for way in ways]),
        share=ints([-1 if way.share is None else n for n, way in enumerate(ways)]),
        anchor=none,
        clock=ints([way.clock if way.kind == CLOCK else -1 for way in ways]),
        next=ints([names.index(way.to) for way in ways]),
        op0=ints([way.ops[0] for way in ways]),
        opn=ints([way.ops[1] for way in ways]),
        counted=np.arange(len(ways), dtype=np.int32),
        effect=none,
        window=none,
        anew=np.ones(len(ways), np.uint8),
        place=ints([way.place for way in ways]),
        ends=flags,
        begins=flags,
    )
