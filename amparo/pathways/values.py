"""Values of the language's types: how a text is read, what is stored in an event, what a rule sees.

Three forms, one table each: *written* (a definition, an example, a form), *plain* (JSON, inside events) and
*held* (what the program compares).

| kind | plain | held |
|---|---|---|
| yes_no | bool | bool |
| one_of, place | str | str |
| some_of | {"codes": [...], "open": bool} | Some |
| count | int | int |
| number | str | Decimal |
| mass | int, micrograms | int |
| money | {"minor": int, "currency": str} | Money |
| date | "YYYY-MM-DD" | date |
| instant | int, epoch seconds UTC | int |
| duration | {"n": int, "unit": str} | Length |
| score | {"band": str, ...} | mapping |
| text | str | str |
| list | {"items": [...], "open": bool} | Records |

Constants of a definition (settings, limits, bounds, table cells, `sets`) are held. What a rule compares is
`ruled(held)`: money as its minor units, an elapsed length as its seconds; a civil length has no order and is
not known to a rule. A list is written as the nodes of a definition or as plain mappings of written texts,
field by field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from amparo.pathways.calendar import at
from amparo.pathways.findings import suggestion
from amparo.pathways.model import Length, Limits, Type
from amparo.pathways.rules import Records, Some
from amparo.pathways.shown import show, titles_of
from amparo.pathways.units import MINOR, Money

__all__ = [
    "Money",
    "Records",
    "Some",
    "decode",
    "encode",
    "kinds_match",
    "parse",
    "parse_date",
    "parse_instant",
    "parse_length",
    "ruled",
    "show",
    "titles_of",
    "within",
]


MICROGRAMS = {"ug": 1, "µg": 1, "μg": 1, "mg": 1_000, "g": 1_000_000, "kg": 1_000_000_000}
SECONDS = {"s": 1, "min": 60, "h": 3600}
CIVIL = {"day": "days", "working day": "working_days", "week": "weeks", "month": "months", "year": "years"}
LONGEST = {
    "s": 1000 * 31_556_952,
    "days": 365_243,
    "working_days": 260_000,
    "weeks": 52_178,
    "months": 12_000,
    "years": 1000,
}
LARGEST = 2**53
"""Whole numbers above this are absurd in every unit, and would not survive other programs."""


# -------------------------------------------------------------------------------------------- written -> held
def parse(type_: Type, text: Any, zone: str = "") -> Any:
    """The held value of a written one. `zone` is the site's, for instants without an offset.

    `text` is a string; for `some_of` also a list of codes, for `list` a list of mappings field -> written.
    Raises ValueError with a sentence that says what is expected.
    """
    if type_.kind == "some_of":
        return Some(tuple(_code(type_, str(item)) for item in _listed(text)))
    if type_.kind == "list":
        return Records(tuple(_record(type_, item, zone) for item in text if _is_record(item)))
    if not isinstance(text, str):
        raise ValueError(f"one value is expected here: {EXAMPLES[type_.kind]}")
    if type_.kind == "instant":
        return parse_instant(text.strip(), zone)
    if type_.kind == "one_of":
        return _code(type_, text.strip())
    return PARSERS[type_.kind](text.strip() if type_.kind != "text" else text)


def parse_length(text: str) -> Length:
    """`30 min`, `72 h` (elapsed); `15 days`, `10 working days`, `6 weeks`, `3 months`, `1 year` (civil)."""
    match = re.fullmatch(r"(\d+) *([a-z]+(?: [a-z]+)?)?", text)
    if not match:
        raise ValueError(f"'{text}' is no length of time: write {EXAMPLES['duration']}")
    number, unit = int(match[1]), match[2]
    if unit is None:
        raise ValueError(f"'{text}' has no unit: write {text} h, or {text} days for calendar days")
    length = _length(number, unit)
    if length is None:
        units = ", ".join([*SECONDS, "days", "working days", "weeks", "months", "years"])
        raise ValueError(f"'{unit}' is no unit of time: write one of {units}")
    if not 0 < length.n <= LONGEST[length.unit]:
        raise ValueError(f"'{text}' is no term: it is longer than nothing and at most 1000 years")
    return length


def parse_instant(text: str, zone: str = "") -> int:
    """`2026-01-31 14:00` in the site's zone, or with an offset (`Z`, `+01:00`). Seconds may follow."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?) ?(Z|[+-]\d\d:\d\d)?", text)
    if not match:
        raise ValueError(f"'{text}' is no date and time: write {EXAMPLES['instant']}")
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or ''}")
    except ValueError as error:
        raise ValueError(f"'{text}' is no date and time: there is no such day or hour") from error
    if match[3]:
        return int(moment.timestamp())
    if not zone:
        raise ValueError(f"'{text}' has no offset and no site's zone applies: write {text} +00:00")
    return at(moment.date(), moment.time(), zone)


def parse_date(text: str) -> date:
    """`2023-10-01`."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(f"'{text}' is no date: write {EXAMPLES['date']}")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is no date: there is no such day") from error


def _length(number: int, unit: str) -> Length | None:
    if unit in SECONDS:
        return Length(number * SECONDS[unit], "s")
    civil: Any = CIVIL.get(unit) or CIVIL.get(unit.removesuffix("s"))
    return Length(number, civil) if civil else None


def _yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"'{text}' is neither yes nor no: write yes or no")
    return text == "yes"


def _count(text: str) -> int:
    if not re.fullmatch(r"\d+", text) or int(text) > LARGEST:
        raise ValueError(f"'{text}' is no count: write a whole number from 0, such as {EXAMPLES['count']}")
    return int(text)


def _number(text: str) -> Decimal:
    return _decimal(text, "number")


def _decimal(text: str, kind: str) -> Decimal:
    try:
        value = Decimal(text) if re.fullmatch(r"-?\d{1,18}(\.\d{1,12})?", text) else None
    except InvalidOperation:
        value = None
    if value is None:
        raise ValueError(f"'{text}' is no {NAMES.get(kind, kind)}: write {EXAMPLES[kind]}")
    return value


def _mass(text: str) -> int:
    amount, unit = _amount_and_unit(text, "mass")
    if unit not in MICROGRAMS:
        raise ValueError(f"'{text}' has no unit of mass: write {EXAMPLES['mass']}")
    micrograms = _decimal(amount, "mass") * MICROGRAMS[unit]
    if micrograms < 0 or micrograms > LARGEST:
        raise ValueError(f"'{text}' is no mass: it is not below 0 and not absurdly large")
    if micrograms != int(micrograms):
        raise ValueError(f"'{text}' is finer than a microgram")
    return int(micrograms)


def _amount_and_unit(text: str, kind: str) -> tuple[str, str]:
    match = re.fullmatch(r"(-?[\d.]+) *([^\d\s.]*)", text)
    if not match:
        raise ValueError(f"'{text}' is no {NAMES.get(kind, kind)}: write {EXAMPLES[kind]}")
    return match[1], match[2]


def _money(text: str) -> Money:
    match = re.fullmatch(r"([A-Z]{3}) *(\d[\d.]*)", text)
    if not match:
        raise ValueError(
            f"'{text}' is no sum of money: write the currency and the amount, {EXAMPLES['money']}"
        )
    minor = _decimal(match[2], "money").scaleb(MINOR.get(match[1], 2))
    if minor != int(minor) or minor > LARGEST:
        raise ValueError(
            f"'{text}' is no sum of money: {match[1]} has {MINOR.get(match[1], 2)} digits after the point"
        )
    return Money(int(minor), match[1])


def _text(text: str) -> str:
    return text


def _place(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", text):
        raise ValueError(f"'{text}' is no code of an area: write one of the site's area codes")
    return text


def _score(text: str) -> Mapping[str, str]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError(f"'{text}' is no band of a score: write {EXAMPLES['score']}")
    return {"band": text}


def _code(type_: Type, code: str) -> str:
    if code not in type_.codes:
        raise ValueError(f"'{code}' is not in the list: {suggestion(code, type_.codes)}")
    return code


def _listed(text: Any) -> Sequence[Any]:
    if not isinstance(text, str):
        return list(text)
    inner = text.strip().removeprefix("[").removesuffix("]")
    return [item.strip() for item in inner.split(",") if item.strip()]


def _is_record(item: Any) -> bool:
    if not isinstance(item, Mapping):
        raise ValueError("each item of this list is a record: {field: value, …}")
    return True


def _record(type_: Type, item: Mapping[str, Any], zone: str) -> Mapping[str, Any]:
    """Fields that are absent are not known; a field that the type does not have is refused."""
    for name in item:
        if name not in type_.each:
            raise ValueError(f"'{name}' is not a field of this list: {suggestion(name, type_.each)}")
    return {name: parse(type_.each[name], value, zone) for name, value in item.items()}


PARSERS = {
    "yes_no": _yes_no,
    "count": _count,
    "number": _number,
    "mass": _mass,
    "money": _money,
    "date": parse_date,
    "duration": parse_length,
    "text": _text,
    "place": _place,
    "score": _score,
}
NAMES = {"number": "number", "mass": "mass", "money": "sum of money"}
EXAMPLES = {
    "yes_no": "yes or no",
    "one_of": "one code of the list",
    "some_of": "[code, code]",
    "count": "16",
    "number": "0.65",
    "mass": "1 g, 0.3 g, 50 ug or 2 kg",
    "money": "EUR 24.94",
    "date": "2023-10-01",
    "instant": "2026-01-31 14:00",
    "duration": "72 h, or 3 days for calendar days",
    "place": "the code of an area",
    "score": "the band, such as moderate",
    "text": "words",
    "list": "[{field: value}]",
}


# --------------------------------------------------------------------------------------------- held <-> plain
def encode(type_: Type, held: Any) -> Any:
    """The plain (JSON) form of a held value; None stays None."""
    if held is None:
        return None
    match type_.kind:
        case "some_of":
            return {"codes": list(held.codes), "open": held.open}
        case "number":
            return format(held, "f")
        case "money" | "duration":
            return held._asdict()
        case "date":
            return held.isoformat()
        case "score":
            return dict(held)
        case "list":
            return {"items": [_each(encode, type_, item) for item in held.items], "open": held.open}
    return held


def decode(type_: Type, plain: Any) -> Any:
    """The held form of a plain value; None stays None. Raises ValueError where it is not of the type."""
    if plain is None:
        return None
    try:
        return _decoded(type_, plain)
    except (TypeError, KeyError, InvalidOperation, AttributeError) as error:
        raise ValueError(f"this is no value of the type {type_.kind}") from error


def _decoded(type_: Type, plain: Any) -> Any:
    match type_.kind:
        case "some_of":
            return Some(tuple(_code(type_, code) for code in plain["codes"]), bool(plain["open"]))
        case "number":
            return Decimal(plain)
        case "money":
            return Money(_whole(plain["minor"]), plain["currency"])
        case "duration":
            return Length(_whole(plain["n"]), _unit(plain["unit"]))
        case "date":
            return parse_date(plain)
        case "score":
            return dict(plain)
        case "list":
            return Records(tuple(_each(decode, type_, item) for item in plain["items"]), bool(plain["open"]))
        case "yes_no":
            return _a(bool, plain)
        case "one_of":
            return _code(type_, plain)
        case "count" | "mass" | "instant":
            return _whole(plain)
    return _a(str, plain)


def _each(convert: Any, type_: Type, item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: convert(type_.each[name], value) for name, value in item.items()}


def _a(kind: type, plain: Any) -> Any:
    if not isinstance(plain, kind):
        raise TypeError
    return plain


def _whole(plain: Any) -> int:
    if isinstance(plain, bool) or not isinstance(plain, int):
        raise TypeError
    return plain


def _unit(unit: str) -> Any:
    if unit not in LONGEST:
        raise KeyError(unit)
    return unit


# ---------------------------------------------------------------------------------------------- held -> rules
def ruled(held: Any) -> Any:
    """What a rule compares: minor units, seconds. None where rules know no such value (a civil length)."""
    if isinstance(held, Money):
        return held.minor
    if isinstance(held, Length):
        return held.n if held.unit == "s" else None
    if isinstance(held, Records):
        return Records(tuple({k: ruled(v) for k, v in item.items()} for item in held.items), held.open)
    return held


def kinds_match(one: Any, other: Any) -> bool:
    """Whether two held values of one type can be compared: money only in one currency."""
    return not (isinstance(one, Money) and isinstance(other, Money)) or one.currency == other.currency


def within(limits: Limits | None, held: Any) -> bool:
    """Whether a value with an order keeps the constant limits of a fact or setting. Lengths:
    `calendar.compare`.
    """
    if limits is None:
        return True
    low, high = limits.at_least, limits.at_most
    return (low is None or (kinds_match(low, held) and low <= held)) and (
        high is None or (kinds_match(high, held) and held <= high)
    )
