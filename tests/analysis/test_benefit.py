"""Health against money: net benefit, acceptability, dominance."""

import numpy as np
import pytest

from amparo.analysis import benefit
from amparo.analysis.benefit import (
    BEHIND,
    BETWEEN,
    BUYS,
    DOMINATED,
    DOMINATES,
    FRONTIER,
    SAME,
    SELLS,
    TIED,
)
from amparo.analysis.measures import PEOPLE
from amparo.analysis.model import AnalysisFault
from tests.analysis import given

PAIR = ("qalys.discounted", "cost")


def test_net_benefit_is_health_at_its_price_less_cost() -> None:
    found = given.weighed([[1.0, 1.5]], [[100.0, 900.0]])
    assert benefit.net_benefit(found, *PAIR, 2000.0).tolist() == [[1900.0, 2100.0]]


def test_the_chance_of_being_best_counts_draws() -> None:
    net = np.array([[0.0, 5.0, 1.0], [0.0, -5.0, 1.0], [0.0, 3.0, 2.0], [0.0, -1.0, -2.0]])
    assert benefit.chances_of_best(net).tolist() == [0.25, 0.5, 0.25]


def test_arms_that_tie_share_a_draw_and_all_chances_add_up() -> None:
    net = np.array([[1.0, 1.0, 0.0], [2.0, 2.0, 2.0]])
    assert benefit.chances_of_best(net) == pytest.approx([5 / 12, 5 / 12, 2 / 12])


def test_the_frontier_shows_the_best_mean_not_the_likeliest() -> None:
    # The panel is best in two of three draws, but loses more in the third.
    found = given.weighed([[0.0, 0.1], [0.0, 0.1], [0.0, -0.5]], [[0.0, 0.0]] * 3)
    point = benefit.acceptability(found, *PAIR, [1000.0])[0]
    assert (point.best, point.chance) == (given.TODAY, pytest.approx(1 / 3))
    assert point.chances == pytest.approx((1 / 3, 2 / 3))


def test_today_stays_where_nothing_is_gained() -> None:
    equal = given.weighed([[1.0, 1.0]] * 2, [[5.0, 5.0]] * 2)
    assert benefit.acceptability(equal, *PAIR, [1000.0])[0].best == given.TODAY
    assert benefit.best_arm(np.array([[0.0, 4.0, 4.0]]), 0) == 1
    assert benefit.best_arm(np.array([[0.0, 4.0, 4.0]]), 2) == 2


def test_one_draw_gives_no_chance() -> None:
    found = given.weighed([[1.0, 1.5]], [[100.0, 900.0]])
    point = benefit.acceptability(found, *PAIR, [2000.0])[0]
    gain = benefit.gains(found, *PAIR, [2000.0])[0]
    assert (point.best, point.chance, point.chances) == ("a panel for all", None, None)
    assert (gain.mean, gain.low, gain.high, gain.chance) == (pytest.approx(200.0), None, None, None)


def test_a_gain_has_its_interval_and_its_chance() -> None:
    found = given.weighed([[0.0, 0.1], [0.0, -0.2], [0.0, 0.4]], [[0.0, 50.0]] * 3)
    gain = benefit.gains(found, *PAIR, [1000.0])[0]
    assert (gain.low, gain.high, gain.mean) == pytest.approx((-250, 350, 50))
    assert gain.chance == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("effect", "cost", "stands", "ratio"),
    [
        (0.5, 1000.0, BUYS, 2000.0),
        (-0.5, -1000.0, SELLS, 2000.0),
        (0.5, -1000.0, DOMINATES, None),
        (0.5, 0.0, DOMINATES, None),
        (0.0, -10.0, DOMINATES, None),
        (-0.5, 1000.0, DOMINATED, None),
        (0.0, 1000.0, DOMINATED, None),
        (-0.5, 0.0, DOMINATED, None),
        (0.0, 0.0, SAME, None),
    ],
)
def test_a_ratio_is_given_only_where_one_is_paid_for_the_other(
    effect: float, cost: float, stands: str, ratio: float | None
) -> None:
    trade = benefit.trades(given.weighed([[0.0, effect]], [[0.0, cost]]), *PAIR)[0]
    assert (trade.stands, trade.ratio) == (stands, ratio)


def test_arms_are_ranked_along_the_frontier() -> None:
    # By cost: today 0, warnings 100 for 1, panel 400 for 2, no action 900 for 3.
    found = given.weighed([[0.0, 2.0, 1.0, 3.0]], [[0.0, 400.0, 100.0, 900.0]])
    rungs = benefit.ladder(found, *PAIR)
    assert [(r.arm, r.after, r.ratio) for r in rungs] == [
        (given.TODAY, "", None),
        ("warnings", given.TODAY, 100.0),
        ("a panel for all", "warnings", 300.0),
        ("no action", "a panel for all", 500.0),
    ]


def test_an_arm_that_costs_more_and_gains_less_is_dominated() -> None:
    rungs = benefit.ladder(given.weighed([[0.0, 2.0, 1.0]], [[0.0, 100.0, 400.0]]), *PAIR)
    assert [(r.arm, r.stands) for r in rungs][-1] == ("warnings", BEHIND)


def test_an_arm_that_a_mix_of_two_others_beats_is_told_so() -> None:
    # 1 more for 300, then 1 more for 100: half of each would gain more for the money.
    rungs = benefit.ladder(given.weighed([[0.0, 1.0, 2.0]], [[0.0, 300.0, 400.0]]), *PAIR)
    assert [(r.stands, r.after, r.ratio) for r in rungs] == [
        (FRONTIER, "", None),
        (BETWEEN, "", None),
        (FRONTIER, given.TODAY, 200.0),
    ]


def test_an_arm_equal_to_another_is_told_so_and_not_called_dominated() -> None:
    rungs = benefit.ladder(given.weighed([[1.0, 1.0]], [[5.0, 5.0]]), *PAIR)
    assert (rungs[1].stands, rungs[1].instead) == (TIED, given.TODAY)


def test_health_and_money_are_discounted_alike() -> None:
    found = given.outcomes((PEOPLE["qalys"], given.COST), np.zeros((2, 2, 2)))
    with pytest.raises(AnalysisFault, match="not discounted alike"):
        benefit.net_benefit(found, "qalys", "cost", 1.0)


def test_what_is_no_cost_is_not_taken_for_one() -> None:
    with pytest.raises(AnalysisFault, match="counted in years"):
        benefit.trades(given.weighed([[0.0, 1.0]], [[0.0, 1.0]]), "qalys.discounted", "qalys.discounted")


def test_a_negative_price_of_health_is_refused() -> None:
    with pytest.raises(AnalysisFault, match="zero or more"):
        benefit.net_benefit(given.weighed([[0.0, 1.0]], [[0.0, 1.0]]), *PAIR, -1.0)
