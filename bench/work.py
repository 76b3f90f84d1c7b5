"""The work that every simulator in `bench/peers.py` does: five states, two competing risks in each, ten years.

A person begins in the community, meets an authority, is assessed, is treated, goes home; may die at home or in
treatment. In each state two exponential clocks race; the earlier one moves the person. Time is worth utilities and
costs, some moves cost something too, both discounted continuously. The numbers are made up; nothing is claimed of any
programme.

What is right is known exactly: `expected()` solves the Markov reward equations for the mean and the variance of each
output, so that every run is held against its own Monte Carlo error and not against a tolerance.
"""

from __future__ import annotations

import math
import time
from typing import Any, NamedTuple

import numpy as np
from scipy.linalg import expm

YEARS = 10.0
DISCOUNT = math.log(1.03)
"""A year, continuously."""

HOME, MET, ASSESSED, TREATED, DEAD = range(5)
ALIVE = 4

RATES = ((0.85, 0.010), (12.0, 6.0), (12.0, 6.0), (2.0, 0.005))
"""A year, of the two clocks of each state."""

TO = ((MET, DEAD), (ASSESSED, HOME), (TREATED, HOME), (HOME, DEAD))
UTILITY = (0.75, 0.70, 0.72, 0.80)
COST_A_YEAR = (500.0, 8000.0, 3000.0, 9000.0)
COST_OF_MOVE = ((1200.0, 0.0), (300.0, 50.0), (150.0, 20.0), (0.0, 0.0))

WITHIN = 5.0
"""Standard errors that a right simulator may be off; one in a million runs is further off by chance."""


class Result(NamedTuple):
    """What a run made of all its people together: moves, deaths, discounted QALYs and costs, and how long it took.

    seconds: by `clock`, without imports, compiling and a first small run. years: person-years in each living state;
    () where a simulator does not say.
    """

    events: int
    deaths: int
    qalys: float
    cost: float
    seconds: float
    years: tuple[float, ...] = ()


def clock(threads: int = 1) -> float:
    """Seconds. On one core the processor's own time, which other work on the machine does not lengthen; else the wall
    clock's.
    """
    return time.process_time() if threads == 1 else time.perf_counter()


class Known(NamedTuple):
    """Exact mean and standard deviation of one output, for one person."""

    mean: float
    sd: float


def moments(a_year: tuple[float, ...], a_move: Any, discount: float) -> Known:
    """Mean and standard deviation of what a person gathers in `YEARS`: rewards a year, and rewards of moves.

    With time to go s, V the mean and M the second moment by state: V' = (Q - dI)V + r + sum q c, and
    M' = (Q - 2dI)M + 2 r V + 2 sum q c V_to + sum q c^2. Linear with constant coefficients: one matrix exponential.
    """
    q, moves = np.zeros((5, 5)), np.zeros((5, 5))
    given, squared = np.zeros(5), np.zeros(5)
    for state in range(ALIVE):
        for rate, to, worth in zip(RATES[state], TO[state], a_move[state], strict=True):
            q[state, to] += rate
            q[state, state] -= rate
            moves[state, to] += rate * worth
            given[state] += rate * worth
            squared[state] += rate * worth * worth
    rewards = np.array([*a_year, 0.0])
    system = np.zeros((11, 11))
    system[:5, :5] = q - 2 * discount * np.eye(5)
    system[:5, 5:10] = 2 * (np.diag(rewards) + moves)
    system[:5, 10] = squared
    system[5:10, 5:10] = q - discount * np.eye(5)
    system[5:10, 10] = rewards + given
    grown = expm(system * YEARS)
    mean, second = grown[5 + HOME, 10], grown[HOME, 10]
    return Known(float(mean), math.sqrt(second - mean * mean))


def expected() -> dict[str, Known]:
    """What is right, by name of the output; `years` by state, as `years0` to `years3`."""
    none, nothing = (0.0,) * ALIVE, ((0.0, 0.0),) * ALIVE
    every = ((1.0, 1.0),) * ALIVE
    dying = tuple(tuple(float(to == DEAD) for to in pair) for pair in TO)
    stays = {f"years{n}": tuple(float(n == m) for m in range(ALIVE)) for n in range(ALIVE)}
    return {
        "events": moments(none, every, 0.0),
        "deaths": moments(none, dying, 0.0),
        "qalys": moments(UTILITY, nothing, DISCOUNT),
        "cost": moments(COST_A_YEAR, COST_OF_MOVE, DISCOUNT),
        **{name: moments(one, nothing, 0.0) for name, one in stays.items()},
    }


def errors(result: Result, people: int) -> dict[str, float]:
    """How far each output is off what is right, in standard errors of this many people."""
    got = {name: getattr(result, name) for name in ("events", "deaths", "qalys", "cost")}
    got |= {f"years{n}": years for n, years in enumerate(result.years)}
    known = expected()
    return {
        name: (value / people - known[name].mean) / (known[name].sd / math.sqrt(people))
        for name, value in got.items()
    }


def check(name: str, result: Result, people: int) -> float:
    """The largest of `errors`; ends the bench where a simulator does not do this work."""
    off = errors(result, people)
    worst = max(off, key=lambda each: abs(off[each]))
    if abs(off[worst]) > WITHIN:
        raise SystemExit(f"{name} is wrong: {worst} is {off[worst]:.1f} standard errors off what is exact")
    return abs(off[worst])
