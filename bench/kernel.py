"""How fast people are simulated: events a second and nanoseconds a person, by the wave.

    .venv/bin/python -m bench.kernel [--rounds 9]

Two tables: the five states of `work.py`, and a pathway of 28 stages and 74 ways out, of the shape of a commission's
(exponential, Weibull, log-normal and gamma durations, fixed delays, shares, hazards that differ by sort of person,
a clock that is paused in two stages). Its numbers are invented: only the shape matters. Each is run with 10,000,
100,000 and a million people, on one core by the processor's own time and on two by the wall clock's; best and
median are printed. Then both once more, on one core, with places for two in a hundred people in treatment: people
meet there, and wait.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from statistics import median

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtri

from amparo.simulation.kernels import queue
from amparo.simulation.kernels.ready import Ready, ready
from amparo.simulation.kernels.waves import People, run
from amparo.simulation.simple import Way, by_hand, chain, inverse_row, knots
from amparo.simulation.tables import (
    CLOCK,
    DELAY,
    FIXED,
    PAUSE,
    PICK,
    RESUME,
    START_NOW,
    YEAR,
    Clocks,
    Tables,
)
from bench.work import DISCOUNT, RATES, TO, YEARS, clock

DAY = 86_400.0
SIZES = (10_000, 100_000, 1_000_000)
CHUNK = 50_000
"""People in one call of the kernel."""
DEATH, MEETING = 1, 2
"""Rows of the multipliers."""
SORTS = 16
START, RESUMED, PAUSED = (0, 1), (1, 1), (2, 1)
"""Work on the clock of limitation: it starts, goes on, is paused."""

Durations = NDArray[np.float64]


# ------------------------------------------------------------------------------------------------ 28 stages
def weibull(shape: float, days: float) -> Durations:
    return days * DAY * knots() ** (1 / shape)


def lognormal(days: float, spread: float) -> Durations:
    share = np.clip(-np.expm1(-knots()), 1e-15, 1 - 1e-13)
    return np.asarray(days * DAY * np.exp(spread * ndtri(share)), np.float64)


def gamma(shape: float, days: float) -> Durations:
    share = np.clip(-np.expm1(-knots()), 1e-15, 1 - 1e-13)
    return np.asarray(days * DAY / shape * gammaincinv(shape, share), np.float64)


FAMILIES = (
    weibull(0.8, 1_500.0),
    weibull(0.7, 1_100.0),
    lognormal(20.0, 0.6),
    weibull(0.6, 180.0),
    gamma(2.0, 24.0),
    weibull(0.75, 440.0),
    weibull(0.9, 220.0),
    lognormal(60.0, 0.8),
    gamma(3.0, 60.0),
    weibull(1.5, 260.0),
)
AGAIN, RELAPSE, NOTICE, COMES, HEARD, TREATED, BREAKS, COURT, REVIEWED, PAID = range(len(FAMILIES))


def hazard(to: str, a_year: float, mult: int = -1, ops: tuple[int, int] = (0, 0)) -> Way:
    return Way(to, YEAR / a_year, mult=mult, ops=ops)


def waits(to: str, family: int, ops: tuple[int, int] = (0, 0)) -> Way:
    return Way(to, 1.0, DELAY, family, ops=ops)


def fixed(to: str, days: float) -> Way:
    return Way(to, days * DAY, DELAY, FIXED)


def shared(
    family: int, days: float, *ways: tuple[str, float] | tuple[str, float, tuple[int, int]]
) -> list[Way]:
    """One of several, after a duration that they have in common."""
    scale = days * DAY if family == FIXED else 1.0
    return [Way(w[0], scale, PICK, family, w[1], ops=w[2] if len(w) > 2 else (0, 0)) for w in ways]


LATE = Way("lapsed", kind=CLOCK, clock=0)


def dies(a_year: float) -> Way:
    return hazard("dead", a_year, DEATH)


STAGES: dict[str, list[Way]] = {
    "community": [hazard("met", 0.6, MEETING), hazard("helped", 0.05), waits("well", AGAIN), dies(0.012)],
    "well": [waits("community", RELAPSE), dies(0.006)],
    "met": shared(
        FIXED,
        0.5,
        ("community", 0.25),
        ("reported", 0.45, START),
        ("by court", 0.25, START),
        ("arrested", 0.05),
    ),
    "by court": [*shared(COURT, 0, ("opened", 0.9), ("nothing", 0.1)), LATE],
    "reported": [*shared(FIXED, 3, ("opened", 0.65), ("stayed away", 0.35))],
    "stayed away": [waits("opened", COMES), LATE],
    "opened": [*shared(NOTICE, 0, ("elsewhere", 0.06), ("assessed", 0.94)), LATE],
    "elsewhere": [*shared(NOTICE, 0, ("opened", 1.0)), LATE],
    "assessed": [*shared(HEARD, 0, ("heard, dependent", 0.35), ("heard", 0.65)), LATE],
    "heard": [
        *shared(HEARD, 0, ("suspended", 0.6, PAUSED), ("fined", 0.16), ("warned", 0.16), ("nothing", 0.08)),
        LATE,
    ],
    "heard, dependent": [
        *shared(HEARD, 0, ("waiting", 0.6), ("suspended", 0.2, PAUSED), ("reporting", 0.2)),
        LATE,
    ],
    "waiting": [waits("in treatment", COURT, PAUSED), hazard("reviewed", 0.3), dies(0.02)],
    "in treatment": [
        waits("filed", TREATED, RESUMED),
        waits("reviewed", BREAKS, RESUMED),
        hazard("met again", 0.15, MEETING),
        dies(0.006),
    ],
    "suspended": [
        fixed("filed", 365.0)._replace(ops=RESUMED),
        hazard("reviewed", 0.2, ops=RESUMED),
        hazard("met again", 0.3, MEETING),
        dies(0.01),
    ],
    "met again": shared(FIXED, 1, ("reviewed", 0.7, RESUMED), ("community", 0.3)),
    "reviewed": [
        *shared(REVIEWED, 0, ("in treatment", 0.3, PAUSED), ("heard", 0.5), ("filed", 0.2)),
        LATE,
    ],
    "fined": shared(FIXED, 20, ("paying", 0.93), ("appealed", 0.07)),
    "warned": shared(FIXED, 20, ("filed", 0.98), ("appealed", 0.02)),
    "reporting": [waits("filed", PAID), hazard("reviewed", 0.4), dies(0.012)],
    "appealed": shared(COURT, 0, ("paying", 0.8), ("nothing", 0.2)),
    "paying": [waits("filed", PAID), hazard("reviewed", 0.2), dies(0.012)],
    "filed": shared(FIXED, 1, ("community", 0.6), ("well", 0.4)),
    "nothing": shared(FIXED, 1, ("community", 1.0)),
    "lapsed": shared(FIXED, 1, ("community", 1.0)),
    "helped": [waits("well", TREATED), waits("community", BREAKS), dies(0.006)],
    "arrested": shared(REVIEWED, 0, ("community", 0.7), ("in custody", 0.3)),
    "in custody": [waits("community", COMES), dies(0.01)],
    "dead": [],
}


def limitation() -> Clocks:
    """One clock of a year, elapsed; paused in treatment and while suspended."""
    ones, none = np.zeros(3, np.int32), np.zeros((0, 0))
    return Clocks(
        number=1,
        code=np.array([START_NOW, RESUME, PAUSE], np.int32),
        clock=ones,
        length=ones,
        of=ones,
        offset=np.zeros(3),
        days=ones,
        roll=ones,
        part_days=np.zeros(3, np.uint8),
        seconds=np.array([YEAR]),
        due_day=none.astype(np.int32),
        day_start=np.zeros(1),
        last_second=none,
    )


def commission() -> Tables:
    sorts = np.random.default_rng(3)
    times = np.vstack([np.ones(SORTS), np.exp(sorts.normal(0, 0.4, (2, SORTS)))])
    classes = np.arange(SORTS, dtype=np.int32)
    shares = [[way.share if way.share is not None else 1.0] * SORTS for out in STAGES.values() for way in out]
    return by_hand(
        STAGES,
        years=10.0,
        rate=DISCOUNT,
        clocks=limitation(),
        inverse=np.vstack([inverse_row(family) for family in FAMILIES]),
        multipliers=times,
        shares=np.array(shares),
        sort=classes,
        group=np.zeros(SORTS, np.int32),
    )


# ------------------------------------------------------------------------------------------------ timing
def simulated(tables: Ready, people: int, threads: int) -> tuple[int, float]:
    """Events, and seconds."""
    sorts = len(tables.group)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(int, range(threads)))
        begun = clock(threads)
        firsts = range(0, people, min(CHUNK, -(-people // threads)))
        parts = pool.map(lambda first: part(tables, first, min(firsts.step, people - first), sorts), firsts)
        return sum(parts), clock(threads) - begun


def part(tables: Ready, first: int, people: int, sorts: int) -> int:
    class_ = (np.arange(first, first + people) % sorts).astype(np.int32)
    everybody = People(first, class_, np.full(people, np.inf), np.zeros(people, np.int32))
    return int(run(tables, everybody, 7).counts.sum())


def five() -> Tables:
    """The five states of `work.py`, as a chain."""
    names = ("home", "met", "assessed", "treated", "dead")
    ways = (zip(to, per, strict=True) for to, per in zip(TO, RATES, strict=True))
    rates = {name: [(names[to], per) for to, per in out] for name, out in zip(names, ways, strict=False)}
    return chain({**rates, "dead": []}, years=YEARS, rate=DISCOUNT)


def measured(title: str, by: Tables, rounds: int) -> None:
    tables = ready(by)
    simulated(tables, 64, 1)
    for people in SIZES:
        for threads in (1, 2):
            times = [simulated(tables, people, threads) for _ in range(rounds)]
            events, best, middle = times[0][0], min(t for _, t in times), median(t for _, t in times)
            print(
                f"{title:10} {people:>9,} people, {threads} threads: {events / best / 1e6:6.1f} M events/s"
                f" (median {events / middle / 1e6:6.1f}), {best / people * 1e9:5.0f} ns a person,"
                f" {events / people:.1f} events each"
            )


PLACES = ("in treatment", "treated")
"""Stages where people hold a place."""


def queued(title: str, tables: Tables, people: int, rounds: int) -> None:
    """With places for two in a hundred, in whichever of the stages above the tables have."""
    holds = np.array([0 if stage in PLACES else -1 for stage in tables.stages], np.int32)
    ways = tables.transitions
    asking = replace(
        tables, transitions=replace(ways, place=holds[ways.next]), places={"treatment": people // 50}
    )
    class_ = (np.arange(people) % len(tables.group)).astype(np.int32)
    everybody = People(0, class_, np.full(people, np.inf), np.zeros(people, np.int32))
    made, times = queue.run(asking, everybody, 7, holds=holds), []
    for _ in range(rounds):
        begun = clock(1)
        queue.run(asking, everybody, 7, holds=holds)
        times.append(clock(1) - begun)
    events, best, middle = int(made.chunk.counts.sum()), min(times), median(times)
    print(
        f"{title:10} {people:>9,} people, places for 2 %: {events / best / 1e6:6.2f} M events/s"
        f" (median {events / middle / 1e6:6.2f}), {int(made.waits.waited[0]):,} times somebody waited"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    print(f"{os.cpu_count()} cores; one thread by processor time, two by the wall clock; best of {rounds}")
    measured("5 states", five(), rounds)
    measured("28 stages", commission(), rounds)
    for people in SIZES:
        queued("5 states", five(), people, min(rounds, 3))
        queued("28 stages", commission(), people, min(rounds, 3))


if __name__ == "__main__":
    main()
