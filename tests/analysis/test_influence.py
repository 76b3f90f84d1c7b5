"""Which assumption moves an answer, and where it would change it."""

import numpy as np
import pytest

from amparo.analysis import regression
from amparo.analysis.influence import tornado
from amparo.analysis.measures import PEOPLE
from amparo.analysis.model import AnalysisFault, Floats
from tests.analysis import given

DEATHS = PEOPLE["deaths"]
PANEL = "a panel for all"


def deaths(difference: Floats) -> object:
    return given.counted(
        DEATHS, np.stack([np.full_like(difference, 20.0), 20.0 + difference], axis=1).tolist()
    )


def test_a_line_is_found_as_a_line() -> None:
    x = np.linspace(2.0, 4.0, 50)
    curve = regression.fit(x, 3.0 - 2.0 * x)
    assert (curve.weights.size, curve.explained) == (2, pytest.approx(1.0))
    assert curve.at(np.array([0.0, 10.0])) == pytest.approx([3.0, -17.0])


def test_a_bend_is_followed_and_means_are_kept() -> None:
    rng = np.random.default_rng(1)
    x = rng.uniform(0, 1, 1000)
    y = np.maximum(x - 0.5, 0) + rng.normal(0, 0.02, 1000)
    curve = regression.fit(x, y)
    assert np.abs(curve.at(np.linspace(0.1, 0.9, 9)) - np.maximum(np.linspace(-0.4, 0.4, 9), 0)).max() < 0.02
    assert curve.fitted.mean() == pytest.approx(y.mean())


def test_a_curve_is_straight_beyond_what_was_drawn() -> None:
    x = np.linspace(0.0, 1.0, 200)
    ends = regression.fit(x, x**3).at(np.array([2.0, 3.0, 4.0]))
    assert ends[2] - ends[1] == pytest.approx(ends[1] - ends[0])


def test_noise_is_not_taken_for_influence() -> None:
    rng = np.random.default_rng(2)
    assert regression.fit(rng.normal(size=500), rng.normal(size=500)).explained == 0.0


def test_an_assumption_drawn_as_few_values_is_followed() -> None:
    x = np.repeat([0.0, 1.0], 30)
    assert regression.fit(x, 5.0 * x).at(np.array([0.0, 1.0])) == pytest.approx([0.0, 5.0])


@pytest.mark.parametrize("seed", range(30))
def test_assumptions_with_many_ties_are_followed_without_a_fault(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = np.floor(rng.exponential(1.0 + seed / 10, 40))
    curve = regression.fit(x, x**2 + rng.normal(size=40))
    assert np.isfinite(curve.fitted).all()
    assert curve.at(x) == pytest.approx(curve.fitted)


def test_the_curve_is_that_of_least_squares() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=200)
    y = 2 + 3 * x + rng.normal(size=200)
    slope, level = np.polyfit(x, y, 1)
    assert regression.fit(x, y).fitted == pytest.approx(level + slope * x)


def test_several_curves_at_once_are_each_their_own() -> None:
    x = np.linspace(0, 1, 60)
    ys = np.stack([np.ones(60), 2 * x, np.sin(6 * x)], axis=1)
    for together, y in zip(regression.fits(x, ys), ys.T, strict=True):
        assert together.fitted == pytest.approx(regression.fit(x, y).fitted)


def test_the_widest_bar_comes_first_with_its_ends() -> None:
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(0, 1, 21), np.linspace(0, 1, 21)))
    bars = tornado(deaths(4 * x - 10 * y), given.drawn(retention=x, effect=y), PANEL, "deaths")
    assert [b.input.name for b in bars] == ["effect", "retention"]
    assert (bars[0].low_input, bars[0].high_input) == pytest.approx((0.0, 1.0))
    assert (bars[0].at_low, bars[0].at_high, bars[0].swing) == pytest.approx((2.0, -8.0, 10.0))
    assert [b.share for b in bars] == pytest.approx([100 / 116, 16 / 116])


def test_it_is_said_what_an_assumption_would_have_to_be() -> None:
    x = np.linspace(0.2, 1.2, 101)
    bar = tornado(deaths(10 * (x - 0.95)), given.drawn(effect=x), PANEL, "deaths")[0]
    assert bar.turns == pytest.approx(0.95)


def test_of_two_turning_points_the_nearer_one_is_said() -> None:
    x = np.linspace(0.0, 1.0, 201)
    bar = tornado(deaths(100 * (x - 0.1) * (x - 0.7)), given.drawn(effect=x), PANEL, "deaths")[0]
    assert bar.turns == pytest.approx(0.7, abs=0.005)


def test_nothing_is_said_outside_what_was_drawn() -> None:
    x = np.linspace(0.2, 0.9, 101)
    assert tornado(deaths(10 * (x - 0.95)), given.drawn(effect=x), PANEL, "deaths")[0].turns is None


def test_equal_arms_turn_nowhere() -> None:
    bar = tornado(deaths(np.zeros(50)), given.drawn(effect=np.linspace(0, 1, 50)), PANEL, "deaths")[0]
    assert (bar.swing, bar.share, bar.turns) == (0.0, 0.0, None)


def test_too_few_draws_give_no_bars() -> None:
    assert tornado(deaths(np.arange(19.0)), given.drawn(effect=np.arange(19.0)), PANEL, "deaths") == ()


def test_the_comparator_has_no_bars() -> None:
    with pytest.raises(AnalysisFault, match="none of the arms compared"):
        tornado(deaths(np.arange(30.0)), given.drawn(effect=np.arange(30.0)), given.TODAY, "deaths")


def test_an_input_that_is_no_number_is_refused() -> None:
    with pytest.raises(AnalysisFault, match="look at its distribution"):
        given.drawn(effect=np.array([0.1, np.nan]))
