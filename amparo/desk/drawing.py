"""What control a type gets, drawn from what was typed so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace

from django.utils.translation import gettext as _

from amparo.desk.context import Audience, Control, Option
from amparo.desk.reading import answer
from amparo.desk.typed import NOTHING, Drawing, TwoHours, Typed, Wrong, field_id, one, rows_of
from amparo.desk.words import code_title, pick
from amparo.pathways import calendar
from amparo.pathways.model import Type
from amparo.people import country

UNITS = ("days", "working_days", "weeks", "months", "years", "h", "min")
USUAL_UNITS = ("days", "months", "years")
MASSES = ("mg", "g", "kg")
MOST_BUTTONS = 8
LANGUAGES = "vocabulary/languages"
NO_NAMES = ("sign_language", "other")
"""What stands last among languages, whatever it is called."""


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
    options = tuple(Option(x, words, x == chosen) for x, words in _titled(d, type_, {chosen}))
    return replace(c, kind=_shape(options), options=options)


def _titled(d: Drawing, type_: Type, chosen: Set[str]) -> Iterator[tuple[str, str]]:
    """Each code with its title, in the order of its list."""
    if type_.vocabulary == LANGUAGES:
        return languages(d, type_.codes, chosen)
    return ((x, code_title(d.pathway, type_.vocabulary, x)) for x in type_.codes)


def languages(d: Drawing, codes: Iterable[str], chosen: Set[str]) -> Iterator[tuple[str, str]]:
    """The languages asked at this site, and those chosen already: first those of the programme, then by name."""
    asked = {*country.spoken(d.zone, codes), *chosen}
    found = {x: code_title(d.pathway, LANGUAGES, x) for x in codes if x in asked}
    first = [x for x in d.pathway.languages if x in found]
    rest = sorted((x for x in found if x not in first), key=lambda x: (x in NO_NAMES, found[x]))
    return ((x, found[x]) for x in (*first, *rest))


def _shape(options: Sequence[Option]) -> str:
    """Joined segments for a few short answers, wide answer buttons for the rest, a select for more than eight."""
    if len(options) > MOST_BUTTONS:
        return "select"
    short = len(options) <= 4 and sum(len(o.words) for o in options) <= 34
    return "segments" if short else "answers"


def _some_of(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    chosen = set(typed.get(c.name) or ())
    options = tuple(Option(x, words, x in chosen) for x, words in _titled(d, type_, chosen))
    return replace(c, kind="checks", options=options, wide="across")


def _place(d: Drawing, type_: Type, c: Control, typed: Typed) -> Control:
    chosen = one(typed, c.name)
    if not d.areas:
        return replace(c, kind="line", value=chosen)
    options = tuple(Option(code, pick(title, code), code == chosen) for code, title in d.areas.items())
    return replace(c, kind="select" if len(options) > MOST_BUTTONS else "answers", options=options, wide="across")


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
    held = one(typed, f"{c.name}.cur")
    amount = Control(
        "number",
        f"{c.name}.n",
        c.id,
        d.currency and (held or d.currency),
        one(typed, f"{c.name}.n"),
        wide="w6",
        inputmode="decimal",
    )
    return replace(c, kind="parts", parts=(amount,) if d.currency else (_currency(c, held), amount))


def _currency(c: Control, held: str) -> Control:
    """Where the programme has no currency of its own, the sum says which it is in."""
    name = f"{c.name}.cur"
    return Control("line", name, field_id(name), _("Currency"), held, wide="w4")


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
        answer(d, Type("instant"), c.name, typed)
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
