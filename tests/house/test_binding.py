"""One text, one meaning: every simulated history is one that the real engine accepts, event by event.

A failure prints what had happened, as the lines of an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from amparo.simulation.automaton.explore import Row
from amparo.simulation.automaton.replay import Happened, replay
from amparo.simulation.compared import doors_of
from amparo.simulation.compile.wired import Arm
from amparo.simulation.running import History, Runner
from amparo.simulation.study import Study

PEOPLE = 400
STUDIES = {
    "nz-warning": {},
    "nz-panel": {},
    "us-lead": {"prosecution": "US"},
}
"""Programmes whose law this version can simulate whole, each with the evidence of its own country's ordinary way."""


@cache
def runner(programme: str) -> Runner:
    study = Study.of(programme, named=STUDIES[programme])
    return Runner(study, Arm("all doors open", doors_of(study, [programme]), study.otherwise()))


@cache
def histories(programme: str, seed: int) -> tuple[History, ...]:
    one = runner(programme)
    drawn = one.study.numbers(2, seed)[1]
    return tuple(one.histories(one.chunk(drawn, 0, PEOPLE, seed, log=PEOPLE)))


def parted(one: Runner, cases: tuple[History, ...]) -> Iterator[str]:
    for case in cases:
        found = replay(one.study.parts[case.pathway].automaton, case.events)
        if found is not None:
            yield f"{case.pathway}: {found}"


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("programme", STUDIES)
def test_the_engine_accepts_every_simulated_history(programme: str, seed: int) -> None:
    cases = histories(programme, seed)
    assert len(cases) > 200
    assert next(parted(runner(programme), cases), None) is None


@pytest.mark.parametrize("programme", STUDIES)
def test_histories_reach_most_of_what_is_simulated(programme: str) -> None:
    """The proof is worth what it has seen: most stages, and clocks that run out."""
    cases = [case for seed in (3, 4) for case in histories(programme, seed) if case.pathway == programme]
    reached = {event.row.to for case in cases for event in case.events}
    assert len(reached) >= 4
    assert any(event.row.clock for case in cases for event in case.events) or programme == "us-lead"


def test_a_step_at_a_wrong_time_is_told_with_its_history() -> None:
    """The check can fail: a step a year too late has missed a clock, and the answer says which, as an example's
    lines."""
    cases = histories("nz-warning", 3)
    case = next(c for c in cases if any(e.row.clock for e in c.events))
    at = next(n for n, e in enumerate(case.events) if e.row.clock)
    events = list(case.events)
    events[at] = Happened(events[at].t - 3600, events[at].row)
    found = replay(runner("nz-warning").study.parts[case.pathway].automaton, events)
    assert found is not None
    assert "has not run out yet" in str(found)
    assert found.lines[0].lstrip().startswith("- {step:")


def test_a_row_that_leads_elsewhere_is_found() -> None:
    one = runner("nz-warning")
    case = next(c for c in histories("nz-warning", 3) if len(c.events) > 3)
    first: Row = case.events[0].row
    wrong = Happened(case.events[0].t, first._replace(next=case.events[2].row.next))
    found = replay(one.study.parts[case.pathway].automaton, [wrong])
    assert found is not None
