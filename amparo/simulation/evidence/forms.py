"""The small forms of evidence: names of values, plain constants, units; and how a value's own texts become numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from amparo.pathways.findings import suggestion
from amparo.pathways.forms import Around, Reading, Schema, Word
from amparo.pathways.yaml_form import Node, Scalar, plain
from amparo.simulation.evidence.model import LITERALS, REST, Ref
from amparo.simulation.evidence.units import NUMBER, Unit, parse_number, parse_span, parse_unit, unit_of

Wrong = Iterator[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a value; `0` or `1`; where shares stand, also `rest`."""

    rest: bool = False

    @property
    def says(self) -> str:
        return "a value's name, `0` or `1`" + (", or `rest`" if self.rest else "")

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "the name of a value")
        text, values = node.text, reading.spaces["value"]
        if text in values or text in LITERALS or (self.rest and text == REST):
            return Ref(text, node.where)
        if text == REST:
            return reading.fault(node.where, "N1", "`rest` stands where no shares are", "name a value")
        if re.match(rf"{NUMBER}( |$)", text) or unit_of(text):
            what = f"'{text}' is a number without a source"
            return reading.fault(node.where, "Y3", what, "state it under values, and write its name here")
        return reading.fault(node.where, "N1", f"'{text}' is not a value", suggestion(text, values))

    def schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Constant:
    """What is kept as it is written: words, a list or a mapping; types are the pathway's business."""

    says: str = "a value as written in a case"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        return plain(node)

    def schema(self) -> Schema:
        return {}


def _from(text: str) -> str:
    if not re.fullmatch(r"(population|history)\.[a-z][a-z0-9_]*", text):
        raise ValueError(f"'{text}' is nowhere: write population.<column> or history.entries")
    return text


def _band(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text):
        raise ValueError(f"'{text}' is no age: write a whole number of years")
    return int(text)


def _price_year(text: str) -> int:
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise ValueError(f"'{text}' is no price year: write a year, 2023")
    return int(text)


def _level(text: str) -> float:
    if not re.fullmatch(r"0\.\d{1,6}|1(\.0+)?", text) or float(text) == 0:
        raise ValueError(f"'{text}' is no level: write how much of it lies between the two, 0.95")
    return float(text)


def _use(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]*( [A-Za-z0-9][A-Za-z0-9-]*)?", text):
        raise ValueError(
            f"'{text}' names no evidence: write a pathway's id, and a file's name if it has several"
        )
    return text


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(text: str) -> str:
    if text not in _zones():
        raise ValueError(f"'{text}' is no time zone: write its name, Europe/Lisbon")
    return text


REF, SHARE = Named(), Named(rest=True)
FROM = Word("`population.<column>` or `history.entries`", _from)
AGE = Word("an age in years", _band)
PRICE_YEAR = Word("a year, `2023`", _price_year)
LEVEL = Word("a level, `0.95`", _level)
UNIT = Word("a unit", parse_unit)
SPAN = Word("a duration, `14 days`", parse_span)
ZONE = Word("a time zone", _zone)
USE = Word("a pathway's id", _use)

OF_THE_UNIT = ("sd", "low", "high")
"""Parameters that are numbers of the value's own unit; the others have none."""
PARAMETERS = ("alpha", "beta", "n", "events", "shape", "log_sd", *OF_THE_UNIT)


def unit_said(text: str, unit: Unit | None) -> Unit:
    """The unit of a number: the one written beside it, or the one it carries. Raises ValueError with a sentence."""
    carried = unit_of(text)
    if unit is None and carried is None:
        raise ValueError(f"'{text}' has no unit: write unit: share, ratio, per year, …")
    if unit and carried and unit.kind not in (carried.kind, f"{carried.kind}_rate"):
        raise ValueError(f"the unit is {unit.text}, and '{text}' is a {carried.kind}: write one of the two")
    made = unit or carried
    assert made is not None
    return made


def spread_of(raw: Mapping[str, Any], unit: Unit) -> dict[str, Any]:
    """The numbers of a distribution, held, from its texts. Raises ValueError with a sentence."""
    held: dict[str, Any] = {}
    if "interval" in raw:
        held["interval"] = _interval(raw["interval"], unit)
    if "parameters" in raw:
        held["parameters"] = {name: _parameter(name, text, unit) for name, text in raw["parameters"].items()}
    if "draws" in raw:
        held["draws"] = tuple(parse_number(text, unit) for text in raw["draws"])
    if "done" in raw:
        held["done"] = _done(raw["done"])
    return held


def _interval(texts: tuple[str, ...], unit: Unit) -> tuple[float, float]:
    if len(texts) != 2:
        raise ValueError("an interval has two ends: write [low, high]")
    low, high = (parse_number(text, unit) for text in texts)
    if low >= high:
        raise ValueError(f"the interval runs from {texts[0]} to {texts[1]}: write the lower end first")
    return low, high


def _parameter(name: str, text: str, unit: Unit) -> float:
    if name in OF_THE_UNIT:
        return parse_number(text, unit)
    return parse_number(text, Unit("number"))


def _done(texts: Mapping[str, str]) -> dict[float, float]:
    """Duration -> share done by then; both must grow."""
    made = {parse_span(span): parse_number(share, Unit("share")) for span, share in texts.items()}
    spans, shares = list(made), list(made.values())
    rising = all(a < b for a, b in zip(spans, spans[1:], strict=False))
    growing = all(a < b for a, b in zip(shares, shares[1:], strict=False))
    if not made or spans[0] <= 0 or not rising or not growing or shares[0] < 0 or shares[-1] > 1:
        raise ValueError("`done` does not rise: write later durations with larger shares up to 1")
    return made
