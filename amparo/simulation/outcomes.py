"""What a chunk of people comes to: convictions, days in custody, deaths, starts of treatment, health and money.

Counts and times are the kernel's; what a year is worth and what an event costs is evidence, of the same draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.compile.classes import CUSTODY
from amparo.simulation.compile.filled import AllNumbers
from amparo.simulation.evidence.model import Bills, Evidence, Ref
from amparo.simulation.running import Totals
from amparo.simulation.study import Study
from amparo.simulation.tables import YEAR

Floats = NDArray[np.float64]

FIXED_POINT = 2.0**36
DAYS = 365.25
PEOPLE = (
    "convictions", "custody_days", "overdose_deaths", "deaths", "treatment_entries", "qalys", "newly_met", "met",
)  # fmt: skip
"""The outcomes about people, in the order in which every answer gives them; the last: encounters with an authority."""


class Sum(NamedTuple):
    """One outcome of a chunk, as it stands and discounted."""

    plain: float
    discounted: float

    def plus(self, other: Sum, times: float = 1.0) -> Sum:
        """Both together, the other so many times."""
        return Sum(self.plain + other.plain * times, self.discounted + other.discounted * times)


NONE = Sum(0.0, 0.0)


class Reckoning:
    """Works out the outcomes of chunks of one study in one draw of the parameters."""

    def __init__(self, study: Study, numbers: AllNumbers) -> None:
        self.study, self.numbers = study, numbers
        _, self.reps = study.classes.sorts(study.place.groups)
        self.inside = study.classes.has(CUSTODY, "yes", self.reps)

    def outcomes(self, totals: Totals) -> dict[str, Sum]:
        """All outcomes by name; money as `cost.<agency>`."""
        found = {
            "convictions": self._milestone(totals, "convicted"),
            "custody_days": self._custody(totals),
            "overdose_deaths": self._count(totals, "life:overdose_died"),
            "deaths": self._count(totals, "life:died").plus(self._count(totals, "life:overdose_died")),
            "treatment_entries": self._count(totals, "life:treatment_entered"),
            "qalys": self._health(totals),
            "newly_met": self._newly(totals),
            "met": self._count(totals, "life:re_contacted"),
        }
        costs: dict[str, Sum] = {}
        for agency, amount in self._money(totals):
            costs[f"cost.{agency}"] = costs.get(f"cost.{agency}", NONE).plus(amount)
        return {**found, **costs}

    # ------------------------------------------------------------------------------------------ people
    def _count(self, totals: Totals, name: str) -> Sum:
        if name not in totals.counts:
            return NONE
        return Sum(float(totals.counts[name].sum()), float(totals.discounted[name].sum()) / FIXED_POINT)

    def _all(self, totals: Totals, names: Iterator[str]) -> Sum:
        found = NONE
        for name in names:
            found = found.plus(self._count(totals, name))
        return found

    def _milestone(self, totals: Totals, milestone: str) -> Sum:
        return self._all(totals, (name for name in totals.counts if milestone in reached(name)))

    def _newly(self, totals: Totals) -> Sum:
        """Cases that open for somebody who would otherwise have met no action."""
        return self._all(totals, (n for n in totals.counts if ">" in n and n.endswith("|no_action")))

    def _custody(self, totals: Totals) -> Sum:
        plain = sum(float(row[self.inside].sum()) for row in totals.seconds.values()) / 86400
        later = sum(float(row[self.inside].sum()) for row in totals.years.values()) / FIXED_POINT * DAYS
        return Sum(plain, later)

    def _time(self, totals: Totals, stage: str) -> tuple[Floats, Floats]:
        """Years in a stage by group, as they stand and discounted."""
        return totals.seconds[stage] / YEAR, totals.years[stage] / FIXED_POINT

    def _health(self, totals: Totals) -> Sum:
        found = NONE
        for stage in totals.seconds:
            weight = self._weight(stage)
            plain, later = self._time(totals, stage)
            found = found.plus(Sum(float((plain * weight).sum()), float((later * weight).sum())))
        return found

    def _weight(self, label: str) -> Floats:
        """What a year in a stage is worth, by group: of everybody, then by who they are, then by where they stand."""
        pathway, _, stage = label.partition(":")
        own = self.study.parts[pathway].evidence if pathway in self.study.parts else self.study.place.evidence
        said = own.utilities or self.study.place.evidence.utilities
        weight = np.full(len(self.reps), 1.0)
        if said is None:
            return weight
        if said.base is not None:
            weight[:] = self._number(own, said.base)
        for column, codes in said.by.items():
            for code, ref in codes.items():
                weight = np.where(
                    self.study.classes.has(column, code, self.reps), self._number(own, ref), weight
                )
        here = said.by_stage.get(stage.partition(".")[0])
        return np.full(len(self.reps), self._number(own, here)) if here is not None else weight

    # ------------------------------------------------------------------------------------------ money
    def _money(self, totals: Totals) -> Iterator[tuple[str, Sum]]:
        for pathway, part in self.study.parts.items():
            costs = part.evidence.costs
            if costs is None:
                continue
            yield from self._by_count(totals, part.evidence, costs.by_step, f"{pathway}:")
            yield from self._by_milestone(totals, pathway, part.evidence, costs.by_milestone)
            yield from self._by_stage(totals, pathway, part.evidence, costs.by_stage)
        own = self.study.place.evidence
        if own.costs is not None:
            yield from self._by_life(totals, own, own.costs.by_life)

    def _by_count(self, totals: Totals, own: Evidence, bills: Bills, head: str) -> Iterator[tuple[str, Sum]]:
        for step, refs in bills.items():
            taken = self._all(totals, (n for n in totals.counts if n.startswith(f"{head}{step}>")))
            yield from self._charged(own, refs, taken)

    def _by_milestone(
        self, totals: Totals, pathway: str, own: Evidence, bills: Bills
    ) -> Iterator[tuple[str, Sum]]:
        for milestone, refs in bills.items():
            names = (n for n in totals.counts if n.startswith(f"{pathway}:") and milestone in reached(n))
            yield from self._charged(own, refs, self._all(totals, names))

    def _by_stage(
        self, totals: Totals, pathway: str, own: Evidence, bills: Bills
    ) -> Iterator[tuple[str, Sum]]:
        for stage, refs in bills.items():
            labels = [x for x in totals.seconds if x.partition(".")[0] == f"{pathway}:{stage}"]
            times = [self._time(totals, label) for label in labels]
            years = Sum(sum(float(a.sum()) for a, _ in times), sum(float(b.sum()) for _, b in times))
            yield from self._charged(own, refs, years)

    def _by_life(self, totals: Totals, own: Evidence, bills: Bills) -> Iterator[tuple[str, Sum]]:
        for event, refs in bills.items():
            yield from self._charged(own, refs, self._count(totals, f"life:{event}"))

    def _charged(self, own: Evidence, refs: tuple[Ref, ...], units: Sum) -> Iterator[tuple[str, Sum]]:
        for ref in refs:
            value = own.values[ref.name]
            yield value.agency or "unnamed", NONE.plus(units, self._number(own, ref))

    def _number(self, own: Evidence, ref: Ref) -> float:
        return float(self.numbers[own.pathway][ref.name])


def reached(name: str) -> tuple[str, ...]:
    """The milestones in the name under which a way on is counted."""
    head, _, tail = name.partition("[")
    return tuple(tail.partition("]")[0].split(",")) if tail and head else ()
