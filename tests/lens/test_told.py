"""What was sent to a role stands in the file for it, as far as it was told, and to nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from amparo.cases.fold import fold
from amparo.cases.model import Case
from amparo.lens.readers import usual
from amparo.lens.told import told_to
from tests.cases.harvest import harvest
from tests.lens.test_every_role import histories

PANEL = harvest("nz-panel").pathway
BACK, DONE = "police_not_completed", "police_what_was_done"


def returned() -> Case:
    """A case that came back with something of the plan done, of which the person let Police be told."""
    for state in histories("nz-panel", ""):
        case = fold(PANEL, state.site, state.events)
        if (
            case.stage == "returned"
            and case.obligations
            and DONE in {n.notice for n in case.notices.values()}
        ):
            return case
    raise AssertionError("no example returns with what was done")


def sent(case: Case, state: str = "sent") -> Case:
    notices = {k: n._replace(state=state, sent=case.stage_since) for k, n in case.notices.items()}
    return case._replace(notices=notices) if hasattr(case, "_replace") else replace(case, notices=notices)


def told(case: Case, role: str) -> dict[str, Any]:
    return {x.notice: x for x in told_to(PANEL, case, usual(PANEL, role), case.stage_since + 60)}


def test_the_sergeant_reads_that_it_was_not_completed_and_what_was_done_without_its_words() -> None:
    found = told(sent(returned()), "supervisor")
    assert {BACK, DONE} <= set(found) and not found[BACK].items
    kinds = {PANEL.obligations[o.kind].terms[t].type.kind for o in found[DONE].items for t in o.terms}
    assert found[DONE].items and kinds <= {"money", "count"}
    assert not any(e.get("words") or e.get("by") for o in found[DONE].items for e in o.entries)


@pytest.mark.parametrize("state", ["due", "cancelled"])
def test_what_was_not_sent_was_not_told(state: str) -> None:
    assert told(sent(returned(), state), "supervisor") == {}


def test_who_was_not_told_reads_nothing_of_it() -> None:
    case = sent(returned())
    assert told(case, "officer") == {} and told(case, "person") == {} and told(case, "coordinator") == {}
