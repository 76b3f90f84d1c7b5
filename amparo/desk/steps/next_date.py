"""The next time in court, said with what is done there: a week that is tapped, or a day of one's own.

Read off the definition: an instant that the step may also tell, where the step is the response, or meets a clock that
comes round.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.context import Control, Option
from amparo.desk.drawing import control
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.steps.context import NextDate
from amparo.desk.times import named_day
from amparo.desk.typed import Typed, field_id, one, spread
from amparo.desk.words import lower_first, pick
from amparo.lens import ClockView
from amparo.pathways import calendar
from amparo.pathways.model import Type

FIELD = "next"
WEEKS, OWN = (1, 2, 4), "own"
INSTANT = Type("instant")


def fact(plan: Plan) -> str:
    """The instant that says when the person comes next; '' where the step tells none."""
    p, r = plan.pathway, plan.pathway.responses
    step = p.steps[plan.main]
    if plan.choice or not (_round(plan) or (r is not None and plan.main == r.step)):
        return ""
    return next((f for f in step.also if p.facts[f].type.kind == "instant"), "")


def _round(plan: Plan) -> tuple[str, ...]:
    """The clocks that come round and are met where people come: by this step, or by one of whoever takes it."""
    p = plan.pathway
    mine = set(p.steps[plan.main].by)
    met = ((n, c.meets[0]) for n, c in p.clocks.items() if c.every is not None and c.meets)
    return tuple(n for n, s in met if s == plan.main or (s in p.steps and mine & set(p.steps[s].by)))


def told(scene: Scene, plan: Plan, typed: Typed) -> Typed:
    """The typing with the day that was tapped; one's own day stays as it was typed."""
    name, chosen = fact(plan), one(typed, FIELD)
    weeks = next((n for n in WEEKS if str(n) == chosen), 0)
    if not name or not weeks:
        return typed
    return {**typed, **spread(scene.d, INSTANT, f"fact.{name}", _at(scene, plan, weeks))}


def _at(scene: Scene, plan: Plan, weeks: int) -> int:
    """The hour at which the person came last, so many weeks from today."""
    last = _last(scene, plan)
    then = scene.clock.local(last if last is not None else scene.clock.now)
    day = scene.clock.local(scene.clock.now).date() + timedelta(weeks=weeks)
    return calendar.both_readings(day, then.time().replace(second=0, microsecond=0), scene.d.zone)[0]


def _last(scene: Scene, plan: Plan) -> int | None:
    """When the person came last: the newest step that met the clock."""
    assert scene.view is not None
    meets = {s for n in _round(plan) for s in plan.pathway.clocks[n].meets[:1]}
    taken = (
        e.at for e in scene.view.timeline if e.kind == "step.taken" and e.name in meets and not e.annulled
    )
    return max(taken, default=None)


def drawn(scene: Scene, plan: Plan) -> NextDate | None:
    """The question, with what the clock asks; None for a step that tells no such day."""
    name = fact(plan)
    if not name or scene.view is None:
        return None
    f = scene.pathway.facts[name]
    own: Control = control(scene.d, INSTANT, f"fact.{name}", _("Write another day"), scene.typed)
    tapped = tuple(Option(str(n), _words(scene, plan, n), one(scene.typed, FIELD) == str(n)) for n in WEEKS)
    other = Option(OWN, _("Another day"), one(scene.typed, FIELD) == OWN)
    days = Control(
        "answers", FIELD, field_id(FIELD), pick(f.title, name), options=(*tapped, other), wide="across"
    )
    return NextDate(pick(f.title, name), days, own, _latest(scene, plan), other.checked)


def _words(scene: Scene, plan: Plan, weeks: int) -> str:
    """`In 2 weeks: Thu 10 Dec, 14:00`."""
    at = _at(scene, plan, weeks)
    day = named_day(scene.clock.local(at).date(), scene.clock.local(scene.clock.now).date())
    words = ngettext("In %(n)s week: %(day)s, %(time)s", "In %(n)s weeks: %(day)s, %(time)s", weeks)
    return words % {"n": weeks, "day": day, "time": scene.clock.time(at)}


def _latest(scene: Scene, plan: Plan) -> str:
    """How long the clock leaves, as it runs now."""
    assert scene.view is not None
    names = _round(plan)
    found: list[ClockView] = [c for c in scene.view.clocks if c.name in names and c.going]
    clock = min((c for c in found if c.due is not None), key=lambda c: c.due or 0, default=None)
    if clock is None:
        return ""
    said = {"clock": lower_first(pick(clock.title, clock.name)), "when": scene.clock.due(clock.due or 0)}
    return _("Own target: %(clock)s, by %(when)s.") % said
