"""Which assumption moves an answer most, and what it would have to be to change the answer.

For each assumption a curve of the answer against it is fitted over the draws, all other assumptions drawn as they are.
The bar of the tornado runs between the lowest and the highest point of the curve where the assumption lies inside its
own interval. Nothing is said outside what was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.analysis.differences import LEVEL, interval
from amparo.analysis.information import check_inputs
from amparo.analysis.model import THOUSAND, AnalysisFault, Floats, Input, Inputs, Outcomes
from amparo.analysis.regression import FEWEST, Curve, fits

STEPS = 401


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a tornado.

    low_input, middle_input, high_input: the assumption's interval and middle. at_low, at_high: the difference in every
    1,000 people expected at its ends. swing: between the lowest and highest expected inside. share: of the variance
    of the difference that this assumption alone explains, 0 to 1. turns: the value nearest its middle at which the
    expected difference changes its sign; None if no value drawn does that.
    """

    input: Input
    low_input: float
    middle_input: float
    high_input: float
    at_low: float
    at_high: float
    swing: float
    share: float
    turns: float | None


def tornado(outcomes: Outcomes, inputs: Inputs, arm: str, name: str, level: float = LEVEL) -> tuple[Bar, ...]:
    """The bars of every assumption for one arm and outcome, the widest first. Empty below FEWEST draws."""
    return tornados(outcomes, inputs, [(arm, name)], level)[0]


def tornados(
    outcomes: Outcomes, inputs: Inputs, looked: Sequence[tuple[str, str]], level: float = LEVEL
) -> tuple[tuple[Bar, ...], ...]:
    """The bars for several arms and outcomes, each as `tornado` gives it."""
    check_inputs(outcomes, inputs)
    apart = [_apart(outcomes, arm, name) for arm, name in looked]
    if outcomes.draws < FEWEST or not inputs.inputs:
        return ((),) * len(looked)
    ys = np.stack(apart, axis=1)
    bars = [_bars(one, inputs.draws[:, k], ys, level) for k, one in enumerate(inputs.inputs)]
    return tuple(tuple(sorted(column, key=lambda b: -b.swing)) for column in zip(*bars, strict=True))


def _apart(outcomes: Outcomes, arm: str, name: str) -> Floats:
    """The difference in every 1,000 people, by draw."""
    if arm not in outcomes.others:
        raise AnalysisFault(f"'{arm}' is none of the arms compared: {', '.join(outcomes.others)}.")
    drawn = outcomes.values[:, :, outcomes.at(name)] * THOUSAND / outcomes.people
    return np.asarray(drawn[:, outcomes.arms.index(arm)] - drawn[:, outcomes.base])


def _bars(one: Input, x: Floats, ys: Floats, level: float) -> list[Bar]:
    ends = interval(x, level)
    return [_bar(one, x, curve, float(ends[0] or 0.0), float(ends[1] or 0.0)) for curve in fits(x, ys)]


def _bar(one: Input, x: Floats, curve: Curve, low: float, high: float) -> Bar:
    inside = curve.at(np.linspace(low, high, STEPS))
    return Bar(
        input=one,
        low_input=low,
        middle_input=float(np.median(x)),
        high_input=high,
        at_low=float(inside[0]),
        at_high=float(inside[-1]),
        swing=float(np.ptp(inside)),
        share=curve.explained,
        turns=_turns(curve, x),
    )


def _turns(curve: Curve, x: Floats) -> float | None:
    """Where the curve crosses zero within what was drawn, nearest to the middle value."""
    tried = np.linspace(x.min(), x.max(), STEPS)
    found = curve.at(tried)
    crossing = np.flatnonzero((found[:-1] < 0) != (found[1:] < 0))
    if not crossing.size:
        return None
    part = found[crossing] / (found[crossing] - found[crossing + 1])
    places = tried[crossing] + part * (tried[crossing + 1] - tried[crossing])
    return float(places[np.abs(places - np.median(x)).argmin()])
