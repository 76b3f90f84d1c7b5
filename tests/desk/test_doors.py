"""A door's form asks nothing twice, and nothing that the clock on the wall knows."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta

from django.test import Client

from amparo.ledger.models import Draft
from amparo.pathways.rules.functions import years_between
from amparo.people import store
from amparo.people.models import Person, Post
from tests.desk.conftest import ZONE, As, a_report, words

DOOR = "/new/police_record/"
BORN = {"person.born.day": "31", "person.born.month": "12", "person.born.year": "1999"}


def test_the_day_it_happened_is_today_until_somebody_says_otherwise(signed_in: As) -> None:
    page = signed_in("officer").get(DOOR).content.decode()
    field = page.split('name="fact.occurred_at.year"')[1].split(">")[0]
    assert f'value="{datetime.now(ZONE).year}"' in field


def test_the_hour_to_come_is_never_filled_in(signed_in: As) -> None:
    page = signed_in("officer").get(DOOR).content.decode()
    assert 'value=""' in page.split('name="fact.appointment.year"')[1].split(">")[0]


def test_the_age_follows_from_the_birth_date(signed_in: As) -> None:
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(**{"fact.age": ""}), **BORN, "then": "keep"})
    field = officer.get(f"{DOOR}?draft").content.decode().split('name="fact.age"')[1].split(">")[0]
    happened = (datetime.now(ZONE) - timedelta(hours=2)).date()
    assert f'value="{years_between(date(1999, 12, 31), happened)}"' in field


def test_a_birth_date_answers_for_the_age(signed_in: As) -> None:
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(**{"fact.age": ""}), **BORN, "then": "write"})
    assert "31 December 1999" in words(officer.get(f"{DOOR}read-back/"))


def test_whether_the_phone_is_safe_is_read_back(signed_in: As) -> None:
    officer = signed_in("officer")
    phone = {"person.phone": "910000000", "person.safe": "no", "person.reads": "pt"}
    officer.post(DOOR, {**a_report(), **phone, "then": "write"})
    page = words(officer.get(f"{DOOR}read-back/"))
    assert "910000000 not safe: do not ring or write there" in page and "Reads Portuguese" in page


def test_the_language_is_asked_once_and_kept_with_the_person(signed_in: As) -> None:
    officer = signed_in("officer")
    assert 'name="person.speaks"' not in officer.get(DOOR).content.decode()
    officer.post(DOOR, {**a_report(), "then": "write"})
    officer.post(f"{DOOR}read-back/")
    assert store.fetch(Person.objects.get().pk).speaks == ("pt",)


def begun(signed_in: As, name: str = "Sam Sample") -> Client:
    """An officer with a report that was begun and not sent."""
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(**{"person.name": name}), "then": "keep"})
    return officer


def test_a_draft_of_somebody_else_is_offered_and_fills_nothing_in(signed_in: As) -> None:
    page = begun(signed_in).get(DOOR)
    assert 'value="Sam Sample"' not in page.content.decode() and 'value="31"' not in page.content.decode()
    assert "that was not sent. It is about Sam Sample. Go on with it" in words(page)


def test_who_goes_on_with_it_finds_all_that_was_typed(signed_in: As) -> None:
    page = begun(signed_in).get(f"{DOOR}?draft")
    assert 'value="Sam Sample"' in page.content.decode() and "Go on with it" not in words(page)


def test_begun_anew_nothing_of_it_is_left(signed_in: As) -> None:
    officer = begun(signed_in)
    page = officer.post(DOOR, {"then": "anew"}, follow=True)
    assert "Go on with it" not in words(page) and not Draft.objects.exists()


def test_typing_for_the_next_person_overwrites_no_draft(signed_in: As) -> None:
    officer = begun(signed_in)
    officer.post(f"{DOOR}draft/", {"person.name": "Next Person", "key": "fedcba9876543210"})
    places = re.findall(r'href="(/new/[^"]+draft=[^"]*)"', officer.get("/drafts/").content.decode())
    pages = [officer.get(html.unescape(place)).content.decode() for place in places]
    names = [name for page in pages for name in ("Next Person", "Sam Sample") if f'value="{name}"' in page]
    assert sorted(names) == ["Next Person", "Sam Sample"] and len(pages) == 2


def test_a_draft_whose_case_was_opened_is_not_offered(signed_in: As) -> None:
    officer = begun(signed_in)
    officer.post(f"{DOOR}read-back/")
    officer.post(f"{DOOR}draft/", {**a_report(), "person.name": "Sam Sample"})
    assert "Go on with it" not in words(officer.get(DOOR)) and not Draft.objects.exists()


def test_a_draft_of_another_post_goes_on_there(signed_in: As) -> None:
    officer = begun(signed_in)
    here = Post.objects.get(account__username="officer")
    other = Post.objects.create(
        account=here.account, site=here.site, programme="nz-warning", role="officer", from_day=here.from_day
    )
    officer.post("/me/post/", {"post": other.pk})
    page = officer.get("/drafts/").content.decode()
    assert f'name="post" value="{here.pk}"' in page and f'href="{DOOR}' not in page
    place = html.unescape(re.search(r'name="next" value="(/new/[^"]+)"', page)[1])
    opened = officer.post("/me/post/", {"post": here.pk, "next": place}, follow=True)
    assert 'value="Sam Sample"' in opened.content.decode()
