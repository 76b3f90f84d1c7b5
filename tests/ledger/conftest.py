"""A garden with its people: the smallest programme, one site and a second one, five accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection

from amparo.cases.model import Do, Request
from amparo.ledger import book
from amparo.people import keys, store
from amparo.people.models import Account, Office, Post, Site
from amparo.people.seal import new_ring, write_ring

PROGRAMMES = (Path(__file__).parent / "programmes",)
LISBON = ZoneInfo("Europe/Lisbon")


def at(written: str) -> int:
    """Epoch seconds of a local time at the garden."""
    return int(datetime.fromisoformat(written).replace(tzinfo=LISBON).timestamp())


MONDAY = at("2026-03-02 09:00")
TUESDAY = at("2026-03-03 09:00")


@pytest.fixture(autouse=True)
def installation(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A key ring, a file for roots and the garden's definition, for each test anew."""
    settings.AMPARO_PROGRAMMES = PROGRAMMES
    settings.AMPARO_KEY_FILE = tmp_path / "keys.json"
    settings.AMPARO_CHECKPOINT_FILE = tmp_path / "checkpoints.jsonl"
    settings.AMPARO_LOCK_FILE = tmp_path / "amparo.lock"
    write_ring(settings.AMPARO_KEY_FILE, new_ring())
    yield
    keys._ring_at.cache_clear()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """For a test whose threads commit: Django empties no table that it did not make, so the ledger is emptied here."""
    yield
    tables = [model._meta.db_table for model in apps.get_app_config("ledger").get_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")  # what refuses to forget is a trigger
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
        else:
            for _, sql in triggers:
                cursor.execute(sql)


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(code="lisboa", name="Garden of Lisbon", zone="Europe/Lisbon")


@pytest.fixture
def azores(db: None) -> Site:
    return Site.objects.create(code="acores", name="Garden of the Azores", zone="Atlantic/Azores")


def employ(name: str, role: str, site: Site, *, since: date = date(2020, 1, 1), **fields: Any) -> Account:
    """An account with one post."""
    account = Account.objects.create_user(name.lower(), name=name, **fields)
    Post.objects.create(account=account, site=site, programme="garden", role=role, from_day=since)
    return account


@pytest.fixture
def officer(site: Site) -> Account:
    return employ("Officer", "police", site)


@pytest.fixture
def clerk(site: Site) -> Account:
    return employ("Clara", "clerk", site)


@pytest.fixture
def technician(site: Site) -> Account:
    return employ("Tomas", "technician", site)


@pytest.fixture
def service(site: Site) -> Account:
    office = Office.objects.create(site=site, role="service", name="Green house")
    return employ("Sofia", "service", site, office=office)


@pytest.fixture
def alex(db: None) -> str:
    """A person in the sealed store."""
    return store.keep(store.Record(name="Alex Exemplo", born="1999-12-31"))


SEEN = {"seen_at": at("2026-03-01 22:10"), "area": "lisboa"}
Open = Callable[..., book.Recorded]


def do(role: str, *steps: str, facts: dict[str, Any] | None = None, **fields: Any) -> Request:
    """A request of steps; the facts go with the last one."""
    dos = [Do(step) for step in steps[:-1]] + [Do(steps[-1], facts=facts or {})]
    return Request("steps", "", role, steps=tuple(dos), **fields)


@pytest.fixture
def opened(officer: Account, alex: str) -> Open:
    """Opens a case: the officer's report on Alex, on Monday."""

    def open_case(key: str = "opening", **options: Any) -> book.Recorded:
        options = {
            "person": alex,
            "now": MONDAY,
            "facts": {**SEEN, "story": "He sat by the roses."},
            **options,
        }
        request = do("police", "report", facts=options.pop("facts"), door="gate")
        done = book.record(officer, None, request, key, **options)
        assert isinstance(done, book.Recorded), done
        return done

    return open_case


def recorded(answer: object) -> book.Recorded:
    """The answer, which must not be a refusal."""
    assert isinstance(answer, book.Recorded), answer
    return answer
