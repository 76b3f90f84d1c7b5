"""Types that keys of one definition owe each other (Y3): a clock runs from a time, a length is a duration."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.findings import Finding
from amparo.pathways.model import (
    BoundRow,
    Clock,
    Element,
    Pathway,
    SettingRef,
    TermRef,
    Where,
)
from amparo.pathways.scope import choices, instances


def mismatches(pathway: Pathway) -> Iterator[Finding]:
    """Every name that is known and is of the wrong type for where it stands."""
    yield from _facts(pathway)
    for name, clock in pathway.clocks.items():
        yield from _clock(pathway, name, clock)
    for element in _elements(pathway):
        for term in instances(element, TermRef):
            yield from _wrong(
                element.where, f"term '{term.step}.{term.term}'", _term(pathway, term), ("duration",)
            )
    yield from _settings(pathway)


def _facts(pathway: Pathway) -> Iterator[Finding]:
    law = pathway.facts[pathway.law_date]
    yield from _wrong(pathway.where, f"law_date '{pathway.law_date}'", {law.type.kind}, ("date", "instant"))
    for name, fact in pathway.facts.items():
        if fact.attested:
            yield from _wrong(fact.where, f"the attested fact '{name}'", {fact.type.kind}, ("yes_no",))
    for letter in pathway.letters.values():
        if letter.hour:
            kind = pathway.facts[letter.hour].type.kind
            yield from _wrong(letter.where, f"the hour '{letter.hour}'", {kind}, ("instant",))
    for step in pathway.steps.values():
        for name in step.needs.accepted if step.needs else ():
            kind = pathway.facts[name].type.kind
            yield from _wrong(step.where, f"the accepted fact '{name}'", {kind}, ("yes_no", "one_of"))


def _clock(pathway: Pathway, name: str, clock: Clock) -> Iterator[Finding]:
    if isinstance(clock.from_, str):
        kind = pathway.facts[clock.from_].type.kind
        yield from _wrong(
            clock.where, f"'{clock.from_}', from which '{name}' runs,", {kind}, ("date", "instant")
        )
    for step, extension in clock.extended_by.items():
        term = pathway.steps[step].terms.get(extension.term)
        what = f"term '{extension.term}' of '{step}', which lengthens '{name}',"
        kinds = {term.type.kind} if term else {"not there"}
        yield from _wrong(extension.where, what, kinds, ("duration",))


def _settings(pathway: Pathway) -> Iterator[Finding]:
    """`setting x` where a length, a number or a yes is expected. Bounds take the type of their term."""
    for clock in pathway.clocks.values():
        yield from _setting(pathway, clock.where, (clock.within, clock.every, clock.near), "duration")
        yield from _setting(pathway, clock.where, clock.part_days, "yes_no")
        yield from _setting(pathway, clock.where, clock.roll, "one_of")
    for body in pathway.bodies.values():
        yield from _setting(pathway, body.where, body.fewer and body.fewer.vacancy, "yes_no")
    for phases in pathway.phases.values():
        for phase in phases.list:
            yield from _setting(pathway, phase.where, (phase.at_least, phase.sitting_every), "duration")
            yield from _setting(pathway, phase.where, phase.schedules, "count")
    for schedule in pathway.schedules.values():
        yield from _setting(pathway, schedule.where, schedule.at_least, "count")
        yield from _setting(pathway, schedule.where, schedule.notice, "duration")
        yield from _setting(pathway, schedule.where, schedule.more, "number")
    for place in pathway.places.values():
        yield from _setting(pathway, place.where, (place.number, place.warn_over), "count")
        yield from _setting(pathway, place.where, place.per, "duration")
    for line in pathway.retention:
        yield from _setting(pathway, line.where, (line.named, line.ends), "duration")
    for support in pathway.support.values():
        yield from _setting(pathway, support.where, support.answer_within, "duration")
    terms = [term for step in pathway.steps.values() for term in step.terms.values()]
    for term in [*terms, *(term for owed in pathway.obligations.values() for term in owed.terms.values())]:
        bounds = tuple(b for b in (term.at_least, term.at_most, term.default) if _refers(b))
        yield from _setting(pathway, term.where, bounds, term.type.kind)


def _refers(bound: object) -> bool:
    return isinstance(bound, SettingRef) or (
        isinstance(bound, tuple) and all(isinstance(r, BoundRow) for r in bound)
    )


def _setting(pathway: Pathway, where: Where, value: object, kind: str) -> Iterator[Finding]:
    for reference in instances(value, SettingRef):
        found = pathway.settings[reference.name].type.kind
        yield from _wrong(where, f"setting '{reference.name}'", {found}, (kind,))


def _term(pathway: Pathway, reference: TermRef) -> set[str]:
    """The kinds that a term has, in the step or in the steps of the choice that have it."""
    steps = choices(pathway).get(reference.step, (reference.step,))
    found = (pathway.steps[step].terms.get(reference.term) for step in steps)
    return {term.type.kind for term in found if term}


def _elements(pathway: Pathway) -> Iterator[Element]:
    yield from pathway.clocks.values()
    yield from pathway.obligations.values()
    yield from pathway.retention


def _wrong(where: Where, what: str, found: set[str], wanted: tuple[str, ...]) -> Iterator[Finding]:
    if not found <= set(wanted):
        said = " or ".join(wanted)
        yield Finding(where, "Y3", f"{what} is {', '.join(sorted(found))}", f"name one of type {said}")
