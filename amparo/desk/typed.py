"""What was typed: one mapping, name of a field -> texts, whether it comes from a post, a draft or a value
told before (`spread`). Controls are drawn from it (`drawing`), answers are read from it (`reading`); so
nothing typed is ever lost between two pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from amparo.desk.words import language
from amparo.pathways import calendar, values
from amparo.pathways.model import Length, Pathway, Text, Type
from amparo.pathways.units import MINOR

Typed = Mapping[str, Sequence[str]]
NOTHING = "~"
"""Stands before a nothing where it shares the radio group of the values."""


class Wrong(ValueError):
    """What was typed is no answer; the text says what to do. `field`: the id of the control."""

    def __init__(self, field_id: str, words: str) -> None:
        super().__init__(words)
        self.field = field_id


class TwoHours(Wrong):
    """The clocks change in that hour: it is skipped or comes twice."""

    def __init__(self, field_id: str, words: str, readings: tuple[int, int]) -> None:
        super().__init__(field_id, words)
        self.readings = readings


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


def touched(typed: Typed, name: str) -> bool:
    """Was anything typed under this name, or for any part of it? A unit alone is nothing."""
    own = (k for k in typed if k == name or k.startswith(f"{name}."))
    return any(x.strip() for k in own if not k.endswith((".unit", ".cur", ".rows")) for x in typed[k])


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


def chosen_nothing(name: str, typed: Typed) -> str:
    """The nothing chosen for a question, '' if none."""
    shared = one(typed, name)
    return shared.removeprefix(NOTHING) if shared.startswith(NOTHING) else one(typed, f"{name}.nothing")


def point(amount: str) -> str:
    """A number as typed here or there: `0,3` and `0.3` are the same."""
    return amount.replace(" ", "").replace("\u00a0", "").replace(",", ".")


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
