"""The rows of each table of an answer. Each has its unit and, where there is one, its interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from amparo.analysis.answer import Answer
from amparo.analysis.differences import interval
from amparo.analysis.model import Input, Measure

Cell = str | int | float | bool | None
Row = dict[str, Cell]


def stamp(answer: Answer) -> Row:
    """The end of every row: what the run states about itself."""
    run = answer.run
    return {
        "comparator": answer.outcomes.comparator,
        "years": run.years,
        "discount_rate": run.rate,
        "people": answer.outcomes.people,
        "draws": answer.outcomes.draws,
        "level": answer.looked.level,
        "seed": run.seed,
        "version": run.version,
        "inputs_without_source": _joined(answer.inputs.unsourced),
    }


def differences(answer: Answer) -> Iterator[Row]:
    """Every arm against the comparator, people first."""
    for d in answer.differences:
        alone = d.without_chance or (None, None)
        yield {
            "outcome": d.measure.name,
            "title": d.measure.title,
            "arm": d.arm,
            "unit": f"{d.measure.unit} in every 1,000 people",
            "discounted": d.measure.discounted,
            "agency": d.measure.agency or None,
            "custody_cost": d.measure.custody or None,
            "price_year": d.measure.price_year,
            "today": d.today,
            "there": d.there,
            "middle": d.middle,
            "mean": d.mean,
            "low": d.low,
            "high": d.high,
            "low_without_chance": alone[0],
            "high_without_chance": alone[1],
            "sd_seen": d.spread.seen,
            "sd_inputs": d.spread.inputs,
            "sd_chance_one_draw": d.spread.chance,
            "sd_chance_mean": d.spread.of_mean,
            "chance_share_of_variance": d.spread.share,
            "changes_nothing": d.arm in answer.unchanged,
            **_marks(d.measure),
        }


def arms(answer: Answer) -> Iterator[Row]:
    """All arms by mean cost, and how each stands to the comparator."""
    against = {t.arm: t for t in answer.trades}
    for rung in answer.ladder:
        trade = against.get(rung.arm)
        yield {
            "arm": rung.arm,
            "unit": f"{_currency(answer)} and {_unit(answer)} for one person, mean over draws",
            "cost": rung.cost,
            "effect": rung.effect,
            "among_all": rung.stands,
            "after": rung.after or None,
            "ratio": rung.ratio,
            "same_as": rung.instead or None,
            "cost_difference": trade.cost if trade else None,
            "effect_difference": trade.effect if trade else None,
            "against_comparator": trade.stands if trade else None,
            "ratio_to_comparator": trade.ratio if trade else None,
            **_weighed(answer),
        }


def net_benefit(answer: Answer) -> Iterator[Row]:
    """Incremental net benefit of every arm at every willingness to pay."""
    for g in answer.gains:
        yield {
            "arm": g.arm,
            "willingness": g.willingness,
            "unit": _money(answer),
            "mean": g.mean,
            "low": g.low,
            "high": g.high,
            "chance_above_zero": g.chance,
            **_weighed(answer),
        }


def acceptability(answer: Answer) -> Iterator[Row]:
    """The chance of each arm to be the best; low and high: what so few draws leave open (Wilson)."""
    for point in answer.acceptability:
        for a, arm in enumerate(answer.outcomes.arms):
            chance = point.chances[a] if point.chances else None
            low, high = _wilson(chance, answer.outcomes.draws)
            yield {
                "arm": arm,
                "willingness": point.willingness,
                "unit": "share of draws",
                "chance_of_best": chance,
                "low": low,
                "high": high,
                "on_frontier": arm == point.best,
                **_weighed(answer),
            }


def information(answer: Answer) -> Iterator[Row]:
    """The worth of knowing everything, with what the number of draws and chance leave open."""
    for k in answer.knowing:
        yield {
            "willingness": k.willingness,
            "unit": _money(answer),
            "evpi": k.per_person,
            "low": max(0.0, k.per_person - 1.96 * k.error),
            "high": k.per_person + 1.96 * k.error,
            "at_least_without_chance": k.at_least,
            "evpi_population": k.population,
            **_weighed(answer),
        }


def assumptions(answer: Answer) -> Iterator[Row]:
    """The worth of knowing each assumption, the one that matters most first. It has no interval of its own."""
    for rank, w in enumerate(answer.worths, start=1):
        yield {
            "rank": rank,
            "input": w.input.name,
            "title": w.input.title,
            "willingness": w.willingness,
            "unit": _money(answer),
            "evppi": w.per_person,
            "evppi_population": w.population,
            "share_of_evpi": w.share,
            "varied": w.varied,
            **_source(w.input),
            **_weighed(answer),
        }


def influence(answer: Answer) -> Iterator[Row]:
    """The bars of every tornado, the widest of each first."""
    for arm, name, bars in answer.influence:
        measure = answer.outcomes.measure(name)
        for rank, b in enumerate(bars, start=1):
            yield {
                "outcome": name,
                "arm": arm,
                "rank": rank,
                "input": b.input.name,
                "unit": f"{measure.unit} in every 1,000 people",
                "input_unit": b.input.unit,
                "input_low": b.low_input,
                "input_middle": b.middle_input,
                "input_high": b.high_input,
                "at_low": b.at_low,
                "at_high": b.at_high,
                "swing": b.swing,
                "share_of_variance": b.share,
                "changes_sign_at": b.turns,
                **_source(b.input),
            }


def inputs(answer: Answer) -> Iterator[Row]:
    """Every assumption as it was drawn."""
    for k, one in enumerate(answer.inputs.inputs):
        drawn = answer.inputs.draws[:, k]
        low, high = interval(drawn, answer.looked.level)
        yield {
            "input": one.name,
            "title": one.title,
            "unit": one.unit,
            "middle": float(np.median(drawn)),
            "mean": float(drawn.mean()),
            "low": low,
            "high": high,
            "never_hidden": one.never_hidden or None,
            **_source(one),
        }


def _marks(measure: Measure) -> Row:
    return {"rests_on_no_source": _joined(measure.unsourced), "rests_on_borrowed": _joined(measure.borrowed)}


def _source(one: Input) -> Row:
    return {"source": one.source or None, "no_source": one.unsourced, "borrowed": one.borrowed}


def _weighed(answer: Answer) -> Row:
    """Which effect and cost a net benefit weighs, with the stamps of both."""
    effect, cost = (answer.outcomes.measure(n) for n in (answer.looked.effect, answer.looked.cost))
    return {
        "effect_weighed": effect.name,
        "cost_weighed": cost.name,
        "price_year": cost.price_year,
        "rests_on_no_source": _joined((*effect.unsourced, *cost.unsourced)),
        "rests_on_borrowed": _joined((*effect.borrowed, *cost.borrowed)),
    }


def _unit(answer: Answer) -> str:
    return answer.outcomes.measure(answer.looked.effect).unit


def _money(answer: Answer) -> str:
    return f"{_currency(answer)} for one person"


def _currency(answer: Answer) -> str:
    return answer.outcomes.measure(answer.looked.cost).unit


def _joined(names: tuple[str, ...]) -> str | None:
    return "; ".join(dict.fromkeys(names)) or None


def _wilson(share: float | None, draws: int) -> tuple[float | None, float | None]:
    """The interval (95 %) of a share seen in so many draws."""
    if share is None:
        return None, None
    z = 1.959963984540054
    middle = (share + z * z / (2 * draws)) / (1 + z * z / draws)
    half = z / (1 + z * z / draws) * float(np.sqrt(share * (1 - share) / draws + z * z / (4 * draws**2)))
    return max(0.0, middle - half), min(1.0, middle + half)
