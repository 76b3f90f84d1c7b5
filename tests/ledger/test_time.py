"""Time passes: clocks speak once, boxes move, words have their end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from amparo.errors import AmparoError, KeyDestroyed, NotPermitted
from amparo.ledger import book, erasure, kept, retention
from amparo.ledger.casefile import load
from amparo.ledger.locks import exclusive
from amparo.ledger.models import CaseKey, Coarse, EventRow, Summary, Tie, Wake
from amparo.people import store
from amparo.people.models import SettingEntry
from tests.ledger.conftest import MONDAY, SEEN, TUESDAY, do, recorded

DAY = 86400


def kinds(case: str) -> list[str]:
    return [event.kind for event in load(case).log.events]


def ended(opened: Any, clerk: Any, step: str, key: str = "a", **options: Any) -> str:
    """A case that ended on Tuesday."""
    case = opened(key, **options).case_id
    steps = ("invite", "finish") if step == "finish" else (step,)
    recorded(book.record(clerk, case, do("clerk", *steps), f"{key} end", now=TUESDAY))
    return str(case)


def test_a_tick_says_what_a_clock_has_to_say_once(opened):
    case = opened().case_id
    assert book.tick(MONDAY + 20 * DAY).events == 2
    assert book.tick(MONDAY + 20 * DAY).events == 0
    assert kinds(case)[-2:] == ["clock.warned", "clock.expired"]


def test_after_downtime_times_are_true(opened):
    case = opened().case_id
    book.tick(MONDAY + 300 * DAY)
    warned, expired = load(case).log.events[-2:]
    assert warned.at < expired.at < MONDAY + 11 * DAY and expired.recorded == MONDAY + 300 * DAY


def test_ticks_day_by_day_say_the_same(opened):
    case = opened().case_id
    for day in range(20):
        book.tick(MONDAY + day * DAY)
    assert kinds(case)[-2:] == ["clock.warned", "clock.expired"]


def test_a_box_moves_by_time_alone(opened, clerk):
    opened()
    assert book.counts(clerk, "lisboa", "garden", now=MONDAY) == {1: 1}
    book.tick(MONDAY + 20 * DAY)
    assert book.counts(clerk, "lisboa", "garden", now=MONDAY + 20 * DAY) == {0: 1}


def test_a_tick_leaves_a_heartbeat(db):
    assert book.last_tick() is None and book.is_late(MONDAY)
    book.tick(MONDAY)
    assert book.last_tick() == MONDAY and not book.is_late(MONDAY + 60) and book.is_late(MONDAY + 3600)


def test_a_case_that_cannot_be_read_does_not_stop_the_others(opened):
    broken, whole = opened("a").case_id, opened("b", person=None).case_id
    Summary.objects.filter(pk=broken).update(pathway="garden2")
    with pytest.raises(AmparoError):
        load(broken)
    done = book.tick(MONDAY + 20 * DAY)
    assert [case for case, _ in done.faults] == [broken]
    assert kinds(whole)[-1] == "clock.expired"


def test_what_failed_is_looked_at_again(opened):
    case = opened().case_id
    book.tick(MONDAY)
    Summary.objects.filter(pk=case).update(pathway="garden2")
    book.tick(MONDAY + 20 * DAY)
    Summary.objects.filter(pk=case).update(pathway="garden")
    assert book.tick(MONDAY + 40 * DAY).events == 2


def test_rebuilt_rows_are_the_live_ones(opened, clerk, technician):
    cases = [opened(f"k{n}", person=None).case_id for n in range(3)]
    recorded(book.record(clerk, cases[0], do("clerk", "invite"), "k", now=TUESDAY))
    recorded(
        book.record(technician, cases[0], do("technician", "assess", facts={"ill": True}), "l", now=TUESDAY)
    )
    recorded(book.record(clerk, cases[1], do("clerk", "drop"), "m", now=TUESDAY))
    book.tick(TUESDAY)
    assert book.rebuild(TUESDAY) == ()


def test_rebuilding_mends_what_was_changed(opened, clerk):
    case = opened().case_id
    before = Summary.objects.filter(pk=case).values().get()
    Summary.objects.filter(pk=case).update(box=0, owner="x")
    Tie.objects.filter(case=case).delete()
    Wake.objects.filter(pk=case).delete()
    assert {found.what for found in book.rebuild(MONDAY)} == {"summary", "ties", "look"}
    assert Summary.objects.filter(pk=case).values().get() == before
    assert book.rebuild(MONDAY) == ()


def test_a_lost_summary_is_rebuilt_from_the_log(opened):
    case = opened().case_id
    before = Summary.objects.filter(pk=case).values().get()
    Summary.objects.filter(pk=case).delete()
    book.rebuild(MONDAY)
    assert Summary.objects.filter(pk=case).values().get() == before


# ------------------------------------------------------------------------------------------------ retention
def test_words_have_their_end(opened, clerk):
    case = ended(opened, clerk, "finish")
    kept.keep_letter(case, "l1", b"%PDF of a letter")
    assert book.tick(TUESDAY + 59 * DAY).erased == 0
    assert book.tick(TUESDAY + 62 * DAY).erased == 1
    with pytest.raises(KeyDestroyed):
        book.read(clerk, case, "", now=TUESDAY + 62 * DAY)


def test_an_erased_case_says_so_in_clear_and_verifies(opened, clerk):
    case = ended(opened, clerk, "finish")
    book.tick(TUESDAY + 62 * DAY)
    last = EventRow.objects.filter(case=case).order_by("-seq")[0]
    assert (last.key, b'"case.erased"' in bytes(last.sealed)) == (0, True)
    assert book.verify().faults == () and book.verify().erased == 1


def test_nothing_derived_is_left_of_an_erased_case(opened, clerk):
    case = ended(opened, clerk, "finish")
    book.tick(TUESDAY + 62 * DAY)
    assert not any(table.objects.filter(case=case).exists() for table in (Summary, Tie, Wake))
    assert CaseKey.objects.get(case=case).wrapped is None
    assert book.rebuild(TUESDAY + 62 * DAY) == ()


def test_months_and_codes_stay_for_statistics(opened, clerk):
    ended(opened, clerk, "finish")
    book.tick(TUESDAY + 62 * DAY)
    row = Coarse.objects.get()
    assert (row.month, row.area, row.door, row.stage, row.outcome) == (
        "2026-03",
        "lisboa",
        "gate",
        "done",
        "completed",
    )
    assert "Alex" not in row.codes and "end" in row.codes


def test_of_what_is_wiped_only_month_and_door_stay(opened, clerk):
    ended(opened, clerk, "let_go")
    book.tick(TUESDAY + DAY)
    row = Coarse.objects.get()
    assert (row.month, row.door) == ("2026-03", "gate")
    assert (row.stage, row.outcome, row.area, row.codes, row.site) == ("", "", "", "{}", "")


def test_coarse_rows_are_written_together(opened, clerk):
    ended(opened, clerk, "finish", "a")
    later = opened("b", person=None, now=TUESDAY + 5 * DAY).case_id
    recorded(book.record(clerk, later, do("clerk", "invite", "finish"), "b end", now=TUESDAY + 10 * DAY))
    assert book.tick(TUESDAY + 62 * DAY).erased == 1
    assert Coarse.objects.count() == 2
    assert book.tick(TUESDAY + 72 * DAY).erased == 1
    assert Coarse.objects.count() == 2


def test_an_unset_term_destroys_nothing_and_says_so(opened, clerk):
    case = ended(opened, clerk, "drop")
    assert book.tick(TUESDAY + 3650 * DAY).erased == 0
    assert retention.unset(load(case).case, TUESDAY) == ("kept_for",)


def test_a_term_entered_later_counts(opened, clerk):
    case = ended(opened, clerk, "drop")
    book.tick(TUESDAY)
    day = date(2026, 3, 10)
    SettingEntry.objects.create(
        site_id="lisboa", programme="garden", name="kept_for", value="90 days", from_day=day,
        source="Order 1", source_date=day, by=clerk,
    )  # fmt: skip
    recorded(
        book.record(
            clerk, opened("b", person=None).case_id, do("clerk", "invite"), "n", now=TUESDAY + 20 * DAY
        )
    )
    for days in range(10, 140, 10):
        book.tick(TUESDAY + days * DAY)
    assert not Summary.objects.filter(pk=case).exists()


def test_a_name_has_its_own_end(opened, clerk):
    case = ended(opened, clerk, "finish")
    assert book.look(clerk, case, "", now=TUESDAY + 29 * DAY).record
    assert book.look(clerk, case, "", now=TUESDAY + 32 * DAY).record is None
    assert book.search(clerk, "lisboa", "garden", "Alex", now=TUESDAY + 32 * DAY) == ()


def test_a_person_goes_with_their_last_case(opened, clerk, alex):
    ended(opened, clerk, "finish")
    book.tick(TUESDAY + 62 * DAY)
    with pytest.raises(KeyDestroyed):
        store.fetch(alex)


def test_a_person_stays_while_another_case_stands(opened, clerk, alex):
    ended(opened, clerk, "finish")
    other = opened("b", now=TUESDAY).case_id
    book.tick(TUESDAY + 62 * DAY)
    assert store.fetch(alex).name == "Alex Exemplo"
    assert load(other).log.person == alex


def test_erasing_a_person_erases_their_cases(opened, clerk, alex):
    case = ended(opened, clerk, "finish")
    assert erasure.erase_person(alex, TUESDAY) == (case,)
    with pytest.raises(KeyDestroyed):
        store.fetch(alex)


def test_an_open_case_stands_against_erasing_its_person(opened, alex):
    case = opened().case_id
    with pytest.raises(ValueError, match=case):
        erasure.erase_person(alex, TUESDAY)


def test_a_case_taken_up_again_is_kept(opened, clerk):
    case = ended(opened, clerk, "finish")
    recorded(book.record(clerk, case, do("clerk", "take_up"), "again", now=TUESDAY + DAY))
    assert book.tick(TUESDAY + 62 * DAY).erased == 0
    assert book.read(clerk, case, "", now=TUESDAY + 62 * DAY).stage == "talking"


def test_an_account_with_cases_cannot_go(opened, clerk):
    case = opened().case_id
    recorded(book.record(clerk, case, do("clerk", "describe", facts={"story": "x"}), "k", now=TUESDAY))
    with pytest.raises(AmparoError, match="Clara still has 1 open cases"):
        book.deactivate(clerk, date(2026, 3, 3))
    assert clerk.is_active


def test_an_account_without_cases_goes(clerk):
    book.deactivate(clerk, date(2026, 3, 3))
    clerk.refresh_from_db()
    assert not clerk.is_active and clerk.posts.get().until == date(2026, 3, 3)


def test_a_tick_while_another_runs_does_nothing(db, settings):
    with exclusive(Path(settings.AMPARO_LOCK_FILE).with_suffix(".tick")):
        assert book.tick(MONDAY).busy


def test_no_case_is_ticked_into_being(db):
    assert book.tick(MONDAY).cases == 0
    with pytest.raises(NotPermitted):
        load("0000-0000-0000")
    assert SEEN
