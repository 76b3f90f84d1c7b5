"""What comes first in the morning, whose it is, and what the officer finds at home."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.cases.model import Do, Request
from amparo.desk.times import Clockwork
from amparo.desk.where import Here
from amparo.desk.worklist import order, rows, view
from amparo.desk.worklist.context import WorkRow
from amparo.desk.worklist.elsewhere import elsewhere
from amparo.ledger import book, drafts
from amparo.people.models import Account, Post
from tests.desk.conftest import PROGRAMME, ZONE, As, now, words, write

EVERYBODY = view.Asked(None, "", False, "")
NOT_SAID = view.Asked(None, "", None, "")


def at_the_desk(login: str, t: int) -> Here:
    post = Post.objects.get(account__username=login)
    return Here(post.account, post, (post,), t)


def take(login: str, case: str) -> None:
    """Somebody takes the case."""
    account = Account.objects.get(username=login)
    done = book.record(account, case, Request("assign", account.pk, login, args={"role": "clerk"}), "take")
    assert isinstance(done, book.Recorded), done


def row_of(case: str, t: int | None = None) -> view.WorkRow:
    at = at_the_desk("clerk", t or now())
    listed = book.worklist(at.account, at.site, PROGRAMME, None, "", role="clerk", now=at.now).rows
    return next(rows.row(at, r) for r in listed if r.case == case)


def hour_of(case: str) -> int:
    shown = book.look(Account.objects.get(username="clerk"), case, "test").view.facts
    return int(next(f.value for f in shown if f.name == "appointment"))


def test_who_comes_today_stands_with_the_hour(reported: str) -> None:
    write("clerk", reported, "receive_record")
    hour = hour_of(reported)
    local = datetime.fromtimestamp(hour, ZONE)
    row = row_of(reported, max(hour - 600, now()))
    if local.date() == datetime.fromtimestamp(max(hour - 600, now()), ZONE).date():
        assert row.here and row.rank == order.HERE and row.time is not None and "10 min" in row.time.left


def test_an_hour_that_is_over_is_no_lateness(reported: str) -> None:
    write("clerk", reported, "receive_record")
    hour = hour_of(reported)
    row = row_of(reported, hour + 60)
    assert row.here and row.time is not None and row.time.mood == "" and row.time.left == ""


def test_what_the_law_wants_comes_before_who_is_here_and_both_before_our_own_targets() -> None:
    ranks = (order.LATE_BY_LAW, order.HERE, order.LAW_TODAY, order.LATE_HOUSE, order.HOUSE_TODAY)
    assert list(ranks) == sorted(ranks)


def test_a_record_not_received_in_time_is_late_by_law(reported: str) -> None:
    row = row_of(reported, now() + 3 * 86400)
    assert row.rank == order.LATE_BY_LAW and row.late


@pytest.mark.parametrize(("owner", "mine"), [("clerk", True), ("", False)])
def test_who_has_cases_finds_their_own_and_the_unowned_first(reported: str, owner: str, mine: bool) -> None:
    if owner:
        write("clerk", reported, "receive_record")
        take(owner, reported)
    at = at_the_desk("clerk", hour_of(reported))
    rows = book.worklist(at.account, at.site, PROGRAMME, None, "", role="clerk", now=at.now).rows
    page = view.page(at, NOT_SAID, rows, {0: 1}, "")
    assert page.filters[0].current is mine and len(page.rows) == 1


def test_the_sum_holds_whoever_looks(reported: str) -> None:
    """Shown, others' and not due add up to all that is open."""
    shown = view._foot({0: 3, 1: 4}, (), 2, EVERYBODY._replace(mine=True), True)
    assert shown == "0 shown. 2 are others’. 5 not shown: nothing of theirs is due today."


def test_the_officer_starts_a_record_from_home(signed_in: As, reported: str) -> None:
    page = signed_in("officer").get("/").content.decode()
    assert page.count("btn main go") == 1 and "New record" in page
    assert page.index("New record") < page.index(book.number(reported))


def test_who_keeps_the_list_finds_no_such_button(signed_in: As, reported: str) -> None:
    assert "New record" not in words(signed_in("clerk").get("/"))


def test_a_draft_of_what_was_written_since_is_wiped(signed_in: As, reported: str) -> None:
    clerk = Account.objects.get(username="clerk")
    drafts.save(clerk, f"case/{reported}/step/receive_record", {"key": ["k"]}, now() - 60)
    assert "Record received" in words(signed_in("clerk").get("/drafts/"))
    write("clerk", reported, "receive_record")
    assert "You have no drafts." in words(signed_in("clerk").get("/drafts/"))
    assert drafts.mine(clerk) == ()


# ------------------------------------------------------------------------------------- lists without boxes
def a_row(**more: Any) -> WorkRow:
    return WorkRow("", None, "", "1", more.pop("next", ""), "", "", "", **more)


def test_on_a_list_without_boxes_late_stands_before_due_and_due_before_what_can_be_done() -> None:
    late, soon, later = a_row(due=9, late=True), a_row(due=20), a_row(due=90)
    doable, still = a_row(next="Answer"), a_row()
    keys = [order.pressing_key(r) for r in (late, soon, later, doable)]
    assert [k for k in keys if k is not None] == sorted(k for k in keys if k is not None)
    assert order.pressing_key(still) is None


def test_what_presses_comes_first_and_the_day_that_is_kept_is_not_told(reported: str) -> None:
    older, newer = reported, again(reported)
    officer = Account.objects.get(username="officer")
    wanted = {older: 0}

    def urgency(r: book.Row) -> tuple[int, ...] | None:
        return (wanted[r.case],) if r.case in wanted else None

    first = book.worklist(officer, "lisboa", PROGRAMME, role="police", size=1, urgency=urgency)
    assert [r.case for r in first.rows] == [older] and first.after == f"0.{older}"
    rest = book.worklist(
        officer, "lisboa", PROGRAMME, after=first.after, role="police", size=1, urgency=urgency
    )
    assert [r.case for r in rest.rows] == [newer] and rest.after == ""


def again(case: str) -> str:
    """Another record of the same officer, of the same content."""
    officer = Account.objects.get(username="officer")
    told = {f.name: f.value for f in book.look(officer, case, "t").view.facts}
    asked = {
        "occurred_at",
        "area",
        "substances",
        "seized",
        "own_use",
        "age",
        "home",
        "appointment",
        "language",
    }
    do = Do("report", facts={k: v for k, v in told.items() if k in asked}, handed=("summons",))
    request = Request("steps", officer.pk, "police", (do,), door="police_record")
    done = book.record(officer, None, request, "again", programme=PROGRAMME, site="lisboa")
    assert isinstance(done, book.Recorded), done
    return done.case_id


def test_who_reads_no_names_is_told_that_the_name_is_hidden(signed_in: As, reported: str) -> None:
    hidden, read = (rows.row(at_the_desk(x, now()), listed(x)[0]) for x in ("officer", "clerk"))
    assert hidden.hidden and not hidden.initials
    assert read.initials == "A. E." and not read.hidden
    page = words(signed_in("officer").get("/"))
    assert f"{book.number(reported)} name hidden" in page


def listed(login: str) -> tuple[book.Row, ...]:
    at = at_the_desk(login, now())
    return book.worklist(at.account, at.site, PROGRAMME, role=at.role, now=at.now).rows


def test_a_case_is_drawn_once_a_page_however_often_it_is_asked_for(reported: str) -> None:
    at = at_the_desk("clerk", now())
    draw, found = rows.drawing(at), listed("clerk")[0]
    assert draw(found) is draw(found._replace(after="elsewhere"))


def test_a_longer_list_asks_the_database_no_more_often(signed_in: As, reported: str) -> None:
    officer = signed_in("officer")
    once, _warm = asked_of_the_database(officer), again(reported)
    assert asked_of_the_database(officer) <= once
    assert words(officer.get("/")).count("name hidden") == 2


def asked_of_the_database(client: Client) -> int:
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    return len(asked)


def test_a_time_that_is_only_over_stands_behind_what_somebody_is_late_with() -> None:
    scene: Any = SimpleNamespace(clock=Clockwork("Europe/Lisbon", 86400 * 9))
    over: Any = SimpleNamespace(kind="legal", state="late", due=86400 * 3, waits=True)
    late: Any = SimpleNamespace(kind="target", state="late", due=86400 * 3, waits=False)
    assert order._rank_of(scene, late) < order._rank_of(scene, over)


def test_who_waits_by_the_minute_stands_before_what_is_days_late() -> None:
    scene: Any = SimpleNamespace(clock=Clockwork("Europe/Lisbon", 86400 * 9 + 3600 * 10))

    def ranked(due: int, kind: str = "target", state: str = "running") -> int:
        clock: Any = SimpleNamespace(kind=kind, state=state, due=due, waits=False)
        return order._rank_of(scene, clock)

    half_past, long_ago, tonight = scene.clock.now + 1800, scene.clock.now - 3 * 86400, 86400 * 10 - 3601
    assert ranked(half_past) == order.HERE < ranked(long_ago, state="late") == order.LATE_HOUSE
    assert ranked(scene.clock.now - 3600, state="late") == order.HERE
    assert ranked(tonight) == order.HOUSE_TODAY and ranked(half_past, "legal") == order.LAW_TODAY


# ------------------------------------------------------------------------------------------ two posts of one person
def test_what_is_late_at_ones_other_post_is_told_on_this_list(signed_in: As, reported: str) -> None:
    officer = Account.objects.get(username="officer")
    first = Post.objects.get(account=officer)
    Post.objects.create(
        account=officer, site=first.site, programme=PROGRAMME, role="clerk", from_day=first.from_day
    )
    said = words(signed_in("officer").get("/"))
    assert "Coordinator" in said and "nothing due today" in said
    hour = hour_of(reported)
    there = Here(officer, first, tuple(Post.objects.filter(account=officer)), hour + 3 * 86_400)
    (other,) = elsewhere(there)
    assert other.due == "1 thing today" and other.what.startswith("Coordinator")


def test_with_one_post_nothing_is_said_of_others(signed_in: As, reported: str) -> None:
    assert "Work here" not in words(signed_in("clerk").get("/"))
