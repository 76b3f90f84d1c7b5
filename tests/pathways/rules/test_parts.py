"""The parts that decided (section 6.4), what is asked next, and dated law (6.5)."""

import datetime
from typing import Any

import pytest

from amparo.pathways.rules import Answer, Records, Some, check_rules, compile_rule, first_true, period_fault
from tests.pathways.rules.world import ROWS, SCOPE, asked, day, explained, known, made


def texts(answer: Answer) -> list[str]:
    return [leaf.text for leaf in answer.leaves]


@pytest.mark.parametrize(
    ("rule", "facts", "parts"),
    [
        ("a && b && c", {"a": False, "b": True, "c": False}, ["a", "c"]),
        ("a && b && c", {"a": True, "b": True, "c": True}, ["a", "b", "c"]),
        ("a && b && c", {"a": True, "b": None, "c": None}, ["b", "c"]),
        ("a && b && c", {"a": None, "b": None, "c": False}, ["c"]),
        ("a || b || c", {"a": True, "b": None, "c": True}, ["a", "c"]),
        ("a || b || c", {"a": False, "b": False, "c": False}, ["a", "b", "c"]),
        ("a || b || c", {"a": False, "b": None, "c": False}, ["b"]),
        ("!(a && b)", {"a": False, "b": True}, ["a"]),
        ("a ? b : c", {"a": True, "b": False}, ["a", "b"]),
        ("a ? b : c", {"b": False, "c": True}, ["a"]),
        ("a ? b : c", {"b": False, "c": False}, ["b", "c"]),
        ("age >= 16 && (a || b)", {"age": 15, "a": None, "b": None}, ["age >= 16"]),
        ("age >= 16 && (a || b)", {"age": 17, "a": False, "b": None}, ["b"]),
    ],
)
def test_only_the_parts_that_decided_are_named(rule: str, facts: dict[str, Any], parts: list[str]) -> None:
    assert texts(explained(rule, **facts)) == parts


def heavy(mass: int | None, weighed: bool | None = True) -> dict[str, Any]:
    return {"mass": mass, "weighed": weighed, "substance": "heroin"}


@pytest.mark.parametrize(
    ("quantifier", "items", "parts"),
    [
        ("exists", [heavy(1), heavy(9), heavy(None), heavy(8)], [(1,), (3,)]),
        ("exists", [heavy(1), heavy(2)], [(0,), (1,)]),
        ("exists", [heavy(1), heavy(None)], [(1,)]),
        ("all", [heavy(9), heavy(1), heavy(None)], [(1,)]),
        ("all", [heavy(9), heavy(8)], [(0,), (1,)]),
        ("all", [heavy(9), heavy(None)], [(1,)]),
    ],
)
def test_the_items_that_decided_are_numbered(
    quantifier: str, items: list[Any], parts: list[tuple[int, ...]]
) -> None:
    answer = explained(f"items.{quantifier}(i, i.mass > limit)", items=Records(tuple(items)), limit=5)
    assert [leaf.items for leaf in answer.leaves] == parts


@pytest.mark.parametrize("items", [None, Records(()), Records((), open=True)])
def test_the_list_itself_decides_where_it_is_unknown_empty_or_open(items: Any) -> None:
    answer = explained("items.exists(i, i.weighed)", items=items)
    assert texts(answer) == ["items"]
    assert answer.asks == (() if answer.value is False else ("items",))


def test_a_leaf_tells_what_it_read() -> None:
    leaf = explained("times.report + 1 > age", times_report=3, age=2).leaves[0]
    assert (leaf.span, leaf.names, leaf.why, leaf.answer) == ((0, 22), ("times.report", "age"), "value", True)
    assert leaf.values == (("times.report", 3), ("age", 2))


def test_a_leaf_inside_lists_tells_the_fields_it_read() -> None:
    rule = "items.exists(i, i.mass > ten_day[i.substance].amount)"
    leaf = explained(rule, items=Records((heavy(2_000_000),)), ten_day=ROWS).leaves[0]
    assert leaf.names == ("items", "ten_day")
    assert dict(leaf.values)["ten_day[i.substance].amount"] == 1_000_000
    assert dict(leaf.values)["i.mass"] == 2_000_000


def test_two_lists_give_two_numbers() -> None:
    items = Records(({"grounds": Some(())}, {"grounds": Some(("late", "missed"))}))
    answer = explained("items.exists(i, i.grounds.exists(g, g == 'missed'))", items=items)
    assert answer.leaves[0].items == (1, 1)


@pytest.mark.parametrize(
    ("rule", "facts", "why", "asks"),
    [
        ("a", {}, "not known", ("a",)),
        ("mass > limit", {"mass": 1}, "setting not entered", ("limit",)),
        ("mass > limit", {}, "not known", ("mass", "limit")),
        ("mass > limit", {"limit": 1}, "not known", ("mass",)),
        ("ten_day[substance].conflict", {"ten_day": ROWS, "substance": "khat"}, "no value", ()),
        ("ten_day[substance].conflict", {"substance": "khat"}, "not known", ("law date",)),
        ("ten_day[substance].conflict", {"ten_day": ROWS}, "not known", ("substance",)),
        ("substance in ten_day", {"substance": "khat"}, "not known", ("law date",)),
        ("age + 1 > 0", {"age": 2**63 - 1}, "error", ()),
        ("'late' in grounds", {"grounds": Some((), open=True)}, "not known", ("grounds",)),
        ("'late' in watched", {}, "setting not entered", ("watched",)),
        ("substance in ['khat', other_substance]", {"substance": "mdma"}, "not known", ("other_substance",)),
        ("(a ? age : other_age) > 3", {"a": True, "other_age": 4}, "not known", ("age",)),
        ("(a ? age : other_age) > 3", {"age": 3, "other_age": 4}, "not known", ("a",)),
        ("(a || b) == c", {"a": False, "c": True}, "not known", ("b",)),
    ],
)
def test_what_is_lacking_says_why_and_whom_to_ask(
    rule: str, facts: dict[str, Any], why: str, asks: Any
) -> None:
    answer = explained(rule, **facts)
    assert answer.value is None
    assert ([leaf.why for leaf in answer.leaves], answer.asks) == ([why], asks)


def test_nothing_is_asked_once_the_answer_is_there() -> None:
    assert made("a && b").asks({"a": False}.get, day) == ()
    assert made("a && b").asks({"a": True}.get, day) == ("b",)


def test_a_fact_that_cannot_decide_any_more_is_not_asked() -> None:
    assert made("(a && b) || c").asks({"a": False}.get, day) == ("c",)


def test_the_mask_and_the_explanation_name_the_same_leaves() -> None:
    compiled = made("a && (b || age > 3)", None)
    value, mask = compiled.rule({"a": True, "b": None, "age": 2}.get, day)
    assert value is None
    assert [site.text for site in compiled.leaves_of(mask)] == ["b"]


# ---------------------------------------------------------------------------------------------- through rules
def test_a_leaf_knows_the_rules_it_was_reached_through() -> None:
    rules = {"offence": "a && !excluded", "excluded": "items.exists(i, i.mass > limit)"}
    answer = explained("offence && b", rules, a=True, b=True, items=Records((heavy(9),)), limit=5)
    assert [(leaf.text, leaf.through) for leaf in answer.leaves] == [
        ("i.mass > limit", ("offence", "excluded"))
    ]


def test_a_rule_named_twice_is_written_once() -> None:
    compiled = made("one || two", {"shared": "a && b", "one": "shared", "two": "shared && c"})
    assert [site.text for site in compiled.sites].count("a") == 1


def test_a_rule_reads_what_its_rules_read() -> None:
    compiled = made("one || c", {"one": "two && age > 3", "two": "substance in ten_day"})
    assert compiled.reads == {"age", "c", "law date", "substance", "ten_day"}


# ---------------------------------------------------------------------------------------------- dated law
D = datetime.date
VERSIONS = [(D(2001, 7, 1), D(2023, 9, 30), "a && old_rule"), (D(2023, 10, 1), None, "false")]


@pytest.mark.parametrize(
    ("law", "facts", "answer"),
    [
        (D(2023, 9, 30), {"a": True, "old_rule": True}, True),
        (D(2001, 7, 1), {"a": True}, None),
        (D(2023, 10, 1), {"a": True, "old_rule": True}, False),
        (D(2001, 6, 30), {"a": True, "old_rule": True}, None),
        (None, {"a": True, "old_rule": True}, None),
        (None, {"a": False}, False),
    ],
)
def test_the_law_of_the_day_is_applied(law: Any, facts: dict[str, Any], answer: Any) -> None:
    assert asked("dated", {"dated": VERSIONS}, law_date=law, **facts) is answer


def test_the_law_date_is_asked_where_the_versions_differ() -> None:
    answer = explained("dated && b", {"dated": VERSIONS}, a=True, old_rule=True, b=True)
    assert answer.asks == ("law date",)
    assert [(leaf.names, leaf.through) for leaf in answer.leaves] == [(("law date",), ("dated",))]


def test_what_all_versions_say_needs_no_law_date() -> None:
    answer = explained("dated", {"dated": VERSIONS}, a=False)
    assert [(leaf.text, leaf.version) for leaf in answer.leaves] == [("a", 0), ("false", 1)]


def test_a_version_without_a_text_has_no_answer() -> None:
    gap = [(None, D(2020, 1, 1), "a"), (D(2020, 1, 2), None, None)]
    assert asked("dated", {"dated": gap}, a=True, law_date=D(2019, 1, 1)) is True
    assert asked("dated", {"dated": gap}, a=True) is None
    answer = explained("dated", {"dated": gap}, a=True, law_date=D(2021, 1, 1))
    assert (answer.value, [leaf.why for leaf in answer.leaves], answer.asks) == (None, ["no value"], ())


def test_a_dated_rule_may_be_asked_itself() -> None:
    rules = check_rules({"dated": VERSIONS}, SCOPE)
    compiled = compile_rule(rules["dated"], rules)
    assert compiled.verdict(known({"law_date": D(2024, 1, 1)}).get, day) is False
    assert "law date" in compiled.reads


@pytest.mark.parametrize(
    ("periods", "number", "says", "remedy"),
    [
        ([(D(2001, 1, 1), D(2023, 10, 1)), (D(2023, 10, 1), None)], 1, "overlap on 2023-10-01", "2023-09-30"),
        (
            [(D(2001, 1, 1), D(2023, 9, 28)), (D(2023, 10, 1), None)],
            1,
            "covers 2023-09-29 to 2023-09-30",
            "none",
        ),
        ([(D(2001, 1, 1), None), (D(2023, 10, 1), None)], 1, "overlap", "2023-09-30"),
        ([(D(2001, 1, 1), D(2000, 1, 1))], 0, "before it begins", "2001-01-01"),
        ([(None, D(2023, 9, 30)), (None, None)], 1, "no first day", "from"),
        ([(D.min, None), (D.min, None)], 1, "overlap", ""),
    ],
)
def test_versions_that_overlap_or_leave_a_gap_are_named(
    periods: Any, number: int, says: str, remedy: str
) -> None:
    found = period_fault(periods)
    assert found is not None
    assert (found[0], says in found[1], remedy in found[2]) == (number, True, True)


def test_versions_that_follow_one_another_are_right() -> None:
    assert (
        period_fault([(None, D(2023, 9, 30)), (D(2023, 10, 1), D(2024, 1, 1)), (D(2024, 1, 2), None)]) is None
    )


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([(False, "x"), (True, "y"), (True, "z")], "y"),
        ([(None, "x"), (True, "y")], None),
        ([(None, "y"), (False, "x"), (None, "y"), (True, "y")], "y"),
        ([(None, "y"), (None, "x"), (True, "y")], None),
        ([(False, "x"), (None, "y")], None),
        ([], None),
    ],
)
def test_the_first_true_row_is_taken(rows: Any, value: Any) -> None:
    assert first_true(rows) == value
