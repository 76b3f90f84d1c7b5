"""Life beside the case: classes of a population, the hazards of each, and what an event makes of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.compile.classes import AFTER, AGE, CUSTODY, ENTRIES, NONE, WINDOW, Classes, bands
from amparo.simulation.evidence.model import Column, Evidence, Hazard, Ref
from amparo.simulation.life_tables import LifeTable
from amparo.simulation.tables import YEAR

EVENTS = (
    "re_contacted", "died", "overdose_died", "overdosed", "treatment_entered", "treatment_left", "remitted", "relapsed",
)  # fmt: skip
"""Life events in their order; the first opens cases."""

DEADLY = ("died", "overdose_died")

TURNS: Mapping[str, tuple[str, str, str]] = {
    "treatment_entered": ("treated", "no", "yes"),
    "treatment_left": ("treated", "yes", "no"),
    "remitted": ("dependent", "yes", "no"),
    "relapsed": ("dependent", "no", "yes"),
}
"""What an event turns: the column, from which code to which. It happens to nobody else."""

Numbers = Mapping[str, float]


def codes_of(column: Column) -> tuple[str, ...]:
    """The codes of a column of the population; ages by the first year of each band of its class."""
    if column.bands:
        return tuple(str(first) for first in bands(list(column.bands)))
    if column.choose:
        return tuple(column.choose)
    inner = [c for by in column.by.values() for c in by.values()]
    return codes_of(inner[0]) if inner and column.share is None else ("no", "yes")


class Grouping(NamedTuple):
    """How cases that ended are told apart: outcome -> its code; '' is nobody's."""

    of: Mapping[str, str]
    codes: tuple[str, ...]


def grouped(evidences: Iterable[Evidence]) -> Grouping:
    """Outcomes after which every hazard is the same are one code."""
    found: dict[str, list[tuple[str, str]]] = {}
    for evidence in evidences:
        for name, hazard in evidence.hazards.items():
            for when, ref in hazard.times.items():
                if when.startswith("after."):
                    found.setdefault(when.removeprefix("after."), []).append((name, ref.name))
    code: dict[tuple[tuple[str, str], ...], str] = {}
    of = {outcome: code.setdefault(tuple(sorted(refs)), outcome) for outcome, refs in found.items()}
    return Grouping(of, (NONE, *code.values()))


def classes_of(evidence: Evidence, all_: Iterable[Evidence], after: Grouping) -> Classes:
    """The classes of the population of one place."""
    population = evidence.population
    if population is None:
        raise SimulationFault(
            f"{evidence.pathway}: the evidence has no population · write `population:` or `use:`"
        )
    dims = {name: codes_of(column) for name, column in population.columns.items()}
    dims[CUSTODY] = ("no", "yes")
    dims[WINDOW] = (NONE, *evidence.windows)
    dims[AFTER] = after.codes
    from_history = any(
        draw.from_.startswith("history.")
        for one in all_
        for drawn in one.facts.values()
        for draw in drawn.given
    )
    dims[ENTRIES] = ("no", "yes") if from_history else ("no",)
    return Classes({name: codes for name, codes in dims.items() if codes})


class Rates:
    """Hazards a second, by where somebody is and who they are."""

    def __init__(
        self,
        evidence: Evidence,
        own: Mapping[str, Evidence],
        classes: Classes,
        table: Mapping[str, LifeTable],
    ) -> None:
        self.evidence, self.own, self.classes, self.tables = evidence, own, classes, table
        population = evidence.population
        column = population.columns.get(AGE) if population else None
        self.starts = tuple(column.bands) if column else ()

    def row(self, pathway: str, stage: str, phase: str) -> tuple[tuple[str, ...], ...]:
        """What the hazards are multiplied by in a stage, by event: equal rows are one."""
        evidence = self.own.get(pathway)
        if evidence is None:
            return tuple(() for _ in EVENTS)
        return tuple(self._factors(evidence.hazards.get(name), stage, phase) for name in EVENTS)

    def _factors(self, hazard: Hazard | None, stage: str, phase: str) -> tuple[str, ...]:
        if hazard is None:
            return ()
        here = [name for name in (stage, phase) if name]
        whole = [ref.name for when, ref in hazard.times.items() if when in here]
        some = [
            f"{ref.name} {when.partition('.')[2]}"
            for when, ref in hazard.times.items()
            if "." in when and when.partition(".")[0] in here
        ]
        return (*whole, *some)

    def work_out(self, row: tuple[tuple[str, ...], ...], numbers: Numbers) -> NDArray[np.float64]:
        """The hazards a second of one row: shape (events, classes)."""
        out = np.zeros((len(EVENTS), self.classes.number))
        for n, name in enumerate(EVENTS):
            hazard = self.evidence.hazards.get(name)
            if hazard is None:
                continue
            rate = self._base(hazard, numbers) * self._there(row[n], numbers)
            if hazard.of_probability:
                rate = _of_probability(self._start(hazard, numbers), rate)
            out[n] = rate / YEAR * self._whose(name)
        return out

    def _there(self, factors: tuple[str, ...], numbers: Numbers) -> NDArray[np.float64]:
        """What a hazard is multiplied by in a stage: for everybody (`value`), or for some (`value column.code`)."""
        found = np.ones(self.classes.number)
        for name, _, whose in (each.partition(" ") for each in factors):
            found *= np.where(self.holds(whose), numbers[name], 1.0) if whose else numbers[name]
        return found

    def _base(self, hazard: Hazard, numbers: Numbers) -> NDArray[np.float64]:
        rate = self._start(hazard, numbers)
        for when, ref in hazard.times.items():
            rate = np.where(self.holds(when), rate * numbers[ref.name], rate)
        return rate

    def _start(self, hazard: Hazard, numbers: Numbers) -> NDArray[np.float64]:
        """The base rate a year by class: of the life table, or the base with what it is for some people instead.

        A ratio beside a base multiplies it; a rate stands in its place.
        """
        if hazard.life_table:
            return self._table(hazard.life_table)
        base = numbers[hazard.base.name] if hazard.base else 1.0
        rate = np.full(self.classes.number, base)
        for column, codes in hazard.by.items():
            for code, ref in codes.items():
                here = self._code(column, code)
                rate = np.where(here, self._beside(ref, rate, numbers), rate)
        return rate

    def _beside(self, ref: Ref, rate: NDArray[np.float64], numbers: Numbers) -> NDArray[np.float64]:
        value = self.evidence.values.get(ref.name)
        number = numbers[ref.name]
        return (
            rate * number if value is not None and value.unit.kind == "ratio" else np.full_like(rate, number)
        )

    def _table(self, name: str) -> NDArray[np.float64]:
        table = self.tables[name]
        ages = np.array([int(first) for first in self.classes.dims[AGE]])[self.classes.codes(AGE)]
        sexes = self.classes.dims.get("sex")
        men = self.classes.has("sex", "male") if sexes else np.zeros(self.classes.number, bool)
        women = self.classes.has("sex", "female") if sexes else np.zeros(self.classes.number, bool)
        male = np.array([table.rate("male", int(a)) for a in ages])
        female = np.array([table.rate("female", int(a)) for a in ages])
        return np.where(men, male, np.where(women, female, (male + female) / 2))

    def holds(self, when: str) -> NDArray[np.bool_]:
        """The classes for which a condition of `times` holds; stages are another matter."""
        if when == "in_custody":
            return self.classes.has(CUSTODY, "yes")
        head, _, tail = when.partition(".")
        if head == AFTER:
            return self.classes.has(AFTER, tail)
        if head == WINDOW:
            return self.classes.has(WINDOW, tail)
        if head in self.classes.dims:
            return self._code(head, tail or "yes")
        return np.zeros(self.classes.number, bool)

    def _code(self, column: str, code: str) -> NDArray[np.bool_]:
        return self.classes.coded(column, code, self.starts)

    def _whose(self, event: str) -> NDArray[np.float64]:
        """Only who is in the state that an event ends can leave it."""
        if event not in TURNS or TURNS[event][0] not in self.classes.dims:
            return np.ones(self.classes.number)
        column, code, _ = TURNS[event]
        return self.classes.has(column, code).astype(np.float64)


CERTAIN = 1 - 1e-9
"""What a probability is at most, so that it has a hazard."""


def _of_probability(start: NDArray[np.float64], rate: NDArray[np.float64]) -> NDArray[np.float64]:
    """The hazard whose probability of a year is as many times that of `start` as `rate` is times `start`."""
    times = np.divide(rate, start, out=np.ones_like(rate), where=start > 0)
    return np.asarray(-np.log1p(-np.minimum(-np.expm1(-start) * times, CERTAIN)))
