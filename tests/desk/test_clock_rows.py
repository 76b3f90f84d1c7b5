"""A clock on the file: whose task what is late is; and nobody is late where a time only had to pass."""

from __future__ import annotations

from amparo.cases.clocks import waits
from amparo.cases.model import World
from amparo.desk.case.view import clock_row
from amparo.desk.line import time_of
from amparo.desk.worklist import order
from amparo.lens import Viewer, view
from amparo.lens.model import ClockView
from amparo.pathways.reader import programme
from tests.cases.play import Play
from tests.cases.test_rounds import RHYTHM, UNSET, advanced, court, inside
from tests.desk.test_at_once import scene

LEAVING = (
    "  leaving: {title: {en: To be heard}, kind: target, within: 14 days, starts: [ask_out], "
    "late: [{task: keeper}]"
)
PASSES = LEAVING.replace("kind: target", "kind: legal").replace(
    "late: [{task: keeper}]", "late: [{opens: leave}]"
)


def clock(play: Play, name: str) -> ClockView:
    keeper = Viewer("keeper", "keeper", ("site",))
    seen = view(play.pathway, play.site, play.case, play.log, keeper, play.t, World(("site",)))
    return next(c for c in seen.clocks if c.name == name)


def test_a_missed_sitting_names_whose_task_it_is_and_the_round_that_runs() -> None:
    play = inside().when("2024-03-13 09:00")
    row = clock_row(scene(play.pathway, "keeper", play.t), clock(play, "appearance"))
    assert row.mood == row.time.mood == "late" and row.time.at == "Tue 12 Mar"
    assert "to do: keeper" in row.note and "the round that runs ends Tue 19 Mar" in row.note


def test_a_rhythm_that_ended_unmet_says_that_no_round_begins_and_why() -> None:
    play = advanced(inside(court(UNSET, RHYTHM)))
    row = clock_row(scene(play.pathway, "keeper", play.t), clock(play, "appearance"))
    assert row.mood == "late" and "no new round begins" in row.note and "rhythm is not entered" in row.note


def test_a_phase_that_names_no_rhythm_is_said_to_be_not_watched() -> None:
    play = inside(court(("sitting_every: 7 days, ", "")))
    row = clock_row(scene(play.pathway, "keeper", play.t), clock(play, "appearance"))
    assert row.note == "Not watched: this phase names no distance between its sittings."


def test_nobody_is_late_where_a_time_only_had_to_pass() -> None:
    play = inside(court((LEAVING, PASSES))).later().step("ask_out", "keeper").when("2024-04-20 09:00")
    page, c = scene(play.pathway, "keeper", play.t), clock(play, "leaving")
    time, row = time_of(page, c), clock_row(page, c)
    assert (c.state, c.waits) == ("late", True)
    assert (
        (time.mood, row.mood) == ("", "")
        and time.left.startswith("over for")
        and "nobody is late" in row.note
    )
    assert order._rank_of(page, c) not in (order.LATE_BY_LAW, order.LATE_HOUSE)


def test_once_it_is_over_it_may_be_somebodys_to_act_on_and_still_nobody_is_late() -> None:
    tasked = PASSES.replace("{opens: leave}", "{opens: leave}, {task: keeper}")
    play = inside(court((LEAVING, tasked))).later().step("ask_out", "keeper").when("2024-04-20 09:00")
    page, c = scene(play.pathway, "keeper", play.t), clock(play, "leaving")
    assert time_of(page, c).mood == "soon" and "to do: keeper" in clock_row(page, c).note
    assert order._rank_of(page, c) == order.HOUSE_TODAY


def test_a_term_in_which_the_person_may_do_something_is_over_and_not_late() -> None:
    warning = programme("nz-warning")
    assert waits(warning, warning.clocks["window"]) and not waits(warning, warning.clocks["receipt"])


def test_a_term_that_could_have_been_kept_is_late() -> None:
    play = inside().later().step("ask_out", "keeper").when("2024-04-20 09:00")
    assert not clock(play, "leaving").waits
