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
    """Does the step only end the case, or take the person out of it? Nobody is led to it before all else."""
    s = scene.pathway.steps[step]
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
    wanted = (*clock.stops, *clock.meets, *(s for late in clock.late for s in late.opens))
    if _over(scene, clock):  # what the person might have done stands behind what is now ours to do
        wanted = tuple(sorted(wanted, key=lambda step: own_side(scene.pathway, step)))
    named = [o for s in wanted for o in scene.view.offers if o.step == s and o.group in (*GOING, "not_yet")]
    ways = (*(o for o in named if o.group in GOING), *_entering(scene, wanted, home))
    stays = (o for o in (*ways, *named) if home.get(o.step) or not leaves(scene, o.step))
    return next(stays, None) or next(iter(ways), None)


def _over(scene: Scene, clock: Clock) -> bool:
    """Is this a time that had to pass, and has passed?"""
    assert scene.view is not None
    known = scene.pathway.clocks
    return any(c.waits and c.state == "late" and known[c.name] is clock for c in scene.view.clocks)


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
