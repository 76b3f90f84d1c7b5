"""What was typed into a control, as a plain value of its type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.model import Nothing_
from amparo.desk.typed import (
    NOTHING,
    Drawing,
    TwoHours,
    Typed,
    Wrong,
    chosen_nothing,
    field_id,
    one,
    point,
    rows_of,
)
from amparo.pathways import calendar, values
from amparo.pathways.model import Type


def answer(d: Drawing, type_: Type, name: str, typed: Typed, may_be: Sequence[str] = ()) -> Any:
    """The plain value typed under this name, a `Nothing_`, or None where nothing was answered. Raises
    `Wrong`.
    """
    nothing = chosen_nothing(name, typed)
    if nothing in may_be:
        if _has_value(d, type_, name, typed):
            raise Wrong(field_id(name), _("Say one of the two: a value, or that there is none"))
        return Nothing_(nothing)
    return _READ[type_.kind](d, type_, name, typed)


def _has_value(d: Drawing, type_: Type, name: str, typed: Typed) -> bool:
    if one(typed, name).startswith(NOTHING):
        return False
    try:
        return _READ[type_.kind](d, type_, name, typed) is not None
    except Wrong:
        return True


def _read_yes_no(d: Drawing, type_: Type, name: str, typed: Typed) -> bool | None:
    return {"yes": True, "no": False}.get(one(typed, name))


def _read_code(d: Drawing, type_: Type, name: str, typed: Typed) -> str | None:
    found = one(typed, name)
    if not found:
        return None
    if found not in type_.codes:
        raise Wrong(field_id(name), _("Choose one of the answers shown"))
    return found


def _read_codes(d: Drawing, type_: Type, name: str, typed: Typed) -> dict[str, Any] | None:
    found = [x for x in typed.get(name) or () if x]
    if any(x not in type_.codes for x in found):
        raise Wrong(field_id(name), _("Choose among the answers shown"))
    return {"codes": found, "open": False} if found else None


def _read_place(d: Drawing, type_: Type, name: str, typed: Typed) -> str | None:
    found = one(typed, name)
    if found and d.areas and found not in d.areas:
        raise Wrong(field_id(name), _("Choose one of the areas shown"))
    return found or None


def _read_count(d: Drawing, type_: Type, name: str, typed: Typed) -> int | None:
    found = one(typed, name)
    if not found:
        return None
    return int(_parsed(type_, found, name, _("Write a whole number, such as 24")))


def _read_number(d: Drawing, type_: Type, name: str, typed: Typed) -> str | None:
    found = point(one(typed, name))
    return _plain(type_, found, name, _("Write a number, such as 0.5")) if found else None


def _read_mass(d: Drawing, type_: Type, name: str, typed: Typed) -> int | None:
    amount, unit = point(one(typed, f"{name}.n")), one(typed, f"{name}.unit") or "g"
    words = _("Write the amount as a number, such as 0.3, and choose its unit")
    return int(_parsed(type_, f"{amount} {unit}", name, words)) if amount else None


def _read_money(d: Drawing, type_: Type, name: str, typed: Typed) -> Any:
    amount, currency = point(one(typed, f"{name}.n")), one(typed, f"{name}.cur").strip().upper() or d.currency
    if amount and not currency:
        raise Wrong(field_id(name), _("Write the currency in its three letters, such as NZD"))
    return (
        _plain(type_, f"{currency} {amount}", name, _("Write the sum as a number, such as 24.94"))
        if amount
        else None
    )


def _read_length(d: Drawing, type_: Type, name: str, typed: Typed) -> Any:
    amount, unit = one(typed, f"{name}.n"), one(typed, f"{name}.unit")
    if not amount:
        return None
    if not unit:
        raise Wrong(field_id(name), _("Choose days, months or years"))
    return _plain(
        type_,
        f"{amount} {unit.replace('_', ' ')}",
        name,
        _("Write the length as a whole number, and choose its unit"),
    )


def _read_day(d: Drawing, type_: Type, name: str, typed: Typed) -> str | None:
    day = _day_typed(name, typed)
    return _plain(type_, day, name, _("Write a day that exists, such as 24 11 2026")) if day else None


def _day_typed(name: str, typed: Typed) -> str:
    """`2026-11-24` from its three fields, '' where none is filled."""
    day, month, year = (one(typed, f"{name}.{part}") for part in ("day", "month", "year"))
    return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}" if day or month or year else ""


def _moment_read(d: Drawing, type_: Type, name: str, typed: Typed) -> int | None:
    day, clock = _day_typed(name, typed), one(typed, f"{name}.time").replace(".", ":").replace("h", ":")
    if not day and not clock:
        return None
    clock = clock if len(clock.split(":")[0]) == 2 else f"0{clock}"
    try:
        return int(values.parse(type_, f"{day} {clock}", d.zone))
    except calendar.TwoReadings as two:
        return _which_read(d, name, typed, two)
    except ValueError as fault:
        raise Wrong(
            field_id(name), _("Write a day and hour that exist, such as 24 11 2026, 09:30")
        ) from fault


def _which_read(d: Drawing, name: str, typed: Typed, two: calendar.TwoReadings) -> int:
    chosen = one(typed, f"{name}.which")
    if chosen in {str(r) for r in two.readings}:
        return int(chosen)
    words = (
        _("This hour comes twice that day, because the clocks change: say which one")
        if two.repeated
        else _("This hour does not exist that day, because the clocks change: say which one is meant")
    )
    raise TwoHours(field_id(name), words, two.readings)


def _read_text(d: Drawing, type_: Type, name: str, typed: Typed) -> str | None:
    return one(typed, name) or None


def _read_score(d: Drawing, type_: Type, name: str, typed: Typed) -> Any:
    found = one(typed, name).lower().replace(" ", "_")
    return _plain(type_, found, name, _("Write the band, such as moderate")) if found else None


def _read_list(d: Drawing, type_: Type, name: str, typed: Typed) -> Any:
    rows = [_read_row(d, type_, f"{name}.{n}", typed) for n in range(rows_of(typed, name))]
    kept, more_comes = [r for r in rows if r], one(typed, f"{name}.open") == "yes"
    return {"items": kept, "open": more_comes} if kept or more_comes else None


def _read_row(d: Drawing, type_: Type, name: str, typed: Typed) -> dict[str, Any]:
    """A record's fields. A unit chosen by itself says nothing; what was left empty is not known."""
    found = {part: answer(d, kind, f"{name}.{part}", typed) for part, kind in type_.each.items()}
    return {part: value for part, value in found.items() if value is not None}


def _parsed(type_: Type, written: str, name: str, words: str) -> Any:
    try:
        return values.parse(type_, written)
    except ValueError as fault:
        raise Wrong(field_id(name), words) from fault


def _plain(type_: Type, written: str, name: str, words: str) -> Any:
    return values.encode(type_, _parsed(type_, written, name, words))


_READ: dict[str, Callable[[Drawing, Type, str, Typed], Any]] = {
    "yes_no": _read_yes_no,
    "one_of": _read_code,
    "some_of": _read_codes,
    "count": _read_count,
    "number": _read_number,
    "mass": _read_mass,
    "money": _read_money,
    "date": _read_day,
    "instant": _moment_read,
    "duration": _read_length,
    "place": _read_place,
    "score": _read_score,
    "text": _read_text,
    "list": _read_list,
}
