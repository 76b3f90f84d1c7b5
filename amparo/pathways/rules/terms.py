"""A checked rule: every name is resolved and every node has a kind. The back ends read nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from amparo.pathways.rules.kinds import Kind, Role
from amparo.pathways.rules.tree import Comparison, Operation


@dataclass(frozen=True, slots=True)
class Term:
    """`start` and `end` span the rule's text."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Const(Term):
    value: bool | int | Decimal | str


@dataclass(frozen=True, slots=True)
class Read(Term):
    """A fact, setting, reading, derived value or table, asked of the case by its (dotted) name."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class RuleOf(Term):
    """The answer of another rule."""

    name: str


@dataclass(frozen=True, slots=True)
class Item(Term):
    """The item at hand of an exists or all. `root` is the name of the list, which an unknown item sends the
    asker to.
    """

    variable: str
    root: str


@dataclass(frozen=True, slots=True)
class Part(Term):
    """A field of a record."""

    of: Term
    name: str
    root: str


@dataclass(frozen=True, slots=True)
class Cell(Term):
    """A column of the row that `key` names in a table."""

    table: Read
    key: Term
    column: str


@dataclass(frozen=True, slots=True)
class Listing(Term):
    items: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Not(Term):
    of: Term


@dataclass(frozen=True, slots=True)
class Logic(Term):
    op: Literal["&&", "||"]
    sides: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Compare(Term):
    op: Comparison
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Arith(Term):
    op: Operation
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Member(Term):
    """`item in of`, where `of` is a listing, several codes or a table."""

    item: Term
    of: Term


@dataclass(frozen=True, slots=True)
class Choice(Term):
    condition: Term
    yes: Term
    no: Term


@dataclass(frozen=True, slots=True)
class Each(Term):
    quantifier: Literal["exists", "all"]
    of: Term
    variable: str
    root: str
    body: Term


@dataclass(frozen=True, slots=True)
class Call(Term):
    function: str
    arguments: tuple[Term, ...]


def below(term: Term) -> tuple[Term, ...]:
    """The terms directly under one, in the order of the text."""
    match term:
        case Part(of=of) | Not(of=of):
            return (of,)
        case Cell(table=table, key=key):
            return (table, key)
        case Listing(items=items) | Call(arguments=items) | Logic(sides=items):
            return items
        case Compare(left=left, right=right) | Arith(left=left, right=right):
            return (left, right)
        case Member(item=item, of=of):
            return (item, of)
        case Choice(condition=condition, yes=yes, no=no):
            return (condition, yes, no)
        case Each(of=of, body=body):
            return (of, body)
    return ()


def walk(term: Term) -> list[Term]:
    """A term and all terms below it, in the order of the text."""
    return [term, *(deep for child in below(term) for deep in walk(child))]


def root_of(term: Term) -> str:
    """The name that a record or list came from."""
    match term:
        case Read(name=name):
            return name
        case Item(root=root) | Part(root=root):
            return root
    return ""


def said(term: Term) -> str:
    """A term as text in one spelling, so that two leaves that mean the same compare as equal."""
    match term:
        case Const():
            return _constant(term)
        case Read(name=name) | RuleOf(name=name):
            return name
        case Item(variable=variable):
            return variable
        case Part(of=of, name=name):
            return f"{said(of)}.{name}"
        case Cell(table=table, key=key, column=column):
            return f"{table.name}[{said(key)}].{column}"
        case Listing(items=items):
            return f"[{', '.join(map(said, items))}]"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(said, arguments))})"
        case Each(of=of, quantifier=quantifier, variable=variable, body=body):
            return f"{said(of)}.{quantifier}({variable}, {said(body)})"
    return _operation(term)


def _operation(term: Term) -> str:
    match term:
        case Not(of=of):
            return f"!{bracketed(of)}"
        case Logic(op=op, sides=sides):
            return f" {op} ".join(map(bracketed, sides))
        case Compare(op=op, left=left, right=right):
            return f"{bracketed(left)} {op} {bracketed(right)}"
        case Arith(op=sign, left=left, right=right):
            return f"{bracketed(left)} {sign} {bracketed(right)}"
        case Member(item=item, of=of):
            return f"{bracketed(item)} in {said(of)}"
        case Choice(condition=condition, yes=yes, no=no):
            return f"{bracketed(condition)} ? {bracketed(yes)} : {bracketed(no)}"
    raise AssertionError(term)


def bracketed(term: Term) -> str:
    """A term as one side of an operator."""
    text = said(term)
    return f"({text})" if isinstance(term, Logic | Compare | Arith | Member | Choice) else text


def _constant(term: Const) -> str:
    if isinstance(term.value, bool):
        return "true" if term.value else "false"
    if isinstance(term.value, str):
        return f"'{term.value}'"
    if isinstance(term.value, Decimal):
        return format(term.value, "f")
    return f"duration('{term.value}s')" if term.kind.name == "duration" else str(term.value)


@dataclass(frozen=True)
class CheckedTree:
    """A rule that passed: its text, its tree and, through `kind`, what it answers."""

    text: str
    term: Term

    @property
    def kind(self) -> Kind:
        return self.term.kind

    @cached_property
    def reads(self) -> frozenset[str]:
        """Names it asks of the case itself, not through other rules."""
        return frozenset(term.name for term in walk(self.term) if isinstance(term, Read))

    @cached_property
    def rules(self) -> frozenset[str]:
        """Names of the rules it goes on to."""
        return frozenset(term.name for term in walk(self.term) if isinstance(term, RuleOf))
