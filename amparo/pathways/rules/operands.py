"""What stands inside a leaf, as Python expressions: constants, names, fields, cells, sums and functions.

An operand is not known (None) when anything below it is. `Operand.why` is an expression for the names
behind that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from amparo.pathways.rules import terms
from amparo.pathways.rules.dated import LAW_DATE
from amparo.pathways.rules.lines import Lines
from amparo.pathways.rules.terms import Term

ERROR = repr((("", "error"),))


class Operand(NamedTuple):
    """`code` gives the value; `why`, evaluated only where that is None, pairs (name, why).

    `maybe`: it can be None. `shown` are the values read, (text, expression), for the sentence about the leaf.
    """

    code: str
    why: str
    maybe: bool
    shown: tuple[tuple[str, str], ...]


class Operands(Lines, ABC):
    """Writes the operands of leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[str, int] = {}

    @contextmanager
    def item(self, variable: str, number: int) -> Iterator[None]:
        self.items[variable] = number
        yield
        del self.items[variable]

    def numbers(self) -> list[str]:
        """The variables that count the items at hand, the outer list first."""
        return [f"n{number}" for number in self.items.values()]

    def operand(self, term: Term) -> Operand:
        match term:
            case terms.Const(value=value):
                return Operand(repr(value), "()", False, ())
            case terms.Read(name=name):
                return Operand(self.local(name), repr((_asked(term),)), True, ((name, self.local(name)),))
            case terms.Item(variable=variable, root=root):
                code = f"i{self.items[variable]}"
                maybe = term.kind.name != "record"
                return Operand(code, repr(((root, "not known"),)), maybe, ((variable, code),))
            case terms.Part():
                return self.part_of(term)
            case terms.Cell():
                return self.cell(term)
            case terms.Arith():
                return self.arithmetic(term)
            case terms.Compare(op=op, left=left, right=right):
                one, other = self.operand(left), self.operand(right)
                return self.strict(f"{one.code} {op} {other.code}", [one, other])
            case terms.Member():
                return self.member(term)
            case terms.Call():
                return self.call(term)
        return self.inner(term)

    @abstractmethod
    def inner(self, term: Term) -> Operand:
        """A condition that stands inside a leaf."""

    def strict(self, code: str, below: list[Operand], otherwise: str = "") -> Operand:
        """A value not known as soon as one below it is. `otherwise`: why, where it can lack all the same."""
        out, maybe = f"w{self.fresh()}", [each for each in below if each.maybe]
        unknown = " or ".join(f"{each.code} is None" for each in maybe)
        self.line(f"{out} = None if {unknown} else {code}" if unknown else f"{out} = {code}")
        why = "+".join(f"({each.why} if {each.code} is None else ())" for each in maybe) or "()"
        if otherwise:
            why = f"({why} or {otherwise})"
        shown = dict(pair for each in below for pair in each.shown)
        return Operand(out, why, bool(maybe) or bool(otherwise), tuple(shown.items()))

    def part_of(self, term: terms.Part) -> Operand:
        of = self.operand(term.of)
        found = self.strict(f"{of.code}.get({term.name!r})", [of], repr(((term.root, "not known"),)))
        return found._replace(shown=((terms.said(term), found.code),))

    def cell(self, term: terms.Cell) -> Operand:
        of, key = self.operand(term.table), self.operand(term.key)
        lacking = repr(((term.table.name, "no value"),))
        found = self.strict(f"cell({of.code}, {key.code}, {term.column!r})", [of, key], lacking)
        return found._replace(shown=(*key.shown, (terms.said(term), found.code)))

    def arithmetic(self, term: terms.Arith) -> Operand:
        one, other = self.operand(term.left), self.operand(term.right)
        kind = term.kind.name
        if kind == "number":
            code = f"exact({term.op!r}, {one.code}, {other.code})"
        else:
            code = f"{'instant' if kind == 'instant' else 'whole'}({one.code} {term.op} {other.code})"
        return self.strict(code, [one, other], ERROR)

    def call(self, term: terms.Call) -> Operand:
        below = [self.operand(argument) for argument in term.arguments]
        given = ", ".join(each.code for each in below)
        if term.function == "date_of":
            return self.strict(f"day_of(day, {given})", below, ERROR)
        return self.strict(f"{term.function}({given})", below)

    def member(self, term: terms.Member) -> Operand:
        item = self.operand(term.item)
        if isinstance(term.of, terms.Listing):
            return self.listed(item, term.of)
        of = self.operand(term.of)
        if term.of.kind.name == "table":
            found = self.strict(f"{item.code} in {of.code}", [item, of])
            return found._replace(shown=item.shown)
        code = f"among({item.code}, {of.code}.codes, {of.code}.open)"
        return self.strict(code, [item, of], self.more(term.of, of))

    @staticmethod
    def more(term: Term, of: Operand) -> str:
        """Why there may be more in a list that is known."""
        return of.why if isinstance(term, terms.Read) else repr(((terms.root_of(term), "not known"),))

    def listed(self, item: Operand, listing: terms.Listing) -> Operand:
        elements = [self.operand(each) for each in listing.items]
        known = "".join(f"{each.code}, " for each in elements)
        maybe = [each for each in elements if each.maybe]
        if not maybe:
            return self.strict(f"{item.code} in ({known})", [item])
        why = "+".join(f"({each.why} if {each.code} is None else ())" for each in maybe)
        found = self.strict(f"among({item.code}, ({known}), False)", [item], f"({why})")
        return found._replace(shown=(*item.shown, *(pair for each in elements for pair in each.shown)))


def _asked(term: terms.Read) -> tuple[str, str]:
    """The name to ask for where a read is not known: of a table, the date that chooses its version."""
    if term.role == "table":
        return LAW_DATE, "not known"
    return term.name, "setting not entered" if term.role == "setting" else "not known"
