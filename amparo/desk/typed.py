"""Questions and answers by type: what control a type gets, and what was typed into it.

What was typed is one mapping, name of a field -> texts, whether it comes from a post, a draft or a value
told before
(`spread`). Controls are drawn from it, answers are read from it; so nothing typed is ever lost between two
pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from amparo.cases.model import Nothing_
from amparo.desk.context import Audience, Control, Option
from amparo.desk.words import code_title, language, pick
from amparo.pathways import calendar, values
from amparo.pathways.model import Length, Pathway, Text, Type
from amparo.pathways.units import MINOR

Typed = Mapping[str, Sequence[str]]
NOTHING = "~"
"""Stands before a nothing where it shares the radio group of the values."""

UNITS = ("days", "working_days", "weeks", "months", "years", "h", "min")
USUAL_UNITS = ("days", "months", "years")
MASSES = ("mg", "g", "kg")


class Wrong(ValueError):
    """What was typed is no answer; the text says what to do. `field`: the id of the control."""

    def __init__(self, field_id: str, words: str) -> None:
        super().__init__(words)
        self.field = field_id


@dataclass(frozen=True)
class Drawing:
    """What drawing a type needs to know: titles of codes, the site's areas and zone, the usual currency."""

    pathway: Pathway
    zone: str
    areas: Mapping[str, Text] = field(default_factory=dict)
    currency: str = "EUR"

    def show(self, type_: Type, plain: Any) -> str:
        """A plain value in the page's language."""
        return values.show(type_, plain, language(), values_titles(self.pathway, self.areas), self.zone)


def values_titles(pathway: Pathway, areas: Mapping[str, Text]) -> Mapping[str, Mapping[str, Text]]:
    """The titles of all codes a pathway can show."""
    return {**pathway.vocabularies, **pathway.shared, "place": areas}


def one(typed: Typed, name: str) -> str:
    """The last text typed under a name, without the spaces around it."""
    found = typed.get(name) or ()
    return found[-1].strip() if found else ""


def field_id(name: str) -> str:
    """A name as an element's id."""
    return "f-" + name.replace(".", "-").replace("~", "")


# ------------------------------------------------------------------------------------------------ drawing
def control(
    d: Drawing,
    type_: Type,
    name: str,
    label: str,
    typed: Typed,
    may_be: Sequence[str] = (),
    audience: Audience | None = None,
    units: Sequence[str] = (),
) -> Control:
    """The control of one question, with what was typed so far."""
    base = Control("", name, field_id(name), label, audience=audience)
    drawn = _DRAW[type_.kind](d, type_, base, typed)
    if type_.kind == "duration":
        drawn = _length_control(base, typed, units)
    return replace(drawn, nothings=_nothings(drawn, may_be, typed))


def _nothings(c: Control, may_be: Sequence[str], typed: Typed) -> tuple[Option, ...]:
    shared = c.kind in ("segments", "answers")
    chosen = one(typed, c.name if shared else f"{c.name}.nothing").removeprefix(NOTHING if shared else "")
    chosen = chosen if not shared or one(typed, c.name).startswith(NOTHING) else ""
    return tuple(
        Option(f"{NOTHING}{kind}" if shared else kind, nothing_words(kind), kind == chosen, kind)
        for kind in may_be
    )


def nothing_words(kind: str) -> str:
    """A nothing as an answer that can be chosen."""
    words = {
        "not_known": _("Not known"),
        "refused": _("Prefers not to say"),
        "no_answer": _("No answer"),
        "not_asked": _("Not asked yet"),
    }
    return words[kind]


def _yes_no(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    chosen = one(typed, c.name)
    options = (Option("yes", _("Yes"), chosen == "yes"), Option("no", _("No"), chosen == "no"))
    return replace(c, kind="segments", options=options)


def _one_of(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    chosen = one(typed, c.name)
    options = tuple(Option(x, code_title(d.pathway, type_.vocabulary, x), x == chosen) for x in type_.codes)
    return replace(c, kind=_shape(options), options=options)


def _shape(options: Sequence[Option]) -> str:
    """Joined segments for a few short answers, wide answer buttons for the rest, a select from eight on."""
    if len(options) >= 8:
        return "select"
    short = len(options) <= 4 and sum(len(o.words) for o in options) <= 34
    return "segments" if short else "answers"


def _some_of(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    chosen = set(typed.get(c.name) or ())
    options = tuple(Option(x, code_title(d.pathway, type_.vocabulary, x), x in chosen) for x in type_.codes)
    return replace(c, kind="checks", options=options, wide="across")


def _place(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    chosen = one(typed, c.name)
    if not d.areas:
        return replace(c, kind="line", value=chosen)
    options = tuple(Option(code, pick(title, code), code == chosen) for code, title in d.areas.items())
    return replace(c, kind="select" if len(options) >= 8 else "answers", options=options, wide="across")


def _line(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    return replace(c, kind="line", value=one(typed, c.name))


def _number(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    return replace(
        c,
        kind="number",
        value=one(typed, c.name),
        wide="w4",
        inputmode="numeric" if type_.kind == "count" else "decimal",
    )


def _text(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    found = typed.get(c.name) or ("",)
    return replace(c, kind="words", value=found[-1])


def _mass(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    unit = one(typed, f"{c.name}.unit") or "g"
    return replace(
        c,
        kind="parts",
        parts=(
            Control(
                "number", f"{c.name}.n", c.id, "", one(typed, f"{c.name}.n"), wide="w4", inputmode="decimal"
            ),
            _units(f"{c.name}.unit", _("Unit"), [(u, u) for u in MASSES], unit),
        ),
    )


def _money(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    amount = Control(
        "number",
        f"{c.name}.n",
        c.id,
        one(typed, f"{c.name}.cur") or d.currency,
        one(typed, f"{c.name}.n"),
        wide="w6",
        inputmode="decimal",
    )
    return replace(c, kind="parts", parts=(amount,))


def _length_control(c: Control, typed: Typed, units: Sequence[str]) -> Control:
    chosen = one(typed, f"{c.name}.unit")
    offered = [u for u in UNITS if u in (units or USUAL_UNITS) or u == chosen]
    drawn = [(u, unit_words(u)) for u in offered]
    n = Control("number", f"{c.name}.n", c.id, "", one(typed, f"{c.name}.n"), wide="w2", inputmode="numeric")
    return replace(c, kind="parts", parts=(n, _units(f"{c.name}.unit", _("Unit"), drawn, chosen)))


def unit_words(unit: str) -> str:
    """A unit of time as a short answer."""
    words = {
        "days": _("days"),
        "working_days": _("working days"),
        "weeks": _("weeks"),
        "months": _("months"),
        "years": _("years"),
        "h": _("hours"),
        "min": _("minutes"),
    }
    return words[unit]


def _units(name: str, label: str, drawn: Sequence[tuple[str, str]], chosen: str) -> Control:
    options = tuple(Option(value, words, value == chosen) for value, words in drawn)
    return Control("segments", name, field_id(name), label, options=options)


def _day_parts(c: Control, typed: Typed) -> tuple[Control, ...]:
    labels = (("day", _("Day"), "w2"), ("month", _("Month"), "w2"), ("year", _("Year"), "w4"))
    return tuple(
        Control(
            "number",
            f"{c.name}.{part}",
            c.id if part == "day" else field_id(f"{c.name}.{part}"),
            label,
            one(typed, f"{c.name}.{part}"),
            wide=wide,
            inputmode="numeric",
        )
        for part, label, wide in labels
    )


def _day(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    return replace(c, kind="parts", parts=_day_parts(c, typed))


def _moment(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    clock = Control(
        "number",
        f"{c.name}.time",
        field_id(f"{c.name}.time"),
        _("Hour"),
        one(typed, f"{c.name}.time"),
        wide="w4",
    )
    return replace(c, kind="parts", parts=(*_day_parts(c, typed), clock, *_which(d, c, typed)))


def _which(d: Drawing, c: Control, typed: Typed) -> tuple[Control, ...]:
    """Where local time is skipped or repeated that hour, both readings are offered."""
    try:
        _moment_read(d, Type("instant"), c.name, typed)
    except TwoHours as two:
        chosen = one(typed, f"{c.name}.which")
        offered = [(str(r), calendar.local(r, d.zone).strftime("%H:%M %Z")) for r in two.readings]
        return (_units(f"{c.name}.which", _("Which one"), offered, chosen),)
    except Wrong:
        return ()
    return ()


def _list(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    rows = tuple(
        tuple(_in_row(d, kind, f"{c.name}.{n}.{name}", name, typed) for name, kind in type_.each.items())
        for n in range(rows_of(typed, c.name))
    )
    more_comes = Option(f"{c.name}.open", _("There may be more"), one(typed, f"{c.name}.open") == "yes")
    return replace(c, kind="list", rows=rows, more=_("Add another"), open=more_comes)


def _in_row(d: Drawing, type_: Type, name: str, label: str, typed: Typed) -> Control:
    drawn = control(d, type_, name, field_words(label), typed)
    if drawn.kind == "answers":
        return replace(drawn, kind="select" if len(drawn.options) > 3 else "segments")
    return drawn


def field_words(name: str) -> str:
    """The fields of a list's records have no titles of their own in a definition; the usual ones are said
    here.
    """
    usual = {
        "substance": _("Substance"),
        "mass": _("Amount"),
        "weight": _("How it was weighed"),
        "amount": _("Amount"),
        "kind": _("Kind"),
        "what": _("What"),
        "when": _("When"),
        "who": _("Who"),
        "number": _("Number"),
    }
    return usual.get(name, name.replace("_", " ").capitalize())


def rows_of(typed: Typed, name: str) -> int:
    """How many records are drawn: those typed so far, or as many as were asked for; at least one."""
    asked = one(typed, f"{name}.rows")
    used = [
        int(part[1])
        for key, found in typed.items()
        if key.startswith(f"{name}.")
        and any(found)
        and (part := key[len(name) :].split("."))[1:]
        and part[1].isdigit()
        and len(part[1]) < 4
    ]
    return min(60, max([1, *(n + 1 for n in used), int(asked) if asked.isdigit() and len(asked) < 4 else 0]))


_DRAW: dict[str, Callable[[Drawing, Type, Control, Typed], Control]] = {
    "yes_no": _yes_no,
    "one_of": _one_of,
    "some_of": _some_of,
    "count": _number,
    "number": _number,
    "mass": _mass,
    "money": _money,
    "date": _day,
    "instant": _moment,
    "duration": _line,
    "place": _place,
    "score": _line,
    "text": _text,
    "list": _list,
}


# ------------------------------------------------------------------------------------------------ reading
class TwoHours(Wrong):
    """The clocks change in that hour: it is skipped or comes twice."""

    def __init__(self, field_id: str, words: str, readings: tuple[int, int]) -> None:
        super().__init__(field_id, words)
        self.readings = readings


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


def chosen_nothing(name: str, typed: Typed) -> str:
    """The nothing chosen for a question, '' if none."""
    shared = one(typed, name)
    return shared.removeprefix(NOTHING) if shared.startswith(NOTHING) else one(typed, f"{name}.nothing")


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
    amount, currency = point(one(typed, f"{name}.n")), one(typed, f"{name}.cur") or d.currency
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


def point(amount: str) -> str:
    """A number as typed here or there: `0,3` and `0.3` are the same."""
    return amount.replace(" ", "").replace("\u00a0", "").replace(",", ".")


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


# ----------------------------------------------------------------------------------- a told value as if typed
def spread(d: Drawing, type_: Type, name: str, plain: Any) -> dict[str, list[str]]:
    """The fields of a control that would give this plain value."""
    if plain is None:
        return {}
    match type_.kind:
        case "yes_no":
            return {name: ["yes" if plain else "no"]}
        case "some_of":
            return {name: list(plain["codes"])}
        case "score":
            return {name: [plain["band"]]}
        case "mass":
            return {
                f"{name}.n": [format((Decimal(plain) / 1_000_000).normalize(), "f")],
                f"{name}.unit": ["g"],
            }
        case "money":
            digits = MINOR.get(plain["currency"], 2)
            return {
                f"{name}.n": [format(Decimal(plain["minor"]).scaleb(-digits), "f")],
                f"{name}.cur": [plain["currency"]],
            }
        case "date":
            year, month, day = plain.split("-")
            return _spread_day(name, day, month, year)
        case "instant":
            then = calendar.local(plain, d.zone)
            return {
                **_spread_day(name, str(then.day), str(then.month), str(then.year)),
                f"{name}.time": [then.strftime("%H:%M")],
            }
        case "duration":
            return _spread_length(name, Length(plain["n"], plain["unit"]))
        case "list":
            return _spread_list(d, type_, name, plain)
    return {name: [str(plain)]}


def _spread_day(name: str, day: str, month: str, year: str) -> dict[str, list[str]]:
    return {f"{name}.day": [day], f"{name}.month": [month], f"{name}.year": [year]}


def _spread_length(name: str, length: Length) -> dict[str, list[str]]:
    n, unit = length
    if unit == "s":
        return {
            f"{name}.n": [str(n // 3600 if n % 3600 == 0 else n // 60)],
            f"{name}.unit": ["h" if n % 3600 == 0 else "min"],
        }
    return {f"{name}.n": [str(n)], f"{name}.unit": [unit]}


def _spread_list(d: Drawing, type_: Type, name: str, plain: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {f"{name}.open": ["yes"]} if plain.get("open") else {}
    for n, item in enumerate(plain["items"]):
        for part, value in item.items():
            found |= spread(d, type_.each[part], f"{name}.{n}.{part}", value)
    return found
