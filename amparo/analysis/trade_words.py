"""Net benefit, the chance of being best and the worth of knowing more, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.analysis.answer import Answer
from amparo.analysis.benefit import (
    BEHIND,
    BETWEEN,
    BUYS,
    DOMINATED,
    DOMINATES,
    SAME,
    SELLS,
    TIED,
    Gain,
    Rung,
    Trade,
)
from amparo.analysis.words import bullet, money, number

LEAST = 0.01
"""Below this share of knowing everything, an assumption is not named."""


def worth_it(answer: Answer) -> Iterator[str]:
    """Costs against health: each arm against the comparator, the chance of being best, what knowing more is worth."""
    if not answer.trades:
        return
    title = f"Health against money, discounted, at {money(answer.looked.at, currency(answer))} for each {_unit(answer)}"
    yield from (title, "-" * len(title))
    for trade in answer.trades:
        yield from bullet(f"{trade.arm}: {_stands(answer, trade)}{_gain(answer, trade.arm)}")
    if len(answer.ladder) > 2:
        yield from bullet(f"By mean cost: {'; '.join(_rung(answer, r) for r in answer.ladder)}.")
    yield from bullet(_best(answer))
    yield from bullet(_knowing(answer))


def ranked(answer: Answer, most: int) -> Iterator[str]:
    """The assumptions whose true value would be worth most to know before choosing."""
    told = [w for w in answer.worths[:most] if w.share >= LEAST]
    if answer.worths and not told:
        yield from bullet(
            "For the choice at that price: to know any one of them alone would change next to nothing."
        )
    for rank, w in enumerate(told, start=1):
        mark = " [no source]" if w.input.unsourced else " [borrowed]" if w.input.borrowed else ""
        worth = money(w.per_person, currency(answer))
        yield from bullet(
            f"For the choice, {rank}: {w.input.title}{mark}; to know it would be worth up to {worth} a person "
            f"({round(100 * w.share)} % of knowing everything)."
        )


def currency(answer: Answer) -> str:
    """The currency of the cost weighed."""
    return answer.outcomes.measure(answer.looked.cost).unit


def _unit(answer: Answer) -> str:
    return "year of full health" if answer.looked.effect.startswith("qalys") else "unit of effect"


def _stands(answer: Answer, trade: Trade) -> str:
    """How the means stand; a ratio only where there is a trade of one for the other."""
    ratio = money(trade.ratio or 0.0, currency(answer))
    unit = _unit(answer)
    return {
        SAME: "on average it costs the same and gains the same.",
        DOMINATES: "on average it costs no more and loses no health, so no ratio is given.",
        DOMINATED: "on average it costs no less and gains no health, so no ratio is given.",
        BUYS: f"on average it costs more and gains health: {ratio} for each {unit}.",
        SELLS: f"on average it costs less and loses health: {ratio} saved for each {unit} lost.",
    }[trade.stands]


def _rung(answer: Answer, rung: Rung) -> str:
    """How an arm stands among all."""
    if rung.stands == TIED:
        return f"{rung.arm} is the same as {rung.instead}"
    if rung.stands == BEHIND:
        return f"{rung.arm}: another costs no more and gains no less"
    if rung.stands == BETWEEN:
        return f"{rung.arm}: a mix of two others would gain more for the same money"
    if rung.ratio is None:
        return f"{rung.arm} costs least"
    ratio = money(rung.ratio, currency(answer))
    return f"{rung.arm}, {ratio} for each {_unit(answer)} more than {rung.after}"


def _gain(answer: Answer, arm: str) -> str:
    """Its net benefit against the comparator, with interval."""
    found = next(g for g in answer.gains if g.arm == arm and g.willingness == answer.looked.at)
    if found.low is None or found.high is None:
        return " One draw: its net benefit has no interval, and is not said."
    return f" Net benefit for one person: {_between(found, currency(answer))}."


def _between(g: Gain, unit: str) -> str:
    low, high = g.low or 0.0, g.high or 0.0
    if low == high == 0.0:
        return "none in any draw"
    size = max(abs(low), abs(high))
    ends = f"between {_signed(low, size, unit)} and {_signed(high, size, unit)}"
    return ends if low < 0.0 < high else f"about {_signed(g.mean, size, unit)}, {ends}"


def _signed(x: float, size: float, unit: str) -> str:
    said = number(x, size)
    return f"{'-' if x < 0 and said.strip('0.,') else ''}{unit} {said}"


def _best(answer: Answer) -> str:
    """Which arm the frontier shows, with the chances of all."""
    point = next(p for p in answer.acceptability if p.willingness == answer.looked.at)
    if point.chances is None:
        return "One draw: which arm is best, and how surely, can't be said."
    chances = ", ".join(
        f"{arm} in {round(100 * c)}" for arm, c in zip(answer.outcomes.arms, point.chances, strict=True)
    )
    return f"Highest mean net benefit: {point.best}. Best in so many of 100 draws: {chances}."


def _knowing(answer: Answer) -> str:
    """The worth of knowing everything, and what chance may have added to it."""
    found = [k for k in answer.knowing if k.willingness == answer.looked.at]
    if not found:
        return ""
    one, unit = found[0], currency(answer)
    low, high = max(0.0, one.per_person - 1.96 * one.error), one.per_person + 1.96 * one.error
    size = high
    said = f"To know everything before choosing would be worth up to {unit} {number(one.per_person, size)} a person"
    said += f" (between {number(low, size)} and {number(high, size)} by the number of draws)"
    if one.at_least is not None:
        said += f"; at least {unit} {number(one.at_least, size)} when chance is kept out"
    if one.population is not None:
        said += f"; {money(one.population, unit)} for all whom the decision concerns over the horizon"
    return said + "."
