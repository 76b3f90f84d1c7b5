"""At a door where nothing comes of it: said no, or not offered, is counted on the door’s form, and no name is kept."""

from __future__ import annotations

from django.test import Client

from amparo.desk.tallies.view import title
from amparo.ledger.models import Draft, EventRow
from amparo.ledger.tallies import Counted
from amparo.pathways import reader
from amparo.people.models import Person
from tests.desk.conftest import words
from tests.desk.test_which_door import FOLDERS, guard, waiting

__all__ = ["guard"]
DOOR = "/new/gate/"
TYPED = {"person.name": "Sam Sample", "fact.age": "24", "fact.armed": "no", "key": "0123456789abcdef"}


def test_the_form_of_a_door_offers_what_can_be_counted_instead_of_a_case(guard: Client) -> None:
    page = guard.get(DOOR)
    assert "No case after all?" in words(page) and 'value="count:no_thanks"' in page.content.decode()
    assert 'value="count:first"' not in page.content.decode()


def test_said_no_is_counted_without_a_name_and_the_draft_goes(guard: Client) -> None:
    guard.post(f"{DOOR}draft/", TYPED)
    page = guard.post(DOOR, {**TYPED, "then": "count:no_thanks"}, follow=True)
    assert "Counted, without a name." in words(page)
    assert waiting("ward") == {"no_thanks": {'{"door": "gate"}': 1}}
    assert not Draft.objects.exists() and not EventRow.objects.exists() and not Person.objects.exists()


def test_pressed_twice_it_is_counted_once(guard: Client) -> None:
    for _press in range(2):
        guard.post(DOOR, {**TYPED, "then": "count:no_thanks"})
    assert waiting("ward") == {"no_thanks": {'{"door": "gate"}': 1}}


def test_not_offered_asks_why_and_keeps_the_reason(guard: Client) -> None:
    page = guard.post(DOOR, {**TYPED, "then": "count:not_offered"})
    assert "The reason is missing." in words(page) and 'value="Sam Sample"' in page.content.decode()
    assert waiting("ward") == {}
    guard.post(DOOR, {**TYPED, "then": "count:not_offered", "reason.not_offered": "asleep"})
    assert (
        waiting("ward") == {"not_offered": {'{"by": "guard", "reason": "asleep"}': 1}}
        and not Draft.objects.exists()
    )


def test_a_count_of_another_door_cannot_be_pressed(guard: Client) -> None:
    assert guard.post(DOOR, {**TYPED, "then": "count:first"}).status_code == 404


def test_by_whom_is_said_as_the_title_of_a_role_and_never_as_a_name() -> None:
    ward = reader.programme("ward", FOLDERS)
    one = Counted(
        "not_offered", ward.counts["not_offered"].of, "2026-11", {"by": "guard", "reason": "asleep"}, 7
    )
    assert title(ward, one) == "Not offered: by: Guard, Asleep"
