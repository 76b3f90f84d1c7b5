"""The answers of section 6.2, row by row."""

import datetime
from typing import Any

import pytest

from amparo.pathways.rules import COUNT, Records, Some, codes
from tests.pathways.rules.world import ROWS, SUBSTANCES, asked, day, decimal, explained, made

T, F, N = True, False, None
THREE = (T, F, N)
AND = {(T, T): T, (T, F): F, (T, N): N, (F, T): F, (F, F): F, (F, N): F, (N, T): N, (N, F): F, (N, N): N}
OR = {(T, T): T, (T, F): T, (T, N): T, (F, T): T, (F, F): F, (F, N): N, (N, T): T, (N, F): N, (N, N): N}


@pytest.mark.parametrize(("one", "answer"), [(T, F), (F, T), (N, N)])
def test_not_turns_round_what_is_known(one: Any, answer: Any) -> None:
    assert asked("!a", a=one) is answer


@pytest.mark.parametrize(("one", "other"), AND)
def test_and_needs_both(one: Any, other: Any) -> None:
    assert asked("a && b", a=one, b=other) is AND[one, other]


@pytest.mark.parametrize(("one", "other"), OR)
def test_or_needs_one(one: Any, other: Any) -> None:
    assert asked("a || b", a=one, b=other) is OR[one, other]


@pytest.mark.parametrize(
    ("condition", "yes", "no", "answer"),
    [
        (T, T, F, T),
        (F, T, F, F),
        (N, T, T, T),
        (N, F, F, F),
        (N, T, F, N),
        (N, N, N, N),
        (T, N, T, N),
        (N, T, N, N),
    ],
)
def test_a_choice_on_an_unknown_takes_the_common_answer(
    condition: Any, yes: Any, no: Any, answer: Any
) -> None:
    assert asked("a ? b : c", a=condition, b=yes, c=no) is answer


def test_a_choice_of_values_takes_the_common_value_too() -> None:
    assert asked("(a ? age : other_age) > 15", age=16, other_age=16) is True
    assert asked("(a ? age : other_age) > 15", age=16, other_age=17) is None


@pytest.mark.parametrize(
    "rule", ["age >= 16", "age + 1 == 2", "years_between(born, today) > 1", "date_of(now) == today"]
)
def test_what_leans_on_an_unknown_is_not_known(rule: str) -> None:
    assert asked(rule, today=datetime.date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    ("rule", "facts", "answer"),
    [
        ("age >= 16", {"age": 16}, T),
        ("age < 16", {"age": 16}, F),
        ("16 <= age", {"age": 15}, F),
        ("age != 16", {"age": 15}, T),
        ("share * 2.0 == 0.65", {"share": decimal("0.325")}, T),
        ("share - 0.1 == 0.2", {"share": decimal("0.3")}, T),
        ("mass + other_mass > limit", {"mass": 2, "other_mass": 3, "limit": 4}, T),
        ("2 * mass <= limit", {"mass": 2, "limit": 3}, F),
        ("price == other_price", {"price": 2494, "other_price": 2494}, T),
        ("substance == 'heroin'", {"substance": "khat"}, F),
        ("'heroin' == substance", {"substance": "heroin"}, T),
        ("home == area", {"home": "11", "area": "11"}, T),
        ("ended_at - occurred_at >= duration('30m')", {"ended_at": 4000, "occurred_at": 2200}, T),
        ("occurred_at + duration('1h30m') < ended_at", {"ended_at": 5401, "occurred_at": 0}, T),
        ("duration('-1s') + ended_at < now", {"ended_at": 10, "now": 10}, T),
        ("times.report + times.suspend == 0", {"times_report": 0, "times_suspend": 0}, T),
        ("last.decision == ''", {"last_decision": ""}, T),
        (
            "born < decided_on",
            {"born": datetime.date(2000, 1, 1), "decided_on": datetime.date(1999, 1, 1)},
            F,
        ),
        (
            "days_between(born, decided_on) == 366",
            {"born": datetime.date(2024, 1, 1), "decided_on": datetime.date(2025, 1, 1)},
            T,
        ),
        ("a == b", {"a": F, "b": F}, T),
        ("-5 < age", {"age": 0}, T),
    ],
)
def test_known_values_are_compared(rule: str, facts: dict[str, Any], answer: Any) -> None:
    assert asked(rule, **facts) is answer


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2008-02-29", "2025-02-28", 16),
        ("2008-02-29", "2025-03-01", 17),
        ("2008-06-01", "2024-05-31", 15),
        ("2008-06-01", "2024-06-01", 16),
        ("2024-06-01", "2008-06-01", -16),
    ],
)
def test_years_are_counted_as_an_age(born: str, on: str, age: int) -> None:
    facts = {"born": datetime.date.fromisoformat(born), "decided_on": datetime.date.fromisoformat(on)}
    assert made("years_between(born, decided_on)").verdict(facts.get, day) == age


def test_the_day_of_an_instant_is_the_day_at_the_site() -> None:
    half_past_eleven = 23 * 3600 + 1800
    assert asked("date_of(now) == today", now=half_past_eleven, today=datetime.date(1970, 1, 2)) is True


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("age + 1 > 0", {"age": 2**63 - 1}),
        ("age * age > 0", {"age": 2**40}),
        ("mass - other_mass < limit", {"mass": -(2**62), "other_mass": 2**63 - 1, "limit": 0}),
        ("now + stay > now", {"now": 253_402_300_000, "stay": 3600}),
        ("share * other_share > 0.0", {"share": decimal("9" * 40), "other_share": decimal("9" * 40)}),
        ("date_of(now) == today", {"now": 10**13, "today": datetime.date(2024, 1, 1)}),
    ],
)
def test_an_overflow_is_an_error_and_not_known(rule: str, facts: dict[str, Any]) -> None:
    answer = explained(rule, **facts)
    assert answer.value is None
    assert [leaf.why for leaf in answer.leaves] == ["error"]


@pytest.mark.parametrize(
    ("grounds", "answer"),
    [
        (Some(("missed",)), T),
        (Some(("late",)), F),
        (Some(()), F),
        (Some(("late",), open=True), N),
        (Some(("missed",), open=True), T),
        (Some(("late", None)), N),
        (Some((None, "missed")), T),
        (None, N),
    ],
)
def test_a_code_is_in_a_list_that_may_be_open(grounds: Any, answer: Any) -> None:
    assert asked("'missed' in grounds", grounds=grounds) is answer


@pytest.mark.parametrize(
    ("substance", "other", "answer"),
    [("khat", N, T), ("mdma", "mdma", T), ("mdma", "heroin", F), ("mdma", N, N), (N, "mdma", N)],
)
def test_a_written_list_may_hold_facts(substance: Any, other: Any, answer: Any) -> None:
    assert (
        asked("substance in ['khat', other_substance]", substance=substance, other_substance=other) is answer
    )


def test_an_unknown_code_is_in_no_list_yet() -> None:
    assert asked("substance in ['khat', 'mdma', 'heroin', 'cannabis']") is None


@pytest.mark.parametrize(
    ("rows", "substance", "answer"),
    [(ROWS, "heroin", T), (ROWS, "khat", F), (ROWS, N, N), (N, "heroin", N)],
)
def test_a_code_is_in_a_table_where_its_row_exists(rows: Any, substance: Any, answer: Any) -> None:
    assert asked("substance in ten_day", ten_day=rows, substance=substance) is answer


@pytest.mark.parametrize(
    ("rows", "substance", "answer"),
    [(ROWS, "heroin", T), (ROWS, "khat", N), (ROWS, "mdma", N), (ROWS, N, N), (N, "heroin", N)],
)
def test_a_cell_lacks_with_its_row_its_value_or_its_version(rows: Any, substance: Any, answer: Any) -> None:
    assert (
        asked("mass > ten_day[substance].amount", mass=2_000_000, ten_day=rows, substance=substance) is answer
    )


ONE = {"mass": 5, "weighed": True}
TWO = {"mass": 1, "weighed": False}
DIM = {"mass": None, "weighed": None}


@pytest.mark.parametrize(
    ("items", "exists", "every"),
    [
        (N, N, N),
        (Records(()), F, T),
        (Records((), open=True), N, N),
        (Records((ONE, TWO)), T, F),
        (Records((ONE,)), T, T),
        (Records((TWO,)), F, F),
        (Records((ONE,), open=True), T, N),
        (Records((TWO,), open=True), N, F),
        (Records((DIM, ONE)), T, N),
        (Records((DIM, TWO)), N, F),
        (Records(({},)), N, N),
    ],
)
def test_lists_are_asked_item_by_item(items: Any, exists: Any, every: Any) -> None:
    assert asked("items.exists(i, i.mass > 3 * limit)", items=items, limit=1) is exists
    assert asked("items.all(i, i.weighed)", items=items) is every


def test_lists_of_codes_have_items_too() -> None:
    assert asked("grounds.exists(g, g != 'test_result')", grounds=Some(("test_result", "late"))) is True
    assert asked("grounds.exists(g, g != 'test_result')", grounds=Some(("test_result", None))) is None
    assert (
        asked("grounds.all(g, g in watched)", grounds=Some(("late",)), watched=Some(("late", "missed")))
        is True
    )


def test_two_lists_may_be_asked_inside_each_other() -> None:
    rule = "items.all(i, i.grounds.exists(g, g == 'late' && i.weighed))"
    late = {"weighed": True, "grounds": Some(("missed", "late"))}
    assert asked(rule, items=Records((late,))) is True
    assert asked(rule, items=Records((late, {"weighed": True, "grounds": Some((), open=True)}))) is None
    assert asked(rule, items=Records(({"weighed": False, "grounds": Some(("late",))},))) is False


def test_an_unset_setting_is_not_known_and_says_so() -> None:
    answer = explained("old_rule && a", a=True)
    assert (answer.value, answer.leaves[0].why, answer.asks) == (None, "setting not entered", ("old_rule",))


def test_a_rule_may_answer_with_a_value() -> None:
    compiled = made("a ? age : other_age", kind=COUNT)
    assert compiled.verdict({"a": False, "other_age": 7}.get, day) == 7
    assert made("a ? 'heroin' : substance", kind=codes(SUBSTANCES)).verdict({"a": True}.get, day) == "heroin"


def test_a_constant_answers_for_itself() -> None:
    assert asked("false") is False
    assert asked("true || a") is True


def test_a_rule_that_reads_every_name_asks_each_once() -> None:
    names: list[str] = []
    rule = made("a && a && (age > 1 || age < 5)").rule

    def get(name: str) -> Any:
        names.append(name)

    rule(get, day)
    assert names == ["a", "age"]
