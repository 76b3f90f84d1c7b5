"""What is owed next on a case: the order of *What can be done now*, and which of its lines is filled.

Nothing here knows a programme: a step is owed for what its clock, its letters and its branches say.
"""

from __future__ import annotations

from typing import NamedTuple

from amparo.cases.index import index
from amparo.desk import homes, others
from amparo.desk import plan as plans
from amparo.desk.homes import Page
from amparo.desk.scene import Scene
from amparo.lens import LetterView, OfferView

OWED, REQUIRED, NEXT, MOVES, STAYS, ENDS, LATER, ADVERSE = range(8)
FILLED = frozenset({OWED, REQUIRED, NEXT, MOVES})
UNHANDED = ("due", "made")


class Rank(NamedTuple):
    """Where a line stands: its kind, when its clock runs out, its place in the definition."""

    kind: int
    due: float
    order: int


class Letters(NamedTuple):
    """Letters that wait to be handed over or sent, the first due first. first: owed before anything else; left: what
    another hand gave at an earlier stage than where the case now waits for this role.
    """

    first: tuple[LetterView, ...]
    left: tuple[LetterView, ...]


def letters(scene: Scene) -> Letters:
    """Which letters wait, and whose they are."""
    assert scene.view is not None
    waiting = sorted((x for x in scene.view.letters if x.state in UNHANDED), key=lambda x: x.due)
    left = tuple(x for x in waiting if _left_by_others(scene, x))
    return Letters(tuple(x for x in waiting if x not in left), left)


def _left_by_others(scene: Scene, x: LetterView) -> bool:
    view, p = scene.view, scene.pathway
    assert view is not None
    here = bool(view.stage) and p.stages[view.stage].owner == scene.role
    givers = (s.by for s in p.steps.values() if x.letter in s.gives)
    given = any(others.takes(p, scene.role, by) for by in givers)
    return here and not given and x.due < (view.stage_since or 0)


def rank(scene: Scene, o: OfferView, page: Page, next_href: str) -> Rank:
    """Where a step stands among what can be done."""
    due = _due(scene, o)
    # Of what is owed by the same day, what the first line names stands first.
    order = -1 if page.href == next_href else list(scene.pathway.steps).index(o.step)
    if not page.choice and adverse(scene, o.step):
        kind = ADVERSE
    elif not page.choice and _ends_before_time(scene, o):
        kind = ENDS
    elif before_its_day(scene, o.step):
        kind = LATER
    elif o.group == "required":
        kind = REQUIRED
    elif due is not None:
        kind = OWED
    elif page.href == next_href:
        kind = NEXT
    else:
        kind = MOVES if page.choice or any(b.to for b in scene.pathway.steps[o.step].to) else STAYS
    return Rank(kind, due if due is not None else float("inf"), order)


def _due(scene: Scene, o: OfferView) -> float | None:
    """When the clock that this step meets runs out; None where no running clock waits for it, or for a
    stage to which it leads.
    """
    assert scene.view is not None
    waits = [
        c.due
        for c in scene.view.clocks
        if c.going and c.due is not None and _meets(scene, c.name, o.step)
    ]
    return min(waits, default=None)


def _meets(scene: Scene, clock: str, step: str) -> bool:
    leads = {f"enter {b.to}" for b in scene.pathway.steps[step].to}
    kept = homes.kept_by(scene, scene.pathway.clocks[clock])
    return any(w == step or w in leads for w in kept)


# ------------------------------------------------------------------------------------------------ never filled
def adverse(scene: Scene, step: str) -> bool:
    """Does the step take from the person what they had: by what it means, or as it only leads back to where a
    decision is still to be taken?
    """
    s = scene.pathway.steps[step]
    ends = [b.to for b in s.to if b.to in scene.pathway.stages]
    return homes.against(scene, step) or (bool(ends) and all(_leads_back(scene, to) for to in ends))


def _leads_back(scene: Scene, to: str) -> bool:
    """Does this stage stand before the case's own, with a choice that starts there?"""
    assert scene.view is not None
    here, stages, steps = scene.view.stage, list(scene.pathway.stages), scene.pathway.steps
    options = [n for all_ in index(scene.pathway).choices.values() for n in all_]
    starting = [n for n in options if plans.starts_at(steps[n], to)]
    if not starting or here not in stages or to == here:
        return False
    reached = {b.to for n in starting for b in steps[n].to}
    return here in reached or stages.index(to) < stages.index(here)


def _ends_before_time(scene: Scene, o: OfferView) -> bool:
    """Does it end the case though the law does not require that, and something else keeps it going, now or later?"""
    assert scene.view is not None
    if o.group == "required" or not homes.leaves(scene, o.step):
        return False
    others = (x for x in scene.view.offers if x.step != o.step and x.group in (*homes.GOING, "not_yet"))
    return any(not homes.leaves(scene, x.step) for x in others)


def before_its_day(scene: Scene, step: str) -> bool:
    """Is it something for which an hour is set, on a day that is still to come?"""
    assert scene.view is not None
    if not any(step in place.taken_by for place in scene.pathway.places.values()):
        return False
    hours = [x.hour for x in scene.view.letters if x.hour is not None and x.state != "cancelled"]
    clock = scene.clock
    return bool(hours) and clock.local(hours[-1]).date() > clock.local(clock.now).date()


__all__ = ["FILLED", "Rank", "adverse", "before_its_day", "letters", "rank"]
