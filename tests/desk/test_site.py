"""The site's own page: limits of what it enters, and seats that are empty or will be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from amparo.people.models import Mandate, SettingEntry
from tests.desk.conftest import ZONE, As, words


def _today() -> date:
    return datetime.now(ZONE).date()


def _enter(signed_in: As, name: str, n: str, unit: str) -> None:
    dated = {f"of.{name}.day": "1", f"of.{name}.month": "2", f"of.{name}.year": "2026"}
    value = {f"value.{name}.n": n, f"value.{name}.unit": unit}
    typed = {"then": "setting", "name": name, f"source.{name}": "Order 3/2026", **dated, **value}
    signed_in("clerk").post("/site/", typed)


def test_a_length_beyond_the_law_is_not_entered_in_another_unit(signed_in: As) -> None:
    _enter(signed_in, "measures_limit", "1", "years")
    assert not SettingEntry.objects.filter(name="measures_limit").exists()
    _enter(signed_in, "measures_limit", "5", "months")
    assert SettingEntry.objects.filter(name="measures_limit").exists()


def test_an_empty_seat_is_said_with_its_day(signed_in: As) -> None:
    ended = _today() - timedelta(days=10)
    Mandate.objects.filter(account_id="acc-member").update(until=ended)
    page = words(signed_in("clerk").get("/site/"))
    assert f"A seat is empty since {(ended + timedelta(days=1)).isoformat()}." in page
    assert "2 of 3 have a mandate today." in page


def test_a_mandate_that_ends_soon_is_said_to_end(signed_in: As) -> None:
    soon = _today() + timedelta(days=20)
    Mandate.objects.filter(account_id="acc-jurist").update(until=soon)
    Mandate.objects.filter(account_id="acc-member").update(until=soon + timedelta(days=30))
    page = words(signed_in("clerk").get("/site/"))
    assert page.count(f"the mandate ends on {soon.isoformat()}") == 1
    assert page.count("the mandate ends on") == 1
