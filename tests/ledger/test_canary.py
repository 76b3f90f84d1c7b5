"""Planted words are searched for in everything that the database holds, and in the file of roots."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from amparo.cases.model import Request
from amparo.ledger import book, drafts, kept
from amparo.people import store
from tests.ledger.conftest import MONDAY, SEEN, TUESDAY, do, recorded

CANARIES = ("Quetzalcanary", "Zumbicanary", "Ilhacanary")
CODES = ("assess", "talking", "invite", "remark", "step.taken", "fact.told", "technician", "kept_for")


@pytest.fixture
def everything(opened: Any, clerk: Any, technician: Any, settings: Any) -> bytes:
    """All bytes of a database in which the canaries went through every door."""
    person = store.keep(store.Record(name="Quetzalcanary Silva", address="Rua Quetzalcanary 1"))
    case = opened(person=person, facts={**SEEN, "story": "Zumbicanary"}).case_id
    recorded(
        book.record(clerk, case, do("clerk", "invite"), "Quetzalcanary key", "Quetzalcanary", now=TUESDAY)
    )
    facts = {"ill": True, "remark": "Ilhacanary is in treatment"}
    recorded(book.record(technician, case, do("technician", "assess", facts=facts), "k2", now=TUESDAY))
    noted = Request("note_need", "", "technician", args={"kind": "housing", "words": "Ilhacanary"})
    book.record(technician, case, noted, "k3", now=TUESDAY)
    drafts.save(technician, f"case/{case}/step/assess", {"remark": ["Ilhacanary"]}, TUESDAY)
    drafts.save(clerk, "door/garden/path", {"story": ["Zumbicanary"]}, TUESDAY)
    kept.keep_letter(case, "suspension of Ilhacanary", b"%PDF Quetzalcanary")
    book.read(technician, case, "because of Ilhacanary", now=TUESDAY)
    book.search(clerk, "lisboa", "garden", "Quetzalcanary", now=TUESDAY)
    book.worklist(technician, "lisboa", "garden", purpose="Zumbicanary", now=TUESDAY)
    book.tick(MONDAY + 40 * 86400)
    return _database() + Path(settings.AMPARO_CHECKPOINT_FILE).read_bytes()


def _database() -> bytes:
    """Every value of every table; on SQLite the whole file too, free pages included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("ledger_", "people_person", "people_blindindex")):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [_bytes(value) for row in cursor.fetchall() for value in row]
    if connection.vendor == "sqlite":
        found.append(connection.connection.serialize())
    return b"\0".join(found)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


@pytest.mark.parametrize("canary", CANARIES)
def test_no_planted_word_stands_in_clear(canary, everything):
    assert canary.encode() not in everything
    assert canary.lower().encode() not in everything
    assert canary.encode("utf-16-le") not in everything


def test_nobody_can_tell_a_case_by_its_codes(opened, clerk, technician):
    case = opened().case_id
    recorded(book.record(clerk, case, do("clerk", "invite"), "k", now=TUESDAY))
    recorded(
        book.record(technician, case, do("technician", "assess", facts={"ill": True}), "k2", now=TUESDAY)
    )
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        tables = [name for name in names if name.startswith("ledger_") and name != "ledger_definition"]
        kept_rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            kept_rows += [_bytes(value) for row in cursor.fetchall() for value in row]
    assert not [code for code in CODES if any(code.encode() in value for value in kept_rows)]


def test_nothing_in_the_ledger_names_a_person(opened, alex):
    opened()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("ledger_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                assert not any(alex.encode() in _bytes(value) for row in cursor.fetchall() for value in row)
