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
