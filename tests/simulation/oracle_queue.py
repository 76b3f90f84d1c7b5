"""What happens to people who share places: the interpreter of everybody at once, second by second, in plain Python.

Of all people, the one to whom something happens first is taken; of several in one second, the one with the lowest
number. A transition that asks for a place which the person does not hold needs a free one. If there is none, the
person stays where they are and waits: transitions that ask for a place no longer race, all else does, from where it
stood (at a lottery: age, window and life). A place comes free when somebody who holds it goes to a node that does
not, or ends; whoever has waited longest takes their transition in that second. Who goes to another node, or enters
the stage anew, leaves the queue.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.waves import People
from amparo.simulation.tables import FINAL, LIFE, Tables
from tests.simulation.oracle import Interpreter, Person, exponential


class Everybody(Interpreter):
    """Lives the histories of people who share places. asked, waited, seconds: by place, as in `queue.Waits`."""

    def __init__(self, tables: Tables, seed: int, holds: NDArray[np.int32], places: list[int]) -> None:
        super().__init__(tables, seed)
        self.holds, self.free = holds, list(places)
        self.queues: list[deque[Person]] = [deque() for _ in places]
        self.asked, self.waited, self.seconds_waited = ([0] * len(places) for _ in range(3))
        self.since: dict[int, float] = {}

    def live_together(self, people: People) -> None:
        alive = [
            Person(people.first + n, int(node), int(class_), float(band))
            for n, (class_, band, node) in enumerate(zip(*people[1:], strict=True))
            if self.n.mode[node] != FINAL
        ]
        for p in alive:
            p.left = exponential(self.draw(p, LIFE, 0, 0))
        coming = {p.number: (*self.next(p), p) for p in alive}
        while coming:
            at, what, p = min(coming.values(), key=lambda c: (c[0], c[2].number))
            if at >= self.tables.horizon:
                self.pass_time(p, self.tables.horizon)
                del coming[p.number]
                continue
            for changed in self.happen_together(p, at, what):
                del coming[changed.number]
                if changed.node >= 0 and self.n.mode[changed.node] != FINAL:
                    coming[changed.number] = (*self.next(changed), changed)

    def happen_together(self, p: Person, at: float, what: int) -> list[Person]:
        """Everybody whom it concerned."""
        wanted = int(self.k.place[what]) if what >= 0 else -1
        if wanted >= 0 and wanted != self.holds[p.node]:
            self.asked[wanted] += 1
            if self.free[wanted] == 0:
                self.waited[wanted] += 1
                self.queues[wanted].append(p)
                p.waiting, self.since[p.number] = what, at
                return [p]
            self.free[wanted] -= 1
        return self.go(p, at, what)

    def go(self, p: Person, at: float, what: int, granted: bool = False) -> list[Person]:
        """It happens; a place that comes free goes to whoever has waited longest."""
        node, entered = p.node, sum(p.visits.values())
        self.pass_time(p, at)
        p.waiting = None if granted else p.waiting
        self.happen(p, what)
        moved = p.node != node or sum(p.visits.values()) != entered
        if p.waiting is not None and moved:
            self.queues[int(self.k.place[p.waiting])].remove(p)
            p.waiting = None
        held, ended = int(self.holds[node]), p.node < 0 or self.n.mode[p.node] == FINAL
        if held < 0 or not (ended or self.holds[p.node] != held):
            return [p]
        if not self.queues[held]:
            self.free[held] += 1
            return [p]
        next_ = self.queues[held].popleft()
        assert next_.waiting is not None
        self.seconds_waited[held] += int(at - self.since[next_.number])
        return [p, *self.go(next_, at, next_.waiting, granted=True)]
