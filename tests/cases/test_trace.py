"""The worked trace of the reference: a night on which summer time begins, from the street to a broken suspension."""

import pytest

from amparo.cases import read
from amparo.cases.model import Do, Refusal, Site
from amparo.pathways import reader
from tests.cases.play import ALL_FOR, EVERYWHERE, Play, World, at, money, months

SEATS = {"ana": ("president",), "bruno": ("jurist",), "clara": ()}
SETTLED = {"hearing_starts_from": "first_session", "new_record_counts": True}
HERB = {"items": [{"substance": "cannabis_herb", "mass": 6_000_000, "weight": "net"}], "open": False}
FOUND = {"for_own_use": True, "offence_found": True, "dependent": False}


@pytest.fixture(scope="module")
def lisbon():
    site = Site("lisboa", "Europe/Lisbon", SETTLED)
    play = Play(reader.programme("pt-dissuasion"), site, "2024-03-29 22:10")
    facts = {
        "occurred_at": at("2024-03-29 21:30"),
        "area": "lisboa",
        "seized": True,
        "own_use": True,
        "age": 24,
        "home": "lisboa",
        "language": "pt",
        "appointment": at("2024-04-01 10:00"),
        "substances": HERB,
    }
    return play.put(play.request("police", (Do("report", facts, handed=("summons",)),), door="police_record"))


def in_box(play: Play) -> str:
    return play.pathway.boxes[read.box(play.case, play.t)].title["en"]


def test_in_the_street(lisbon):
    assert lisbon.kinds().count("fact.told") == 9 and lisbon.kinds()[-1] == "letter.delivered"
    assert lisbon.due("record_received") == at(
        "2024-03-31 10:30"
    )  # 36 hours, one of them skipped by the clocks
    assert lisbon.due("attendance") == at("2024-04-01 22:30")
    assert lisbon.due("limitation") == at("2025-03-29 23:59:59") and in_box(lisbon) == "Arrived from police"


def test_at_the_office(lisbon):
    lisbon.when("2024-03-31 09:00").step("receive_record").when("2024-03-31 10:00").step(
        "accept", facts={"competent_here": True}
    )
    assert lisbon.kinds()[:2] == ["fact.told", "step.taken"] and "notice.due" in lisbon.kinds()
    assert lisbon.clock("record_received") == "met" and lisbon.due("grace") == at("2024-04-01 10:30")


def test_the_person_comes(lisbon):
    lisbon.when("2024-04-01 10:05").step("attend", "technician")
    assert lisbon.case.stage == "hearing" and lisbon.clock("attendance") == lisbon.clock("grace") == "met"
    assert lisbon.due("hearing_from_session") == at("2024-05-06 23:59:59")
    assert lisbon.due("register_answer") == at("2024-04-03 23:59:59") and in_box(lisbon) == "Today"


def test_two_are_not_enough_until_the_third_is_impeded(lisbon):
    lisbon.when("2024-04-01 10:40").sit("ana", "bruno")
    assert lisbon.decides("find", FOUND).refused.code == "no_quorum"
    assert "DL130A 35" in {str(c) for c in lisbon.refused.basis}
    lisbon.when("2024-04-01 10:41").sit("ana", "bruno", impeded={"clara": "ill"}).decides("find", FOUND)
    assert lisbon.kinds() == ["fact.told"] * 3 + ["step.taken"]


def fine(play: Play) -> Refusal:
    return play.decides("fine", {"light_tables_only": True}, terms={"amount": money("EUR 50.00")}).refused


def test_while_the_register_has_not_answered_nothing_is_pronounced(lisbon):
    refused = fine(lisbon.when("2024-04-01 10:50"))
    assert (refused.code, refused.asks) == ("not_yet", (("prior_entry", "register"),))
    assert "L30 11(1)" in {str(c) for c in refused.basis}


def test_then_the_law_leaves_one_decision_and_says_by_which_facts(lisbon):
    lisbon.when("2024-04-01 11:00").step("register_answers", facts={"prior_entry": False})
    refused = fine(lisbon.when("2024-04-01 11:05"))
    assert (refused.code, refused.instead) == ("must_be", (("step", "suspend"),))
    told = {r.name: (r.value, r.given_by) for r in refused.because}
    assert told["prior_entry"] == (False, "register") and told["dependent"] == (False, "commission")


def test_thirty_months_are_too_long(lisbon):
    refused = lisbon.when("2024-04-01 11:08").decides("suspend", terms={"length": months(30)}).refused
    assert (refused.code, refused.params["most"], str(refused.basis[0])) == (
        "outside",
        {"n": 2, "unit": "years"},
        "L30 13(1)",
    )


def test_three_months_are_lawful(lisbon):
    lisbon.when("2024-04-01 11:10").decides("suspend", terms={"length": months(3)})
    assert lisbon.case.stage == "suspended" and {"letter.due", "notice.due"} <= set(lisbon.kinds())
    assert (
        lisbon.due("suspension_end") == at("2024-07-01 23:59:59") and lisbon.clock("limitation") == "paused"
    )


def test_filing_waits_for_the_day_after(lisbon):
    lisbon.when("2024-06-20 09:00").tick()
    refused = lisbon.decides("file", {"later_occurrence": False}).refused
    assert (refused.code, refused.instead) == ("not_yet", (("at", at("2024-07-02 00:00")),))
    assert in_box(lisbon) == "Suspension ending"


def test_a_new_record_lets_the_proceedings_go_on_and_the_limitation_too(lisbon):
    lisbon.when("2024-06-25 11:10").decides("resume", {"later_occurrence": True})
    assert lisbon.case.stage == "resumed" and lisbon.clock("suspension_end") == "cancelled"
    assert lisbon.due("limitation") == at("2025-06-21 23:59:59")  # 84 whole days, 2 April to 24 June


def test_a_second_suspension_waits_for_a_jurist(lisbon):
    refused = lisbon.when("2024-06-25 11:20").decides("suspend", terms={"length": months(3)}).refused
    assert (refused.code, refused.asks) == ("not_yet", (("setting suspend_again", "site"),))
    offered = {
        s
        for s, o in lisbon.offers().items()
        if o.group in ("allowed", "open") and lisbon.pathway.steps[s].choice
    }
    assert {"fine", "other_sanction"} <= offered and "suspend" not in offered


def test_votes_and_seats_of_the_trace_are_those_of_the_law():
    assert set(ALL_FOR) == set(SEATS) and World(EVERYWHERE).relation == EVERYWHERE
