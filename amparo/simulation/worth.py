"""What time and events are worth: weights of health and sums of money, by stage or count and by group of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.compile.classes import Classes
from amparo.simulation.compile.filled import AllNumbers
from amparo.simulation.evidence.model import Evidence, Ref
from amparo.simulation.study import Study
from amparo.simulation.tables import Tables

Floats = NDArray[np.float64]


class Worth:
    """Weights for one arm's tables in one draw of the parameters."""

    def __init__(self, study: Study, tables: Tables, numbers: AllNumbers) -> None:
        self.study, self.tables, self.numbers = study, tables, numbers
        self.classes: Classes = study.classes
        _, self.reps = self.classes.sorts(study.place.groups)

    @property
    def groups(self) -> int:
        """How many groups of people are told apart."""
        return len(self.reps)

    # ------------------------------------------------------------------------------------------ health and money
    def qalys(self) -> Floats:
        """The weight of a year, by stage and group. Whoever is in no case has the weight of everybody's year."""
        out = np.zeros((len(self.tables.stages), self.groups))
        for name, evidence in self._evidence():
            said = evidence.utilities
            if said is None:
                continue
            if said.by:
                raise SimulationFault(
                    f"{name}: weights by column are not worked out here · write them in in_stage"
                )
            base = self._number(name, said.base) if said.base else 0.0
            for stage in self._stages(name):
                ref = said.by_stage.get(stage.partition(".")[0])
                weight = np.full(self.groups, self._number(name, ref) if ref else base)
                inside = said.in_stage.get(stage, {})
                for column, codes in inside.items():
                    for code, other in codes.items():
                        here = self._has(name, column, code, codes)
                        weight = np.where(here, self._number(name, other), weight)
                out[self.tables.stages.index(f"{name}:{stage}")] = weight
        return out

    def money_a_year(self) -> Floats:
        """What a year costs, by stage and group."""
        out = np.zeros((len(self.tables.stages), self.groups))
        for name, evidence in self._evidence():
            if evidence.costs is None:
                continue
            if evidence.costs.by or evidence.costs.by_milestone or evidence.costs.by_life:
                raise SimulationFault(
                    f"{name}: only costs by_stage, in_stage and by_step are worked out here"
                )
            for stage in self._stages(name):
                row = out[self.tables.stages.index(f"{name}:{stage}")]
                row += sum(self._number(name, ref) for ref in evidence.costs.by_stage.get(stage, ()))
                for column, codes in evidence.costs.in_stage.get(stage, {}).items():
                    for code, refs in codes.items():
                        here = self._has(name, column, code, codes)
                        row += here * sum(self._number(name, ref) for ref in refs)
        return out

    def money_each(self) -> Floats:
        """What each event costs, by count."""
        out = np.zeros(len(self.tables.counts))
        for name, evidence in self._evidence():
            bills = evidence.costs.by_step if evidence.costs else {}
            for step, refs in bills.items():
                out[self.taken(name, [step])] += sum(self._number(name, ref) for ref in refs)
        return out

    # ------------------------------------------------------------------------------------------ where things stand
    def taken(self, pathway: str, steps: Iterable[str]) -> list[int]:
        """The counts under which these steps are counted."""
        heads = tuple(f"{pathway}:{step}>" for step in steps)
        return [n for n, name in enumerate(self.tables.counts) if name.startswith(heads)]

    def stages(self, pathway: str, names: Iterable[str]) -> list[int]:
        """The stages of these names: of the pathway, or else the study's own (`free`)."""
        known = {name: n for n, name in enumerate(self.tables.stages)}
        wanted = [own if (own := f"{pathway}:{name}") in known else name for name in names]
        for name in wanted:
            if name not in known:
                raise SimulationFault(f"there is no stage '{name}' · known: {', '.join(known)}")
        return [known[name] for name in wanted]

    def among(self, codes: Mapping[str, str]) -> NDArray[np.bool_]:
        """The groups of people with these codes."""
        found = np.ones(self.groups, dtype=np.bool_)
        for column, code in codes.items():
            found &= self.classes.has(column, code, self.reps)
        return found

    # ------------------------------------------------------------------------------------------ small things
    def _evidence(self) -> Iterator[tuple[str, Evidence]]:
        return ((name, part.evidence) for name, part in self.study.parts.items())

    def _stages(self, pathway: str) -> list[str]:
        head = f"{pathway}:"
        return [name.removeprefix(head) for name in self.tables.stages if name.startswith(head)]

    def _number(self, pathway: str, ref: Ref) -> float:
        return self.numbers[pathway][ref.name]

    def _has(self, pathway: str, column: str, code: str, codes: Iterable[str]) -> NDArray[np.bool_]:
        """Which groups have a code; an age reaches to the next one named beside it."""
        if column not in self.study.place.groups:
            raise SimulationFault(
                f"{pathway}: people's time is not told apart by {column} · name it in `apart`"
            )
        return self.classes.coded(column, code, codes, self.reps)
