"""What authorities did, to be written down as it was: what a running clock waits for stands openly, the likely first.

Where a programme is only recorded, or this role has nothing else to do in the case, all of it stands openly, by where
it leads; else the rest is reached under *Something else happened*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import recording
from amparo.desk.case.context import Can, Written
from amparo.desk.context import Link
from amparo.desk.scene import Scene
from amparo.desk.words import either, lower_first, pick
from amparo.lens import OfferView
from amparo.pathways.model import Branch
from amparo.pathways.rulebook import rulebook

FEW_STAGES = 4
"""A step from more stages than these is of the case as a whole."""


def groups(scene: Scene, alone: bool) -> tuple[Written, ...]:
    """What stands openly. alone: nothing else is offered to this role, so that nothing of it is folded away."""
    waited, here, any_time = _sorted(scene)
    open_ = alone or scene.pathway.operated == "recording"
    found = (
        (_("Waited for now"), waited),
        (_("From where the case stands"), here),
        (_("At any time"), any_time),
    )
    return tuple(
        Written(title, tuple(_can(scene, o) for o in offers))
        for n, (title, offers) in enumerate(found)
        if offers and (open_ or n == 0)
    )


def folded(scene: Scene, alone: bool) -> tuple[Link, ...]:
    """What is reached under *Something else happened*."""
    if alone or scene.pathway.operated == "recording":
        return ()
    _waited, here, any_time = _sorted(scene)
    return tuple(Link(pick(o.title, o.step), _href(scene, o)) for o in (*here, *any_time))


def _sorted(scene: Scene) -> tuple[Sequence[OfferView], Sequence[OfferView], Sequence[OfferView]]:
    """What a running clock waits for, the first due first; then what moves the case on from here; then the rest."""
    due = recording.waited(scene)
    found = recording.offers(scene)
    waited = sorted((o for o in found if o.step in due), key=lambda o: due[o.step])
    rest = [o for o in found if o.step not in due]
    here = sorted((o for o in rest if _of_here(scene, o)), key=lambda o: not _leads(scene, o))
    return waited, here, [o for o in rest if not _of_here(scene, o)]


def _of_here(scene: Scene, o: OfferView) -> bool:
    """Is the step one of this stage, not of the case as a whole?"""
    from_ = scene.pathway.steps[o.step].from_
    return len(from_) <= FEW_STAGES and not {"any", "any_open"} & set(from_)


def _leads(scene: Scene, o: OfferView) -> bool:
    return bool(scene.pathway.steps[o.step].to)


def _can(scene: Scene, o: OfferView) -> Can:
    s = scene.pathway.steps[o.step]
    link, uncertain = Link(_("Write it down"), _href(scene, o)), pick(s.unverified) if s.unverified else ""
    return Can(pick(o.title, o.step), _to(scene, o), scene.cite(s.basis), link, uncertain)


def _to(scene: Scene, o: OfferView) -> str:
    """Where the case stands then, as far as this role reads stages."""
    view, stages = scene.view, scene.pathway.stages
    if view is None or not view.stage:
        return ""
    reached = dict.fromkeys(
        pick(stages[b.to].title, b.to) for b in _ways(scene, o.step, view.stage) if b.to in stages
    )
    return _("Leads to: %(stages)s.") % {"stages": _or(reached)} if reached else ""


def _ways(scene: Scene, step: str, stage: str) -> Iterator[Branch]:
    """The branches that can still be gone from this stage: where only the stage decides, the one that it decides."""
    for branch in scene.pathway.steps[step].to:
        rule = rulebook(scene.pathway).rule(branch.if_) if branch.if_ else None
        decided = rule.verdict({"stage": stage}.get, _no_day) if rule and rule.reads == {"stage"} else None
        if decided is not False:
            yield branch
        if decided is True:
            return


def _no_day(at: int) -> date:
    raise LookupError(at)


def _or(titles: Iterable[str]) -> str:
    first, *rest = titles
    items = [first, *(lower_first(title) for title in rest)]
    return either(items) if len(items) < MANY else _("one of %(n)s stages") % {"n": len(items)}


MANY = 4
"""So many ends are counted, and not named."""


def _href(scene: Scene, o: OfferView) -> str:
    assert scene.view is not None
    return reverse("step", args=[scene.view.case, o.step])
