"""The second page of an act with legal effect: it reads the act back, and what happens at once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amparo.desk import plan as plans
from amparo.desk.context import FirstLine, Pair
from amparo.desk.drawing import nothing_words
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene, capital
from amparo.desk.steps import causes, form, voting
from amparo.desk.steps.causes import Causes
from amparo.desk.steps.context import ReadBack
from amparo.desk.typed import NOTHING, chosen_nothing, one
from amparo.desk.words import pick


def page(
    scene: Scene, plan: Plan, caused: Causes | None, first: FirstLine, addresses: tuple[str, str], key: str
) -> ReadBack:
    """What is about to be written. addresses: where it is sent, and the way back to the draft."""
    chosen = one(scene.typed, f"choice.{plan.choice}") if plan.choice else ""
    words = form.button(scene, plan, chosen)
    return ReadBack(
        first,
        _("%(act)s?") % {"act": words},
        _lead(scene, plan, chosen),
        (*_facts(scene, plan, chosen), *_terms(scene, plan, chosen)),
        one(scene.typed, "reasons"),
        causes.pairs(scene, caused),
        words,
        *addresses,
        key,
        warning(scene, plan, chosen),
        tuple(voting.given(scene)) if plans.body_of(plan) else (),
    )


def typed_pairs(scene: Scene, plan: Plan, chosen: str) -> tuple[Pair, ...]:
    """Everything typed, as it would be written."""
    reasons = one(scene.typed, "reasons")
    said = (Pair(_("Reasons"), reasons, said=True),) if reasons else ()
    votes = voting.given(scene) if plans.body_of(plan) else ()
    step = scene.pathway.steps.get(chosen)
    decided = (Pair(_("Decision"), pick(step.title, chosen), strong=True),) if step else ()
    return (*_facts(scene, plan, chosen), *decided, *_terms(scene, plan, chosen), *said, *votes)


def _lead(scene: Scene, plan: Plan, chosen: str) -> str:
    about = _("For %(person)s.") % {"person": scene.called} if scene.called else ""
    voted = voting.votes(scene, plan, chosen)
    return " ".join(p for p in (about, voted.result if voted else "") if p)


def _facts(scene: Scene, plan: Plan, chosen: str) -> tuple[Pair, ...]:
    """Every answer as it will be written, the acceptances with the person's words."""
    names = dict.fromkeys(f for s in plan.written(chosen) for f in _told_by(scene, s))
    return tuple(p for f in names if (p := _fact(scene, f)))


def _told_by(scene: Scene, step: str) -> tuple[str, ...]:
    s = scene.pathway.steps[step]
    return (*(a.fact for a in s.asks), *s.also, *(s.needs.accepted if s.needs else ()))


def _fact(scene: Scene, name: str) -> Pair | None:
    fact = scene.pathway.facts[name]
    title, nothing = pick(fact.title, name), chosen_nothing(f"fact.{name}", scene.typed).removeprefix(NOTHING)
    if nothing:
        return Pair(title, nothing_words(nothing))
    words = voting.typed_words(scene, fact.type, f"fact.{name}")
    said = one(scene.typed, f"fact.{name}.words")
    return (
        Pair(title, capital(words), f"“{said}”" if said else "", said=fact.type.kind == "text")
        if words
        else None
    )


def _terms(scene: Scene, plan: Plan, chosen: str) -> tuple[Pair, ...]:
    return tuple(
        Pair(label, words) for s in plan.written(chosen) for label, words in voting.terms_of(scene, s)
    )


def warning(scene: Scene, plan: Plan, chosen: str) -> str:
    """A final stage cannot be left; anything else is taken back only newest first, while it has reached
    nobody.
    """
    stages = scene.pathway.stages
    ends = [b.to for s in plan.written(chosen) for b in scene.pathway.steps[s].to]
    # A branch may also lead nowhere, or back: then it names no stage.
    if plans.wipes(plan.pathway, ends):
        return _("Once written it cannot be taken back: nothing of this case is kept but a count.")
    if any(stages[to].final for to in ends if to in stages):
        return _("It is final: the case cannot be opened again.")
    return _(
        "Once written it stays. It can be taken back only while it is the newest entry and has "
        "reached nobody."
    )
