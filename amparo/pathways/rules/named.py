"""All named rules of a pathway at once: in whatever order they are written, with their versions, and no
rings.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from amparo.pathways.rules.check import check_tree
from amparo.pathways.rules.dated import Dated, Version
from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.kinds import YES_NO, Declaration, Kind, Scope
from amparo.pathways.rules.parse import parse
from amparo.pathways.rules.terms import CheckedTree
from amparo.pathways.rules.tree import Node, names_in

Written: TypeAlias = "str | Sequence[tuple[datetime.date | None, datetime.date | None, str | None]]"
"""A rule as the file has it: one text, or versions (from, until, text); the text None is `none`."""

LONGEST_CHAIN = 32
"""Rules that lean on one another."""


def check_rules(written: Mapping[str, Written], scope: Scope) -> dict[str, Dated]:
    """The rules by name, each checked against `scope` and the other rules.

    Raises `RuleFault` with the name of the rule and the number of its version. A ring of rules is refused,
    and a chain of more than 32.
    """
    parsed = {
        name: [_parsed(name, number, text) for number, text in _texts(each)] for name, each in written.items()
    }
    checked: dict[str, Dated] = {}
    for name in _in_order(parsed):
        checked[name] = _checked(name, written[name], parsed[name], scope)
        scope = with_rules(scope, {name: checked[name]})
    return {name: checked[name] for name in written}


def with_rules(scope: Scope, rules: Mapping[str, Dated]) -> Scope:
    """The scope with these rules as names that may be read."""
    added = {name: Declaration("rule", kind_of(rule)) for name, rule in rules.items()}
    return replace(scope, names={**scope.names, **added})


def kind_of(rule: Dated) -> Kind:
    """What a rule answers with; all its versions answer alike."""
    if not isinstance(rule, tuple):
        return rule.kind
    return next((version.tree.kind for version in rule if version.tree is not None), YES_NO)


def _texts(written: Written) -> list[tuple[int | None, str | None]]:
    if isinstance(written, str):
        return [(None, written)]
    return [(number, text) for number, (_, _, text) in enumerate(written)]


def _parsed(name: str, number: int | None, text: str | None) -> Node | None:
    try:
        return parse(text) if text is not None else None
    except RuleFault as fault:
        raise fault.inside(name, number) from None


def _checked(name: str, written: Written, parsed: Sequence[Node | None], scope: Scope) -> Dated:
    if isinstance(written, str):
        assert parsed[0] is not None
        return _one(name, None, written, parsed[0], scope, None)
    if not written:
        raise RuleFault(
            "this rule has no version", 0, "write one, from the day it came into force", "R3", name
        )
    versions: list[Version] = []
    for number, (from_, until, text) in enumerate(written):
        node, kind = parsed[number], kind_of(tuple(versions)) if any(each.tree for each in versions) else None
        tree = None if text is None or node is None else _one(name, number, text, node, scope, kind)
        versions.append(Version(from_, until, tree))
    return tuple(versions)


def _in_order(parsed: Mapping[str, Sequence[Node | None]]) -> list[str]:
    """The names so that each rule comes after those it leans on. Without recursion: a chain may be long."""
    leans = {name: _mentioned(nodes, parsed) for name, nodes in parsed.items()}
    chain: dict[str, int] = {}
    while len(chain) < len(leans):
        ready = [name for name in leans if name not in chain and all(other in chain for other in leans[name])]
        if not ready:
            raise _ring(leans, chain)
        for name in ready:
            chain[name] = 1 + max((chain[other] for other in leans[name]), default=0)
            if chain[name] > LONGEST_CHAIN:
                message = f"more than {LONGEST_CHAIN} rules lean on one another"
                raise RuleFault(message, 0, "write some of them out", rule=name)
    return sorted(chain, key=lambda name: chain[name])


def _mentioned(nodes: Sequence[Node | None], rules: Mapping[str, object]) -> dict[str, tuple[int, int]]:
    """The rules that a rule leans on, each with version and offset where it first does."""
    found: dict[str, tuple[int, int]] = {}
    for number, node in enumerate(nodes):
        for name, at in (names_in(node) if node is not None else {}).items():
            if name in rules:
                found.setdefault(name, (number, at))
    return found


def _ring(leans: Mapping[str, Mapping[str, tuple[int, int]]], done: Mapping[str, int]) -> RuleFault:
    name = next(name for name in leans if name not in done)
    path: list[str] = []
    while name not in path:
        path.append(name)
        name = next(other for other in leans[name] if other not in done)
    ring = [*path[path.index(name) :], name]
    version, at = leans[name][ring[1]]
    message = f"'{name}' leans on itself: {' → '.join(ring)}"
    return RuleFault(message, at, "write one of them without the other", rule=name, version=version)


def _one(
    name: str, number: int | None, text: str, node: Node, scope: Scope, kind: Kind | None
) -> CheckedTree:
    try:
        return check_tree(text, node, scope, kind)
    except RuleFault as fault:
        raise fault.inside(name, number) from None
