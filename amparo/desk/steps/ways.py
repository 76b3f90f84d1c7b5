"""The fewest touches to an act: its last question as buttons, the other ways from here on the same page, and an act
that asks nothing read back by its own page. All of it from the definition; what is read back stays read back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import audience, homes
from amparo.desk import plan as plans
from amparo.desk.context import Control, Option, Pair, Row
from amparo.desk.drawing import control
from amparo.desk.homes import GOING
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.steps import about_test, readback, rests, rows
from amparo.desk.steps.context import OneTap, Rest, StepPage, Way
from amparo.desk.typed import Typed, touched
from amparo.desk.words import listed, pick
from amparo.lens import OfferView
from amparo.pathways.model import Step, Type

MOST = 3
"""So many other ways stand on a page; whatever else may be done stands on the file."""
FEW = 3
"""Answers that fit beside each other at the foot of a phone."""
BUTTON = "write:"
"""Begins the value of a button that answers a question and goes on: `write:fact.name=code`."""
OWN = frozenset({"key", "seen", "stage", "voted_on", "test"})
"""What a form sends of itself: nobody typed it."""


# ------------------------------------------------------------------------------------------------ pressed
def answered(then: str, typed: Mapping[str, list[str]]) -> tuple[str, dict[str, list[str]]]:
    """What the button does, and the typing with the answer that the button itself gives."""
    if not then.startswith(BUTTON):
        return then, dict(typed)
    name, _equals, code = then.removeprefix(BUTTON).partition("=")
    return "write", {**typed, name: [code]}


def reads_itself(scene: Scene, plan: Plan, typed: Typed) -> bool:
    """Is the form its own second page: an act with legal effect that asks nothing, with nothing typed beside it?"""
    if scene.view is None or plan.choice or plans.body_of(plan) or not plans.ink(plan):
        return False
    step = scene.pathway.steps[plan.main]
    asked = any(rows.open_to_ask(scene, a) for a in step.asks) or plans.acceptances(plan, plan.lead)
    said = _unsaid(step) or plans.needs(step).reasons or about_test.rows(scene, plan)
    return not (asked or said or any(touched(typed, name) for name in typed if name not in OWN))


# ------------------------------------------------------------------------------------------------ one tap
def one_tap(plan: Plan, page: StepPage, typed: Typed) -> OneTap | None:
    """The question that alone is left, where its answers fit at the foot of a phone and a page reads the act back."""
    left = [r.control for r in page.rows if r.nothing is None]
    if len(left) != 1 or _says_more(page) or page.refusals or page.faults or not plans.ink(plan):
        return None
    c = left[0]
    if c.kind != "segments" or len(c.options) > FEW or touched(typed, c.name):
        return None
    return OneTap(c.label, c.id, tuple(_button(c.name, o) for o in c.options))


def _says_more(page: StepPage) -> bool:
    """Does the page ask for more than answers?"""
    more = (page.acceptances, page.terms, page.items, page.waive, page.ticks)
    return any(more) or any(
        x is not None for x in (page.choice, page.reasons, page.sends_to, page.votes, page.reply)
    )


def _button(name: str, o: Option) -> Option:
    return replace(o, value=f"{BUTTON}{name}={o.value}")


# ------------------------------------------------------------------------------------------------ other ways
def others(scene: Scene, plan: Plan) -> tuple[Way, ...]:
    """The other answers to what this act answers; where it approves, also what may be asked first."""
    if scene.view is None or plan.choice or not scene.view.stage:
        return ()
    step, home = scene.pathway.steps[plan.main], homes.homes(scene)
    offered = [
        o for o in scene.view.offers if o.group in GOING and o.step not in home and o.step != plan.main
    ]
    return tuple(_way(scene, o) for o in offered if _beside(scene, step, plan.main, o))[:MOST]


def _beside(scene: Scene, step: Step, name: str, o: OfferView) -> bool:
    assert scene.view is not None
    other = scene.pathway.steps[o.step]
    if other.recorded or scene.view.stage not in other.from_:
        return False
    stops = (c.stops for c in scene.pathway.clocks.values())
    asks_first = bool(step.apart_from) and other.from_ == (scene.view.stage,) and not other.to
    return asks_first or any(name in s and o.step in s for s in stops)


def _way(scene: Scene, o: OfferView) -> Way:
    assert scene.view is not None
    bare = Way(o.step, pick(o.title, o.step), reverse("step", args=[scene.view.case, o.step]))
    row = _row(scene, o.step)
    if row is None:
        return bare
    key = secrets.token_hex(16)
    if row.control.kind in ("segments", "answers") and not row.control.nothings:
        buttons = tuple(_button(row.control.name, x) for x in row.control.options)
        return replace(bare, key=key, row=row, buttons=buttons)
    return replace(bare, key=key, row=row) if row.control.kind == "words" else bare


def _row(scene: Scene, name: str) -> Row | None:
    """The one thing that this step asks: its question, or reasons. None where it asks more, or nothing."""
    step = scene.pathway.steps[name]
    asks, reasons = [a for a in step.asks if rows.open_to_ask(scene, a)], plans.needs(step).reasons
    if _unsaid(step) or len(asks) + reasons != 1:
        return None
    fresh = replace(scene, typed={})
    row = rows.ask_row(fresh, asks[0]) if asks else Row(_reasons(fresh, name))
    return replace(row, control=replace(row.control, id=f"way-{name}-{row.control.id}"))


def _unsaid(step: Step) -> bool:
    """Does the step need more to be said than answers and reasons?"""
    n = plans.needs(step)
    return bool(
        step.terms
        or step.makes
        or n.accepted
        or n.heard
        or n.defence
        or n.place
        or step.effect == "transfers"
    )


def _reasons(scene: Scene, name: str) -> Control:
    return control(
        scene.d, Type("text"), "reasons", _("Reasons"), {}, audience=audience.of_reasons(scene, name)
    )


# ------------------------------------------------------------------------------------------------ together
def eased(scene: Scene, plan: Plan, page: StepPage, drafts: Callable[[str], bool]) -> StepPage:
    """The page with all three. `drafts`: is a draft of that step kept? Then it goes on there, and nothing is lost."""
    ways = (replace(w, row=None, buttons=()) if w.here and drafts(w.step) else w for w in others(scene, plan))
    itself = reads_itself(scene, plan, scene.typed) and not (page.refusals or page.faults)
    shown = tuple(ways)
    answers = _with_open(scene, rests.on(scene, plan), shown)
    said = {(p.label, p.words) for x in answers for p in x.pairs}
    return replace(
        page,
        told_before=tuple(p for p in page.told_before if (p.label, p.words) not in said),
        one_tap=one_tap(plan, page, scene.typed),
        ways=shown,
        reads_itself=itself,
        warning=readback.warning(scene, plan, "") if itself else "",
        rests=answers,
    )


def _with_open(scene: Scene, answers: tuple[Rest, ...], ways: tuple[Way, ...]) -> tuple[Rest, ...]:
    """The cards; the last says what else is open, so that nobody approves for want of another way."""
    also = [w.title for w in ways if scene.pathway.steps[w.step].to]
    if not (answers and also):
        return answers
    pair = Pair(_("Also open"), listed(also))
    return (*answers[:-1], replace(answers[-1], pairs=(*answers[-1].pairs, pair)))


__all__ = ["answered", "eased", "reads_itself"]
