"""What is no rule is refused by name, at its place, with what to write instead."""

import pytest

from amparo.pathways.rules import RuleFault, parse
from amparo.pathways.rules.tree import Arith, Choice, Compare, Each, Logic, Not
from tests.pathways.rules.world import fault

REFUSED = [
    ("a /* x */", 2, "do not divide", "multiply"),
    ("a // why", 2, "comments", "note"),
    ("age / 2 > 1", 4, "do not divide", "multiply"),
    ("age % 2 == 1", 4, "no remainder", "clock"),
    ("{'a': 1}", 0, "maps", "table"),
    ("a{b: 1}", 1, "maps", "table"),
    ("a = b", 2, "'=' is not a comparison", "=="),
    ("a & b", 2, "'&'", "&&"),
    ("a | b", 2, "'|'", "||"),
    ("age ≥ 16", 4, "'≥'", ">="),
    ("a; b", 1, "one expression", "&&"),
    ("a # b", 2, "'#'", "note"),
    ("a € b", 2, "'€'", "remove"),
    ('substance == "khat"', 13, "double quotes", "'code'"),
    ("substance == ‘khat’", 13, "straight", "'code'"),
    ("substance == 'khat", 13, "not closed", "single quote"),
    ("substance == 'kh\\at'", 13, "'\\'", "as it is declared"),
    ("substance == r'khat'", 13, "raw texts", "'code'"),
    ("substance == b'khat'", 13, "bytes", "'code'"),
    ("substance == '''khat'''", 13, "long quotes", "'code'"),
    ("`a` && b", 0, "quoted names", "as it is declared"),
    ("share > 1e3", 8, "plain decimals", "1000"),
    ("share > .5", 8, "plain decimals", "0.5"),
    ("age > 0x1f", 6, "plain decimals", "255"),
    ("age > 16u", 6, "units", "setting"),
    ("mass > 2.5 g", 7, "units", "setting"),
    ("stay > 72h", 7, "units", "duration('30m')"),
    ("age > 9223372036854775808", 6, "too large", "9223372036854775807"),
    ("a == null", 5, "no null", "not known"),
    ("has(a)", 0, "'has'", "not known"),
    ("size(items) > 1", 0, "'size'", "exists"),
    ("items.size() > 1", 6, "'size'", "exists"),
    ("items.exists_one(i, i.weighed)", 6, "'exists_one'", "exists"),
    ("items.map(i, i.mass)", 6, "'map'", "exists"),
    ("items.filter(i, i.weighed)", 6, "'filter'", "condition inside"),
    ("words.matches('x')", 6, "'matches'", "codes"),
    ("words.startsWith('x')", 6, "'startsWith'", "codes"),
    ("timestamp('2024-01-01T00:00:00Z') < now", 0, "'timestamp'", "setting"),
    ("now.getHours() > 8", 4, "'getHours'", "duration"),
    ("int(share) > 1", 0, "'int'", "kinds never mix"),
    ("type(a) == bool", 0, "'type'", "declared"),
    ("dyn(a)", 0, "'dyn'", "declared"),
    ("frobnicate(a)", 0, "no function is called 'frobnicate'", "years_between"),
    ("items.frobnicate(a)", 6, "no function is called 'frobnicate'", "exists"),
    ("exists(items, a)", 0, "the other way", "list.exists"),
    ("now.date_of()", 4, "the other way", "without a list"),
    ("items.exists(i)", 14, "','", "exists(i, condition on i)"),
    ("items.exists(i, j, i.weighed)", 17, "one name and one condition", "exists(i, condition on i)"),
    ("items.exists(1, a)", 13, "wants a name", "exists(i, condition on i)"),
    ("items.exists(i, a", 17, "')'", "exists(i, condition on i)"),
    ("items.?mass > 1", 5, "optional", "not known"),
    ("ten_day[?substance].amount > limit", 7, "optional", "not known"),
    (".a && b", 0, "begin with a dot", "as it is declared"),
    ("a.1 > 2", 1, "plain decimals", "0.5"),
    ("a. && b", 3, "after the dot", "field"),
    ("age < 16 < 18", 9, "follow one another", "&&"),
    ("-age < 0", 0, "minus", "0 - name"),
    ("a and b", 2, "'and'", "&&"),
    ("a or b", 2, "'or'", "||"),
    ("a not b", 2, "'not'", "!"),
    ("a b", 2, "'b' is not expected", "&&"),
    ("if a", 0, "reserved", "?"),
    ("var > 1", 0, "reserved", "rename"),
    ("in a", 0, "reserved", "rename"),
    ("", 0, "too early", "name"),
    ("a &&", 4, "too early", "name"),
    ("a && )", 5, "')' stands where a value", "name"),
    ("(a", 2, "')'", "close"),
    ("a)", 1, "')' is not expected", "&&"),
    ("substance in ['khat'", 20, "']'", "close"),
    ("ten_day[substance", 17, "']'", "close"),
    ("a ? b", 5, "':'", "one : other"),
    ("duration('3 days') < stay", 9, "'3 days' is not a duration", "h, m and s"),
    ("duration('1.5h') < stay", 9, "'1.5h' is not a duration", "whole numbers"),
    ("duration('') < stay", 9, "not a duration", "30m"),
    ("duration(age) < stay", 0, "one text", "30m"),
    ("duration('99999999h') < stay", 9, "too long", "ten thousand years"),
    ("date_of(now, now) == today", 0, "takes 1, not 2", "date_of(instant)"),
    ("years_between(born) > 1", 0, "takes 2, not 1", "years_between(from, to)"),
]


@pytest.mark.parametrize(("text", "offset", "says", "remedy"), REFUSED)
def test_forms_outside_the_language_are_refused_by_name(
    text: str, offset: int, says: str, remedy: str
) -> None:
    found = fault(text)
    assert (found.offset, found.code) == (offset, "R1")
    assert says in found.message
    assert remedy in found.remedy


def test_the_text_of_a_fault_ends_with_the_remedy() -> None:
    assert str(fault("a & b")) == "'&' is not an operator of rules · write &&"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 33 + "a" + ")" * 33,
        "!" * 33 + "a",
        " + ".join(["age"] * 34) + " == 0",
        "a ? b : " * 33 + "c",
        "substance in " + "[" * 40,
        "(" * 2000,
        "!(" * 1300,
        "ten_day[" * 500,
        "a.exists(i, " * 300,
    ],
)
def test_what_is_too_deep_is_refused_before_it_is_gone_into(text: str) -> None:
    with pytest.raises(RuleFault, match="deeper than 32|more than two"):
        parse(text)


def test_thirty_two_levels_are_read() -> None:
    assert parse("!" * 31 + "a").depth == 32
    assert parse("(" * 31 + "a" + ")" * 31).depth == 1


def test_a_long_chain_of_conditions_is_not_deep() -> None:
    assert parse(" || ".join(["a"] * 500)).depth == 2


def test_a_rule_longer_than_4_kb_is_refused() -> None:
    assert parse("a" * 4096)
    with pytest.raises(RuleFault, match="longer than 4 kB · split it"):
        parse("a" * 4097)
    with pytest.raises(RuleFault, match="longer than 4 kB"):
        parse("a == 'é" + "é" * 2047 + "'")


def test_a_third_exists_inside_two_is_refused() -> None:
    inner = "items.exists(i, items.all(j, items.exists(k, k.weighed)))"
    assert "more than two" in fault(inner).message
    assert parse("items.exists(i, items.all(j, a)) && items.exists(k, k.weighed)")


def test_operators_bind_as_in_cel() -> None:
    tree = parse("a || b && !c ? age + 2 * other_age == 3 : c")
    assert isinstance(tree, Choice) and isinstance(tree.condition, Logic) and isinstance(tree.yes, Compare)
    assert tree.condition.op == "||" and isinstance(tree.condition.sides[1], Logic)
    assert isinstance(tree.condition.sides[1].sides[1], Not)
    assert isinstance(tree.yes.left, Arith) and tree.yes.left.op == "+"


def test_every_node_knows_its_span() -> None:
    text = "(a || b) && items.exists(i, i.mass > (limit))"
    tree = parse(text)
    assert isinstance(tree, Logic)
    each = tree.sides[1]
    assert isinstance(each, Each)
    assert [text[side.start : side.end] for side in tree.sides] == [
        "(a || b)",
        "items.exists(i, i.mass > (limit))",
    ]
    assert text[each.body.start : each.body.end] == "i.mass > (limit)"


def test_a_rule_may_stand_on_several_lines() -> None:
    assert parse("a\n  && b\n").end == 8
