"""Differences from the comparator in every 1,000 people, each with its interval and its Monte Carlo error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amparo.analysis import chance
from amparo.analysis.chance import Spread
from amparo.analysis.measures import people_first
from amparo.analysis.model import THOUSAND, AnalysisFault, Floats, Measure, Outcomes

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One outcome of one arm less that of the comparator, in the measure's unit for every 1,000 people.

    today, there: the mean over draws of the comparator and of the arm. middle: the middle draw (median). mean: the
    mean over draws, which is what adds up over outcomes. low, high: `level` of the draws lie inside; None for one draw.
    spread: what of it is uncertainty of the inputs and what is chance.
    """

    arm: str
    measure: Measure
    today: float
    there: float
    middle: float
    mean: float
    low: float | None
    high: float | None
    level: float
    draws: int
    spread: Spread

    @property
    def without_chance(self) -> tuple[float, float] | None:
        """The interval of the assumptions alone: drawn in about the mean by what chance adds to the spread.

        None where there is no interval, or Monte Carlo error is not known.
        """
        if self.low is None or self.high is None or self.spread.inputs is None:
            return None
        part = self.spread.inputs / self.spread.seen if self.spread.seen else 1.0
        return self.mean + (self.low - self.mean) * part, self.mean + (self.high - self.mean) * part

    @property
    def crosses(self) -> bool:
        """Whether more and fewer both lie inside the interval."""
        return self.low is not None and self.high is not None and self.low < 0.0 < self.high


def differences(outcomes: Outcomes, level: float = LEVEL) -> tuple[Difference, ...]:
    """Every arm against the comparator in every outcome, people first and money last."""
    return tuple(
        difference(outcomes, arm, m.name, level)
        for m in people_first(outcomes.measures)
        for arm in outcomes.others
    )


def difference(outcomes: Outcomes, arm: str, name: str, level: float = LEVEL) -> Difference:
    """One arm against the comparator in one outcome."""
    _check_level(level)
    a, c, m = _place(outcomes, arm), outcomes.base, outcomes.at(name)
    every = THOUSAND / outcomes.people
    values = outcomes.values[:, :, m] * every
    apart = values[:, a] - values[:, c]
    low, high = interval(apart, level)
    return Difference(
        arm=arm,
        measure=outcomes.measures[m],
        today=float(values[:, c].mean()),
        there=float(values[:, a].mean()),
        middle=float(np.median(apart)),
        mean=float(apart.mean()),
        low=low,
        high=high,
        level=level,
        draws=outcomes.draws,
        spread=chance.spread(apart, *_monte_carlo(outcomes, a, c, m, every)),
    )


def interval(draws: Floats, level: float = LEVEL) -> tuple[float | None, float | None]:
    """The percentiles between which `level` of the draws lie; none for one draw.

    The quantiles are those at (n + 1) p, so that the next draw falls inside with the stated chance. Where draws are too
    few for that (fewer than 39 for 95 %), they are the smallest and the largest.
    """
    if draws.size < 2:
        return None, None
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(draws, [tail, 1.0 - tail], method="weibull")
    return float(low), float(high)


def enough(level: float = LEVEL) -> int:
    """How many draws an interval of that level needs before it is more than the smallest and the largest."""
    return int(np.ceil(round(2.0 / (1.0 - level), 9))) - 1


def unchanged(outcomes: Outcomes) -> tuple[str, ...]:
    """The arms whose every outcome is that of the comparator in every draw: scenarios that change nothing."""
    today = outcomes.values[:, outcomes.base]
    return tuple(a for a in outcomes.others if np.array_equal(outcomes.values[:, _place(outcomes, a)], today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How an outcome stands in one arm, in every 1,000 people: the middle draw and its interval."""

    arm: str
    measure: Measure
    middle: float
    low: float | None
    high: float | None


def levels(outcomes: Outcomes, name: str, level: float = LEVEL) -> tuple[Level, ...]:
    """How an outcome stands in each arm, the comparator among them."""
    m = outcomes.at(name)
    drawn = outcomes.values[:, :, m] * THOUSAND / outcomes.people
    return tuple(
        Level(arm=arm, measure=outcomes.measures[m], middle=float(np.median(x)), low=low, high=high)
        for arm, x in zip(outcomes.arms, drawn.T, strict=True)
        for low, high in (interval(x, level),)
    )


def _place(outcomes: Outcomes, arm: str) -> int:
    if arm not in outcomes.arms:
        raise AnalysisFault(f"There is no arm '{arm}'; there are: {', '.join(outcomes.arms)}.")
    return outcomes.arms.index(arm)


def _check_level(level: float) -> None:
    if not 0.0 < level < 1.0:
        raise AnalysisFault(
            f"An interval of level {level} has no meaning: give one between 0 and 1, such as 0.95."
        )


def _monte_carlo(
    outcomes: Outcomes, a: int, c: int, m: int, every: float
) -> tuple[float | None, float | None]:
    """The mean Monte Carlo variance of a difference in a draw, and that of its mean over draws."""
    if outcomes.batches is not None and outcomes.sizes is not None and outcomes.sizes.size > 1:
        apart = outcomes.batches[:, :, a, m] - outcomes.batches[:, :, c, m]
        within = chance.of_total(apart, outcomes.sizes).mean()
        of_mean = chance.of_total(apart.mean(axis=0, keepdims=True), outcomes.sizes)[0]
        return float(within * every**2), float(of_mean * every**2)
    if outcomes.variance is not None and a != c:
        within = (outcomes.variance[:, a, m] + outcomes.variance[:, c, m]).mean()
        return float(within * every**2), None
    return None, None
