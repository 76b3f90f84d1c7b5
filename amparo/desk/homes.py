"""The page on which a step is taken: its own, or that of a decision together with the findings that lead
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.clocks import own_side
from amparo.cases.index import index
from amparo.desk import plan as plans
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.words import pick
from amparo.lens import OfferView
from amparo.pathways.model import Clock

AGAINST = frozenset({"returned", "sanctioned"})
"""What a step means that nobody is led to."""
GOING = ("required", "allowed", "open")
SHUT = ("not_yet", "not_allowed")


class Page(NamedTuple):
    """Where something is done. choice: '' for a step of its own."""

    title: str
    href: str
    choice: str = ""


def homes(scene: Scene) -> dict[str, Plan]:
    """The steps that are taken on the page of a choice, as far as this role reads where the case stands."""
    view = scene.view
    if view is None or not view.stage:
        return {}
    taken = plans.taken_here(view)
    found: dict[str, Plan] = {}
    for name in index(scene.pathway).choices:
        plan = plans.of_choice(scene.pathway, name, view.stage, taken)
        for step in (*plan.lead, *plan.options):
            found.setdefault(step, plan)
    return found


def page_of(scene: Scene, o: OfferView, home: Mapping[str, Plan]) -> Page:
    """The page of an offered step."""
    assert scene.view is not None
    plan = home.get(o.step)
    if plan is None:
        return Page(pick(o.title, o.step), reverse("step", args=[scene.view.case, o.step]))
    return Page(plans.title(plan), reverse("choice", args=[scene.view.case, plan.choice]), plan.choice)


def going(scene: Scene, plan: Plan) -> bool:
    """Can anything on this page go on now?"""
    assert scene.view is not None
    steps = {*plan.lead, *plan.options}
    return any(o.group in GOING for o in scene.view.offers if o.step in steps)


def leaves(scene: Scene, step: str) -> bool:
    """Does the step only end the case, or take the person out of it? Nobody is led to it before all else; but they are
    to the end of what was completed.
    """
    s = scene.pathway.steps[step]
    if "completed" in s.means:
        return False
    closes = bool(s.to) and all(b.to and scene.pathway.stages[b.to].closed for b in s.to)
    return closes or "left" in s.means


def wanted_first(scene: Scene, clock: Clock | None) -> OfferView | None:
    """What is required now; else what this clock waits for: what can be done, else what keeps the case going and
    cannot be done yet, else what ends it.
    """
    assert scene.view is not None
    home, offers = homes(scene), [o for o in scene.view.offers if o.group in GOING]
    required = next((o for o in offers if o.group == "required"), None)
    if required or clock is None:
        return required
    wanted = ours(scene, clock, (*kept_by(scene, clock), *(s for late in clock.late for s in late.opens)))
    named = [o for s in wanted for o in scene.view.offers if o.step == s and o.group in (*GOING, "not_yet")]
    ways = (*(o for o in named if o.group in GOING), *_entering(scene, wanted, home))
    passed = waiting(scene, clock)
    may = [o for o in (*ways, *named) if home.get(o.step) or not against(scene, o.step)]
    stays = (o for o in may if passed or home.get(o.step) or not leaves(scene, o.step))
    return next(stays, None) or next((o for o in ways if o in may), None)


def kept_by(scene: Scene, clock: Clock) -> tuple[str, ...]:
    """What stops or meets a clock. A rhythm that nothing else keeps is kept by the step that begins it anew."""
    anew = (s for s in clock.starts if s in scene.pathway.steps) if clock.every is not None else ()
    return (*clock.stops, *clock.meets) or tuple(anew)


def against(scene: Scene, step: str) -> bool:
    """Does the step take from the person what they had?"""
    return bool(AGAINST & set(scene.pathway.steps[step].means))


def waiting(scene: Scene, clock: Clock) -> bool:
    """Is this a time that only has to pass?"""
    assert scene.view is not None
    known = scene.pathway.clocks
    return any(c.waits and known[c.name] is clock for c in scene.view.clocks)


def ours(scene: Scene, clock: Clock, wanted: Iterable[str]) -> tuple[str, ...]:
    """What is to be done of these: while a time only has to pass, nobody waits for what the person may do in it."""
    if not waiting(scene, clock):
        return tuple(wanted)
    return tuple(step for step in wanted if not own_side(scene.pathway, step))


def decision(scene: Scene, clock: Clock) -> bool:
    """Is it to be decided, and only that: several ways from here, each with reasons or each an answer of somebody who
    was never asked, and no page for all of them? Then none of them is named before the others.
    """
    assert scene.view is not None
    home, steps = homes(scene), scene.pathway.steps
    open_ = [o.step for o in scene.view.offers if o.step in clock.stops and o.group in GOING]
    to_ask = _asks_first(scene)
    alone = [s for s in open_ if s not in home and (to_ask or plans.needs(steps[s]).reasons) and steps[s].to]
    return len(alone) > 1 and alone == open_


def _asks_first(scene: Scene) -> bool:
    """Is this an approach that waits for the person's answer?"""
    assert scene.view is not None
    door = scene.pathway.doors.get(scene.view.door)
    return door is not None and door.asks_first is not None and door.asks_first.stage == scene.view.stage


def blocked(scene: Scene, o: OfferView) -> bool:
    """Can it not be done yet, nor anything else on its page?"""
    plan = homes(scene).get(o.step)
    return o.group not in GOING and not (plan is not None and going(scene, plan))


def _entering(scene: Scene, wanted: Iterable[str], home: Mapping[str, Plan]) -> Iterator[OfferView]:
    """Steps that lead to a stage which the clock waits for; one that is not open yet, where what leads it
    is.
    """
    assert scene.view is not None
    stages = {w.removeprefix("enter ") for w in wanted if w.startswith("enter ")}
    for o in scene.view.offers:
        leads = any(b.to in stages for b in scene.pathway.steps[o.step].to)
        plan = home.get(o.step)
        if leads and (o.group in GOING or (plan is not None and going(scene, plan))):
            yield o


def group_word(key: str) -> str:
    """A group in the sum."""
    return {
        "required": _("required"),
        "allowed": _("allowed"),
        "open": _("open"),
        "not_yet": _("not yet"),
        "not_allowed": _("not allowed"),
    }[key]
