"""What the services of a world told, before its first case."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from amparo.errors import AmparoError
from amparo.people.models import Office, Practice, Site, Vacancy
from amparo.training import services

TODAY = date(2026, 11, 24)


@pytest.fixture
def shelter(db: None) -> Office:
    site = Site.objects.create(code="port", name="The port", zone="America/Los_Angeles")
    return Office.objects.create(id="off-beds", site=site, role="service", name="Night Shelter")


def test_a_number_is_told_at_its_hour_on_the_clocks_of_the_site(shelter: Office) -> None:
    services.tell(shelter, {"free": {"n": "2", "what": "beds", "at": "day -1 22:10"}}, TODAY)
    (told,) = Vacancy.objects.all()
    assert (told.free, told.what) == (2, "beds")
    assert (
        datetime.fromtimestamp(told.at, ZoneInfo("America/Los_Angeles")).isoformat()
        == "2026-11-23T22:10:00-08:00"
    )


def test_whom_it_takes_is_yes_no_or_not_known(shelter: Office) -> None:
    services.tell(shelter, {"takes": {"pet": "yes", "couple": "no"}, "way": "on foot"}, TODAY)
    held = Practice.objects.get()
    assert held.takes == {"pet": True, "couple": False} and held.way == "on foot" and held.hours == {}


def test_who_told_nothing_has_nothing(shelter: Office) -> None:
    services.tell(shelter, {"name": "Night Shelter"}, TODAY)
    assert not Vacancy.objects.exists() and not Practice.objects.exists()


def test_an_hour_that_is_none_stops_the_building(shelter: Office) -> None:
    with pytest.raises(AmparoError, match="is no time"):
        services.tell(shelter, {"free": {"n": "2", "at": "soon"}}, TODAY)
