"""How long somebody waits for treatment, as far as this role may read it. Such a wait is ours or a service's, never
theirs.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.scene import Scene
from amparo.desk.times import DAY
from amparo.lens import Viewer
from amparo.lens.sight import step_named
from amparo.pathways.model import Names, Pathway

WAITS = "treatment_waiting"
ENDS = ("treatment_started", "treatment_stopped", "treatment_completed")
RUNS = ("running", "near", "late", "paused")


class Wait(NamedTuple):
    """words: how long so far. whose: whose wait it is. Both '' for who waits for nothing that this role reads."""

    words: str = ""
    whose: str = ""


def readable(pathway: Pathway, role: str) -> bool:
    """May this role read that somebody waits for treatment? Else nothing is said, not even that nobody does."""
    viewer = Viewer("", role)
    return any(step_named(pathway, viewer, step) for step in steps_of(pathway, WAITS))


def wait(scene: Scene) -> Wait:
    """The wait that goes on, from the first word of it."""
    since = _since(scene)
    if since is None:
        return Wait()
    days = max(0, (scene.clock.now - since) // DAY)
    said = ngettext("%(n)s day so far", "%(n)s days so far", days) % {"n": days}
    return Wait(said, _("ours"))


def _since(scene: Scene) -> int | None:
    view = scene.view
    if view is None or not _goes_on(scene):
        return None
    p = scene.pathway
    taken = [e for e in view.timeline if e.kind == "step.taken" and not e.annulled]
    over = max((e.at for e in taken if e.name in steps_of(p, *ENDS)), default=0)
    begun = [e.at for e in taken if e.name in steps_of(p, WAITS) and e.at >= over]
    return min(begun, default=None)


def _goes_on(scene: Scene) -> bool:
    """Where a clock watches the wait, that clock says it; else the milestone."""
    assert scene.view is not None
    p, begin = scene.pathway, set(steps_of(scene.pathway, WAITS))
    watched = {name for name, clock in p.clocks.items() if begin & set(clock.starts)}
    if watched:
        return any(c.name in watched and c.state in RUNS for c in scene.view.clocks)
    return WAITS in scene.view.milestones


def steps_of(pathway: Pathway, *milestones: str) -> Names:
    """The steps that reach one of these milestones."""
    return tuple(name for name, s in pathway.steps.items() if {*s.means, *s.means_if} & set(milestones))
