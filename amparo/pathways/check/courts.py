"""F1: phases that nothing enters or that lower the tests too soon, schedules that nobody answers. O1 and D4: responses
that do not keep their lists apart, or hold custody. N3: requirements that nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from amparo.pathways import courts
from amparo.pathways.calendar import always_shorter
from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding
from amparo.pathways.model import Length, Pathway, Phase, Phases, Responses, Schedule, SettingRef, Step
from amparo.pathways.reader import left_from

CUSTODY = ("custody", "jail", "prison", "remand")
"""Words of what only a court orders by law: no list may hold one, whatever `never` says."""


def findings(look: Look) -> Iterator[Finding]:
    p = look.pathway
    for name, phases in p.phases.items():
        for what, remedy in _phases(look, name, phases):
            yield Finding(phases.where, "F1", what, remedy)
        for before, after in pairwise(phases.list):
            yield from _lowered(p, phases, before, after)
        for phase in phases.list:
            yield from _told(look, phase)
    yield from _steps(look)
    for name, schedule in p.schedules.items():
        for what, remedy in _schedule(p, name, schedule):
            yield Finding(schedule.where, "F1", what, remedy)
    for name, fact in p.facts.items():
        if fact.lasts and not p.phases:
            what = f"'{name}' lasts a phase, and there are no phases"
            yield Finding(fact.where, "F1", what, "add phases, or take `lasts` away")
    if p.responses is not None:
        yield from _custody(p, p.responses)
        yield from _grounds(look, p.responses)
        for what, remedy in _responses(p, p.responses):
            yield Finding(p.responses.where, "O1", what, remedy)


# ------------------------------------------------------------------------------------------------ phases
def _phases(look: Look, name: str, phases: Phases) -> Iterator[tuple[str, str]]:
    p = look.pathway
    stage = p.stages[phases.in_stage]
    if len(p.phases) > 1 and name != next(iter(p.phases)):
        yield f"'{name}' are a second set of phases, and a case is in one phase", "keep one of them"
    if stage.phases != name:
        yield f"stage '{phases.in_stage}' does not say that '{name}' lie in it", f"write phases: {name} there"
    if stage.closed:
        yield f"'{name}' lie in '{phases.in_stage}', where a case has ended", "name an open stage"
    if not any(step.effect == "phase_next" for step in p.steps.values()):
        yield f"no step begins the first phase of '{name}'", "write effect: phase_next in one"
    last = phases.list[-1]
    asked = last.requires or last.at_least is not None
    if asked and not any("phase_met" in rule.reads for rule in look.book.every()):
        yield (
            f"what '{last.id}', the last phase, requires is asked by nothing",
            "read phase_met in the step by which a case leaves the phases",
        )


def _lowered(p: Pathway, phases: Phases, before: Phase, after: Phase) -> Iterator[Finding]:
    """Testing is the last thing to be reduced: first the sittings are spaced out, in an earlier phase."""
    for name in p.schedules:
        old, new = _rate(p, before, name), _rate(p, after, name)
        if old == new or (isinstance(old, int) and isinstance(new, int) and new > old):
            continue
        if not _spaced_out(p, phases, before):
            what = f"phase '{after.id}' lowers '{name}' before the sittings were spaced out"
            if not (isinstance(old, int) and isinstance(new, int)):
                what = f"phase '{after.id}' may lower '{name}', and the sittings were not spaced out before"
            yield Finding(
                after.where, "F1", what, "lengthen sitting_every in an earlier phase, or keep the number"
            )


def _rate(p: Pathway, phase: Phase, name: str) -> int | SettingRef:
    """How many days a week, or the setting that says it: two settings are not known to be the same."""
    return phase.schedules.get(name, p.schedules[name].at_least.a_week)


def _spaced_out(p: Pathway, phases: Phases, until: Phase) -> bool:
    """Were the sittings lengthened from one phase to the next, up to this one?"""
    upto = phases.list[: phases.list.index(until) + 1]
    lengths = [_length(p, phase) for phase in upto]
    return any(a and b and always_shorter(a, b) for a, b in pairwise(lengths))


def _length(p: Pathway, phase: Phase) -> Length | None:
    every = phase.sitting_every
    found = p.settings[every.name].value if isinstance(every, SettingRef) else every
    return found if isinstance(found, Length) else None


def _told(look: Look, phase: Phase) -> Iterator[Finding]:
    """What a phase requires can be told by some step."""
    told = frozenset().union(*look.tells.values()) | look.at_breach
    for name, required in phase.requires.items():
        rule = look.book.requires.get((phase.id, name))
        for fact in sorted(look.facts_behind(rule.reads)) if rule else ():
            if fact not in told and look.pathway.facts[fact].or_from is None:
                what = f"phase '{phase.id}' requires '{name}', which reads '{fact}', and no step asks it"
                yield Finding(required.where, "N3", what, "ask it in a step")


def _steps(look: Look) -> Iterator[Finding]:
    for name, step in look.pathway.steps.items():
        if step.effect in courts.EFFECTS:
            for what, remedy in _moves(look, name, step):
                yield Finding(step.where, "F1", what, remedy)


def _moves(look: Look, name: str, step: Step) -> Iterator[tuple[str, str]]:
    p = look.pathway
    phases = courts.phases_of(p)
    if phases is None:
        yield f"'{name}' changes the phase, and there are no phases", "add phases, or take the effect away"
        return
    begins, ends = left_from(p, step), {b.to for b in step.to if b.to} or set(left_from(p, step))
    if phases.in_stage not in begins and phases.in_stage not in ends:
        yield f"'{name}' changes the phase outside '{phases.in_stage}'", "take it there, or lead there"
    if step.effect == courts.BACK:
        yield from _back(phases, name, step)


def _back(phases: Phases, name: str, step: Step) -> Iterator[tuple[str, str]]:
    if step.needs is None or not (step.needs.heard and step.needs.reasons):
        yield (
            f"'{name}' goes back a phase without reasons, or the person unheard",
            "write back: {needs: {heard: yes, reasons: yes}}",
        )
    if not step.makes:
        yield (
            f"'{name}' goes back a phase and makes no plan of what helps",
            "write back: {makes: <obligation>}",
        )
    others = set(step.by) - set(phases.back.by if phases.back else step.by)
    if others:
        yield (
            f"'{name}' is taken by {', '.join(sorted(others))}, who may not go back a phase",
            "give it to back.by",
        )


# ------------------------------------------------------------------------------------------------ schedules
def _schedule(p: Pathway, name: str, schedule: Schedule) -> Iterator[tuple[str, str]]:
    for field, does in (("collects", "collects a specimen of"), ("classes", "classes the tests of")):
        if not getattr(schedule, field):
            yield f"no step {does} '{name}'", f"write {field}: <step>"
    both = sorted(set(schedule.collects) & set(schedule.classes))
    if both:
        yield f"'{both[0]}' collects and classes: who collects is not who classes", "make two steps of it"
    if not schedule.disputes:
        yield f"nobody can dispute a test of '{name}'", "write disputes: <step>, open to the person"
    for step in schedule.classes:
        fact = courts.class_fact(p, p.steps[step])
        if not fact:
            yield (
                f"'{step}' classes tests and asks no class of one",
                "ask a fact whose codes are classes of tests",
            )
        yield from _once(p, step, fact)
    for step in schedule.collects:
        yield from _once(p, step, courts.specimen_fact(p, p.steps[step], schedule))


def _once(p: Pathway, step: str, fact: str) -> Iterator[tuple[str, str]]:
    """What is asked of each test is asked each time."""
    if any(ask.fact == fact and not ask.each_time for ask in p.steps[step].asks):
        yield f"'{step}' asks '{fact}' only once, and there are many tests", "write each_time: yes"


# ------------------------------------------------------------------------------------------------ responses
def _custody(p: Pathway, r: Responses) -> Iterator[Finding]:
    never = {*r.never, *CUSTODY}
    for name, vocabulary in r.lists.items():
        for code in p.vocabularies.get(vocabulary, ()):
            if code in never:
                what = f"the list '{name}' holds '{code}', which no response may be"
                yield Finding(r.where, "D4", what, "take it out: an authority's own order is a recorded step")


def _responses(p: Pathway, r: Responses) -> Iterator[tuple[str, str]]:
    step = p.steps[r.step]
    asked = {
        "what it answers": courts.behaviour_fact(p, r),
        "how far the goal is": courts.goal_fact(p, r),
        "from which list it is": courts.list_fact(p, r),
        **({"its grounds": courts.grounds_fact(p, r)} if courts.sanction(r) else {}),
    }
    for what, fact in asked.items():
        if not fact:
            yield f"'{r.step}' does not ask {what}", "ask a fact that has these very codes"
        yield from _once(p, r.step, fact)
    yield from _apart(p, r)
    for name, vocabulary in r.lists.items():
        term = step.terms.get(name)
        if term is None or term.type.vocabulary != vocabulary or not term.optional:
            yield (
                f"'{r.step}' has no term '{name}' of its own list",
                f"write {name}: {{type: one_of {vocabulary}, default: none}}",
            )
    needs = step.needs
    if courts.sanction(r) and (needs is None or not (needs.heard and needs.notice)):
        yield (
            f"'{r.step}' can sanction somebody unheard, or without a letter that said it beforehand",
            "write needs: {heard: yes, notice: [<letter>]}",
        )


def _grounds(look: Look, r: Responses) -> Iterator[Finding]:
    """A ground that rests on the record is one that can be named, and what it rests on can be told; every other one is
    said in words, wherever grounds are asked.
    """
    p, fact = look.pathway, courts.grounds_fact(look.pathway, r)
    codes = p.facts[fact].type.codes if fact else ()
    told = frozenset().union(*look.tells.values()) | look.at_breach
    for name, ground in r.grounds.items():
        if name not in codes:
            yield Finding(ground.where, "N1", f"'{name}' is not a ground", f"one of {', '.join(codes)}")
        rule = look.book.find(ground.rests_on)
        for read in sorted(look.facts_behind(rule.reads)) if rule else ():
            if read not in told and p.facts[read].or_from is None:
                what = f"the ground '{name}' rests on '{read}', and no step asks it"
                yield Finding(ground.where, "N3", what, "ask it in a step")
    for name, step in p.steps.items() if set(codes) - r.grounds.keys() - set(r.never_alone) else ():
        if courts.names_grounds(p, step) and not (step.needs and step.needs.reasons):
            what = f"'{name}' takes a ground that nothing on file shows, without reasons"
            yield Finding(step.where, "O1", what, "write needs: {reasons: yes}, or what the ground rests on")


def _apart(p: Pathway, r: Responses) -> Iterator[tuple[str, str]]:
    """No code stands in two lists."""
    seen: dict[str, str] = {}
    for name, vocabulary in r.lists.items():
        for code in p.vocabularies.get(vocabulary, ()):
            if code in seen and seen[code] != name:
                yield f"'{code}' stands in two lists, '{seen[code]}' and '{name}'", "keep it in one of them"
            seen[code] = name
