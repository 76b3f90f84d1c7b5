"""In every programme, for every role that may see a case: nothing is drawn for which the definition gives no ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from amparo.cases.examples import State
from amparo.cases.fold import fold
from amparo.cases.model import Case, Event, World
from amparo.lens import view
from amparo.lens.readers import usual
from amparo.lens.sight import sees_case
from amparo.pathways.model import Pathway
from tests.cases.harvest import everything, harvest
from tests.lens import oracle

MOST = 30
"""Cases of a programme, those with most in them."""


def histories(name: str, profile: str) -> tuple[State, ...]:
    """The longest states that examples come to, each of another course."""
    found: dict[Any, State] = {}
    for state in sorted(harvest(name, profile).states, key=lambda s: len(s.events)):
        assert state.case is not None
        found[state.case.stage, state.case.door, len(state.case.consents), len(state.case.needs)] = state
    return tuple(sorted(found.values(), key=lambda s: -len(s.events))[:MOST])


def looks(
    pathway: Pathway, state: State, case: Case, events: tuple[Event, ...]
) -> Iterator[tuple[str, str, str]]:
    """Each role, each of its accounts that acted (and one that did not), and all that is drawn for it."""
    for role in pathway.roles:
        for account in {"", *(e.actor for e in events if e.role == role)}:
            viewer = usual(pathway, role)._replace(account=account, office=role)
            if not sees_case(pathway, case, viewer):
                continue
            shown = view(pathway, state.site, case, events, viewer, state.t, World(relation=viewer.relation))
            yield role, account, oracle.drawn(shown)


@pytest.mark.parametrize(("name", "profile"), everything())
def test_nothing_is_drawn_for_a_role_that_the_definition_gives_it_no_ground_to_know(name, profile):
    pathway, seen = harvest(name, profile).pathway, 0
    for state in histories(name, profile):
        events, canaries = oracle.planted(pathway, state.events)
        case = fold(pathway, state.site, events)
        for role, account, drawn in looks(pathway, state, case, events):
            found = oracle.in_(drawn) & canaries.keys()
            seen += len(found)
            leaks = [
                x for x in sorted(found) if not oracle.may_read(pathway, case, role, account, canaries[x])
            ]
            assert not leaks, f"{role} ({account}) in {case.stage} reads {leaks}"
    assert seen > 0


def test_the_words_about_who_was_harmed_are_read_by_who_names_the_fact_and_by_nobody_else():
    pathway = harvest("nz-panel").pathway
    for state in histories("nz-panel", ""):
        events, canaries = oracle.planted(pathway, state.events)
        harmed = {w for w, x in canaries.items() if x.kind == "fact" and pathway.facts[x.name].about}
        case = fold(pathway, state.site, events)
        for role, _, drawn in looks(pathway, state, case, events):
            grant = pathway.roles[role].sees
            named = set(grant.facts if grant else ())
            own = pathway.roles[role].is_ == "harmed"
            for word in oracle.in_(drawn) & harmed:
                assert own or canaries[word].name in named, f"{role} reads {word}"
