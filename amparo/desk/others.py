"""What a case waits for that somebody else has to do: who, what, and by when. Nothing here knows a programme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk import homes
from amparo.desk.homes import GOING
from amparo.desk.plan import starts_at
from amparo.desk.scene import Scene
from amparo.desk.words import either, lower_first, pick, role_title
from amparo.lens import ClockView, Viewer
from amparo.lens.sight import step_named
from amparo.pathways.model import Names, Pathway


class Waits(NamedTuple):
    """One thing that somebody else has to do: the roles that can, and the steps of which one is wanted."""

    roles: Names
    steps: Names


def of_clock(scene: Scene, clock: ClockView) -> Waits | None:
    """Whom this clock waits for; None where this role can do it itself, or may not read what is wanted."""
    assert scene.view is not None
    c = scene.pathway.clocks[clock.name]
    if clock.waits and clock.state != "late":  # a time that only has to pass waits for nobody
        return None
    kept = c.meets or (() if c.stops else homes.kept_by(scene, c))
    stops, meets = (homes.ours(scene, c, _wanted(scene, triggers)) for triggers in (c.stops, kept))
    if any(o.step in (*stops, *meets) and o.group in GOING for o in scene.view.offers):
        return None
    return _first(scene, stops or meets)


def of_case(scene: Scene) -> Iterator[tuple[ClockView, Waits]]:
    """Each running clock that waits for somebody else, the first due first."""
    assert scene.view is not None
    going = [c for c in scene.view.clocks if c.going and c.due is not None]
    for clock in sorted(going, key=lambda c: c.due or 0):
        found = of_clock(scene, clock)
        if found is not None:
            yield clock, found


def of_steps(scene: Scene, steps: Iterable[str]) -> Waits | None:
    """Who takes these steps, from where the case stands, if it is not this role."""
    return _first(scene, tuple(s for s in steps if _here(scene, s)))


def words(scene: Scene, waits: Waits) -> str:
    """`Waits for: judge of this court (Enter the programme)`."""
    return _("Waits for: %(who)s (%(what)s)") % {
        "who": who(scene.pathway, waits.roles),
        "what": what(scene, waits),
    }


def who(pathway: Pathway, roles: Sequence[str]) -> str:
    """Roles of which one is enough."""
    return either(lower_first(role_title(pathway, role)) for role in roles)


def what(scene: Scene, waits: Waits) -> str:
    """The steps by their titles; of many, how many more there are."""
    named = [pick(scene.pathway.steps[s].title, s) for s in waits.steps]
    titles = [*named[:1], *(lower_first(title) for title in named[1:])]
    if len(titles) <= MOST:
        return either(titles)
    more = len(titles) - MOST + 1
    rest = ngettext("%(n)s more", "%(n)s more", more) % {"n": more}
    return either([*titles[: MOST - 1], rest])


MOST = 3
"""So many steps are named."""


# ------------------------------------------------------------------------------------------------ which steps
def _wanted(scene: Scene, triggers: Iterable[str]) -> Iterator[str]:
    """The steps that these triggers mean, from where the case stands."""
    p = scene.pathway
    for trigger in triggers:
        stage = trigger.removeprefix("enter ")
        named = (trigger,) if trigger in p.steps else (n for n, s in p.steps.items() if _leads(s.to, stage))
        yield from (n for n in named if _here(scene, n))


def _leads(to: Iterable[object], stage: str) -> bool:
    return any(getattr(branch, "to", "") == stage for branch in to)


def _here(scene: Scene, step: str) -> bool:
    """Can the step be taken from where the case stands, and may this role read that it is?"""
    view, s = scene.view, scene.pathway.steps.get(step)
    if view is None or s is None or not view.stage or s.recorded:
        return False
    return starts_at(s, view.stage) and step_named(scene.pathway, Viewer(scene.account, scene.role), step)


def _first(scene: Scene, steps: Names) -> Waits | None:
    """The first of these that keeps the case going, with the others of the same hand; none where it is this role's."""
    stays = [s for s in steps if not homes.leaves(scene, s)] or list(steps)
    if not stays:
        return None
    p, lead = scene.pathway, scene.pathway.steps[stays[0]]
    rivals = (s for s in steps if p.steps[s].by == lead.by)
    found = dict.fromkeys((stays[0], *sorted(rivals, key=lambda s: homes.leaves(scene, s))))
    return None if takes(p, scene.role, lead.by) else Waits(tuple(lead.by), tuple(found))


def takes(pathway: Pathway, role: str, by: Iterable[str]) -> bool:
    """Is the step this role's, alone or in a body?"""
    bodies = {name for name, b in pathway.bodies.items() if role in b.made_of}
    return bool({role, *bodies} & set(by))
