"""The discounting convention: (1 + r)^-t, continuous at ln(1 + r)."""

import math

import pytest

from amparo.analysis import discounting
from amparo.analysis.model import AnalysisFault


def test_a_euro_in_a_year_is_worth_less_by_the_rate() -> None:
    assert discounting.factor(1.0, 0.03) == pytest.approx(1 / 1.03)
    assert discounting.factor(10.0, 0.03) == pytest.approx(1.03**-10)
    assert discounting.continuous(0.03) == pytest.approx(math.log(1.03))


def test_a_stretch_is_the_integral() -> None:
    steps = 100_000
    added = sum(1.03 ** -(2 + 3 * (k + 0.5) / steps) for k in range(steps)) * 3 / steps
    assert discounting.stretch(2.0, 5.0, 0.03) == pytest.approx(added, rel=1e-9)


def test_the_first_year_is_worth_what_the_convention_says() -> None:
    assert discounting.stretch(0.0, 1.0, 0.03) == pytest.approx(0.98537, abs=5e-6)


def test_the_usual_shortcut_gives_a_fifth_of_a_percent_less_over_ten_years() -> None:
    shortcut = (1 - math.exp(-0.3)) / 0.03
    assert 1 - shortcut / discounting.stretch(0.0, 10.0, 0.03) == pytest.approx(0.0021, abs=1e-4)


def test_without_a_rate_nothing_is_discounted() -> None:
    assert (discounting.stretch(2.0, 5.0, 0.0), discounting.factor(9.0, 0.0)) == (3.0, 1.0)


@pytest.mark.parametrize("rate", [-1.0, float("nan"), float("inf")])
def test_a_rate_without_meaning_is_refused(rate: float) -> None:
    with pytest.raises(AnalysisFault, match="such as 0.03"):
        discounting.factor(1.0, rate)
