"""Who is on call: turns of a role, entered by who runs the place, said where somebody is to be called."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import Client

from amparo.people.models import OnCall
from tests.desk.conftest import moment, words
from tests.desk.test_places import Enter, enter, house

__all__ = ["enter", "house"]
LISBON = ZoneInfo("Europe/Lisbon")
CALLED = {"then": "call", "role": "worker", "who.worker": "acc-wil", "phone.worker": "+351 555 0101"}


def in_hours(n: int) -> datetime:
    return datetime.now(LISBON).replace(second=0, microsecond=0) + timedelta(hours=n)


def added(client: Client, **more: str) -> str:
    return words(client.post("/on-call/", {**CALLED, **more}, follow=True))


def test_whoever_is_on_call_is_dialled_by_one_tap(enter: Enter) -> None:
    kim = enter("kim")
    assert "On call, Worker: nobody is named" in words(kim.get("/places/"))
    added(kim)
    page = kim.get("/places/")
    assert "On call, Worker: Wil , +351 555 0101" in words(page).replace("Wil,", "Wil ,")
    assert 'href="tel:+3515550101"' in page.content.decode()


def test_a_turn_to_come_stands_after_the_present_one(enter: Enter) -> None:
    kim = enter("kim")
    added(kim)
    page = added(
        kim,
        **{"who.worker": "nobody"},
        **moment("from.worker", in_hours(2)),
        **moment("until.worker", in_hours(4)),
    )
    assert page.index("Wil") < page.index("Nobody")
    turns = [row.account_id for row in OnCall.objects.order_by("at")]
    assert turns == ["acc-wil", None, "acc-wil"], "after its end whoever was to be on call is so again"


def test_a_turn_that_ends_before_it_begins_is_not_entered(enter: Enter) -> None:
    page = added(enter("kim"), **moment("until.worker", in_hours(-2)))
    assert "The turn ends before it begins" in page and not OnCall.objects.exists()


def test_from_then_on_nobody_may_be_on_call(enter: Enter) -> None:
    kim = enter("kim")
    added(kim)
    added(kim, **{"who.worker": "nobody"})
    assert "nobody is named now" in words(kim.get("/places/"))


def test_only_who_runs_the_place_enters_turns_and_everybody_there_reads_them(enter: Enter) -> None:
    added(enter("kim"))
    wil = enter("wil")
    page = words(wil.get("/on-call/"))
    assert "+351 555 0101" in page and "Add a turn" not in page
    assert wil.post("/on-call/", CALLED).status_code == 404


def test_only_somebody_of_the_role_is_on_call(enter: Enter) -> None:
    page = added(enter("kim"), **{"who.worker": "acc-dora"})
    assert "Choose who is on call, or nobody" in page and not OnCall.objects.exists()
