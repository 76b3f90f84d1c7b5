"""The skeleton of a rule, the cases it tells apart (D1 to D3), and facts read without their guard (R4)."""

import datetime
from collections import Counter
from typing import Any

import pytest

from amparo.pathways.rules import Declaration, Scope, check, codes, compile_rule, unguarded
from amparo.pathways.rules.possible import cases, groups, sampled, size
from tests.pathways.rules.world import DECLARED, day, made

D = datetime.date


def atom(text: str) -> Any:
    (found,) = made(text).atoms
    return found


@pytest.mark.parametrize(
    ("text", "subject", "op", "constants", "least"),
    [
        ("age >= 16", "age", ">=", (16,), 0),
        ("16 > age", "age", "<", (16,), 0),
        ("16 >= age", "age", "<=", (16,), 0),
        ("16 < age", "age", ">", (16,), 0),
        ("16 <= age", "age", ">=", (16,), 0),
        ("16 != age", "age", "!=", (16,), 0),
        ("times.report + times.suspend == 0", "times.report + times.suspend", "==", (0,), 0),
        ("age - other_age == 0", "age - other_age", "==", (0,), None),
        ("substance == 'khat'", "substance", "==", ("khat",), None),
        ("substance in ['khat', 'mdma']", "substance", "in", ("khat", "mdma"), None),
        ("late.exam", "late.exam", "is", (True,), None),
        ("ten_day[substance].conflict", "ten_day[substance].conflict", "is", (True,), None),
        ("mass > limit", "mass > limit", "", (), None),
        ("items.exists(i, i.weighed)", "items.exists(i, i.weighed)", "", (), None),
        ("substance in ['khat', other_substance]", "substance in ['khat', other_substance]", "", (), None),
    ],
)
def test_an_atom_says_what_is_compared(text: str, subject: str, op: str, constants: Any, least: Any) -> None:
    found = atom(text)
    assert (found.subject, found.op, found.constants, found.least) == (subject, op, constants, least)


def test_atoms_of_one_meaning_are_one() -> None:
    compiled = made("rule && (age>=16 || a)", {"rule": "16  <= age && !a"})
    assert [found.key for found in compiled.atoms] == ["age >= 16", "a"]


def test_the_skeleton_is_asked_with_answers() -> None:
    compiled = made("a && (age >= 16 || b)")
    assert [found.key for found in compiled.atoms] == ["a", "age >= 16", "b"]
    assert compiled.verdict_of([True, False, None]) is None
    assert compiled.verdict_of([False, None, None]) is False
    assert compiled.verdict_of([True, None, True]) is True


def test_versions_are_atoms_of_the_law_date() -> None:
    versions = [(D(2001, 7, 1), D(2023, 9, 30), "a"), (D(2023, 10, 1), None, "false")]
    compiled = made("dated", {"dated": versions})
    assert [found.key for found in compiled.atoms] == [
        "a",
        "law date 2001-07-01..2023-09-30",
        "law date 2023-10-01..",
    ]
    answers = Counter(compiled.verdict_of(list(case.values())) for case in cases(groups(compiled.atoms)))
    assert answers == {True: 1, False: 3, None: 2}
    assert compiled.verdict_of([False, None, None]) is False
    assert compiled.verdict_of([True, None, None]) is None


def rows(text: str, silent: tuple[str, ...] = ()) -> set[tuple[Any, ...]]:
    return {tuple(case.values()) for case in cases(groups(made(text).atoms, silent))}


def test_comparisons_of_one_number_cut_its_line() -> None:
    assert rows("age >= 16 || age < 18") == {(False, True), (True, True), (True, False)}


def test_counts_begin_at_nothing() -> None:
    assert rows("times.report == 0 || times.report > 0") == {(True, False), (False, True)}
    assert rows("age > -5") == {(True,)}


def test_a_line_has_no_value_between_two_neighbours() -> None:
    assert rows("age > 1 && age < 2") == {(False, True), (True, False)}
    assert rows("share > 1.0 && share < 2.0") == {(False, True), (True, True), (True, False)}


def test_codes_range_over_their_list() -> None:
    assert rows("substance == 'khat' || substance in ['khat', 'mdma']") == {
        (True, True),
        (False, True),
        (False, False),
    }


def test_who_will_not_say_leaves_all_atoms_of_a_fact_open() -> None:
    assert (None, None) in rows("age >= 16 || age < 18", silent=("age",))
    assert (None, True) not in rows("age >= 16 || age < 18", silent=("age",))


def test_the_number_of_cases_is_known_before_they_are_gone_through() -> None:
    found = groups(made("a && b && age >= 16 && age < 18").atoms)
    assert size(found) == 2 * 2 * 3 == len(list(cases(found)))


def test_cases_drawn_are_cases_and_the_same_each_time() -> None:
    found = groups(made("a && b && age >= 16 && age < 18").atoms)
    assert list(sampled(found, 20)) == list(sampled(found, 20))
    assert all(case in list(cases(found)) for case in sampled(found, 20))


@pytest.mark.parametrize(
    ("rule", "guarded"),
    [
        ("a && b", True),
        ("b && a", True),
        ("!a || b", True),
        ("b", False),
        ("c || b", False),
        ("c && b", False),
        ("a ? b : c", True),
        ("(a || c) && b", False),
        ("c", True),
    ],
)
def test_a_fact_read_without_its_guard_is_found(rule: str, guarded: bool) -> None:
    """b applies only where a is true."""
    found = unguarded(made(rule), "b", made("a"))
    assert (found is None) == guarded
    assert found is None or (found["a"] is False and found["b"] is None)


def test_a_guard_may_be_another_comparison_of_the_same_fact() -> None:
    assert unguarded(made("substance == 'khat' && b"), "b", made("substance in ['khat', 'mdma']")) is None
    assert unguarded(made("substance != 'khat' && b"), "b", made("substance in ['khat', 'mdma']")) is not None


def test_a_rule_with_too_many_cases_is_tried_on_some() -> None:
    many = " || ".join(f"times.report == {n} && age == {n} && other_age == {n}" for n in range(60))
    assert unguarded(made(f"({many}) || c || b"), "b", made("a")) is not None


def test_codes_reach_the_source_as_constants_only() -> None:
    words = ('"); raise SystemExit #', "{x}", "{0}", '"""')
    scope = Scope({**DECLARED, "odd": Declaration("fact", codes(words))})
    text = " || ".join(f"odd == '{word}'" for word in words)
    compiled = compile_rule(check(text, scope))
    assert [compiled.verdict({"odd": word}.get, day) for word in (*words, "x")] == [True] * 4 + [False]
    assert compiled.explain({"odd": words[0]}.get, day).value is True


def test_the_longest_rules_are_compiled() -> None:
    assert made("||".join(["a"] * 1365)).verdict({"a": True}.get, day) is True
    assert made("a?b:" * 31 + "c").verdict({"a": True, "b": False}.get, day) is False
    assert made("!" * 31 + "a").verdict({"a": True}.get, day) is False
