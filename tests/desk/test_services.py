"""Free places of services: a number with its age, *ask* where it is too old, and nobody sent to a door that is shut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from amparo.desk.services import known
from amparo.desk.times import DAY, HOUR, Clockwork
from amparo.people import services
from amparo.people.models import Account, Office, Post, Practice, SettingEntry, Vacancy
from tests.desk.conftest import PROGRAMME, ZONE, As, browser_of, now, words
from tests.desk.test_answer import YES, Referred

REFER = "refer/?kind=housing"


@pytest.fixture
def told(site: Any) -> Callable[..., Vacancy]:
    """A number that a service told some hours ago."""

    def tell(free: int, what: str = "beds", hours: float = 3, office: str = "off-bed") -> Vacancy:
        at = now() - int(hours * HOUR)
        return Vacancy.objects.create(office_id=office, free=free, what=what, at=at)

    return tell


@pytest.fixture
def where(signed_in: As, in_hearing: str) -> Callable[[], str]:
    """The question *Where?* of a referral for housing."""
    client = signed_in("technician")
    return lambda: words(client.get(f"/case/{in_hearing}/support/{REFER}"))


# ------------------------------------------------------------------------------------------------ the number
def test_a_number_is_shown_with_its_age(told: Callable[..., Vacancy], where: Callable[[], str]) -> None:
    told(2)
    assert "2 beds , told us" in where() and "3 h ago" in where()


def test_an_old_number_is_not_shown_but_asked(told: Callable[..., Vacancy], where: Callable[[], str]) -> None:
    told(2, hours=50)
    assert "Beds: told us 2 days ago – ask" in where() and "2 beds" not in where()


def test_the_newest_number_counts(told: Callable[..., Vacancy], where: Callable[[], str]) -> None:
    told(2, hours=5)
    told(0, hours=1)
    assert "Full , told us" in where() and "2 beds" not in where()


def test_who_never_told_is_to_be_asked(where: Callable[[], str]) -> None:
    assert "Free places: never told – ask" in where()


def test_free_places_come_first_and_full_ones_last(
    site: Any, told: Callable[..., Vacancy], where: Callable[[], str]
) -> None:
    for id_, name in (("off-full", "Night Hall Rascunho"), ("off-ask", "House Prova")):
        Office.objects.create(id=id_, site=site, role="support_service", name=name)
    told(0, office="off-full")
    told(1)
    page = where()
    assert page.index("Shelter Amostra") < page.index("House Prova") < page.index("Night Hall Rascunho")


def test_the_site_sets_for_how_long_a_number_stands(
    site: Any, told: Callable[..., Vacancy], where: Callable[[], str]
) -> None:
    told(2, hours=3)
    day = datetime.now(ZONE).date()
    SettingEntry.objects.create(
        site=site, programme=PROGRAMME, name=services.TOLD_WITHIN, value="2", from_day=day, source="minutes",
        source_date=day, by_id="acc-clerk",
    )  # fmt: skip
    assert "Beds: told us 3 h ago – ask" in where()


# ------------------------------------------------------------------------------------------------ whom it takes
def test_who_takes_no_dog_is_folded_away_with_the_reason(
    signed_in: As, in_hearing: str, told: Callable[..., Vacancy]
) -> None:
    told(2)
    Practice.objects.create(office_id="off-bed", takes={"pet": False, "couple": True}, at=now())
    client, page = signed_in("technician"), f"/case/{in_hearing}/support/refer/"
    with_a_dog = words(client.post(page, {"then": "look", "kind": "housing", "as_is": ["pet"]}))
    assert "1 takes nobody like this" in with_a_dog and "takes nobody with a dog or other pet" in with_a_dog
    assert "like this" not in words(
        client.post(page, {"then": "look", "kind": "housing", "as_is": ["couple"]})
    )


def test_what_is_not_known_turns_nobody_away() -> None:
    assert known.refuses(known.Known(takes=(("pet", False),)), ("no_papers",)) == ()


# ------------------------------------------------------------------------------------------------ hours
@pytest.mark.parametrize(
    ("hours", "at", "words_"),
    [
        ({"week": "08:00-20:00"}, "2026-11-24 09:00", (True, 20 * 60)),
        ({"week": "08:00-20:00"}, "2026-11-24 07:00", (False, 8 * 60)),
        ({"week": "08:00-20:00"}, "2026-11-24 20:00", (False, None)),
        ({"week": "20:00-08:00"}, "2026-11-24 23:00", (True, 8 * 60)),
        ({"week": "20:00-08:00"}, "2026-11-24 07:59", (True, 8 * 60)),
        ({"week": "00:00-00:00"}, "2026-11-24 03:00", (True, None)),
        ({"week": "20:00-08:00", "sat": ""}, "2026-11-28 07:00", (True, 8 * 60)),
        ({"sat": ""}, "2026-11-28 09:00", (False, None)),
        ({"week": "08:00-20:00"}, "2026-11-29 09:00", None),
    ],
)
def test_open_now_is_said_as_the_clock_on_the_wall_has_it(
    hours: dict[str, str], at: str, words_: tuple[bool, int | None] | None
) -> None:
    assert services.open_at(hours, datetime.fromisoformat(at)) == words_


def test_a_line_says_the_way_the_hours_and_the_languages() -> None:
    practice = Practice(
        way="8 min on foot", hours=dict.fromkeys(services.GROUPS, "00:00-00:00"), speaks="English"
    )
    line = known._line(practice, Clockwork("Europe/Lisbon", 1_800_000_000))
    assert line == "8 min on foot · open day and night · English"


# ------------------------------------------------------------------------------------------------ who tells it
def test_whoever_refers_writes_down_what_was_told(signed_in: As, where: Callable[[], str]) -> None:
    client = signed_in("technician")
    page = words(client.post(
        "/services/", {"then": "free", "office": "off-bed", "free.off-bed": "4", "what.off-bed": "beds"}, follow=True
    ))  # fmt: skip
    assert "Written down, with its hour." in page and "4 beds" in page and "4 beds" in where()


def test_a_number_that_is_none_is_not_written(signed_in: As) -> None:
    sent = {"then": "free", "office": "off-bed", "free.off-bed": "many"}
    assert "Write how many are free now" in words(signed_in("technician").post("/services/", sent))
    assert not Vacancy.objects.exists()


def test_how_a_service_works_is_written_and_comes_back_filled_in(signed_in: As) -> None:
    client = signed_in("technician")
    client.post("/services/", {
        "then": "practice", "office": "off-bed", "takes.pet.off-bed": "no", "week.off-bed": "20:00-08:00",
        "sat.off-bed": "-", "way.off-bed": "8 min on foot",
    })  # fmt: skip
    held = Practice.objects.get(office_id="off-bed")
    assert held.takes == {"pet": False} and held.hours == {"week": "20:00-08:00", "sat": ""}
    page = client.get("/services/")
    assert (
        "Takes nobody with a dog or other pet" in words(page)
        and 'value="8 min on foot"' in page.content.decode()
    )


def test_hours_that_cannot_be_read_are_asked_again(signed_in: As) -> None:
    sent = {"then": "practice", "office": "off-bed", "week.off-bed": "nights"}
    assert "Write the hours as 08:00-20:00" in words(signed_in("technician").post("/services/", sent))


def test_the_page_is_not_there_for_who_neither_refers_nor_is_referred_to(signed_in: As) -> None:
    assert signed_in("officer").get("/services/").status_code == 404


@pytest.fixture
def shelter(site: Any) -> Client:
    """Somebody who works at the shelter, signed in."""
    account = Account.objects.create_user(
        "shelter", id="acc-shelter", name="Shelter Worker", office_id="off-bed"
    )
    Post.objects.create(
        account=account,
        site=site,
        programme=PROGRAMME,
        role="support_service",
        from_day=date(2020, 1, 1),
    )
    return browser_of(account)


def test_a_service_says_it_for_itself_alone(site: Any, shelter: Client) -> None:
    Office.objects.create(id="off-other", site=site, role="support_service", name="House Prova")
    page = words(shelter.get("/services/"))
    assert "Shelter Amostra" in page and "House Prova" not in page
    other = {"then": "free", "office": "off-other", "free.off-other": "9"}
    assert shelter.post("/services/", other).status_code == 404 and not Vacancy.objects.exists()
    shelter.post("/services/", {"then": "free", "office": "off-bed", "free.off-bed": "1"})
    assert Vacancy.objects.get().by_id == "acc-shelter"


def test_a_service_may_say_it_with_its_answer(signed_in: As, in_hearing: str) -> None:
    referred = Referred(signed_in, in_hearing)
    referred.answer(**YES, free="2", what="beds")
    held = Vacancy.objects.get()
    assert (held.office_id, held.free, held.what, held.by) == ("off-bed", 2, "beds", None)


def test_a_wrong_number_sends_no_answer(signed_in: As, in_hearing: str) -> None:
    referred = Referred(signed_in, in_hearing)
    page = words(referred.answer(**YES, free="some"))
    assert "Write how many are free now" in page and "No answer yet" in referred.support()


def test_nothing_of_the_person_stands_with_a_number(signed_in: As, in_hearing: str) -> None:
    Referred(signed_in, in_hearing).answer(**YES, free="2")
    stored = str(Vacancy.objects.values().get())
    assert in_hearing not in stored and "Alex" not in stored and DAY
