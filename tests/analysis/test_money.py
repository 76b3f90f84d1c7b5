"""Who pays and who saves, and what a day in custody is taken to cost."""

import numpy as np
import pytest

from amparo.analysis.differences import difference
from amparo.analysis.measures import PEOPLE, discounted
from amparo.analysis.model import AVERAGE, MARGINAL, AnalysisFault, Measure, Outcomes
from amparo.analysis.money import ALL, Price, cost_name, priced, shown_costs
from tests.analysis import given

PANEL = "a panel for all"
DAYS = PEOPLE["custody_days"]
HEARINGS = Measure(name="hearings", title="Hearings", unit="hearings", borrowed=("wait",))


def counted() -> Outcomes:
    """In every 1,000: 2,000 days today and 1,000 with a panel; no hearing today and 500; a tenth less discounted."""
    measures = (DAYS, discounted(DAYS), HEARINGS, discounted(HEARINGS))
    return given.outcomes(measures, np.array([[[2000, 1800, 0, 0], [1000, 900, 500, 450]]] * 2, float))


PRICES = (
    Price(of="custody_days", agency="Prisons", marginal=10.0, average=np.array([50.0, 70.0])),
    Price(of="hearings", agency="Commission", marginal=np.array([30.0, 50.0]), unsourced=("hearing",)),
)


def cost(agency: str, custody: str = MARGINAL, discounted: bool = True) -> tuple[float | None, float | None]:
    found = priced(counted(), PRICES, "EUR", 2025)
    d = difference(found, PANEL, cost_name(agency, custody, discounted))
    return d.low, d.high


def test_prisons_save_and_the_commission_pays() -> None:
    assert cost("Prisons") == (-9000.0, -9000.0)
    assert cost("Commission") == (450 * 30.0, 450 * 50.0)


def test_all_budgets_are_the_sum_within_a_draw() -> None:
    assert cost(ALL) == (450 * 30 - 9000.0, 450 * 50 - 9000.0)


def test_the_average_cost_of_a_day_stands_beside_the_marginal() -> None:
    assert cost("Prisons", AVERAGE) == (-63000.0, -45000.0)
    assert cost("Commission", AVERAGE) == cost("Commission", MARGINAL)


def test_money_is_also_told_undiscounted() -> None:
    assert cost("Prisons", discounted=False) == (-10000.0, -10000.0)


def test_a_cost_carries_the_stamps_of_its_prices_and_of_what_they_count() -> None:
    found = priced(counted(), PRICES, "EUR", 2025)
    commission, prisons = (found.measure(cost_name(a)) for a in ("Commission", "Prisons"))
    assert (commission.unsourced, commission.borrowed, commission.price_year) == (
        ("hearing",),
        ("wait",),
        2025,
    )
    assert (prisons.unsourced, prisons.borrowed) == ((), ())
    assert found.measure(cost_name()).unsourced == ("hearing",)


def test_two_prices_of_one_outcome_are_added() -> None:
    twice = (*PRICES, Price(of="hearings", agency="Commission", marginal=1.0))
    d = difference(priced(counted(), twice, "EUR"), PANEL, cost_name("Commission"))
    assert d.low == 450 * 31.0


def test_agencies_are_shown_in_their_order_and_all_last() -> None:
    measures = priced(counted(), PRICES, "EUR").measures
    assert shown_costs(measures) == tuple(cost_name(a) for a in ("Prisons", "Commission", ALL))


def test_a_price_of_what_is_not_counted_is_refused() -> None:
    with pytest.raises(AnalysisFault, match="no outcome 'fines'"):
        priced(counted(), (Price(of="fines", agency="Courts", marginal=1.0),), "EUR")
    with pytest.raises(AnalysisFault, match="at least one price"):
        priced(counted(), (), "EUR")
