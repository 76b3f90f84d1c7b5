"""A standing party has no part in a case before something of it was sent to them."""

from amparo.cases.model import Request
from amparo.ledger import ties
from tests.lens import cast


def test_nobody_outside_is_told_by_a_decision_alone() -> None:
    case = cast.in_treatment().case
    assert case is not None
    assert {one.to for one in case.notices.values()} >= {"register", "service"}
    assert ties.told_roles(case) == {"person"}


def test_who_was_sent_a_notice_is_told_from_then_on() -> None:
    story = cast.grown()
    assert story.case is not None
    due = next(one for one in story.case.notices.values() if one.to == "service")
    story.do(Request("send", "k1", "clerk", args={"id": due.id, "how": "secure_mail"}))
    assert ties.told_roles(story.case) == {"person", "service"}
