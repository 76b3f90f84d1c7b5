"""The worth of knowing more before deciding: of knowing everything (EVPI), and of knowing one assumption (EVPPI).

EVPI = E[max over arms of net benefit] - max over arms of E[net benefit]: what choosing the right arm in each draw would
gain over choosing once for all. It bounds what any study could be worth. The EVPPI of one assumption puts the expected
net benefit given that assumption in the place of net benefit; it is read from the draws by regression (Strong, Oakley,
Brennan, Medical Decision Making 2014) and is never above the EVPI.

Chance makes the best arm of a draw look better than it is, so Monte Carlo error raises an EVPI. Where there are
batches, a second number chooses with one half of the people and values with the other: it errs low. If both are near,
chance plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from amparo.analysis import discounting
from amparo.analysis.benefit import net_benefit
from amparo.analysis.model import AnalysisFault, Floats, Input, Inputs, Outcomes
from amparo.analysis.regression import fits

ROUNDING = 1e-12
"""Beside the largest net benefit, a worth below this is what is left of adding up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowing:
    """The worth of knowing everything, money: for one person, and for the population of the decision if it is stated.

    error: standard error of it, since draws are few. at_least: the number that errs low, for one person; None without
    batches.
    """

    willingness: float
    per_person: float
    error: float
    at_least: float | None
    population: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The worth of knowing one assumption, money for one person and for the population.

    share: of the worth of knowing everything, 0 to 1. varied: False where all draws hold the same value.
    """

    input: Input
    willingness: float
    per_person: float
    population: float | None
    share: float
    varied: bool


def perfect(net: Floats) -> float:
    """EVPI for one person from net benefit, [D, A]."""
    worth = float(net.max(axis=1).mean() - net.mean(axis=0).max())
    return worth if worth > ROUNDING * float(np.abs(net).max()) else 0.0


def _error(net: Floats) -> float:
    """The standard error of an EVPI for the number of draws, the best arm taken as known."""
    lost = net.max(axis=1) - net[:, net.mean(axis=0).argmax()]
    return float(lost.std(ddof=1) / np.sqrt(lost.size))


def crossed(one: Floats, other: Floats) -> float:
    """EVPI when the best arm of a draw is chosen by one half of the people and valued by the other; both ways."""
    draws = np.arange(one.shape[0])
    chosen = other[draws, one.argmax(axis=1)].mean() + one[draws, other.argmax(axis=1)].mean()
    return max(0.0, float(chosen / 2.0 - ((one + other) / 2.0).mean(axis=0).max()))


def affected(people_a_year: float, years: float, rate: float) -> float:
    """People whom a decision concerns while it stands, later ones discounted: people a year over `years`."""
    if people_a_year < 0 or years < 0:
        raise AnalysisFault("People a year and years can't be negative.")
    return people_a_year * discounting.stretch(0.0, years, rate)


def of_everything(
    outcomes: Outcomes, effect: str, cost: str, willingness: Sequence[float], people: float | None = None
) -> tuple[Knowing, ...]:
    """EVPI at every willingness to pay. people: as `affected` gives them. Empty for one draw: nothing is uncertain."""
    if outcomes.draws < 2:
        return ()
    both = _halves(outcomes)
    found = []
    for price in willingness:
        net = net_benefit(outcomes, effect, cost, price)
        worth = perfect(net)
        low = crossed(*(net_benefit(half, effect, cost, price) for half in both)) if both else None
        found.append(
            Knowing(
                willingness=price,
                per_person=worth,
                error=_error(net),
                at_least=None if low is None else min(low, worth),
                population=None if people is None else worth * people,
            )
        )
    return tuple(found)


def partial(net: Floats, base: int, x: Floats) -> float:
    """EVPPI for one person of the assumption x, [D], from net benefit, [D, A]."""
    others = [a for a in range(net.shape[1]) if a != base]
    expected = np.stack([curve.fitted for curve in fits(x, net[:, others] - net[:, [base]])], axis=1)
    given = np.maximum(expected.max(axis=1), 0.0).mean()
    worth = float(given - max(0.0, expected.mean(axis=0).max()))
    return min(worth, perfect(net)) if worth > ROUNDING * float(np.abs(net).max()) else 0.0


def of_each(
    outcomes: Outcomes,
    inputs: Inputs,
    effect: str,
    cost: str,
    willingness: float,
    people: float | None = None,
) -> tuple[Worth, ...]:
    """EVPPI of every assumption at one willingness to pay, the one that matters most first."""
    check_inputs(outcomes, inputs)
    net = net_benefit(outcomes, effect, cost, willingness)
    everything = perfect(net)
    found = []
    for k, one in enumerate(inputs.inputs):
        worth = partial(net, outcomes.base, inputs.draws[:, k]) if len(outcomes.arms) > 1 else 0.0
        found.append(
            Worth(
                input=one,
                willingness=willingness,
                per_person=worth,
                population=None if people is None else worth * people,
                share=worth / everything if everything > 0 else 0.0,
                varied=bool(np.ptp(inputs.draws[:, k]) > 0),
            )
        )
    return tuple(sorted(found, key=lambda w: -w.per_person))


def check_inputs(outcomes: Outcomes, inputs: Inputs) -> None:
    """Every draw of the outcomes has its inputs. Raises AnalysisFault otherwise."""
    if inputs.inputs and inputs.draws.shape[0] != outcomes.draws:
        raise AnalysisFault(
            f"Inputs of {inputs.draws.shape[0]} draws do not fit outcomes of {outcomes.draws}."
        )


def _halves(outcomes: Outcomes) -> tuple[Outcomes, Outcomes] | None:
    """The odd and the even batches as outcomes of their own."""
    if outcomes.batches is None or outcomes.sizes is None or outcomes.sizes.size < 2:
        return None
    odd, even = (_some(outcomes, outcomes.batches, outcomes.sizes, start) for start in (0, 1))
    return odd, even


def _some(outcomes: Outcomes, batches: Floats, sizes: Floats, start: int) -> Outcomes:
    totals, counted = batches[:, start::2], sizes[start::2]
    return replace(
        outcomes,
        values=totals.sum(axis=1),
        people=int(counted.sum()),
        variance=None,
        batches=None,
        sizes=None,
    )
