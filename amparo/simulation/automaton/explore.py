"""The automaton of a pathway: its nodes, and from each the lawful ways on, as the engine itself answers.

Nothing of the law is written a second time: whether a step is lawful, where it leads, which clocks it starts, stops or
pauses is asked of `cases.decide` on one case of the node, once, and kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from amparo.cases import clocks, readings
from amparo.cases.fold import apply
from amparo.cases.model import Case, Nothing_, Refusal, Site, Telling
from amparo.cases.readings import Readings
from amparo.errors import SimulationFault
from amparo.pathways import courts
from amparo.pathways.model import Pathway, Rule
from amparo.simulation.automaton import plan as plans
from amparo.simulation.automaton import shift
from amparo.simulation.automaton.acts import Act, Told
from amparo.simulation.automaton.alpha import Alpha, Key
from amparo.simulation.automaton.changes import Change, changes
from amparo.simulation.automaton.plan import Plan, Way
from amparo.simulation.automaton.scribe import Scribe, Taken

MANY = 20_000
"""So many combinations of answers are tried at most where a case opens or a choice is made."""

GAP = 60
"""Seconds from one event of a node's own case to the next."""


Holds = tuple[bool | None, ...]


class Member(NamedTuple):
    """A lawful way on with one combination of answers.

    key: of its evidence. row: where it leads. terms: for each term drawn, which value. holds: whether each rule of each
    term is true.
    """

    key: str
    row: int
    terms: tuple[int, ...]
    holds: tuple[Holds, ...]


class Row(NamedTuple):
    """One lawful way on from a node.

    way: None where a clock runs out (`clock`). act: with the answers it was tried with. next: node. changes: of clocks.
    to: the stage afterwards; means: milestones reached. moves: a stage or phase is entered.
    """

    way: Way | None
    clock: str
    act: Act | None
    next: int
    changes: tuple[Change, ...]
    to: str
    means: tuple[str, ...]
    moves: bool


class Asking(NamedTuple):
    """What a way is told: places of facts always, places under a rule, and its terms with their numbers."""

    way: Way
    key: str
    always: tuple[int, ...]
    under: tuple[tuple[int, Rule], ...]
    terms: tuple[tuple[Told, tuple[int, ...]], ...]


class Group(NamedTuple):
    """Ways that are drawn together, and what their shares rest on.

    manner, name: of the ways. facts: those drawn with it. combos: by combination of answers, the number of each answer.
    holds: by combination, for each fact and then for the choice, whether each of its rules is true; None where that is
    answered by class. rows: by combination and member, the row it
    leads to and the share of its terms; a member that is not lawful with these answers is left out.
    """

    manner: str
    name: str
    facts: tuple[str, ...]
    combos: tuple[tuple[int, ...], ...]
    holds: tuple[tuple[Holds, ...], ...]
    rows: tuple[tuple[Member, ...], ...]


class Node(NamedTuple):
    """One node. label: its stage, with the phase. case, t: a case that stands there. closed: its outcome, '' if
    open."""

    key: Key
    label: str
    case: Case
    t: int
    closed: str


class Ways(NamedTuple):
    """What leaves a node."""

    rows: tuple[Row, ...]
    groups: tuple[Group, ...]


class Automaton:
    """Explored as far as anybody has asked. pathway, site: as in a case; plan: what may happen; start: epoch
    seconds."""

    def __init__(self, pathway: Pathway, site: Site, plan: Plan, start: int) -> None:
        self.pathway, self.site, self.plan, self.start = pathway, site, plan, start
        opening = tuple(door.opens_with for door in pathway.doors.values())
        self.alpha = Alpha(pathway, tuple(dict.fromkeys((*plan.steps, *opening))), plan.rules)
        self.rules = {text: self.alpha.compiled(text) for text in plan.rules}
        self.scribe = Scribe(pathway, site)
        self.nodes: list[Node] = []
        self._ids: dict[Key, int] = {}
        self._ways: dict[int, Ways] = {}
        self._entries: dict[str, Ways] = {}

    # ------------------------------------------------------------------------------------------ nodes
    def node(self, case: Case, t: int) -> int:
        """The number of the node in which a case stands at t."""
        key = self.alpha.key(case, t)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self.nodes)
            placed = shift.fresh(case, self.alpha.clocks, t)
            closed = self.pathway.stages[case.stage].closed or ""
            self.nodes.append(Node(key, label(case), placed, t, closed))
        return found

    def ways(self, number: int) -> Ways:
        """What leaves a node; asked of the engine the first time."""
        found = self._ways.get(number)
        if found is None:
            found = self._ways[number] = self._explored(self.nodes[number])
        return found

    def is_known(self, number: int) -> bool:
        """Has it been asked what leaves this node?"""
        return number in self._ways

    def more(self, numbers: Iterable[int], deep: int = 2) -> None:
        """Asks what leaves these nodes, and those that they lead to, so many steps on."""
        front = set(numbers)
        for _ in range(deep):
            front = {row.next for n in sorted(front) for row in self.ways(n).rows}

    def entry(self, door: str) -> Ways:
        """What a case can be after the door's opening step, by the answers given at it."""
        found = self._entries.get(door)
        if found is None:
            found = self._entries[door] = self._opened(door)
        return found

    # ------------------------------------------------------------------------------------------ leaving a node
    def _explored(self, node: Node) -> Ways:
        rows: list[Row] = list(self._clocks(node))
        groups: list[Group] = []
        ways = self.plan.ways.get(node.label) or self.plan.ways.get(node.case.stage, ())
        for (manner, name), members in _grouped(ways):
            group = self._group(node, manner, name, members, rows)
            if group is not None:
                groups.append(group)
        return Ways(tuple(rows), tuple(groups))

    def _clocks(self, node: Node) -> Iterator[Row]:
        for name in self.alpha.clocks:
            if self.alpha.clock(node.case, name, node.t) != "running":
                continue
            case = shift.run_out(node.case, name, node.t)
            for event in clocks.tick(self.pathway, case, node.t):
                case = apply(self.pathway, self.site, case, event)
            after = self.node(case, node.t)
            yield Row(None, name, None, after, (), case.stage, (), False)

    def _group(
        self, node: Node, manner: str, name: str, members: tuple[Way, ...], rows: list[Row]
    ) -> Group | None:
        members = tuple(way for way in members if self._can_begin(node, way))
        if not members:
            return None
        t = node.t + GAP
        facts = self._drawn(node.case, members, t)
        found: dict[Any, int | None] = {}
        combos, branches, per = [], [], []
        asking = tuple(self._asking(way, facts) for way in members)
        for combo in self._combos(facts):
            told = self._hypothetical(node.case, facts, combo, t)
            lawful = tuple(self._members(node, told, asking, facts, combo, t, found, rows))
            if lawful:
                combos.append(combo)
                branches.append(self._holds_of(told, t, facts, manner, name))
                per.append(lawful)
        return Group(manner, name, facts, tuple(combos), tuple(branches), tuple(per)) if combos else None

    def _can_begin(self, node: Node, way: Way) -> bool:
        """Not a step that this very case may take no more, nor a letter that nobody waits for."""
        if way.verb == "deliver":
            copies = readings.newest_copies(node.case, way.name, node.t)
            return any(x.state in ("due", "made") for x in copies)
        if way.verb == "oblige":
            open_ = ("agreed", "under_way", "waiting", "breached")
            return any(o.kind == way.name and o.state in open_ for o in node.case.obligations.values())
        return True

    def _drawn(self, case: Case, members: Iterable[Way], t: int) -> tuple[str, ...]:
        """The facts that are drawn with these steps: asked by one of them, and not told before."""
        found: dict[str, None] = {}
        for way in members:
            if way.verb != "step":
                found |= dict.fromkeys(f for f in self._of_breach(way) if f in self.plan.facts)
                continue
            for ask in self.pathway.steps[way.name].asks:
                if ask.fact in self.plan.facts and (
                    ask.each_time or readings.told(case, ask.fact, t) is None
                ):
                    found[ask.fact] = None
            needs = self.pathway.steps[way.name].needs
            for fact in needs.accepted if needs else ():
                if fact in self.plan.facts:
                    found[fact] = None
        return tuple(found)

    def _of_breach(self, way: Way) -> tuple[str, ...]:
        """What is asked when an obligation is found to be breached."""
        kind = self.pathway.obligations[way.name] if way.verb == "oblige" else None
        return (
            kind.breach.asks
            if kind is not None and kind.breach is not None and way.does == "breached"
            else ()
        )

    def _combos(self, facts: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
        sizes = [len(self.plan.facts[name].answers) for name in facts]
        number = 1
        for size in sizes:
            number *= size
        if number > MANY:
            raise SimulationFault(
                f"{self.pathway.id}: {number} combinations of {', '.join(facts)} would have to be tried · give fewer "
                "answers in `facts`, or let rules read fewer of them"
            )
        return itertools.product(*(range(size) for size in sizes))

    def _hypothetical(self, case: Case, facts: tuple[str, ...], combo: tuple[int, ...], t: int) -> Case:
        """The case as if these answers had been given."""
        tellings = dict(case.tellings)
        for name, n in zip(facts, combo, strict=True):
            answer = self.plan.facts[name].answers[n]
            nothing = answer.kind if isinstance(answer, Nothing_) else ""
            given = Telling(case.seq + 1, t, None if nothing else answer, nothing, "", "")
            tellings[name] = (*tellings.get(name, ()), given)
        return case._replace(tellings=tellings)

    def _holds_of(
        self, told: Case, t: int, facts: tuple[str, ...], manner: str, name: str
    ) -> tuple[Holds, ...]:
        r = Readings(told, t)
        own = self.plan.picks.get(name, ("",)) if manner == plans.PICK else ("",)
        return tuple(self._holds(r, rules) for rules in (*(self.plan.facts[f].rules for f in facts), own))

    def _holds(self, r: Readings, rules: tuple[str, ...]) -> Holds:
        """Whether each rule is true of the case; `otherwise` is, and what reads the population is answered by class."""
        return tuple(
            True
            if not text
            else None
            if text not in self.rules
            else self.rules[text].verdict(r.get, r.day) is True
            for text in rules
        )

    def _members(
        self, node: Node, told: Case, asking: tuple[Asking, ...], facts: tuple[str, ...], combo: tuple[int, ...],
        t: int, found: dict[Any, int | None], rows: list[Row],
    ) -> Iterator[Member]:  # fmt: skip
        r = Readings(told, t)
        for one in asking:
            places = one.always if not one.under else self._places(one, r)
            answers = tuple(combo[n] for n in places)
            for values, numbers in one.terms:
                key = (one.way, places, answers, numbers)
                if key not in found:
                    own = tuple((facts[n], self.plan.facts[facts[n]].answers[combo[n]]) for n in places)
                    found[key] = self._row(node, one.way, own, values, t, rows)
                row = found[key]
                if row is not None:
                    holds = tuple(self._holds(r, self.plan.terms[one.way.name, n].rules) for n, _ in values)
                    yield Member(one.key, row, numbers, holds)

    def _asking(self, way: Way, facts: tuple[str, ...]) -> Asking:
        """Which of the facts drawn a step is told, and every way in which its terms can be drawn."""
        if way.verb != "step":
            asked = set(self._of_breach(way))
            always = tuple(n for n, name in enumerate(facts) if name in asked)
            return Asking(way, Act(way.verb, way.name, does=way.does).key, always, (), (((), ()),))
        step = self.pathway.steps[way.name]
        under = {a.fact: a.if_ for a in step.asks if a.if_ is not None}
        asked = {a.fact for a in step.asks} | set(step.needs.accepted if step.needs else ())
        always = tuple(n for n, name in enumerate(facts) if name in asked and name not in under)
        some = tuple((n, under[name]) for n, name in enumerate(facts) if name in under)
        named = [n for n in step.terms if (way.name, n) in self.plan.terms]
        all_ = [self.plan.terms[way.name, n] for n in named]
        terms = tuple(
            (tuple((n, x.answers[i]) for n, x, i in zip(named, all_, numbers, strict=True)), numbers)
            for numbers in itertools.product(*(range(len(x.answers)) for x in all_))
        )
        return Asking(way, way.name, always, some, terms)

    def _places(self, one: Asking, r: Readings) -> tuple[int, ...]:
        """Where the facts stand that the step is told with these answers, in the order of the facts."""
        return tuple(sorted((*one.always, *(n for n, rule in one.under if r.verdict(rule) is True))))

    def _row(self, node: Node, way: Way, own: Told, terms: Told, t: int, rows: list[Row]) -> int | None:
        act = Act(way.verb, way.name, own, terms, way.does)
        taken = self.scribe.take(node.case, act, t)
        if isinstance(taken, Refusal) or len(taken.case.unmet) > len(node.case.unmet):
            return None
        made = self._made(node, way, act, taken, t)
        same = next((n for n, row in enumerate(rows) if row[:2] == made[:2] and row[3:] == made[3:]), None)
        if same is None:
            rows.append(made)
        return len(rows) - 1 if same is None else same

    def _made(self, node: Node, way: Way, act: Act, taken: Taken, t: int) -> Row:
        case = taken.case
        changed = changes(self.pathway, self.alpha.clocks, node.case, case, t)
        moves = case.stage != node.case.stage or case.phase != node.case.phase or self._enters(way)
        return Row(
            way, "", act, self.node(case, t), changed, label(case), milestones(self.pathway, taken), moves
        )

    def _enters(self, way: Way) -> bool:
        """A step with a target enters its stage anew, even where that is the same stage."""
        return way.verb == "step" and any(b.to == "" for b in self.pathway.steps[way.name].to)

    # ------------------------------------------------------------------------------------------ opening
    def _opened(self, door: str) -> Ways:
        step = self.pathway.doors[door].opens_with
        way = Way("step", step, plans.PICK, f"door {door}")
        facts = tuple(
            a.fact
            for a in self.pathway.steps[step].asks
            if a.fact in self.plan.facts and a.fact in self._matter
        )
        rows: list[Row] = []
        known: dict[Any, int | None] = {}
        combos, branches, per = [], [], []
        base: Case | None = None
        for combo in self._combos(facts):
            told = tuple((f, self.plan.facts[f].answers[n]) for f, n in zip(facts, combo, strict=True))
            if base is not None:
                supposed = self._hypothetical(_forgotten(base, facts), facts, combo, self.start)
                key = self.alpha.opening(supposed, step, door, self.start)
            else:
                supposed, key = None, None
            if key is None or key not in known:
                row, case = self._open_row(way, door, told, rows)
                base = base if case is None else case
                if key is not None:
                    known[key] = row
            else:
                row = known[key]
            if row is not None:
                combos.append(combo)
                at = supposed if supposed is not None else self.nodes[rows[row].next].case
                branches.append(self._holds_of(at, self.start, facts, "", ""))
                per.append((Member(step, row, (), ()),))
        return Ways(
            tuple(rows), (Group(plans.PICK, way.group, facts, tuple(combos), tuple(branches), tuple(per)),)
        )

    @property
    def _matter(self) -> frozenset[str]:
        return frozenset(self.alpha.facts)

    def _open_row(self, way: Way, door: str, told: Told, rows: list[Row]) -> tuple[int | None, Case | None]:
        act = Act("step", way.name, told, door=door)
        taken = self.scribe.take(None, act, self.start)
        if isinstance(taken, Refusal) or taken.case.unmet:
            return None, None
        case = taken.case
        changed = changes(self.pathway, self.alpha.clocks, None, case, self.start)
        made = Row(
            way,
            "",
            act,
            self.node(case, self.start),
            changed,
            label(case),
            milestones(self.pathway, taken),
            True,
        )
        same = next((n for n, row in enumerate(rows) if row[3:] == made[3:]), None)
        if same is None:
            rows.append(made)
        return (len(rows) - 1 if same is None else same), case


# ------------------------------------------------------------------------------------------------ small things
def label(case: Case) -> str:
    """The stage, and the phase where the case stands in its stage of phases."""
    phases = courts.phases_of(case.pathway)
    inside = phases is not None and phases.in_stage == case.stage and case.phase
    return f"{case.stage}.{case.phase}" if inside else case.stage


def milestones(pathway: Pathway, taken: Taken) -> tuple[str, ...]:
    """What an act's own events reached."""
    found: list[str] = []
    for event in taken.events:
        if event.kind == "step.taken":
            step = pathway.steps.get(event.data["step"])
            means = step.means if step else ()
            found += [
                m for m in means if step and (m not in step.means_if or m in event.data.get("means", ()))
            ]
    return tuple(found)


def _forgotten(case: Case, facts: tuple[str, ...]) -> Case:
    return case._replace(tellings={k: v for k, v in case.tellings.items() if k not in facts})


def _grouped(ways: Iterable[Way]) -> Iterator[tuple[tuple[str, str], tuple[Way, ...]]]:
    """Those drawn together stand together; each hazard and each delay by itself."""
    found: dict[tuple[str, str], list[Way]] = {}
    for way in ways:
        alone = way.manner in (plans.HAZARD, plans.DELAY)
        key = Act(way.verb, way.name, does=way.does).key if alone else way.group
        found.setdefault((way.manner, key), []).append(way)
    return ((key, tuple(members)) for key, members in found.items())
