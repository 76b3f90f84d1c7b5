"""The simulator of this product on the work of `work.py`, for the race of `peers.py`.

The five states are a definition like any other, `amparo/studies/markov`, with its evidence: compiled as programmes are,
by asking the engine what each step leads to. The kernel reads tables and knows no pathway. Costs and QALYs are no
business of the kernel: it sums time, moves, and both discounted; what they are worth is a product afterwards, and timed
too.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np

from amparo.simulation.kernels.waves import Chunk, People
from amparo.simulation.kernels.waves import run as simulated
from amparo.simulation.tables import YEAR
from amparo.simulation.validation import WHOLE, Running, expected
from bench.work import Result, clock

STUDY = "markov"
LIVING = ("home", "met", "assessed", "treated")
DYING = ("die_at_home", "die_in_treatment")
MOVES = ("meet", "assess", "send_home", "treat", "refuse", "leave_treatment", *DYING)


@cache
def compiled() -> Running:
    """The study, compiled from its definition."""
    wanted = expected(STUDY)
    return Running(wanted, wanted.arms["only"])


def part(first: int, people: int, seed: int) -> Chunk:
    """Some of the people. There is one sort of them only, and all begin at the same door."""
    same = np.zeros(people, np.int32)
    begun = np.full(people, compiled().begun, np.int32)
    return simulated(compiled().ready, People(first, same, np.full(people, np.inf), begun), seed)


def run(people: int, seed: int, threads: int) -> Result:
    """So many people, shared out to so many threads; the result does not depend on how many."""
    compiled()
    cuts = [people * n // threads for n in range(threads + 1)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(int, range(threads)))  # the threads are there before the clock starts
        begun = clock(threads)
        chunks = list(pool.map(lambda a, b: part(a, b - a, seed), cuts, cuts[1:]))
        made = valued(chunks)
        return made._replace(seconds=clock(threads) - begun)


def valued(chunks: list[Chunk]) -> Result:
    """What the sums of a run are worth."""
    worth = compiled().worth

    def total(name: str) -> Any:
        return sum(getattr(chunk, name)[:, 0] for chunk in chunks)

    counts, moves = total("counts"), total("dcounts") * WHOLE
    seconds, years = total("seconds"), total("years")
    cost = float(years * WHOLE @ worth.money_a_year()[:, 0] + moves @ worth.money_each())
    lived = seconds[worth.stages(STUDY, LIVING)] / YEAR
    return Result(
        int(counts[worth.taken(STUDY, MOVES)].sum()),
        int(counts[worth.taken(STUDY, DYING)].sum()),
        float(years * WHOLE @ worth.qalys()[:, 0]),
        cost,
        0.0,
        tuple(lived.tolist()),
    )
