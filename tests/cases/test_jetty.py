"""What a court's own rules lean on: milestones that hold only sometimes, a duty of the same day, a team of several
roles, a consent that names its reader, and what only a sanction needs.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from amparo.cases.examples import run_example
from amparo.cases.items import by_itself
from amparo.cases.mutations import mutants
from amparo.cases.mutations_of_profiles import of_profile
from amparo.cases.script import read_script
from amparo.lens.examples_hook import seen
from amparo.lens.sight import _stages_named, clock_seen
from amparo.pathways import reader
from amparo.pathways.check import check
from amparo.pathways.model import Pathway, Term, Type, Where
from amparo.pathways.profiles import Overlay

HERE = Path(__file__).parent
NOWHERE = Where("", 0, 0)
OPENS = (
    "{door: gate, step: name_person, by: judge, at: 2024-03-01 10:00, facts: {named_on: 2024-03-01 09:00}}"
)


@lru_cache(maxsize=1)
def jetty() -> Pathway:
    return reader.read_text((HERE / "jetty.yaml").read_bytes(), "jetty.yaml")


def wrong(then: str, *when: str, settings: str = "{}") -> tuple[str, ...]:
    """What does not hold of an example, without its place."""
    lines = "".join(f"      - {line}\n" for line in when)
    text = "examples: jetty-court\nsite: {zone: Pacific/Auckland, place: jetty}\ncases:\n"
    text += f"  - example: One\n    settings: {settings}\n    opens: {OPENS}\n"
    text += f"    when:\n{lines}" if lines else ""
    script = read_script(f"{text}    then: {then}\n", "jetty.examples.yaml", jetty())
    found = run_example(jetty(), script, script.examples[0], seen)
    return tuple(line.partition(" E1 ")[2].partition(" · in: ")[0] for line in found)


def respond(list_: str, terms: str, also: str = "") -> str:
    facts = f"{{answered: lied, goal: near, list: {list_}, because: [lie]}}"
    return f"{{step: respond, by: judge, at: +1 day, facts: {facts}, terms: {terms}{also}}}"


HANDED = "{deliver: promise, how: by_hand, at: +1 h}"
HELD = "{step: hold_person, by: judge, at: +1 day}"
FREED = "{step: free, by: keeper, at: +1 day}"


def test_the_definition_is_without_fault() -> None:
    assert [f for f in check(jetty()) if not f.warn and f.code != "T2"] == []


# ------------------------------------------------------------------------------------------------ milestones
def test_a_release_ends_custody_only_where_there_was_some() -> None:
    assert wrong("{reached: [custody_in, custody_out]}", HELD, FREED) == ()
    assert wrong("{never_reached: [custody_out]}", FREED) == ()


def test_a_milestone_may_rest_on_what_the_step_is_told() -> None:
    finish = "{{step: finish, by: judge, at: +1 day, facts: {{ended: {}}}}}"
    assert wrong("{reached: [decided, completed]}", finish.format("kept")) == ()
    assert wrong("{reached: [decided], never_reached: [completed]}", finish.format("broken")) == ()


def test_each_condition_of_a_milestone_is_changed_by_mutation() -> None:
    found = {(m.at, m.what) for m in mutants(jetty())}
    assert ("steps.finish.means_if", "condition of completed taken out") in found
    assert ("steps.free.means_if", "condition of custody_out turned round") in found


# ------------------------------------------------------------------------------------------------ the same day
def test_a_duty_of_the_same_day_is_due_on_a_saturday_too() -> None:
    saturday = "{step: free, by: keeper, at: 2024-03-09 16:30}"
    assert wrong("{obligations: {visit: {state: agreed, due: 2024-03-09}}}", saturday) == ()
    assert wrong("{obligations: {visit: {due: 2024-03-11}}}", saturday) == (
        "expected obligation visit due 2024-03-11, got 2024-03-09",
    )


def test_what_we_owe_begins_with_the_step_although_nobody_ticked_it() -> None:
    unsaid = "{step: free, by: keeper, at: 2024-03-09 16:30, without: [items]}"
    then = "{obligations: {visit: {state: agreed, due: 2024-03-09}}, never_flagged: [free]}"
    assert wrong(then, unsaid) == ()


@pytest.mark.parametrize(
    "other",
    [{"with_": "person"}, {"due": "own term"}, {"terms": {"what": Term(where=NOWHERE, type=Type("text"))}}],
)
def test_what_must_be_agreed_or_said_never_begins_by_itself(other: dict[str, Any]) -> None:
    visit = jetty().obligations["visit"]
    assert by_itself(visit) and not by_itself(replace(visit, **other))


def test_a_duty_made_in_any_stage_is_seen_by_who_reads_the_stages() -> None:
    every = (
        HERE.joinpath("jetty.yaml").read_text().replace("from: [named, held], to: named", "from: any_open", 1)
    )
    clerk = every.replace(
        "  person: {is",
        "  clerk: {is: clerk, title: {en: Clerk}, sees: {cases: site, stages: [named]}}\n  person: {is",
        1,
    )
    pathway = reader.read_text(clerk, "jetty.yaml")
    assert not pathway.steps["free"].to
    assert _stages_named(pathway, "guide", "visit") and not _stages_named(pathway, "clerk", "visit")


# ---------------------------------------------------------------------------- a team of several roles
def test_a_team_of_three_roles_sits_with_one_of_each() -> None:
    assert wrong("{stage: named}", "{step: consider, by: team, at: +1 h, sitting: {present: 3}}") == ()
    two = "{step: consider, by: team, at: +1 h, sitting: {present: 2}, refused: {code: no_quorum}}"
    ill = "{step: consider, by: team, at: +1 h, sitting: {present: 2, impeded: [ill]}}"
    assert wrong("{stage: named}", two, ill) == ()


# ------------------------------------------------------------------------------------------------ whose consent
def test_a_consent_that_names_another_reader_does_not_let_a_judge_read() -> None:
    other = "{consent: reading, does: given, to: guide, by: person, at: +1 h}"
    own = "{consent: reading, does: given, to: judge, by: person, at: +1 h}"
    read = "{step: read_report, by: judge, at: +1 day, refused: {code: missing}}"
    assert wrong("{stage: named}", other, read) == ()
    assert wrong("{stage: named}", other, own, "{step: read_report, by: judge, at: +1 day}") == ()


# ------------------------------------------------------------------------------------------------ sanctions alone
def test_praise_needs_neither_hearing_nor_reasons_nor_a_letter_beforehand() -> None:
    assert (
        wrong(
            "{never_reached: [sanctioned]}",
            respond("incentive", "{incentive: praise}", ", without: [heard, reasons]"),
        )
        == ()
    )


@pytest.mark.parametrize("lacks", ["heard", "reasons"])
def test_a_sanction_needs_both(lacks: str) -> None:
    refused = respond("sanction", "{sanction: essay}", f", without: [{lacks}], refused: {{code: missing}}")
    assert wrong("{never_reached: [sanctioned]}", HANDED, refused) == ()


def test_a_sanction_needs_the_letter_that_said_it() -> None:
    untold = respond("sanction", "{sanction: essay}", ", refused: {code: missing}")
    assert wrong("{reached: [sanctioned]}", untold, HANDED, respond("sanction", "{sanction: essay}")) == ()


def test_what_is_on_no_list_is_refused_and_no_fault_of_the_file() -> None:
    cells = respond("sanction", "{sanction: custody}", ", refused: {code: outside}")
    assert wrong("{never_reached: [sanctioned]}", HANDED, cells) == ()


# ------------------------------------------------------------------------------------------------ what examples say
def test_settings_are_compared_as_the_case_holds_them() -> None:
    assert wrong("{settings: {kept: unset, share: 0.1}}") == ()
    assert wrong("{settings: {kept: 2 years}}", settings="{kept: 2 years}") == ()
    assert wrong("{settings: {kept: 2 years}}") == ("expected setting kept 2 years, got unset",)


def test_days_of_waiting_are_counted_while_the_clock_runs() -> None:
    wait = "{step: wait, by: keeper, at: +1 day, facts: {waits: yes}}"
    assert wrong("{waits: {waiting: 5}}", wait, "{tick: yes, at: +5 days}") == ()
    assert wrong("{waits: {waiting: 5}}") == ("expected to wait for the end of waiting 5 days, got none",)


def test_a_paper_shows_what_it_speaks_of_and_nothing_else() -> None:
    assert wrong("{printed: {promise: {has: [named_on, share], lacks: [kept]}}}") == ()
    assert wrong("{printed: {promise: {has: [kept], lacks: [share]}}}") == (
        "expected kept on the letter promise",
        "expected no share on the letter promise",
    )


def test_what_an_authority_did_is_never_offered() -> None:
    assert wrong("{never_offered: [hold_person, free]}") == ()
    assert wrong("{never_offered: [finish]}") == ("expected finish never offered",)


# ---------------------------------------------------------------------------- what a name gives away
def test_a_clock_that_a_telling_step_starts_is_hidden_with_it() -> None:
    assert clock_seen(jetty(), "keeper", "waiting")
    assert not clock_seen(jetty(), "judge", "waiting")
    assert clock_seen(jetty(), "judge", "naming")


def test_a_step_that_tells_what_a_consent_opens_is_no_fault_of_sight() -> None:
    said = [f.what for f in check(jetty()) if f.code == "P1"]
    assert not any("guide" in x for x in said)


# ------------------------------------------------------------------------------------------------ under a profile
PROFILE = """profile: pier
for: jetty-court
title: {en: Pier}
in_force: {from: 2024-01-01}
settings: {kept: {unset: yes, basis: house}, share: {value: 0.2, limits: {at_least: 0.2}, basis: house}}
"""


def test_a_profile_that_only_doubts_otherwise_is_no_change_that_an_example_could_miss() -> None:
    laid = reader.read_text(
        (HERE / "jetty.yaml").read_bytes(),
        "jetty-court/pathway.yaml",
        None,
        Overlay(PROFILE, "jetty-court/profiles/pier.yaml", "pier"),
    )
    taken_off = {m.at for m in of_profile(jetty(), laid) if m.what == "as without the profile"}
    assert taken_off == {"settings.share"}
    assert laid.settings["share"].limits is not None and jetty().settings["share"].limits is None
