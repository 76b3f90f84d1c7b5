"""What is typed is what is meant: by type, in both directions, with nothing lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases.model import Nothing_
from amparo.desk.drawing import control
from amparo.desk.reading import answer
from amparo.desk.typed import Drawing, TwoHours, Wrong, rows_of, spread
from amparo.desk.where import currency
from amparo.pathways import values
from amparo.pathways.model import Length, Type
from amparo.pathways.reader import programme
from amparo.pathways.units import Money

D = Drawing(programme("pt-dissuasion"), "Europe/Lisbon", {"lisboa": {"en": "Lisboa"}})
WAYS = Type("some_of", ("phone", "visit"), "ways")
SUBSTANCES = Type("list", each={"mass": Type("mass"), "weight": Type("one_of", ("net", "gross"), "weights")})


@pytest.mark.parametrize(
    ("type_", "held"),
    [
        (Type("yes_no"), True),
        (Type("yes_no"), False),
        (Type("count"), 0),
        (Type("number"), Decimal("0.65")),
        (Type("mass"), 300),
        (Type("money"), Money(2494, "EUR")),
        (Type("date"), date(2024, 2, 29)),
        (Type("instant"), 1709584200),
        (Type("duration"), Length(18, "months")),
        (Type("duration"), Length(72 * 3600, "s")),
        (Type("place"), "lisboa"),
        (WAYS, values.parse(WAYS, "[phone, visit]")),
        (SUBSTANCES, values.parse(SUBSTANCES, [{"mass": "3 g", "weight": "net"}, {"mass": "2 mg"}])),
    ],
    ids=lambda x: x.kind if isinstance(x, Type) else str(x),
)
def test_a_value_shown_in_a_form_reads_back_the_same(type_: Type, held: Any) -> None:
    plain = values.encode(type_, held)
    assert answer(D, type_, "x", spread(D, type_, "x", plain)) == plain


@given(st.integers(0, 2**40))
def test_any_mass_survives_the_form(micrograms: int) -> None:
    assert answer(D, Type("mass"), "x", spread(D, Type("mass"), "x", micrograms)) == micrograms


@given(st.integers(0, 4_000_000_000))
def test_any_minute_survives_the_form_or_both_readings_are_offered(at: int) -> None:
    at -= at % 60
    typed = spread(D, Type("instant"), "x", at)
    try:
        assert answer(D, Type("instant"), "x", typed) == at
    except TwoHours as two:
        assert at in two.readings and answer(D, Type("instant"), "x", {**typed, "x.which": [str(at)]}) == at


def test_a_decimal_comma_is_a_point() -> None:
    assert answer(D, Type("mass"), "x", {"x.n": ["0,3"], "x.unit": ["g"]}) == 300_000


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("count", {"x": ["thirty"]}),
        ("count", {"x": ["-1"]}),
        ("mass", {"x.n": ["-2"], "x.unit": ["g"]}),
        ("mass", {"x.n": ["1e9"], "x.unit": ["kg"]}),
        ("money", {"x.n": ["12.345"]}),
        ("date", {"x.day": ["30"], "x.month": ["2"], "x.year": ["2026"]}),
        ("instant", {"x.day": ["1"], "x.month": ["1"], "x.year": ["2026"]}),
        ("duration", {"x.n": ["3"]}),
        ("place", {"x": ["atlantis"]}),
    ],
)
def test_what_is_no_answer_says_what_to_do(kind: str, typed: dict[str, list[str]]) -> None:
    with pytest.raises(Wrong):
        answer(D, Type(kind), "x", typed)


def test_an_empty_field_is_no_answer_and_no_fault() -> None:
    assert [answer(D, Type(kind), "x", {"x": ["  "]}) for kind in ("yes_no", "count", "text", "date")] == [
        None
    ] * 4


def test_a_nothing_is_an_answer_where_the_definition_lets_it_be() -> None:
    assert answer(D, Type("yes_no"), "x", {"x": ["~refused"]}, ("refused",)) == Nothing_("refused")
    assert answer(D, Type("count"), "x", {"x.nothing": ["not_known"]}, ("not_known",)) == Nothing_(
        "not_known"
    )


def test_a_value_and_a_nothing_together_are_a_question_back() -> None:
    with pytest.raises(Wrong):
        answer(D, Type("count"), "x", {"x": ["3"], "x.nothing": ["not_known"]}, ("not_known",))


def test_a_nothing_that_is_not_offered_is_not_taken() -> None:
    assert answer(D, Type("yes_no"), "x", {"x": ["~refused"]}, ()) is None


def test_an_hour_that_comes_twice_offers_both() -> None:
    night = {"x.day": ["25"], "x.month": ["10"], "x.year": ["2026"], "x.time": ["01:30"]}
    drawn = control(D, Type("instant"), "x", "When", night)
    assert [o.words for o in drawn.parts[-1].options] == ["01:30 WEST", "01:30 WET"]


@pytest.mark.parametrize(("codes", "kind"), [(3, "segments"), (6, "answers"), (9, "select")])
def test_the_number_of_answers_shapes_the_control(codes: int, kind: str) -> None:
    type_ = Type("one_of", tuple(f"answer_{n}" for n in range(codes)), "x")
    shaped = control(D, type_ if codes > 3 else Type("one_of", ("a", "b", "c"), "x"), "x", "Which", {})
    assert shaped.kind == kind


def test_a_list_grows_by_what_is_typed_and_asked_for() -> None:
    assert rows_of({}, "x") == 1
    assert rows_of({"x.2.mass.n": ["1"]}, "x") == 3
    assert rows_of({"x.rows": ["999"]}, "x") == 60


def test_absurd_row_numbers_make_no_rows() -> None:
    assert rows_of({"x.99999999.mass": ["1"], "x.rows": ["-4"]}, "x") == 1


def test_where_a_programme_has_no_currency_each_sum_says_its_own() -> None:
    d = Drawing(programme("prosecution"), "Pacific/Auckland", currency=currency(programme("prosecution")))
    asked = control(d, Type("money"), "amount", "Amount", {})
    assert [part.name for part in asked.parts] == ["amount.cur", "amount.n"]
    assert answer(d, Type("money"), "amount", {"amount.n": ["350"], "amount.cur": ["nzd"]}) == {
        "minor": 35000, "currency": "NZD",
    }  # fmt: skip
    with pytest.raises(Wrong, match="three letters"):
        answer(d, Type("money"), "amount", {"amount.n": ["350"]})


@pytest.mark.parametrize(
    ("name", "usual"),
    [("nz-panel", "NZD"), ("nz-warning", "NZD"), ("us-lead", "USD"), ("pt-dissuasion", "EUR")],
)
def test_money_is_typed_in_the_currency_of_the_programme(name: str, usual: str) -> None:
    assert currency(programme(name)) == usual
