"""The structure of a study's arm: all nodes and transitions, with where each number comes from.

It is made once; every draw of the parameters fills the same structure with other numbers (`filled`). A study joins
several pathways: the programme's own, what happens otherwise, and the life between cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from amparo.errors import SimulationFault
from amparo.pathways import courts
from amparo.simulation.automaton import changes as ops
from amparo.simulation.automaton import plan as plans
from amparo.simulation.automaton.changes import Change
from amparo.simulation.automaton.explore import Automaton, Node, Row, Ways
from amparo.simulation.compile.classes import AFTER, CUSTODY, ENTRIES
from amparo.simulation.compile.shares import Formula, formula
from amparo.simulation.evidence.model import Evidence, Exit
from amparo.simulation.tables import (
    ACT,
    CLOCK,
    DELAY,
    EXPONENTIAL,
    EXTEND,
    FINAL,
    FIXED,
    HAZARD,
    LOTTERY,
    MEET,
    ORDINARY,
    PAUSE,
    PICK,
    RESUME,
    START_END_OF,
    START_NOW,
    START_OPENED,
    STOP,
)  # fmt: skip

AHEAD = 400
"""So many nodes of a pathway are asked of the engine before anybody has come there."""
NO_WAYS = Ways((), ())
TIMES = "times"
"""Part of a share: what the hazard of a duration is multiplied by."""
BEGUN = "begun"
"""The node of people who stand in a case from the beginning."""

CODES = {
    ops.STOP: STOP, ops.NOW: START_NOW, ops.END_OF: START_END_OF, ops.OPENED: START_OPENED, ops.PAUSE: PAUSE,
    ops.RESUME: RESUME, ops.EXTEND: EXTEND, ops.MEET: MEET,
}  # fmt: skip


class Share(NamedTuple):
    """Where the share or multiplier of a row comes from. made: the formula; row: of it. key: of its evidence.

    part: TIMES; `begins`, the door's own share; or what becomes of those met at a door, by offer and answer.
    """

    pathway: str
    made: Formula | None
    row: int
    key: str = ""
    door: str = ""
    part: str = ""


class Wire(NamedTuple):
    """One transition, before numbers. next: a node of this arm. duration: (pathway, value's name), or '' for at
    once."""

    kind: int
    slot: int
    pick: int
    next: int
    counted: str
    share: Share | None = None
    mult: Share | None = None
    duration: tuple[str, str] = ("", "")
    dist: int = FIXED
    clock: str = ""
    anchor: str = ""
    changes: tuple[Change, ...] = ()
    effect: tuple[tuple[str, str], ...] = ()
    window: str = ""
    anew: bool = True
    begins: bool = False
    ends: bool = False
    row: Row | None = None
    pathway: str = ""


class Placed(NamedTuple):
    """One node of an arm. origin: (pathway, number in its automaton), or nothing for the study's own nodes."""

    stage: str
    mode: int
    life: tuple[tuple[str, ...], ...]
    wires: tuple[Wire, ...]
    origin: tuple[str, int] | None = None


class Door(NamedTuple):
    """A way into a pathway: its id and its door."""

    pathway: str
    door: str

    def __str__(self) -> str:
        return f"{self.pathway}.{self.door}"


class Arm(NamedTuple):
    """A policy: its name, the doors that are open in the order in which they are thought of, what happens otherwise.

    otherwise: `no_action` or `<pathway>.<door>` -> value's name, `rest` filling one. begins: where people stand in
    a case at the beginning, `<pathway>.<door>` -> value's name; each person among the doors that they can go through.
    """

    name: str
    doors: tuple[Door, ...]
    otherwise: Mapping[str, str]
    begins: Mapping[str, str] = {}


class Wiring:
    """Wires one arm. windows_of: milestone -> window. row_of: hazards' factors of a stage. The rest: by pathway."""

    def __init__(
        self, arm: Arm, automata: Mapping[str, Automaton], exits: Mapping[str, Mapping[str, Mapping[str, Exit]]],
        windows_of: Mapping[str, str], after_of: Mapping[str, str],
        row_of: Callable[[str, str, str], tuple[tuple[str, ...], ...]], deadly: tuple[str, ...],
        evidence: Mapping[str, Evidence] | None = None,
    ) -> None:  # fmt: skip
        self.evidence = evidence or {}
        self.arm, self.automata, self.exits = arm, automata, exits
        self.windows_of, self.after_of, self.row_of, self.deadly = windows_of, after_of, row_of, deadly
        self.nodes: list[Placed] = []
        self.base: dict[str, int] = {}
        self.started: dict[str, int] = {}

    # ------------------------------------------------------------------------------------------ all nodes
    def wire(self) -> list[Placed]:
        """All nodes: free, the dead, the encounter with what is considered, then those of each pathway."""
        pathways = self._pathways()
        heads = self._heads()
        number = len(heads)
        for name in pathways:
            automaton = self.automata[name]
            self._close(automaton)
            self.base[name] = number
            number += len(automaton.nodes)
        self.nodes = [head() for head in heads]
        for name in pathways:
            automaton = self.automata[name]
            self.nodes += [self._placed(name, automaton, n, node) for n, node in enumerate(automaton.nodes)]
        return self.nodes

    def _pathways(self) -> tuple[str, ...]:
        found = dict.fromkeys(door.pathway for door in self.arm.doors)
        found |= dict.fromkeys(name.partition(".")[0] for name in self.arm.otherwise if name != "no_action")
        found |= dict.fromkeys(name.partition(".")[0] for name in self.arm.begins)
        return tuple(found)

    def _close(self, automaton: Automaton) -> None:
        """The doors are asked, closed stages and the first nodes; the rest as people come there."""
        for door, definition in automaton.pathway.doors.items():
            if definition.asks_first is not None and Door(automaton.pathway.id, door) in self._all_doors():
                raise SimulationFault(
                    f"{automaton.pathway.id}.{door} is a door for people who were never asked, and what is written "
                    "there is wiped after a while · this version does not simulate it; name other doors"
                )
            if any(str(d) == f"{automaton.pathway.id}.{door}" for d in self._all_doors()):
                automaton.entry(door)
        n = 0
        while n < len(automaton.nodes):
            if n < AHEAD or automaton.nodes[n].closed:
                automaton.ways(n)
            n += 1

    def _all_doors(self) -> tuple[Door, ...]:
        named = (*self.arm.otherwise, *self.arm.begins)
        return (*self.arm.doors, *(Door(*name.split(".", 1)) for name in named if name != "no_action"))

    # ------------------------------------------------------------------------------------------ the study's own nodes
    def _heads(self) -> list[Callable[[], Placed]]:
        none = self.row_of("", "", "")
        self.started = {"free": 0, **{f"dead:{name}": n + 1 for n, name in enumerate(self.deadly)}}
        heads: list[Callable[[], Placed]] = [partial(Placed, "free", ORDINARY, none, ())]
        heads += [partial(Placed, f"dead:{name}", FINAL, none, ()) for name in self.deadly]
        self.started["met"] = len(heads)
        heads.append(self._met)
        for other in self.arm.otherwise:
            for n, door in enumerate(self.arm.doors):
                self.started[f"{other}|{n}"] = len(heads)
                heads.append(partial(self._considered, other, n, door))
            if other != "no_action":
                self.started[f"{other}|way"] = len(heads)
                heads.append(partial(self._other_way, other))
        if self.arm.begins:
            heads.append(self._begun)
        return heads

    def _begun(self) -> Placed:
        """Where people are who stand in a case from the beginning: they go through a door at once."""
        wires = (wire for name in self.arm.begins for wire in self._begins_with(Door(*name.split(".", 1))))
        return Placed(BEGUN, LOTTERY, self.row_of("", "", ""), tuple(wires))

    def _begins_with(self, door: Door) -> Iterator[Wire]:
        ways = self.automata[door.pathway].entry(door.door)
        made, rows = formula("", ways.groups[0])
        for local, row in enumerate(rows):
            share = Share(door.pathway, made, local, str(door), door.door, "begins")
            yield self._entering(door, ways.rows[row], share, BEGUN)

    def _met(self) -> Placed:
        wires = tuple(
            Wire(
                PICK,
                0,
                1,
                self._first(other),
                f"otherwise|{other}",
                Share("", None, 0, other, "", "otherwise"),
            )
            for other in self.arm.otherwise
        )
        return Placed("met", LOTTERY, self.row_of("", "", ""), wires)

    def _first(self, other: str) -> int:
        return self._after(other, -1)

    def _after(self, other: str, n: int) -> int:
        """Where somebody goes who did not go through door n: the next door, or what happens otherwise."""
        if n + 1 < len(self.arm.doors):
            return self.started[f"{other}|{n + 1}"]
        return self.started["free"] if other == "no_action" else self.started[f"{other}|way"]

    def _considered(self, other: str, n: int, door: Door) -> Placed:
        """At a door: not eligible, not offered, said no, or in."""
        ways = self.automata[door.pathway].entry(door.door)
        made, rows = formula("", ways.groups[0])
        on = self._after(other, n)
        missed = tuple(
            Wire(PICK, 0, 1, on, f"{part}|{door}", Share(door.pathway, made, 0, "", door.door, part))
            for part in ("not_eligible", "not_offered", "said_no")
        )
        entered = tuple(
            self._entering(
                door, ways.rows[row], Share(door.pathway, made, local, "", door.door, "taken"), other
            )
            for local, row in enumerate(rows)
        )
        return Placed(f"considered {other}|{door}", LOTTERY, self.row_of("", "", ""), (*missed, *entered))

    def _other_way(self, other: str) -> Placed:
        door = Door(*other.split(".", 1))
        ways = self.automata[door.pathway].entry(door.door)
        made, rows = formula("", ways.groups[0])
        out = Wire(
            PICK,
            0,
            1,
            self.started["free"],
            f"not_open|{door}",
            Share(door.pathway, made, 0, "", door.door, "not_eligible"),
        )
        entered = tuple(
            self._entering(door, ways.rows[row], Share(door.pathway, made, local), other)
            for local, row in enumerate(rows)
        )
        return Placed(f"way {other}", LOTTERY, self.row_of("", "", ""), (out, *entered))

    def _entering(self, door: Door, row: Row, share: Share, other: str) -> Wire:
        made = self._from_row(door.pathway, row, PICK, 0, 1, share)
        counted = f"{made.counted}|{other}"
        return made._replace(counted=counted, begins=True)

    # ------------------------------------------------------------------------------------------ nodes of a case
    def _placed(self, pathway: str, automaton: Automaton, number: int, node: Node) -> Placed:
        ways = automaton.ways(number) if automaton.is_known(number) else NO_WAYS
        phase = self._phase(automaton, node)
        life = self.row_of(pathway, node.case.stage, phase)
        return Placed(
            f"{pathway}:{node.label}",
            ORDINARY,
            life,
            tuple(self._wires(pathway, node, ways)),
            (pathway, number),
        )

    def _phase(self, automaton: Automaton, node: Node) -> str:
        at = courts.phase_at(automaton.pathway, node.case.phase) if node.label != node.case.stage else None
        return at.id if at is not None else ""

    def _wires(self, pathway: str, node: Node, ways: Ways) -> list[Wire]:
        found = [self._clock(pathway, row) for row in ways.rows if row.clock]
        for group in ways.groups:
            made, rows = formula(self._label(pathway, node), group)
            found += self._of_group(pathway, node, made, tuple(ways.rows[n] for n in rows))
        return found

    def _label(self, pathway: str, node: Node) -> str:
        """The stage under which evidence is given here: the phase's own, where it has one."""
        return node.label if node.label in self.exits[pathway] else node.case.stage

    def _clock(self, pathway: str, row: Row) -> Wire:
        return Wire(
            CLOCK, 0, 0, self._next(pathway, row), f"{pathway}:late {row.clock}", clock=f"{pathway}:{row.clock}",
            anew=False, row=row, pathway=pathway,
        )  # fmt: skip

    def _of_group(self, pathway: str, node: Node, made: Formula, rows: tuple[Row, ...]) -> list[Wire]:
        stage = self.exits[pathway][self._label(pathway, node)]
        first = min(row.way.slot for row in rows if row.way is not None)
        found = []
        for n, row in enumerate(rows):
            assert row.way is not None and row.act is not None
            exit_ = stage.get(row.act.key)
            share = Share(pathway, made, n, row.act.key)
            slot, pick = row.way.slot, first + 1
            if made.manner == plans.HAZARD:
                wire = self._from_row(pathway, row, HAZARD, slot + n * 2, pick, None)
                found.append(wire._replace(mult=share, dist=EXPONENTIAL))
                continue
            sure = made.manner == plans.DELAY and len(rows) == 1
            kind = DELAY if sure else PICK if made.manner == plans.PICK else ACT
            wire = self._from_row(
                pathway, row, kind, first if kind == PICK else slot, pick, None if sure else share
            )
            delay = self._waits(pathway, made, exit_)
            found.append(
                wire._replace(
                    duration=delay,
                    dist=0 if delay[1] else FIXED,
                    anchor=self._anchor(pathway, row),
                    mult=self._slower(share, exit_),
                )
            )
        return found

    def _slower(self, share: Share, exit_: Exit | None) -> Share | None:
        """What the hazard of a duration is multiplied by: of a choice, or of a delay."""
        evidence = self.evidence.get(share.pathway)
        choice = evidence.choices.get(share.made.name) if evidence and share.made else None
        times = choice.times if choice else exit_.times if exit_ else {}
        return share._replace(part=TIMES, row=0) if times else None

    def _waits(self, pathway: str, made: Formula, exit_: Exit | None) -> tuple[str, str]:
        if made.manner == plans.PICK:
            after = self.automata[pathway].plan.waits.get(made.name, "")
            return (pathway, after)
        return (pathway, exit_.delay.name if exit_ is not None and exit_.delay is not None else "")

    def _anchor(self, pathway: str, row: Row) -> str:
        return f"{pathway}:{row.way.after}" if row.way is not None and row.way.after else ""

    def _from_row(self, pathway: str, row: Row, kind: int, slot: int, pick: int, share: Share | None) -> Wire:
        assert row.act is not None
        closed = self._closed(pathway, row)
        effect = self._effect(pathway, row, closed)
        window = next((self.windows_of[m] for m in row.means if m in self.windows_of), "")
        return Wire(
            kind, slot, pick, self.started["free"] if closed else self._next(pathway, row),
            counted(pathway, row), share, None, ("", ""), FIXED, "", "", row.changes, effect, window, row.moves or
            closed, False, closed, row, pathway,
        )  # fmt: skip

    def _next(self, pathway: str, row: Row) -> int:
        """Where a row leads; -1 where nobody has been yet."""
        return self.base[pathway] + row.next if self.automata[pathway].is_known(row.next) else -1

    def _closed(self, pathway: str, row: Row) -> bool:
        """Is the case over with this: a closed stage from which nothing that is simulated leads on?"""
        automaton = self.automata[pathway]
        return bool(automaton.nodes[row.next].closed) and not automaton.ways(row.next).groups

    def _effect(self, pathway: str, row: Row, closed: bool) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for milestone in row.means:
            if milestone in ("custody_in", "custody_out"):
                found.append((CUSTODY, "yes" if milestone == "custody_in" else "no"))
        outcome = self.automata[pathway].nodes[row.next].closed
        if outcome:
            found += [(AFTER, self.after_of.get(outcome, "")), (CUSTODY, "no"), (ENTRIES, "yes")]
        evidence = self.evidence.get(pathway)
        turns = (
            evidence.turns.get(row.act.name, {}) if evidence and row.act and row.act.verb == "step" else {}
        )
        return (*found, *turns.items())


def counted(pathway: str, row: Row) -> str:
    """The name under which a way on is counted: pathway, act, stage afterwards,
    milestones."""
    assert row.act is not None
    means = ",".join(row.means)
    return f"{pathway}:{row.act.key}>{row.to}" + (f"[{means}]" if means else "")
