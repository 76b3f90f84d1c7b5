"""People who share scarce places are the interpreter's people, and the waves' where there are places for all."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from amparo.errors import SimulationFault
from amparo.simulation.kernels import queue, waves
from amparo.simulation.kernels.waves import Chunk, People
from amparo.simulation.simple import Way, by_hand
from amparo.simulation.tables import DELAY, FIXED, NEVER, YEAR, Tables
from tests.simulation import random_tables
from tests.simulation.oracle_queue import Everybody

SEED = 3 << 32 | 11
SUMS = ("counts", "dcounts", "seconds", "years")


def with_places(seed: int) -> tuple[Tables, np.ndarray, People]:
    """Random tables where some nodes hold one of two places, and every way into them asks for it."""
    tables = random_tables.tables(seed)
    holds = np.full(len(tables.nodes.mode), -1, np.int32)
    holds[3:6], holds[6:8] = 0, 1
    life = dataclasses.replace(tables.life, next=np.array([-1, -1, 2, len(holds) - 1], np.int32))
    ways = dataclasses.replace(tables.transitions, place=holds[tables.transitions.next])
    people = random_tables.people(tables, seed, 40, first=70)
    node0 = np.where(holds[people.node0] < 0, people.node0, 0).astype(np.int32)
    return dataclasses.replace(tables, life=life, transitions=ways), holds, people._replace(node0=node0)


def same(one: Chunk, other: Chunk) -> bool:
    return all((getattr(one, name) == getattr(other, name)).all() for name in SUMS) and all(
        a.tolist() == b.tolist() for a, b in zip(one.log, other.log, strict=True)
    )


@pytest.mark.parametrize("seed", range(25))
def test_with_places_for_all_the_queue_is_the_waves_to_the_bit(seed):
    tables, holds, people = with_places(seed)
    queued = queue.run(tables, people, SEED, holds=holds, places=[40, 40], log=40)
    assert same(queued.chunk, waves.run(tables, people, SEED, log=40))
    assert not queued.waits.waited.any()


@pytest.mark.parametrize("places", [[1, 2], [0, 1], [4, 3]])
@pytest.mark.parametrize("seed", range(15))
def test_with_few_places_the_queue_is_everybody_second_by_second(seed, places):
    tables, holds, people = with_places(seed)
    queued, everybody = (
        queue.run(tables, people, SEED, holds=holds, places=places, log=40),
        Everybody(tables, SEED, holds, places),
    )
    everybody.live_together(people)
    rows = sorted(everybody.sums.log, key=lambda row: row[0])
    assert list(zip(*(column.tolist() for column in queued.chunk.log), strict=True)) == rows
    for name in SUMS:
        found = {key: int(n) for key, n in np.ndenumerate(getattr(queued.chunk, name)) if n}
        assert found == {key: n for key, n in getattr(everybody.sums, name).items() if n}, name
    waits = [column.tolist() for column in queued.waits]
    assert waits == [everybody.asked, everybody.waited, everybody.seconds_waited]


# ------------------------------------------------------------------------------------------------ in order of asking
def ward(stay: float, days: float, **hazards: float) -> tuple[Tables, np.ndarray]:
    """Everybody asks for a bed after a fixed time, stays in it for a fixed time, and goes home for good."""
    at_home = [Way("bed", 1_000.0, DELAY, FIXED, place=0), *(Way("gone", s) for s in hazards.values())]
    states = {"home": at_home, "bed": [Way("well", stay, DELAY, FIXED)], "well": [], "gone": []}
    tables = by_hand(states, years=days * 86_400 / YEAR, rate=0.0, places={"bed": 1})
    return tables, np.array([-1, 0, -1, -1], np.int32)


def everybody(count: int) -> People:
    return People(0, np.zeros(count, np.int32), np.full(count, NEVER), np.zeros(count, np.int32))


def test_who_asked_first_comes_first_and_in_one_second_the_lower_number():
    tables, holds = ward(500.0, 1)
    queued = queue.run(tables, everybody(3), SEED, holds=holds, log=3)
    beds = [(p, s) for p, s, what, _ in zip(*queued.chunk.log, strict=True) if what == 0]
    assert beds == [(0, 1_000), (1, 1_500), (2, 2_000)]
    assert [int(column[0]) for column in queued.waits] == [3, 2, 1_500]


def test_who_goes_away_while_waiting_leaves_the_place_to_the_next():
    tables, holds = ward(50_000.0, 30, gone=200_000.0)
    queued = queue.run(tables, everybody(60), SEED, holds=holds, log=60)
    counts = queued.chunk.counts[:, 0]
    assert counts[0] + counts[1] == 60
    assert 1 < counts[0] < 60
    times = [
        s for s, what in zip(queued.chunk.log.seconds, queued.chunk.log.transition, strict=True) if what == 0
    ]
    assert np.diff(sorted(times)).min() >= 50_000


def test_those_who_still_wait_at_the_end_have_waited_to_the_end():
    tables, holds = ward(1e9, 1)
    assert queue.run(tables, everybody(5), SEED, holds=holds).chunk.seconds[0, 0] == 1_000 + 4 * 86_400


def test_a_full_ward_is_as_full_as_the_theory_of_queues_says():
    """A closed queue with several servers: in balance, k of n are in or waiting with chances in proportion to
    products of (n - k) x arrival / (min(k, places) x leaving).
    """
    n, places, out, stay = 12, 3, 40.0, 20.0
    states = {"out": [Way("in", out * 86_400, place=0)], "in": [Way("out", stay * 86_400)]}
    tables = by_hand(states, years=2_000.0, rate=0.0, places={"bed": places})
    queued = queue.run(tables, everybody(n), SEED, holds=np.array([-1, 0], np.int32))
    chances = [1.0]
    for k in range(1, n + 1):
        chances.append(chances[-1] * (n - k + 1) / out / (min(k, places) / stay))
    busy = sum(min(k, places) * chance for k, chance in enumerate(chances)) / math.fsum(chances)
    assert queued.chunk.seconds[1, 0] / (2_000 * YEAR) == pytest.approx(busy, rel=0.01)


# ------------------------------------------------------------------------------------------------ refusals
def test_a_place_that_nobody_asks_for_is_refused():
    tables, holds = ward(500.0, 1)
    without = dataclasses.replace(tables.transitions, place=np.full(1, -1, np.int32))
    with pytest.raises(SimulationFault, match="without asking for it"):
        queue.run(dataclasses.replace(tables, transitions=without), everybody(1), SEED, holds=holds)


def test_a_place_asked_for_and_not_held_is_refused():
    tables, holds = ward(500.0, 1)
    with pytest.raises(SimulationFault, match="does not hold it"):
        queue.run(tables, everybody(1), SEED, holds=np.full_like(holds, -1))


def test_nobody_begins_in_a_place():
    tables, holds = ward(500.0, 1)
    with pytest.raises(SimulationFault, match="nobody asked for"):
        queue.run(tables, everybody(1)._replace(node0=np.ones(1, np.int32)), SEED, holds=holds)
