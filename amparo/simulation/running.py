"""Running one arm of a study: tables are filled, people run through them, and what nobody had met before is asked.

A pathway can have more nodes than anybody ever comes to. So a kernel may find a way whose end has not been asked of the
engine yet; it says so, the engine is asked, and the chunk is run again from its beginning. What comes out is the
same as if everything had been asked before.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.automaton.replay import Happened
from amparo.simulation.compile.filled import AllNumbers, Filling
from amparo.simulation.compile.wired import Arm, Wire
from amparo.simulation.kernels.ready import Ready, ready
from amparo.simulation.kernels.waves import Chunk, run
from amparo.simulation.study import Study

ROUNDS = 400
"""So often what was missing is asked for one chunk, before something is taken to be wrong."""

ASKING = Lock()
"""Held by whoever asks the engine: arms share what has been asked."""

Longs = NDArray[np.int64]


class Totals(NamedTuple):
    """Sums of a chunk by name, each by group. counts, discounted: of events, the latter in 2^-36. seconds, years: of
    time in stages, the latter discounted, in 2^-36.
    """

    counts: dict[str, Longs]
    discounted: dict[str, Longs]
    seconds: dict[str, Longs]
    years: dict[str, Longs]


class History(NamedTuple):
    """What happened to one person in one case. person: their number. pathway: of the case."""

    person: int
    pathway: str
    events: tuple[Happened, ...]


class Runner:
    """Runs chunks of one arm. lock: held by whoever runs one; the tables of a draw are kept from chunk to chunk."""

    def __init__(self, study: Study, arm: Arm) -> None:
        self.study, self.arm = study, arm
        self.filling: Filling = study.filling(arm)
        self._ready: tuple[int, Ready] | None = None
        self.lock = Lock()

    def chunk(self, numbers: AllNumbers, first: int, people: int, seed: int, log: int = 0) -> Chunk:
        """What becomes of a chunk of people with these numbers. log: of how many to keep all that happens."""
        crowd = self.study.people(numbers, first, people, seed)
        for _ in range(ROUNDS):
            found = run(self._tables(numbers), crowd, seed, log=log)
            if not len(found.missing):
                return found
            self._ask(found.missing)
        raise SimulationFault(
            f"{self.arm.name}: people keep coming to states that nobody has seen, after {ROUNDS} rounds of asking · "
            "let a fact or a step depend on fewer things"
        )

    def totals(self, found: Chunk) -> Totals:
        """The sums of a chunk by name."""
        filling = self.filling
        counts, stages = list(filling.counts.known), list(filling.stages.known)
        return Totals(
            dict(zip(counts, found.counts, strict=True)),
            dict(zip(counts, found.dcounts, strict=True)),
            dict(zip(stages, found.seconds, strict=True)),
            dict(zip(stages, found.years, strict=True)),
        )

    def _tables(self, numbers: AllNumbers) -> Ready:
        if self._ready is None or self._ready[0] != id(numbers):
            self._ready = (id(numbers), ready(self.filling.tables(numbers)))
        return self._ready[1]

    def _ask(self, missing: NDArray[np.int32]) -> None:
        """The engine is asked what leaves the nodes to which these transitions lead."""
        wanted: dict[str, set[int]] = {}
        for n in missing.tolist():
            wire: Wire = self.filling.wires[n]
            assert wire.row is not None
            wanted.setdefault(wire.pathway, set()).add(wire.row.next)
        with ASKING:
            for pathway, nodes in wanted.items():
                self.study.parts[pathway].automaton.more(nodes)
            self.filling = self.study.filling(self.arm)
        self._ready = None

    # ------------------------------------------------------------------------------------------ histories
    def histories(self, found: Chunk) -> Iterator[History]:
        """The cases of the people of whom all was kept, each with its events in order."""
        start = self.study.place.lengths.days.start
        log = found.log
        open_: dict[int, tuple[str, list[Happened]]] = {}
        rows = zip(log.person.tolist(), log.seconds.tolist(), log.transition.tolist(), strict=True)
        for person, seconds, transition in rows:
            wire = self.filling.wires[transition] if transition >= 0 else None
            if wire is None or wire.row is None:
                continue
            if wire.begins and person in open_:
                yield History(person, open_[person][0], tuple(open_.pop(person)[1]))
            events = open_.setdefault(person, (wire.pathway, []))[1]
            events.append(Happened(start + int(seconds), wire.row))
        for person, (pathway, kept) in open_.items():
            yield History(person, pathway, tuple(kept))
