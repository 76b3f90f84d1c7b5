"""Places at a site: counted from its cases inside the transaction; two people never get the last one."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection

from amparo.cases.model import Do, Refusal, Request, Room
from amparo.ledger import book, waiting
from amparo.ledger.casefile import load
from amparo.people.models import Account, Post, SettingEntry, Site
from tests.ledger.conftest import at, recorded

P = "beds"
MONDAY = at("2026-03-02 08:00")
HOUR = 3600
SINCE = date(2020, 1, 1)


def employed(name: str, role: str, site: Site) -> Account:
    account = Account.objects.create_user(name, name=name.title(), id=f"acc-{name}")
    Post.objects.create(account=account, site=site, programme=P, role=role, from_day=SINCE)
    return account


def enter(house: House, name: str, value: str) -> None:
    """The site enters a number, with its source."""
    said = {"source": "The house", "source_date": SINCE, "from_day": SINCE, "by": house.keeper}
    SettingEntry.objects.create(site_id="lisboa", programme=P, name=name, value=value, **said)


@pytest.fixture
def keeper(site: Site) -> Account:
    return employed("kim", "keeper", site)


class House:
    """The house of beds, hour by hour."""

    def __init__(self, keeper: Account) -> None:
        self.keeper, self.now, self.n = keeper, MONDAY, 0

    def comes(self, door: str = "street", step: str = "knock") -> str:
        request = Request("steps", "", "keeper", (Do(step, {"seen_on": "2026-03-02"}),), door=door)
        return recorded(self._put(None, request)).case_id

    def admitted(self) -> str:
        case = self.comes()
        recorded(self.does(case, "admit", {"fit": True}))
        return case

    def does(self, case: str, step: str, facts: Any = None, by: Account | None = None, **more: Any) -> Any:
        role = more.pop("role", "keeper")
        return self._put(case, Request("steps", "", role, (Do(step, facts or {}),), **more), by)

    def gives(self, case: str, to: Account) -> Any:
        return self._put(case, Request("assign", "", "keeper", args={"role": "worker", "who": to.pk}))

    def bed(self, case: str) -> Any:
        return self.does(case, "give_bed", {"tired": True})

    def _put(self, case: str | None, request: Request, by: Account | None = None) -> Any:
        self.now, self.n = self.now + HOUR, self.n + 1
        options = {} if case else {"programme": P, "site": "lisboa"}
        return book.record(by or self.keeper, case, request, f"k{self.n}", now=self.now, **options)


@pytest.fixture
def house(keeper: Account) -> House:
    return House(keeper)


def room(house: House, case: str, name: str = "beds") -> Room:
    held = load(case, now=house.now)
    request = Request("steps", house.keeper.pk, "keeper")
    return waiting.rooms(held.pathway, held.site, "lisboa", held.case, request, house.now, (name,))[name]


def test_a_place_is_counted_from_the_cases_of_the_site(house: House):
    first, second = house.admitted(), house.admitted()
    assert room(house, second) == Room(2, 1)
    recorded(house.bed(first))
    assert room(house, second) == Room(1, 0)


def test_who_comes_third_waits_until_a_bed_is_free(house: House):
    first, second, third = house.admitted(), house.admitted(), house.admitted()
    recorded(house.bed(first))
    recorded(house.bed(second))
    assert house.bed(third).code == "no_place"
    recorded(house.does(first, "leave"))
    recorded(house.bed(third))


def test_nobody_is_let_in_before_those_ahead(house: House):
    _, _, third = house.admitted(), house.admitted(), house.admitted()
    answer = house.bed(third)
    assert isinstance(answer, Refusal) and (answer.code, answer.params["ahead"]) == ("no_place", 2)


def test_another_site_has_its_own_places(house: House, azores: Site):
    case = house.admitted()
    recorded(house.bed(case))
    site = waiting.standing(load(case, now=house.now).pathway, "acores", "beds", house.now)
    assert (site.number, site.free, site.used, site.queue) == (2, 2, (), ())


def test_what_was_free_and_who_was_ahead_stands_in_the_log(house: House):
    first, _ = house.admitted(), house.admitted()
    done = recorded(house.bed(first))
    taken = next(e for e in done.events if e.kind == "step.taken")
    assert taken.data["world"]["places"] == {"beds": [2, 0]}


def test_a_use_this_week_counts_although_the_case_has_ended(house: House):
    enter(house, "hours_a_week", "1")
    first, second = house.admitted(), house.admitted()
    recorded(house.does(first, "see_doctor"))
    recorded(house.does(first, "leave"))
    assert house.does(second, "see_doctor").code == "no_place"
    house.now = at("2026-03-09 00:00")
    recorded(house.does(second, "see_doctor"))


def test_a_number_that_nobody_has_entered_lets_nobody_in(house: House):
    answer = house.does(house.admitted(), "see_doctor")
    assert (answer.code, answer.detail) == ("not_yet", "place")


def test_the_offers_of_a_page_know_that_no_place_is_free(house: House):
    first, second, third = house.admitted(), house.admitted(), house.admitted()
    recorded(house.bed(first))
    recorded(house.bed(second))
    offered = {one.step: one.group for one in book.read(house.keeper, third, "", now=house.now).offers}
    assert offered["give_bed"] == "not_yet"


def test_a_worker_who_carries_as_many_as_there_are_places_takes_nobody_on(house: House, site: Site):
    worker = employed("wil", "worker", site)
    enter(house, "beds", "9")
    for _ in range(3):
        case = house.admitted()
        recorded(house.does(case, "give_bed", {"tired": True}, worker, role="worker"))
        recorded(house.does(case, "pack", by=worker, role="worker"))
    one = house.admitted()
    recorded(house.bed(one))
    answer = house.does(one, "take_over", by=worker, role="worker", reasons="Known to me.")
    assert answer.code == "no_place"
    found = waiting.standing(load(one, now=house.now).pathway, "lisboa", "caseload", house.now)
    assert found.loads == {worker.pk: 3} and found.free == 0


def test_nobody_is_given_more_people_than_one_may_carry(house: House, site: Site):
    full, other = employed("wil", "worker", site), employed("eva", "worker", site)
    enter(house, "beds", "9")
    cases = []
    for _ in range(4):
        cases.append(house.admitted())
        recorded(house.bed(cases[-1]))
    for case in cases[:3]:
        recorded(house.does(case, "pack", by=full, role="worker"))
    recorded(house.does(cases[3], "pack", by=other, role="worker"))
    answer = house.gives(cases[3], full)
    assert (answer.code, answer.detail) == ("no_place", "worker")
    recorded(house.gives(cases[0], full))  # whoever has the case already keeps it
    recorded(house.gives(cases[0], other))
    recorded(house.gives(cases[3], full))


@pytest.mark.django_db(transaction=True)
def test_two_people_who_take_the_last_place_at_once_do_not_both_get_it(committed: None, house: House):
    first = house.admitted()
    recorded(house.bed(first))
    gate, answers = threading.Barrier(6), []

    def take(n: int) -> None:
        request = Request("steps", "", "keeper", (Do("sleep_over", {"seen_on": "2026-03-02"}),), door="night")
        gate.wait()
        try:
            told = {"programme": P, "site": "lisboa", "now": house.now + HOUR}
            answers.append(book.record(house.keeper, None, request, f"at once {n}", **told))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(n,)) for n in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    codes = [answer.code for answer in answers if isinstance(answer, Refusal)]
    assert len(answers) == 6 and codes == ["no_place"] * 5
    found = waiting.standing(load(first, now=house.now).pathway, "lisboa", "beds", house.now + HOUR)
    assert (len(found.used), found.free) == (2, 0)
