"""What somebody wrote down themselves stands on their page as they wrote it, and tells nothing of what came after."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.cases.fold import fold
from amparo.cases.model import Case, Event, World
from amparo.lens import View, view
from amparo.lens.readers import usual
from amparo.lens.sight import fact_granted, milestone_seen, stage_open_or_closed
from amparo.pathways.model import Pathway
from tests.cases.harvest import everything, harvest
from tests.lens.test_every_role import histories

LEAD = harvest("us-lead").pathway


def outsiders(pathway: Pathway) -> tuple[str, ...]:
    """Roles that read what they wrote, and no stage."""
    return tuple(
        name
        for name, r in pathway.roles.items()
        if r.sees is not None and r.sees.own and not stage_open_or_closed(pathway, name)
    )


def shown(pathway: Pathway, site: Any, events: tuple[Event, ...], role: str, account: str) -> View:
    viewer = usual(pathway, role)._replace(account=account)
    case = fold(pathway, site, events)
    t = events[-1].recorded
    return view(pathway, site, case, events, viewer, t, World(relation=viewer.relation))


def written(pathway: Pathway, role: str, drawn: View) -> Any:
    """All of a page but what is granted by name, a milestone or a fact, and may change with the case."""
    facts = tuple(f for f in drawn.facts if not fact_granted(pathway, role, f.name))
    told = tuple(e for e in drawn.timeline if e.kind in ("case.opened", "fact.told", "fact.corrected"))
    return facts, told, drawn.closed, drawn.offers


def consented(pathway: Pathway, case: Case | None, role: str) -> bool:
    assert case is not None
    return any(role in pathway.consents[c.kind].to for c in case.consents.values())


@pytest.mark.parametrize(("name", "profile"), everything())
def test_the_page_of_an_outside_party_is_the_same_whatever_anybody_told_later(
    name: str, profile: str
) -> None:
    pathway = harvest(name, profile).pathway
    for state in histories(name, profile):
        for role in outsiders(pathway):
            for account in {e.actor for e in state.events if e.role == role}:
                last = max(n for n, e in enumerate(state.events) if e.actor == account)
                until = state.events[last].recorded
                then = tuple(e for e in state.events if e.recorded <= until)
                if consented(pathway, state.case, role):
                    continue
                pages = [shown(pathway, state.site, log, role, account) for log in (then, state.events)]
                assert written(pathway, role, pages[0]) == written(pathway, role, pages[1]), (role, account)


def lead_pages() -> list[tuple[View, tuple[Event, ...]]]:
    """The officer's page in each state that a diverted arrest of the examples came to."""
    found = []
    for state in harvest("us-lead").states:
        opened = state.events[0]
        if opened.role == "officer" and opened.data.get("door") == "arrest_diversion":
            found.append((shown(LEAD, state.site, state.events, "officer", opened.actor), state.events))
    return found


def test_an_officer_reads_their_own_answers_and_nothing_that_their_step_set() -> None:
    pages, taken = lead_pages(), set()
    for page, events in pages:
        names = {f.name for f in page.facts} | {e.name for e in page.timeline if e.kind == "fact.told"}
        taken |= {e.data["step"] for e in events if e.kind == "step.taken"}
        assert {f.name: f.value for f in page.facts}["offer_answer"] == "yes"
        assert not names & {"charge", "intake_complete", "enrolled"}
    assert {"no_at_handoff", "opt_in", "opt_out", "complete_intake", "do_not_file", "file_charge"} <= taken


def test_contact_made_is_shown_alike_after_a_yes_and_after_a_no() -> None:
    assert milestone_seen(LEAD, "officer", "contacted")
    met, ends = {"take_over", "no_at_handoff"}, set()
    for page, events in lead_pages():
        taken = {e.data["step"] for e in events if e.kind == "step.taken"}
        if taken & met:
            assert page.milestones == ("contacted",)
            ends |= taken
    assert {"no_at_handoff", "opt_in", "opt_out"} <= ends
