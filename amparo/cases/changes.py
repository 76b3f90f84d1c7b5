"""One change of a definition: where it is made, what was done, and which examples can meet it; and the kinds of
change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any, NamedTuple

from amparo.pathways.model import Clock, Dated, Element, Length, Pathway, Rule, Step, Type, Where
from amparo.pathways.values import Money


class Mutant(NamedTuple):
    """One change. at: path of the element; what: what was done; words: names that an example may mention.

    touch: an example that holds none of these words cannot meet the element at all; empty if every example may.
    """

    at: str
    what: str
    where: Where
    words: frozenset[str]
    touch: frozenset[str]
    pathway: Pathway
    new_rules: bool = False  # a rule stands in it that the definition does not have


class Spot(NamedTuple):
    """A place in a definition: its path, the element there, and the pathway with another element in its place."""

    at: str
    element: Any
    put: Callable[[Any], Pathway]
    words: frozenset[str]
    touch: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()  # of the pathway, in file order

    def mutant(self, field: str, what: str, value: Any, where: Where | None = None) -> Mutant:
        """The element with another value in a field."""
        changed = self.put(replace(self.element, **{field: value}))
        at = f"{self.at}.{field}"
        new_rules = "turned round" in what and not isinstance(value, bool)
        return Mutant(at, what, where or self.element.where, self.words, self.touch, changed, new_rules)

    def inside(self, field: str) -> Spot:
        """The element in a field of this one."""
        inner = getattr(self.element, field)
        return self._replace(
            at=f"{self.at}.{field}",
            element=inner,
            put=lambda x: self.put(replace(self.element, **{field: x})),
        )

    def item(self, field: str, key: str) -> Spot:
        """The element under a key of a field."""
        inner = getattr(self.element, field)
        return self._replace(
            at=f"{self.at}.{field}.{key}",
            element=inner[key],
            put=lambda x: self.put(replace(self.element, **{field: {**inner, key: x}})),
        )

    def row(self, label: str, what: str, field: str, value: Any, element: Element) -> Mutant:
        """A change of one row of a list, called by the row."""
        made = self.mutant(field, what, value, element.where)
        return made._replace(at=f"{self.at}.{label}", words=self.words | {label.partition(".")[2]})


def names_in(element: Any) -> Iterator[str]:
    """Names that stand in the lists of an element."""
    for field in fields(element):
        found = getattr(element, field.name)
        if isinstance(found, tuple):
            yield from (x for x in found if isinstance(x, str))


# ------------------------------------------------------------------------------------------------ something is gone
def out(spot: Spot, field: str, empty: Any = None) -> Iterator[Mutant]:
    """What stands in a field is taken out."""
    if getattr(spot.element, field) not in (empty, (), None):
        yield spot.mutant(field, "taken out", empty)


def each(spot: Spot, field: str) -> Iterator[Mutant]:
    """Each name of a list is taken out."""
    found = getattr(spot.element, field)
    if isinstance(found, tuple):
        for name in found:
            left = tuple(x for x in found if x != name)
            yield spot.mutant(field, f"without {name}", left)


def each_of_several(spot: Spot, field: str) -> Iterator[Mutant]:
    """Each name of a list that holds more than one: without the only one, nothing would be left that means anything."""
    if len(getattr(spot.element, field)) > 1:
        yield from each(spot, field)


# ------------------------------------------------------------------------------------------------ rules
def rule(spot: Spot, field: str, *, taken_out: bool = True) -> Iterator[Mutant]:
    """A rule is taken out, and turned round."""
    found = getattr(spot.element, field)
    if isinstance(found, Rule):
        if taken_out:
            yield spot.mutant(field, "taken out", None, found.where)
        yield spot.mutant(field, "turned round", turned(found), found.where)


def turned(found: Rule) -> Rule:
    """The opposite of a rule."""
    return Rule(f"!({found.text})", found.where)


def rows(spot: Spot, field: str) -> Iterator[Mutant]:
    """The condition of each row is turned round, and each row that has one is taken out."""
    found = getattr(spot.element, field)
    for n, row in enumerate(found):
        if row.if_ is None:
            continue
        changed = with_one(found, n, replace(row, if_=turned(row.if_)))
        yield spot.mutant(field, f"row {n + 1} turned round", changed, row.where)
        yield spot.mutant(field, f"row {n + 1} taken out", without(found, n), row.where)


def without(found: tuple[Any, ...], n: int) -> tuple[Any, ...]:
    """A list without one of its items."""
    return (*found[:n], *found[n + 1 :])


def with_one(found: tuple[Any, ...], n: int, item: Any) -> tuple[Any, ...]:
    """A list with another item in one place."""
    return (*found[:n], item, *found[n + 1 :])


def dated(spot: Spot, field: str) -> Iterator[Mutant]:
    """Each rule of a dated list is turned round; each period begins a day later, as the one before ends."""
    versions = getattr(spot.element, field)
    if not (isinstance(versions, tuple) and versions and isinstance(versions[0], Dated)):
        return
    for n, version in enumerate(versions):
        if isinstance(version.value, Rule):
            changed = with_one(versions, n, replace(version, value=turned(version.value)))
            yield spot.mutant(field, f"version {n + 1} turned round", changed, version.value.where)
        yield spot.mutant(field, f"version {n + 1} a day later", _a_day_later(versions, n), version.where)


def _a_day_later(versions: tuple[Dated, ...], n: int) -> tuple[Dated, ...]:
    day = timedelta(days=1)
    begins = versions[n].period.from_
    moved = with_one(versions, n, _period(versions[n], from_=begins + day))
    if n and versions[n - 1].period.until == begins - day:
        moved = with_one(moved, n - 1, _period(versions[n - 1], until=begins))
    return moved


def _period(version: Dated, **changed: Any) -> Dated:
    return replace(version, period=replace(version.period, **changed))


# ------------------------------------------------------------------------------------------------ values
def flag(spot: Spot, field: str) -> Iterator[Mutant]:
    """A yes becomes a no, a no becomes a yes."""
    found = getattr(spot.element, field)
    if isinstance(found, bool):
        yield spot.mutant(field, "turned round", not found)


def longer(spot: Spot, field: str) -> Iterator[Mutant]:
    """A length is one unit longer; one that is named elsewhere is taken out."""
    found = getattr(spot.element, field)
    if isinstance(found, Length):
        yield spot.mutant(field, "one longer", found._replace(n=found.n + 1))
    elif found is not None:
        yield spot.mutant(field, "taken out", None)


def fewer(spot: Spot, field: str) -> Iterator[Mutant]:
    """A number is one less."""
    found = getattr(spot.element, field)
    if isinstance(found, int) and not isinstance(found, bool):
        yield spot.mutant(field, "one less", found - 1)


def others(type_: Type, held: Any) -> Iterator[tuple[str, Any]]:
    """What else a value of a type could be, each with what was done: the other codes, the least more, or any at all."""
    if type_.kind == "yes_no":
        yield from ((f"now {name}", v) for name, v in (("yes", True), ("no", False)) if v is not held)
    elif type_.kind == "one_of":
        yield from ((f"now {code}", code) for code in type_.codes if code != held)
    elif held is None:
        yield from (("now set", v) for v in (SOME.get(type_.kind),) if v is not None)
    else:
        more = moved(held, 1)
        yield from (("one more", x) for x in (more,) if x is not None)


SOME = {"duration": Length(1, "years"), "money": Money(1, "EUR"), "count": 1, "mass": 1}
"""A value for a setting or a cell that has none."""


def moved(held: Any, by: int) -> Any:
    """A value with an order, by its least unit more or less; None if it has none."""
    if isinstance(held, Money):
        return held._replace(minor=held.minor + by)
    if isinstance(held, Length):
        return held._replace(n=held.n + by)
    return held + by if isinstance(held, int) and not isinstance(held, bool) else None


# ------------------------------------------------------------------------------------------------ who can meet it
def touched(pathway: Pathway, chapter: str, name: str, element: Any) -> frozenset[str]:
    """The words of which an example must hold one to meet an element; none if every example may meet it."""
    return TOUCHED[chapter](pathway, name, element) if chapter in TOUCHED else frozenset()


def _meets_step(pathway: Pathway, name: str, step: Step) -> frozenset[str]:
    """Lines that take it or a step that competes with it, and lists of what is offered."""
    rivals = (n for n, s in pathway.steps.items() if step.choice and s.choice == step.choice)
    return frozenset({name, *rivals, *(("offered",) if step.choice else ())})


def _meets_clock(pathway: Pathway, name: str, clock: Clock) -> frozenset[str]:
    """Lines that start it, and those that take what it opens."""
    opened = (s for late in clock.late for s in late.opens)
    return frozenset({name, *opened, *(w for start in clock.starts for w in _starting(pathway, start))})


def _starting(pathway: Pathway, start: str) -> Iterator[str]:
    """Words that a line needs so that this start can happen."""
    kind, _, of = start.rpartition(" ")
    if kind == "enter":
        yield from (n for n, s in pathway.steps.items() if s.opens == of or any(b.to == of for b in s.to))
    elif kind == "delivered":
        yield from ("deliver", "handed")
    elif kind == "answered":
        yield "answer"
    elif kind == "silent":
        yield from ("no_answer",)
    else:
        yield of


def _meets_obligation(pathway: Pathway, name: str, kind: Any) -> frozenset[str]:
    return frozenset({name, *(n for n, s in pathway.steps.items() if name in s.makes)})


def _meets_letter(pathway: Pathway, name: str, letter: Any) -> frozenset[str]:
    return frozenset({name, *(n for n, s in pathway.steps.items() if name in s.gives)})


SUPPORT = frozenset({"note_need", "give_advice", "offer_help", "refer", "answer", "chase"})

TOUCHED: dict[str, Callable[[Pathway, str, Any], frozenset[str]]] = {
    "steps": _meets_step,
    "clocks": _meets_clock,
    "obligations": _meets_obligation,
    "letters": _meets_letter,
    "bodies": lambda pathway, name, body: frozenset({"sitting", "sit"}),
    "support": lambda pathway, name, support: SUPPORT,
    "roles": lambda pathway, name, role: frozenset({"seen"}),
    "consents": lambda pathway, name, kind: frozenset({name, "refer"}),
    "notices": lambda pathway, name, notice: frozenset({name}),
    "counts": lambda pathway, name, count: frozenset({"count", "counted"}),
    "places": lambda pathway, name, place: frozenset({"places"}),
    "doors": lambda pathway, name, door: frozenset({"criteria"}) if door.open_if is None else frozenset(),
}
"""By chapter."""
