"""What was done to the log behind our back is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from amparo.errors import LedgerFault
from amparo.ledger import book, chain, checkpoints
from amparo.ledger.models import EventRow, Head
from tests.ledger.conftest import MONDAY, TUESDAY, do, recorded


def behind_our_back(*statements: str) -> None:
    """Change the log as somebody could who owns the database: without its guards."""
    with connection.cursor() as cursor:
        for name in _guards():
            cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)


def _guards() -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            return [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        return [f"{name} ON {table}" for name, table in cursor.fetchall()]


@pytest.fixture
def case(opened: Any, clerk: Any) -> str:
    """A case of some entries, held by a checkpoint."""
    found = opened()
    recorded(book.record(clerk, found.case_id, do("clerk", "invite"), "k", now=TUESDAY))
    checkpoints.write(TUESDAY)
    return str(found.case_id)


def kinds() -> set[str]:
    return {fault.kind for fault in book.verify().faults}


def test_an_honest_log_verifies(case):
    report = book.verify()
    assert (report.faults, report.unprotected, report.cases, report.root) == ((), 0, 1, 1)
    assert report.sentences[-1] == "Root 1 protects every entry."


def test_what_follows_the_last_root_is_said_to_be_unprotected(case, clerk):
    done = recorded(
        book.record(clerk, case, do("clerk", "describe", facts={"story": "x"}), "k2", now=TUESDAY)
    )
    report = book.verify()
    assert (report.faults, report.unprotected) == ((), len(done.events))
    assert f"removal of the {len(done.events)} entries" in report.sentences[-1]


def test_an_altered_entry_is_found(case):
    behind_our_back("UPDATE ledger_event SET day = day + 1 WHERE seq = 3")
    assert kinds() == {"altered"}


def test_an_altered_entry_is_not_read(case, clerk):
    behind_our_back("UPDATE ledger_event SET day = day + 1 WHERE seq = 3")
    with pytest.raises(LedgerFault, match="changed from outside"):
        book.read(clerk, case, "", now=TUESDAY)


def test_an_altered_entry_takes_no_more_steps(case, clerk):
    behind_our_back("UPDATE ledger_event SET day = day + 1 WHERE seq = 3")
    with pytest.raises(LedgerFault):
        book.record(clerk, case, do("clerk", "describe", facts={"story": "x"}), "k2", now=TUESDAY)


def test_a_removed_entry_is_found(case):
    behind_our_back("DELETE FROM ledger_event WHERE seq = 3")
    assert "removed" in kinds()


def test_reordered_entries_are_found(case):
    behind_our_back(
        "UPDATE ledger_event SET seq = 99 WHERE seq = 3",
        "UPDATE ledger_event SET seq = 3 WHERE seq = 2",
        "UPDATE ledger_event SET seq = 2 WHERE seq = 99",
    )
    assert "reordered" in kinds()


def test_a_log_cut_off_at_its_end_is_found(case):
    behind_our_back(
        "DELETE FROM ledger_event WHERE seq >= 6",
        "UPDATE ledger_head SET seq = 5, hash = (SELECT hash FROM ledger_event WHERE seq = 5)",
    )
    assert kinds() == {"cut_off"}


def test_a_whole_case_gone_is_found(case):
    behind_our_back(
        *(f"DELETE FROM {t}" for t in ("ledger_event", "ledger_head", "ledger_case", "ledger_case_key"))
    )
    assert kinds() == {"case_gone"}


def test_a_log_altered_and_hashed_anew_is_found(case):
    behind_our_back()
    prev = chain.START
    for row in EventRow.objects.order_by("seq"):
        row.day, row.prev = row.day + 1, prev
        row.hash = prev = chain.digest(row)
        row.save(update_fields=["day", "prev", "hash"])
    Head.objects.update(hash=prev)
    assert kinds() == {"altered"}


def test_a_checkpoint_gone_with_its_case_is_found_outside(case):
    tables = (
        "ledger_event",
        "ledger_head",
        "ledger_case",
        "ledger_case_key",
        "ledger_mark",
        "ledger_checkpoint",
    )
    behind_our_back(*(f"DELETE FROM {table}" for table in tables))
    assert kinds() == {"checkpoint"}


def test_a_checkpoint_that_another_signed_is_found(case):
    behind_our_back("UPDATE ledger_checkpoint SET at = at + 1")
    assert "checkpoint" in kinds()


def test_a_mark_changed_is_found(case):
    behind_our_back("UPDATE ledger_mark SET seq = seq - 1")
    assert "checkpoint" in kinds()


def test_roots_outside_are_written_once(case, settings):
    checkpoints.write(TUESDAY)
    checkpoints.export()
    assert len(checkpoints.read_file(Path(settings.AMPARO_CHECKPOINT_FILE))) == 1


def test_a_root_cut_off_by_a_crash_is_written_again(case, settings):
    path = Path(settings.AMPARO_CHECKPOINT_FILE)
    whole = path.read_text()
    path.write_text(whole[:40])
    assert book.verify().faults == ()
    checkpoints.export()
    assert [root.n for root in checkpoints.read_file(path)] == [1]


def test_a_ciphertext_moved_to_another_place_does_not_open(case):
    rows = list(EventRow.objects.order_by("seq"))
    rows[2].seq, keys = 4, {1: b"\0" * 32}
    with pytest.raises(Exception, match="does not open"):
        chain.opened(rows[2], keys)


def test_a_day_without_steps_has_no_checkpoint(case):
    assert checkpoints.write(TUESDAY + 86400) is None


def test_the_first_days_say_that_nothing_is_protected(opened):
    opened(now=MONDAY)
    assert "No root is signed yet" in book.verify().sentences[-1]
