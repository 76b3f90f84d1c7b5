"""Published results are met by the same inputs; small runs here, the whole ones by `amparo study`."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import expm

from amparo.errors import SimulationFault
from amparo.pathways import reader
from amparo.simulation import validation
from amparo.simulation.evidence import read_evidence
from amparo.simulation.evidence.checks import check
from amparo.simulation.life_tables import life_tables
from amparo.simulation.validation import (
    FOLDER,
    Row,
    Running,
    StudyResult,
    expected,
    run_study,
    studies,
    tables_of,
)  # fmt: skip

MARKOV = expected("markov")
KREBS = "krebs-2018"


def row(result: StudyResult, name: str) -> Row:
    return next(each for each in result.rows if each.name == name)


# ------------------------------------------------------------------------------------------------ what studies are
def test_every_study_is_a_definition_with_evidence_that_names_nothing_unknown() -> None:
    for name in studies():
        branches = expected(name).arms.values()
        for named in {branch.evidence for branch in branches}:
            pathway = reader.named(name, (FOLDER,))
            found = check(pathway, read_evidence(name, (FOLDER,), named), tables=tables_of(name))
            assert [str(one) for one in found if not one.warn] == []


def test_a_study_that_is_not_there_is_said_with_the_nearest() -> None:
    with pytest.raises(SimulationFault, match="markov"):
        run_study("markow")


def test_too_few_people_are_refused() -> None:
    with pytest.raises(SimulationFault, match="too few"):
        run_study("markov", people=10)


# ------------------------------------------------------------------------------------------------ the Markov chain
RATES = {
    ("home", "met"): 0.85,
    ("home", "dead"): 0.010,
    ("met", "assessed"): 12.0,
    ("met", "home"): 6.0,
    ("assessed", "treated"): 12.0,
    ("assessed", "home"): 6.0,
    ("treated", "home"): 2.0,
    ("treated", "dead"): 0.005,
}
STATES = ("home", "met", "assessed", "treated", "dead")
MONEY = {
    ("home", "met"): 1200.0,
    ("met", "assessed"): 300.0,
    ("met", "home"): 50.0,
    ("assessed", "treated"): 150.0,
}
MONEY |= {("assessed", "home"): 20.0}


def gathered(a_year: dict[str, float], each: dict[tuple[str, str], float], discount: float) -> float:
    """What a person gathers in ten years from home: the reward equations V' = (Q - dI) V + r, in closed form."""
    system = np.zeros((6, 6))
    for (one, other), rate in RATES.items():
        a, b = STATES.index(one), STATES.index(other)
        system[a, b] += rate
        system[a, a] -= rate
        system[a, 5] += rate * each.get((one, other), 0.0)
    for state, worth in a_year.items():
        system[STATES.index(state), 5] += worth
    system[:5, :5] -= discount * np.eye(5)
    return float(expm(system * 10)[0, 5])


def exact() -> dict[str, float]:
    d = math.log(1.03)
    every, dying = dict.fromkeys(RATES, 1.0), {way: 1.0 for way in RATES if way[1] == "dead"}
    costs = {"home": 500.0, "met": 8000.0, "assessed": 3000.0, "treated": 9000.0}
    well = {"home": 0.75, "met": 0.70, "assessed": 0.72, "treated": 0.80}
    return {
        "moves a person": gathered({}, every, 0),
        "deaths a person": gathered({}, dying, 0),
        "discounted QALYs": gathered(well, {}, d),
        "discounted costs": gathered(costs, MONEY, d),
        "years at home": gathered({"home": 1}, {}, 0),
        **{f"years {s}": gathered({s: 1}, {}, 0) for s in ("met", "assessed", "treated")},
    }


def test_what_the_chain_should_give_is_its_closed_form() -> None:
    assert {r.name: r.published for r in MARKOV.rows} == pytest.approx(exact(), rel=1e-9)


def test_every_output_of_the_chain_is_within_four_monte_carlo_errors() -> None:
    result = run_study("markov", people=40_000, seed=7)
    assert [r.name for r in result.rows if r.off >= 4] == [] and result.hit


def test_a_wrong_rate_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check can fail: where people die in treatment as often as at home, deaths are no longer right."""
    branch = replace(MARKOV.arms["only"], instead={"dying_treated": "dying_home"})
    monkeypatch.setattr(validation, "expected", lambda _: replace(MARKOV, arms={"only": branch}))
    assert not row(run_study("markov", people=40_000, seed=7), "deaths a person").hit


def test_threads_change_nothing() -> None:
    assert run_study("markov", people=5_000, threads=1) == run_study("markov", people=5_000, threads=2)


# ------------------------------------------------------------------------------------------------ the life table
def expectancy(table: str, sex: str) -> float:
    """Years still lived at 15, band by band: survivors x (1 - exp(-rate x width)) / rate."""
    known = life_tables()[table]
    alive, lived = 1.0, 0.0
    for first, end, rate in zip(known.ages, (*known.ages[1:], math.inf), known.rates[sex], strict=True):
        left = math.exp(-rate * (end - first))
        lived += alive * (1 - left) / rate
        alive *= left
    return lived


def test_what_a_life_table_should_give_is_its_closed_form() -> None:
    for one in expected("life-table").rows:
        assert one.published == pytest.approx(expectancy(f"{one.arm}-2020-25", one.among["sex"]), abs=1e-5)


def test_people_live_as_long_as_their_life_table_says() -> None:
    result = run_study("life-table", people=40_000, seed=3)
    assert len(result.rows) == 6
    assert all(r.off < 4 and r.error < 0.15 for r in result.rows)


# ------------------------------------------------------------------------------------------------ a published model
@pytest.fixture(scope="module")
def krebs() -> StudyResult:
    return run_study(KREBS, people=30_000, seed=5, threads=2)


def test_the_published_gain_and_saving_are_met_within_a_tenth(krebs: StudyResult) -> None:
    assert row(krebs, "QALYs gained").hit and row(krebs, "costs added").hit


def test_the_published_years_in_each_state_are_met(krebs: StudyResult) -> None:
    """As far as so few people can tell: to the tolerance and three Monte Carlo errors."""
    years = [r for r in krebs.rows if r.name.startswith("years")]
    assert len(years) == 6
    assert [r.name for r in years if abs(r.ours - r.published) > r.tolerance + 3 * r.error] == []


def test_an_episode_counts_up_and_stays_at_the_last() -> None:
    made = Running(expected(KREBS), expected(KREBS).arms["observed"])
    classes, tables = made.study.classes, made.tables
    count = tables.counts.index(f"{KREBS}:h_rel_to_oat>h_oat")
    way = int(np.flatnonzero(tables.transitions.counted == count)[0])
    after = tables.effects[tables.transitions.effect[way]]
    codes = classes.codes("episode")
    assert (codes[after] == np.minimum(codes + 1, 2)).all()


def test_whoever_has_hiv_does_not_catch_it_again() -> None:
    made = Running(expected(KREBS), expected(KREBS).arms["immediate"])
    tables, classes = made.tables, made.study.classes
    way = int(
        np.flatnonzero(tables.transitions.counted == tables.counts.index(f"{KREBS}:catch_hiv>h_rel"))[0]
    )
    rate = tables.multipliers[tables.transitions.mult[way]][tables.sort]
    assert (rate[classes.has("hiv", "yes")] == 0).all() and (rate[classes.has("hiv", "no")] > 0).all()
