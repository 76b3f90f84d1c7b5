"""Money by agency: who pays and who saves, with custody at marginal and at average cost, discounted and not.

One day in custody less saves what that day costs on the margin (food, care, some staff hours), until a wing closes;
the average (the whole house divided by its days) is several times that. The marginal answer is shown first; the
average stands beside it, since official figures are mostly averages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from amparo.analysis.model import (
    AVERAGE,
    DISCOUNTED,
    MARGINAL,
    AnalysisFault,
    Floats,
    Measure,
    Outcomes,
)
from amparo.analysis.sums import Sum, extended

ALL = "all"
ALL_TITLE = "All public budgets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one unit of an outcome costs an agency, in money of `price_year`, as a number or one for each draw.

    of: the outcome counted, with a discounted companion beside it. marginal: what one more or less changes. average:
    where it differs from the marginal (custody). unsourced, borrowed: names of the inputs it rests on.
    """

    of: str
    agency: str
    marginal: Floats | float
    average: Floats | float | None = None
    unsourced: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()


def cost_name(agency: str = ALL, custody: str = MARGINAL, discounted: bool = True) -> str:
    """The name of a cost: of one agency or of all, custody at marginal or average cost, discounted or not."""
    return f"cost.{agency}.{custody}" + (DISCOUNTED if discounted else "")


def priced(
    outcomes: Outcomes, prices: Sequence[Price], currency: str, price_year: int | None = None
) -> Outcomes:
    """The outcomes with the costs of each agency and of all together: four of each.

    Raises AnalysisFault if an outcome is not counted, or has no discounted companion.
    """
    if not prices:
        raise AnalysisFault("No cost is given: money can't be added up. Give at least one price.")
    return extended(outcomes, *_sums(outcomes, prices, (currency, price_year)))


def _sums(outcomes: Outcomes, prices: Sequence[Price], money: tuple[str, int | None]) -> Iterator[Sum]:
    """Each agency and all together, custody in both ways, discounted and not."""
    for agency in (*dict.fromkeys(p.agency for p in prices), ALL):
        mine = [p for p in prices if agency in (p.agency, ALL)]
        for custody, discounted in product((MARGINAL, AVERAGE), (True, False)):
            measure = _measure(agency, mine, custody, discounted, money, outcomes)
            yield measure, _terms(mine, custody, discounted)


def shown_costs(
    measures: Sequence[Measure], custody: str = MARGINAL, discounted: bool = True
) -> tuple[str, ...]:
    """Names of the costs of one kind, by agency in the order of the prices, all together last."""
    return tuple(m.name for m in measures if m.money and m.custody == custody and m.discounted is discounted)


def _terms(prices: list[Price], custody: str, discounted: bool) -> dict[str, Floats | float]:
    """The weight of each outcome: several prices of one outcome are added."""
    terms: dict[str, Floats | float] = {}
    for p in prices:
        name = p.of + (DISCOUNTED if discounted else "")
        cost = p.average if custody == AVERAGE and p.average is not None else p.marginal
        terms[name] = terms[name] + cost if name in terms else cost
    return terms


def _measure(
    agency: str,
    prices: list[Price],
    custody: str,
    discounted: bool,
    money: tuple[str, int | None],
    outcomes: Outcomes,
) -> Measure:
    """What one cost is, with the stamps of its prices and of what they count."""
    counted = [outcomes.measure(p.of) for p in prices]
    return Measure(
        name=cost_name(agency, custody, discounted),
        title=ALL_TITLE if agency == ALL else agency,
        unit=money[0],
        down="less",
        up="more",
        discounted=discounted,
        agency=agency,
        custody=custody,
        price_year=money[1],
        unsourced=tuple(
            dict.fromkeys(_names([p.unsourced for p in prices] + [m.unsourced for m in counted]))
        ),
        borrowed=tuple(dict.fromkeys(_names([p.borrowed for p in prices] + [m.borrowed for m in counted]))),
    )


def _names(groups: list[tuple[str, ...]]) -> Iterator[str]:
    for group in groups:
        yield from group
