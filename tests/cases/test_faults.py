"""What goes wrong in real life, in each programme where it can: a clear answer in words, and nothing of the case lost.

What is told here by its example is held by the example itself, too; here each refusal of it is looked at as somebody
would meet it. Elsewhere: a link of a referral that is used twice, by another service or after a withdrawal
(tests/desk/test_answer.py); a profile that changes what it may not (tests/pathways/test_profiles.py); a payment larger
than owed on its page (tests/desk/test_obligations.py); who collects a test and classes it (tests/cases/test_court.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amparo.cases import clocks, words
from amparo.cases.decide import decide
from amparo.cases.examples import State, put, run_example
from amparo.cases.fold import fold
from amparo.cases.model import Refusal, Request, World
from amparo.cases.offers import offers
from amparo.cases.script import Example, Script
from amparo.pathways.model import Pathway
from tests.cases.harvest import everything, harvest, script_of

FAULTS = [
    ("two trained members, not three", "nz-panel", "Rule 8 stops. Three members of whom one is not", "no_quorum"),
    ("a member related to the person", "nz-panel", "Rule 8 stops. Nobody who is related to the person sits", ""),
    ("who was harmed withdraws in the middle", "nz-panel", "Rule 5 lets through. The harmed person stops in the", None),
    ("who was harmed says nothing", "nz-panel", "Rule 5 lets through. The harmed person does not answer", None),
    ("a supervisor approving their own", "nz-warning", "Rule 5. Whoever proposed cannot approve", "not_you"),
    ("a payment larger than owed", "nz-panel", "Rule 9 stops. A payment larger than what is owed", "outside"),
    ("an item without a date", "nz-panel", "Rule 9 stops. An item without a date", "missing"),
    ("a test classed by who may not", "nz-treatment-court", "Neither the case manager nor the judge", "not_you"),
    ("an incentive that carries a sanction", "nz-treatment-court", "A sanction entered as an incentive is", "outside"),
    ("a consent for proceedings joined to another", "us-lead", "A consent for a proceeding stands", "not_allowed"),
    ("a consent that names two", "us-lead", "A consent that names nobody, or two at once", ""),
    ("a service that never answers", "nz-panel", "A service that never answers", None),
    ("a service that never answers", "nz-warning", "A service that never answers", None),
    ("a service that never answers", "prosecution", "Rule 6. A service that does not answer", None),
    ("a place given to the third in line", "nz-treatment-court", "One place is free and two are ahead", "no_place"),
    ("a death in the middle", "nz-panel", "A death in the middle of the plan", ""),
    ("a death in the middle", "nz-treatment-court", "A death in the middle stops every clock", ""),
    ("a death in the middle", "us-lead", "A death in the middle stops every clock", ""),
]  # fmt: skip
"""In words, where, how its example begins, and the code of its refusals: '' any, None where nothing is refused."""


SOME = 25
"""States of each programme in which somebody dies."""


def example(name: str, sentence: str) -> tuple[Script, Pathway, Example]:
    script, pathway = script_of(name)
    found = [x for x in script.examples if x.sentence.startswith(sentence)]
    assert found, f"{name} has no example '{sentence}…'"
    return script, pathway, found[0]


def played(script: Script, pathway: Pathway, one: Example) -> Iterator[tuple[State, State, Refusal | None]]:
    """Before each line, after it, and the refusal if it was refused."""
    state = State(None, (), {}, one.site, 0)
    for line in one.lines:
        if line.then is None:
            after, refused = put(pathway, script, state, line)
            yield state, after, refused
            state = after


@pytest.mark.parametrize(
    ("what", "name", "sentence", "code"), FAULTS, ids=[f"{f[1]}: {f[0]}" for f in FAULTS]
)
def test_it_is_answered_clearly_and_nothing_is_lost(what, name, sentence, code):
    script, pathway, one = example(name, sentence)
    assert run_example(pathway, script, one) == ()
    refusals = []
    for before, after, refused in played(script, pathway, one):
        assert after.events[: len(before.events)] == before.events, "what was written stays written"
        if refused is not None:
            refusals.append(refused)
            made = after.events[len(before.events) :]
            assert all(e.actor == "clock" or e.kind.split(".")[0] == "sitting" for e in made), (
                "nothing of it is written"
            )
            clear(refused, pathway, after.site.zone)
    assert bool(refusals) == (code is not None), what
    assert not code or code in {x.code for x in refusals}, refusals


def clear(refused: Refusal, pathway: Pathway, zone: str) -> None:
    """What cannot be, why, and what can be done, in both languages."""
    for language in ("en", "pt"):
        lines = words.sentence(refused, language, pathway, zone)
        assert all(len(line) > 8 and "{" not in line for line in lines), lines


@pytest.mark.parametrize(("name", "profile"), everything())
def test_a_death_in_the_middle_of_anything_stops_everything_and_can_be_taken_back(name, profile):
    """In every state that examples come to: nothing runs on, nothing can be done, and undone it all stands again."""
    found = harvest(name, profile)
    pathway = found.pathway
    for state in found.states[:: max(1, len(found.states) // SOME)]:
        assert state.case is not None
        if state.case.died:
            continue
        who, world = found.cast.clerk, World(("own", "assigned", "sitting", "site"), found.cast.mandates)
        died = decide(
            pathway,
            state.site,
            state.case,
            state.case.id,
            Request("record_death", *who, world=world),
            state.t,
        )
        assert not isinstance(died, Refusal), died
        case = fold(pathway, state.site, died, state.case)
        running = [k for k in case.runs if clocks.running(case, k, state.t)]
        assert (case.died, running, offers(pathway, case, "", state.t, world)) == (True, [], ())
        args = {"step": "record_death", "reason": "It was somebody else of that name."}
        back = decide(
            pathway, state.site, case, case.id, Request("annul", *who, world=world, args=args), state.t
        )
        assert not isinstance(back, Refusal), back
        again = fold(pathway, state.site, (*state.events, *died, *back))
        assert (again.died, again.stage, again.tellings) == (False, state.case.stage, state.case.tellings)
        assert {k: r[-1].state for k, r in again.runs.items()} == {
            k: r[-1].state for k, r in state.case.runs.items()
        }
