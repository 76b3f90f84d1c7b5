"""C1: clocks that never start or end, that open what cannot be taken, whose lengths do not fit together."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.calendar import always_shorter
from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding
from amparo.pathways.model import Clock, EndOf, Length, Pathway, SettingRef
from amparo.pathways.reader import led_to, left_from


def findings(look: Look) -> Iterator[Finding]:
    for name, clock in look.pathway.clocks.items():
        for what, remedy in _wrong(look, name, clock):
            yield Finding(clock.where, "C1", what, remedy)


def _wrong(look: Look, name: str, clock: Clock) -> Iterator[tuple[str, str]]:
    yield from _ends(look, name, clock)
    yield from _starts(look, name, clock)
    yield from _opens(look, name, clock)
    yield from _lengths(look.pathway, name, clock)
    for stage in clock.pauses_in:
        if stage not in clock.while_:
            yield f"'{name}' pauses in '{stage}', where it does not run", "add the stage to while"
    if clock.meets and clock.every is None:
        yield f"'{name}' has one term and `meets`", "write stops, or every"


def _ends(look: Look, name: str, clock: Clock) -> Iterator[tuple[str, str]]:
    leaves = any(move.from_ in clock.while_ and move.to not in clock.while_ for move in look.moves)
    if not clock.stops and not leaves:
        yield f"'{name}' starts and nothing ends it", "write stops, or while with stages that can be left"
    if clock.every is not None and not clock.meets and not clock.stops and not leaves:
        yield f"no step meets '{name}'", "write meets"


def _starts(look: Look, name: str, clock: Clock) -> Iterator[tuple[str, str]]:
    if not clock.starts:
        yield f"nothing starts '{name}'", "write starts"
    for start in clock.starts:
        if not set(led_to(look.pathway, start)) & set(clock.while_):
            yield f"'{name}' starts with '{start}', outside its while", "add the stage it leads to to while"
    for event in (*clock.stops, *clock.meets):
        step = look.pathway.steps.get(event)
        if step is not None and not set(left_from(look.pathway, step)) & set(clock.while_):
            yield f"'{event}' cannot be taken while '{name}' runs", "name a step of these stages"


def _opens(look: Look, name: str, clock: Clock) -> Iterator[tuple[str, str]]:
    for late in clock.late:
        for opened in late.opens:
            step = look.pathway.steps[opened]
            if not set(left_from(look.pathway, step)) & set(clock.while_):
                what = f"'{name}' opens '{opened}', which no stage of the clock allows"
                yield what, "add a stage from which it is taken to while"


def _lengths(pathway: Pathway, name: str, clock: Clock) -> Iterator[tuple[str, str]]:
    term = _constant(pathway, clock.within)
    before = _constant(pathway, clock.near.before) if clock.near else None
    if term and before and always_shorter(term, before):
        yield f"'{name}' warns before it starts", "shorten near.before"
    for step, extension in clock.extended_by.items():
        most = _constant(pathway, extension.at_most)
        if term and most and (term.unit == "s") != (most.unit == "s"):
            yield (
                f"'{step}' lengthens '{name}' in another kind of time",
                "write hours with hours, days with days",
            )
    if isinstance(clock.from_, EndOf) and clock.from_.clock == name:
        yield f"'{name}' runs from its own end", "name another clock"


def _constant(pathway: Pathway, length: object) -> Length | None:
    """A length that is known beforehand."""
    if isinstance(length, SettingRef):
        length = pathway.settings[length.name].value
    return length if isinstance(length, Length) else None
