"""The worth of knowing more before deciding."""

import numpy as np
import pytest
from scipy.stats import norm

from amparo.analysis import benefit, information
from amparo.analysis.model import AnalysisFault, Floats, from_batches
from tests.analysis import given

PAIR = ("qalys.discounted", "cost")


def loss(mean: float, sd: float) -> float:
    """EVPI of two arms whose difference in net benefit is normal (unit normal loss integral)."""
    apart = abs(mean) / sd
    return float(sd * (norm.pdf(apart) - apart * norm.sf(apart)))


def spread_out(draws: int) -> Floats:
    """Standard normal numbers, evenly spread: their means are those of the distribution."""
    return np.asarray(norm.ppf((np.arange(draws) + 0.5) / draws))


def two_arms(difference: Floats) -> Floats:
    return np.stack([np.zeros_like(difference), difference], axis=1)


def test_knowing_everything_is_worth_what_the_wrong_choice_costs() -> None:
    # Draws: best are 10, 0 and 8, mean 6; best mean is arm 1 with (10 - 4 + 3) / 3 = 3.
    net = np.array([[0.0, 10.0, 2.0], [0.0, -4.0, -2.0], [0.0, 3.0, 8.0]])
    assert information.perfect(net) == pytest.approx(3.0)


def test_knowing_is_worth_nothing_where_one_arm_is_always_best() -> None:
    assert information.perfect(np.array([[0.0, 1.0], [0.0, 3.0], [5.0, 5.0]])) == 0.0


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 100.0), (50.0, 100.0), (-120.0, 80.0)])
def test_two_arms_with_a_normal_difference_have_the_known_worth(mean: float, sd: float) -> None:
    net = two_arms(mean + sd * spread_out(20_000))
    assert information.perfect(net) == pytest.approx(loss(mean, sd), rel=2e-3)


@pytest.mark.parametrize("mean", [20.0, -20.0])
def test_one_assumption_of_two_has_the_known_worth(mean: float) -> None:
    x, y = (axis.ravel() for axis in np.meshgrid(spread_out(200), spread_out(200)))
    net = two_arms(mean + 60.0 * x + 80.0 * y)
    assert information.perfect(net) == pytest.approx(loss(mean, 100.0), rel=0.01)
    assert information.partial(net, 0, x) == pytest.approx(loss(mean, 60.0), rel=0.01)
    assert information.partial(net, 0, y) == pytest.approx(loss(mean, 80.0), rel=0.01)


def test_an_assumption_that_bends_the_answer_has_the_known_worth() -> None:
    # Net benefit 100 (x^2 - 1) with x normal: positive where |x| > 1; its mean there is 100 x 2 phi(1).
    rng = np.random.default_rng(12)
    x = rng.permutation(spread_out(4000))
    net = two_arms(100.0 * (x**2 - 1) + rng.normal(0, 50, 4000))
    assert information.partial(net, 0, x) == pytest.approx(200 * norm.pdf(1.0), rel=0.03)


def test_an_assumption_that_does_nothing_is_worth_nothing() -> None:
    rng = np.random.default_rng(13)
    net = two_arms(rng.normal(0, 100, 2000))
    assert information.partial(net, 0, rng.normal(size=2000)) == 0.0
    assert information.partial(net, 0, np.full(2000, 0.31)) == 0.0


@pytest.mark.parametrize("seed", range(20))
def test_one_assumption_is_never_worth_more_than_all_together(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.lognormal(size=(300, 2))
    net = np.stack(
        [np.zeros(300), x[:, 0] - x[:, 1] ** 2, np.sin(3 * x[:, 0]) + rng.normal(size=300)], axis=1
    )
    for k in (0, 1):
        assert 0.0 <= information.partial(net, 0, x[:, k]) <= information.perfect(net)


def test_an_assumption_that_settles_everything_is_worth_everything() -> None:
    x = spread_out(2000)
    net = two_arms(10.0 + 40.0 * x)
    assert information.partial(net, 0, x) == pytest.approx(information.perfect(net))


def test_the_frontier_and_the_worth_fit_together() -> None:
    # EVPI = E[max] - mean of the arm on the frontier.
    rng = np.random.default_rng(14)
    found = given.weighed(rng.normal(8, 0.1, (500, 3)), rng.normal(900, 300, (500, 3)))
    net = benefit.net_benefit(found, *PAIR, 3000.0)
    best = found.arms.index(benefit.acceptability(found, *PAIR, [3000.0])[0].best)
    knowing = information.of_everything(found, *PAIR, [3000.0])[0]
    assert knowing.per_person == pytest.approx(net.max(axis=1).mean() - net[:, best].mean())


def test_the_number_of_draws_leaves_the_worth_open() -> None:
    sizes = [information.of_everything(_uncertain(n), *PAIR, [1000.0])[0].error for n in (100, 6400)]
    assert sizes[0] / sizes[1] == pytest.approx(8.0, rel=0.35)


def _uncertain(draws: int) -> object:
    rng = np.random.default_rng(15)
    return given.weighed(two_arms(rng.normal(0, 1, draws)).tolist(), np.zeros((draws, 2)).tolist())


def test_chance_alone_gives_a_worth_that_the_halves_do_not() -> None:
    rng = np.random.default_rng(16)
    totals = rng.normal(0, 100, size=(800, 10, 2, 1)) * np.array([1.0, 0.0])
    found = from_batches((given.QALYS, given.COST), given.arms(1), given.TODAY, totals, [100] * 10)
    knowing = information.of_everything(found, *PAIR, [1000.0])[0]
    assert knowing.at_least is not None
    assert knowing.per_person > 150
    assert knowing.at_least < 0.1 * knowing.per_person


def test_where_chance_plays_no_part_both_numbers_are_near() -> None:
    rng = np.random.default_rng(17)
    truth = rng.normal(0, 100, size=(800, 1, 2, 1)) * np.array([1.0, 0.0])
    totals = truth + rng.normal(0, 0.5, size=(800, 10, 2, 2))
    found = from_batches((given.QALYS, given.COST), given.arms(1), given.TODAY, totals, [100] * 10)
    knowing = information.of_everything(found, *PAIR, [1000.0])[0]
    assert knowing.at_least == pytest.approx(knowing.per_person, rel=0.01)


def test_the_worth_grows_with_the_people_concerned() -> None:
    people = information.affected(4300, 10, 0.03)
    assert people == pytest.approx(4300 * 8.6575, rel=1e-4)
    assert information.affected(4300, 10, 0.0) == 43_000
    found = given.weighed([[0.0, 1.0], [0.0, -1.0]], [[0.0, 0.0]] * 2)
    knowing = information.of_everything(found, *PAIR, [10.0], people)[0]
    assert (knowing.per_person, knowing.population) == pytest.approx((5.0, 5.0 * people))


def test_one_draw_knows_nothing_of_uncertainty() -> None:
    assert information.of_everything(given.weighed([[0.0, 1.0]], [[0.0, 0.0]]), *PAIR, [10.0]) == ()


def test_the_assumption_that_matters_most_comes_first() -> None:
    rng = np.random.default_rng(18)
    small, large, none = rng.normal(size=(3, 1000))
    found = given.weighed(two_arms(0.1 * small + large).tolist(), np.zeros((1000, 2)).tolist())
    inputs = given.drawn(small=small, none=none, large=large, fixed=np.ones(1000))
    worths = information.of_each(found, inputs, *PAIR, 1000.0, people=2.0)
    assert worths[0].input.name == "large"
    assert worths[0].share > 0.9
    assert worths[0].population == pytest.approx(2 * worths[0].per_person)
    assert {w.input.name: w.varied for w in worths} == {
        "large": True,
        "small": True,
        "none": True,
        "fixed": False,
    }


def test_inputs_of_other_draws_are_refused() -> None:
    found = given.weighed([[0.0, 1.0]] * 3, [[0.0, 0.0]] * 3)
    with pytest.raises(AnalysisFault, match="4 draws do not fit outcomes of 3"):
        information.of_each(found, given.drawn(x=np.ones(4)), *PAIR, 1.0)


def test_too_few_draws_for_a_curve_are_refused() -> None:
    with pytest.raises(AnalysisFault, match="at least 20"):
        information.partial(np.zeros((19, 2)), 0, np.arange(19.0))


@pytest.mark.parametrize(("people", "years"), [(-1.0, 10.0), (1.0, -10.0)])
def test_fewer_than_no_people_are_refused(people: float, years: float) -> None:
    with pytest.raises(AnalysisFault, match="negative"):
        information.affected(people, years, 0.03)
