"""Kinds never mix: which ones may stand on two sides of an operator, and what to say when they may not."""

from __future__ import annotations

from amparo.pathways.rules import tree
from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.kinds import DURATION, INSTANT, Kind
from amparo.pathways.rules.terms import Term, said


def same(one: Kind, other: Kind) -> bool:
    """Whether two kinds are one. Vocabularies are the same when they have the same words, in any order."""
    if one.name != other.name or one.currency != other.currency:
        return False
    return one.name == "place" or set(one.words) == set(other.words)


REMEDIES: dict[tuple[str, str], str] = {
    ("date", "instant"): "write date_of(instant) for its day at the site",
    ("count", "number"): "write the whole number with .0, or declare both facts with one kind",
    ("count", "mass"): "a number with a unit stands in a setting or a table: compare with that",
    ("count", "money"): "an amount of money stands in a setting or a table: compare with that",
    ("count", "duration"): "write duration('30m')",
    ("count", "yes_no"): "write the name alone, or ! before it",
    ("money", "money"): "currencies never mix: compare amounts of one currency",
    ("codes", "codes"): "these are codes of two vocabularies: declare both with the same one",
    ("codes", "some"): "write code in list",
    ("date", "date"): "write days_between(from, to) or years_between(from, to)",
    ("date", "duration"): "durations are added to instants; for days use days_between",
}


def remedy_for(one: Kind, other: Kind) -> str:
    """What to write where two kinds stand together that may not."""
    first, second = sorted((one.name, other.name))
    return REMEDIES.get((first, second), "kinds never mix: declare both with one kind")


def called(term: Term) -> str:
    """A term and its kind, inside a sentence."""
    return f"'{said(term)}' ({term.kind})"


def product(node: tree.Arith, left: Term, right: Term) -> Kind:
    """The kind of a sum, difference or product. Raises `RuleFault` where there is none.

    Counts and numbers with their own kind; mass, money and durations are added and taken away; masses and
    money times a whole number; an instant moved by a duration; the duration between two instants.
    """
    one, other = left.kind, right.kind
    kind = _times(one, other) if node.op == "*" else _sum(node.op, one, other)
    if kind is None:
        word = {"+": "added to", "-": "taken from", "*": "multiplied by"}[node.op]
        message = f"{one} is not {word} {other}" if node.op != "-" else f"{other} is not taken from {one}"
        raise RuleFault(message, node.start, remedy_for(one, other))
    return kind


def _sum(op: str, one: Kind, other: Kind) -> Kind | None:
    if same(one, other) and one.name in ("count", "number", "mass", "money", "duration"):
        return one
    if one == INSTANT and other == DURATION:
        return INSTANT
    if op == "+" and one == DURATION and other == INSTANT:
        return INSTANT
    if op == "-" and one == other == INSTANT:
        return DURATION
    return None


def _times(one: Kind, other: Kind) -> Kind | None:
    if one == other and one.name in ("count", "number"):
        return one
    if one.name == "count" and other.name in ("mass", "money"):
        return other
    if other.name == "count" and one.name in ("mass", "money"):
        return one
    return None
