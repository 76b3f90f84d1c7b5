"""*Before it can be written* and *What must hold*: what the step needs, each line done or open as the
engine answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from amparo.cases.model import Refusal
from amparo.desk import plan as plans
from amparo.desk.context import Check, Option
from amparo.desk.leaves import reason_words
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.typed import one
from amparo.desk.words import pick
from amparo.pathways.model import Needs, Step


def before(scene: Scene, plan: Plan, steps: Sequence[Step], refusals: Sequence[Refusal]) -> tuple[Check, ...]:
    """One line for each kind of thing these steps need: open until it was given, and where a refusal names it."""
    found = [
        _line(plans.body_of(plan) != "", _("Enough members sit"), _any(refusals, "no_sitting", "no_quorum")),
        _line(any(s.asks for s in steps), _("Every question is answered"), _any(refusals, "ask")),
        *(_accepted(scene, f, refusals) for s in steps for f in _needs(s).accepted),
        _line(
            bool(plan.choice),
            _("One decision, and the law allows it"),
            not _chosen(plan, steps) or _any(refusals, "not_allowed", "must_be", "not_yet"),
        ),
        _line(
            any(s.terms for s in steps),
            _("Its terms are inside the law"),
            _any(refusals, "outside") or _field(refusals, _term_names(steps)),
        ),
        _line(
            any(_needs(s).reasons for s in steps),
            _("Reasons"),
            not one(scene.typed, "reasons").strip() or _field(refusals, {"reasons"}),
        ),
        _line(
            any(_needs(s).heard for s in steps),
            _("The person was heard"),
            one(scene.typed, "heard") != "yes" or _field(refusals, {"heard"}),
        ),
        _line(
            any(_needs(s).defence for s in steps),
            _("Somebody to defend the person was there, or offered"),
            not one(scene.typed, "defence") or _field(refusals, {"defence"}),
        ),
        _line(
            any(_needs(s).notice for s in steps),
            _("Proof that the person was told in time"),
            _field(refusals, {"notice"}) or not _told(scene, steps),
        ),
        _line(
            any(_needs(s).consents for s in steps),
            _("The consent it needs"),
            any(r.field.startswith("consent.") for r in refusals),
        ),
        _line(
            any(s.makes and not s.recorded for s in steps),
            _("What is agreed, item by item"),
            not _typed(scene, "item.") or _field(refusals, {"items"}),
        ),
        _line(
            plans.body_of(plan) != "",
            _("Voted and carried"),
            not _typed(scene, "vote.") or _any(refusals, "no_majority", "no_sitting"),
        ),
    ]
    return tuple(dict.fromkeys(c for c in found if c))


def _needs(step: Step) -> Needs:
    """What must be there before a step is written. What an authority did is written even so, and flagged."""
    return plans.NO_NEEDS if step.recorded else plans.needs(step)


def _typed(scene: Scene, prefix: str) -> bool:
    """Has anything been typed in these fields?"""
    return any(name.startswith(prefix) and one(scene.typed, name) for name in scene.typed)


def _told(scene: Scene, steps: Iterable[Step]) -> bool:
    """Is there proof that a letter was in hand, or is the person here, or the letter none of this role's to read?"""
    letters = [x for x in scene.view.letters if x.letter in _notices(steps)] if scene.view else []
    return bool(scene.typed.get("present")) or not letters or any(x.delivered for x in letters)


def _notices(steps: Iterable[Step]) -> frozenset[str]:
    return frozenset(name for s in steps for name in _needs(s).notice)


def _line(wanted: bool, words: str, lacks: bool) -> Check | None:
    return Check(words, state="open" if lacks else "done") if wanted else None


def _chosen(plan: Plan, steps: Sequence[Step]) -> bool:
    return len(steps) > len(plan.lead)


def _any(refusals: Iterable[Refusal], *codes: str) -> bool:
    return any(r.code in codes for r in refusals)


def _field(refusals: Iterable[Refusal], names: set[str]) -> bool:
    return any(r.field in names for r in refusals)


def _term_names(steps: Iterable[Step]) -> set[str]:
    return {t for s in steps for t in s.terms}


def _accepted(scene: Scene, fact: str, refusals: Sequence[Refusal]) -> Check:
    lacks = any(r.field == f"accepted.{fact}" for r in refusals)
    title = pick(scene.pathway.facts[fact].title, fact)
    return Check(
        _("%(title)s: said by %(person)s") % {"title": title, "person": scene.person()},
        _("asked here") if lacks else "",
        "open" if lacks else "done",
    )


# ------------------------------------------------------------------------------------------------ criteria
def _names(plan: Plan) -> tuple[str, ...]:
    found: list[str] = []
    for s in plan.steps:
        listed = _needs(s).criteria
        found.extend(plan.pathway.criteria if listed == "all" else () if listed == "none" else listed)
    return tuple(dict.fromkeys(found))


def criteria(scene: Scene, plan: Plan, refusals: Sequence[Refusal]) -> tuple[Check, ...]:
    """What must hold, each a sentence with the fact that settled it."""
    against = {name: r for r in refusals for name in _names(plan) if _speaks_of(r, name)}
    return tuple(_criterion(scene, name, against.get(name)) for name in _names(plan))


def _speaks_of(r: Refusal, name: str) -> bool:
    return r.detail == "criterion" and r.params.get("criterion") == name


def _criterion(scene: Scene, name: str, against: Refusal | None) -> Check:
    c = scene.pathway.criteria[name]
    uncertain = pick(c.unverified) if c.unverified else ""
    if against is None:
        return Check(scene.said(c.say, name), unverified=uncertain, basis=scene.cite(c.basis))
    because = ", ".join(w for r in against.because if (w := reason_words(scene, r)))
    note = because or scene.sentence(against)[1]
    return Check(
        scene.said(c.otherwise or c.say, name),
        note,
        "no" if against.code == "not_allowed" else "open",
        unverified=uncertain,
        basis=scene.cite(against.basis or c.basis),
    )


def holding(scene: Scene, plan: Plan, refusals: Sequence[Refusal]) -> str:
    """`7 of 8`."""
    found = criteria(scene, plan, refusals)
    return (
        _("%(done)s of %(all)s") % {"done": sum(c.state == "done" for c in found), "all": len(found)}
        if found
        else ""
    )


def waivers(scene: Scene, plan: Plan, refusals: Sequence[Refusal]) -> tuple[Option, ...]:
    """What this role may pass with a reason that is recorded: a criterion, what a phase asks, a place that is taken."""
    chosen = set(scene.typed.get("waive") or ())
    open_ = [
        n
        for n, c in zip(_names(plan), criteria(scene, plan, refusals), strict=True)
        if c.state != "done" or n in chosen
    ]
    may = [n for n in open_ if scene.role in scene.pathway.criteria[n].waived_by]
    said = {n: _passing(scene.said(scene.pathway.criteria[n].say, n)) for n in may}
    said |= {n: words for n, words in _others(scene).items() if n in chosen or n in _passable(scene, refusals)}
    return tuple(Option(n, words, n in chosen) for n, words in said.items())


def _passing(what: str) -> str:
    return _("Go on although this does not hold: %(what)s. The reason stands under Reasons.") % {"what": what}


def _others(scene: Scene) -> dict[str, str]:
    """What the phase asks, and places, with what is said where one is passed."""
    view, p = scene.view, scene.pathway
    asked = view.phase.requires if view is not None and view.phase is not None else ()
    found = {x.name: _passing(pick(x.say, x.name)) for x in asked}
    places = {n: x for n, x in p.places.items() if scene.role in x.waived_by}
    taken = _("Go on although no place is free: %(what)s. The reason stands under Reasons.")
    return found | {n: taken % {"what": pick(x.title, n)} for n, x in places.items()}


def _passable(scene: Scene, refusals: Iterable[Refusal]) -> frozenset[str]:
    """What the engine says this role may pass."""
    mine = [r for r in refusals if ("role", scene.role) in r.instead or r.code == "no_place"]
    waived = {r.field.removeprefix("waived.") for r in mine if r.field.startswith("waived.")}
    return frozenset(waived | {str(r.params.get("place", "")) for r in mine if r.code == "no_place"})
