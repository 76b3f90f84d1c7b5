"""D1 to D4: two required steps, a required one that can't be taken, dead ends, what an authority does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from amparo.pathways.check.look import Look, accepted, opens
from amparo.pathways.check.search import Case, Space, TooLarge, silent_facts, verdict
from amparo.pathways.findings import Finding
from amparo.pathways.model import Step, Where
from amparo.pathways.reader import left_from
from amparo.pathways.rules import YES_NO, Compiled, check, compile_rule
from amparo.pathways.scope import choices
from amparo.pathways.words import OF_AUTHORITIES

SAID = {True: "yes", False: "no", None: "not known"}


class Option(NamedTuple):
    """One step of a choice at a stage. lawful: all that must be true. gated: shut until a clock is late."""

    name: str
    step: Step
    lawful: tuple[Compiled, ...]
    required: Compiled | None
    gated: bool

    @property
    def shut(self) -> bool:
        """It may be closed whatever its rules say: a clock still runs, or it was taken as often as may be."""
        return self.gated or self.step.times is not None


def findings(look: Look) -> Iterator[Finding]:
    found: dict[tuple[str, bool, str], Finding] = {}
    for choice, steps in choices(look.pathway).items():
        for stage in look.pathway.stages:
            here = tuple(name for name in steps if stage in left_from(look.pathway, look.pathway.steps[name]))
            for finding in _choice(look, choice, stage, here):  # the same fault at several stages: told once
                found.setdefault((finding.code, finding.warn, finding.what.partition(":")[0]), finding)
    yield from found.values()
    yield from _authorities(look)


# -------------------------------------------------------------------------------------------------- D1 to D3
def _choice(look: Look, choice: str, stage: str, steps: tuple[str, ...]) -> Iterator[Finding]:
    options = [_option(look, name) for name in steps]
    rules = [rule for option in options for rule in (*option.lawful, option.required) if rule is not None]
    silent = silent_facts(look, stage, steps)
    for one, other in combinations([o for o in options if o.required], 2):
        yield from _both_required(look, stage, silent, one, other)
    for option in options:
        yield from _required(look, stage, silent, option)
    if len(options) > 1:
        yield from _dead_end(look, choice, stage, Space(look, stage, rules, silent), options)


def _option(look: Look, name: str) -> Option:
    step = look.pathway.steps[name]
    rules = [look.book.find(step.allowed), *map(look.book.criteria.get, look.criteria_of(step))]
    rules += [_answered_yes(look, fact) for fact in accepted(step)]
    gated = any(name in late.opens for clock in look.pathway.clocks.values() for late in clock.late)
    lawful = tuple(rule for rule in rules if rule is not None)
    return Option(name, step, lawful, look.book.find(step.required), gated)


def _answered_yes(look: Look, fact: str) -> Compiled | None:
    """An acceptance is a *yes* in the step itself; the person may always say no."""
    if look.book.scope.names[fact].kind != YES_NO:
        return None
    return compile_rule(check(fact, look.book.scope, YES_NO))


def _both_required(
    look: Look, stage: str, silent: frozenset[str], one: Option, other: Option
) -> Iterator[Finding]:
    rules = [rule for rule in (one.required, other.required) if rule is not None]
    space = Space(look, stage, rules, silent)
    what = f"'{one.name}' and '{other.name}' both required"

    def over(case: Case) -> bool:
        return any(verdict(rule, case) is False for rule in rules)

    def wanted(case: Case) -> bool:
        return all(verdict(rule, case) is True for rule in rules)

    yield from _searched(space, "D1", other.step.where, what, "narrow one of them", over, wanted)


def _required(look: Look, stage: str, silent: frozenset[str], option: Option) -> Iterator[Finding]:
    required = option.required
    if required is None:
        return
    yield from _nobody(look, option)
    space = Space(look, stage, [required, *option.lawful], silent)

    def over(case: Case) -> bool:
        return verdict(required, case) is False or all(verdict(rule, case) for rule in option.lawful)

    def wanted(case: Case) -> bool:
        return verdict(required, case) is True and any(verdict(rule, case) is False for rule in option.lawful)

    what = f"'{option.name}' required and not allowed"
    yield from _searched(
        space, "D2", option.step.where, what, "allow it there, or require less", over, wanted
    )


def _nobody(look: Look, option: Option) -> Iterator[Finding]:
    p = look.pathway
    roles = {role for by in option.step.by for role in (p.bodies[by].made_of if by in p.bodies else (by,))}
    if not any(opens(p, role) for role in roles):
        what = f"'{option.name}' required, and nobody in its `by` can open the case"
        yield Finding(option.step.where, "D2", what, "let a role that sees the case take it")
    if option.gated:
        what = f"'{option.name}' required, and opened only by a clock"
        yield Finding(option.step.where, "D2", what, "take it out of `opens`, or require nothing")


def _dead_end(look: Look, choice: str, stage: str, space: Space, options: list[Option]) -> Iterator[Finding]:
    def lawful(case: Case) -> bool:
        must = [(o.name, verdict(o.required, case)) for o in options if o.required is not None]
        return any(
            not option.shut
            and all(found is False for name, found in must if name != option.name)
            and all(verdict(rule, case) for rule in option.lawful)
            for option in options
        )

    where = look.pathway.stages[stage].where
    what = f"at '{stage}' no step of '{choice}' is lawful"
    remedy = "allow a step there, or let a step outside the choice settle it"
    yield from _searched(space, "D3", where, what, remedy, lawful, lambda case: not lawful(case))


def _searched(
    space: Space,
    code: str,
    where: Where,
    what: str,
    remedy: str,
    over: Callable[[Case], bool],
    wanted: Callable[[Case], bool],
) -> Iterator[Finding]:
    try:
        case = space.find(over, wanted)
    except TooLarge:
        said = f"{what}: too many cases to look at all of them, so some were drawn"
        yield Finding(where, code, said, "read fewer facts in this choice", warn=True)
        case = space.draw(wanted)
    if case is not None:
        yield Finding(where, code, f"{what}: {_witness(space.turns_on(case, wanted))}", remedy)


def _witness(case: Case) -> str:
    """The case in words: what is so first, then what is not, then what is not known."""
    order = {True: 0, False: 1, None: 2}
    said = sorted(case.items(), key=lambda item: order[item[1]])
    shown = ", ".join(f"{key} = {SAID[truth]}" for key, truth in said[:12])
    return shown + (", …" if len(said) > 12 else "") if shown else "whatever the facts are"


# -------------------------------------------------------------------------------------------------- D4
def _authorities(look: Look) -> Iterator[Finding]:
    for name, step in look.pathway.steps.items():
        for word in sorted(set(step.means) & set(OF_AUTHORITIES)):
            if not step.recorded:
                what = f"'{name}' means {word}, which only an authority does"
                yield Finding(step.where, "D4", what, "write recorded: yes, or take the milestone away")
        if step.recorded and step.choice:
            what = f"'{name}' is recorded and stands in the choice '{step.choice}'"
            yield Finding(
                step.where, "D4", what, "take it out of the choice: what an authority did is no option"
            )
