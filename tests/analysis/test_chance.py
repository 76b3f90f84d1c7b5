"""Monte Carlo error, apart from the uncertainty of the assumptions."""

import numpy as np
import pytest

from amparo.analysis import chance
from amparo.analysis.differences import difference
from amparo.analysis.measures import PEOPLE
from amparo.analysis.model import AnalysisFault, Floats, Outcomes, from_batches
from amparo.analysis.sums import extended
from tests.analysis import given

DEATHS, CONVICTIONS = PEOPLE["deaths"], PEOPLE["convictions"]
PANEL = "a panel for all"


def batched(totals: Floats, sizes: list[int]) -> Outcomes:
    """Deaths by draw, batch and arm."""
    return from_batches((DEATHS,), given.arms(1), given.TODAY, totals[..., None], sizes)


def test_the_error_of_a_total_is_read_from_batches_of_one_size() -> None:
    # Means 1, 2, 3 of 10 people each: variance between people 10 x 1, of 30 people 300.
    assert chance.of_total(np.array([[10.0, 20.0, 30.0]]), np.full(3, 10.0)) == pytest.approx(300.0)


def test_a_smaller_batch_weighs_less() -> None:
    # Means 1 and 3, mean of all 1.5: (30 x 0.25 + 10 x 2.25) / 1 = 30 a person, 40 people.
    assert chance.of_total(np.array([[30.0, 30.0]]), np.array([30.0, 10.0])) == pytest.approx(1200.0)


def test_the_error_of_a_total_agrees_with_the_binomial() -> None:
    rng = np.random.default_rng(1)
    deaths = rng.binomial(500, 0.02, size=(400, 25)).astype(float)
    assert chance.of_total(deaths, np.full(25, 500.0)).mean() == pytest.approx(12500 * 0.02 * 0.98, rel=0.03)


def test_shared_chances_make_the_error_of_a_difference_small() -> None:
    rng = np.random.default_rng(2)
    luck = rng.normal(0, 30, size=(50, 20, 1))
    found = batched(1000.0 + luck + rng.normal(0, 1, size=(50, 20, 2)), [1000] * 20)
    apart = difference(found, PANEL, "deaths").spread.chance
    assert found.variance is not None and apart is not None
    assert apart < 0.06 * np.sqrt(2 * found.variance.mean()) / 20


def test_without_batches_the_errors_of_both_arms_are_added() -> None:
    found = Outcomes(
        measures=(DEATHS,),
        arms=given.arms(1),
        comparator=given.TODAY,
        values=np.array([[[9.0], [8.0]], [[9.0], [6.0]]]),
        people=1000,
        variance=np.full((2, 2, 1), 0.25),
    )
    spread = difference(found, PANEL, "deaths").spread
    assert spread.seen == pytest.approx(np.sqrt(2.0))
    assert spread.inputs == pytest.approx(np.sqrt(2.0 - 0.5))
    apart = difference(found, PANEL, "deaths").without_chance
    # Differences -1 and -3: the mean is -2, and the ends come nearer by sqrt(1.5 / 2).
    assert apart == pytest.approx((-2 - np.sqrt(0.75), -2 + np.sqrt(0.75)))
    assert (spread.chance, spread.of_mean, spread.share) == pytest.approx((np.sqrt(0.5), np.sqrt(0.25), 0.25))


def test_what_is_seen_is_assumptions_and_chance_together() -> None:
    rng = np.random.default_rng(3)
    truth = rng.normal(-2.0, 1.5, size=(2000, 1))
    apart = truth * 50 / 10 + rng.normal(0, 10.0, size=(2000, 10))
    found = batched(np.stack([np.zeros_like(apart), apart], axis=2), [5000] * 10)
    spread = difference(found, PANEL, "deaths").spread
    # Chance: ten batches of sd 10 in 50,000 people are 0.632 in every 1,000.
    assert spread.inputs == pytest.approx(1.5, rel=0.05)
    assert spread.chance == pytest.approx(10 * np.sqrt(10) / 50, rel=0.02)
    assert spread.seen == pytest.approx(np.sqrt(1.5**2 + 0.4), rel=0.05)


def test_chances_that_all_draws_share_are_not_taken_off() -> None:
    rng = np.random.default_rng(4)
    luck, truth = rng.normal(0, 10.0, size=(1, 10)), rng.normal(-5, 1, size=(500, 1))
    apart = truth + luck
    found = batched(np.stack([np.zeros_like(apart), apart], axis=2), [100] * 10)
    spread = difference(found, PANEL, "deaths").spread
    assert spread.inputs == pytest.approx(spread.seen)
    assert spread.of_mean == pytest.approx(spread.chance)
    assert spread.share == pytest.approx(0.0, abs=1e-9)


def test_the_error_of_the_mean_shrinks_with_draws_that_have_chances_of_their_own() -> None:
    rng = np.random.default_rng(5)
    apart = rng.normal(0, 10.0, size=(400, 50))
    found = batched(np.stack([np.zeros_like(apart), apart], axis=2), [100] * 50)
    spread = difference(found, PANEL, "deaths").spread
    assert spread.of_mean is not None and spread.chance is not None
    assert spread.of_mean == pytest.approx(spread.chance / 20, rel=0.3)


def test_one_draw_still_tells_its_chance() -> None:
    found = batched(np.array([[[1.0, 2.0], [1.0, 4.0]]]), [500, 500])
    spread = difference(found, PANEL, "deaths").spread
    # Differences 1 and 3 of 500 people each: the variance of the total is 4.
    assert (spread.chance, spread.of_mean, spread.inputs) == (pytest.approx(2.0), pytest.approx(2.0), None)


def test_one_batch_tells_nothing_about_chance() -> None:
    spread = difference(batched(np.array([[[1.0, 2.0]], [[1.0, 5.0]]]), [500]), PANEL, "deaths").spread
    assert (spread.chance, spread.of_mean, spread.inputs) == (None, None, None)
    assert difference(batched(np.ones((2, 1, 2)), [5]), PANEL, "deaths").without_chance is None


def test_the_error_of_a_sum_follows_from_the_batches() -> None:
    totals = np.array([[[[1.0, 9.0], [2.0, 1.0]], [[3.0, 7.0], [8.0, 5.0]]]])
    found = from_batches((DEATHS, CONVICTIONS), given.arms(1), given.TODAY, totals, [5, 5])
    both = extended(found, (given.COST, {"deaths": 1.0, "convictions": 1.0}))
    assert both.variance is not None
    # Today deaths and convictions make up for each other: 10 in both batches.
    assert both.variance[0, 0, 2] == pytest.approx(0.0)
    assert both.variance[0, 1, 2] == pytest.approx(100.0)


def test_without_batches_the_error_of_a_sum_is_not_made_up() -> None:
    found = Outcomes(
        measures=(DEATHS, CONVICTIONS),
        arms=given.arms(1),
        comparator=given.TODAY,
        values=np.ones((2, 2, 2)),
        people=1000,
        variance=np.ones((2, 2, 2)),
    )
    sure = extended(found, (given.COST, {"deaths": np.array([2.0, 3.0])}))
    unsure = extended(found, (given.COST, {"deaths": 1.0, "convictions": 1.0}))
    assert sure.variance is not None
    assert sure.variance[:, 0, 2] == pytest.approx([4.0, 9.0])
    assert difference(unsure, PANEL, "cost").spread.chance is None


@pytest.mark.parametrize(
    ("shape", "sizes", "told"),
    [((1, 2, 2, 1), [5], "one size for each batch"), ((1, 2, 2, 1), [5, 0], "without people")],
)
def test_batches_that_do_not_fit_are_refused(shape: tuple[int, ...], sizes: list[int], told: str) -> None:
    with pytest.raises(AnalysisFault, match=told):
        from_batches((DEATHS,), given.arms(1), given.TODAY, np.zeros(shape), sizes)


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ({}, "made of nothing"),
        ({"fines": 1.0}, "no outcome 'fines'"),
        ({"deaths": np.ones(3)}, "3 numbers for 2 draws"),
        ({"deaths": np.inf}, "not a finite number"),
    ],
)
def test_a_sum_that_can_not_be_made_is_refused(terms: dict[str, Floats | float], told: str) -> None:
    found = given.counted(DEATHS, [[1, 2], [1, 2]])
    with pytest.raises(AnalysisFault, match=told):
        extended(found, (given.COST, terms))
