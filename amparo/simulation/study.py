"""A study: one place, its people, and what is tried there: arms that differ in which doors are open.

Everything that is structure is made once (`Study.of`); each draw of the parameters fills it with numbers and runs
the same people through every arm, with the same draws of chance, so that arms differ by what was decided and not
by luck.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from amparo.errors import SimulationFault
from amparo.pathways import calendar, reader
from amparo.pathways.model import Pathway
from amparo.simulation.automaton.explore import Automaton
from amparo.simulation.compile.classes import AGE, CUSTODY, Classes
from amparo.simulation.compile.filled import AllNumbers, Filling, Place
from amparo.simulation.compile.lengths import Lengths, days
from amparo.simulation.compile.life import DEADLY, Grouping, Rates, classes_of, codes_of, grouped
from amparo.simulation.compile.planned import Planner, zone_of
from amparo.simulation.compile.shares import Shares
from amparo.simulation.compile.wired import Arm, Placed, Wiring
from amparo.simulation.evidence import Evidence, read_evidence
from amparo.simulation.evidence.draw import draws
from amparo.simulation.evidence.population import people as drawn_people
from amparo.simulation.kernels.waves import People
from amparo.simulation.life_tables import LifeTable, life_tables
from amparo.simulation.tables import NEVER, YEAR

STARTS = date(2026, 1, 1)
"""When a simulation begins where evidence does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One pathway of a study, with its evidence, its planner and its automaton."""

    pathway: Pathway
    evidence: Evidence
    planner: Planner
    automaton: Automaton


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """All that is structure. base: the part whose people and lives are simulated."""

    base: str
    parts: Mapping[str, Part]
    classes: Classes
    after: Grouping
    place: Place
    years: float

    # ------------------------------------------------------------------------------------------ making one
    @staticmethod
    def of(
        base: str, others: Sequence[str] = (), *, years: float = 10.0, discount: float = 0.03,
        folders: tuple[Path, ...] = (), named: Mapping[str, str] | None = None,
        tables: Mapping[str, LifeTable] | None = None,
    ) -> Study:  # fmt: skip
        """The study of a programme, with the pathways that its `otherwise` and these names bring along."""
        if years <= 0:
            raise SimulationFault(
                f"a simulation lasts more than {years} years · give --years a number above 0"
            )
        own = _evidence(base, folders, named or {})
        along = [name.partition(".")[0] for name in own.otherwise if name != "no_action"]
        names = dict.fromkeys((base, *others, *along))
        evidence = {n: own if n == base else _evidence(n, folders, named or {}) for n in names}
        columns = {name: codes_of(c) for name, c in _population(own).columns.items()}
        start = calendar.first_second(_starts(own), zone_of(own))
        after = grouped(evidence.values())
        classes = classes_of(own, evidence.values(), after)
        parts = {n: _part(n, e, columns, start, folders, zone_of(own)) for n, e in evidence.items()}
        seconds = float(math.ceil(years * YEAR))
        calendar_days = days(start, zone_of(own), frozenset(), seconds)
        shares = {n: _shares(part, classes) for n, part in parts.items()}
        place = Place(
            evidence=own,
            all_=evidence,
            classes=classes,
            shares=shares,
            rates=Rates(own, evidence, classes, tables or life_tables()),
            lengths=Lengths(calendar_days),
            groups=_groups(own, classes, parts),
            seconds=seconds,
            rate=math.log1p(discount),
            windows=_windows(own),
        )
        return Study(base=base, parts=parts, classes=classes, after=after, place=place, years=years)

    # ------------------------------------------------------------------------------------------ arms
    def wired(self, arm: Arm) -> list[Placed]:
        """The nodes of one arm; whatever has not been asked of the engine is asked."""
        wiring = Wiring(
            arm,
            {n: part.automaton for n, part in self.parts.items()},
            {n: part.planner.exits for n, part in self.parts.items()},
            self.place.windows,
            self.after.of,
            self.place.rates.row,
            DEADLY,
            {n: part.evidence for n, part in self.parts.items()},
        )
        return wiring.wire()

    def filling(self, arm: Arm) -> Filling:
        """The structure of one arm, ready to be filled with numbers."""
        return Filling(self.wired(arm), self.place, arm.otherwise, arm.begins)

    def otherwise(self) -> dict[str, str]:
        """What would happen without any programme, as the evidence of the place says."""
        return {name: ref.name for name, ref in self.place.evidence.otherwise.items()}

    # ------------------------------------------------------------------------------------------ numbers and people
    def numbers(self, number: int, seed: int) -> list[AllNumbers]:
        """So many draws of all parameters; the first is the base case."""
        drawn = {name: draws(part.evidence, number, seed) for name, part in self.parts.items()}
        return [{name: found.row(n) for name, found in drawn.items()} for n in range(number)]

    def people(self, numbers: AllNumbers, first: int, number: int, seed: int) -> People:
        """A chunk of people, as they are at the beginning."""
        drawn = drawn_people(self.place.evidence, numbers[self.base], first, number, seed)
        columns, band_at = {}, np.full(number, NEVER)
        for name, values in drawn.items():
            if name != AGE:
                columns[name] = np.asarray(values, dtype=np.int64)
                continue
            starts = np.array([float(x) for x in self.classes.dims[AGE]])
            band = np.maximum(np.searchsorted(starts, values, side="right") - 1, 0)
            columns[name] = np.asarray(band, dtype=np.int64)
            after = np.append(starts[1:], np.inf)[band]
            with np.errstate(invalid="ignore"):
                band_at = np.where(np.isinf(after), NEVER, np.ceil((after - values) * YEAR))
        class0 = self.classes.of(columns).astype(np.int32)
        return People(first, class0, np.asarray(band_at, dtype=np.float64), np.zeros(number, dtype=np.int32))


def _population(evidence: Evidence):  # type: ignore[no-untyped-def]
    if evidence.population is None:
        raise SimulationFault(
            f"{evidence.pathway}: the evidence has no population · write `population:` or `use:`"
        )
    return evidence.population


def _evidence(name: str, folders: tuple[Path, ...], named: Mapping[str, str]) -> Evidence:
    return read_evidence(name, folders, named.get(name, ""))


def _starts(evidence: Evidence) -> date:
    site = getattr(evidence, "site", None)
    return site.starts if site is not None and getattr(site, "starts", None) else STARTS


def _part(
    name: str,
    evidence: Evidence,
    columns: Mapping[str, tuple[str, ...]],
    start: int,
    folders: tuple[Path, ...],
    zone: str,
) -> Part:
    pathway = reader.named(name, folders)
    planner = Planner(pathway, evidence, columns, zone)
    automaton = Automaton(pathway, planner.site(), planner.plan(), start)
    beyond = automaton.alpha.beyond()
    if beyond:
        raise SimulationFault(
            f"{name} cannot be simulated by this version: its steps depend on {', and on '.join(beyond)} · "
            "compare programmes that do not, or leave the step out by giving it no share"
        )
    return Part(pathway=pathway, evidence=evidence, planner=planner, automaton=automaton)


def _shares(part: Part, classes: Classes) -> Shares:
    return Shares(part.planner, classes, part.planner.exits)


def _groups(evidence: Evidence, classes: Classes, parts: Mapping[str, Part]) -> tuple[str, ...]:
    """By what people's time is told apart: what utilities and costs differ by, and custody where a pathway leads
    there."""
    by = set(evidence.utilities.by) if evidence.utilities else set()
    by |= set(evidence.costs.by) if evidence.costs else set()
    leads = any("custody_in" in step.means for part in parts.values() for step in part.pathway.steps.values())
    return tuple(name for name in classes.dims if name in by or (name == CUSTODY and leads))


def _windows(evidence: Evidence) -> dict[str, str]:
    """What begins a window: milestone or life event -> window."""
    return {event: name for name, window in evidence.windows.items() for event in window.after}
