"""The live tables: what has been written stays, whoever asks the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from amparo.ledger import checkpoints, kept
from amparo.ledger.models import EventRow
from amparo.ledger.tables import SEALED
from tests.ledger.conftest import MONDAY

pytestmark = pytest.mark.django_db
SQLITE = connection.vendor == "sqlite"


def refused(sql: str, values: list[Any] | None = None) -> bool:
    """Whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


@pytest.fixture
def written(opened: Any) -> str:
    """A case with a row in every table that only grows."""
    case = str(opened().case_id)
    checkpoints.write(MONDAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_disclosure (at, actor, case_id, cases, sealed) VALUES (1, 'a', 'b', '', %s)",
            [b"x"],
        )
    return case


def rows(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return sorted(cursor.fetchall(), key=repr)


@pytest.mark.parametrize("table", SEALED)
def test_no_row_is_deleted(table, written):
    assert rows(table)
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("ledger_event", "day"),
        ("ledger_disclosure", "at"),
        ("ledger_checkpoint", "at"),
        ("ledger_mark", "seq"),
    ],
)
def test_no_row_is_changed(table, column, written):
    before = rows(table)
    assert refused(f"UPDATE {table} SET {column} = {column} + 1")
    assert rows(table) == before


@pytest.mark.skipif(not SQLITE, reason="REPLACE is SQLite's own")
@pytest.mark.parametrize("table", SEALED)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_no_row_is_replaced(table, recursive, written):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = rows(table)
    assert refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert refused(f"REPLACE INTO {table} SELECT * FROM {table}")
    assert rows(table) == before


@pytest.mark.skipif(not SQLITE, reason="REPLACE is SQLite's own")
def test_no_row_is_replaced_through_its_key(written):
    columns = "day, key, nonce, version, prev, hash, idem, sealed"
    other = f"INSERT OR REPLACE INTO ledger_event SELECT 'other', 1, {columns}"
    before = rows("ledger_event")
    assert refused(f"{other} FROM ledger_event WHERE idem IS NOT NULL")
    assert rows("ledger_event") == before


@pytest.mark.skipif(SQLITE, reason="TRUNCATE is PostgreSQL's own")
@pytest.mark.parametrize("table", [*SEALED, "ledger_letter"])
def test_no_table_is_truncated(table, written):
    assert refused(f"TRUNCATE {table}")


@pytest.mark.skipif(SQLITE, reason="the other dialect")
def test_no_conflict_is_turned_into_an_update(written):
    again = (
        "INSERT INTO ledger_checkpoint SELECT * FROM ledger_checkpoint ON CONFLICT (n) DO UPDATE SET at = 0"
    )
    assert refused(again)


def test_an_entry_leaves_no_gap(written):
    skip = "SELECT case_id, seq + 7, day, key, nonce, version, prev, hash, NULL, sealed FROM ledger_event"
    assert refused(f"INSERT INTO ledger_event {skip}")


def test_a_letter_stays_while_its_case_can_be_read(written):
    kept.keep_letter(written, "l1", b"%PDF")
    assert refused("UPDATE ledger_letter SET sealed = %s", [b""])
    assert refused("DELETE FROM ledger_letter")


def test_the_log_is_clustered_by_case():
    if not SQLITE:
        pytest.skip("PostgreSQL has no lasting clustering")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_event'")
        assert "WITHOUT ROWID" in cursor.fetchone()[0]


def test_every_table_has_its_guards():
    wanted = {(table, verb) for table in SEALED for verb in ("UPDATE", "DELETE")}
    assert wanted <= set(_guards())


def _guards() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        if SQLITE:
            cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
            return [
                (table, verb)
                for table, sql in cursor.fetchall()
                for verb in ("UPDATE", "DELETE")
                if f"BEFORE {verb}" in sql
            ]
        cursor.execute("SELECT event_object_table, event_manipulation FROM information_schema.triggers")
        return list(cursor.fetchall())


def test_models_and_tables_have_the_same_columns():
    with connection.cursor() as cursor:
        found = {
            column.name for column in connection.introspection.get_table_description(cursor, "ledger_event")
        }
    assert found == {field.column for field in EventRow._meta.concrete_fields if field.name != "pk"}


def test_no_migration_waits():
    call_command(
        "makemigrations", "people", "ledger", check=True, dry_run=True, skip_checks=True, verbosity=0
    )


def test_a_worklist_counts_over_the_index_alone(written):
    if not SQLITE:
        pytest.skip("the planner of PostgreSQL reads a small table whole")
    sql = (
        "EXPLAIN QUERY PLAN SELECT box, count(case_id) FROM ledger_case"
        " WHERE open AND pathway = 'garden' AND site = 'lisboa' AND door IN ('gate')"
        " GROUP BY box ORDER BY box"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "USING COVERING INDEX ledger_case_work" in plan and "TEMP" not in plan
