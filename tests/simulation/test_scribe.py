"""The scribe writes what happened as people would have; what it wrote is a case like any other."""

from __future__ import annotations

from amparo.cases import clocks, read
from amparo.cases.model import Case, Refusal, Site
from amparo.pathways.model import Length
from amparo.pathways.reader import programme
from amparo.simulation.automaton.acts import Act
from amparo.simulation.automaton.scribe import Scribe

DAY = 86400
START = 1_767_225_600
ENTERED = {
    "kept_for": Length(5, "years"),
    "penalty_cap_months": 6,
    "excludes_family_harm": True,
    "excludes_methamphetamine": True,
    "reviewer_is": "Somebody else",
}
TOLD = {
    "age": 25,
    "max_penalty_months": 3,
    "drug_offence": "s7_1_a",
    "methamphetamine": False,
    "family_harm": False,
    "evidence_enough": True,
    "admits": True,
    "consents_warning": True,
    "health_weighed": True,
}


def disputed() -> Case:
    """A warning that was issued, handed over, and disputed after three days."""
    scribe = Scribe(programme("nz-warning"), Site("here", "Pacific/Auckland", ENTERED))
    acts = (
        Act("step", "propose", tuple(TOLD.items()), door="officer"),
        Act("step", "approve", (("public_interest", True), ("health_weighed", True))),
        Act("step", "issue"),
        Act("deliver", "warning_letter"),
        Act("step", "dispute"),
    )
    case: Case | None = None
    for n, act in enumerate(acts):
        taken = scribe.take(case, act, START + 60 * n + (3 * DAY if act.name == "dispute" else 0))
        assert not isinstance(taken, Refusal)
        case = taken.case
    assert case is not None
    return case


def test_steps_and_a_letter_bring_a_case_where_they_would_bring_it() -> None:
    assert disputed().stage == "disputed"


def test_a_step_that_law_forbids_is_refused_to_the_scribe_as_to_anybody() -> None:
    scribe = Scribe(programme("nz-warning"), Site("here", "Pacific/Auckland", ENTERED))
    found = scribe.take(disputed(), Act("step", "settle"), START + 90 * DAY)
    assert isinstance(found, Refusal) and found.code == "not_here"


def test_a_time_that_had_to_pass_is_not_what_comes_next_where_nothing_can_begin_by_it() -> None:
    """The time to settle is over, but the warning is disputed: the review is what somebody is waiting for."""
    case, later = disputed(), START + 60 * DAY
    assert clocks.late(case, "settling", later)
    coming = read.next_step(case, later)
    assert coming is not None and coming.clock != "settling"
    assert coming.state == "late"
