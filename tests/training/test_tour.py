"""The tour of three minutes, as the people of the tour would walk it."""

from __future__ import annotations

import pytest

from amparo.cases.model import Do, Refusal, Request
from amparo.errors import NotPermitted
from amparo.ledger import book, casefile
from amparo.people.models import Account
from amparo.training import tour
from amparo.training.build import Built

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FOUND = {"for_own_use": True, "offence_found": True, "dependent": False}


def ask(
    world: Built, login: str, story: str, verb: str, *steps: Do, **more: object
) -> book.Recorded | Refusal:
    """What the ledger answers this person, a few minutes after the world was handed over."""
    account = Account.objects.get(username=login)
    request = Request(verb, "", account.posts.get().role, steps=steps, **more)  # type: ignore[arg-type]
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
    facts = {"circumstances": "On the quay.", "in_public": True}
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
