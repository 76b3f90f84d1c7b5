"""What we or a service owe the person presses like a clock: on the list, in its boxes and on the file."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.cases.model import Obligation
from amparo.cases.read import owed_to_the_person
from amparo.desk import line, owing
from amparo.desk.worklist import order, view
from amparo.desk.worklist.rows import row as row_of_list
from amparo.ledger import book, casefile, summary
from amparo.pathways import calendar
from tests.desk.conftest import PROGRAMME, ZONE, now
from tests.desk.test_worklist import at_the_desk, write

DAY = 86_400


def tonight(days: int = 0) -> int:
    return calendar.last_second(calendar.day_of(now() + days * DAY, str(ZONE)), str(ZONE))


def owed(days: int = 0, kind: str = "help", state: str = "agreed") -> Obligation:
    return Obligation("o-1", kind, state, {}, "service", tonight(days), (), now() - 9 * DAY)


def row(case: str, *found: Obligation) -> book.Row:
    at = at_the_desk("clerk", now())
    rows = book.worklist(at.account, at.site, PROGRAMME, None, "", role="clerk", now=at.now).rows
    one = next(r for r in rows if r.case == case)
    clocks = tuple(c for c in one.view.clocks if c.state == "late")
    return one._replace(view=one.view._replace(obligations=found, clocks=clocks))


def drawn(case: str, *found: Obligation) -> Any:
    return row_of_list(at_the_desk("clerk", now()), row(case, *found))


def test_what_is_due_today_counts_as_due_today(reported: str) -> None:
    found = drawn(reported, owed())
    assert found.rank == order.HOUSE_TODAY or found.here
    assert found.next == "Help from a public health service" and not found.late


def test_what_was_due_yesterday_is_late(reported: str) -> None:
    scene = line.scene_of(at := at_the_desk("clerk", now()), seen(row(reported, owed(-1)), at))
    assert owing.late(scene, owed(-1)) and order.rank_owed(scene, owed(-1)) == order.LATE_HOUSE
    coming = line.next_of(scene)
    assert coming is not None and coming.time is not None and coming.time.mood == "late"
    assert coming.href == f"/case/{reported}/obligations/" and "Owed to the person" in coming.rule


def seen(r: book.Row, at: Any) -> book.Seen:
    return book.Seen(r.view, r.record, "", at.site, (at.role,))


@pytest.mark.parametrize(("kind", "state"), [("conditions", "agreed"), ("help", "met")])
def test_what_the_person_owes_and_what_is_done_press_nobody(reported: str, kind: str, state: str) -> None:
    held = casefile.load(reported)
    assert owed_to_the_person(held.pathway, (owed(0, kind, state),)) == ()
    assert drawn(reported, owed(0, kind, state)).next != drawn(reported, owed()).next


def test_the_list_is_kept_by_the_day_of_what_is_owed(reported: str) -> None:
    case = casefile.load(reported).case
    with_it = case._replace(obligations={"o-1": owed(-2)})
    yesterday = calendar.day_of(now() - 2 * DAY, str(ZONE))
    assert summary.due_day(with_it, now()) == summary.day_number(yesterday) < summary.due_day(case, now())


def test_a_search_and_a_box_change_no_count(reported: str) -> None:
    at = at_the_desk("clerk", now() + 9 * DAY)
    found = row(reported)
    asked = [
        view.Asked(None, "", False, ""),
        view.Asked(0, "", False, ""),
        view.Asked(None, "", False, "Alex"),
    ]
    tiles = [
        view.page(at, x, rows, {found.box: 1}, "", (found,)).tiles for x in asked for rows in ((found,), ())
    ]
    counts = {tuple((t.n, t.late, t.note) for t in each) for each in tiles}
    assert len(counts) == 1


def test_the_box_that_says_late_opens_with_what_is_late(reported: str) -> None:
    at = at_the_desk("clerk", now() + 9 * DAY)
    rows = book.worklist(at.account, at.site, PROGRAMME, None, "", role="clerk", now=at.now).rows
    page = view.page(at, view.Asked(None, "", False, ""), rows, {rows[0].box: 1}, "")
    late = [t for t in page.tiles if t.late]
    assert len(late) == 1 and sum(r.late for r in page.rows) == 1
    box = int(late[0].href.partition("=")[2])
    inside = book.worklist(at.account, at.site, PROGRAMME, box, "", role="clerk", now=at.now).rows
    assert any(row_of_list(at, r).late for r in inside)


def test_a_row_counts_as_late_only_if_it_shows_so(reported: str) -> None:
    write("clerk", reported, "receive_record")
    at = at_the_desk("clerk", now() + 9 * DAY)
    rows = book.worklist(at.account, at.site, PROGRAMME, None, "", role="clerk", now=at.now).rows
    shown = [row_of_list(at, r) for r in rows]
    assert shown and all(r.late == (r.time is not None and r.time.mood == "late") for r in shown)
