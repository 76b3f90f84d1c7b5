"""R1 to R4: rules that cannot be used, that read what they must not, whose dates do not join, that lack a
guard.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.check.look import Look, deciding_rules
from amparo.pathways.findings import Finding
from amparo.pathways.model import Dated, Rule, Step, Where
from amparo.pathways.rules import Compiled, period_fault, unguarded

WATCHING = ("late", "near", "running", "due")
"""Readings of a clock."""


def findings(look: Look) -> Iterator[Finding]:
    yield from look.book.findings
    yield from _support(look)
    yield from _demographic(look)
    yield from _dates(look)
    yield from _guards(look)


# -------------------------------------------------------------------------------------------------- R2
def _support(look: Look) -> Iterator[Finding]:
    """A clock that support starts or meets only makes tasks: nothing lawful may turn on it."""
    about = {
        name
        for name, clock in look.pathway.clocks.items()
        if _answered(*clock.starts, *clock.stops, *clock.meets)
    }
    for name in sorted(about):
        clock = look.pathway.clocks[name]
        if any(late.opens for late in clock.late):
            what = f"clock '{name}' is about support and opens a step"
            yield Finding(clock.where, "R2", what, "let it make a task: saying no to help has no consequence")
    hidden = {f"{word}.{name}" for name in about for word in WATCHING}
    for where, compiled in _decisions(look):
        for reading in sorted(hidden & compiled.reads):
            what = f"'{reading}' is about support, and a rule of a decision reads it"
            yield Finding(where, "R2", what, "decide on something else: saying no to help has no consequence")


def _answered(*events: str) -> bool:
    return any(event.startswith("answered ") for event in events)


def _decisions(look: Look) -> Iterator[tuple[Where, Compiled]]:
    """Every rule on which something lawful turns."""
    for step in look.pathway.steps.values():
        for _, rule in deciding_rules(step):
            yield from _found(look, rule)
    for name, compiled in look.book.criteria.items():
        yield look.pathway.criteria[name].where, compiled
    for phases in look.pathway.phases.values():
        yield from ((phases.where, compiled) for compiled in look.book.requires.values())
    for ground in look.pathway.responses.grounds.values() if look.pathway.responses else ():
        yield from _found(look, ground.rests_on)
    for fact in look.pathway.facts.values():
        yield from _found(look, fact.or_from)
        yield from _found(look, fact.applies_if)


def _found(look: Look, rule: Rule | None) -> Iterator[tuple[Where, Compiled]]:
    compiled = look.book.find(rule)
    if rule is not None and compiled is not None:
        yield rule.where, compiled


def _demographic(look: Look) -> Iterator[Finding]:
    """Statistics about who people are stand in no clock, letter or notice either."""
    p = look.pathway
    hidden = {name for name, fact in p.facts.items() if fact.class_ == "demographic"}
    for letter in p.letters.values():
        yield from _stands(letter.where, hidden.intersection(letter.fields), "a letter")
    for notice in p.notices.values():
        yield from _stands(notice.where, hidden.intersection(notice.says), "a notice")
    for clock in p.clocks.values():
        yield from _stands(clock.where, hidden & {clock.from_}, "a clock")


def _stands(where: Where, names: set[str], what: str) -> Iterator[Finding]:
    for name in sorted(names):
        yield Finding(where, "R2", f"'{name}' is a demographic fact and stands in {what}", "leave it out")


# -------------------------------------------------------------------------------------------------- R3
def _dates(look: Look) -> Iterator[Finding]:
    p = look.pathway
    dated: list[object] = [setting.value for setting in p.settings.values()]
    dated += [table.versions for table in p.tables.values()]
    dated += [rule.versions for rule in p.rules.values()]
    dated += [criterion.versions for criterion in p.criteria.values()]
    dated += [required.versions for each in p.phases.values() for x in each.list for required in x.requires.values()]
    for versions in dated:
        periods = (
            [each for each in versions if isinstance(each, Dated)] if isinstance(versions, tuple) else []
        )
        fault = period_fault([(each.period.from_, each.period.until) for each in periods])
        if fault is not None:
            yield Finding(periods[fault[0]].where, "R3", fault[1], fault[2])


# -------------------------------------------------------------------------------------------------- R4
def _guards(look: Look) -> Iterator[Finding]:
    """A rule that reads a fact where it does not apply would wait for ever for an answer nobody can give."""
    for name, step in look.pathway.steps.items():
        for key, where, compiled in _guarded(look, step):
            for fact in sorted(compiled.reads & look.pathway.facts.keys()):
                yield from _guard(look, compiled, fact, where, f"'{key}' of '{name}'")


def _guarded(look: Look, step: Step) -> Iterator[tuple[str, Where, Compiled]]:
    """Not the rules of asks: where one is not known, nothing is asked, and nothing waits."""
    for key, rule in deciding_rules(step):
        if not key.startswith("asks "):
            yield from ((key, where, compiled) for where, compiled in _found(look, rule))


def _guard(look: Look, compiled: Compiled, fact: str, where: Where, what: str) -> Iterator[Finding]:
    rule = look.pathway.facts[fact].applies_if
    guard = look.book.find(rule)
    if rule is None or guard is None or unguarded(compiled, fact, guard) is None:
        return
    said = f"'{fact}' applies only where {rule.text}, and {what} reads it without that guard"
    yield Finding(where, "R4", said, f"write {rule.text} && … before it, or !({rule.text}) || …")
