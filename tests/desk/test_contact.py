"""How to reach somebody: read before the call, put right after it, hidden from who may not read it."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.ledger import book, casefile
from amparo.people import store
from amparo.people.models import Account
from amparo.people.store import Channel, Record
from tests.desk.conftest import As, words

RIGHT = {
    "then": "reach", "key": "c9", "seen": "", "reach.phone": "930000009", "reach.safe": "yes",
    "reach.hours": "after six", "reach.address": "Rua Exemplo 1", "reach.speaks": "pt", "reach.reads": "pt",
    "reach.interpreter": "no",
}  # fmt: skip


@pytest.fixture
def reachable(reported: str) -> str:
    """The reported case, with a phone at which it is not safe to ring."""
    phone = Channel("phone", "910000001", False)
    store.change(_person(reported), Record(name="Alex Exemplo", born="1999-12-31", channels=(phone,)))
    return reported


def _person(case: str) -> str:
    return book.look(Account.objects.get(username="clerk"), case, "test").person


def test_the_number_stands_where_the_call_is_written_down(signed_in: As, reachable: str) -> None:
    page = words(signed_in("clerk").get(f"/case/{reachable}/contact/"))
    assert "910000001" in page and "not safe: do not ring or write there" in page
    assert "Interpreter needed Not asked yet" in page


def test_whether_it_is_safe_was_not_asked_is_said(signed_in: As, reachable: str) -> None:
    store.change(_person(reachable), Record(name="Alex Exemplo", channels=(Channel("phone", "910000001"),)))
    assert "whether it is safe was not asked" in words(signed_in("clerk").get(f"/case/{reachable}/contact/"))


def test_a_wrong_number_is_put_right(signed_in: As, reachable: str) -> None:
    page = words(signed_in("clerk").post(f"/case/{reachable}/contact/", RIGHT, follow=True))
    assert "930000009" in page and "910000001" not in page and "safe to ring or write there" in page
    kept = store.fetch(_person(reachable))
    assert kept.channels[0].hours == "after six" and kept.interpreter is False and kept.born == "1999-12-31"


def test_the_case_says_that_it_changed_and_not_to_what(signed_in: As, reachable: str) -> None:
    signed_in("clerk").post(f"/case/{reachable}/contact/", RIGHT)
    event = casefile.load(reachable).log.events[-1]
    assert event.data["step"] == "change_channel" and event.actor == "acc-clerk"
    assert "930000009" not in str(event.data)


@pytest.mark.parametrize("login", ["officer", "president"])
def test_nothing_of_it_for_who_may_not_read_it(signed_in: As, reachable: str, login: str) -> None:
    somebody: Any = signed_in(login)
    assert "910000001" not in words(somebody.get(f"/case/{reachable}/contact/"))
    somebody.post(f"/case/{reachable}/contact/", RIGHT)
    assert store.fetch(_person(reachable)).channels[0].value == "910000001"


def test_the_same_again_is_no_change(signed_in: As, reachable: str) -> None:
    clerk = signed_in("clerk")
    clerk.post(f"/case/{reachable}/contact/", RIGHT)
    again = words(clerk.post(f"/case/{reachable}/contact/", {**RIGHT, "key": "c10"}, follow=True))
    assert "Nothing differs from what is kept." in again


def test_words_too_long_change_nothing(signed_in: As, reachable: str) -> None:
    long = {**RIGHT, "reach.hours": "x" * 300}
    assert "longer than it can be kept" in words(signed_in("clerk").post(f"/case/{reachable}/contact/", long))
    assert store.fetch(_person(reachable)).channels[0].value == "910000001"


# ------------------------------------------------------------------------------------------------ in a few taps
TRIED = {
    "then": "write",
    "key": "t1",
    "seen": "",
    "result": "no_answer",
    "channel": "visit",
    "where": "doorway",
}


def test_a_try_is_written_down_and_one_may_stop(signed_in: As, reachable: str) -> None:
    page = words(signed_in("clerk").post(f"/case/{reachable}/contact/", TRIED, follow=True))
    assert "Tried, no answer, Face to face, doorway" in page and "You may stop here." in page
    assert casefile.load(reachable).log.events[-1].kind == "contact.tried"


def test_a_try_never_stands_as_a_contact(signed_in: As, reachable: str) -> None:
    clerk = signed_in("clerk")
    for n, result in enumerate(("no_answer", "message_left", "wrong_number", "came_back", "")):
        clerk.post(f"/case/{reachable}/contact/", {**TRIED, "key": f"t{n}", "result": result})
    assert {c["made"] for c in casefile.load(reachable).case.contacts} == {False}
    assert 'class="strong"' not in clerk.get(f"/case/{reachable}/contact/").content.decode().split("past")[1]


def test_only_what_is_wanted_is_added_after_it(signed_in: As, reachable: str) -> None:
    clerk = signed_in("clerk")
    clerk.post(f"/case/{reachable}/contact/", TRIED)
    added = {
        "then": "add",
        "key": "a1",
        "seen": "",
        "soon": "2031-12-03",
        "where": "the dog too",
        "words": "Socks.",
    }
    page = words(clerk.post(f"/case/{reachable}/contact/", added, follow=True))
    assert "“Socks.”" in page and "the dog too" in page and "3 December 2031" in page


def test_a_place_that_is_a_story_is_refused_in_words(signed_in: As, reachable: str) -> None:
    page = words(signed_in("clerk").post(f"/case/{reachable}/contact/", {**TRIED, "where": "x" * 1_000_000}))
    assert "longer than 200 letters" in page and not casefile.load(reachable).case.contacts


def test_without_an_answer_it_is_refused_in_three_lines(signed_in: As, reachable: str) -> None:
    page = signed_in("clerk").post(f"/case/{reachable}/contact/", {"then": "write", "key": "t2", "seen": ""})
    assert 'id="refused"' in page.content.decode() and not casefile.load(reachable).case.contacts


def test_a_mark_of_nothing_is_no_page_of_its_own(signed_in: As, reachable: str) -> None:
    page = words(signed_in("clerk").get(f"/case/{reachable}/contact/?after=nothing"))
    assert "You may stop here." not in page and "What was it?" in page
