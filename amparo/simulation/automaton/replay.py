"""A simulated history, put to the real engine event by event.

Every step must be one that `cases.decide` accepts at its time; every clock must run out at exactly the second at
which the simulation says so; and after each event the case must be the node that the simulation holds it to be.
What is found otherwise is said with the history so far, written as an example's lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from amparo.cases import clocks
from amparo.cases.fold import apply
from amparo.cases.model import Case, Nothing_, Refusal
from amparo.pathways import calendar
from amparo.simulation.automaton.acts import Act
from amparo.simulation.automaton.explore import Automaton, Row, label


class Happened(NamedTuple):
    """One event of a case. t: epoch seconds. row: of the automaton, with the act or the clock that ran out."""

    t: int
    row: Row


class Disagreed(NamedTuple):
    """Where a history and the engine part. lines: what had happened, as the lines of an example."""

    what: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((self.what, *self.lines))


def replay(automaton: Automaton, history: Iterable[Happened]) -> Disagreed | None:
    """The first disagreement between a case's history and the engine; None if there is none.

    A clock that had run out already when a stage listens to it runs out at once: only then is the case what it is
    to be.
    """
    case: Case | None = None
    lines: list[str] = []
    events = tuple(history)
    for n, event in enumerate(events):
        lines.append(_line(automaton, event))
        if event.row.clock:
            assert case is not None
            found, case = _ran_out(automaton, case, event)
        else:
            found, case = _acted(automaton, case, event)
        if found:
            return Disagreed(found, tuple(lines))
        assert case is not None
        at_once = n + 1 < len(events) and bool(events[n + 1].row.clock) and events[n + 1].t == event.t
        wrong = "" if at_once else _differs(automaton, case, event)
        if wrong:
            return Disagreed(wrong, tuple(lines))
    return None


def _acted(automaton: Automaton, case: Case | None, event: Happened) -> tuple[str, Case | None]:
    assert event.row.act is not None
    early = _too_early(automaton, case, event.t) if case is not None else ""
    if early:
        return early, case
    taken = automaton.scribe.take(case, event.row.act, event.t)
    if isinstance(taken, Refusal):
        return f"refused: {taken.code} {taken.detail} {dict(taken.params)} {taken.because}", case
    return "", taken.case


def _too_early(automaton: Automaton, case: Case, t: int) -> str:
    """A clock that matters ran out before this event, and the history does not have it."""
    for name in automaton.alpha.clocks:
        run = clocks.newest(case, name, t)
        if run is not None and clocks.late(case, name, t) and not run.expired and not run.every:
            return f"clock {name} ran out at {clocks.due_of(case, name, t)}, and the history does not say so"
    return ""


def _ran_out(automaton: Automaton, case: Case, event: Happened) -> tuple[str, Case]:
    name = event.row.clock
    if not clocks.late(case, name, event.t):
        return f"clock {name} has not run out yet: it is due {clocks.due_of(case, name, event.t)}", case
    run = clocks.newest(case, name, event.t)
    if clocks.late(case, name, event.t - 1) and run is not None and run.started < event.t:
        return f"clock {name} ran out before: {clocks.due_of(case, name, event.t)}", case
    for made in clocks.tick(automaton.pathway, case, event.t):
        case = apply(automaton.pathway, automaton.site, case, made)
    return "", case


def _differs(automaton: Automaton, case: Case, event: Happened) -> str:
    node = automaton.nodes[event.row.next]
    if label(case) != node.label:
        return f"the case stands in {label(case)}, the history in {node.label}"
    key = automaton.alpha.key(case, event.t)
    if key == node.key or (node.closed and not automaton.ways(event.row.next).groups):
        return ""
    return "the case is not what the history holds it to be · " + "; ".join(_parts(key, node.key, ""))


def _parts(one: object, other: object, at: str) -> Iterable[str]:
    """Where two keys differ, each place with both."""
    if one == other:
        return
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for n, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from _parts(a, b, f"{at}.{n}")
        return
    yield f"{at[1:]}: {one!r} is not {other!r}"


# ------------------------------------------------------------------------------------------------ as an example
def _line(automaton: Automaton, event: Happened) -> str:
    at = calendar.local(event.t, automaton.site.zone).strftime("%Y-%m-%d %H:%M:%S")
    if event.row.clock:
        return f"      - {{tick: yes, at: {at}}}   # {event.row.clock} runs out"
    act = event.row.act
    assert act is not None
    return f"      - {{{_said(act)}, at: {at}}}"


def _said(act: Act) -> str:
    if act.verb == "deliver":
        return f"deliver: {act.name}"
    if act.verb == "oblige":
        return f"obligation: {act.name}, does: {act.does}"
    facts = ", ".join(f"{n}: {_written(v)}" for n, v in act.facts)
    terms = ", ".join(f"{n}: {_written(v)}" for n, v in act.terms)
    more = (f", facts: {{{facts}}}" if facts else "") + (f", terms: {{{terms}}}" if terms else "")
    return f"step: {act.name}{more}"


def _written(value: object) -> str:
    if isinstance(value, Nothing_):
        return value.kind
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
