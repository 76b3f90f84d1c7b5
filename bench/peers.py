"""Simulators doing the work of `bench/work.py` in one run: moves a second, and how each stands to the others.

    .venv-bench/bin/python bench/peers.py [--people N] [--seconds S] [--only NAME ...]

Each does the whole work (two clocks drawn for every move, time, moves, deaths, discounted QALYs and costs) and is held
against what is exactly right before it may have a time. Best of nine runs, or of as many as fit in S seconds (never
fewer than one). One core and processor time; a line that says two cores has the wall clock's time. Imports, compiling
and a small first run are not timed.

SimPy        a process a person, one timeout a move: the earlier of two clocks is drawn, as its users do it
NumPy        everybody alive makes one move a round, as whole columns
NumPy, small the same by 8,192 people, which fit in the processor's cache
neworder     its model and its own sampler (C++) of waiting times; the rounds around it are NumPy's
C, AVX2      `ceiling.c`, written by hand for this one pathway: not a peer, but how fast this machine can be
Amparo       the simulator of this product, which compiles the states from a definition: `own.py`

hesim, which R would run, is only built where R and it are there; it is not in any list that pip can fetch from.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import math
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench import own
from bench.work import (
    ALIVE,
    COST_A_YEAR,
    COST_OF_MOVE,
    DEAD,
    DISCOUNT,
    RATES,
    TO,
    UTILITY,
    YEARS,
    Result,
    check,
    clock,
)

RUNS, TURNS = 9, 3
SMALL = 8192
Run = Callable[[int, int], Result]
HERE = Path(__file__).resolve().parent


# ------------------------------------------------------------------------------------------------ SimPy
class Ledger:
    """What the people of a run have gathered, one stay and one move at a time."""

    def __init__(self) -> None:
        self.events = self.deaths = 0
        self.qalys = self.cost = 0.0
        self.years = [0.0] * ALIVE

    def stayed(self, state: int, since: float, until: float) -> None:
        worth = (math.exp(-DISCOUNT * since) - math.exp(-DISCOUNT * until)) / DISCOUNT
        self.years[state] += until - since
        self.qalys += UTILITY[state] * worth
        self.cost += COST_A_YEAR[state] * worth

    def moved(self, state: int, clock: int, at: float) -> None:
        self.events += 1
        self.deaths += TO[state][clock] == DEAD
        self.cost += COST_OF_MOVE[state][clock] * math.exp(-DISCOUNT * at)

    def result(self, seconds: float) -> Result:
        return Result(self.events, self.deaths, self.qalys, self.cost, seconds, tuple(self.years))


def simpy(people: int, seed: int) -> Result:
    """All people in one environment. Who is still waiting at the horizon is not woken again."""
    import simpy as library

    draw, ledger = random.Random(seed).expovariate, Ledger()

    def person(env: Any) -> Iterator[Any]:
        state, since = 0, 0.0
        while state != DEAD:
            one, other = draw(RATES[state][0]), draw(RATES[state][1])
            clock, wait = (0, one) if one < other else (1, other)
            until = since + wait
            if until >= YEARS:
                ledger.stayed(state, since, YEARS)
                return
            yield env.timeout(wait)
            ledger.stayed(state, since, until)
            ledger.moved(state, clock, until)
            state, since = TO[state][clock], until

    begun = clock()
    env = library.Environment()
    for _ in range(people):
        env.process(person(env))
    env.run()
    return ledger.result(clock() - begun)


# ------------------------------------------------------------------------------------------------ rounds of columns
Waits = Callable[[Any], Any]
"""From a column of rates (a year) to a column of exponential waits (years)."""

RATE, WHERE, ONCE = np.array(RATES), np.array(TO), np.array(COST_OF_MOVE)


class Columns:
    """The people still under way, and what all have gathered."""

    def __init__(self, people: int) -> None:
        self.state = np.zeros(people, np.int64)
        self.since, self.worth = np.zeros(people), np.ones(people)
        self.years, self.weighed = np.zeros(ALIVE), np.zeros(ALIVE)
        self.events = self.deaths = 0
        self.cost = 0.0

    def round(self, waits: Waits) -> None:
        """Everybody's next move, or the rest of their time."""
        state, rate = self.state, RATE[self.state]
        one, other = waits(rate[:, 0]), waits(rate[:, 1])
        clock = (other < one).astype(np.int64)
        until = self.since + np.minimum(one, other)
        moves = until < YEARS
        np.minimum(until, YEARS, out=until)
        worth = np.exp(-DISCOUNT * until)
        self.years += np.bincount(state, until - self.since, ALIVE)
        self.weighed += np.bincount(state, (self.worth - worth) / DISCOUNT, ALIVE)
        state, clock, worth = state[moves], clock[moves], worth[moves]
        self.cost += float(ONCE[state, clock] @ worth)
        to = WHERE[state, clock]
        on = to != DEAD
        self.events += len(to)
        self.deaths += int(len(to) - on.sum())
        self.state, self.since, self.worth = to[on], until[moves][on], worth[on]

    def result(self, seconds: float) -> Result:
        qalys, cost = float(self.weighed @ np.array(UTILITY)), float(self.weighed @ np.array(COST_A_YEAR))
        return Result(self.events, self.deaths, qalys, cost + self.cost, seconds, tuple(self.years))


def rounds(people: int, waits: Waits) -> Result:
    begun = clock()
    columns = Columns(people)
    while len(columns.state):
        columns.round(waits)
    return columns.result(clock() - begun)


def drawn_by(seed: Any) -> Waits:
    generator = np.random.Generator(np.random.SFC64(seed))
    return lambda rate: generator.standard_exponential(len(rate)) / rate


def numpy(people: int, seed: int) -> Result:
    return rounds(people, drawn_by(seed))


def numpy_small(people: int, seed: int) -> Result:
    parts = [rounds(min(SMALL, people - first), drawn_by([seed, first])) for first in range(0, people, SMALL)]
    return added(parts, sum(part.seconds for part in parts))


def added(parts: list[Result], seconds: float) -> Result:
    """What several runs made together."""
    years = tuple(sum(each) for each in zip(*(part.years for part in parts), strict=True))
    events, deaths = sum(part.events for part in parts), sum(part.deaths for part in parts)
    return Result(events, deaths, sum(x.qalys for x in parts), sum(x.cost for x in parts), seconds, years)


def neworder(people: int, seed: int) -> Result:
    """`stopping` refuses rates above one, so its clocks run in weeks."""
    with warnings.catch_warnings():  # it says at length that it is not spread over several machines
        warnings.simplefilter("ignore")
        import neworder as library

    class Model(library.Model):  # type: ignore[misc]
        result: Result

        def __init__(self) -> None:
            super().__init__(library.NoTimeline(), lambda *_: seed)

        def step(self) -> None:
            self.result = rounds(people, lambda rate: self.mc.stopping(rate / 52.0) / 52.0)

    model = Model()
    library.run(model)
    return model.result


# ------------------------------------------------------------------------------------------------ the ceiling
def compiled() -> Any:
    """The hand-written code as a library of this process; None where there is no compiler, or no AVX2."""
    cc = shutil.which(os.environ.get("CC", "cc"))
    if cc is None or not {"avx2", "fma"} <= set(flags_of_processor()):
        return None
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "ceiling.so")
        asked = [cc, "-O3", "-march=native", "-shared", "-fPIC", str(HERE / "ceiling.c"), "-o", str(made)]
        subprocess.run(asked, check=True)
        library = ctypes.CDLL(str(made))
    library.run.argtypes = [ctypes.c_int64, ctypes.c_int64, ctypes.c_uint64, ctypes.c_void_p]
    return library


def by_hand(library: Any, threads: int) -> Run:
    def part(first: int, people: int, seed: int) -> Result:
        out = np.zeros(4 + ALIVE)
        library.run(first, people, seed, out.ctypes.data)
        events, deaths, qalys, cost, *years = out.tolist()
        return Result(int(events), int(deaths), qalys, cost, 0.0, tuple(years))

    def run(people: int, seed: int) -> Result:
        cuts = [people * n // threads for n in range(threads + 1)]
        spans = list(zip(cuts, cuts[1:], strict=False))
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(int, range(threads)))  # the threads are there before the clock starts
            begun = clock(threads)
            parts = list(pool.map(lambda span: part(span[0], span[1] - span[0], seed), spans))
            return added(parts, clock(threads) - begun)

    return run


# ------------------------------------------------------------------------------------------------ the race
class Peer(NamedTuple):
    name: str
    run: Run


def peers() -> Iterator[Peer | str]:
    """Who can race on this machine; for each that cannot, a sentence."""
    for name, run, needs in (
        ("SimPy", simpy, "simpy"),
        ("NumPy", numpy, "numpy"),
        ("NumPy, small", numpy_small, "numpy"),
        ("neworder", neworder, "neworder"),
    ):
        yield Peer(name, run) if there(needs) else f"{name}: not installed here (make bench installs it)"
    rscript = shutil.which("Rscript")
    yield "hesim: not built, " + ("its race is not written" if rscript else "there is no R here")
    library = compiled()
    if library is None:
        yield "C, AVX2: not built, there is no C compiler here or the processor has no AVX2"
    else:
        yield from (Peer("C, AVX2", by_hand(library, 1)), Peer("C, AVX2, 2 cores", by_hand(library, 2)))
    yield Peer("Amparo", lambda people, seed: own.run(people, seed, 1))
    yield Peer("Amparo, 2 cores", lambda people, seed: own.run(people, seed, 2))


def there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def raced(all_: list[Peer], people: int, patience: float) -> dict[str, list[Result]]:
    """Up to nine runs of each, of different seeds, each held against what is right. Everybody has three turns of three
    runs, so that a slow moment of the machine is everybody's, and nobody finds the caches full of somebody else's
    numbers each time; who has used up the patience with them has no more runs.
    """
    results: dict[str, list[Result]] = {peer.name: [] for peer in all_}
    for peer in all_ * TURNS:
        mine = results[peer.name]
        peer.run(200, 0)
        for _ in range(RUNS // TURNS):
            if sum(x.seconds for x in mine) <= patience:
                mine.append(peer.run(people, len(mine) + 1))
                check(peer.name, mine[-1], people)
    return results


def rate(result: Result) -> float:
    return result.events / result.seconds


def line(name: str, results: list[Result], people: int) -> str:
    rates = [rate(x) for x in results]
    off = max(check(name, x, people) for x in results)
    return (
        f"{name:18s} {max(rates) / 1e6:9.3f} {statistics.median(rates) / 1e6:9.3f}   {len(rates)} runs,"
        f" at most {off:.1f} standard errors off"
    )


def ratios(best: dict[str, float]) -> Iterator[str]:
    """Amparo beside each, the C that runs on as many cores among them."""
    for ours, ceiling in (("Amparo", "C, AVX2"), ("Amparo, 2 cores", "C, AVX2, 2 cores")):
        if ours in best:
            others = [name for name in best if name == ceiling or not name.startswith(("Amparo", "C, "))]
            yield f"{ours}: " + ", ".join(f"{best[ours] / best[name]:,.2f} x {name}" for name in others)


# ------------------------------------------------------------------------------------------------ the machine
def flags_of_processor() -> list[str]:
    return _from_cpuinfo("flags").split()


def _from_cpuinfo(key: str) -> str:
    """'' where the system does not say it as Linux does."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    return next((one.partition(":")[2].strip() for one in lines if one.startswith(key)), "")


def machine() -> str:
    flags = flags_of_processor()
    widest = (
        "512 bits (AVX-512)" if "avx512f" in flags else "256 bits (AVX2)" if "avx2" in flags else "128 bits"
    )
    return f"{_from_cpuinfo('model name') or 'a processor'}, {os.cpu_count()} cores, vectors of {widest}"


def main() -> None:
    asked = argparse.ArgumentParser(description="Simulators on the same work, in one run.")
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--seconds", type=float, default=30.0, help="patience with one simulator")
    asked.add_argument("--only", nargs="*", help="names of simulators")
    args = asked.parse_args()
    print(f"{args.people:,d} people, ten years; {machine()}")
    print(f"{'million moves/s':18s} {'best':>9s} {'median':>9s}")
    found = list(peers())
    runners = [x for x in found if isinstance(x, Peer) and (not args.only or x.name in args.only)]
    results = raced(runners, args.people, args.seconds)
    for name, each in results.items():
        print(line(name, each, args.people))
    print("\n".join(x for x in found if isinstance(x, str)))
    print("\n".join(ratios({name: max(map(rate, each)) for name, each in results.items()})))


if __name__ == "__main__":
    main()
