"""Differences from today in every 1,000 people, with their intervals."""

import numpy as np
import pytest

from amparo.analysis.differences import difference, differences, enough, interval, levels, unchanged
from amparo.analysis.measures import PEOPLE
from amparo.analysis.model import AnalysisFault, Outcomes
from tests.analysis import given

CONVICTIONS = PEOPLE["convictions"]


def test_a_difference_is_told_for_every_thousand_people() -> None:
    found = given.counted(CONVICTIONS, [[194, 44], [194, 44], [200, 50]], people=50_000)
    d = difference(found, "a panel for all", "convictions")
    assert (d.middle, d.mean, d.today, d.there) == pytest.approx((-150, -150, 196, 46))


def test_arms_are_compared_within_a_draw() -> None:
    d = difference(
        given.counted(CONVICTIONS, [[100, 90], [300, 290], [50, 40]]), "a panel for all", "convictions"
    )
    assert (d.low, d.high) == (-10, -10)


def test_the_middle_is_the_middle_draw_and_the_mean_adds_up() -> None:
    d = difference(given.counted(CONVICTIONS, [[0, 1], [0, 2], [0, 12]]), "a panel for all", "convictions")
    assert (d.middle, d.mean) == (2, 5)


def test_ninety_five_of_a_hundred_draws_lie_inside() -> None:
    assert interval(np.arange(1.0, 40.0)) == pytest.approx((1.0, 39.0))
    low, high = interval(np.arange(1.0, 1000.0))
    assert (low, high) == pytest.approx((25.0, 975.0))


def test_with_few_draws_the_interval_is_the_smallest_and_the_largest() -> None:
    assert interval(np.array([4.0, -1.0, 2.0])) == (-1.0, 4.0)
    assert enough(0.95) == 39
    assert enough(0.9) == 19


def test_one_draw_has_no_interval() -> None:
    d = difference(given.counted(CONVICTIONS, [[194, 44]]), "a panel for all", "convictions")
    assert (d.middle, d.low, d.high, d.spread.seen) == (-150, None, None, None)


def test_people_come_before_money_and_in_their_order() -> None:
    measures = (given.COST, PEOPLE["newly_met"], PEOPLE["deaths"], given.QALYS, PEOPLE["qalys"], CONVICTIONS)
    found = differences(given.outcomes(measures, np.zeros((2, 2, 6))))
    names = [d.measure.name for d in found]
    assert names == ["convictions", "deaths", "qalys", "qalys.discounted", "newly_met", "cost"]


def test_a_scenario_that_changes_nothing_is_found() -> None:
    found = given.counted(CONVICTIONS, [[194, 194, 190], [180, 180, 180]])
    assert unchanged(found) == ("a panel for all",)


def test_an_interval_with_more_and_fewer_inside_crosses() -> None:
    both = given.counted(CONVICTIONS, [[0, -2], [0, 1], [0, 0]])
    fewer = given.counted(CONVICTIONS, [[0, -2], [0, 0], [0, -1]])
    assert difference(both, "a panel for all", "convictions").crosses
    assert not difference(fewer, "a panel for all", "convictions").crosses


def test_how_an_outcome_stands_is_told_of_every_arm() -> None:
    stands = levels(given.counted(CONVICTIONS, [[10, 1], [30, 3]]), "convictions")
    assert [(x.arm, x.middle, x.low, x.high) for x in stands] == [
        (given.TODAY, 20, 10, 30),
        ("a panel for all", 2, 1, 3),
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"people": 0}, "Zero people"),
        ({"comparator": "nobody"}, "none of"),
        ({"arms": ("today's mix", "today's mix")}, "same name"),
        ({"values": np.zeros((0, 2, 1))}, "no finished draw"),
        (
            {"values": np.full((1, 2, 1), np.nan)},
            "'convictions' of 'today's mix' is not a finite number in draw 0",
        ),
        ({"values": np.zeros((1, 3, 1))}, "shape"),
        ({"variance": np.full((1, 2, 1), -1.0)}, "negative"),
        ({"variance": np.zeros((1, 2, 2))}, "shape of the values"),
    ],
)
def test_outcomes_that_can_not_be_compared_are_refused(change: dict[str, object], told: str) -> None:
    good = {
        "measures": (CONVICTIONS,),
        "arms": given.arms(1),
        "comparator": given.TODAY,
        "values": np.zeros((1, 2, 1)),
        "people": 10,
    }
    with pytest.raises(AnalysisFault, match=told):
        Outcomes(**(good | change))  # type: ignore[arg-type]


def test_an_arm_or_outcome_that_is_not_there_is_named_with_those_that_are() -> None:
    found = given.counted(CONVICTIONS, [[1, 2]])
    with pytest.raises(AnalysisFault, match="there are: today's mix, a panel for all"):
        difference(found, "a court", "convictions")
    with pytest.raises(AnalysisFault, match="there are: convictions"):
        difference(found, "a panel for all", "deaths")


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(AnalysisFault, match="such as 0.95"):
        difference(given.counted(CONVICTIONS, [[1, 2]]), "a panel for all", "convictions", level)
