"""What taking somebody out of a programme needs, and what follows: said plainly where it is decided or begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from amparo.desk import others
from amparo.desk import plan as plans
from amparo.desk.context import Control, Option, Row
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.steps.context import Plainly
from amparo.desk.typed import field_id, one
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.pathways.model import Step

TAKES_OUT = frozenset({"left", "returned"})
"""What a step means by which a person loses the place that they had."""


def plainly(scene: Scene, plan: Plan) -> tuple[Plainly, ...]:
    """A line for each step of this page that takes the person out; of a page that only begins it, for each such step
    that may come next.
    """
    named = (*plan.lead, *plan.options)
    out = tuple(_takes_out(scene, named))
    if out:
        return tuple(_own(scene, name) for name in out)
    return tuple(_next(scene, name) for name in _takes_out(scene, _coming(scene, named)))


def _takes_out(scene: Scene, names: Iterable[str]) -> Iterator[str]:
    steps = scene.pathway.steps
    return (n for n in names if _ends(scene, steps[n]) and TAKES_OUT & set(steps[n].means))


def _ends(scene: Scene, step: Step) -> bool:
    """Does it always end the case?"""
    stages = scene.pathway.stages
    return bool(step.to) and all(b.to in stages and stages[b.to].closed for b in step.to)


def _coming(scene: Scene, names: Iterable[str]) -> Iterator[str]:
    """The steps that wait for somebody's decision at the only stage to which one of these leads."""
    steps, here = scene.pathway.steps, scene.view.stage if scene.view else ""
    reached = {b.to for n in names for b in steps[n].to if len(steps[n].to) == 1 and b.to != here}
    return (n for n, s in steps.items() if s.choice and not s.recorded and reached & set(s.from_))


def _own(scene: Scene, name: str) -> Plainly:
    title = pick(scene.pathway.steps[name].title, name)
    return Plainly(_heading(scene, name, title), _after(scene, name))


def _next(scene: Scene, name: str) -> Plainly:
    step = scene.pathway.steps[name]
    title, who = pick(step.title, name), listed(lower_first(role_title(scene.pathway, r)) for r in step.by)
    begins = _("Nothing ends by this alone: then it is decided by %(who)s.") % {"who": who}
    return Plainly(_heading(scene, name, title), f"{begins} {_after(scene, name)}")


def _heading(scene: Scene, name: str, title: str) -> str:
    needs = tuple(_needs(scene, scene.pathway.steps[name]))
    if not needs:
        return title
    return _("“%(step)s” needs %(what)s.") % {"step": title, "what": listed(needs)}


def _needs(scene: Scene, step: Step) -> Iterator[str]:
    n = plans.needs(step)
    for letter in n.notice:
        title = lower_first(pick(scene.pathway.letters[letter].title, letter))
        yield _("notice (%(letter)s)") % {"letter": title}
    if n.heard:
        yield _("a hearing")
    if n.defence:
        yield _("a defender present or offered")
    if n.reasons:
        yield _("reasons")


def _after(scene: Scene, name: str) -> str:
    """Where the case then stands."""
    p = scene.pathway
    stages = dict.fromkeys(pick(p.stages[b.to].title, b.to) for b in p.steps[name].to)
    return _("What follows then: %(stage)s.") % {"stage": listed(lower_first(s) for s in stages)}


# ------------------------------------------------------------------------------------------------ said with it
def only(scene: Scene, plan: Plan) -> str:
    """Said to who reads the form and cannot write it: whom it waits for."""
    found = others.of_steps(scene, (*plan.lead, *plan.options)) if scene.view else None
    if found is None:
        return ""
    who = others.who(scene.pathway, found.roles)
    return _("You can read here what is asked. It is written by: %(who)s.") % {"who": who}


def defence(scene: Scene, steps: Sequence[Step], plan: Plan) -> Row | None:
    """Whether a defender was there, where a step needs one: asked, never filled in."""
    every = (*steps, *(scene.pathway.steps[s] for s in plan.options))
    if not any(plans.needs(s).defence for s in every):
        return None
    words = (("took_part", _("Took part")), ("declined", _("Was offered, and declined")))
    chosen = one(scene.typed, "defence")
    options = tuple(Option(code, said, code == chosen) for code, said in words)
    return Row(Control("answers", "defence", field_id("defence"), _("A defender"), options=options))
