"""What a rule leans on: the rules behind it, and the names it asks of the case."""

from __future__ import annotations

from collections.abc import Mapping

from amparo.pathways.rules import terms
from amparo.pathways.rules.dated import LAW_DATE, Dated
from amparo.pathways.rules.terms import CheckedTree, Term


def leaned_on(root: Dated, rules: Mapping[str, Dated]) -> list[tuple[str, tuple[str, ...]]]:
    """The rules behind one, each after those it leans on itself, with the first way it is reached by."""
    ways: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in _next(root)]
    while waiting:
        name, way = waiting.pop(0)
        if name not in ways:
            ways[name] = way
            waiting += [(other, (*way, other)) for other in _next(rules[name])]
    order: dict[str, tuple[str, ...]] = {}
    while len(order) < len(ways):
        for name, way in ways.items():
            if name not in order and all(other in order for other in _next(rules[name])):
                order[name] = way
    return list(order.items())


def _next(rule: Dated) -> list[str]:
    """The rules a rule goes on to, in the order of its text."""
    found = [term.name for term in _terms(rule) if isinstance(term, terms.RuleOf)]
    return list(dict.fromkeys(found))


def _terms(rule: Dated) -> list[Term]:
    """All terms of all versions of a rule."""
    trees = [rule] if isinstance(rule, CheckedTree) else [version.tree for version in rule if version.tree]
    return [term for tree in trees for term in terms.walk(tree.term)]


def names_behind(root: Dated, rules: Mapping[str, Dated]) -> frozenset[str]:
    """Every name that a rule and those it leans on ask of the case."""
    found: set[str] = set()
    for rule in [root, *(rules[name] for name, _ in leaned_on(root, rules))]:
        reads = [term for term in _terms(rule) if isinstance(term, terms.Read)]
        found |= {term.name for term in reads}
        if isinstance(rule, tuple) or any(term.role == "table" for term in reads):
            found.add(LAW_DATE)
    return frozenset(found)
