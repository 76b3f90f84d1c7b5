"""Net benefit: what an arm gains in health at a willingness to pay, less what it costs; and how often it is the best.

Net benefit of arm a in a draw = willingness x effect - cost, for one person, in money. Everything of one arm in one
draw comes from the same inputs, so arms are compared within a draw. Effect and cost are discounted alike.

Where two arms tie, each has its part of the chance; on the frontier the comparator stays, then the arm named first:
a change needs a gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amparo.analysis.differences import LEVEL, interval
from amparo.analysis.model import AnalysisFault, Floats, Outcomes

SAME, DOMINATES, DOMINATED, BUYS, SELLS = "same", "dominates", "dominated", "buys", "sells"
"""How an arm stands to the comparator, by the means.

SAME: neither costs nor health differ. DOMINATES: no dearer and no worse, and one of them better. DOMINATED: the other
way round. BUYS: costs more and gains health, at a ratio. SELLS: costs less and loses health; its ratio is what is saved
for each unit lost, and a *high* one speaks for it.
"""

FRONTIER, BEHIND, BETWEEN, TIED = "frontier", "dominated", "extendedly dominated", "tied"
"""How an arm stands among all: on the frontier; another costs no more and does no less; a mix of two others would; the
same cost and effect as one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Net benefit of an arm less the comparator's, money for one person. chance: that it is above zero."""

    arm: str
    willingness: float
    mean: float
    low: float | None
    high: float | None
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptable:
    """At one willingness to pay: chances, by arm, that it is the best (they add up to 1); None for one draw.

    best: the arm with the highest mean net benefit, which the frontier shows; chance: that it is the best.
    """

    willingness: float
    chances: tuple[float, ...] | None
    best: str
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """An arm against the comparator by means over draws, for one person. ratio: cost for each unit of effect gained
    (BUYS), or saved for each lost (SELLS); None where there is no such trade: a ratio of other signs misleads.
    """

    arm: str
    cost: float
    effect: float
    stands: str
    ratio: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """An arm among all, by mean cost. after: the arm before it on the frontier; ratio: cost for each unit of effect
    more than that one's. instead: for one that is tied, the arm it equals.
    """

    arm: str
    cost: float
    effect: float
    stands: str
    after: str = ""
    ratio: float | None = None
    instead: str = ""


def net_benefit(outcomes: Outcomes, effect: str, cost: str, willingness: float) -> Floats:
    """Net benefit for one person, money, [D, A]."""
    if not (np.isfinite(willingness) and willingness >= 0):
        raise AnalysisFault(f"A willingness to pay of {willingness} has no meaning: give zero or more.")
    _check_alike(outcomes, effect, cost)
    return np.asarray(willingness * outcomes.per_person(effect) - outcomes.per_person(cost))


def gains(
    outcomes: Outcomes, effect: str, cost: str, willingness: Sequence[float], level: float = LEVEL
) -> tuple[Gain, ...]:
    """Incremental net benefit of every arm at every willingness to pay."""
    found = []
    for price in willingness:
        net = net_benefit(outcomes, effect, cost, price)
        for arm in outcomes.others:
            apart = net[:, outcomes.arms.index(arm)] - net[:, outcomes.base]
            low, high = interval(apart, level)
            sure = float((apart > 0).mean()) if apart.size > 1 else None
            mean = float(apart.mean())
            found.append(Gain(arm=arm, willingness=price, mean=mean, low=low, high=high, chance=sure))
    return tuple(found)


def acceptability(
    outcomes: Outcomes, effect: str, cost: str, willingness: Sequence[float]
) -> tuple[Acceptable, ...]:
    """The acceptability curve and its frontier, a point for each willingness to pay."""
    found = []
    for price in willingness:
        net = net_benefit(outcomes, effect, cost, price)
        best = best_arm(net, outcomes.base)
        chances = chances_of_best(net) if outcomes.draws > 1 else None
        found.append(
            Acceptable(
                willingness=price,
                chances=None if chances is None else tuple(float(c) for c in chances),
                best=outcomes.arms[best],
                chance=None if chances is None else float(chances[best]),
            )
        )
    return tuple(found)


def chances_of_best(net: Floats) -> Floats:
    """The share of draws in which each arm is the best, [A]; arms that tie in a draw share it."""
    top = net == net.max(axis=1, keepdims=True)
    return np.asarray((top / top.sum(axis=1, keepdims=True)).mean(axis=0))


def best_arm(net: Floats, base: int) -> int:
    """The arm with the highest mean net benefit; the comparator where it ties, then the first named."""
    means = net.mean(axis=0)
    return base if means[base] == means.max() else int(means.argmax())


def trades(outcomes: Outcomes, effect: str, cost: str) -> tuple[Trade, ...]:
    """Every arm against the comparator: dominance said as dominance, a ratio only where there is a trade."""
    _check_alike(outcomes, effect, cost)
    costs, effects = outcomes.per_person(cost), outcomes.per_person(effect)
    found = []
    for arm in outcomes.others:
        a = outcomes.arms.index(arm)
        dearer = float((costs[:, a] - costs[:, outcomes.base]).mean())
        better = float((effects[:, a] - effects[:, outcomes.base]).mean())
        stands = _stands(dearer, better)
        ratio = dearer / better if stands in (BUYS, SELLS) else None
        found.append(Trade(arm=arm, cost=dearer, effect=better, stands=stands, ratio=ratio))
    return tuple(found)


def _stands(dearer: float, better: float) -> str:
    if dearer == 0.0 and better == 0.0:
        return SAME
    if dearer <= 0.0 and better >= 0.0:
        return DOMINATES
    if dearer >= 0.0 and better <= 0.0:
        return DOMINATED
    return BUYS if better > 0.0 else SELLS


def ladder(outcomes: Outcomes, effect: str, cost: str) -> tuple[Rung, ...]:
    """All arms by mean cost: who is dominated, who by a mix of others, and the ratios along the frontier."""
    _check_alike(outcomes, effect, cost)
    costs, effects = outcomes.per_person(cost).mean(axis=0), outcomes.per_person(effect).mean(axis=0)
    order = sorted(range(len(outcomes.arms)), key=lambda a: (costs[a], -effects[a], a != outcomes.base, a))
    hull, behind = _hull(order, costs, effects)
    return tuple(_rung(outcomes.arms, a, costs, effects, hull, behind) for a in order)


def _hull(order: list[int], costs: Floats, effects: Floats) -> tuple[list[int], dict[int, tuple[str, int]]]:
    """The arms of the frontier in order, and why each other is not on it."""
    hull: list[int] = []
    behind: dict[int, tuple[str, int]] = {}
    for a in order:
        if hull and effects[a] <= effects[hull[-1]]:
            tied = effects[a] == effects[hull[-1]] and costs[a] == costs[hull[-1]]
            behind[a] = (TIED if tied else BEHIND, hull[-1])
            continue
        while len(hull) > 1 and _ratio(hull[-1], a, costs, effects) <= _ratio(
            hull[-2], hull[-1], costs, effects
        ):
            behind[hull[-1]] = (BETWEEN, hull[-2])
            hull.pop()
        hull.append(a)
    return hull, behind


def _ratio(before: int, after: int, costs: Floats, effects: Floats) -> float:
    return float((costs[after] - costs[before]) / (effects[after] - effects[before]))


def _rung(
    arms: tuple[str, ...],
    a: int,
    costs: Floats,
    effects: Floats,
    hull: list[int],
    behind: dict[int, tuple[str, int]],
) -> Rung:
    cost, effect = float(costs[a]), float(effects[a])
    if a in behind:
        why, other = behind[a]
        instead = arms[other] if why == TIED else ""
        return Rung(arm=arms[a], cost=cost, effect=effect, stands=why, instead=instead)
    if a == hull[0]:
        return Rung(arm=arms[a], cost=cost, effect=effect, stands=FRONTIER)
    before = hull[hull.index(a) - 1]
    ratio = _ratio(before, a, costs, effects)
    return Rung(arm=arms[a], cost=cost, effect=effect, stands=FRONTIER, after=arms[before], ratio=ratio)


def _check_alike(outcomes: Outcomes, effect: str, cost: str) -> None:
    """Effects and costs of one answer are both discounted or both not."""
    gained, paid = outcomes.measure(effect), outcomes.measure(cost)
    if not paid.money:
        raise AnalysisFault(f"'{cost}' is no cost: it is counted in {paid.unit}.")
    if gained.discounted is not paid.discounted:
        raise AnalysisFault(
            f"'{effect}' and '{cost}' are not discounted alike: compare both discounted, or both not."
        )
