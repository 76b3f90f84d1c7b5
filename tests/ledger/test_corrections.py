"""A caution that is set aside: everybody who was told is told better, and its words go with the last receipt."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from amparo.cases.model import Request
from amparo.errors import KeyDestroyed
from amparo.ledger import book
from amparo.ledger.casefile import load
from amparo.ledger.models import CaseKey, Coarse
from amparo.people.models import Account, Office, Post, Site
from tests.ledger.conftest import MONDAY, do, recorded
from tests.ledger.test_tallies import work
from tests.ledger.test_time import DAY

HOUR = 3600


class Bench(NamedTuple):
    """A case that was told to the rolls, and the people who go on with it."""

    case: str
    warden: Account
    head: Account
    site: Site


@pytest.fixture
def bench(site: Site, alex: str) -> Bench:
    warden, head = work("Wanda", "warden", site), work("Hal", "head", site)
    told = {"seen_at": MONDAY - 600, "trodden": "lawn", "pupil": True}
    request = do("warden", "caution", facts=told, door="path")
    done = recorded(book.record(warden, None, request, "c", now=MONDAY, programme="notebook", person=alex))
    return Bench(done.case_id, warden, head, site)


def ask(b: Bench, verb: str, at: int, by: Account | None = None, **args: Any) -> book.Recorded:
    who = by or b.head
    role = who.posts.get().role
    request = Request(verb, who.pk, role, args=args)
    return recorded(book.record(who, b.case, request, f"{verb} {at} {sorted(args.items())}", now=at))


def set_aside(b: Bench, at: int) -> None:
    request = do("head", "set_aside", reasons="It was not the lawn.")
    recorded(book.record(b.head, b.case, request, f"aside {at}", now=at))


def corrections(b: Bench) -> dict[str, str]:
    return {x.to: x.state for x in load(b.case).case.notices.values() if x.notice == "correction"}


def test_each_who_was_told_gets_a_copy_and_who_was_not_gets_none(bench):
    ask(bench, "send", MONDAY + HOUR, notice="entered", how="post")
    set_aside(bench, MONDAY + DAY)
    assert corrections(bench) == {"rolls": "due"}


def test_an_office_that_was_referred_to_and_one_that_looked_are_told_better_by_name(bench):
    nurses = Office.objects.create(site=bench.site, role="nurse", name="Nurses of the garden")
    ask(bench, "refer", MONDAY + HOUR, kind="health", to=nurses.pk, says="A word.", agreed=True)
    nurse = Account.objects.create_user("nina", name="Nina", office=nurses)
    Post.objects.create(
        account=nurse, site=bench.site, programme="notebook", role="nurse", from_day=date(2020, 1, 1)
    )
    book.read(nurse, bench.case, "care", now=MONDAY + 2 * HOUR)
    set_aside(bench, MONDAY + DAY)
    assert corrections(bench) == {nurses.pk: "due"}
    seen = book.read(bench.head, bench.case, "", now=MONDAY + DAY)
    assert any("Nurses" in w or nurses.pk in w for e in seen.timeline for w in e.words.values())


def test_an_office_whose_people_only_looked_is_told_better_too(bench):
    nurses = Office.objects.create(site=bench.site, role="nurse", name="Nurses of the garden")
    nurse = Account.objects.create_user("nina", name="Nina", office=nurses)
    Post.objects.create(
        account=nurse, site=bench.site, programme="notebook", role="nurse", from_day=date(2020, 1, 1)
    )
    ask(bench, "assign", MONDAY + HOUR, role="nurse", who=nurses.pk)
    book.read(nurse, bench.case, "care", now=MONDAY + 2 * HOUR)
    set_aside(bench, MONDAY + DAY)
    assert corrections(bench) == {nurses.pk: "due"}


def test_the_words_stay_until_the_last_receipt_is_in_and_go_then(bench):
    ask(bench, "send", MONDAY + HOUR, notice="entered", how="post")
    ask(bench, "send", MONDAY + HOUR, notice="told_school", how="post")
    set_aside(bench, MONDAY + DAY)
    ask(bench, "send", MONDAY + DAY + HOUR, notice="correction", how="post")
    ask(bench, "deliver", MONDAY + DAY + HOUR, letter="sorry", how="by_hand")
    ask(bench, "receive", MONDAY + 3 * DAY, notice="correction", to="rolls")
    assert book.tick(MONDAY + 400 * DAY).erased == 0
    assert book.read(bench.head, bench.case, "", now=MONDAY + 400 * DAY).receipts == (2, 1, 0)
    ask(bench, "receive", MONDAY + 401 * DAY, notice="correction", to="school", receipt="77")
    assert book.tick(MONDAY + 402 * DAY).erased == 1
    assert CaseKey.objects.get(case=bench.case).wrapped is None
    with pytest.raises(KeyDestroyed):
        book.read(bench.head, bench.case, "", now=MONDAY + 402 * DAY)
    row = Coarse.objects.get()
    assert (row.stage, row.outcome, row.codes, row.month) == ("", "", "{}", "2026-03")


def test_a_letter_that_the_person_has_not_got_is_not_destroyed(bench):
    set_aside(bench, MONDAY + DAY)
    assert book.tick(MONDAY + 90 * DAY).erased == 0
    ask(bench, "deliver", MONDAY + 91 * DAY, letter="sorry", how="by_hand")
    assert book.tick(MONDAY + 92 * DAY).erased == 1


def test_a_hold_stops_the_end_also_after_the_last_receipt(bench):
    set_aside(bench, MONDAY + DAY)
    ask(bench, "deliver", MONDAY + DAY + HOUR, letter="sorry", how="by_hand")
    privacy = work("Petra", "privacy", bench.site)
    ask(bench, "hold", MONDAY + DAY + 2 * HOUR, by=privacy, rule="Order 9")
    assert book.tick(MONDAY + 90 * DAY).erased == 0


def test_the_name_is_used_to_correct_and_for_nothing_else(bench):
    ask(bench, "send", MONDAY + HOUR, notice="entered", how="post")
    set_aside(bench, MONDAY + DAY)
    at = MONDAY + 2 * DAY
    assert book.search(bench.head, "lisboa", "notebook", "Alex", now=at) == ()
    out = book.outbox(bench.head, "lisboa", "notebook", role="head", now=at)
    assert [o.row.record.name for o in out if o.row.record] == ["Alex Exemplo"]
    looked = book.look(bench.head, bench.case, "", now=at)
    assert looked.record is not None and looked.view.receipts == (1, 0, 1)


def test_rebuilt_rows_of_a_case_that_waits_for_receipts_are_the_live_ones(bench):
    ask(bench, "send", MONDAY + HOUR, notice="entered", how="post")
    set_aside(bench, MONDAY + DAY)
    book.tick(MONDAY + 2 * DAY)
    assert book.rebuild(MONDAY + 2 * DAY) == ()
