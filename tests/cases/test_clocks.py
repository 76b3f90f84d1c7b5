"""Clocks flag, make a task, or make a step lawful; they take none."""

from amparo.cases import clocks, runs
from tests.cases.play import Play, at, months, owing, resting, talking


def test_thirty_six_hours_are_seconds_whatever_the_wall_clock_does():
    play = Play(start="2024-03-30 22:10").open(
        {"found_at": at("2024-03-30 21:30"), "hour": at("2024-04-02 10:00")}
    )
    assert play.due("arrival") == at("2024-04-01 10:30")


def test_the_last_second_is_in_time():
    play = Play().open().when("2024-03-06 09:30:00").step("take_on", facts={"here": True})
    assert play.clock("arrival") == "met"


def test_one_second_later_is_late_and_refuses_nothing():
    play = Play().open().when("2024-03-06 09:30:01").step("take_on", facts={"here": True})
    assert play.clock("arrival") == "stopped" and clocks.late(play.case, "arrival", play.t)


def test_working_days_skip_the_weekend():
    play = (
        Play(start="2024-03-08 09:00")
        .open({"found_at": at("2024-03-08 08:00")})
        .step("take_on", facts={"here": True})
    )
    assert play.due("answer") == at("2024-03-12 23:59:59")


def test_a_tick_says_what_was_missed_once_with_its_true_time():
    play = Play().open().when("2024-04-01 12:00")
    said = play.tick()
    assert [(e.kind, e.data["clock"], e.at) for e in said] == [
        ("clock.expired", "arrival", at("2024-03-06 09:30:01"))
    ]
    assert play.tick() == () and play.later().tick() == ()


def test_a_step_is_judged_against_clocks_that_are_caught_up():
    play = Play().open().when("2024-03-10 12:00").step("take_on", facts={"here": True})
    assert play.kinds()[0] == "clock.expired"


def test_a_refusal_stores_nothing_of_the_request():
    play = Play().open()
    before = len(play.log)
    play.when("2024-03-10 12:00").step("take_on", "warden", {"here": True})
    assert play.refused.code == "not_you" and len(play.log) == before


def test_a_pause_counts_whole_days_only():
    play = resting(3)
    run = play.case.runs["year"][-1]
    assert (run.paused_at, play.clock("year"), play.due("year")) == (
        play.t,
        "paused",
        at("2025-03-04 23:59:59"),
    )


def test_a_term_that_goes_on_after_a_pause_moves_by_its_whole_days():
    play = resting(3).when("2024-06-07 09:00").step("finish")
    run = play.case.runs["year"][-1]
    assert run.state == "cancelled"
    resumed = resting(3).case
    before = resumed.runs["year"][-1]
    after = runs.entered(resumed._replace(stage="talking"), at("2024-03-31 00:30")).runs["year"][-1]
    assert (before.paused, after.paused) == (0, 24)  # 7 to 30 March; the change of the clocks adds nothing


def test_near_its_end_a_clock_warns_and_then_runs_out():
    play = resting(3).when("2024-05-28 12:00")
    said = [(e.kind, e.data["clock"]) for e in play.tick()]
    assert said[-1] == ("clock.warned", "rest_end") and play.clock("rest_end") == "near"
    assert play.when("2024-06-07 00:00:00").clock("rest_end") == "late"


def test_a_clock_opens_a_step_from_the_second_after_its_due():
    play = resting(3).when("2024-06-06 23:59:59").step("finish")
    assert (play.refused.code, play.refused.instead) == ("not_yet", (("at", at("2024-06-07 00:00:00")),))
    assert play.later(1).step("finish").case.stage == "over"


def test_a_term_may_be_lengthened_once_and_only_so_much():
    play = resting(3).later()
    assert play.decides("lengthen", terms={"longer": months(3)}).refused.code == "outside"
    assert play.decides("lengthen", terms={"longer": months(2)}).due("rest_end") == at("2024-08-06 23:59:59")
    assert play.later().decides("lengthen", terms={"longer": months(1)}).refused.detail == "extended"


def test_a_monthly_report_that_is_missing_is_late_until_the_next_one():
    play = resting(3).when("2024-04-07 00:00:00")
    assert play.clock("reports") == "late"
    play.step("report", "helper")
    assert play.clock("reports") == "running" and play.due("reports") == at("2024-05-06 23:59:59")


def test_a_report_entered_late_but_made_in_time_meets_its_month():
    play = resting(3).when("2024-04-10 09:00").step("report", "helper", happened_at=at("2024-04-05 09:00"))
    assert play.clock("reports") == "running"


def test_a_term_runs_from_the_delivery_of_the_letter():
    play = owing()
    assert play.clock("sum_term") == "none"
    play.when("2024-03-06 11:00").ask("deliver", letter="outcome", how="by_hand")
    assert play.due("sum_term") == at("2024-03-18 23:59:59")  # the tenth day is a Saturday


def test_a_clock_whose_condition_is_not_known_is_not_watched_and_says_why():
    play = Play().open().when("2024-03-05 09:00").step("take_on", facts={"here": True}).sit().later()
    play.decides("judge", {"rests": False}).later()
    play.decides(
        "charge_sum",
        {"light": False},
        terms={"sum": {"minor": 600, "currency": "EUR"}},
        items=({"kind": "service", "due": "2024-04-06"},),
    )
    assert play.refused.detail == "bound"
    judged = play.case
    assert clocks.state(judged, "dear", play.t) == ("none", None)


def test_a_newer_run_replaces_the_older():
    play = talking().step("new_hour", facts={"hour": at("2024-03-08 10:00")})
    assert [run.state for run in play.case.runs["grace"]] == ["replaced", "running"]


def test_late_is_judged_as_of_the_time_of_the_step():
    play = talking().when("2024-03-06 12:00")
    assert clocks.late(play.case, "grace", at("2024-03-06 10:30:01"))
    assert not clocks.late(play.case, "grace", at("2024-03-06 10:30:00"))


def test_the_next_waking_is_the_next_thing_a_tick_would_say():
    play = Play().open()
    woken = clocks.wake(play.pathway, play.case, play.t)
    assert woken == at("2024-03-06 09:30:01")
    play.t = woken
    assert len(play.tick()) == 1


def test_a_case_without_running_clocks_never_wakes():
    play = (
        Play()
        .open()
        .when("2024-03-05 09:00")
        .step("take_on", facts={"here": True})
        .when("2024-03-06 12:00")
        .step("did_not_come")
    )
    assert play.case.stage == "away" and clocks.wake(play.pathway, play.case, play.t) is None
