"""Keys of values and of their sources; and the names and forms that all keys of evidence share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from amparo.pathways.forms import Choice as OneOf
from amparo.pathways.grammar.atoms import ANY, CODE, CURRENCY
from amparo.pathways.records import Key, ListOf, MapOf, Record
from amparo.pathways.typed import Citations
from amparo.simulation.evidence import model
from amparo.simulation.evidence.forms import (
    LEVEL,
    PARAMETERS,
    PRICE_YEAR,
    REF,
    SHARE,
    UNIT,
    Wrong,
    spread_of,
    unit_said,
)
from amparo.simulation.evidence.units import currency_of, parse_number

ANYTHING = re.compile(r".+")
CODED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
THING = re.compile(r"[a-z][a-z0-9_-]*([. ][A-Za-z0-9_-]+)?")

NOTE = Key(ANY, "for reviewers")
UNVERIFIED = Key(ANY, "why it is not settled; every result that uses it says so")

BY_CODE = MapOf(MapOf(REF, "a code", pattern=CODED), "a column")
SHARES_BY_CODE = MapOf(MapOf(SHARE, "a code", pattern=CODED), "a column")
TIMES = MapOf(REF, "what multiplies it", pattern=THING)

FAMILIES = (
    "fixed",
    "beta",
    "gamma",
    "lognormal",
    "normal",
    "uniform",
    "triangular",
    "dirichlet",
    "empirical",
)
OF_PEOPLE = (
    "fixed",
    "exponential",
    "weibull",
    "gamma",
    "lognormal",
    "uniform",
    "triangular",
    "piecewise",
    "empirical",
)
MIDDLES = ("mean", "median")
GRADES = ("A", "B", "C", "D", "E", "X")

SPREAD: dict[str, Key] = {
    "as": Key(
        OneOf(tuple(dict.fromkeys((*FAMILIES, *OF_PEOPLE)))),
        "the family of the distribution; without it, `fixed`",
    ),
    "interval": Key(ListOf(ANY), "`[low, high]`, to which it is fitted"),
    "level": Key(LEVEL, "how much of it lies in the interval"),
    "parameters": Key(MapOf(ANY, "a parameter", names=PARAMETERS), "instead of an interval"),
    "draws": Key(ListOf(ANY), "of `empirical`: numbers, each as likely"),
    "done": Key(
        MapOf(ANY, "a duration", pattern=ANYTHING), "of `piecewise`: duration → share of people done by then"
    ),
    "middle": Key(
        OneOf(MIDDLES), "what the value is of the distribution: `lognormal` median, the others mean"
    ),
}


def _value(values: dict[str, Any]) -> Wrong:
    """Texts become held numbers."""
    try:
        _held(values)
    except ValueError as error:
        what, _, remedy = str(error).partition(": ")
        yield "Y3", what, remedy or "mend it"


def _held(values: dict[str, Any]) -> None:
    text = values["value"]
    unit = unit_said(text, values.get("unit"))
    said = currency_of(text)
    if said and values.get("currency", said) != said:
        raise ValueError(f"the sum is in {said}, and the currency {values['currency']}: write one of the two")
    currency = values.get("currency", said)
    values |= {"text": text, "value": parse_number(text, unit), "unit": unit, "currency": currency}
    values |= spread_of(values, unit)
    if "uncertain" in values:
        values["uncertain"] = replace(values["uncertain"], **_raw_spread(values["uncertain"], unit))
    cited = values.pop("source")
    values["sources"] = () if any(cite.source == "none" for cite in cited) else cited


def _raw_spread(spread: model.Spread, unit: Any) -> dict[str, Any]:
    names = ("interval", "parameters", "draws", "done")
    return spread_of({name: raw for name in names if (raw := getattr(spread, name))}, unit)


def _uncertain(values: dict[str, Any]) -> Wrong:
    values.setdefault("as_", "lognormal")
    yield from ()


SPREAD_KEYS = {name: replace(key, attr="as_" if name == "as" else "") for name, key in SPREAD.items()}
UNCERTAIN = Record("how sure a duration is", model.Spread, SPREAD_KEYS, settle=_uncertain)

VALUE = Record(
    "a value",
    lambda **known: model.Value(name="", of="", **known),
    {
        "value": Key(ANY, "the base case: a number, `30 days`, `EUR 50.00`", must=True),
        "unit": Key(UNIT, "what it is a number of; a duration and a sum carry theirs"),
        **SPREAD_KEYS,
        "uncertain": Key(
            UNCERTAIN, "of a duration: how sure its middle is (`lognormal` unless another is named)"
        ),
        "group": Key(CODE, "the shares that are drawn together (`dirichlet`)"),
        "source": Key(Citations(), "a source's key, then the place in it; `cases`; `none`", must=True),
        "date": Key(ANY, "when it was so"),
        "place": Key(ANY, "where it was so"),
        "population": Key(ANY, "of whom"),
        "quality": Key(OneOf(GRADES), "A to E, or X: no source", must=True),
        "note": NOTE,
        "unverified": UNVERIFIED,
        "currency": Key(CURRENCY, "of money, where the sum does not carry it"),
        "price_year": Key(PRICE_YEAR, "of money: the year of its prices"),
        "agency": Key(CODE, "of a cost: who pays it"),
    },
    settle=_value,
)

SOURCE = Record(
    "a source",
    model.Source,
    {
        "title": Key(ANY, "its title", must=True),
        "url": Key(ANY, "where it is read"),
        "read": Key(
            OneOf(("whole", "part", "second_hand", "not_read")), "how much of it was read", must=True
        ),
        "date": Key(ANY, "when it appeared"),
        "note": NOTE,
    },
)
