"""The tree of a rule as it is written. Every node knows its span of the text and the depth below it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
Operation = Literal["+", "-", "*"]


@dataclass(frozen=True, slots=True)
class Node:
    """`start` and `end` are offsets into the text; `depth` is 1 for a leaf."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Const(Node):
    """A constant; `form` tells an int of `duration('30m')`, in seconds, from a plain one."""

    value: bool | int | Decimal | str
    form: Literal["yes_no", "count", "number", "text", "duration"]


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Field(Node):
    of: Node
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Index(Node):
    of: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Listing(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    of: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """A chain of one operator: `a && b && c` is one node with three sides."""

    op: Literal["&&", "||"]
    sides: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    op: Comparison
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Arith(Node):
    op: Operation
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Member(Node):
    item: Node
    of: Node


@dataclass(frozen=True, slots=True)
class Choice(Node):
    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Each(Node):
    """`of.exists(variable, body)` or `of.all(variable, body)`; `at` is where the variable stands."""

    quantifier: Literal["exists", "all"]
    of: Node
    variable: str
    at: int
    body: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    function: str
    arguments: tuple[Node, ...]


def below(node: Node) -> tuple[Node, ...]:
    """The nodes directly under one, in the order of the text."""
    match node:
        case Field(of=of) | Not(of=of):
            return (of,)
        case Index(of=left, key=right) | Compare(left=left, right=right) | Arith(left=left, right=right):
            return (left, right)
        case Member(item=left, of=right) | Each(of=left, body=right):
            return (left, right)
        case Listing(items=nodes) | Logic(sides=nodes) | Call(arguments=nodes):
            return nodes
        case Choice(condition=condition, yes=yes, no=no):
            return (condition, yes, no)
    return ()


def names_in(node: Node) -> dict[str, int]:
    """The plain names a tree speaks of, each with the offset where it first stands."""
    if isinstance(node, Name):
        return {node.name: node.start}
    found: dict[str, int] = {}
    for child in below(node):
        for name, at in names_in(child).items():
            found.setdefault(name, at)
    return found
