"""P1 to P4: who would see or be told what they must not; consents nobody can have; files kept for ever."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from amparo.pathways.check.look import Look, opens
from amparo.pathways.findings import Finding
from amparo.pathways.model import Pathway, Role, Sees, Show
from amparo.pathways.words import FACT_CLASSES, OUTCOMES

CLOSE = ("health", "social")
"""Classes that an officer never sees."""


def findings(look: Look) -> Iterator[Finding]:
    for name, role in look.pathway.roles.items():
        if role.sees is not None and role.is_ != "person":
            yield from _implied(look.pathway, name, role, role.sees)
            yield from _letters(look.pathway, name, role, role.sees)
        if role.is_ == "officer" and role.sees is not None:
            yield from _officer(look.pathway, name, role, role.sees)
    yield from _addressees(look.pathway)
    yield from _tasks(look.pathway)
    yield from _wider(look)
    yield from _consents(look)
    yield from _retention(look.pathway)


def visible_facts(pathway: Pathway, role: Role) -> frozenset[str]:
    """The facts a role may see without any consent. The person sees their own case."""
    facts = pathway.facts.items()
    listed = role.sees.facts if role.sees else ()
    if role.is_ == "person":
        return frozenset(name for name, fact in facts if not fact.about and f"-{name}" not in listed)
    if role.is_ == "harmed":
        return frozenset(name for name, fact in facts if fact.about or name in listed)
    classes = set(listed) & set(FACT_CLASSES)
    seen = {name for name, fact in facts if name in listed or (fact.class_ in classes and not fact.about)}
    return frozenset(seen - {name[1:] for name in listed if name.startswith("-")})


def shown(show: Show, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that a `Show` shows."""
    if isinstance(show, str):
        return names if show == "all" else ()
    return tuple(name for name in show if name in names)


# -------------------------------------------------------------------------------------------------- P1
def _implied(p: Pathway, name: str, role: Role, sees: Sees) -> Iterator[Finding]:
    """A name can give away a fact: who reads the name must be allowed the fact."""
    facts, agreed = visible_facts(p, role), frozenset(x for k in sees.with_consent for x in p.consents[k].about)
    stages = [("stage", each, p.stages[each].implies) for each in shown(sees.stages, tuple(p.stages))]
    steps = [("step", each, p.steps[each].implies) for each in shown(sees.steps, tuple(p.steps))]
    for what, each, implies in chain(stages, steps):
        for fact in implies:
            if fact not in facts and not (what == "step" and fact in agreed):  # hidden until the person agrees
                said = f"{name} sees {what} '{each}', which implies '{fact}'"
                yield Finding(sees.where, "P1", said, f"take the {what} from its sees, or allow the fact")


def _letters(p: Pathway, name: str, role: Role, sees: Sees) -> Iterator[Finding]:
    for letter in shown(sees.letters, tuple(p.letters)):
        yield from _letter(p, name, role, letter, f"sees letter '{letter}'")


def _addressees(p: Pathway) -> Iterator[Finding]:
    for letter, each in p.letters.items():
        for name in each.to:
            yield from _letter(p, name, p.roles[name], letter, f"gets letter '{letter}'")


def _letter(p: Pathway, name: str, role: Role, letter: str, how: str) -> Iterator[Finding]:
    facts = visible_facts(p, role)
    each = p.letters[letter]
    for fact in sorted({*each.fields, each.hour} & p.facts.keys() - facts):
        said = f"{name} {how} with '{fact}', which they may not see"
        yield Finding(each.where, "P1", said, "leave the fact out, or allow it in their sees")


def _officer(p: Pathway, name: str, role: Role, sees: Sees) -> Iterator[Finding]:
    """The officer learns that the record arrived: never an outcome, nor anything of health or social life."""
    close = [each for each in sees.facts if each in CLOSE]
    close += [fact for fact in visible_facts(p, role) if p.facts[fact].class_ in CLOSE and fact in sees.facts]
    ends = [stage for stage in shown(sees.stages, tuple(p.stages)) if p.stages[stage].closed]
    ends += [word for word in sees.milestones if word in OUTCOMES]
    for what in (*close, *ends):
        said = f"officer '{name}' sees '{what}'"
        yield Finding(
            sees.where, "P1", said, "take it away: an officer sees no outcome, health or social life"
        )


def _tasks(p: Pathway) -> Iterator[Finding]:
    """A task goes to somebody who can open the case."""
    for name, clock in p.clocks.items():
        tasks = [late.task for late in clock.late] + ([clock.near.task] if clock.near else [])
        for role in dict.fromkeys(role for task in tasks if task for role in _roles(p, task)):
            if not opens(p, role):
                said = f"a task of '{name}' goes to {role}, who cannot open the case"
                yield Finding(clock.where, "P1", said, "give it to a role that sees the case")
    for name, stage in p.stages.items():
        if stage.owner and not opens(p, stage.owner):
            said = f"stage '{name}' is owned by {stage.owner}, who cannot open the case"
            yield Finding(stage.where, "P1", said, "give it to a role that sees the case")


def _roles(p: Pathway, task: str) -> tuple[str, ...]:
    """The role of a task, or the roles of the members who may have its quality."""
    if task in p.roles:
        return (task,)
    having = [
        b for b in p.bodies.values() if task == b.chair or any(q.quality == task for q in b.must_include)
    ]
    return tuple(role for body in having for role in body.made_of)


# -------------------------------------------------------------------------------------------------- P2 to P4
def _wider(look: Look) -> Iterator[Finding]:
    """Sight that is wider than in the version before is said aloud: it needs a reason of its own."""
    for before in look.before[-1:]:
        for name, role in look.pathway.roles.items():
            old = before.roles.get(role.was or name)
            if role.sees is None or old is None:
                continue
            more = sorted(_sight(look.pathway, role) - _sight(before, old))
            if more:
                said = f"{name} sees wider than in {before.version}: +{', +'.join(more[:6])}"
                yield Finding(
                    role.sees.where, "P2", said, "take it back, or say why in note and publish", warn=True
                )


def _sight(p: Pathway, role: Role) -> set[str]:
    """What a role sees, under the names of the version before."""
    sees = role.sees or Sees(where=role.where)
    named = {**p.facts, **p.stages, **p.steps, **p.letters}
    seen = (
        *visible_facts(p, role),
        *shown(sees.stages, tuple(p.stages)),
        *shown(sees.steps, tuple(p.steps)),
        *shown(sees.letters, tuple(p.letters)),
    )
    return {named[name].was or name for name in seen} | {f"cases: {sees.cases}"}


def _consents(look: Look) -> Iterator[Finding]:
    for name, step in look.pathway.steps.items():
        if step.opens and step.needs and step.needs.consents:
            said = f"no step can obtain consent '{step.needs.consents[0]}' before '{name}' opens the case"
            yield Finding(step.where, "P3", said, "need it in a later step")
        required = look.book.find(step.required)
        for reading in sorted(required.reads if required else ()):
            if reading.startswith("consent."):
                said = f"'{name}' can be required because '{reading[8:]}' was withdrawn"
                yield Finding(
                    step.where, "P3", said, "a withdrawal has no such consequence: read something else"
                )


def _retention(p: Pathway) -> Iterator[Finding]:
    kept = [stage for line in p.retention for stage in line.after]
    for name, stage in p.stages.items():
        if stage.closed and name not in kept:
            said = f"closed stage '{name}' has no retention line"
            yield Finding(stage.where, "P4", said, "say how long the name and the file are kept")
        if kept.count(name) > 1:
            said = f"'{name}' stands in {kept.count(name)} retention lines"
            yield Finding(stage.where, "P4", said, "keep one of them")
        if not stage.closed and name in kept:
            said = f"retention begins after '{name}', where cases are open"
            yield Finding(stage.where, "P4", said, "name closed stages only")
