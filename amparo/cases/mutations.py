"""Every small change that can be made to a definition: each thing it says taken out, or turned round, one at a time.

A change is called by the path of the element and by what was done to it. The examples must notice each of them. What no
example can miss is not changed: titles, citations, tasks that only remind, and what only pages or simulation read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from amparo.cases import mutations_court as court
from amparo.cases import mutations_told as told
from amparo.cases.changes import (
    Mutant,
    Spot,
    dated,
    each,
    each_of_several,
    fewer,
    flag,
    longer,
    moved,
    names_in,
    others,
    out,
    rows,
    rule,
    touched,
    turned,
    with_one,
    without,
)
from amparo.cases.index import is_dated
from amparo.cases.places import needed
from amparo.pathways.model import BoundRow, Clock, Length, Needs, Pathway, Sees, SettingRef, Step
from amparo.pathways.words import FACT_CLASSES

__all__ = ["Mutant", "mutants"]


def mutants(pathway: Pathway) -> Iterator[Mutant]:
    """All changes of a definition, in file order of its chapters."""
    for chapter, of in CHAPTERS.items():
        for name, element in getattr(pathway, chapter).items():
            yield from of(_spot(pathway, chapter, name, element))
    yield from _boxes(pathway)
    yield from court.endings(pathway)
    yield from court.responses(pathway)
    yield from told.retention(pathway)


def _spot(pathway: Pathway, chapter: str, name: str, element: Any) -> Spot:
    def put(changed: Any) -> Pathway:
        chapters: dict[str, Any] = {chapter: {**getattr(pathway, chapter), name: changed}}
        return replace(pathway, **chapters)

    words, touch = frozenset({name, *names_in(element)}), touched(pathway, chapter, name, element)
    return Spot(f"{chapter}.{name}", element, put, words, touch, tuple(pathway.roles))


# ------------------------------------------------------------------------------------------------ steps
def _step(spot: Spot) -> Iterator[Mutant]:
    s: Step = spot.element
    yield from rule(spot, "allowed")
    yield from rule(spot, "required")
    if s.needs is not None:
        yield from _needs(spot.inside("needs"))
    for name in s.terms:
        yield from _term(spot.item("terms", name))
    for field in ("apart_from", "makes", "gives", "counts"):
        yield from each(spot, field)
    yield from court.effect(spot)
    yield from out(spot, "times")
    yield from out(spot, "choice", "")
    if s.recorded:
        yield spot.mutant("recorded", "taken out", False)
    for name in s.sets:
        yield spot.mutant("sets", f"without {name}", {k: v for k, v in s.sets.items() if k != name})
    yield from _asks(spot)
    yield from _tells(spot)
    yield from _means(spot)
    yield from rows(spot, "to")


def _term(spot: Spot) -> Iterator[Mutant]:
    """A bound is taken out; one that is a value is moved by its least unit, so that it is held to the letter."""
    for field, by in (("at_least", -1), ("at_most", 1)):
        bound = getattr(spot.element, field)
        yield from out(spot, field)
        if isinstance(bound, tuple) and bound and isinstance(bound[0], BoundRow):
            yield from rows(spot, field)
        elif not isinstance(bound, SettingRef) and (other := moved(bound, by)) is not None:
            yield spot.mutant(field, "one more" if by > 0 else "one less", other)


def _needs(spot: Spot) -> Iterator[Mutant]:
    n: Needs = spot.element
    if n.criteria != "none":
        yield spot.mutant("criteria", "taken out", "none")
    for field in ("consents", "accepted", "notice", "letters"):
        yield from each(spot, field)
    yield from out(spot, "place", "")
    yield from out(spot, "body", "")
    for field in ("reasons", "heard", "defence"):
        if getattr(n, field):
            yield spot.mutant(field, "taken out", False)


def _asks(spot: Spot) -> Iterator[Mutant]:
    """A question is taken out; its condition is turned round; what is asked each time is asked once only;
    what may wait is waited for."""
    asks = spot.element.asks
    for n, ask in enumerate(asks):
        label = f"asks.{ask.fact}"
        yield spot.row(label, "taken out", "asks", without(asks, n), ask)
        if ask.if_ is not None:
            changed = with_one(asks, n, replace(ask, if_=turned(ask.if_)))
            yield spot.row(label, "condition turned round", "asks", changed, ask)
        if ask.each_time:
            yield spot.row(label, "once only", "asks", with_one(asks, n, replace(ask, each_time=False)), ask)
        if ask.may_wait:
            yield spot.row(label, "waited for", "asks", with_one(asks, n, replace(ask, may_wait=False)), ask)


def _tells(spot: Spot) -> Iterator[Mutant]:
    """A notice is taken out; its condition is taken out and turned round."""
    tells = spot.element.tells
    for n, tell in enumerate(tells):
        label = f"tells.{tell.notice}"
        yield spot.row(label, "taken out", "tells", without(tells, n), tell)
        if tell.if_ is not None:
            other = {"taken out": None, "turned round": turned(tell.if_)}
            for what, condition in other.items():
                changed = with_one(tells, n, replace(tell, if_=condition))
                yield spot.row(label, f"condition {what}", "tells", changed, tell)


def _means(spot: Spot) -> Iterator[Mutant]:
    """The condition of a milestone is taken out, and turned round."""
    conditions = spot.element.means_if
    for milestone, condition in conditions.items():
        rest = {k: v for k, v in conditions.items() if k != milestone}
        at = condition.where
        yield spot.mutant("means_if", f"condition of {milestone} taken out", rest, at)
        changed = {**rest, milestone: turned(condition)}
        yield spot.mutant("means_if", f"condition of {milestone} turned round", changed, at)


# ------------------------------------------------------------------------------------------------ clocks
def _clock(spot: Spot) -> Iterator[Mutant]:
    c: Clock = spot.element
    yield spot.mutant("starts", "taken out", ())
    yield from each_of_several(spot, "starts")
    yield from each_of_several(spot, "while_")
    for field in ("stops", "meets", "pauses_in"):
        yield from each(spot, field)
    for field in ("within", "every"):
        yield from longer(spot, field)
    yield from out(spot, "from_")
    yield from rule(spot, "only_if")
    if c.pauses_in:
        held = (("now yes", True), ("now no", False))
        yield from (spot.mutant("part_days", what, v) for what, v in held if v is not c.part_days)
    if c.roll != "none":
        yield spot.mutant("roll", "taken out", "none")
    yield from _extensions(spot)
    yield from _near(spot)
    yield from _late(spot)


def _extensions(spot: Spot) -> Iterator[Mutant]:
    by = spot.element.extended_by
    for name, how in by.items():
        rest = {k: v for k, v in by.items() if k != name}
        yield spot.row(f"extended_by.{name}", "taken out", "extended_by", rest, how)
        for field in ("at_most", "times"):
            if getattr(how, field) is not None:
                changed = {**by, name: replace(how, **{field: None})}
                yield spot.row(f"extended_by.{name}", f"{field} taken out", "extended_by", changed, how)


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
            yield spot.row(label, "taken out", "late", without(late, n), action)


# --------------------------------------------------------------------------------------- what is told and found
def _fact(spot: Spot) -> Iterator[Mutant]:
    yield from rule(spot, "applies_if")
    if spot.element.or_from is not None:
        yield spot.mutant("or_from", "taken out", None, spot.element.or_from.where)
    yield from out(spot, "limits")
    yield from out(spot, "about", "")
    yield from out(spot, "lasts", "")
    if spot.element.finding:
        yield spot.mutant("finding", "taken out", False)


def _setting(spot: Spot) -> Iterator[Mutant]:
    """Another value; one for a setting without a value, since what is not settled must stay so; its limits; who may."""
    found = spot.element
    if is_dated(found.value):
        yield from dated(spot, "value")
    else:
        yield from (spot.mutant("value", what, other) for what, other in others(found.type, found.value))
    yield from out(spot, "limits")
    yield from flag(spot, "site_may")


def _table(spot: Spot) -> Iterator[Mutant]:
    """Each row is taken out, each cell has another value, and each version begins a day later."""
    versions = spot.element.versions
    for n, version in enumerate(versions):
        for key, cells in version.value.items():
            label = f"{key}" if len(versions) == 1 else f"version {n + 1}.{key}"
            row = spot._replace(words=spot.words | {key}, touch=frozenset({key}))
            rest = {k: v for k, v in version.value.items() if k != key}
            yield row.row(label, "taken out", "versions", _rows_now(versions, n, rest), version)
            for column, type_ in spot.element.columns.items():
                for what, other in others(type_, cells.get(column)):
                    now = {**version.value, key: {**cells, column: other}}
                    yield row.row(f"{label}.{column}", what, "versions", _rows_now(versions, n, now), version)
    yield from dated(spot, "versions")


def _rows_now(versions: Any, n: int, rows_: Any) -> Any:
    return with_one(versions, n, replace(versions[n], value=rows_))


def _named_rule(spot: Spot) -> Iterator[Mutant]:
    yield from rule(spot, "is_", taken_out=False)
    yield from dated(spot, "versions")


def _criterion(spot: Spot) -> Iterator[Mutant]:
    yield from rule(spot, "holds", taken_out=False)
    yield from dated(spot, "versions")
    yield from each(spot, "waived_by")


def _derived(spot: Spot) -> Iterator[Mutant]:
    for name, found in spot.element.all.items():
        changed = {**spot.element.all, name: turned(found)}
        yield spot.mutant("all", f"{name} turned round", changed, found.where)
    yield from rows(spot, "choose")


def _door(spot: Spot) -> Iterator[Mutant]:
    yield from rule(spot, "open_if")
    if spot.element.asks_first is not None:
        anywhere = spot._replace(touch=frozenset())
        yield from out(anywhere, "asks_first")
        yield from longer(anywhere.inside("asks_first"), "wipes_after")
    yield from out(spot, "criteria", "none")
    yield from each_of_several(spot, "criteria") if spot.element.criteria not in ("all", "none") else ()
    yield from each(spot._replace(touch=frozenset(spot.element.counts)), "counts")


# ------------------------------------------------------------------------------------------------ deciders
def _body(spot: Spot) -> Iterator[Mutant]:
    b = spot.element
    yield from fewer(spot, "sits_with")
    ways = ("majority", "consensus", "chair")
    yield from (spot.mutant("votes", f"now {v}", v) for v in ways if v != b.votes)
    for n, quality in enumerate(b.must_include):
        label = f"must_include.{quality.quality}"
        yield spot.row(label, "taken out", "must_include", without(b.must_include, n), quality)
        changed = with_one(b.must_include, n, replace(quality, blocks=not quality.blocks))
        yield spot.row(label, "blocks turned round", "must_include", changed, quality)
    yield from out(spot, "impediments", "")
    if b.fewer is not None:
        yield spot.mutant("fewer", "taken out", None, b.fewer.where)
        inside = spot.inside("fewer")
        yield from fewer(inside, "number")
        yield from flag(inside, "casting_vote")
        yield from out(inside, "reasons", "")
        held = (("now yes", True), ("now no", False))
        yield from (inside.mutant("vacancy", what, v) for what, v in held if v is not b.fewer.vacancy)


def _obligation(spot: Spot) -> Iterator[Mutant]:
    for field in ("verified_by", "varied_by"):
        yield from each(spot, field)
    yield from out(spot, "every")
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
        yield from each_of_several(spot, "kinds")


def _consent(spot: Spot) -> Iterator[Mutant]:
    for field in ("to", "about"):
        yield from each(spot, field)
    lasts = spot.element.lasts
    yield from longer(spot, "lasts") if isinstance(lasts, Length | SettingRef) else each(spot, "lasts")
    if spot.element.doors != "all":
        yield spot.mutant("doors", "all", "all")
        yield from each(spot, "doors")
    if spot.element.alone:
        yield spot.mutant("alone", "taken out", False)
    yield from out(spot, "regime")
    yield from out(spot, "on_withdrawal")


def _letter(spot: Spot) -> Iterator[Mutant]:
    yield from out(spot, "hour", "")
    yield from each_of_several(spot, "to")


def _place(spot: Spot) -> Iterator[Mutant]:
    """One place less, each stage, step and key of the order taken out, the order turned round, a longer time.

    Nothing of a place that no step needs: it is written for simulation, and no case knows of it.
    """
    if not needed(spot.put(spot.element), spot.at.partition(".")[2]):
        return
    yield from fewer(spot, "number")
    for field in ("held_in", "taken_by", "order", "waived_by"):
        yield from each(spot, field)
    if len(spot.element.order) > 1:
        yield spot.mutant("order", "turned round", spot.element.order[::-1])
    yield from longer(spot, "per")
    yield from out(spot, "each", "")


def _role(spot: Spot) -> Iterator[Mutant]:
    if spot.element.sees is None:
        return
    if spot.element.is_ == "person":  # who sees their whole case; only what is kept from them is read
        yield from each(spot.inside("sees"), "facts")
    else:
        lists = ("stages", "steps", *(("letters",) if spot.put(spot.element).letters else ()))
        yield from _sees(spot.inside("sees"), lists)


def _sees(spot: Spot, lists: tuple[str, ...]) -> Iterator[Mutant]:
    """A line of sight is taken out, and opened wide. lists: what there is to be listed in it."""
    s: Sees = spot.element
    if s.cases != "none":
        yield spot.mutant("cases", "taken out", "none")
    if s.cases in WIDER:
        yield spot.mutant("cases", f"now {WIDER[s.cases]}", WIDER[s.cases])
    for field in ("facts", "milestones", "with_consent"):
        yield from each(spot, field)
    if set(FACT_CLASSES) - set(s.facts):
        yield spot.mutant("facts", "all", FACT_CLASSES)
    for field in lists:
        yield from _shown(spot, field)
    yield from flag(spot, "own")
    yield from (spot.mutant("support", f"now {v}", v) for v in ("none", "all") if v != s.support)


WIDER = {"own": "site", "assigned": "site", "sitting": "site", "site": "programme"}
"""How far a list of cases reaches, and the next that is wider."""


def _shown(spot: Spot, field: str) -> Iterator[Mutant]:
    found = getattr(spot.element, field)
    if found != "none":
        yield spot.mutant(field, "taken out", "none")
    if found != "all":
        yield spot.mutant(field, "all", "all")
    if isinstance(found, tuple) and len(found) > 1:
        yield from each(spot, field)


def _boxes(pathway: Pathway) -> Iterator[Mutant]:
    """Each box of the worklist but the last: gone, or with its condition turned round."""
    for n, box in enumerate(pathway.boxes):
        if box.if_ is None:
            continue
        titles = frozenset(box.title.values())
        spot = Spot("boxes", pathway, lambda x: x, titles, frozenset({"box"}))
        yield spot.row(f"{n + 1}", "taken out", "boxes", without(pathway.boxes, n), box)
        changed = with_one(pathway.boxes, n, replace(box, if_=turned(box.if_)))
        yield spot.row(f"{n + 1}", "turned round", "boxes", changed, box)


CHAPTERS: dict[str, Callable[[Spot], Iterable[Mutant]]] = {
    "settings": _setting,
    "roles": _role,
    "bodies": _body,
    "facts": _fact,
    "tables": _table,
    "derived": _derived,
    "rules": _named_rule,
    "criteria": _criterion,
    "doors": _door,
    "steps": _step,
    "clocks": _clock,
    "obligations": _obligation,
    "support": _support,
    "consents": _consent,
    "letters": _letter,
    "notices": told.notice,
    "counts": told.count,
    "places": _place,
    "phases": court.phases,
    "schedules": court.schedule,
}
