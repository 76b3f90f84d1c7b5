"""A slow reader of rules, written from the reference of the language alone: the oracle of the tests.

It walks the parsed tree, knows nothing of kinds, generated code or masks, and returns for each node its
answer and the spans of the leaves that decided.
"""

import datetime
from collections.abc import Mapping
from decimal import Context, Decimal, DecimalException, Inexact
from typing import Any, NamedTuple

from amparo.pathways.rules import Some
from amparo.pathways.rules.tree import (
    Arith,
    Call,
    Choice,
    Compare,
    Const,
    Each,
    Field,
    Index,
    Listing,
    Logic,
    Member,
    Name,
    Node,
    Not,
    names_in,
)
from tests.pathways.rules.world import day


class Seen(NamedTuple):
    answer: Any
    spans: frozenset[tuple[int, int]]


class Reader:
    """What a case with these facts answers. Rules are given as parsed trees."""

    def __init__(self, facts: Mapping[str, Any], rules: Mapping[str, Node] | None = None) -> None:
        self.facts, self.rules = dict(facts), rules or {}
        self.lists: list[tuple[set[str], tuple[int, int]]] = []

    def see(self, node: Node) -> Seen:
        match node:
            case Not(of=of):
                seen = self.see(of)
                return Seen(None if seen.answer is None else not seen.answer, seen.spans)
            case Logic(op=op, sides=sides):
                return self.logic([self.see(side) for side in sides], stop=op == "||")
            case Choice():
                return self.choice(node)
            case Each():
                return self.each(node)
            case Name(name=name) if name in self.rules:
                return self.see(self.rules[name])
        return Seen(self.value(node), self.leaf(node))

    def leaf(self, node: Node) -> frozenset[tuple[int, int]]:
        """The leaf, with each list at whose items it stands without a word about them."""
        spoken = set(names_in(node))
        around = [span for variables, span in self.lists if not variables & spoken]
        return frozenset({(node.start, node.end), *around})

    @staticmethod
    def logic(sides: list[Seen], stop: bool) -> Seen:
        for wanted in (stop, None, not stop):
            deciding = [side for side in sides if side.answer is wanted]
            if deciding:
                return Seen(wanted, frozenset().union(*(side.spans for side in deciding)))
        raise AssertionError

    def choice(self, node: Choice) -> Seen:
        condition, yes, no = self.see(node.condition), self.see(node.yes), self.see(node.no)
        if condition.answer is not None:
            taken = yes if condition.answer else no
            return Seen(taken.answer, condition.spans | taken.spans)
        if yes.answer is not None and yes.answer == no.answer:
            return Seen(yes.answer, yes.spans | no.spans)
        return Seen(None, condition.spans)

    def each(self, node: Each) -> Seen:
        found, itself = self.value(node.of), self.leaf(node.of)
        if found is None:
            return Seen(None, itself)
        of = set(names_in(node.of))
        outer = [({*names, node.variable} if names & of else names, span) for names, span in self.lists]
        before, self.lists = self.lists, [*outer, ({node.variable}, (node.of.start, node.of.end))]
        sides = []
        for item in found.items:
            self.facts[node.variable] = item
            sides.append(self.see(node.body))
            del self.facts[node.variable]
        self.lists = before
        if found.open:
            sides.append(Seen(None, itself))
        stop = node.quantifier == "exists"
        return self.logic(sides, stop) if sides else Seen(not stop, itself)

    def value(self, node: Node) -> Any:
        match node:
            case Const(value=value):
                return value
            case Name(name=name) if name not in self.rules:
                return self.facts.get(name)
            case Field(of=Index(of=Name(name=table), key=key), name=column):
                rows, code = self.facts.get(table), self.value(key)
                return None if rows is None or code is None else rows.get(code, {}).get(column)
            case Field(of=Name(name=name), name=field) if name not in self.facts or self.facts[name] is None:
                return self.facts.get(f"{name}.{field}")
            case Field(of=of, name=field):
                return self.value(of).get(field)
            case Compare(op=op, left=left, right=right):
                return compare(op, self.value(left), self.value(right))
            case Arith(op=op, left=left, right=right):
                return arithmetic(op, self.value(left), self.value(right))
            case Member(item=item, of=Listing(items=items)):
                return among(self.value(item), Some(tuple(self.value(each) for each in items)))
            case Member(item=item, of=of):
                return among(self.value(item), self.value(of))
            case Call(function=function, arguments=arguments):
                return call(function, [self.value(each) for each in arguments])
        return self.see(node).answer


def compare(op: str, one: Any, other: Any) -> bool | None:
    if one is None or other is None:
        return None
    return {
        "==": one == other,
        "!=": one != other,
        "<": op == "<" and one < other,
        "<=": op == "<=" and one <= other,
        ">": op == ">" and one > other,
        ">=": op == ">=" and one >= other,
    }[op]


def arithmetic(op: str, one: Any, other: Any) -> Any:
    if one is None or other is None:
        return None
    if isinstance(one, Decimal):
        exact = Context(prec=60, traps=[Inexact])
        try:
            return {"+": exact.add, "-": exact.subtract, "*": exact.multiply}[op](one, other)
        except DecimalException:
            return None
    result = {"+": one + other, "-": one - other, "*": one * other}[op]
    return result if -(2**63) <= result < 2**63 else None


def among(item: Any, where: Any) -> bool | None:
    if item is None or where is None:
        return None
    if isinstance(where, Some):
        found = item in [code for code in where.codes if code is not None]
        unsure = where.open or None in where.codes
        return True if found else None if unsure else False
    return item in where


def call(function: str, given: list[Any]) -> Any:
    if None in given:
        return None
    if function == "date_of":
        return day(given[0])
    if function == "days_between":
        return given[1].toordinal() - given[0].toordinal()
    return years(*given)


def years(one: datetime.date, other: datetime.date) -> int:
    """Birthdays counted one by one; that of 29 February is 1 March in a common year."""
    if other < one:
        return -years(other, one)
    return sum(1 for year in range(one.year + 1, other.year + 1) if birthday(one, year) <= other)


def birthday(born: datetime.date, year: int) -> datetime.date:
    try:
        return born.replace(year=year)
    except ValueError:
        return datetime.date(year, 3, 1)
