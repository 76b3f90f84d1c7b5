"""Support, corrections, obligations, papers and the routine: each passes the checks 0 to 4 and its own few."""

from dataclasses import replace
from typing import Any

import pytest

from amparo.cases import read
from amparo.cases.model import Consent, Nothing_, World
from amparo.cases.requests import VERBS
from amparo.cases.retention import retention
from amparo.pathways.model import Length, SettingRef, Withdrawal
from tests.cases.play import EVERYWHERE, SEATS, Play, at, money, months, owing, quay, resting, talking


# ------------------------------------------------------------------------------------------------ support
def test_a_need_is_noted_in_the_persons_words_and_moves_nothing():
    play = talking().ask("note_need", role="person", kind="housing", words="A bed for tonight.")
    assert play.kinds() == ["need.noted"] and play.case.stage == "talking"


def test_saying_no_to_help_has_no_consequence():
    play = talking()
    before = play.offers()
    play.ask("offer_help", role="helper", kind="work", answer="no")
    assert play.offers() == before and "supported" not in read.milestones(play.case)


def test_help_of_another_kind_or_by_another_role_is_refused():
    assert talking().ask("offer_help", role="helper", kind="legal", answer="yes").refused.detail == "kind"
    assert talking().ask("offer_help", role="member", kind="work", answer="yes").refused.code == "not_you"


def test_a_referral_needs_a_live_consent_for_that_very_service():
    play = talking().ask("refer", role="helper", kind="housing", to="shelter one")
    assert play.refused.detail == "consent"
    play.ask("consent", do="give", kind="contact_shelter", to="shelter two").later()
    assert play.ask("refer", role="helper", kind="housing", to="shelter one").refused.code == "missing"
    assert play.ask("refer", role="helper", kind="housing", to="shelter two").kinds() == ["referral.sent"]


def test_a_yes_to_the_referral_writes_down_the_consent_with_it():
    play = talking().ask("refer", role="helper", kind="housing", to="shelter one", agreed=True)
    assert play.kinds() == ["consent.given", "referral.sent"]


def test_a_consent_for_one_kind_of_service_does_not_cover_another():
    play = talking().ask("consent", do="give", kind="contact_shelter", to="one").later()
    sent = {"role": "helper", "kind": "housing", "to": "one"}
    assert play.ask("refer", **sent, to_role="school").refused.detail == "consent"
    assert play.ask("refer", **sent, to_role="school", agreed=True).refused.detail == "consent"
    assert play.ask("refer", **sent, to_role="shelter").kinds() == ["referral.sent"]


def test_a_referral_under_a_named_consent_uses_that_one_or_none():
    play = talking().ask("consent", do="give", kind="contact_shelter", to="one").later()
    sent = {"role": "helper", "kind": "housing", "to": "one"}
    assert play.ask("refer", **sent, consent="tell_family").refused.detail == "consent"
    assert play.ask("refer", **sent, consent="contact_shelter").kinds() == ["referral.sent"]


def test_several_referrals_run_side_by_side_each_with_its_answer():
    play = talking().ask("refer", role="helper", kind="housing", to="one", agreed=True).later()
    play.ask("refer", role="helper", kind="housing", to="two", agreed=True).later()
    first, second = play.case.referrals.values()
    play.ask("answer", role="shelter", id=first.id, answer="waiting", place=4).later()
    play.ask("answer", role="helper", id=second.id, answer="attended")
    assert [r.state for r in play.case.referrals.values()] == ["waiting", "attended"]
    assert {"supported", "housed"} <= set(read.milestones(play.case))


def test_asking_is_no_milestone():
    play = talking().ask("refer", role="helper", kind="housing", to="one", agreed=True)
    assert not {"supported", "housed"} & set(read.milestones(play.case))


def test_a_service_that_declines_says_why():
    play = talking().ask("refer", role="helper", kind="housing", to="one", agreed=True).later()
    assert play.ask("answer", role="shelter", kind="housing", answer="declined").refused.field == "reason"
    assert play.ask("answer", role="shelter", kind="housing", answer="declined", reason="no_place").kinds()


def test_an_answer_is_due_in_working_days_and_chased_by_us():
    play = talking().ask("refer", role="helper", kind="housing", to="one", agreed=True)
    assert next(iter(play.case.referrals.values())).due == at("2024-03-12 23:59:59")
    assert play.later().ask("chase", role="shelter", kind="housing").refused.code == "not_you"
    assert play.ask("chase", role="helper", kind="housing").kinds() == ["referral.chased"]


def test_referrals_go_on_after_the_end_and_notes_of_need_do_not():
    play = talking().when("2024-03-06 10:31").step("did_not_come").later()
    assert play.ask("note_need", role="helper", kind="housing").refused.detail == "ended"
    assert (
        play.ask("refer", role="helper", kind="housing", to="one", agreed=True).kinds()[-1] == "referral.sent"
    )


# ------------------------------------------------------------------------------------------------ tell, correct
def test_the_ledger_tells_what_another_case_says():
    play = talking().ask("tell", role="", actor="ledger", fact="entry", value=True, given_by="register")
    assert play.value("entry") is True


def test_a_fact_is_told_by_whose_word_it_is_and_by_whom_who_asks_it():
    assert (
        talking().ask("tell", role="warden", fact="entry", value=True, given_by="register").refused.code
        == "not_you"
    )
    assert talking().ask("tell", role="helper", fact="entry", value=True, given_by="register").kinds() == [
        "fact.told"
    ]


def test_a_telling_from_the_future_is_none():
    assert (
        talking().ask("tell", fact="born", value="2000-01-01", as_of=at("2025-01-01 00:00")).refused.code
        == "not_in_the_future"
    )


def test_a_correction_keeps_the_time_of_what_it_corrects():
    play = talking().ask("correct", role="helper", fact="entry", value=True)
    found = play.case.tellings["entry"]
    assert [(t.value, t.corrected) for t in found] == [(False, True), (True, False)] and found[
        0
    ].as_of == found[1].as_of


def test_what_was_decided_on_a_corrected_fact_stands_and_is_flagged():
    play = (
        resting().later().ask("correct", role="helper", fact="entry", value=True, reason="the register erred")
    )
    assert play.case.stage == "resting" and ("entry", "rest") in {
        (f["fact"], f["step"]) for f in play.case.flags
    }


def test_what_was_never_told_cannot_be_corrected():
    assert Play().open().ask("correct", fact="entry", value=True).refused.code == "no_such"


def test_a_finding_is_not_corrected_but_found_anew():
    assert resting().ask("correct", role="member", fact="rests", value=False).refused.detail == "finding"


def test_an_acceptance_is_not_told_as_silence():
    assert (
        talking().ask("tell", role="person", fact="agrees", nothing="refused").refused.detail == "acceptance"
    )
    assert talking().ask("tell", facts={"born": Nothing_("refused")}, given_by="person").kinds() == [
        "fact.told"
    ]


# ------------------------------------------------------------------------------------------------ annul
def test_the_newest_step_is_taken_back_with_all_that_it_caused():
    play = talking()
    before = play.case
    play.later().step("new_hour", facts={"hour": at("2024-03-09 10:00")}).later().ask(
        "annul", step="new_hour", reason="wrong day"
    )
    assert play.value("hour") == at("2024-03-06 10:00")
    assert (play.case.letters, play.case.runs, play.case.stage) == (before.letters, before.runs, before.stage)


def test_only_the_newest_is_taken_back():
    play = talking().ask("annul", step="take_on", reason="wrong case")
    assert (play.refused.detail, play.refused.instead) == ("not_newest", (("step", "ask_register"),))


def test_a_step_is_taken_back_by_who_took_it():
    assert (
        talking().ask("annul", role="helper", step="ask_register", reason="wrong").refused.code == "not_you"
    )


def test_taking_back_needs_a_reason():
    assert talking().ask("annul", step="ask_register").refused.field == "reason"


def test_what_has_reached_somebody_is_not_taken_back():
    play = talking().step("new_hour", facts={"hour": at("2024-03-09 10:00")}).later()
    play.ask("deliver", letter="slip", how="by_hand").later()
    assert play.ask("annul", step="new_hour", reason="wrong day").refused.code == "blocked"


def test_a_notice_that_was_sent_bars_it_too():
    play = (
        Play()
        .open()
        .step("take_on", facts={"here": True})
        .later()
        .ask("send", notice="told_new", how="secure_box")
        .later()
    )
    assert play.ask("annul", step="take_on", reason="wrong case").refused.code == "blocked"


def test_nothing_is_taken_back_once_its_session_is_closed():
    play = resting().later().ask("sit", do="close").later()
    assert (
        play.ask("annul", role="member", actor="ana", step="rest", reason="misread").refused.detail
        == "sitting"
    )


def test_the_opening_is_never_taken_back():
    play = Play().open(handed=())
    assert play.ask("annul", role="warden", step="find_person", reason="wrong").refused.detail == "opening"


# ------------------------------------------------------------------------------------------------ obligations
def test_while_a_service_keeps_it_waiting_no_breach_is_found():
    play = (
        resting()
        .later()
        .ask("oblige", role="helper", kind="attendance", do="waiting", whose="service")
        .later()
    )
    play.ask(
        "oblige",
        role="member",
        actor="ana",
        kind="attendance",
        do="breached",
        facts={"fault": True},
        votes=dict.fromkeys(SEATS, "for"),
    )
    assert play.refused.code == "waiting"


def breach(play: Play, **more: object) -> Play:
    stated = {"facts": {"fault": True}, "votes": dict.fromkeys(SEATS, "for"), "actor": "ana", **more}
    return play.later().ask("oblige", role="member", kind="attendance", do="breached", **stated)


def test_a_breach_asks_whose_fault_gives_reasons_and_hears_the_person():
    assert breach(resting(), facts={}).refused.asks == (("fault", "panel"),)
    assert breach(resting(), heard=False).refused.field == "heard"
    assert breach(resting(), reasons="").refused.field == "reasons"
    assert breach(resting()).kinds() == ["fact.told", "obligation.breached"]


def test_a_breach_is_found_by_the_body_in_its_session():
    closed = resting().later().ask("sit", do="close")
    assert breach(closed).refused.code == "no_sitting"
    assert (
        resting().later().ask("oblige", role="helper", kind="attendance", do="breached").refused.code
        == "not_you"
    )


def test_what_recurs_can_be_breached_again_and_each_time_counts():
    play = breach(breach(resting()))
    assert read.readings(play.case, play.t).get("breached.attendance") == 2


def test_what_cannot_be_breached_is_not():
    play = owing(10).later().ask("oblige", role="member", kind="service", do="breached")
    assert play.refused.detail == "no_breach"


def test_an_entry_larger_than_what_is_owed_is_refused():
    play = owing(10).later().ask("oblige", kind="service", do="progress", amount=8).later()
    assert play.ask("oblige", kind="service", do="progress", amount=3).refused.params["most"] == 2
    assert play.ask("oblige", kind="service", do="progress", amount=2).kinds() == ["obligation.progressed"]


def test_an_entry_is_reversed_and_never_changed():
    play = owing(10).later().ask("oblige", kind="service", do="progress", amount=8).later()
    play.ask("oblige", kind="service", do="reverse", words="counted twice").later()
    assert play.ask("oblige", kind="service", do="progress", amount=10).kinds() == ["obligation.progressed"]


def test_the_terms_of_an_item_are_taken_over_from_the_decision():
    item = next(iter(owing(10).case.obligations.values()))
    assert (item.terms, item.due) == ({"hours": 10}, at("2024-04-06 23:59:59"))


def test_waiving_needs_the_deciders_and_a_reason():
    play = resting().later()
    assert (
        play.ask("oblige", role="helper", kind="attendance", do="waived", reasons="").refused.field
        == "reasons"
    )
    play.ask("oblige", role="helper", kind="attendance", do="waived", reasons="moved away").later()
    assert play.ask("oblige", role="helper", kind="attendance", do="met").refused.detail == "over"


# ------------------------------------------------------------------------------------------------ consents, papers
def test_a_consent_names_no_more_than_its_kind_covers():
    play = talking().ask(
        "consent", role="person", do="give", kind="contact_shelter", to="one", about=("health",)
    )
    assert play.refused.field == "about"


def test_a_consent_withdrawn_holds_no_more():
    play = talking().ask("consent", role="person", do="give", kind="contact_shelter", to="one").later()
    play.ask("consent", role="person", do="withdraw", kind="contact_shelter").later()
    assert not read.live_consents(play.case, "contact_shelter", play.t)


def test_a_consent_ends_by_itself_with_its_time():
    play = (
        talking()
        .ask("consent", role="person", do="give", kind="contact_shelter", to="one")
        .when("2024-09-06 00:00:00")
    )
    assert not read.live_consents(play.case, "contact_shelter", play.t)


def test_a_consent_until_closed_ends_when_the_case_does():
    play = (
        talking()
        .ask("consent", role="person", do="give", kind="tell_family", to="sister")
        .when("2024-03-06 10:31")
        .step("did_not_come")
    )
    assert "consent.ended" in play.kinds()


def test_a_letter_comes_back_and_is_delivered_again():
    play = talking().step("new_hour", facts={"hour": at("2024-03-09 10:00")}).later()
    play.ask("returned", letter="slip", how="post").later().ask(
        "deliver", letter="slip", how="post_with_proof", proof="RR1"
    )
    assert [x.state for x in read.newest_copies(play.case, "slip", play.t)] == ["delivered"]


def test_a_notice_is_sent_and_its_receipt_kept():
    play = talking().ask("send", notice="told_new", how="secure_box").later()
    assert read.readings(play.case, play.t).get("awaited.told_new") == 1
    assert (
        play.ask("receive", role="register", notice="told_new", receipt="77").case.notices.popitem()[1].state
        == "received"
    )


# ------------------------------------------------------------------------------------------------ routine
def test_a_colleague_takes_over_and_the_first_is_free():
    play = talking().ask("assign", role="clerk", who="another")
    assert (
        play.kinds() == ["assignment.ended", "assignment.made"] and play.case.assigned["clerk"] == "another"
    )


def test_a_try_is_no_contact():
    play = talking().ask("contact", do="tried", channel="phone", result="no answer")
    assert play.kinds() == ["contact.tried"] and not play.case.contacts[0]["made"]


def test_a_death_stops_every_term_and_every_message():
    play = talking().ask("record_death")
    assert {runs[-1].state for runs in play.case.runs.values()} & {"running"} == set()
    assert {x.state for x in play.case.notices.values()} == {"cancelled"} and read.box(
        play.case, play.t
    ) == -1
    assert play.later().step("new_hour", facts={"hour": 1}).refused.detail == "died"


def test_a_death_recorded_in_error_is_taken_back_with_correction_notices():
    play = (
        talking()
        .ask("send", notice="told_new")
        .later()
        .ask("record_death", happened_at=at("2024-03-05 09:00"))
        .later()
    )
    play.ask("annul", step="record_death", reason="another person of that name")
    assert "notice.corrected" in play.kinds() and play.clock("year") == "running"


def test_a_hold_suspends_retention():
    play = resting().when("2024-06-07 09:00").step("finish").later()
    kept = retention(play.case, play.t)
    assert kept and (kept.named, kept.ends_at) == (None, at("2026-06-07 23:59:59"))
    play.ask("hold", rule="a lawsuit")
    held = retention(play.case, play.t)
    assert held and held.ends_at is None


def test_whoever_was_told_on_a_consent_hears_the_same_day_that_it_was_taken_back():
    given = Consent("c1", "x", "service", (), at("2024-03-05 10:00"), None, at("2024-03-30 22:10"), "withdrawn")

    def by(within: Any) -> int | None:
        found = next(iter(quay().consents.values()))
        kind = replace(found, on_withdrawal=Withdrawal(where=found.where, task="clerk", within=within))
        pathway = replace(quay(), consents={"x": kind})
        return read.told_by(talking().case._replace(pathway=pathway), given)

    assert by(None) == at("2024-03-30 23:59:59")  # the night on which the clocks change
    assert by(Length(3, "days")) == at("2024-04-02 23:59:59")
    assert by(SettingRef("not_entered")) is None


def test_what_ended_at_once_is_named_no_longer():
    play = talking().when("2024-03-06 10:31").step("did_not_come")
    kept = retention(play.case, play.t)
    assert kept and (kept.named_until, kept.then) == (play.t, "wiped")


def test_an_open_case_has_no_retention_yet():
    assert retention(talking().case, 0) is None


def test_the_person_objects_and_is_answered():
    play = talking().ask("object", role="person", words="That was not me.").later()
    right = next(iter(play.case.rights))
    assert (
        play.ask("answer_right", id=right, words="Looked into.").case.rights[right]["answer"]
        == "Looked into."
    )


@pytest.mark.parametrize(
    "verb",
    sorted(
        set(VERBS)
        - {"object", "ask_correction", "consent", "note_need", "refer", "offer_help", "answer"}
        - {"emergency_disclosure"}  # whoever is with somebody in an emergency
    ),
)
def test_a_stranger_does_nothing(verb):
    play = talking()
    play.put(
        play.request(
            "shelter",
            (),
            verb=verb,
            world=World(EVERYWHERE, SEATS),
            args={
                "fact": "entry",
                "value": True,
                "given_by": "register",
                "step": "ask_register",
                "reason": "x",
                "do": "open",
                "kind": "housing",
                "letter": "slip",
                "how": "by_hand",
                "notice": "told_new",
                "channel": "phone",
                "other": "x",
                "rule": "x",
                "words": "x",
                "id": "x",
            },
        )
    )
    assert play.refused.code in ("not_you", "no_such", "not_allowed")


def test_money_and_months_of_the_tests_are_plain():
    assert money("EUR 5.00") == {"minor": 500, "currency": "EUR"} and months(1) == {"n": 1, "unit": "months"}
