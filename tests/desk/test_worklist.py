"""What comes first in the morning, whose it is, and what the officer finds at home."""

from __future__ import annotations

from datetime import datetime

import pytest

from amparo.cases.model import Request
from amparo.desk.where import Here
from amparo.desk.worklist import order, view
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
    return next(view.row(at, r) for r in listed if r.case == case)


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
