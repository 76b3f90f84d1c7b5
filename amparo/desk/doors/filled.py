"""What a door's form need not ask: the present for what is written as it happens, an age that follows from a
birth date, a language that was asked already. All of it stands in its field and can be put right.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amparo.desk.reading import answer
from amparo.desk.typed import Drawing, Typed, Wrong, one, spread
from amparo.pathways import calendar, values
from amparo.pathways.model import Fact, Pathway, Step
from amparo.pathways.rulebook import rulebook

BORN, LANGUAGES = "born", "vocabulary/languages"
PARTS = ("day", "month", "year")
AT_ONCE = ("officer",)
"""Kinds of role that write down what has just happened; others report what lies back."""


def at_first(pathway: Pathway, door: str, d: Drawing, role: str, now: int) -> Typed:
    """The form of a door that nobody has typed in yet: when it happened is now, for who writes on the spot."""
    found: dict[str, list[str]] = {}
    for name in clocked(pathway, door, role):
        found |= spread(d, pathway.facts[name].type, f"fact.{name}", now)
    return found


def clocked(pathway: Pathway, door: str, role: str) -> tuple[str, ...]:
    """The facts that the clock on the wall fills in: for police in the street, and where nobody need say who they are.
    An hour for which somebody is asked to come is never filled in.
    """
    if pathway.roles[role].is_ not in AT_ONCE and pathway.doors[door].who == "name":
        return ()
    hours = {x.hour for x in pathway.letters.values()}
    asked = _asked(pathway.steps[pathway.doors[door].opens_with])
    return tuple(n for n in asked if pathway.facts[n].type.kind == "instant" and n not in hours)


def followed(pathway: Pathway, step: Step, d: Drawing, typed: Typed) -> Typed:
    """The typing with what follows from it: the birth date, told once for the person and the case; facts by their
    `or_from` from it; the language spoken.
    """
    typed = found = {**typed, **_birth(pathway, step, typed)}
    for name in _asked(step):
        fact = pathway.facts[name]
        if fact.or_from is not None and (value := _computed(pathway, fact, d, typed)) is not None:
            found |= spread(d, fact.type, f"fact.{name}", value) or {f"fact.{name}": [str(value)]}
    spoken = language_fact(pathway, step)
    return {**found, "person.speaks": [one(typed, f"fact.{spoken}")]} if spoken else found


def _birth(pathway: Pathway, step: Step, typed: Typed) -> dict[str, list[str]]:
    """The birth date in both places that hold it, from the one in which it was typed: the person's own first."""
    if not tells_birth(pathway, step):
        return {}
    sides = [
        {part: one(typed, f"{field}.{part}") for part in PARTS} for field in ("person.born", f"fact.{BORN}")
    ]
    told = next((side for side in sides if any(side.values())), None)
    if told is None:
        return {}
    return {
        f"{field}.{part}": [said] for part, said in told.items() for field in ("person.born", f"fact.{BORN}")
    }


def tells_birth(pathway: Pathway, step: Step) -> bool:
    """May the birth date also be told with the step, as a date of the case?"""
    fact = pathway.facts.get(BORN)
    return fact is not None and fact.type.kind == "date" and BORN in step.also


def language_fact(pathway: Pathway, step: Step) -> str:
    """The language that the step itself asks for, '' if it asks none."""
    return next((n for n in _asked(step) if pathway.facts[n].type.vocabulary == LANGUAGES), "")


def _asked(step: Step) -> Iterable[str]:
    return (ask.fact for ask in step.asks)


def _computed(pathway: Pathway, fact: Fact, d: Drawing, typed: Typed) -> Any:
    """The value by the fact's own rule, if the birth date is what it rests on and all it reads was typed."""
    assert fact.or_from is not None
    rule = rulebook(pathway).rule(fact.or_from)
    if BORN not in rule.reads:
        return None
    read = {n: _typed(pathway, d, typed, n) for n in rule.reads if n in pathway.facts}
    if any(v is None for v in read.values()):
        return None
    return rule.verdict(read.get, lambda at: calendar.day_of(at, d.zone))


def _typed(pathway: Pathway, d: Drawing, typed: Typed, name: str) -> Any:
    type_ = pathway.facts[name].type
    field = "person.born" if name == BORN else f"fact.{name}"
    try:
        plain = answer(d, type_, field, typed)
    except Wrong:
        return None
    return None if plain is None else values.decode(type_, plain)
