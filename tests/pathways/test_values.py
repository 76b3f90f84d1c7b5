"""Values as they are written, stored, compared and shown."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.pathways.model import Length, Limits, Type
from amparo.pathways.values import (
    Money,
    Records,
    Some,
    decode,
    encode,
    parse,
    ruled,
    show,
    within,
)

CODES = Type("one_of", ("heroin", "cannabis"), "substances")
SEVERAL = Type("some_of", ("phone", "visit"), "ways")
HELD = Type("list", each={"substance": CODES, "mass": Type("mass")})
TITLES = {
    "substances": {"heroin": {"en": "Heroin", "pt": "Heroína"}},
    "ways": {"phone": {"en": "By phone", "pt": "Por telefone"}},
    "place": {"lisboa": {"en": "Lisbon", "pt": "Lisboa"}},
}


@pytest.mark.parametrize(
    ("kind", "text", "held"),
    [
        ("yes_no", "yes", True),
        ("count", "16", 16),
        ("number", "0.65", Decimal("0.65")),
        ("mass", "0.3 g", 300_000),
        ("mass", "500 ug", 500),
        ("money", "EUR 24.94", Money(2494, "EUR")),
        ("money", "JPY 300", Money(300, "JPY")),
        ("date", "2023-10-01", date(2023, 10, 1)),
        ("instant", "2026-01-31 14:00 +01:00", 1_769_864_400),
        ("duration", "72 h", Length(259_200, "s")),
        ("duration", "10 working days", Length(10, "working_days")),
        ("duration", "1 year", Length(1, "years")),
        ("score", "moderate", {"band": "moderate"}),
    ],
)
def test_a_value_is_read_as_its_type_says(kind: str, text: str, held: Any) -> None:
    assert parse(Type(kind), text) == held


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("yes_no", "true", "neither yes nor no"),
        ("count", "-3", "no count"),
        ("count", "1_000", "no count"),
        ("number", "1e3", "no number"),
        ("mass", "6", "no unit of mass"),
        ("mass", "-1 g", "not below 0"),
        ("mass", "0.0000001 g", "finer than a microgram"),
        ("mass", "99999999999 kg", "absurdly large"),
        ("money", "24.94", "the currency"),
        ("money", "EUR 24.945", "2 digits"),
        ("date", "2023-02-30", "no such day"),
        ("instant", "2026-01-31 14:00", "no site's zone"),
        ("duration", "72", "has no unit"),
        ("duration", "0 days", "longer than nothing"),
        ("duration", "5 fortnights", "no unit of time"),
        ("place", "a b", "no code of an area"),
    ],
)
def test_what_is_no_such_value_is_refused_with_what_to_write(kind: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(Type(kind), text)


def test_a_misspelt_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="did you mean 'cannabis'"):
        parse(CODES, "canabis")


def test_an_instant_is_read_on_the_clocks_of_the_site() -> None:
    assert parse(Type("instant"), "2024-07-01 12:00", "Europe/Lisbon") == 1_719_831_600


def test_a_list_keeps_absent_fields_as_not_known() -> None:
    assert parse(HELD, [{"substance": "heroin"}]) == Records(({"substance": "heroin"},))


@pytest.mark.parametrize(
    ("type_", "plain"),
    [
        (Type("yes_no"), True),
        (CODES, "heroin"),
        (SEVERAL, {"codes": ["phone"], "open": True}),
        (Type("count"), 3),
        (Type("number"), "0.65"),
        (Type("mass"), 300_000),
        (Type("money"), {"minor": 2494, "currency": "EUR"}),
        (Type("date"), "2023-10-01"),
        (Type("instant"), 1_769_864_400),
        (Type("duration"), {"n": 3, "unit": "months"}),
        (Type("score"), {"band": "low"}),
        (Type("text"), "O'Brien 🙂"),
        (HELD, {"items": [{"substance": "heroin", "mass": None}], "open": False}),
        (Type("count"), None),
    ],
)
def test_what_is_stored_comes_back_as_it_was(type_: Type, plain: Any) -> None:
    assert encode(type_, decode(type_, plain)) == plain


@pytest.mark.parametrize(
    ("type_", "plain"),
    [
        (Type("yes_no"), 1),
        (Type("count"), True),
        (Type("money"), "EUR 3"),
        (CODES, "tea"),
        (Type("date"), 3),
        (SEVERAL, []),
    ],
)
def test_what_is_stored_under_another_type_is_refused(type_: Type, plain: Any) -> None:
    with pytest.raises(ValueError, match=r"no value|not in the list|no date"):
        decode(type_, plain)


def test_a_rule_compares_minor_units_and_seconds_and_no_civil_length() -> None:
    assert (ruled(Money(5000, "EUR")), ruled(Length(60, "s")), ruled(Length(1, "months"))) == (5000, 60, None)
    assert ruled(Records(({"fee": Money(1, "EUR")},))) == Records(({"fee": 1},))


def test_limits_hold_only_in_one_currency() -> None:
    limits = Limits(at_least=Money(2494, "EUR"), at_most=None)
    assert within(limits, Money(2494, "EUR")) and not within(limits, Money(9999, "USD"))
    assert not within(Limits(at_most=120), 121) and within(None, 121)


@pytest.mark.parametrize(
    ("type_", "plain", "english", "portuguese"),
    [
        (Type("yes_no"), False, "no", "não"),
        (CODES, "heroin", "Heroin", "Heroína"),
        (Type("place"), "lisboa", "Lisbon", "Lisboa"),
        (
            SEVERAL,
            {"codes": ["phone"], "open": True},
            "By phone, there may be more",
            "Por telefone, pode haver mais",
        ),
        (Type("number"), "1234.5", "1,234.5", "1\u00a0234,5"),
        (Type("mass"), 300_000, "0.3 g", "0,3 g"),
        (Type("mass"), 500, "0.5 mg", "0,5 mg"),
        (Type("mass"), 0, "0 µg", "0 µg"),
        (Type("mass"), 20_000_000, "20 g", "20 g"),
        (Type("money"), {"minor": 5000, "currency": "EUR"}, "EUR 50.00", "50,00 €"),
        (Type("date"), "2024-03-04", "4 March 2024", "4 de março de 2024"),
        (Type("instant"), 1_719_831_600, "1 July 2024, 12:00", "1 de julho de 2024, 12:00"),
        (Type("duration"), {"n": 1, "unit": "working_days"}, "1 working day", "1 dia útil"),
        (Type("duration"), {"n": 259_200, "unit": "s"}, "72 hours", "72 horas"),
        (Type("duration"), {"n": 5400, "unit": "s"}, "90 minutes", "90 minutos"),
        (
            HELD,
            {"items": [{"substance": "heroin", "mass": 400_000}], "open": False},
            "Heroin, 0.4 g",
            "Heroína, 0,4 g",
        ),
        (HELD, {"items": [], "open": False}, "none", "nenhuma"),
    ],
)
def test_a_value_is_shown_in_the_words_of_each_language(
    type_: Type, plain: Any, english: str, portuguese: str
) -> None:
    said = [show(type_, plain, language, TITLES, "Europe/Lisbon") for language in ("en", "pt")]
    assert said == [english, portuguese]


@given(st.integers(0, 10**12))
def test_a_mass_is_shown_exactly(micrograms: int) -> None:
    amount, unit = show(Type("mass"), micrograms, "en", {}, "UTC").replace(",", "").split()
    assert parse(Type("mass"), f"{amount} {unit}") == micrograms


@given(st.lists(st.sampled_from(["phone", "visit"]), unique=True), st.booleans())
def test_several_codes_survive_storing(codes: list[str], open_: bool) -> None:
    assert decode(SEVERAL, encode(SEVERAL, Some(tuple(codes), open_))) == Some(tuple(codes), open_)
