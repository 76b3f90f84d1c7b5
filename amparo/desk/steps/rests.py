"""What an act rests on: all that was told with the step it answers, on one card, before it is taken.

Whoever approves reads what was proposed; whoever takes a case on reads what it came with. The step that is answered is
read off the definition: the one its taker must stand apart from, and the one that brought the case to where it stands.
"""

from __future__ import annotations

from dataclasses import replace

from amparo.cases.about import party_of_fact
from amparo.desk.context import Pair
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene, capital
from amparo.desk.steps.asked import Partial
from amparo.desk.steps.context import Rest
from amparo.desk.words import pick
from amparo.lens import Entry, FactView
from amparo.lens.sight import fact_granted, reaches
from amparo.pathways.model import Step

TOLD = ("value", "not_known", "refused", "no_answer")


def on(scene: Scene, plan: Plan) -> tuple[Rest, ...]:
    """A card for each step that this act answers, oldest first; none for an act that answers nothing."""
    if scene.view is None or plan.choice or not _answers(scene.pathway.steps[plan.main]):
        return ()
    step = scene.pathway.steps[plan.main]
    taken = {e.name: e for e in scene.view.timeline if e.kind == "step.taken" and not e.annulled}
    since = _since(scene, taken) if step.apart_from else ()
    names = (*step.apart_from, _brought(scene, taken), *since)
    wanted = sorted((taken[n] for n in dict.fromkeys(names) if n in taken), key=lambda e: e.seq)
    last = {fact: e.seq for e in wanted for fact in _facts(scene.pathway.steps[e.name])}
    drawn = (_rest(scene, e, last) for e in wanted)
    return tuple(x for x in drawn if x.pairs)


def _answers(step: Step) -> bool:
    """Does the step say yes or no to what another began?"""
    return bool(step.apart_from or step.to) and not step.recorded


def _brought(scene: Scene, taken: dict[str, Entry]) -> str:
    """The step by which the case came to where it stands, '' if this role does not read it."""
    assert scene.view is not None
    stage, steps = scene.view.stage, scene.pathway.steps
    found = [e for e in taken.values() if stage and _leads(steps[e.name], stage)]
    return max(found, key=lambda e: e.seq).name if found else ""


def _leads(step: Step, stage: str) -> bool:
    return step.opens == stage or any(b.to == stage for b in step.to)


def _since(scene: Scene, taken: dict[str, Entry]) -> tuple[str, ...]:
    """What was said to and fro since the case came to where it stands."""
    assert scene.view is not None
    since = scene.view.stage_since or 0
    return tuple(n for n, e in taken.items() if e.at >= since)


def _facts(step: Step) -> tuple[str, ...]:
    """What may be told with a step, in the order of its form."""
    return tuple(dict.fromkeys((*(a.fact for a in step.asks), *step.also)))


def _rest(scene: Scene, e: Entry, last: dict[str, int]) -> Rest:
    """What was told with a step; of what was told again later, only the later card speaks."""
    seen, step = scene.facts(), scene.pathway.steps[e.name]
    drawn = (
        _pair(scene, seen[n], e) if n in seen and seen[n].state in TOLD else _worked_out(scene, n)
        for n in _facts(step)
        if last[n] == e.seq and not _on_their_page(scene, n)
    )
    by = ", ".join((scene.who(e.who, e.role), scene.clock.when(e.at)))
    return Rest(pick(step.title, e.name), by, tuple(p for p in drawn if p))


def _on_their_page(scene: Scene, fact: str) -> bool:
    """Is it about another person in the case, who has a page of their own for this role? The two never mix."""
    about = party_of_fact(scene.pathway, fact)
    return bool(about) and about != scene.role and reaches(scene.pathway, scene.role, about)


def _worked_out(scene: Scene, name: str) -> Pair | None:
    """What nobody told and what follows from what this role reads: an age from the day of birth."""
    fact = scene.pathway.facts[name]
    if fact.or_from is None or not fact_granted(scene.pathway, scene.role, name):
        return None
    known = Partial(scene)
    found = known.book.rule(fact.or_from).verdict(known.get, known.day)
    return None if found is None else Pair(pick(fact.title, name), capital(scene.shown(name, found)))


def _pair(scene: Scene, f: FactView, e: Entry) -> Pair:
    """Who told it stands below where it is somebody else than who wrote, or another hour."""
    pair = scene.pair(f)
    return replace(pair, note="") if f.given_by in ("", e.role, e.who) and f.as_of == e.at else pair
