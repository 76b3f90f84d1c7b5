"""What a definition says of phases, tests and responses, found by its shape: which phases there are, which fact of a
step holds the class of a test or the grounds of a response. No name of a step or fact is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from amparo.pathways.model import (
    Element,
    Fact,
    Names,
    Needs,
    Pathway,
    Phase,
    Phases,
    Responses,
    Schedule,
    Step,
)
from amparo.pathways.words import RESPONSE_LISTS, TEST_CLASSES

BACK = "phase_back"
EFFECTS = ("phase_next", BACK, "phase_hold")
"""Effects of steps on the phase of a case."""


# ------------------------------------------------------------------------------------------------ phases
def phases_of(pathway: Pathway) -> Phases | None:
    """The phases of a pathway, None if it has none. A case is in one phase, so there is one set of them."""
    return next(iter(pathway.phases.values()), None)


def listed(pathway: Pathway) -> tuple[Phase, ...]:
    """The phases in their order."""
    found = phases_of(pathway)
    return found.list if found else ()


def phase_at(pathway: Pathway, n: int) -> Phase | None:
    """The phase of a number, from 1; None for 0, before the first."""
    all_ = listed(pathway)
    return all_[n - 1] if 0 < n <= len(all_) else None


def number_of(pathway: Pathway, id: str) -> int:
    """The number of a phase, 0 if there is none of that name."""
    return next((n for n, phase in enumerate(listed(pathway), 1) if phase.id == id), 0)


# ------------------------------------------------------------------------------------------------ facts of a step
def class_fact(pathway: Pathway, step: Step) -> str:
    """The fact by which a step classes a test: asked by it, and all its codes are classes of tests."""
    return next((n for n, fact in _asked(pathway, step) if _is_class(fact)), "")


def _is_class(fact: Fact) -> bool:
    codes = fact.type.codes
    return fact.type.kind == "one_of" and bool(codes) and set(codes) <= set(TEST_CLASSES)


def specimen_fact(pathway: Pathway, step: Step, schedule: Schedule) -> str:
    """The fact by which a step says what was given: asked by it, and it has all specimens of the schedule."""
    wanted = set(schedule.specimens)
    found = (
        n for n, fact in _asked(pathway, step) if fact.type.kind == "one_of" and wanted <= {*fact.type.codes}
    )
    return next((n for n in found if not _is_class(pathway.facts[n])), "") if wanted else ""


def _asked(pathway: Pathway, step: Step) -> Iterator[tuple[str, Fact]]:
    return ((ask.fact, pathway.facts[ask.fact]) for ask in step.asks if ask.fact in pathway.facts)


def class_facts(pathway: Pathway, schedule: Schedule) -> Names:
    """The facts that hold classes of the tests of a schedule: who may read one of them may read the results."""
    found = (class_fact(pathway, pathway.steps[name]) for name in schedule.classes)
    return tuple(dict.fromkeys(name for name in found if name))


# ------------------------------------------------------------------------------------------------ responses
def behaviour_fact(pathway: Pathway, r: Responses) -> str:
    """The fact by which the response says what it answers."""
    return _of_response(pathway, r, lambda f: f.type.kind == "one_of" and f.type.vocabulary == r.behaviours)


def goal_fact(pathway: Pathway, r: Responses) -> str:
    """The fact by which it says how far the goal is."""
    return _of_response(pathway, r, lambda f: f.type.kind == "one_of" and set(f.type.codes) == set(r.goals))


def list_fact(pathway: Pathway, r: Responses) -> str:
    """The fact by which it says from which list it is; further codes stand for no response."""
    return _of_response(pathway, r, lambda f: f.type.kind == "one_of" and set(r.lists) <= set(f.type.codes))


def grounds_fact(pathway: Pathway, r: Responses) -> str:
    """The fact by which it names its grounds."""
    wanted = set(r.never_alone)
    return _of_response(pathway, r, lambda f: f.type.kind == "some_of" and wanted <= set(f.type.codes))


def _of_response(pathway: Pathway, r: Responses, fits: Callable[[Fact], bool]) -> str:
    step = pathway.steps.get(r.step)
    return next((n for n, fact in _asked(pathway, step) if fits(fact)), "") if step else ""


def names_grounds(pathway: Pathway, step: Step) -> str:
    """The fact by which a step names grounds of the pathway's responses, '' if it asks for none."""
    fact = grounds_fact(pathway, pathway.responses) if pathway.responses else ""
    return fact if any(ask.fact == fact for ask in step.asks) else ""


def sanction(r: Responses) -> str:
    """The list of which a response needs grounds, a hearing and a letter that said it beforehand."""
    return RESPONSE_LISTS[-1] if RESPONSE_LISTS[-1] in r.lists else ""


# ------------------------------------------------------------------------------------------------ completion
def completed(pathway: Pathway) -> Pathway:
    """The pathway with what follows from other keys: going back a phase, and the steps that answer tests.

    Twice is as once, so that a profile's phases can be completed again.
    """
    steps = {name: _going_back(pathway, step) for name, step in pathway.steps.items()}
    schedules = {name: _answered(pathway, each) for name, each in pathway.schedules.items()}
    return replace(pathway, steps=steps, schedules=schedules)


def _going_back(pathway: Pathway, step: Step) -> Step:
    found = phases_of(pathway)
    if step.effect != BACK or found is None or found.back is None:
        return step
    made = tuple(dict.fromkeys((*step.makes, *found.back.makes)))
    return replace(step, makes=made, needs=united(step.needs, found.back.needs))


def united(one: Needs | None, other: Needs | None) -> Needs | None:
    """Everything that either needs."""
    if one is None or other is None:
        return one or other
    own = {f.name for f in fields(Element)}
    both: dict[str, Any] = {
        f.name: _both(getattr(one, f.name), getattr(other, f.name))
        for f in fields(Needs)
        if f.name not in own
    }
    return replace(one, **both)


def _both(one: object, other: object) -> object:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(dict.fromkeys((*one, *other)))
    return "all" if "all" in (one, other) else other if one in ("none", "", False) else one


def _answered(pathway: Pathway, schedule: Schedule) -> Schedule:
    """The steps that collect and class, by what they ask, where the schedule does not name them."""
    steps = pathway.steps.items()
    collects = tuple(n for n, s in steps if specimen_fact(pathway, s, schedule))
    classes = tuple(n for n, s in steps if class_fact(pathway, s))
    return replace(schedule, collects=schedule.collects or collects, classes=schedule.classes or classes)
