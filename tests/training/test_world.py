"""What the training world holds, and its tour as the people of the tour would walk it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from amparo.cases.model import Case, Do, Refusal, Request
from amparo.errors import KeyDestroyed, NotPermitted
from amparo.ledger import book, casefile, papers
from amparo.ledger.models import Coarse, Head, Summary
from amparo.people import guard
from amparo.people.models import Account, SettingEntry
from amparo.training import tour
from amparo.training import world as worlds
from amparo.training.build import Built

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PROGRAMME = "pt-dissuasion"
PROGRAMMES = [one.programme for one in worlds.worlds()]
PORTUGAL = {"lisboa", "ponta-delgada"}
FOUND = {"for_own_use": True, "offence_found": True, "dependent": False}


def cases(world: Built) -> Iterator[Case]:
    """Every case whose words are still there."""
    for case in world.cases.values():
        try:
            yield casefile.load(case, now=world.moment).case
        except KeyDestroyed:
            continue


# ------------------------------------------------------------------------------------------ what is there
def test_every_story_ends_as_it_says(world: Built) -> None:
    assert world.otherwise == ()


def test_each_story_has_its_case_and_everybody_of_the_staff_an_account(world: Built) -> None:
    told = worlds.worlds()
    assert Head.objects.count() == len(world.cases) == sum(len(one.stories) for one in told)
    own = sum("is" not in one for each in told for one in each.staff.values())
    assert Account.objects.filter(demo=True).count() == own


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_programme_is_shown_in_twenty_cases_or_more(programme: str) -> None:
    (one,) = (each for each in worlds.worlds() if each.programme == programme)
    assert len(one.stories) >= 20


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_stage_was_reached(world: Built, programme: str) -> None:
    assert set(papers.pathway_of(programme).stages) == set(world.stages[programme])


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_outcome_was_reached(world: Built, programme: str) -> None:
    stages = papers.pathway_of(programme).stages
    ends = {stage.closed for stage in stages.values() if stage.closed}
    assert {stages[name].closed for name in world.stages[programme]} - {""} - {None} == ends


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_open_stage_has_a_case_today(world: Built, programme: str) -> None:
    stages = papers.pathway_of(programme).stages
    now = {case.stage for case in cases(world) if not case.died and case.pathway.id == programme}
    assert {name for name, stage in stages.items() if not stage.closed} <= now


def test_a_court_sent_thirty_eight_in_a_hundred(world: Built) -> None:
    doors = Counter(Summary.objects.values_list("door", flat=True))
    assert round(100 * doors["court_referral"] / 60) == 38


def test_referrals_have_every_kind_of_answer_and_none(world: Built) -> None:
    found = [referral for case in cases(world) for referral in case.referrals.values()]
    given = {answer["answer"] for referral in found for answer in referral.answers}
    assert given == {"accepted", "waiting", "declined", "attended", "ended"}
    unanswered = [referral for referral in found if not referral.answers]
    assert any((referral.due or 0) < world.moment for referral in unanswered)


def test_consents_stand_in_every_state(world: Built) -> None:
    given = [consent for case in cases(world) for consent in case.consents.values()]
    assert any(one.holds(world.moment) for one in given)
    assert {one.how for one in given if one.ended} == {"withdrawn", "ended"}
    withdrawn = [one for one in given if one.how == "withdrawn"]
    assert {one.receipt is None for one in withdrawn} == {True, False}  # confirmed, and still to be confirmed


def test_help_was_refused_and_nothing_followed(world: Built) -> None:
    refused = [case for case in cases(world) for need in case.needs.values() if need.answer == "no"]
    assert len(refused) >= 3


def test_a_chair_decided_a_tie_and_dissent_was_kept(world: Built) -> None:
    tied = casefile.load(world.cases["filed_casting_vote"], now=world.moment).case
    (suspended,) = tied.taken["suspend"]
    assert sorted(suspended.data["votes"].values()) == ["against", "for"]
    assert suspended.data["dissent"]


def test_the_islands_and_the_mainland_have_hearings_today(world: Built) -> None:
    found = {row.site for row in Summary.objects.filter(open=True, box=0)}
    assert found & PORTUGAL == PORTUGAL


# ------------------------------------------------------------------------------------------------ it is whole
@pytest.mark.parametrize("login", ["clerk", "clerk.azores"])
def test_the_boxes_add_up_to_all_open_cases(world: Built, login: str) -> None:
    clerk = Account.objects.get(username=login)
    site = clerk.posts.get().site_id
    counted = book.counts(clerk, site, PROGRAMME, now=world.moment)
    assert sum(counted.values()) == Summary.objects.filter(site=site, open=True).count() > 9


def test_the_log_verifies_and_the_lists_are_those_of_the_log(world: Built) -> None:
    assert not book.verify().faults
    assert [found for found in book.rebuild(now=world.moment) if found.what == "summary"] == []


def test_the_case_of_who_only_asked_for_help_is_wiped(world: Built) -> None:
    with pytest.raises(KeyDestroyed):
        casefile.load(world.cases["asked_for_help"])
    kept = Coarse.objects.filter(stage="")
    assert {(row.site, row.area, row.outcome) for row in kept} == {("", "", "")}


def test_values_of_settings_say_that_they_are_fictional(world: Built) -> None:
    sources = ("Fictional value", "Valor fictício")  # in the language of the site
    assert all(one.fictional and one.source.startswith(sources) for one in SettingEntry.objects.all())
    assert not SettingEntry.objects.filter(name="suspend_again").exists()


def test_nobody_is_reachable(world: Built) -> None:
    assert all(account.email.endswith(".invalid") for account in Account.objects.all())
    assert settings.EMAIL_BACKEND.endswith(("dummy.EmailBackend", "locmem.EmailBackend"))


def test_production_does_not_start_with_this_database(world: Built) -> None:
    with override_settings(AMPARO_TRAINING=False, SECRET_KEY="a secret of our own, as long as it must be"):
        assert [code for code, _ in guard.faults()] == ["E004"]


# ------------------------------------------------------------------------------------------ the tour
def ask(world: Built, login: str, story: str, verb: str, *steps: Do, **more: Any) -> book.Recorded | Refusal:
    """What the ledger answers this person, a few minutes after the world was handed over."""
    account = Account.objects.get(username=login)
    request = Request(verb, "", account.posts.get().role, steps=steps, **more)
    return book.record(account, world.cases[story], request, f"{verb} {steps} {more}", now=world.moment + 900)


def sit(world: Built, story: str) -> dict[str, str]:
    """Open the sitting with everybody; gives a vote for from each."""
    members = [
        account.pk for account in Account.objects.filter(mandates__site="lisboa", mandates__until=None)
    ]
    args = {"do": "open", "present": members, "chair": "acc-ensaio"}
    assert isinstance(ask(world, "clerk", story, "sit", args=args), book.Recorded)
    return dict.fromkeys(members, "for")


def decide(world: Built, story: str, decision: Do) -> book.Recorded | Refusal:
    votes = sit(world, story)
    said = {"votes": votes, "heard": True, "reasons": "Weighed and decided.", "defence": "offered_declined"}
    return ask(world, "member", story, "steps", Do("find", facts=FOUND), decision, **said)


def test_the_officer_completes_the_record_of_last_night(world: Built) -> None:
    facts = {"circumstances": "On the quay.", "in_public": True, "place_in_words": "By the steps."}
    answer = ask(world, "officer", "night_record", "steps", Do("complete_record", facts=facts))
    assert isinstance(answer, book.Recorded)


def test_the_clerk_takes_on_what_came_this_morning_and_the_register_hears_of_it(world: Built) -> None:
    answer = ask(
        world, "clerk", "arrived_this_morning", "steps", Do("accept", facts={"competent_here": True})
    )
    assert isinstance(answer, book.Recorded)
    assert "register_new_case" in [event.data.get("notice") for event in answer.events]


def test_the_file_of_who_lives_in_the_islands_cannot_be_taken_on_here(world: Built) -> None:
    answer = ask(world, "clerk", "wrong_commission", "steps", Do("accept", facts={"competent_here": False}))
    assert isinstance(answer, Refusal)
    assert answer.code == "not_allowed"


def test_the_technician_assesses_and_offers_help(world: Built) -> None:
    facts = {"assist_band": {"band": "low"}, "technical_opinion": False}
    assert isinstance(
        ask(world, "technician", "to_assess_today", "steps", Do("assess", facts=facts)), book.Recorded
    )
    offered = ask(
        world, "technician", "to_assess_today", "offer_help", args={"kind": "housing", "answer": "no"}
    )
    assert isinstance(offered, book.Recorded)


def test_a_fine_is_refused_where_the_law_requires_suspension(world: Built) -> None:
    fine = Do("fine", facts={"light_tables_only": True}, terms={"amount": {"minor": 5000, "currency": "EUR"}})
    answer = decide(world, "in_the_room", fine)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.instead[0]) == ("must_be", ("step", "suspend"))


def test_suspension_is_written(world: Built) -> None:
    answer = decide(world, "in_the_room", Do("suspend", terms={"length": {"n": 3, "unit": "months"}}))
    assert isinstance(answer, book.Recorded)
    assert casefile.load(answer.case_id).case.stage == "suspended"


def test_a_second_suspension_waits_for_a_jurist(world: Built) -> None:
    answer = decide(world, "goes_on_again", Do("suspend", terms={"length": {"n": 3, "unit": "months"}}))
    assert isinstance(answer, Refusal)
    assert answer.code == "not_yet"
    assert "setting suspend_again" in dict(answer.asks)


def test_the_court_learns_that_its_referral_was_received_and_of_others_nothing(world: Built) -> None:
    court = Account.objects.get(username="court")
    assert book.read(court, world.cases["court_short_time"], "tour", now=world.moment).stage == ""
    with pytest.raises(NotPermitted):
        book.read(court, world.cases["court_islands"], "tour", now=world.moment)


@pytest.mark.parametrize("language", ["en", "pt"])
def test_the_tour_names_people_and_cases_that_are_there(world: Built, language: str) -> None:
    lines = "\n".join(tour.stops(language, world, "http://localhost:8000"))
    assert f"/case/{world.cases['in_the_room']}/" in lines
    assert "{case}" not in lines
    assert all(login in lines for login in ("officer", "clerk", "technician", "member", "court"))


def test_what_a_site_entered_is_in_one_language_and_not_in_two() -> None:
    sources = [one.settings.get("source", "") for one in worlds.worlds()]
    assert any(sources) and not any(" · " in source for source in sources)
