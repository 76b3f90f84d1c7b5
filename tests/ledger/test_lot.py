"""Days drawn by lot, in a database: nobody learns a day to come from what is kept, and tests come on their own day."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from amparo.cases import schedule
from amparo.cases.model import Case, Do, Request
from amparo.ledger import book, summary
from amparo.ledger.casefile import load
from amparo.ledger.models import Summary, Wake
from amparo.pathways import calendar, values
from amparo.people import store
from amparo.people.models import Account, Post, Site
from tests.ledger.conftest import recorded
from tests.ledger.test_canary import _database

COURT = "lantern-court"
ZONE = "Pacific/Auckland"
DAY = 86400
KEYS = count()


def at(text: str) -> int:
    return values.parse_instant(text, ZONE)


@pytest.fixture
def bay(settings: Any, tmp_path: Path, db: None) -> Site:
    folder = tmp_path / "programmes" / COURT
    folder.mkdir(parents=True)
    shutil.copy(Path(__file__).parents[1] / "cases" / "court.yaml", folder / "pathway.yaml")
    settings.AMPARO_PROGRAMMES = (folder.parent,)
    return Site.objects.create(code="bay", name="Court at the bay", zone=ZONE)


def employ(name: str, role: str, site: Site) -> Account:
    account = Account.objects.create_user(name.lower(), name=name)
    Post.objects.create(account=account, site=site, programme=COURT, role=role, from_day=date(2020, 1, 1))
    return account


@pytest.fixture
def judge(bay: Site) -> Account:
    return employ("Judge", "judge", bay)


def put(who: Account, case: str | None, role: str, when: str, step: str, **facts: Any) -> str:
    request = Request("steps", "", role, (Do(step, facts),), heard=True, reasons="Because.", door="gate")
    person = store.keep(store.Record(name="Robin Probe", born="1990-01-01")) if case is None else None
    answer = book.record(who, case, request, f"key {next(KEYS)}", person=person, now=at(when))
    return recorded(answer).case_id


def entered(judge: Account) -> str:
    """A case in the first phase since Tuesday 5 March 2024."""
    case = put(judge, None, "judge", "2024-03-04 10:00", "name_person", named_on=at("2024-03-04 09:00"))
    return put(judge, case, "judge", "2024-03-05 10:00", "enter")


def on_paper(case: str) -> Case:
    return load(case).case


def test_each_case_is_drawn_with_a_secret_of_its_own(judge):
    one, other = (on_paper(entered(judge)).drawings["tests"].secret for _ in range(2))
    assert len(one) == len(other) == 64 and one != other


def test_tests_are_asked_for_by_the_tick_at_their_own_hour_and_once(judge):
    case = entered(judge)
    for n in range(28):
        for hour in ("06:29:59", "06:30:00", "06:31:00"):
            book.tick(at(f"2024-03-{n + 4:02d} {hour}"))
    tests = on_paper(case).tests.values()
    assert len(tests) >= 6 and all(x.ordered == x.told == at(f"{x.day} 06:30") for x in tests)


def test_no_secret_and_no_day_stands_in_clear(judge):
    case = entered(judge)
    book.tick(at("2024-04-02 12:00"))
    held = on_paper(case)
    everything = _database()
    secret = held.drawings["tests"].secret
    assert secret.encode() not in everything and secret.encode("utf-16-le") not in everything
    assert held.tests
    for name in ("schedule.drawn", "test.ordered", *held.tests):
        assert name.encode() not in everything.replace(b"schedules:", b"")


def coming(case: str, after: str, days: int) -> set[str]:
    """The days that are drawn, by whoever holds the secret."""
    held = on_paper(case)
    return {o.data["day"] for o in schedule.orders(held, at(after) + days * DAY)}


def test_nothing_that_is_kept_of_a_case_differs_between_a_drawn_day_and_another(judge):
    cases = [entered(judge) for _ in range(4)]
    seen = set()
    for n in range(6, 30):
        now = at(f"2024-03-{n:02d} 00:00:00")
        book.tick(now)
        today = calendar.day_of(now, ZONE).isoformat()
        drawn = [today in coming(case, f"2024-03-{n:02d} 00:00:00", 1) for case in cases]
        seen |= set(drawn)
        notes = {summary.note(case).at for case in cases}
        assert notes == {at(f"2024-03-{n:02d} 06:30:00")}, drawn
        assert len({bytes(Wake.objects.get(pk=case).tag) for case in cases}) == 1
        assert len({Summary.objects.get(pk=case).due for case in cases}) == 1
        book.tick(at(f"2024-03-{n:02d} 23:00:00"))
    assert seen == {True, False}


def test_who_collects_sees_a_test_on_its_day_without_its_class_and_on_no_other(judge, bay):
    tester, nurse = employ("Tui", "tester", bay), employ("Mere", "nurse", bay)
    case = entered(judge)
    noon = f"{min(coming(case, '2024-03-05 12:00', 14))} 12:00"
    book.tick(at(noon))
    (newest,) = on_paper(case).tests.values()
    shown = book.read(tester, case, "collecting", now=at(noon))
    assert [(x.id, x.state) for x in shown.tests] == [(newest.id, "ordered")]
    put(tester, case, "tester", noon, "collect", given="urine")
    put(nurse, case, "nurse", f"{newest.day} 13:00", "class_it", result="positive")
    after = book.read(tester, case, "collecting", now=at(f"{newest.day} 14:00"))
    assert [x.class_ for x in after.tests] == [""] and "'positive'" not in repr(after)
    assert book.read(tester, case, "collecting", now=at(noon) + 2 * DAY).tests == ()
    assert book.read(nurse, case, "classing", now=at(noon) + 2 * DAY).tests[0].class_ == "positive"
    assert book.read(judge, case, "sitting", now=at(noon) + DAY).tests == ()


def test_no_page_of_anybody_shows_a_day_to_come_or_the_secret(judge, bay):
    people = [judge, *(employ(name, name, bay) for name in ("keeper", "nurse", "tester"))]
    case = entered(judge)
    book.tick(at("2024-03-15 12:00"))
    secret, days = on_paper(case).drawings["tests"].secret, coming(case, "2024-03-15 12:00", 40)
    assert len(days) > 6
    for who in people:
        page = repr(book.read(who, case, "looking", now=at("2024-03-15 12:00")))
        assert secret not in page and not [day for day in days if day in page]


def test_a_rebuilt_summary_and_a_whole_log_are_as_they_were(judge):
    case = entered(judge)
    book.tick(at("2024-03-31 12:00"))
    assert list(book.verify().faults) == []
    before = on_paper(case).tests
    book.rebuild()
    assert on_paper(case).tests == before
