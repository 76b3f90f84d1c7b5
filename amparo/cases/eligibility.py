"""Who qualifies, and what to ask next: the verdict of a door on what is known so far, before any case exists.

*Not known* never becomes *yes*: a door is open only when every criterion is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases import decide, read
from amparo.cases.fold import fold
from amparo.cases.model import Case, Event, Nothing_, Site
from amparo.cases.read import Verdict
from amparo.pathways.model import Pathway

CHEAPEST_FIRST = (
    "person",
    "harmed",
    "supporter",
    "officer",
    "supervisor",
    "coordinator",
    "clerk",
    "case_worker",
)
"""Whose word costs least to get: whoever stands here, then the office, then everybody else (registers, bodies)."""


class Eligibility(NamedTuple):
    """state: open (every criterion true), not_open (one is false), not_known. next: the fact to ask first, '' if
    none.
    """

    state: str
    criteria: tuple[Verdict, ...]
    next: str


def eligibility(pathway: Pathway, site: Site, door: str, facts: Mapping[str, Any], t: int) -> Eligibility:
    """The verdict of a door on facts told (plain values, or `Nothing_`), at epoch second t."""
    found = read.criteria(_supposed(pathway, site, door, facts, t), t)
    return Eligibility(_state(found), found, next_question(pathway, found))


def next_question(pathway: Pathway, verdicts: Iterable[Verdict]) -> str:
    """The fact that stands in most undecided criteria; then the cheapest to learn; then the first in the definition.

    Verdicts of several doors may be given together. A fact that is never prompted is not named.
    """
    asked = Counter(
        name
        for verdict in verdicts
        if verdict.verdict is None
        for name in {fact for fact, _ in verdict.asks if fact in pathway.facts}
        if pathway.facts[name].prompt == "ask"
    )
    order = list(pathway.facts)
    return min(asked, key=lambda n: (-asked[n], _cost(pathway, n), order.index(n)), default="")


def _state(found: Iterable[Verdict]) -> str:
    answers = [verdict.verdict for verdict in found]
    return "not_open" if False in answers else "not_known" if None in answers else "open"


def _cost(pathway: Pathway, fact: str) -> int:
    givers = (pathway.roles[giver].is_ for giver in pathway.facts[fact].from_ if giver in pathway.roles)
    return min((_rank(giver) for giver in givers), default=len(CHEAPEST_FIRST))


def _rank(giver: str) -> int:
    return CHEAPEST_FIRST.index(giver) if giver in CHEAPEST_FIRST else len(CHEAPEST_FIRST)


def _supposed(pathway: Pathway, site: Site, door: str, facts: Mapping[str, Any], t: int) -> Case:
    """A case as it would stand if it were opened now with these facts; it is kept nowhere."""
    opened = Event("", 1, t, t, "", "", "case.opened", decide.opened(pathway, site, door, t), pathway.version)
    told = (_told(n, name, answer, t, pathway.version) for n, (name, answer) in enumerate(facts.items(), 2))
    return fold(pathway, site, (opened, *told))


def _told(seq: int, name: str, answer: Any, t: int, version: str) -> Event:
    held = {"nothing": answer.kind} if isinstance(answer, Nothing_) else {"value": answer}
    return Event("", seq, t, t, "", "", "fact.told", {"fact": name, "given_by": "", **held}, version)
