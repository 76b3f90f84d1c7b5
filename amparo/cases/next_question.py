"""Which question next: the one that settles most of what the doors still wait for.

What a question settles is not guessed: each answer it can have is tried on every door that waits for it. A question
that changes no verdict, whatever is answered to it and to the others, is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Any, NamedTuple

from amparo.cases.eligibility import AtDoor, DoorVerdict, Question, answered, cost, leading, state_of, tried
from amparo.cases.entered import resolved
from amparo.cases.model import Nothing_
from amparo.pathways.model import Dated, Pathway, Rule, Type

MOST_TRIED = 256
"""Answers of several questions tried together before a question is asked without proof that it matters."""
Answers = Mapping[str, Any]
Outcome = tuple[tuple[str, tuple[bool | None, ...]], ...]
"""Of each door, its state and the verdict of each criterion."""


class _Asking(NamedTuple):
    """The doors that wait, the questions, and what was answered so far, at epoch second t."""

    doors: tuple[DoorVerdict, ...]
    asked: Mapping[str, Question]
    answers: Answers
    t: int

    def with_(self, more: Answers) -> Outcome:
        """How the doors would stand."""
        answers = {**self.answers, **more}
        told = (answered(self.asked, one.at.pathway, answers) for one in self.doors)
        found = (tried(one.at, facts, self.t) for one, facts in zip(self.doors, told, strict=True))
        return tuple(
            (state_of((*each, one.shut.verdict)), each) for one, each in zip(self.doors, found, strict=True)
        )

    @property
    def now(self) -> Outcome:
        return tuple((one.state, tuple(v.verdict for v in one.criteria)) for one in self.doors)


def following(
    found: Iterable[DoorVerdict],
    asked: Mapping[str, Question],
    answers: Answers,
    t: int,
    over: Container[str] = (),
) -> Question | None:
    """The question to ask next, None where nothing more is to be asked: the one that settles most, then the cheapest to
    learn, then the first in the definitions.

    found: how the doors stand on these answers. over: the ids of questions that were asked already, whatever came of
    them.
    """
    doors = tuple(one for one in found if one.state == "not_known" and one.shut.verdict is not False)
    waiting = {id_: mine for id_, q in asked.items() if id_ not in over and (mine := _of(doors, q, asked))}
    worth = {id_: _worth(_Asking(waiting[id_], asked, answers, t), asked[id_]) for id_ in waiting}
    order = {id_: n for n, id_ in enumerate(asked)}
    best = sorted(waiting, key=lambda id_: (*worth[id_], least(asked[id_]), order[id_]))
    good = (id_ for id_ in best if worth[id_] < (0, 0) or _matters(id_, waiting, asked, answers, t))
    return asked.get(next(good, ""))


def _of(doors: Iterable[DoorVerdict], q: Question, asked: Mapping[str, Question]) -> tuple[DoorVerdict, ...]:
    """The doors with a criterion that waits for this question."""
    return tuple(one for one in doors if q.name in _waits(one, asked) and _has(q, one.at.pathway))


def _has(q: Question, pathway: Pathway) -> bool:
    return any(p is pathway for p in q.of)


def _waits(one: DoorVerdict, asked: Mapping[str, Question]) -> frozenset[str]:
    """The facts for which a door waits, of those that are asked."""
    p = one.at.pathway
    mine = {q.name for q in asked.values() if _has(q, p)}
    return leading(p, mine & {n for v in one.criteria if v.verdict is None for n, _who in v.asks})


def least(question: Question) -> int:
    """What its answer costs, where it costs least."""
    return min(cost(pathway, question.name) for pathway in question.of)


# ------------------------------------------------------------------------------------------------ what it settles
def _worth(asking: _Asking, q: Question) -> tuple[float, float]:
    """How much is settled, less than nothing the more: doors, then criteria, each kind of outcome counted once."""
    probes = _probes(asking, q)
    if not probes:
        return 0.0, -float(_alone(asking.doors, q.name))
    outcomes = {asking.with_({q.id: answer}) for answer in probes}
    doors = sum(state != "not_known" for one in outcomes for state, _ in one)
    settled = sum(_settled(asking.now, one) for one in outcomes)
    return -doors / len(outcomes), -settled / len(outcomes)


def _settled(before: Outcome, after: Outcome) -> int:
    pairs = (pair for b, a in zip(before, after, strict=True) for pair in zip(b[1], a[1], strict=True))
    return sum(old is None and new is not None for old, new in pairs)


def _alone(doors: Iterable[DoorVerdict], name: str) -> int:
    """Criteria that wait for this fact and for no other: of an answer that cannot be tried, at most these."""
    open_ = (v for one in doors for v in one.criteria if v.verdict is None)
    return sum({n for n, _who in v.asks} == {name} for v in open_)


def _matters(
    id_: str,
    waiting: Mapping[str, tuple[DoorVerdict, ...]],
    asked: Mapping[str, Question],
    answers: Answers,
    t: int,
) -> bool:
    """Does any verdict hang on it, with some answer to the others that its doors wait for?"""
    asking = _Asking(waiting[id_], asked, answers, t)
    near = {one.at.key for one in asking.doors}
    others = [x for x, doors in waiting.items() if x != id_ and any(one.at.key in near for one in doors)]
    mine = _probes(asking, asked[id_])
    each = [(*_probes(asking, asked[other]), Nothing_("not_known")) for other in others]
    together = list(islice(product(*each), MOST_TRIED // max(len(mine), 1) + 1))
    if not mine or any(len(x) == 1 for x in each) or len(together) * len(mine) > MOST_TRIED:
        return True
    rest = (dict(zip(others, one, strict=True)) for one in together)
    return any(len({asking.with_({**one, id_: answer}) for answer in mine}) > 1 for one in rest)


# ------------------------------------------------------------------------------------------------ answers to try
def _probes(asking: _Asking, q: Question) -> tuple[Any, ...]:
    """Answers between which the doors may differ; () for a kind of answer that cannot be listed."""
    type_ = q.fact.type
    match type_.kind:
        case "yes_no":
            return True, False
        case "one_of":
            return type_.codes
        case "some_of":
            alone = tuple({"codes": [code], "open": False} for code in type_.codes)
            return ({"codes": [], "open": False}, *alone, {"codes": list(type_.codes), "open": False})
        case "count" | "mass":
            limits = {n for one in asking.doors for n in _limits(one.at, q.name, type_, asking.t)}
            return tuple(sorted({max(0, n + by) for n in limits or {0} for by in (-1, 0, 1)}))
    return ()


def _limits(at: AtDoor, name: str, type_: Type, t: int) -> Iterator[int]:
    """The numbers with which the door's rules compare a fact: written in them, and settings that they name."""
    p = at.pathway
    for text in (text for text in _texts(p) if re.search(rf"\b{name}\b", text)):
        yield from (int(n) for n in re.findall(r"(?<![\w.'-])\d+(?![\w.-])", text))
        for word in set(re.findall(r"\w+", text)) & set(p.settings):
            held = resolved(p, at.site, word, t) if p.settings[word].type.kind == type_.kind else None
            yield from (held,) if isinstance(held, int) else _of_days(held)


def _of_days(held: Any) -> Iterator[int]:
    """The values of a setting that has one for each period."""
    rows = held if isinstance(held, tuple) else ()
    yield from (row.value for row in rows if isinstance(row, Dated) and isinstance(row.value, int))


def _texts(p: Pathway) -> Iterator[str]:
    """The text of every criterion and named rule."""
    for named in p.criteria.values():
        yield from _each(named.holds, named.versions)
    for rule in p.rules.values():
        yield from _each(rule.is_, rule.versions)


def _each(alone: Rule | None, versions: Iterable[Dated]) -> Iterator[str]:
    rules = (alone, *(row.value for row in versions))
    yield from (rule.text for rule in rules if isinstance(rule, Rule))


__all__ = ["following", "least"]
