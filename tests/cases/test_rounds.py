"""Clocks that come round again: what was missed stays missed until it is met, whatever begins anew."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from amparo.cases import clocks, phases, read, readings
from amparo.cases.model import Do
from amparo.pathways import reader
from amparo.pathways.check import check
from amparo.pathways.model import Pathway
from tests.cases.play import Play, at, resting

QUAY = (Path(__file__).parent / "quay.yaml").read_text(encoding="utf-8")
COURT = (Path(__file__).parent / "court.yaml").read_text(encoding="utf-8")
OURS = "ours_if: \"place_state == 'waiting'\"}}}"


@cache
def court(*changes: tuple[str, str]) -> Pathway:
    text = COURT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return reader.read_text(text.encode(), "court.yaml")


UNSET = ("sitting_every: 14 days", "sitting_every: setting second_rhythm")
A_WEEK, WORK, STAY = "  days_a_week:", "  work: {type: yes_no", "choice: light, title: {en: Stay}, "
UNREAD = "{type: duration, unset: yes, title: {en: Rhythm}, basis: RULE 3, unverified: not read}"
RHYTHM = (A_WEEK, f"  second_rhythm: {UNREAD}\n{A_WEEK}")


def inside(pathway: Pathway | None = None) -> Play:
    """Entered on Tuesday 5 March 2024; a sitting each seven days."""
    play = Play(pathway or court(), start="2024-03-04 10:00")
    named = Do("name_person", {"named_on": at("2024-03-04 09:00")})
    play.put(play.request("judge", (named,), door="gate"))
    return play.when("2024-03-05 10:00").step("enter", "judge", handed=("promise",))


def advanced(play: Play) -> Play:
    """Nobody sat with the person for four weeks, and the next phase began."""
    known = {"attends": True, "place_state": "there", "home": True}
    return play.when("2024-04-04 09:00").step("note", "keeper", known).later().step("advance", "judge")


# ------------------------------------------------------------------------------------------------ a new round
def test_a_missed_sitting_is_late_by_its_own_day_and_not_by_that_of_the_next():
    play = inside().when("2024-03-13 00:00:00")
    assert clocks.state(play.case, "appearance", play.t) == ("late", at("2024-03-12 23:59:59"))
    assert play.due("appearance") == at("2024-03-19 23:59:59")  # the round that runs now


def test_a_rhythm_that_begins_anew_does_not_wipe_what_was_missed():
    play = advanced(inside())
    assert [run.state for run in play.case.runs["appearance"]] == ["replaced", "running"]
    assert clocks.state(play.case, "appearance", play.t) == ("late", at("2024-03-12 23:59:59"))
    coming = read.next_step(play.case, play.t)
    assert coming is not None and (coming.clock, coming.role, coming.steps) == (
        "appearance",
        "keeper",
        ("sit",),
    )


def test_the_next_sitting_meets_it_and_the_round_that_runs():
    play = advanced(inside()).later().step("sit", "judge")
    assert play.clock("appearance") == "running" and play.due("appearance") == at("2024-04-18 23:59:59")
    assert play.when("2024-04-19 00:00:00").clock("appearance") == "running"
    assert play.when("2024-05-03 00:00:00").clock("appearance") == "late"


def test_a_sitting_of_before_entered_afterwards_explains_it_and_meets_nothing_of_the_new_round():
    play = advanced(inside()).when("2024-04-05 09:00")
    play.step("sit", "judge", happened_at=at("2024-04-03 09:00"))
    assert play.clock("appearance") == "running"
    assert play.when("2024-04-19 00:00:00").clock("appearance") == "late"


def test_what_was_met_in_time_leaves_nothing_behind():
    play = inside()
    for day in ("2024-03-12", "2024-03-19", "2024-03-26", "2024-04-02"):
        play.when(f"{day} 23:59:59").step("sit", "judge")  # the very last second is in time
    assert advanced(play).clock("appearance") == "running"


def test_an_advance_taken_back_gives_the_old_rhythm_back_with_what_it_missed():
    play = advanced(inside()).later()
    play.ask("annul", "judge", step="advance", reason="The wrong person.")
    assert clocks.state(play.case, "appearance", play.t) == ("late", at("2024-03-12 23:59:59"))
    assert [run.n for run in play.case.runs["appearance"]] == [1]


def test_a_month_without_its_report_is_late_through_the_change_of_the_clocks():
    play = resting(3).when("2024-04-07 00:00:00")
    assert clocks.state(play.case, "reports", play.t) == ("late", at("2024-04-06 23:59:59"))


def test_a_death_recorded_in_the_middle_leaves_nobody_late():
    play = advanced(inside()).later().ask("record_death", "keeper")
    assert play.clock("appearance") == "cancelled" and not clocks.late(play.case, "appearance", play.t)


def test_where_nothing_meets_a_clock_it_is_met_by_beginning_anew():
    alone = ("meets: [sit]", "meets: []"), ("starts: [enter inside]", "starts: [enter inside, sit]")
    play = inside(court(*alone)).when("2024-03-20 09:00")
    assert play.clock("appearance") == "late" and play.step("sit", "judge").clock("appearance") == "running"


# ------------------------------------------------------------------------------------------------ an unset rhythm
def test_the_old_rhythm_ends_with_its_phase_and_the_new_one_is_not_watched():
    play = inside(court(UNSET, RHYTHM))
    for day in ("2024-03-12", "2024-03-19", "2024-03-26", "2024-04-02"):
        play.when(f"{day} 10:00").step("sit", "judge")
    advanced(play)
    assert play.clock("appearance") == "not_watched"
    assert play.case.not_watched["appearance"] == "second_rhythm"
    assert not play.when("2024-06-01 10:00").tick() and play.clock("appearance") == "not_watched"


def test_what_was_missed_before_stays_missed_though_no_new_round_begins():
    play = advanced(inside(court(UNSET, RHYTHM)))
    assert clocks.state(play.case, "appearance", play.t) == ("late", at("2024-03-12 23:59:59"))
    assert not play.when("2024-06-01 10:00").tick() and play.clock("appearance") == "late"
    assert play.step("sit", "judge").clock("appearance") == "stopped"
    assert play.later().step("sit", "judge").clock("appearance") == "stopped"


def test_a_rhythm_that_the_first_phase_lacked_begins_with_the_next_one():
    first = ("sitting_every: 7 days", "sitting_every: setting second_rhythm")
    play = inside(court(first, RHYTHM))
    assert play.clock("appearance") == "not_watched"
    assert advanced(play).clock("appearance") == "running"


# ------------------------------------------------------------------------------------------------ said of a phase
ASKED = '{type: "one_of [us, person]", class: process, from: [judge], lasts: phase, title: {en: Waits}}'
WAITS = (
    (WORK, f"  waits_on: {ASKED}\n{WORK}"),
    (STAY, f"{STAY}asks: [{{fact: waits_on, each_time: yes}}], "),
    (OURS, "ours_if: \"waits_on == 'us'\"}}}"),
)


def test_what_a_phase_waits_for_is_not_known_of_the_next_one():
    play = inside(court(*WAITS)).later().step("stay", "judge", {"waits_on": "us"})
    ours = phases.ours(readings.readings(play.case, play.t), phases.requirements(play.case)["attends"])
    assert ours and play.value("waits_on") == "us"
    assert advanced(play).value("waits_on") is None


def test_it_still_stands_in_the_phase_that_an_annulment_gives_back():
    play = advanced(inside(court(*WAITS)).later().step("stay", "judge", {"waits_on": "us"})).later()
    play.ask("annul", "judge", step="advance", reason="The wrong person.")
    assert play.value("waits_on") == "us"


@pytest.mark.parametrize("second", ["2024-03-12 23:59:59", "2024-03-13 00:00:00"])
def test_the_same_sitting_written_down_twice_meets_its_round_once(second: str):
    play = inside().when(second).step("sit", "judge").step("sit", "judge")
    assert play.case.runs["appearance"][-1].met_period == (1 if second.endswith("59") else 2)


def test_what_lasts_a_phase_needs_phases():
    text = QUAY.replace("title: {en: Age, pt: Idade}", "lasts: phase, title: {en: Age, pt: Idade}")
    assert text != QUAY
    found = check(reader.read_text(text.encode(), "quay.yaml"))
    assert any(x.code == "F1" and "there are no phases" in x.what for x in found)


# ------------------------------------------------------------------------------------------------ in the past
def test_an_entry_of_last_month_starts_its_rhythm_then_and_every_missed_round_is_said_once():
    play = Play(court(), start="2024-03-04 10:00")
    named = Do("name_person", {"named_on": at("2024-03-04 09:00")})
    play.put(play.request("judge", (named,), door="gate")).when("2024-04-04 10:00")
    play.step("enter", "judge", handed=("promise",), happened_at=at("2024-03-05 10:00")).later()
    missed = [e.at for e in play.tick() if e.data.get("clock") == "appearance"]
    assert missed == [at(f"2024-{day} 00:00:00") for day in ("03-13", "03-20", "03-27", "04-03")]
    assert play.tick() == () and clocks.state(play.case, "appearance", play.t)[1] == at("2024-03-12 23:59:59")


def test_what_was_said_of_a_rhythm_that_was_taken_back_is_not_held_against_the_next_one():
    play = advanced(inside()).when("2024-05-01 10:00")
    play.tick()
    play.later().ask("annul", "judge", step="advance", reason="The wrong person.")
    play.later().step("sit", "judge").later().step("advance", "judge")
    run = play.case.runs["appearance"][-1]
    assert (run.started, run.expired, run.period, run.owed) == (play.t, False, 1, None)
    assert play.clock("appearance") == "running" and play.due("appearance") == at("2024-05-15 23:59:59")


def test_a_round_of_one_day_ends_with_its_day_also_when_the_clocks_change():
    daily = ("sitting_every: 7 days", "sitting_every: 1 day")
    play = inside(court(daily)).when("2024-03-30 10:00").step("sit", "judge")
    assert play.due("appearance") == at("2024-03-30 23:59:59")
    assert play.when("2024-03-31 10:00").due("appearance") == at("2024-03-31 23:59:59")
    assert play.clock("appearance") == "running" and play.when("2024-04-01 00:00:00").clock("appearance") == "late"
