"""A door's form asks nothing twice, and nothing that the clock on the wall knows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amparo.pathways.rules.functions import years_between
from amparo.people import store
from amparo.people.models import Person
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
    field = officer.get(DOOR).content.decode().split('name="fact.age"')[1].split(">")[0]
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
