"""The page of places: used and free add up, the line is drawn by its order, and only for who may see those cases."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amparo.cases.model import Do, Request
from amparo.ledger import book
from amparo.ledger.models import Disclosure
from amparo.people import store
from amparo.people.models import Account, Post, SettingEntry, Site
from tests.desk.conftest import browser_of, words

P, SINCE = "beds", date(2020, 1, 1)
MINUTES = count(int(time.time()) - 2 * 86400, 60)
"""One thing after the other, from the day before yesterday."""


@pytest.fixture
def house(settings: Any, db: None) -> Site:
    settings.AMPARO_PROGRAMMES = (Path(__file__).parents[1] / "ledger" / "programmes",)
    site = Site.objects.create(code="house", name="The house", zone="Europe/Lisbon")
    for name, role in (("kim", "keeper"), ("wil", "worker"), ("dora", "guest_of_door")):
        account = Account.objects.create_user(name, id=f"acc-{name}", name=name.title(), demo=True)
        Post.objects.create(account=account, site=site, programme=P, role=role, from_day=SINCE)
    return site


Enter = Callable[..., Client]


@pytest.fixture
def enter(house: Site) -> Enter:
    return browser_of


def put(case: str | None, step: str, facts: dict[str, Any], role: str = "keeper", **more: Any) -> str:
    login = {"keeper": "kim", "worker": "wil"}[role]
    request = Request("steps", "", role, (Do(step, facts),), door=more.pop("door", ""), reasons="So.")
    key, when = f"{case} {step} {more}", next(MINUTES)
    who = Account.objects.get(username=login)
    done = book.record(who, case, request, key, programme=P, site="house", now=when, **more)
    assert isinstance(done, book.Recorded), done
    return done.case_id


def waiting(name: str) -> str:
    person = store.keep(store.Record(name=name))
    case = put(None, "knock", {"seen_on": "2026-03-02"}, door="street", person=person)
    return put(case, "admit", {"fit": True})


def sleeps(name: str) -> str:
    return put(waiting(name), "give_bed", {"tired": True})


def test_used_and_free_are_said_as_a_sum(enter: Enter) -> None:
    sleeps("Ana Exemplo")
    page = words(enter("kim").get("/places/"))
    assert "1 free 1 Has a bed + 1 free = 2" in page
    assert "A place is held while somebody stands at “Has a bed” and “Leaves tomorrow”." in page


def test_who_is_next_stands_first_with_the_reason(enter: Enter) -> None:
    sleeps("Ana Exemplo")
    waiting("Hugo Sousa")
    waiting("Marta Reis")
    page = words(enter("kim").get("/places/"))
    assert page.index("H. S.") < page.index("M. R.")
    assert "After number 1: “Admit” on" in page and "Ours" in page
    assert "Who came by “From the ward” goes first, the longest since “Admit” goes first" in page


def test_the_step_stands_beside_whoever_has_a_free_place(enter: Enter) -> None:
    first, second = waiting("Hugo Sousa"), waiting("Marta Reis")
    sleeps_too = put(first, "give_bed", {"tired": True})
    page = enter("kim").get("/places/").content.decode()
    assert f"/case/{second}/step/give_bed/" in page and f"/case/{sleeps_too}/step/" not in page


def test_a_place_that_is_free_says_what_it_still_takes_and_whose_that_is(enter: Enter) -> None:
    waiting("Hugo Sousa")
    page = words(enter("kim").get("/places/"))
    assert (
        "A place is free for the first of them. Nobody gets one by itself: it takes “Give a bed”, which is for"
        in page
    )
    assert "keeper or worker." in page


def test_a_number_that_is_not_entered_is_dashed_and_orders_nobody(enter: Enter) -> None:
    page = words(enter("kim").get("/places/"))
    assert "Hours of the doctor: not entered, with its source" in page
    assert "Until then nobody is placed, or kept waiting, by a number." in page


def test_how_many_people_each_worker_carries_is_a_fact_about_work(enter: Enter) -> None:
    SettingEntry.objects.create(
        site_id="house", programme=P, name="beds", value="9", source="x", source_date=SINCE, from_day=SINCE,
        by_id="acc-kim",
    )  # fmt: skip
    for name in ("Ana Um", "Ana Dois", "Ana Tres"):
        case = put(waiting(name), "give_bed", {"tired": True}, role="worker")
        put(case, "pack", {}, role="worker")
    page = words(enter("kim").get("/places/"))
    assert "Wil carries 3 people; 3 open cases in all no free place" in page
    assert "At most 3 for each; then nobody is added without a free place. Over 2 it is said here." in page


def test_to_who_may_not_see_those_cases_the_page_is_not_there(enter: Enter) -> None:
    assert enter("dora").get("/places/").status_code == 404
    assert 'href="/places/"' not in enter("dora").get("/").content.decode()
    assert 'href="/places/"' in enter("kim").get("/").content.decode()


def test_the_look_is_logged_with_every_case_that_is_named(enter: Enter) -> None:
    case = waiting("Hugo Sousa")
    enter("kim").get("/places/")
    assert any(case in row.cases for row in Disclosure.objects.all())


# ------------------------------------------------------------------------------------------------ a profile
CHOSEN = {
    "then": "profile", "profile": "tents", "profile.source": "The board",
    "profile.of.day": "1", "profile.of.month": "3", "profile.of.year": "2026",
}  # fmt: skip


def test_a_site_chooses_how_it_does_the_programme(enter: Enter) -> None:
    kim = enter("kim")
    assert "Profile as it is written" in words(kim.get("/site/"))
    page = words(kim.post("/site/", CHOSEN, follow=True))
    assert "Chosen: Field of tents. New cases open under it from that day on; open ones keep theirs." in page
    assert "Profile Field of tents" in page
    assert "3 free 0 + 3 free = 3" in words(kim.get("/places/"))


def test_a_profile_is_chosen_with_its_source(enter: Enter) -> None:
    page = words(enter("kim").post("/site/", {**CHOSEN, "profile.source": ""}))
    assert "Choose one of the profiles shown, with its source and the date of the source" in page
    assert not SettingEntry.objects.exists()


def test_whose_role_the_profile_leaves_out_has_no_post_there(enter: Enter) -> None:
    assert enter("dora").get("/").status_code == 200
    enter("kim").post("/site/", CHOSEN)
    page = enter("dora").get("/")
    assert page.status_code == 404 and "Server" not in words(page)
