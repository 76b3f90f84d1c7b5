"""What the checks look at: a pathway with its rulebook, its folder, and where its steps lead."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from amparo.pathways.model import BoundRow, Pathway, Rule, Step, Term
from amparo.pathways.reader import left_from
from amparo.pathways.rulebook import Rulebook
from amparo.pathways.rules.dated import LAW_DATE

NO_NAMES: frozenset[str] = frozenset()


class Move(NamedTuple):
    """One way a step can lead: from a stage ('' for a new case) to a stage."""

    step: str
    from_: str
    to: str


class Look:
    """A pathway under examination. `folder` holds its letters and published versions, None if it has none."""

    def __init__(
        self, pathway: Pathway, folder: Path | Traversable | None, before: tuple[Pathway, ...]
    ) -> None:
        self.pathway, self.folder, self.before = pathway, folder, before
        self.book = Rulebook(pathway)

    # ------------------------------------------------------------------------------------------ the graph
    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every way of every step, those that stay where they are included."""
        return tuple(move for name, step in self.pathway.steps.items() for move in self._moves(name, step))

    def _moves(self, name: str, step: Step) -> Iterator[Move]:
        targets = [branch.to for branch in step.to] or [""]
        for stage in left_from(self.pathway, step):
            for to in targets:
                yield Move(name, "" if step.opens else stage, to or stage)

    @cached_property
    def reached(self) -> frozenset[str]:
        """The stages that some case can come to."""
        found = {move.to for move in self.moves if not move.from_}
        while True:
            more = {move.to for move in self.moves if move.from_ in found} - found
            if not more:
                return frozenset(found)
            found |= more

    def after(self, step: str) -> frozenset[str]:
        """The stages in which a case can be once this step has been taken."""
        found = {move.to for move in self.moves if move.step == step}
        while True:
            more = {move.to for move in self.moves if move.from_ in found} - found
            if not more:
                return frozenset(found)
            found |= more

    @cached_property
    def followers(self) -> dict[str, frozenset[str]]:
        """Step -> the steps that can be taken some time after it."""
        places = {name: set(left_from(self.pathway, step)) for name, step in self.pathway.steps.items()}
        found = {}
        for name in self.pathway.steps:
            after = self.after(name)
            steps = self.pathway.steps.items()
            found[name] = frozenset(n for n, step in steps if not step.opens and places[n] & after)
        return found

    # --------------------------------------------------------------------------------------- what tells facts
    @cached_property
    def tells(self) -> dict[str, frozenset[str]]:
        """Step -> the facts that taking it can tell."""
        return {
            name: frozenset([*(ask.fact for ask in step.asks), *step.also, *step.sets, *accepted(step)])
            for name, step in self.pathway.steps.items()
        }

    @cached_property
    def at_breach(self) -> frozenset[str]:
        """Facts told when a breach is found: at some time nobody can fix beforehand."""
        kinds = self.pathway.obligations.values()
        return frozenset(fact for kind in kinds if kind.breach for fact in kind.breach.asks)

    # ----------------------------------------------------------------------------------------- rules of steps
    def facts_behind(self, names: frozenset[str]) -> frozenset[str]:
        """The facts behind names that a rule reads: through derived values and the date of the law."""
        found, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name == LAW_DATE:
                name = self.pathway.law_date
            if name == "phase_met":
                waiting += {read for rule in self.book.requires.values() for read in rule.reads}
            if name in self.book.derived:
                waiting += self.book.derived[name].reads
            elif name in self.pathway.facts:
                found.add(name)
        return frozenset(found)

    def criteria_of(self, step: Step) -> tuple[str, ...]:
        """The criteria that bind a step."""
        wanted = step.needs.criteria if step.needs else "none"
        if isinstance(wanted, str):
            return tuple(self.pathway.criteria) if wanted == "all" else ()
        return wanted


def accepted(step: Step) -> tuple[str, ...]:
    """Facts that must be answered *yes* in the step itself."""
    return step.needs.accepted if step.needs else ()


def deciding_rules(step: Step) -> Iterator[tuple[str, Rule]]:
    """The rules of a step on which its lawfulness turns, each with its key."""
    if step.allowed is not None:
        yield "allowed", step.allowed
    if step.required is not None:
        yield "required", step.required
    for ask in step.asks:
        if ask.if_ is not None:
            yield f"asks {ask.fact}", ask.if_
    for branch in step.to:
        if branch.if_ is not None:
            yield "to", branch.if_
    for name, term in step.terms.items():
        yield from ((f"terms.{name}", rule) for rule in bound_rules(term))


def bound_rules(term: Term) -> Iterator[Rule]:
    """The rules that stand in the bounds of a term."""
    for bound in (term.at_least, term.at_most):
        if isinstance(bound, tuple):
            yield from (row.if_ for row in bound if isinstance(row, BoundRow) and row.if_ is not None)


def opens(pathway: Pathway, role: str) -> bool:
    """Whether a role can open a case at all."""
    sees = pathway.roles[role].sees
    return pathway.roles[role].is_ == "person" or (sees is not None and sees.cases != "none")
