"""The rules of the shipped programmes compile as standard CEL, and known cases are answered alike."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

import pytest

from amparo.pathways.model import Pathway, Rule
from amparo.pathways.reader import programme, programmes
from amparo.pathways.rulebook import rulebook
from amparo.pathways.rules import YES_NO, Declaration, Kind, Records, Scope, Some, check, compile_rule
from amparo.pathways.scope import instances, item_scope
from tests.pathways.rules.drawn import SMALL
from tests.pathways.rules.peer import Peer
from tests.pathways.rules.world import day


def value(kind: Kind, chance: random.Random) -> Any:
    """A known value; of a table, every row."""
    several = [Kind("codes", kind.words)] * chance.randrange(3)
    match kind.name:
        case "some":
            return Some(tuple(value(each, chance) for each in several))
        case "records":
            return Records(tuple(fields(kind, chance) for _ in several))
        case "record":
            return fields(kind, chance)
        case "table":
            return {word: fields(kind, chance) for word in kind.words}
        case "count":
            return chance.choice([0, 1, 2, 15, 16, 17, 40])
        case "date":
            return chance.choice([*SMALL["date"], datetime.date(1970, 1, 1)])
    return chance.choice(list(kind.words) or SMALL[kind.name])


def fields(kind: Kind, chance: random.Random) -> dict[str, Any]:
    return {name: value(each, chance) for name, each in kind.fields}


def scoped_rules(pathway: Pathway) -> Iterator[tuple[str, Scope]]:
    """Every text of a rule with the names it may read; other rules stand for a yes or no."""
    scope = rulebook(pathway).scope
    for name, derived in pathway.derived.items():
        source = scope.names.get(derived.group or derived.for_each)
        inner = item_scope(scope, source.kind) if source else scope
        yield from ((rule.text, plain(inner)) for rule in instances(pathway.derived[name], Rule))
    texts = {rule.text for rule in instances(pathway, Rule) if "item." not in rule.text}
    yield from ((text, plain(scope)) for text in sorted(texts))


def plain(scope: Scope) -> Scope:
    """The scope with rules as facts, so that a rule is asked alone."""
    names = {
        name: Declaration("fact", YES_NO) if each.role == "rule" else each
        for name, each in scope.names.items()
    }
    return Scope(names)


@pytest.mark.parametrize("name", programmes())
def test_every_shipped_rule_is_standard_cel(name: str) -> None:
    chance, asked = random.Random(name), 0
    for text, scope in scoped_rules(programme(name)):
        compiled = compile_rule(check(text, scope))
        kinds = {read: scope.names[read].kind for read in compiled.reads if read in scope.names}
        peer = Peer(kinds)
        for _ in range(10):
            case = {read: value(kind, chance) for read, kind in kinds.items()}
            theirs = peer.answer(text, case)
            assert compiled.verdict(case.get, day) == theirs, (text, case)
            asked += 1
    assert asked >= 100
