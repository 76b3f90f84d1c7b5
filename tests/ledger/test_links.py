"""Two cases that hang together: written in both logs, seen only by who may see each, opening nothing."""

from __future__ import annotations

from typing import Any

from amparo.cases.model import Refusal, Request
from amparo.ledger import book
from amparo.ledger.casefile import load
from tests.ledger.conftest import MONDAY, TUESDAY, do, employ, recorded


def link(who: Any, case: str, other: str, kind: str = "same_event", at: int = TUESDAY) -> Any:
    request = Request("link", who.pk, who.posts.get().role, args={"kind": kind, "other": other})
    return book.record(who, case, request, f"link {case} {other} {kind} {at}", now=at)


def linked(case: str) -> list[tuple[str, str, Any]]:
    return [(x["kind"], x["other"], x.get("leads")) for x in load(case).case.links]


def test_a_link_stands_in_both_logs(opened, clerk):
    a, b = opened("a", person=None).case_id, opened("b", person=None).case_id
    recorded(link(clerk, a, b.upper()))
    assert linked(a) == [("same_event", b, None)] and linked(b) == [("same_event", a, None)]
    assert book.verify().faults == () and book.rebuild(TUESDAY) == ()


def test_of_joined_cases_one_leads_and_both_logs_stand(opened, clerk):
    a, b = opened("a", person=None).case_id, opened("b", person=None).case_id
    recorded(link(clerk, a, b, "joined"))
    assert linked(a) == [("joined", b, True)] and linked(b) == [("joined", a, False)]
    recorded(book.record(clerk, b, do("clerk", "drop"), "drop", now=TUESDAY + 60))
    assert (load(a).case.stage, load(b).case.stage) == ("reported", "dropped")
    assert book.read(clerk, a, "", now=TUESDAY + 60).links[0]["other"] == b


def test_a_case_is_not_linked_with_what_is_not_there_nor_with_itself_nor_twice(opened, clerk):
    a, b = opened("a", person=None).case_id, opened("b", person=None).case_id
    for other in ("0000-0000-0000", a):
        refused = link(clerk, a, other)
        assert isinstance(refused, Refusal) and (refused.code, refused.field) == ("no_such", "other")
    recorded(link(clerk, a, b))
    assert isinstance(link(clerk, a, b, at=TUESDAY + 60), Refusal)


def test_a_case_that_one_may_not_see_cannot_be_sounded_by_a_link(opened, clerk, azores):
    case = opened("a", person=None).case_id
    ana = employ("Ana", "clerk", azores)
    request = do("clerk", "walk_in", facts={"seen_at": MONDAY - 60}, door="path")
    far = recorded(
        book.record(ana, None, request, "far", now=MONDAY, programme="garden", site="acores")
    ).case_id
    for other in (far, "0000-0000-0000"):
        refused = link(clerk, case, other)
        assert isinstance(refused, Refusal) and refused.code == "no_such" and refused.because == ()
    assert linked(far) == []


def test_a_case_opened_again_runs_no_clock_that_had_stopped(opened, clerk):
    case = opened("a", person=None).case_id
    recorded(book.record(clerk, case, do("clerk", "invite", "finish"), "end", now=TUESDAY))
    before = {name: [r.state for r in runs] for name, runs in load(case).case.runs.items()}
    recorded(book.record(clerk, case, do("clerk", "take_up"), "again", now=TUESDAY + 3600))
    after = {name: [r.state for r in runs] for name, runs in load(case).case.runs.items()}
    assert before == {"answer": ["met"], "talk": ["met"]}
    assert after == {"answer": ["met"], "talk": ["met", "running"]}
    assert book.worklist(clerk, "lisboa", "garden", now=TUESDAY + 3600).rows[0].case == case
