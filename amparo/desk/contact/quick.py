"""Steps that are told in one tap: one code, in the worker's own word, asked each time, and the case stays where it is.

A programme that watches how often somebody is met has such a step: it meets a clock that comes round again and again.
Here it is offered as its codes. No step is known by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from amparo.cases.model import Do, Refusal, Request
from amparo.desk import acts, refusals
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.context import Form, Row
from amparo.desk.drawing import control
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.seen import seen_of
from amparo.desk.typed import Wrong, one
from amparo.desk.words import pick
from amparo.ledger import book
from amparo.pathways.model import Pathway, Step

OFFERED = ("required", "allowed", "open")
ASIDE = ("text", "yes_no", "one_of")
"""Types of what may be told beside it that fit on a phone."""


class Quick(NamedTuple):
    """A step of one tap: its name, the fact that its tap tells, what may be told beside it."""

    step: str
    fact: str
    also: tuple[str, ...]


def steps(scene: Scene) -> tuple[Quick, ...]:
    """Those that this role may take now, in the order of the file."""
    assert scene.view is not None
    offered = {o.step for o in scene.view.offers if o.group in OFFERED}
    return tuple(q for q in of_role(scene.pathway, scene.role) if q.step in offered)


def of_role(pathway: Pathway, role: str) -> tuple[Quick, ...]:
    """All such steps of a role."""
    named = pathway.steps.items()
    return tuple(
        _quick(pathway, name, s)
        for name, s in named
        if role in s.by and _is_quick(pathway, s) and _in_a_rhythm(pathway, name)
    )


def _quick(pathway: Pathway, name: str, s: Step) -> Quick:
    also = tuple(f for f in s.also if pathway.facts[f].type.kind in ASIDE and not pathway.facts[f].about)
    return Quick(name, s.asks[0].fact, also)


def _is_quick(pathway: Pathway, s: Step) -> bool:
    does_more = (
        s.opens or s.to or s.choice or s.recorded or s.terms or s.makes or s.gives or s.tells or s.needs
    )
    if does_more or s.effect != "none" or len(s.asks) != 1 or not s.asks[0].each_time or s.asks[0].if_:
        return False
    fact = pathway.facts[s.asks[0].fact]
    own_word = any(role in s.by for role in fact.from_)
    return own_word and not fact.about and fact.class_ == "process" and fact.type.kind == "one_of"


def _in_a_rhythm(pathway: Pathway, step: str) -> bool:
    """Does a clock that comes round wait for it?"""
    return any(c.every is not None and step in c.meets for c in pathway.clocks.values())


# ------------------------------------------------------------------------------------------------ drawn
def forms(scene: Scene) -> tuple[Form, ...]:
    """A form for each, the first one open."""
    return tuple(_form(scene, q, n > 0) for n, q in enumerate(steps(scene)))


def _form(scene: Scene, q: Quick, shut: bool) -> Form:
    fact, s = scene.pathway.facts[q.fact], scene.pathway.steps[q.step]
    asked = control(
        scene.d, fact.type, f"fact.{q.fact}", pick(fact.title, q.fact), scene.typed, s.asks[0].may_be
    )
    return Form(
        "quick", pick(s.title, q.step), "", (Row(asked),), "go", hidden=(("step", q.step),), shut=shut
    )


def beside(scene: Scene, q: Quick) -> Iterable[str]:
    """What may be told beside a step, as far as this role reads it."""
    shown = scene.facts()
    return (name for name in q.also if name in shown)


# ------------------------------------------------------------------------------------------------ written
def take(desk: CaseDesk) -> Sent:
    """Take the step that was tapped."""
    scene = desk.scene
    q = next((q for q in steps(scene) if q.step == one(desk.typed, "step")), None)
    if q is None:
        return acts.NOTHING_SENT
    told = _told(desk, q.fact, scene.pathway.steps[q.step].asks[0].may_be)
    do = Do(q.step, told)
    request = Request("steps", desk.here.account.pk, scene.role, (do,), seen=seen_of(desk.typed))
    done = book.record(desk.here.account, desk.case, request, acts.key_of(desk.typed), "contact")
    return Sent(None, (refusals.lines(scene, done),)) if isinstance(done, Refusal) else Sent(done)


def _told(desk: CaseDesk, fact: str, may_be: tuple[str, ...] = ()) -> dict[str, object]:
    try:
        found = answer(desk.scene.d, desk.scene.pathway.facts[fact].type, f"fact.{fact}", desk.typed, may_be)
    except Wrong:
        found = None
    return {} if found is None else {fact: found}
