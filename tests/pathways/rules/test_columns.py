"""Rules over columns: row by row the answers of the scalar rules, in whatever blocks."""

import datetime
import subprocess
import sys
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.pathways.rules import (
    COUNT,
    DATE,
    MASS,
    YES_NO,
    Compiled,
    Declaration,
    Kind,
    Records,
    RuleFault,
    Scope,
    Some,
    check,
    check_rules,
    compile_rule,
    first_true,
    place,
    record,
    some,
)
from amparo.pathways.rules.columns import chosen_row, columns, days_by
from amparo.pathways.rules.columns_held import ALL, Column, Masks, Ragged, Record
from amparo.pathways.rules.columns_made import column_of, constant, unknown, value_at
from tests.pathways.rules.drawn import READ, cases, rules
from tests.pathways.rules.world import GROUNDS, ROWS, SCOPE, SUBSTANCES, TABLES, day, known, made

KINDS = {**READ, **TABLES, "law date": DATE}
DAYS = days_by(day)


def cols_of(rows: list[dict[str, Any]], kinds: dict[str, Kind]) -> dict[str, Any]:
    return {name: column_of(kind, [row.get(name) for row in rows]) for name, kind in kinds.items()}


def told(masks: Masks) -> list[bool | None]:
    assert not (masks.yes & masks.no).any()
    return [True if yes else False if no else None for yes, no in zip(*masks, strict=True)]


def agree(compiled: Compiled, rows: list[dict[str, Any]], kinds: dict[str, Kind], block: int = 0) -> None:
    """The columns say of every row what the scalar rule says."""
    rule = columns(compiled)
    cols = cols_of(rows, {name: kinds[name] for name in rule.reads})
    found = rule.value(cols, DAYS, len(rows), block)
    scalar = [compiled.verdict(row.get, day) for row in rows]
    assert [value_at(rule.kind, found, n) for n in range(len(rows))] == scalar
    if compiled.kind == YES_NO:
        assert told(rule.verdict(cols, DAYS, len(rows), block)) == scalar
        atoms = [told(each) for each in rule.atoms(cols, DAYS, len(rows), block)]
        assert [compiled.verdict_of([each[n] for each in atoms]) for n in range(len(rows))] == scalar


many = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@many
@given(rules(), st.lists(cases(True), min_size=1, max_size=5), st.sampled_from([0, 2]))
def test_columns_say_what_the_scalar_rule_says(text: str, rows: list[dict[str, Any]], block: int) -> None:
    agree(made(text), rows, KINDS, block)


VERSIONS = [(None, datetime.date(2008, 2, 29)), (datetime.date(2008, 3, 1), None)]


@many
@given(rules(depth=2), rules(depth=2), st.lists(cases(True), min_size=1, max_size=4), st.data())
def test_versions_and_named_rules_are_answered_alike(
    one: str, two: str, rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    texts = [data.draw(st.sampled_from([one, two, None])), two]
    dated = [(from_, until, text) for (from_, until), text in zip(VERSIONS, texts, strict=True)]
    laws = st.sampled_from(
        [None, datetime.date(2000, 1, 1), datetime.date(2008, 2, 29), datetime.date(2024, 1, 1)]
    )
    found = [{**row, "law date": data.draw(laws)} for row in rows]
    agree(
        made("law && !other || items.exists(i, law || i.weighed)", {"law": dated, "other": one}), found, KINDS
    )


# ------------------------------------------------------------------------------------------------ by hand
def said(text: str, rules: dict[str, Any] | None = None, /, **given: list[Any]) -> list[bool | None]:
    """The answers of a rule where each name has these values, row after row."""
    compiled = made(text, rules)
    cols = {name: column_of(KINDS[name], values) for name, values in known(given).items()}
    rows = max(len(each) for each in given.values())
    return told(columns(compiled).verdict(cols, DAYS, rows))


YESES = [True, True, True, False, False, False, None, None, None]
NOES = [True, False, None] * 3


def test_and_or_not_know_three_values() -> None:
    assert said("a && b", a=YESES, b=NOES) == [True, False, None, False, False, False, None, False, None]
    assert said("a || b", a=YESES, b=NOES) == [True, True, True, True, False, None, True, None, None]
    assert said("!a", a=[True, False, None]) == [False, True, None]
    assert said("c ? a : b", c=[None] * 9, a=YESES, b=NOES) == [True, *[None] * 3, False, *[None] * 4]


def test_a_list_is_read_item_by_item_and_an_open_one_may_hold_more() -> None:
    weighed = {"substance": "heroin", "mass": 5, "weighed": True, "grounds": None}
    lists = [
        None,
        Records(()),
        Records((), True),
        Records((weighed,), True),
        Records((weighed | {"weighed": None},)),
        Records((weighed, weighed | {"weighed": False})),
    ]
    assert said("items.exists(i, i.weighed)", items=lists) == [None, False, None, True, None, True]
    assert said("items.all(i, i.weighed)", items=lists) == [None, True, None, None, None, False]


def test_codes_are_told_open_or_lacking() -> None:
    lists = [None, Some(()), Some((), True), Some(("late",), True), Some((None,)), Some((None, "late"))]
    assert said("'late' in grounds", grounds=lists) == [None, False, None, True, None, True]
    assert said("grounds.exists(g, g == 'late')", grounds=lists) == [None, False, None, True, None, True]
    assert said("grounds.all(g, g != 'late')", grounds=lists) == [None, True, None, False, None, False]
    assert said("grounds.exists(g, true)", grounds=lists) == [None, False, None, True, True, True]


def test_what_is_listed_with_something_not_known_may_be_it() -> None:
    given = {"substance": ["khat", "mdma", "heroin", None], "other_substance": [None, "mdma", "mdma", "mdma"]}
    assert said("substance in [other_substance, 'khat']", **given) == [True, True, False, None]
    assert said("substance in ['mdma', other_substance]", **given) == [None, True, False, None]


def test_nothing_is_known_of_a_record_that_is_not() -> None:
    kind = record({"mass": MASS, "weighed": YES_NO})
    scope = Scope({"item": Declaration("item", kind), "limit": Declaration("setting", MASS)})
    fields = {"mass": column_of(MASS, [9, 9, None]), "weighed": Column(np.array([True, True, False]))}
    cols = {"item": Record(fields, np.array([True, False, True])), "limit": constant(MASS, 8)}
    for text, answers in {
        "item.weighed": [True, None, False],
        "item.mass > limit": [True, None, None],
    }.items():
        assert told(columns(compile_rule(check(text, scope))).verdict(cols, DAYS)) == answers


def test_a_list_within_a_list_speaks_of_both_items_and_of_the_case() -> None:
    one = {"substance": "heroin", "mass": 5, "weighed": True, "grounds": Some(("late",))}
    two = one | {"mass": 9, "grounds": Some(("missed",), True)}
    rows = {"items": [Records((one, two)), Records((two,)), Records(())], "age": [9, 9, 9], "mass": [5, 9, 5]}
    text = "items.exists(i, i.mass == mass && i.grounds.exists(g, g == 'late'))"
    assert said(text, items=rows["items"], mass=rows["mass"]) == [True, None, False]
    text = "items.all(i, items.exists(j, j.mass > i.mass) || i.mass == mass)"
    assert said(text, items=rows["items"], mass=[9, 9, 5]) == [True, True, True]
    assert said(text, items=rows["items"], mass=[5, 5, 5]) == [False, False, True]
    lists = [{"items": each, "mass": 5} for each in (*rows["items"], *rows["items"])]
    agree(made(text), lists, KINDS, block=2)


def test_the_law_date_chooses_the_version_and_the_common_answer_stands_without_it() -> None:
    law = [
        (datetime.date(2001, 7, 1), datetime.date(2023, 9, 30), "a"),
        (datetime.date(2023, 10, 1), None, "b"),
    ]
    days = [datetime.date(2001, 6, 30), datetime.date(2001, 7, 1), datetime.date(2023, 9, 30)]
    days += [datetime.date(2023, 10, 1), None]
    given = {"law_date": days, "a": [True] * 5, "b": [False] * 5}
    assert said("law", {"law": law}, **given) == [None, True, True, False, None]
    assert said("law", {"law": law}, **given | {"b": [True] * 5}) == [None, True, True, True, True]


def test_a_dated_rule_may_answer_with_a_number() -> None:
    law = [(None, datetime.date(2010, 1, 1), "1 + age"), (datetime.date(2010, 1, 2), None, "age")]
    rules = check_rules({"law": law}, SCOPE)
    days = [datetime.date(2010, 1, 1), datetime.date(2010, 1, 2), None]
    cols = {"law date": column_of(DATE, days), "age": column_of(COUNT, [7, 7, 7])}
    found = columns(rules["law"], rules).value(cols, DAYS)
    assert [value_at(COUNT, found, row) for row in range(3)] == [8, 7, None]


def test_of_versions_that_overlap_the_first_is_taken() -> None:
    spans = [(None, datetime.date(2010, 1, 1)), (datetime.date(2009, 1, 1), None)]
    rows: list[dict[str, Any]] = [
        {"law date": datetime.date(year, 6, 1), "a": True, "age": 7} for year in (2008, 2009, 2010)
    ]
    for texts in (["a", "!a"], ["age", "age + 1"]):
        dated = [(from_, until, text) for (from_, until), text in zip(spans, texts, strict=True)]
        rules = check_rules({"law": dated}, SCOPE)
        agree(compile_rule(rules["law"], rules), rows, KINDS)


def test_a_table_is_read_in_the_version_of_each_row() -> None:
    tables = [ROWS, ROWS, ROWS, {}, None, {"khat": {"amount": 1, "conflict": True}}]
    keys = ["heroin", "mdma", "khat", "heroin", "heroin", "khat"]
    given = {"ten_day": tables, "substance": keys}
    assert said("substance in ten_day", **given) == [True, True, False, False, None, True]
    assert said("ten_day[substance].conflict", **given) == [False, True, None, None, None, True]
    assert said("ten_day[substance].amount > mass", **given, mass=[999_999] * 6) == [
        True,
        None,
        None,
        None,
        None,
        False,
    ]
    assert said("substance in ten_day", ten_day=[{}, {}], substance=["khat", None]) == [False, None]
    assert said("ten_day['khat'].conflict", ten_day=[{}]) == [None]


LARGEST = 2**63 - 1


@pytest.mark.parametrize(
    ("text", "given", "answers"),
    [
        ("age + 1 > 0", {"age": [LARGEST - 1, LARGEST]}, [True, None]),
        ("0 - age - 2 < 0", {"age": [LARGEST - 1, LARGEST]}, [True, None]),
        ("age * 2 > 0", {"age": [LARGEST // 2, LARGEST // 2 + 1]}, [True, None]),
        ("age * other_age > 0", {"age": [3, LARGEST], "other_age": [LARGEST // 3, LARGEST]}, [True, None]),
        ("now + stay > now", {"now": [0, 253_402_300_799], "stay": [1, 1]}, [True, None]),
        ("ended_at - now > stay", {"ended_at": [9, 9], "now": [0, 9], "stay": [8, 0]}, [True, False]),
        (
            "date_of(now) == today",
            {"now": [82_799, 82_800], "today": [datetime.date(1970, 1, 1)] * 2},
            [True, False],
        ),
        ("date_of(now) == today", {"now": [10**12], "today": [datetime.date(1970, 1, 1)]}, [None]),
    ],
)
def test_what_has_no_answer_is_not_known(
    text: str, given: dict[str, list[Any]], answers: list[bool | None]
) -> None:
    assert said(text, **given) == answers
    rows = [{name: values[row] for name, values in given.items()} for row in range(len(answers))]
    assert [made(text).verdict(row.get, day) for row in rows] == answers


@pytest.mark.parametrize(
    ("share", "other"),
    [
        ("0.1", "0.3"),
        ("0.30", "0.3"),
        ("123456789012345678901234567890", "0.000000000000000000000000000001"),
        ("1E+40", "1E+30"),
        ("-0.5", "1E-70"),
        ("1E-70", "1E-60"),
        ("9223372036854775807", "0.5"),
    ],
)
@pytest.mark.parametrize(
    "text", ["share + share + share == other_share", "share * other_share < 1.0", "share - other_share > 0.0"]
)
def test_decimals_are_exact_or_not_known(text: str, share: str, other: str) -> None:
    rows = [
        {"share": Decimal(share), "other_share": Decimal(other)},
        {"share": Decimal(1), "other_share": Decimal(3)},
    ]
    agree(made(text), rows, KINDS)


@given(st.dates(), st.dates())
def test_ages_and_days_are_counted_alike(born: datetime.date, today: datetime.date) -> None:
    rows = [{"born": born, "today": today}, {"born": today, "today": born}]
    rows += [{"born": datetime.date(2004, 2, 29), "today": today}]
    for text in ("years_between(born, today) >= 16", "days_between(born, today) > 99"):
        agree(made(text), rows, KINDS)
    scope = Scope({"born": Declaration("fact", DATE), "today": Declaration("reading", DATE)})
    agree(compile_rule(check("years_between(born, today)", scope)), rows, KINDS)


def test_codes_may_be_numbered_in_another_order() -> None:
    turned = Column(np.array([0, 1, 2, 3], np.int16), ALL, SUBSTANCES[::-1])
    plain = column_of(KINDS["substance"], ["heroin", "mdma", "cannabis", "heroin"])
    cols = {"substance": turned, "other_substance": plain, "ten_day": column_of(KINDS["ten_day"], [ROWS])}
    for text, answers in {
        "substance == 'khat'": [True, False, False, False],
        "substance == other_substance": [False, True, True, True],
        "substance in ['mdma', 'heroin']": [False, True, False, True],
        "substance in ten_day": [False, True, False, True],
        "(true ? substance : other_substance) == 'heroin'": [False, False, False, True],
    }.items():
        assert told(columns(made(text)).verdict(cols, DAYS, 4)) == answers, text


def test_places_need_no_list_of_areas() -> None:
    scope = Scope({name: Declaration("fact", place()) for name in ("home", "area")})
    rows = [{"home": "11", "area": "12"}, {"home": "13", "area": "13"}, {"home": None, "area": "11"}]
    agree(compile_rule(check("home == area", scope)), rows, {"home": place(), "area": place()})


def test_one_row_stands_for_all() -> None:
    text = "items.exists(i, i.mass > limit) && 'late' in watched && age > 1"
    heavy = Records(({"substance": None, "mass": 9, "weighed": None, "grounds": None},))
    cols: dict[str, Any] = {"items": constant(KINDS["items"], heavy), "limit": constant(MASS, 8)}
    cols |= {"watched": constant(some(GROUNDS), Some(("late",))), "age": column_of(COUNT, [1, 2, None])}
    assert told(columns(made(text)).verdict(cols, DAYS)) == [False, True, None]
    assert told(
        columns(made("limit > mass")).verdict({"limit": cols["limit"], "mass": unknown(MASS)}, DAYS, 2)
    ) == [
        None,
        None,
    ]


def test_nobody_makes_no_answers() -> None:
    names = {"age": COUNT, "mass": MASS, "items": KINDS["items"]}
    cols = {name: column_of(kind, []) for name, kind in names.items()}
    rule = columns(made("age * age > 1 || items.all(i, i.mass > mass)"))
    assert told(rule.verdict(cols, DAYS)) == []


def test_blocks_change_nothing() -> None:
    chance = np.random.default_rng(3)
    ages, masks = chance.integers(0, 30, 1000), chance.random((3, 1000)) > 0.2
    cols: dict[str, Any] = {"age": Column(ages, masks[0]), "a": Column(masks[1], masks[2])}
    rule = columns(made("age * 2 > 30 && a"))
    whole = rule.verdict(cols, DAYS, block=0)
    for block in (1, 7, 999, 1000, 16_384):
        assert (np.array(rule.verdict(cols, DAYS, block=block)) == np.array(whole)).all()


def test_the_masks_of_the_atoms_fold_into_the_answer() -> None:
    compiled = made("age >= 16 && (a || age < 16)")
    cols = {"age": column_of(COUNT, [15, 16, None]), "a": column_of(YES_NO, [None, True, False])}
    atoms = columns(compiled).atoms(cols, DAYS)
    assert [atom.key for atom in compiled.atoms] == ["age >= 16", "a", "age < 16"]
    assert [told(each) for each in atoms] == [[False, True, None], [None, True, False], [True, False, None]]


TRUTHS = st.sampled_from([True, False, None])


@given(st.lists(st.tuples(TRUTHS, st.integers(0, 2)), max_size=5), st.integers(0, 2))
def test_the_first_row_that_is_true_is_taken_alike(rows: list[tuple[bool | None, int]], last: int) -> None:
    masks = [(Masks(np.array([told_ is True]), np.array([told_ is False])), value) for told_, value in rows]
    found = chosen_row([*masks, (None, last)])
    taken = int(found.values[0]) if found.known[0] else None
    assert taken == first_true([*rows, (True, last)])


# ------------------------------------------------------------------------------------------------ refused
WIDE = some(tuple(f"w{number}" for number in range(65)))


@pytest.mark.parametrize(
    ("text", "cols", "message"),
    [
        ("age > 1", {}, "there is no column 'age' · give one, or unknown"),
        ("age > 1", {"age": Column(np.array([1.5]))}, "'age' is a whole number and holds float64"),
        ("share > 1.0", {"share": Column(np.array([1.5]))}, "with `places`"),
        ("a", {"a": Column(np.array([1, 0]))}, "'a' is a yes or no and holds int64 · give bool"),
        ("a", {"a": Column(np.array([True] * 3), np.array([True] * 2))}, "'a' has rows of two lengths"),
        (
            "a && b",
            {"a": column_of(YES_NO, [None] * 3), "b": column_of(YES_NO, [None] * 2)},
            "3 rows, and 'b' has 2",
        ),
        (
            "'late' in grounds",
            {"grounds": column_of(YES_NO, [True])},
            "held as a Column, and it is a list of codes",
        ),
        ("substance == 'mdma'", {"substance": Column(np.array([1]))}, "holds codes and no words"),
        ("items.exists(i, true)", {"items": Ragged(np.array([0, 0]), {})}, "'items' has no 'substance'"),
    ],
)
def test_columns_that_do_not_fit_are_refused(text: str, cols: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleFault, match=message):
        columns(made(text)).verdict(cols, DAYS)


def test_more_codes_than_bits_and_answers_of_another_kind_are_refused() -> None:
    with pytest.raises(RuleFault, match="65 of them, and columns tell 64 apart"):
        column_of(WIDE, [Some(("w1",))])
    scope = Scope({"age": Declaration("fact", COUNT)})
    with pytest.raises(RuleFault, match="answers with a whole number, not yes or no"):
        columns(compile_rule(check("age + 1", scope))).verdict({"age": column_of(COUNT, [1])}, DAYS)


def test_64_codes_are_told_apart() -> None:
    wide = some(WIDE.words[:64])
    scope = Scope({"many": Declaration("fact", wide)})
    rule = columns(compile_rule(check("'w63' in many && !('w0' in many)", scope)))
    assert told(rule.verdict({"many": column_of(wide, [Some(("w63",)), Some(("w0", "w63"))])}, DAYS)) == [
        True,
        False,
    ]


def test_rules_load_without_numpy() -> None:
    """What serves pages asks one case at a time and carries no NumPy."""
    code = "import sys, amparo.pathways.rulebook, amparo.cases.decide; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
