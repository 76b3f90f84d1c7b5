"""The range of past agreements: on request, over the cases the viewer may see, and nothing where they are few."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from amparo.cases.model import Do
from amparo.people import store
from tests.desk import test_obligations
from tests.desk.conftest import now, words
from tests.desk.test_obligations import P, write

invented, garden = test_obligations.invented, test_obligations.garden


def came(name: str) -> str:
    told = {"came_at": now() - 3600 - 997 * ord(name[-1]), "in_it": True}  # no two come at once
    return write(
        None, Do("come_in", told), person=store.keep(store.Record(name=name)), programme=P, site="garden"
    )


def agrees(case: str, n: int) -> None:
    item: dict[str, Any] = {
        "kind": "thing", "terms": {"thing": "dig", "shown": "slip", "hours": n}, "due": "2031-01-01",
    }  # fmt: skip
    write(case, Do("agree", items=tuple({**item, "terms": {**item["terms"]}} for _ in range(n))))


@pytest.fixture
def past(garden: dict[str, Client]) -> str:
    """Five agreements of one to five items here, and a case in which nothing is agreed yet."""
    for n in range(1, 6):
        agrees(came(f"Person {n}"), n)
    return came("Tui Tauira")


def drawn(client: Client, case: str) -> str:
    return words(client.get(f"/case/{case}/obligations/past/thing/"))


def test_the_range_is_told_smallest_first_without_average_or_name(
    garden: dict[str, Client], past: str
) -> None:
    page = drawn(garden["gardener"], past)
    assert "Items 1 to 5" in page and "Hours 1 to 25" in page and "no advice" in page
    assert "Person 1" not in page and "average of" not in page


def test_of_fewer_than_five_nothing_is_told(garden: dict[str, Client]) -> None:
    for n in range(1, 5):
        agrees(came(f"Person {n}"), n)
    assert "fewer than five: not told" in drawn(garden["gardener"], came("Tui Tauira"))


def test_it_is_drawn_on_request_alone(garden: dict[str, Client], past: str) -> None:
    page = garden["gardener"].get(f"/case/{past}/step/agree/")
    assert "Items 1 to 5" not in words(page) and "/obligations/past/thing/" in page.content.decode()


def test_who_sees_no_agreement_here_asks_in_vain(garden: dict[str, Client], past: str) -> None:
    for other in ("guard", "shed"):
        assert garden[other].get(f"/case/{past}/obligations/past/thing/").status_code == 404


def test_a_persons_own_plan_is_measured_by_nobodys(garden: dict[str, Client], past: str) -> None:
    assert "/past/" not in garden["gardener"].get(f"/case/{past}/step/wish/").content.decode()
