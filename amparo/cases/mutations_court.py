"""Changes of phases, schedules and responses, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from amparo.cases.changes import Mutant, Spot, each, each_of_several, longer, out, rule, with_one, without
from amparo.pathways import courts
from amparo.pathways.model import Length, Pathway, Phase, Phases, Rate, Schedule


def effect(spot: Spot) -> Iterator[Mutant]:
    """A step no longer moves the phase. (Staying in it says only that there is one.)"""
    if spot.element.effect in ("phase_next", courts.BACK):
        yield spot.mutant("effect", "taken out", "none")


# ------------------------------------------------------------------------------------------------ phases
def phases(spot: Spot) -> Iterator[Mutant]:
    """Each phase is taken out; its days, its rhythm, its tests and what it requires are changed."""
    found: Phases = spot.element
    for n, phase in enumerate(found.list):
        if len(found.list) > 1:
            yield spot.row(phase.id, "taken out", "list", without(found.list, n), phase)
        inside = _at(spot, n, phase)
        for field in ("at_least", "sitting_every"):
            yield from longer(inside, field)
        yield from _rates(inside)
        for name in phase.requires:
            yield from _requirement(inside, name)


def _at(spot: Spot, n: int, phase: Phase) -> Spot:
    """The place of one phase in the list."""
    at = f"{spot.at}.{phase.id}"
    words = spot.words | {phase.id}
    return spot._replace(at=at, element=phase, words=words, put=_put(spot, n))


def _put(spot: Spot, n: int) -> Callable[[Any], Pathway]:
    return lambda x: spot.put(replace(spot.element, list=with_one(spot.element.list, n, x)))


def _rates(spot: Spot) -> Iterator[Mutant]:
    found = spot.element.schedules
    for name, rate in found.items():
        rest = {k: v for k, v in found.items() if k != name}
        yield spot.mutant("schedules", f"{name} taken out", rest)
        if isinstance(rate, int):
            yield spot.mutant("schedules", f"{name} one more", {**found, name: rate + 1})


def _requirement(spot: Spot, name: str) -> Iterator[Mutant]:
    found = spot.element.requires
    rest = {k: v for k, v in found.items() if k != name}
    yield spot.row(f"requires.{name}", "taken out", "requires", rest, found[name])
    inside = spot.item("requires", name)
    yield from rule(inside, "holds", taken_out=False)
    yield from rule(inside, "ours_if")
    yield from each(inside, "waived_by")


# ------------------------------------------------------------------------------------------------ schedules
def schedule(spot: Spot) -> Iterator[Mutant]:
    """How many days, which, how long there is for a specimen, what starts and ends it, which steps answer it."""
    s: Schedule = spot.element
    if isinstance(s.at_least.a_week, int):
        yield spot.mutant("at_least", "one more", Rate(s.at_least.a_week + 1))
    other = "working_days" if s.over == "all_days" else "all_days"
    yield spot.mutant("over", f"now {other}", other)
    yield from out(spot, "more")
    yield from _windows(spot)
    yield spot.mutant("starts", "taken out", ())
    yield from each_of_several(spot, "starts")
    for field in ("collects", "classes", "disputes", "excuses"):
        yield from each(spot, field)


def endings(pathway: Pathway) -> Iterator[Mutant]:
    """What ends a schedule while the case goes on: with the end of a case every schedule ends, named or not."""
    for name, found in pathway.schedules.items():
        for step in found.ends:
            targets = [b.to for b in pathway.steps[step].to] if step in pathway.steps else []
            if targets and all(to and pathway.stages[to].closed for to in targets):
                continue
            left = replace(found, ends=tuple(x for x in found.ends if x != step))
            changed = replace(pathway, schedules={**pathway.schedules, name: left})
            words = frozenset({name, step})
            yield Mutant(f"schedules.{name}.ends", f"without {step}", found.where, words, frozenset({step}), changed)


def _windows(spot: Spot) -> Iterator[Mutant]:
    notice = spot.element.notice
    if isinstance(notice, Length):
        yield from longer(spot, "notice")
    for name, length in notice.items() if isinstance(notice, dict) else ():
        if isinstance(length, Length):
            changed = {**notice, name: length._replace(n=length.n + 1)}
            yield spot.mutant("notice", f"{name} one longer", changed)


# ------------------------------------------------------------------------------------------------ responses
def responses(pathway: Pathway) -> Iterator[Mutant]:
    """Each ground that never stands alone is taken out, and each list."""
    found = pathway.responses
    if found is None:
        return
    words = frozenset({found.step, *found.lists})
    spot = Spot("responses", found, lambda x: replace(pathway, responses=x), words, frozenset({found.step}))
    yield from each(spot, "never_alone")
    for name in found.grounds:
        left = {k: v for k, v in found.grounds.items() if k != name}
        yield spot.row(f"grounds.{name}", "taken out", "grounds", left, found.grounds[name])
        yield from rule(spot.item("grounds", name), "rests_on", taken_out=False)
    for name in found.lists:
        rest = {k: v for k, v in found.lists.items() if k != name}
        yield spot.mutant("lists", f"without {name}", rest)
