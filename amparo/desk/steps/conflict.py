"""Two people at once: what was written meanwhile beside what was not sent. Nothing is lost, nothing is
chosen for anybody.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Reason, Refusal
from amparo.desk.context import Pair
from amparo.desk.leaves import reason_words
from amparo.desk.line import first_line
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene, capital
from amparo.desk.seen import seen_of
from amparo.desk.steps import readback
from amparo.desk.steps.context import Conflict
from amparo.desk.typed import one
from amparo.desk.words import pick


def page(scene: Scene, plan: Plan, refusals: Iterable[Refusal], form: str) -> Conflict:
    """Both versions. *Look again* opens the form on what stands now, with what was typed still in it."""
    assert scene.view is not None
    changed = next(r for r in refusals if r.code == "changed")
    latest = max(changed.because, key=lambda r: r.as_of or 0, default=None)
    chosen = one(scene.typed, f"choice.{plan.choice}") if plan.choice else ""
    when = scene.clock.when(latest.as_of) if latest and latest.as_of else ""
    return Conflict(
        first_line(scene),
        scene.who(latest.given_by) if latest else _("somebody"),
        _("At %(when)s. Yours was not sent; it is kept as a draft until you choose.") % {"when": when},
        (*_steps(scene), *(_theirs(scene, r) for r in changed.because if r.name not in scene.pathway.steps)),
        readback.typed_pairs(scene, plan, chosen),
        _("Yours, a draft that only you see"),
        f"{form}anew/",
        reverse("case", args=[scene.view.case]),
        _("Look first at what stands now. Then yours can be sent as it is, changed, or set aside."),
        _("Set aside, it stays among your drafts."),
    )


def _steps(scene: Scene) -> Iterable[Pair]:
    """The steps that others have written since, as far as this role reads them, with their terms."""
    assert scene.view is not None
    since = seen_of(scene.typed) or 0
    for e in scene.view.timeline:
        if e.kind == "step.taken" and e.seq > since and e.who != scene.account:
            yield Pair(
                _("Step"), pick(e.words), ", ".join((scene.who(e.who, e.role), scene.clock.when(e.at)))
            )


def _theirs(scene: Scene, r: Reason) -> Pair:
    if r.name == "stage":
        return Pair(
            _("Where it stands"),
            pick(scene.pathway.stages[r.value].title, r.value) if r.value in scene.pathway.stages else "",
        )
    if r.name == "sitting":
        return Pair(_("Sitting"), _("changed"))
    return Pair(
        _("Fact told"), capital(reason_words(scene, r)) or _("something that your role does not read")
    )
