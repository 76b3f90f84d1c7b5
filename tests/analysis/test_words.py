"""Numbers as people say them."""

import pytest

from amparo.analysis.differences import difference
from amparo.analysis.measures import PEOPLE
from amparo.analysis.model import Measure
from amparo.analysis.words import in_words, money, number, quantity
from tests.analysis import given

MONEY = Measure(name="courts", title="Courts", unit="EUR", down="less", up="more", agency="Courts")


def said(measure: Measure, *apart: float) -> str:
    found = given.counted(measure, [[1000.0, 1000.0 + x] for x in apart], people=1_000_000)
    return in_words(difference(found, "a panel for all", measure.name))


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        ((-118.2, -150.4, -171.0), "about 150 fewer, between 118 and 171"),
        ((22.0, 61.0, 84.0), "about 61 more, between 22 and 84"),
        ((-2.14, -0.6, 0.38), "between 2.1 fewer and 0.4 more"),
        ((-1720.0, -1240.0, -610.0), "about 1,240 fewer, between 610 and 1,720"),
        ((-0.004, 0.001, 0.003), "the same, to within 0.01"),
        ((0.0, 0.0), "the same in every draw"),
        ((0.0, -3.0, -5.0), "about 3.0 fewer, between 0.0 and 5.0"),
        ((0.0, 0.0, 4.0), "about 0.0 more, between 0.0 and 4.0"),
    ],
)
def test_a_difference_is_a_sentence(apart: tuple[float, ...], words: str) -> None:
    assert said(PEOPLE["deaths"], *apart) == words


def test_health_is_lost_or_gained() -> None:
    assert said(PEOPLE["qalys"], -1.0, 12.0, 31.0) == "between 1 lost and 31 gained"


def test_money_names_its_currency_once() -> None:
    assert said(MONEY, -520_000, -410_000, -300_000) == "about EUR 410,000 less, between 300,000 and 520,000"
    assert said(MONEY, -190_000, 6_000) == "between EUR 190,000 less and 6,000 more"


def test_one_draw_says_that_it_has_no_interval() -> None:
    assert said(PEOPLE["deaths"], -3.0) == "about 3.0 fewer; one draw, so there is no interval"
    assert said(PEOPLE["deaths"], 0.0) == "the same; one draw, so there is no interval"


@pytest.mark.parametrize(
    ("x", "words"),
    [
        (0.0, "0.00"),
        (0.034, "0.03"),
        (9.04, "9.0"),
        (31.4, "31"),
        (2310.0, "2,310"),
        (1_234_567.0, "1,230,000"),
    ],
)
def test_a_number_keeps_what_can_be_known(x: float, words: str) -> None:
    assert number(x) == words


def test_assumptions_are_told_in_their_unit() -> None:
    assert quantity(0.31, "share") == "31 in 100"
    assert quantity(0.4, "ratio") == "0.4 times"
    assert quantity(19.0, "days") == "19 days"
    assert quantity(-0.043, "utility") == "-0.043 utility"


def test_a_sum_below_zero_has_its_sign() -> None:
    assert (money(-1234.0, "EUR"), money(0.0, "EUR")) == ("-EUR 1,230", "EUR 0.00")
