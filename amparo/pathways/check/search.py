"""A search through everything that can be true of a case at once, as far as the rules of one choice can tell.

Instead of trying every case, one subject after another is settled; what is not settled yet counts as *not
known*. Rules keep a *yes* or *no* once they have it, whatever else is learnt (section 6.3 of the language),
so a branch in which the question is answered already needs no further look. The answers are those of trying
every case.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from amparo.pathways.check.look import Look
from amparo.pathways.model import Fact
from amparo.pathways.rules import Compiled
from amparo.pathways.rules.dated import LAW_DATE
from amparo.pathways.rules.possible import Truth, groups
from amparo.pathways.rules.skeleton import Atom

MOST = 2**20
"""Partial cases looked at; a search that needs more draws cases instead, and says so."""

DRAWN = 100_000
"""Cases drawn then, the same ones each time."""

Case = Mapping[str, Truth]
Silent = frozenset[str]
"""Names that may stay unknown for ever."""

Keys = tuple[str, ...]
Rows = Sequence[tuple[Truth, ...]]


class Subject(NamedTuple):
    """Atoms that hang together and the rows of answers they can have. `guards`: facts read -> their
    `applies_if`.
    """

    keys: tuple[str, ...]
    rows: Rows
    guards: tuple[Compiled, ...]
    names: frozenset[str]


class TooLarge(Exception):
    """More cases than can be looked at."""


class Space:
    """What can be true at one stage: the subjects of some rules, those that guard others first."""

    def __init__(self, look: Look, stage: str, rules: Iterable[Compiled], silent: Silent) -> None:
        self.look = look
        asked = list(rules)
        atoms = _with_guards(look, asked)
        found = [self._subject(atoms, stage, keys, rows) for keys, rows in groups(atoms.values(), silent)]
        read = Counter(atom.key for rule in asked for atom in rule.atoms)
        found.sort(key=lambda subject: -max(read[key] for key in subject.keys))  # what most rules turn on
        self.subjects = _guards_first(found)
        self.looked = 0

    def _subject(self, atoms: Mapping[str, Atom], stage: str, keys: Keys, rows: Rows) -> Subject:
        first = atoms[keys[0]]
        if first.subject == "stage":
            rows = [tuple(_stands(atoms[key], stage) for key in keys)]
        if first.subject == LAW_DATE:  # the definition says nothing of days that no version reaches
            rows = [row for row in rows if any(row)]
        names = frozenset(name for key in keys for name in atoms[key].names)
        guards = [self.look.book.find(fact.applies_if) for fact in _facts(self.look, names)]
        return Subject(keys, rows, tuple(guard for guard in guards if guard is not None), names)

    def find(self, over: Callable[[Case], bool], wanted: Callable[[Case], bool]) -> Case | None:
        """A case in which `wanted` holds, or None. `over`: what is settled so far forbids it already."""
        self.looked = 0
        return self._find({}, 0, over, wanted)

    def _find(
        self, case: dict[str, Truth], depth: int, over: Callable[[Case], bool], wanted: Callable[[Case], bool]
    ) -> Case | None:
        self.looked += 1
        if self.looked > MOST:
            raise TooLarge
        if over(case):
            return None
        if depth == len(self.subjects):
            return case if wanted(case) else None
        subject = self.subjects[depth]
        for row in self._rows(subject, case):
            found = self._find({**case, **dict(zip(subject.keys, row, strict=True))}, depth + 1, over, wanted)
            if found is not None:
                return found
        return None

    def draw(self, wanted: Callable[[Case], bool]) -> Case | None:
        """A case in which `wanted` holds among many drawn evenly, or None."""
        chance = random.Random(1)
        for _ in range(DRAWN):
            case: dict[str, Truth] = {}
            for subject in self.subjects:
                case.update(zip(subject.keys, chance.choice(self._rows(subject, case)), strict=True))
            if wanted(case):
                return case
        return None

    def turns_on(self, case: Case, wanted: Callable[[Case], bool]) -> Case:
        """The part of a case on which it turns: each subject of which another answer would end it."""
        found: dict[str, Truth] = {}
        for subject in self.subjects:
            others = ({**case, **dict(zip(subject.keys, row, strict=True))} for row in subject.rows)
            if not all(wanted(other) for other in others):
                found.update((key, case[key]) for key in subject.keys)
        return found or case

    def _rows(self, subject: Subject, case: Case) -> Rows:
        """The rows that are left: a fact that does not apply is not known."""
        nothing = (None,) * len(subject.keys)
        verdicts = [verdict(guard, case) for guard in subject.guards]
        if False in verdicts:
            return [nothing]
        return [*subject.rows, nothing] if None in verdicts and nothing not in subject.rows else subject.rows


def verdict(rule: Compiled, case: Case) -> Truth:
    """A rule's answer; what is not settled is not known."""
    return rule.verdict_of([case.get(atom.key) for atom in rule.atoms])


def _with_guards(look: Look, rules: Iterable[Compiled]) -> dict[str, Atom]:
    """The atoms of the rules, and of the guards of the facts they read."""
    atoms: dict[str, Atom] = {}
    waiting, seen = list(rules), set[int]()
    while waiting:
        rule = waiting.pop()
        if id(rule) in seen:
            continue
        seen.add(id(rule))
        for atom in rule.atoms:
            atoms.setdefault(atom.key, atom)
            guards = (look.book.find(fact.applies_if) for fact in _facts(look, atom.names))
            waiting += [guard for guard in guards if guard is not None]
    return atoms


def _facts(look: Look, names: Iterable[str]) -> list[Fact]:
    return [look.pathway.facts[name] for name in names if name in look.pathway.facts]


def _stands(atom: Atom, stage: str) -> bool:
    """The answer of an atom about the stage, at this stage."""
    if atom.op == "in":
        return stage in atom.constants
    return (stage in atom.constants) == (atom.op == "==")


def _guards_first(subjects: list[Subject]) -> list[Subject]:
    """Subjects in an order in which each comes after the atoms of its guards; a ring stays as it is."""
    known = {key for subject in subjects for key in subject.keys}
    placed, waiting, settled = list[Subject](), list(subjects), set[str]()
    while waiting:
        ready = (s for s in waiting if _atoms_of(s.guards) & known <= settled | set(s.keys))
        subject = next(ready, waiting[0])
        waiting.remove(subject)
        placed.append(subject)
        settled |= set(subject.keys)
    return placed


def _atoms_of(rules: Iterable[Compiled]) -> set[str]:
    return {atom.key for rule in rules for atom in rule.atoms}


def silent_facts(look: Look, stage: str, choice: Iterable[str]) -> frozenset[str]:
    """Names that may stay unknown for ever at a stage: someone may answer with a nothing, and nobody settles
    it.

    A step outside the choice that can be taken here and asks the fact without taking a nothing settles it.
    What is computed from a silent name is silent too.
    """
    settled = _settled(look, stage, frozenset(choice))
    asks = [(ask.fact, ask.may_be) for step in look.pathway.steps.values() for ask in step.asks]
    found = {fact for fact, may_be in asks if {"not_known", "refused"} & set(may_be)} - settled
    while True:
        more = {name for name, reads in _computed(look).items() if reads & found} - found - settled
        if not more:
            return frozenset(found)
        found |= more


def _settled(look: Look, stage: str, choice: frozenset[str]) -> set[str]:
    here = {move.step for move in look.moves if move.from_ == stage} - choice
    asks = [ask for name in here for ask in look.pathway.steps[name].asks]
    return {ask.fact for ask in asks if not ask.may_be and ask.if_ is None}


def _computed(look: Look) -> dict[str, frozenset[str]]:
    """What is computed, by `or_from` or as a derived value, with all it reads."""
    found = {name: value.reads for name, value in look.book.derived.items()}
    for name, fact in look.pathway.facts.items():
        rule = look.book.find(fact.or_from)
        if rule is not None:
            found[name] = rule.reads
    law = look.pathway.law_date
    return {**found, LAW_DATE: frozenset({law})}
