"""The kinds of things a rule can speak of, and how their values are held."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias


class Some(NamedTuple):
    """Several codes. `open`: there may be more that nobody has told; an element None is one not known."""

    codes: tuple[str | None, ...]
    open: bool = False

    @property
    def items(self) -> tuple[str | None, ...]:
        return self.codes


class Records(NamedTuple):
    """A list of records, field -> value (absent or None: not known). `open`: there may be more."""

    items: tuple[Mapping[str, Value], ...]
    open: bool = False


Value: TypeAlias = "bool | int | Decimal | str | datetime.date | Some | Records | Mapping[str, object] | None"

One = Literal["yes_no", "codes", "count", "number", "mass", "money", "date", "instant", "duration", "place"]
Many = Literal["some", "records", "record", "table"]
Mute = Literal["length", "text", "score"]
KindName: TypeAlias = One | Many | Mute
"""Kinds of one value, kinds that hold several, and kinds that rules do not read."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind. Two values may be compared only when their kinds are the same.

    `words` are the codes of a vocabulary (for a table: of its key), `currency` that of money, `fields`
    those of a record or the columns of a table.
    """

    name: KindName
    words: tuple[str, ...] = ()
    currency: str = ""
    fields: tuple[tuple[str, Kind], ...] = ()

    def field(self, name: str) -> Kind | None:
        return dict(self.fields).get(name)

    def __str__(self) -> str:
        return SAID[self.name] + (f" in {self.currency}" if self.currency else "")


SAID: dict[KindName, str] = {
    "yes_no": "a yes or no",
    "codes": "a code",
    "some": "a list of codes",
    "count": "a whole number",
    "number": "a decimal number",
    "mass": "a mass",
    "money": "money",
    "date": "a date",
    "instant": "an instant",
    "duration": "an elapsed duration",
    "length": "a civil length",
    "place": "a place",
    "text": "a text",
    "score": "a score",
    "records": "a list of records",
    "record": "a record",
    "table": "a table",
}

YES_NO, COUNT, NUMBER, MASS = Kind("yes_no"), Kind("count"), Kind("number"), Kind("mass")
DATE, INSTANT, DURATION, LENGTH = Kind("date"), Kind("instant"), Kind("duration"), Kind("length")
TEXT, SCORE = Kind("text"), Kind("score")

LINE = frozenset({"count", "number", "mass", "money", "date", "instant", "duration"})
"""Names of the kinds that have an order."""


def codes(words: tuple[str, ...]) -> Kind:
    """One code of a vocabulary. Where there may be none (`last.decision`), '' is one of the words."""
    return Kind("codes", tuple(words))


def some(words: tuple[str, ...]) -> Kind:
    """Several codes of a vocabulary."""
    return Kind("some", tuple(words))


def money(currency: str) -> Kind:
    """Money in one currency, by its ISO 4217 code."""
    return Kind("money", currency=currency)


def place(areas: tuple[str, ...] = ()) -> Kind:
    """A place. Areas belong to the site, so a definition usually knows none."""
    return Kind("place", tuple(areas))


def records(fields: Mapping[str, Kind]) -> Kind:
    """A list of records with these fields."""
    return Kind("records", fields=tuple(fields.items()))


def record(fields: Mapping[str, Kind]) -> Kind:
    """One record, such as the `item` of a derived value."""
    return Kind("record", fields=tuple(fields.items()))


def table(keys: tuple[str, ...], columns: Mapping[str, Kind]) -> Kind:
    """A table, looked up by a code of the vocabulary `keys`."""
    return Kind("table", tuple(keys), fields=tuple(columns.items()))


Role = Literal["fact", "setting", "derived", "rule", "table", "reading", "item"]


class Declaration(NamedTuple):
    """What a name stands for."""

    role: Role
    kind: Kind


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a rule may read, and those that exist but must not stand in it, each with what it is."""

    names: Mapping[str, Declaration]
    forbidden: Mapping[str, str] = field(default_factory=dict)
