"""Keys of the population and of the facts of a case."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from amparo.pathways.forms import Form
from amparo.pathways.grammar.atoms import CODE, RULE, exactly_one
from amparo.pathways.records import Key, ListOf, MapOf, Record, Rows
from amparo.simulation.evidence import model
from amparo.simulation.evidence.forms import (
    AGE,
    FROM,
    REF,
    SHARE,
    Constant,
    Wrong,
)
from amparo.simulation.evidence.keys_of_values import (
    ANYTHING,
    CODED,
    NOTE,
)

AGES = re.compile(r"\d{1,3}")

CHOOSE: Form = MapOf(SHARE, "a code", pattern=CODED)


class _Bands(MapOf):
    """Ages in years."""

    def read(self, reading: Any, node: Any, around: Any) -> Any:
        found = super().read(reading, node, around)
        return {int(age): share for age, share in found.items()} if isinstance(found, dict) else found


def _column(values: dict[str, Any]) -> Wrong:
    if "by" not in values or {"choose", "bands", "share"} & values.keys():
        yield from exactly_one(values, "choose", "bands", "share")
    yield from _ages(list(values.get("bands", {})), values.get("until"))


def _ages(ages: list[int], until: int | None) -> Wrong:
    if ages != sorted(ages):
        yield "Y3", "the ages of `bands` do not rise", "write the youngest first"
    if ages and (until is None or until <= ages[-1]):
        yield "Y2", "the last band has no end", "write until: <age>, above its beginning"
    if until is not None and not ages:
        yield "Y2", "`until` stands without `bands`", "remove it"


COLUMN_KEYS = {
    "choose": Key(CHOOSE, "code → share"),
    "bands": Key(
        _Bands(SHARE, "an age", pattern=AGES), "from age → share; within a band all ages are as likely"
    ),
    "until": Key(AGE, "where the last band ends"),
    "share": Key(REF, "of *yes*, the others are *no*"),
}
COLUMN_OF_SOME = Record("a column of some", model.Column, COLUMN_KEYS, short="share", settle=_column)
COLUMN = Record(
    "a column",
    model.Column,
    {
        **COLUMN_KEYS,
        "by": Key(
            MapOf(MapOf(COLUMN_OF_SOME, "a code", pattern=CODED), "an earlier column"),
            "column → code → what holds for people of that code instead",
        ),
    },
    short="share",
    settle=_column,
)
POPULATION = Record(
    "a population",
    model.Population,
    {
        "columns": Key(MapOf(COLUMN, "a column"), "drawn in this order", must=True),
        "dynamic": Key(ListOf(CODE), "columns that life changes"),
        "people": Key(REF, "how many there are"),
        "note": NOTE,
    },
)


# ----------------------------------------------------------------------------------------------------- facts
class _Options:
    """`{code: share}`, or rows `{is, share}` where what is drawn is no word."""

    says = "mapping: a code → a share, or rows `{is, share}`"

    def read(self, reading: Any, node: Any, around: Any) -> Any:
        if hasattr(node, "items"):
            return ListOf(OPTION).read(reading, node, around)
        found = MapOf(SHARE, "a code", pattern=ANYTHING).read(reading, node, around)
        if not isinstance(found, dict):
            return found
        return tuple(model.Option(where=ref.where, value=code, share=ref) for code, ref in found.items())

    def schema(self) -> dict[str, Any]:
        return {"type": ["object", "array"]}


OPTION = Record(
    "an option",
    model.Option,
    {
        "is": Key(Constant(), "what is drawn", must=True, attr="value"),
        "share": Key(SHARE, "how often", must=True),
    },
)
DRAW_KEYS = {
    "choose": Key(_Options(), "codes with their shares"),
    "share": Key(REF, "of *yes*, the others are *no*"),
    "value": Key(Constant(), "the same for everybody"),
    "from": Key(FROM, "what the person or the person's history has"),
    "not_known": Key(REF, "share of people where it is not known"),
    "refused": Key(REF, "share of people who prefer not to say"),
    "no_answer": Key(REF, "share of people of whom the giver tells nothing"),
}
WAYS = ("choose", "share", "value", "from_")
NOTHINGS = ("not_known", "refused", "no_answer")


def _draw(values: dict[str, Any]) -> Wrong:
    if not set(NOTHINGS) & values.keys() or set(WAYS) & values.keys():
        yield from exactly_one(values, *WAYS)


def _row_of_draw(values: dict[str, Any]) -> Wrong:
    if ("otherwise" in values) == ("if_" in values):
        yield "Y2", "a row has either `if` or `otherwise`", "write one of them"
    elif "otherwise" not in values:
        yield from _draw(values)


def _made_draw(where: Any, otherwise: Any = None, **known: Any) -> model.Draw:
    return otherwise if otherwise is not None else model.Draw(where=where, **known)


DRAW = Record("a draw", model.Draw, DRAW_KEYS, short="share", settle=_draw)
DRAW_ROW = Record(
    "a draw for some",
    _made_draw,
    {"if": Key(RULE, "a rule over facts and columns"), **DRAW_KEYS, "otherwise": Key(DRAW, "the last row")},
    settle=_row_of_draw,
)


def _fact(values: dict[str, Any]) -> Wrong:
    if "given" not in values:
        yield from _draw(values)
    elif set(WAYS) & values.keys():
        yield "Y2", "`given` stands beside what it replaces", "write what is drawn in its rows only"


def _made_fact(where: Any, given: Any = None, **known: Any) -> model.Drawn:
    """Shares of nothings that stand beside the rows hold for each row that has none of its own."""
    if given is None:
        return model.Drawn(where=where, given=(model.Draw(where=where, **known),))
    rows = tuple(
        replace(row, **{name: ref for name, ref in known.items() if getattr(row, name) is None})
        for row in given
    )
    return model.Drawn(where=where, given=rows)


FACT = Record(
    "how a fact is drawn",
    _made_fact,
    {**DRAW_KEYS, "given": Key(Rows(DRAW_ROW), "by rules over facts and columns")},
    short="share",
    settle=_fact,
)
