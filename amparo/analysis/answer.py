"""Everything that is said about a run, worked out once: tables and the report only write it down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amparo.analysis import benefit, information
from amparo.analysis.benefit import Acceptable, Gain, Rung, Trade
from amparo.analysis.differences import LEVEL, Difference, Level, differences, enough, levels, unchanged
from amparo.analysis.influence import Bar, tornados
from amparo.analysis.information import Knowing, Worth
from amparo.analysis.measures import NOT_REACHED, PEOPLE, people_first
from amparo.analysis.model import DISCOUNTED, AnalysisFault, Inputs, Outcomes, Run
from amparo.analysis.money import cost_name
from amparo.analysis.regression import FEWEST

NOISY = 0.1
"""From this share of chance in what is seen between draws, the answer says that more people would help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How the answer is looked at.

    willingness: money for one unit of effect, the points of the curves; at: the one of which sentences speak. effect,
    cost: names of the outcomes weighed. level: of every interval.
    """

    willingness: tuple[float, ...] = tuple(float(x) for x in range(0, 100_001, 5_000))
    at: float = 30_000.0
    effect: str = "qalys" + DISCOUNTED
    cost: str = cost_name()
    level: float = LEVEL


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """What a run says. influence: bars by arm and outcome. said: limits of these numbers, as sentences.

    Parts are empty where they can't be worked out; `said` then tells why.
    """

    run: Run
    looked: Looked
    outcomes: Outcomes
    inputs: Inputs
    differences: tuple[Difference, ...]
    unchanged: tuple[str, ...]
    not_reached: tuple[Level, ...]
    gains: tuple[Gain, ...]
    acceptability: tuple[Acceptable, ...]
    trades: tuple[Trade, ...]
    ladder: tuple[Rung, ...]
    knowing: tuple[Knowing, ...]
    worths: tuple[Worth, ...]
    influence: tuple[tuple[str, str, tuple[Bar, ...]], ...]
    said: tuple[str, ...]

    def of(self, name: str) -> tuple[Difference, ...]:
        """The differences in one outcome, an arm each."""
        return tuple(d for d in self.differences if d.measure.name == name)


def answer(outcomes: Outcomes, inputs: Inputs, run: Run, looked: Looked | None = None) -> Answer:
    """Works out everything. Raises AnalysisFault if there is nothing to compare."""
    look = looked or Looked()
    if not outcomes.others:
        raise AnalysisFault("There is one arm only: give at least one to compare with it.")
    information.check_inputs(outcomes, inputs)
    weighed = look.effect in outcomes.names and look.cost in outcomes.names
    pair = (outcomes, look.effect, look.cost)
    people = _people(run)
    can_fit = outcomes.draws >= FEWEST and bool(inputs.inputs)
    found = differences(outcomes, look.level)
    return Answer(
        run=run,
        looked=look,
        outcomes=outcomes,
        inputs=inputs,
        differences=found,
        unchanged=unchanged(outcomes),
        not_reached=levels(outcomes, NOT_REACHED.name, look.level)
        if NOT_REACHED.name in outcomes.names
        else (),
        gains=benefit.gains(*pair, _points(look), look.level) if weighed else (),
        acceptability=benefit.acceptability(*pair, _points(look)) if weighed else (),
        trades=benefit.trades(*pair) if weighed else (),
        ladder=benefit.ladder(*pair) if weighed else (),
        knowing=information.of_everything(*pair, _points(look), people) if weighed else (),
        worths=_worths(outcomes, inputs, look, people) if weighed and can_fit else (),
        influence=tuple(_influence(outcomes, inputs, look)) if can_fit else (),
        said=tuple(_limits(outcomes, inputs, look, found)),
    )


def _points(look: Looked) -> tuple[float, ...]:
    """The points of the curves, the one spoken of among them."""
    return tuple(sorted({*look.willingness, look.at}))


def _people(run: Run) -> float | None:
    """People whom the decision concerns over the horizon, later ones discounted."""
    if run.people_a_year is None:
        return None
    return information.affected(run.people_a_year, run.years, run.rate)


def _worths(outcomes: Outcomes, inputs: Inputs, look: Looked, people: float | None) -> tuple[Worth, ...]:
    return information.of_each(outcomes, inputs, look.effect, look.cost, look.at, people)


def _influence(
    outcomes: Outcomes, inputs: Inputs, look: Looked
) -> Iterator[tuple[str, str, tuple[Bar, ...]]]:
    """Bars of the outcomes that every answer shows, and of the cost weighed."""
    shown = [m.name for m in people_first(outcomes.measures) if m.name in PEOPLE or m.name == look.cost]
    looked = [(arm, name) for name in shown for arm in outcomes.others]
    if looked:
        for (arm, name), bars in zip(looked, tornados(outcomes, inputs, looked, look.level), strict=True):
            yield arm, name, bars


def _limits(outcomes: Outcomes, inputs: Inputs, look: Looked, found: tuple[Difference, ...]) -> Iterator[str]:
    """What these numbers can't bear, as sentences."""
    draws = outcomes.draws
    if draws == 1:
        yield (
            "One draw of the inputs: there is no interval, no chance of being best and no worth of knowing more. "
            "Run at least 1,000 draws before quoting any number."
        )
    elif draws < enough(look.level):
        yield (
            f"{draws} draws are few: each interval is the smallest and the largest of them. "
            f"Intervals of this kind need at least {enough(look.level)} draws."
        )
    if 1 < draws < FEWEST:
        yield f"With fewer than {FEWEST} draws it can't be said which assumption matters most."
    if draws > 1 and not inputs.inputs:
        yield "The drawn inputs were not handed on, so it can't be said which assumption matters most."
    yield from _unweighed(outcomes, look)
    yield from _chance(outcomes, found)


def _unweighed(outcomes: Outcomes, look: Looked) -> Iterator[str]:
    lacking = [n for n in (look.effect, look.cost) if n not in outcomes.names]
    if lacking:
        yield f"Net benefit is not worked out: this run has no {' and no '.join(lacking)}."


def _chance(outcomes: Outcomes, found: tuple[Difference, ...]) -> Iterator[str]:
    """Where Monte Carlo error is not known, or is a good part of what is seen."""
    if outcomes.variance is None:
        yield "Monte Carlo error is not known: the people were not counted in batches."
    elif outcomes.batches is None:
        yield (
            "Monte Carlo error is overstated: it was counted by arm, not in batches that hold the same people in "
            "both arms."
        )
    noisy: dict[str, float] = {}
    for d in found:
        share = d.spread.share or 0.0
        if share >= NOISY and not d.measure.discounted:
            noisy[d.measure.title] = max(share, noisy.get(d.measure.title, 0.0))
    if noisy:
        named = ", ".join(f"{title} (up to {round(100 * share)} %)" for title, share in noisy.items())
        yield (
            f"Chance is a good part of the variance seen between draws in: {named}. Those intervals are too wide by "
            "it; more people in each draw would narrow them."
        )
