"""People by the wave are the people of the interpreter, to the last bit."""

from __future__ import annotations

import dataclasses
import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy.linalg import expm

from amparo.errors import SimulationFault
from amparo.simulation.kernels.philox import blocks
from amparo.simulation.kernels.polynomials import discounts, exponentials
from amparo.simulation.kernels.ready import ready
from amparo.simulation.kernels.waves import Chunk, People, run
from amparo.simulation.simple import chain
from amparo.simulation.tables import ACT, CLOCK, DELAY, HAZARD, NEVER, PICK, YEAR, Tables
from tests.simulation import oracle, random_tables

SEED = 7 << 32 | 99
SUMS = ("counts", "dcounts", "seconds", "years")


def lived(tables: Tables, people: People) -> oracle.Sums:
    """The same people's histories, one by one."""
    one_by_one = oracle.Interpreter(tables, SEED)
    for n, (class_, band, node) in enumerate(zip(*people[1:], strict=True)):
        one_by_one.live(oracle.Person(people.first + n, int(node), int(class_), float(band)))
    return one_by_one.sums


def rows(chunk: Chunk) -> list[tuple[int, float, int, int]]:
    return list(zip(*(column.tolist() for column in chunk.log), strict=True))


def same(one: Chunk, other: Chunk) -> bool:
    return all((getattr(one, name) == getattr(other, name)).all() for name in SUMS)


# ------------------------------------------------------------------------------------------------ one by one
@pytest.mark.parametrize("seed", range(60))
def test_a_wave_of_people_is_the_people_one_by_one(seed):
    tables = random_tables.tables(seed, rate=0.0 if seed % 5 == 4 else 0.03)
    people = random_tables.people(tables, seed, 40, first=1000)
    chunk, sums = run(tables, people, SEED, log=40), lived(tables, people)
    assert rows(chunk) == sums.log
    for name in SUMS:
        found = {key: int(n) for key, n in np.ndenumerate(getattr(chunk, name)) if n}
        assert found == {key: n for key, n in getattr(sums, name).items() if n}, name


def test_every_kind_of_event_happens_in_those_tables():
    happened: set[object] = set()
    for seed in range(60):
        tables = random_tables.tables(seed)
        people = random_tables.people(tables, seed, 200)
        for what in run(tables, people, SEED, log=200).log.transition.tolist():
            happened.add(int(tables.transitions.kind[what]) if what >= 0 else what - 10)
    assert happened == {HAZARD, DELAY, PICK, CLOCK, ACT, -11, -12, -13, -14, -110, -111}


def test_ways_that_lead_nowhere_yet_are_reported_and_only_those_taken():
    for seed in range(10):
        tables = random_tables.tables(seed, unknown=0.2)
        people = random_tables.people(tables, seed, 40)
        assert set(run(tables, people, SEED).missing.tolist()) == lived(tables, people).missing


# ------------------------------------------------------------------------------------------------ the same bytes
@pytest.mark.parametrize(("pool", "width"), [(1, 1), (7, 3), (64, 500), (333, 100)])
def test_how_many_are_in_flight_does_not_matter(pool, width):
    tables = random_tables.tables(3)
    people = random_tables.people(tables, 3, 500)
    assert same(run(tables, people, SEED), run(tables, people, SEED, pool=pool, width=width))


def test_chunks_and_threads_do_not_matter():
    tables = random_tables.tables(5)
    people, held = random_tables.people(tables, 5, 700), ready(tables)
    parts = [People(n, *(column[n : n + 70] for column in people[1:])) for n in range(0, 700, 70)]
    with ThreadPoolExecutor(3) as threads:
        chunks = list(threads.map(lambda part: run(held, part, SEED), parts))
    whole = run(tables, people, SEED)
    for name in SUMS:
        assert (sum(getattr(chunk, name) for chunk in chunks) == getattr(whole, name)).all()


def test_a_log_of_some_is_the_beginning_of_the_log_of_all():
    tables = random_tables.tables(7)
    people = random_tables.people(tables, 7, 50)
    some, every = rows(run(tables, people, SEED, log=10)), rows(run(tables, people, SEED, log=50))
    assert some == [row for row in every if row[0] < 10]


def test_a_log_longer_than_foreseen_is_kept_whole_and_nothing_is_counted_twice():
    busy = chain({"here": [("there", 3_000.0)], "there": [("here", 3_000.0)]}, years=1, rate=0.0)
    chunk = run(busy, everybody(2), SEED, log=2)
    assert len(chunk.log.person) == chunk.counts.sum() > 2 * 256


# ------------------------------------------------------------------------------------------------ edges
def everybody(count: int) -> People:
    return People(0, np.zeros(count, np.int32), np.full(count, NEVER), np.zeros(count, np.int32))


def after(seconds: float, horizon: float) -> Tables:
    """One step, exactly so many seconds after the beginning."""
    tables = chain({"waiting": [("over", 1.0)], "over": []}, years=horizon / YEAR, rate=0.0)
    fixed = {
        "kind": np.array([DELAY], np.uint8),
        "dist": np.array([-2], np.int32),
        "scale": np.array([seconds]),
    }
    way = dataclasses.replace(tables.transitions, **fixed)
    return dataclasses.replace(tables, transitions=way, horizon=horizon)


def test_what_comes_in_the_last_second_happens_and_at_the_horizon_no_more():
    last, too_late = (run(after(seconds, 1_000.0), everybody(3), SEED) for seconds in (999.0, 1_000.0))
    assert (last.counts[0, 0], last.seconds[0, 0]) == (3, 2_997)
    assert (too_late.counts[0, 0], too_late.seconds[0, 0]) == (0, 3_000)


def test_nobody_is_nobody():
    assert (
        run(random_tables.tables(1), random_tables.people(random_tables.tables(1), 1, 0), SEED).seconds.sum()
        == 0
    )


def test_a_choice_with_no_share_at_all_is_said():
    tables = random_tables.tables(2)
    with pytest.raises(SimulationFault, match=r"node \d+ \(stage \d\) offers people of class \d a choice"):
        run(dataclasses.replace(tables, shares=np.zeros_like(tables.shares)), everybody(500), SEED)


def test_a_horizon_between_seconds_is_refused():
    with pytest.raises(SimulationFault, match="whole seconds"):
        run(dataclasses.replace(random_tables.tables(2), horizon=10.5), everybody(1), SEED)


def test_a_class_that_a_table_does_not_tell_of_is_said():
    tables = random_tables.tables(2)
    life = dataclasses.replace(tables.life, total=tables.life.total[:, :3])
    with pytest.raises(SimulationFault, match=r"life.total tells of 3 classes of people, but there are 8"):
        run(dataclasses.replace(tables, life=life), everybody(1), SEED)
    with pytest.raises(SimulationFault, match="shares tells of 2 sorts of people, but there are 5"):
        run(dataclasses.replace(tables, shares=tables.shares[:, :2]), everybody(1), SEED)


# ------------------------------------------------------------------------------------------------ numbers
@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_words(counter, key, words):
    assert oracle.philox(counter, key) == words
    v1, v2 = np.zeros(1, np.uint64), np.zeros(1, np.uint64)
    person, number = np.array([counter[0]], np.uint64), np.array([counter[2]], np.uint64)
    blocks(person, number, counter[1], counter[3], *(np.uint64(k) for k in key), v1, v2, 1)
    drawn = [(high << 32 | low) >> 12 for high, low in (words[:2], words[2:])]
    assert [int(v[0]) & (1 << 52) - 1 for v in (v1, v2)] == drawn


def test_the_logarithm_is_good_to_the_last_digits():
    u = np.concatenate([np.random.default_rng(1).random(20_000), [0.0, 2.0**-52, 0.5, 1 - 2.0**-52]])
    v = (1.0 + u).view(np.uint64).copy()
    exact = np.array([-math.log(2.0 - f) for f in v.view(np.float64).tolist()])
    exponentials(v, np.zeros_like(v), len(v))
    assert np.abs(v.view(np.float64) - exact).max() < 4e-15
    assert np.abs(v.view(np.float64) / np.maximum(exact, 1e-300) - 1)[exact > 0].max() < 1e-15


@pytest.mark.parametrize("rate", [0.0, 0.03, 0.1])
def test_discounts_are_good_to_fifteen_digits_over_a_lifetime(rate):
    t = np.linspace(0.0, 100 * YEAR, 10_001)
    d = np.zeros_like(t)
    discounts(t, -rate / (16 * YEAR), d, len(t))
    exact = np.exp(-rate * t / YEAR)
    assert np.abs(d - exact).max() < 2.0**-38
    assert np.abs(d - exact)[t <= 40 * YEAR].max() < 1e-14 if rate < 0.1 else True


# ------------------------------------------------------------------------------------------------ a closed form
STATES = {
    "community": [("encounter", 0.85), ("dead", 0.010)],
    "encounter": [("assessed", 12.0), ("community", 6.0)],
    "assessed": [("treated", 12.0), ("community", 6.0)],
    "treated": [("community", 2.0), ("dead", 0.005)],
    "dead": [],
}


def test_a_chain_of_five_states_is_its_closed_form():
    """Years in each state, discounted and not, and deaths, within three standard errors or so of what calculus says."""
    n, rate, names = 200_000, math.log(1.03), list(STATES)
    generator = np.zeros((5, 5))
    for state, out in STATES.items():
        for to, per_year in out:
            generator[names.index(state), names.index(to)] += per_year
            generator[names.index(state), names.index(state)] -= per_year
    chunk = run(chain(STATES, years=10, rate=rate), everybody(n), SEED)
    spent = spent_in(generator, 10.0, 0.0)
    assert chunk.seconds[:4, 0] / YEAR / n == pytest.approx(spent[:4], rel=0.004)
    assert chunk.years[:4, 0] / 2.0**36 / n == pytest.approx(spent_in(generator, 10.0, rate)[:4], rel=0.004)
    assert (chunk.counts[1, 0] + chunk.counts[7, 0]) / n == pytest.approx(
        spent[0] * 0.01 + spent[3] * 0.005, rel=0.03
    )
    assert chunk.counts[2, 0] / n == pytest.approx(spent[1] * 12.0, rel=0.005)


def spent_in(generator: np.ndarray, years: float, rate: float) -> np.ndarray:
    """Expected years in each state from the first, discounted: the integral of exp((Q - rate) t)."""
    n = len(generator)
    block = np.zeros((2 * n, 2 * n))
    block[:n, :n], block[:n, n:] = generator - rate * np.eye(n), np.eye(n)
    return expm(block * years)[0, n:]
