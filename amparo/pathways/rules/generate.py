"""From checked rules to Python source: rules, versions, and the logic of three values.

The source is written from the tree alone: names and constants enter it by `repr`, and nothing an author
typed is ever executed. Each condition becomes an answer (True, False, None) and its *parts*, the leaves that
settled it. What becomes of leaves, lists and versions is the dialect's business: bits of a mask, notes with
the values at hand (`parts`), or atoms (`skeleton`).

Who decides (section 6.4): `&&` false, the false sides; true, all; not known, those not known; `||` the
other way round; `!` the same; `?:` the condition and the branch taken, the condition alone where it is not
known, both branches where they settle it nevertheless.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from amparo.pathways.rules import terms
from amparo.pathways.rules.dated import Dated, Version
from amparo.pathways.rules.lines import Lines
from amparo.pathways.rules.reach import leaned_on, names_behind
from amparo.pathways.rules.terms import CheckedTree, Term


class Decided(NamedTuple):
    """The expressions of an answer and of its parts."""

    answer: str
    parts: str


class Unit(NamedTuple):
    """One text on its way into the source."""

    text: str
    through: tuple[str, ...]
    version: int | None


class Generator(Lines, ABC):
    """Writes one function for a rule and all the rules it leans on."""

    zero, union = "0", "|"

    def __init__(self, rules: Mapping[str, Dated]) -> None:
        super().__init__()
        self.rules = rules
        self.unit = Unit("", (), None)
        self.answers: dict[str, Decided] = {}

    # ------------------------------------------------------------------------------------------ rules
    def source(self, root: Dated, signature: str) -> str:
        """The whole function. `signature` is its first line."""
        for name, through in leaned_on(root, self.rules):
            self.answers[name] = self.ruled(self.rules[name], name, through)
        decided = self.ruled(root, "", ())
        body = [*self.loads(), *self.lines, f"return {self.returned(decided)}"]
        return signature + "".join(f"\n    {line}" for line in body) + "\n"

    def ruled(self, rule: Dated, name: str, through: tuple[str, ...]) -> Decided:
        if isinstance(rule, CheckedTree):
            return self.whole(rule, through, None)
        nothing = Decided("None", self.zero)
        found = [
            self.whole(version.tree, through, number) if version.tree else nothing
            for number, version in enumerate(rule)
        ]
        return self.dated(rule, found, name, through)

    def whole(self, tree: CheckedTree, through: tuple[str, ...], version: int | None) -> Decided:
        self.unit = Unit(tree.text, through, version)
        return self.decide(tree.term)

    # ------------------------------------------------------------------------------------------ conditions
    def decide(self, term: Term) -> Decided:
        """Write what is needed for the answer of a term and its parts."""
        match term:
            case terms.Not(of=of):
                return self.negation(self.decide(of))
            case terms.Logic(op=op, sides=sides):
                return self.chain(op == "&&", [self.decide(side) for side in _flat(op, sides)])
            case terms.Choice():
                return self.choice(term)
            case terms.RuleOf(name=name):
                return self.other(term, self.answers[name])
            case terms.Each():
                return self.each(term)
        return self.leaf(term)

    def negation(self, of: Decided) -> Decided:
        out = self.fresh()
        self.line(f"v{out} = None if {of.answer} is None else not {of.answer}")
        return Decided(f"v{out}", of.parts)

    def chain(self, both: bool, sides: list[Decided]) -> Decided:
        """Truth is asked first, since None is no truth either and Python asks for truth fastest."""
        out = self.fresh()
        every = self.join([side.parts for side in sides])
        true = f"if {(' and ' if both else ' or ').join(side.answer for side in sides)}:"
        if both:
            branches = (
                (true, "True", every),
                self.some("False", sides),
                ("else:", "None", self.those("None", sides)),
            )
        else:
            branches = (
                (true, "True", self.those("True", sides)),
                self.some("None", sides),
                ("else:", "False", every),
            )
        for test, answer, parts in branches:
            self.line(test)
            self.settle(out, answer, parts)
        return self.decided(out)

    def some(self, answer: str, sides: list[Decided]) -> tuple[str, str, str]:
        """The branch in which a side has this answer: its test, the answer, and the parts of those sides."""
        test = f"elif {' or '.join(f'{side.answer} is {answer}' for side in sides)}:"
        return test, answer, self.those(answer, sides)

    def those(self, answer: str, sides: list[Decided]) -> str:
        """The parts of the sides that have this answer."""
        asked = "" if answer == "True" else f" is {answer}"
        return self.join([f"({side.parts} if {side.answer}{asked} else {self.zero})" for side in sides])

    def choice(self, term: terms.Choice) -> Decided:
        condition, yes, no = self.decide(term.condition), self.decide(term.yes), self.decide(term.no)
        out = self.fresh()
        self.line(f"if {condition.answer} is True:")
        self.settle(out, yes.answer, self.join([condition.parts, yes.parts]))
        self.line(f"elif {condition.answer} is False:")
        self.settle(out, no.answer, self.join([condition.parts, no.parts]))
        self.line(f"elif {yes.answer} is not None and {yes.answer} == {no.answer}:")
        self.settle(out, yes.answer, self.join([yes.parts, no.parts]))
        self.line("else:")
        self.settle(out, "None", condition.parts)
        return self.decided(out)

    def names_of(self, term: Term) -> tuple[str, ...]:
        """The names a leaf reads, in the order of the text; of an item, the list it is from."""
        found: dict[str, None] = {}
        for each in terms.walk(term):
            if isinstance(each, terms.Read):
                found[each.name] = None
            elif isinstance(each, terms.Item):
                found[each.root] = None
            elif isinstance(each, terms.RuleOf):
                found.update(dict.fromkeys(sorted(names_behind(self.rules[each.name], self.rules))))
        return tuple(found)

    def join(self, parts: list[str]) -> str:
        """The union of parts, in balanced brackets: Python's compiler goes down once a bracket."""
        kept = [part for part in parts if part != self.zero]
        if len(kept) <= 2:
            return self.union.join(kept) or self.zero
        middle = len(kept) // 2
        return f"({self.join(kept[:middle])}){self.union}({self.join(kept[middle:])})"

    union = "|"

    # ------------------------------------------------------------------------------------------ the dialect
    @abstractmethod
    def dated(
        self, versions: Sequence[Version], found: list[Decided], name: str, through: tuple[str, ...]
    ) -> Decided:
        """The version of the law date; where that is not known, the common answer of all."""

    @abstractmethod
    def other(self, term: Term, decided: Decided) -> Decided:
        """The answer of another rule, where this one names it."""

    @abstractmethod
    def each(self, term: terms.Each) -> Decided:
        """The answer of exists or all."""

    @abstractmethod
    def leaf(self, term: Term) -> Decided:
        """The answer of a comparison, a membership, a bare yes or no, or any other value."""

    @abstractmethod
    def settle(self, out: int, answer: str, parts: str) -> None:
        """Write the one line of a branch that gives an answer and its parts."""

    @abstractmethod
    def decided(self, out: int) -> Decided:
        """What `settle` wrote under this number."""

    @abstractmethod
    def returned(self, decided: Decided) -> str:
        """What the function returns."""


def _flat(op: str, sides: tuple[Term, ...]) -> Iterator[Term]:
    """The sides, those of brackets that are joined in the same way among them: they decide no differently."""
    for side in sides:
        if isinstance(side, terms.Logic) and side.op == op:
            yield from _flat(op, side.sides)
        else:
            yield side
