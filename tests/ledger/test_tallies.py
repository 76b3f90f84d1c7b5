"""Counts without a case: codes and the month, nobody's name, no small numbers, and nothing beside a case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from amparo.cases.model import Refusal
from amparo.errors import NotPermitted
from amparo.ledger import book, tallies
from amparo.ledger.models import EventRow, Summary, Tally, TallyWait
from amparo.people.models import Account, Post, Site
from tests.ledger.conftest import MONDAY, TUESDAY, do, recorded
from tests.ledger.test_time import DAY

WHERE = ("lisboa", "notebook")


def work(name: str, role: str, site: Site) -> Account:
    account = Account.objects.create_user(name.lower(), name=name)
    Post.objects.create(
        account=account, site=site, programme="notebook", role=role, from_day=date(2020, 1, 1)
    )
    return account


@pytest.fixture
def warden(site: Site) -> Account:
    return work("Wanda", "warden", site)


@pytest.fixture
def keeper(site: Site) -> Account:
    return work("Kit", "keeper", site)


def no_thanks(who: Account, key: str, now: int = MONDAY, **keeps: str) -> Refusal | None:
    return book.tally(who, *WHERE, "no_thanks", keeps, key, door="path", now=now)


def shown(keeper: Account, now: int = TUESDAY) -> list[tuple[str, str, dict[str, str], int | None]]:
    return [(c.name, c.month, dict(c.codes), c.n) for c in book.tallies(keeper, *WHERE, now=now)]


def columns() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM ledger_tally_wait")
        return repr(cursor.fetchall())


def test_a_no_is_counted_without_a_case(warden, keeper):
    for n in range(5):
        assert no_thanks(warden, f"k{n}", trodden="lawn", reason="asleep") is None
    assert shown(keeper) == [("no_thanks", "2026-03", {"trodden": "lawn", "reason": "asleep"}, 5)]
    assert not Summary.objects.exists() and not EventRow.objects.exists()


def test_fewer_than_five_are_not_given_as_a_number(warden, keeper):
    for n in range(4):
        no_thanks(warden, f"k{n}", trodden="lawn")
    assert [row[-1] for row in shown(keeper)] == [None]


def test_sent_twice_it_counts_once(warden, keeper):
    for n in (0, 0, 1, 2, 3):
        no_thanks(warden, f"k{n}", trodden="lawn")
    assert [row[-1] for row in shown(keeper)] == [None]
    no_thanks(warden, "k4", trodden="lawn")
    assert [row[-1] for row in shown(keeper)] == [5]


def test_what_is_counted_waits_sealed_and_is_added_with_all_of_its_day(warden):
    for n, what in enumerate(("lawn", "roses", "lawn")):
        no_thanks(warden, f"k{n}", trodden=what)
    assert not Tally.objects.exists() and "lawn" not in columns()
    book.tick(MONDAY + 60)
    assert not Tally.objects.exists()
    book.tick(MONDAY + DAY)
    assert sorted(Tally.objects.values_list("codes", "n")) == [
        ('{"trodden": "lawn"}', 2),
        ('{"trodden": "roses"}', 1),
    ]
    assert not TallyWait.objects.exists()


def test_added_counts_and_waiting_ones_are_one_number(warden, keeper):
    for n in range(3):
        no_thanks(warden, f"k{n}", trodden="lawn")
    book.tick(TUESDAY)
    for n in range(2):
        no_thanks(warden, f"t{n}", TUESDAY, trodden="lawn")
    assert [row[-1] for row in shown(keeper)] == [5]


def test_a_tally_holds_nothing_but_codes_and_the_month(warden):
    no_thanks(warden, "k", trodden="lawn", reason="asleep", name="Alex Exemplo", seen_at="2026")
    book.tick(TUESDAY)
    held = Tally.objects.values().get()
    assert (held["name"], held["month"]) == ("no_thanks", "2026-03")
    assert held["codes"] == '{"reason": "asleep", "trodden": "lawn"}'
    assert set(held) == {"site", "pathway", "name", "month", "codes", "n"}


@pytest.mark.parametrize(
    "keeps", [{"reason": "He fell asleep on the bench"}, {"trodden": "tulips"}, {"area": "by the old oak"}]
)
def test_words_are_no_code(warden, keeps):
    refused = no_thanks(warden, "k", **keeps)
    assert refused is not None and (refused.code, refused.detail) == ("not_allowed", "code")
    assert not TallyWait.objects.exists()


def test_only_who_stands_at_the_door_counts_there(site, keeper):
    refused = no_thanks(keeper, "k", trodden="lawn")
    assert refused is not None and refused.code == "not_you" and ("role", "warden") in refused.instead


def test_a_count_that_is_not_of_the_door_is_refused(warden):
    refused = book.tally(warden, *WHERE, "settled", {}, "k", door="path", now=MONDAY)
    assert refused is not None and refused.detail == "kind"


def test_who_works_at_another_site_counts_nothing_here(azores, site):
    with pytest.raises(NotPermitted):
        no_thanks(work("Ana", "warden", azores), "k", trodden="lawn")


def test_counts_are_read_by_who_answers_for_the_whole_and_by_nobody_else(site, warden, keeper):
    head = work("Hal", "head", site)
    for who in (warden, head):
        with pytest.raises(NotPermitted):
            book.tallies(who, *WHERE, now=MONDAY)
    assert book.tallies(keeper, *WHERE, now=MONDAY) == ()


def caution(warden: Account, **more: Any) -> str:
    told = {"seen_at": MONDAY - 600, "trodden": "lawn", "pupil": False}
    done = book.record(
        warden,
        None,
        do("warden", "caution", facts=told, door="path"),
        "c",
        now=MONDAY,
        programme="notebook",
        **more,
    )
    return recorded(done).case_id


def test_opening_a_case_is_no_refusal_of_the_offer(warden, keeper):
    caution(warden)
    assert shown(keeper) == []


def test_a_step_counts_with_the_facts_of_its_case_and_no_case(site, warden, keeper):
    case = caution(warden)
    recorded(book.record(work("Hal", "head", site), case, do("head", "settle"), "s", now=MONDAY + 60))
    assert shown(keeper) == [("settled", "2026-03", {"trodden": "lawn"}, None)]
    assert case not in columns()


def test_a_count_is_not_written_with_the_case_but_apart_from_it(site, warden):
    case = caution(warden)
    recorded(book.record(work("Hal", "head", site), case, do("head", "settle"), "s", now=MONDAY + 60))
    tallies.settle(MONDAY + 120)
    assert not Tally.objects.exists() and TallyWait.objects.count() == 1
    assert tallies.settle(TUESDAY) == 1 and Tally.objects.get().n == 1
