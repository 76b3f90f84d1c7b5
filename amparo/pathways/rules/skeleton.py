"""The boolean skeleton of a condition: its atoms, and its answer given theirs. For checks over all cases."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from amparo.pathways.rules import terms
from amparo.pathways.rules.dated import LAW_DATE, Dated, Version
from amparo.pathways.rules.generate import Decided, Generator
from amparo.pathways.rules.kinds import DATE, Kind
from amparo.pathways.rules.terms import Term

Constant: TypeAlias = "bool | int | Decimal | str | datetime.date | None"

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Atom(NamedTuple):
    """A leaf as a check sees it. Atoms of one meaning have one `key`, in whichever rule they stand.

    ========  ==================================================================================
    op        meaning
    ========  ==================================================================================
    is        the yes or no `subject`
    == … >=   `subject` compared with `constants[0]`; on a line where `kind` has an order
    in        `subject` is one of `constants`
    within    the law date lies in `constants` (from, until), both inclusive, None: without end
    ''        anything else: a free bit
    ========  ==================================================================================

    `least` is the smallest value of the subject, where there is one (counts begin at 0). `names` are all
    names read.
    """

    key: str
    names: tuple[str, ...]
    subject: str
    op: str
    constants: tuple[Constant, ...]
    kind: Kind
    least: int | None = None


class Skeleton(Generator):
    """Writes a function of the list `a` of the atoms' answers. It has no parts."""

    def __init__(self, rules: Mapping[str, Dated]) -> None:
        super().__init__(rules)
        self.atoms: dict[str, Atom] = {}

    def atom(self, atom: Atom) -> str:
        self.atoms.setdefault(atom.key, atom)
        return f"a[{list(self.atoms).index(atom.key)}]"

    def leaf(self, term: Term) -> Decided:
        if isinstance(term, terms.Const):
            out = self.fresh()
            self.line(f"v{out} = {term.value!r}")
            return self.decided(out)
        return Decided(self.atom(atom_of(term, self.names_of(term))), self.zero)

    def each(self, term: terms.Each) -> Decided:
        return self.leaf(term)

    def other(self, term: Term, decided: Decided) -> Decided:
        return decided

    def dated(
        self, versions: Sequence[Version], found: list[Decided], name: str, through: tuple[str, ...]
    ) -> Decided:
        out = self.fresh()
        periods = [self.atom(_period(version)) for version in versions]
        word = "if"
        for period, each in zip(periods, found, strict=True):
            self.line(f"{word} {period} is True:")
            self.settle(out, each.answer, "")
            word = "elif"
        first = found[0].answer
        same = "".join(f" and {first} == {each.answer}" for each in found[1:])
        unknown = " or ".join(f"{period} is None" for period in periods)
        self.line(f"elif ({unknown}) and {first} is not None{same}:")
        self.settle(out, first, "")
        self.line("else:")
        self.settle(out, "None", "")
        return self.decided(out)

    def settle(self, out: int, answer: str, parts: str) -> None:
        self.line(f"    v{out} = {answer}")

    def decided(self, out: int) -> Decided:
        return Decided(f"v{out}", self.zero)

    def returned(self, decided: Decided) -> str:
        return decided.answer


def atom_of(term: Term, names: tuple[str, ...]) -> Atom:
    """The atom of a leaf."""
    key = terms.said(term)
    match term:
        case terms.Compare(op=op, left=left, right=terms.Const(value=value)):
            return Atom(key, names, terms.said(left), op, (value,), left.kind, _least(left))
        case terms.Compare(op=op, left=terms.Const(value=value), right=right):
            turned = f"{terms.bracketed(right)} {TURNED[op]} {terms.said(term.left)}"
            return Atom(turned, names, terms.said(right), TURNED[op], (value,), right.kind, _least(right))
        case terms.Member(item=item, of=terms.Listing(items=items)) if _constant(items):
            constants = tuple(each.value for each in items if isinstance(each, terms.Const))
            return Atom(key, names, terms.said(item), "in", constants, item.kind, _least(item))
        case terms.Read() | terms.Part() | terms.Cell():
            return Atom(key, names, key, "is", (True,), term.kind)
    return Atom(key, names, key, "", (), term.kind)


def _constant(items: tuple[Term, ...]) -> bool:
    return all(isinstance(each, terms.Const) for each in items)


def _period(version: Version) -> Atom:
    key = f"{LAW_DATE} {version.from_ or ''}..{version.until or ''}"
    return Atom(key, (LAW_DATE,), LAW_DATE, "within", (version.from_, version.until), DATE)


def _least(term: Term) -> int | None:
    """0 for what only counts up: a count, or sums and products of counts."""
    if term.kind.name != "count":
        return None
    match term:
        case terms.Read() | terms.Part() | terms.Cell():
            return 0
        case terms.Arith(op="+" | "*", left=left, right=right):
            return 0 if _least(left) == 0 and _least(right) == 0 else None
        case terms.Const(value=value):
            return 0 if isinstance(value, int) and value >= 0 else None
    return None
