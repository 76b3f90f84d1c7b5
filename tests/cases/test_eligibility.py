"""A door explains itself, and asks only what still matters."""

from amparo.cases.eligibility import eligibility
from amparo.cases.model import Nothing_
from tests.lens.cast import HOUR, REPORT, SITE, T, pathway

P = pathway()


def test_with_nothing_told_nothing_is_decided_and_the_question_that_settles_most_comes_first() -> None:
    found = eligibility(P, SITE, "police_record", {}, T)
    assert found.state == "not_known" and found.next in P.facts
    undecided = [v for v in found.criteria if v.verdict is None]
    assert sum(found.next in dict(v.asks) for v in undecided) >= 1


def test_every_criterion_true_opens_the_door() -> None:
    found = eligibility(P, SITE, "police_record", REPORT, T)
    assert found.state == "open" and found.next == ""
    assert all(v.verdict is True and v.because for v in found.criteria)


def test_one_false_criterion_shuts_it_whatever_else_is_not_known() -> None:
    found = eligibility(P, SITE, "police_record", {"own_use": False}, T)
    assert found.state == "not_open"


def test_prefers_not_to_say_never_opens_a_door() -> None:
    found = eligibility(P, SITE, "police_record", {**REPORT, "own_use": Nothing_("not_known")}, T)
    assert found.state == "not_known"


def test_what_is_above_the_table_since_october_2023_shuts_nothing() -> None:
    much = {"items": [{"substance": "heroin", "mass": 9_000_000, "weight": "net"}], "open": False}
    found = eligibility(P, SITE, "police_record", {**REPORT, "substances": much}, T + HOUR)
    assert found.state == "open"
