"""Every small change that can be made to a definition: each thing it says taken out, or turned round, one at a time.

A change is called by the path of the element and by what was done to it. The examples must notice each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, NamedTuple

from amparo.pathways.model import (
    BoundRow,
    Clock,
    Element,
    Length,
    Needs,
    Pathway,
    Rule,
    Sees,
    Step,
    Term,
    Where,
)
from amparo.pathways.words import FACT_CLASSES


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

    def mutant(self, field: str, what: str, value: Any, where: Where | None = None) -> Mutant:
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


def mutants(pathway: Pathway) -> Iterator[Mutant]:
    """All changes of a definition, in file order of its chapters."""
    for chapter, of in CHAPTERS.items():
        for name, element in getattr(pathway, chapter).items():
            yield from of(_spot(pathway, chapter, name, element))
    yield from _retention(pathway)


def _spot(pathway: Pathway, chapter: str, name: str, element: Any) -> Spot:
    def put(changed: Any) -> Pathway:
        chapters: dict[str, Any] = {chapter: {**getattr(pathway, chapter), name: changed}}
        return replace(pathway, **chapters)

    touch = TOUCHED[chapter](pathway, name, element) if chapter in TOUCHED else frozenset()
    return Spot(f"{chapter}.{name}", element, put, frozenset({name, *_names_in(element)}), touch)


def _names_in(element: Any) -> Iterator[str]:
    """Names that stand in the lists of an element."""
    for field in fields(element):
        found = getattr(element, field.name)
        if isinstance(found, tuple):
            yield from (x for x in found if isinstance(x, str))


# ------------------------------------------------------------------------------------------------ who can meet it
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
    "bodies": lambda pathway, name, body: frozenset({"sitting"}),
    "support": lambda pathway, name, support: SUPPORT,
    "roles": lambda pathway, name, role: frozenset({"seen"}),
}
"""Which words an example must hold to meet an element; without an entry every example may meet it."""


# ------------------------------------------------------------------------------------------------ kinds of change
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


def rule(spot: Spot, field: str, *, taken_out: bool = True) -> Iterator[Mutant]:
    """A rule is taken out, and turned round."""
    found = getattr(spot.element, field)
    if isinstance(found, Rule):
        if taken_out:
            yield spot.mutant(field, "taken out", None, found.where)
        yield spot.mutant(field, "turned round", turned(found), found.where)


def turned(found: Rule) -> Rule:
    return Rule(f"!({found.text})", found.where)


def rows(spot: Spot, field: str) -> Iterator[Mutant]:
    """The condition of each row is turned round, and each row that has one is taken out."""
    found = getattr(spot.element, field)
    for n, row in enumerate(found):
        if row.if_ is None:
            continue
        changed = (*found[:n], replace(row, if_=turned(row.if_)), *found[n + 1 :])
        yield spot.mutant(field, f"row {n + 1} turned round", changed, row.where)
        yield spot.mutant(field, f"row {n + 1} taken out", (*found[:n], *found[n + 1 :]), row.where)


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


# ------------------------------------------------------------------------------------------------ steps
def _step(spot: Spot) -> Iterator[Mutant]:
    s: Step = spot.element
    yield from rule(spot, "allowed")
    yield from rule(spot, "required")
    if s.needs is not None:
        yield from _needs(spot.inside("needs"))
    for name, term in s.terms.items():
        yield from _term(_term_spot(spot, name, term))
    for field in ("apart_from", "makes", "gives"):
        yield from each(spot, field)
    yield from out(spot, "times")
    yield from _asks(spot)
    yield from _tells(spot)
    yield from rows(spot, "to")


def _term_spot(spot: Spot, name: str, term: Term) -> Spot:
    def put(changed: Any) -> Pathway:
        return spot.put(replace(spot.element, terms={**spot.element.terms, name: changed}))

    return spot._replace(at=f"{spot.at}.terms.{name}", element=term, put=put)


def _term(spot: Spot) -> Iterator[Mutant]:
    for field in ("at_least", "at_most"):
        bound = getattr(spot.element, field)
        yield from out(spot, field)
        if isinstance(bound, tuple) and bound and isinstance(bound[0], BoundRow):
            yield from rows(spot, field)


def _needs(spot: Spot) -> Iterator[Mutant]:
    n: Needs = spot.element
    if n.criteria != "none":
        yield spot.mutant("criteria", "taken out", "none")
    for field in ("consents", "accepted", "notice", "letters"):
        yield from each(spot, field)
    for field in ("reasons", "heard", "defence"):
        if getattr(n, field):
            yield spot.mutant(field, "taken out", False)


def _asks(spot: Spot) -> Iterator[Mutant]:
    """A question is taken out; the condition of a question is taken out and turned round."""
    asks = spot.element.asks
    for n, ask in enumerate(asks):
        label = f"asks.{ask.fact}"
        yield _in(spot, label, "taken out", "asks", (*asks[:n], *asks[n + 1 :]), ask)
        if ask.if_ is not None:
            changed = replace(ask, if_=turned(ask.if_))
            yield _in(
                spot, label, "condition turned round", "asks", (*asks[:n], changed, *asks[n + 1 :]), ask
            )
        if ask.each_time:
            changed = replace(ask, each_time=False)
            yield _in(spot, label, "once only", "asks", (*asks[:n], changed, *asks[n + 1 :]), ask)


def _tells(spot: Spot) -> Iterator[Mutant]:
    tells = spot.element.tells
    for n, tell in enumerate(tells):
        label = f"tells.{tell.notice}"
        yield _in(spot, label, "taken out", "tells", (*tells[:n], *tells[n + 1 :]), tell)
        if tell.if_ is not None:
            for what, condition in (
                ("condition taken out", None),
                ("condition turned round", turned(tell.if_)),
            ):
                changed = (*tells[:n], replace(tell, if_=condition), *tells[n + 1 :])
                yield _in(spot, label, what, "tells", changed, tell)


def _in(spot: Spot, label: str, what: str, field: str, value: Any, element: Element) -> Mutant:
    """A change of one row of a list, called by the row."""
    made = spot.mutant(field, what, value, element.where)
    return made._replace(at=f"{spot.at}.{label}", words=spot.words | {label.partition(".")[2]})


# ------------------------------------------------------------------------------------------------ clocks
def _clock(spot: Spot) -> Iterator[Mutant]:
    c: Clock = spot.element
    yield spot.mutant("starts", "taken out", ())
    if len(c.starts) > 1:
        yield from each(spot, "starts")
    for field in ("stops", "meets", "pauses_in"):
        yield from each(spot, field)
    for field in ("within", "every"):
        yield from longer(spot, field)
    yield from out(spot, "from_")
    yield from rule(spot, "only_if")
    if c.pauses_in:
        yield spot.mutant("part_days", "turned round", True)
    if c.roll != "none":
        yield spot.mutant("roll", "taken out", "none")
    yield from _extensions(spot)
    yield from _near(spot)
    yield from _late(spot)


def _extensions(spot: Spot) -> Iterator[Mutant]:
    by = spot.element.extended_by
    for name, how in by.items():
        others = {k: v for k, v in by.items() if k != name}
        yield _in(spot, f"extended_by.{name}", "taken out", "extended_by", others, how)
        for field in ("at_most", "times"):
            if getattr(how, field) is not None:
                changed = {**by, name: replace(how, **{field: None})}
                yield _in(spot, f"extended_by.{name}", f"{field} taken out", "extended_by", changed, how)


def _near(spot: Spot) -> Iterator[Mutant]:
    near = spot.element.near
    if near is not None:
        yield spot.mutant("near", "taken out", None, near.where)
        yield from longer(spot.inside("near"), "before")


def _late(spot: Spot) -> Iterator[Mutant]:
    """What a clock opens, and whom its end tells. (A task opens and tells nothing: no example can miss it.)"""
    late = spot.element.late
    for n, action in enumerate(late):
        if action.opens:
            label = f"opens.{'.'.join(action.opens)}"
            yield _in(spot, label, "taken out", "late", (*late[:n], *late[n + 1 :]), action)


# ------------------------------------------------------------------------------------------------ what is told and found
def _fact(spot: Spot) -> Iterator[Mutant]:
    yield from rule(spot, "applies_if")
    if spot.element.or_from is not None:
        yield spot.mutant("or_from", "taken out", None, spot.element.or_from.where)
    yield from out(spot, "limits")
    if spot.element.finding:
        yield spot.mutant("finding", "taken out", False)


def _named_rule(spot: Spot) -> Iterator[Mutant]:
    yield from rule(spot, "is_", taken_out=False)
    versions = spot.element.versions
    for n, dated in enumerate(versions):
        if isinstance(dated.value, Rule):
            changed = (*versions[:n], replace(dated, value=turned(dated.value)), *versions[n + 1 :])
            yield spot.mutant("versions", f"version {n + 1} turned round", changed, dated.value.where)


def _derived(spot: Spot) -> Iterator[Mutant]:
    if spot.element.choose:
        yield from rows(spot, "choose")


def _door(spot: Spot) -> Iterator[Mutant]:
    yield from rule(spot, "open_if")


# ------------------------------------------------------------------------------------------------ deciders
def _body(spot: Spot) -> Iterator[Mutant]:
    b = spot.element
    yield from fewer(spot, "sits_with")
    others = [v for v in ("majority", "consensus", "chair") if v != b.votes]
    yield from (spot.mutant("votes", f"now {v}", v) for v in others)
    yield from out(spot, "must_include", ())
    if b.fewer is not None:
        yield spot.mutant("fewer", "taken out", None, b.fewer.where)
        inside = spot.inside("fewer")
        yield from fewer(inside, "number")
        yield from flag(inside, "casting_vote")
        yield from out(inside, "reasons", "")
        yield inside.mutant("vacancy", "now yes", True)
        yield inside.mutant("vacancy", "now no", False)


def _obligation(spot: Spot) -> Iterator[Mutant]:
    for field in ("verified_by", "varied_by"):
        yield from each(spot, field)
    breach = spot.element.breach
    if breach is None:
        return
    yield spot.mutant("breach", "taken out", None, breach.where)
    inside = spot.inside("breach")
    yield from each(inside, "asks")
    if breach.needs is not None:
        yield from _needs(inside.inside("needs"))


# ------------------------------------------------------------------------------------------------ support, sight, end
def _support(spot: Spot) -> Iterator[Mutant]:
    yield from each(spot, "by")
    yield from each(spot, "answered_by")
    yield from longer(spot, "answer_within")
    yield from flag(spot, "after_end")
    yield from out(spot, "consents", ())
    if spot.element.kinds:
        yield spot.mutant("kinds", "now all", ())


def _letter(spot: Spot) -> Iterator[Mutant]:
    yield from out(spot, "hour", "")


def _role(spot: Spot) -> Iterator[Mutant]:
    if spot.element.sees is not None:
        yield from _sees(spot.inside("sees"))


def _sees(spot: Spot) -> Iterator[Mutant]:
    """A line of sight is taken out, and opened wide."""
    s: Sees = spot.element
    if s.cases != "none":
        yield spot.mutant("cases", "taken out", "none")
    for field in ("facts", "milestones", "with_consent"):
        yield from each(spot, field)
    if set(FACT_CLASSES) - set(s.facts):
        yield spot.mutant("facts", "all", FACT_CLASSES)
    for field in ("stages", "steps", "letters"):
        yield from _shown(spot, field)
    yield from flag(spot, "own")
    yield from (spot.mutant("support", f"now {v}", v) for v in ("none", "all") if v != s.support)


def _shown(spot: Spot, field: str) -> Iterator[Mutant]:
    found = getattr(spot.element, field)
    if found != "none":
        yield spot.mutant(field, "taken out", "none")
    if found != "all":
        yield spot.mutant(field, "all", "all")
    if isinstance(found, tuple) and len(found) > 1:
        yield from each(spot, field)


def _retention(pathway: Pathway) -> Iterator[Mutant]:
    for n, line in enumerate(pathway.retention):
        words = frozenset({"retention", *line.after})
        spot = Spot(f"retention.{n + 1}", line, _line_put(pathway, n), words, frozenset({"retention"}))
        without = replace(pathway, retention=(*pathway.retention[:n], *pathway.retention[n + 1 :]))
        yield Mutant(spot.at, "taken out", line.where, spot.words, spot.touch, without)
        yield from each(spot, "after")
        for field in ("named", "ends"):
            yield from _kept(spot, field)
        other = "wiped" if line.then == "statistics" else "statistics"
        yield spot.mutant("then", f"now {other}", other)
        yield from flag(spot, "never_named")


def _line_put(pathway: Pathway, n: int) -> Callable[[Any], Pathway]:
    return lambda x: replace(pathway, retention=(*pathway.retention[:n], x, *pathway.retention[n + 1 :]))


def _kept(spot: Spot, field: str) -> Iterator[Mutant]:
    found = getattr(spot.element, field)
    if isinstance(found, Length):
        yield spot.mutant(field, "one longer", found._replace(n=found.n + 1))
    elif found is not None:
        yield spot.mutant(field, "other", "at once" if found != "at once" else Length(1, "years"))


CHAPTERS: dict[str, Callable[[Spot], Iterable[Mutant]]] = {
    "roles": _role,
    "bodies": _body,
    "facts": _fact,
    "derived": _derived,
    "rules": _named_rule,
    "doors": _door,
    "steps": _step,
    "clocks": _clock,
    "obligations": _obligation,
    "support": _support,
    "letters": _letter,
}
