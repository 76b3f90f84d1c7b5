"""Columns from values as the scalar rules take them, and back: for settings, small tables, tests and reports."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any

import numpy as np

from amparo.pathways.rules.columns_held import (
    FIRST_DAY,
    MOST_WORDS,
    Array,
    Column,
    Flags,
    Held,
    Lookup,
    Ragged,
    Record,
    Several,
)
from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.kinds import Kind, Records, Some


def column_of(kind: Kind, values: Sequence[Any]) -> Held:
    """A column of these values, None where one is not known. Of one value: it stands for all rows."""
    match kind.name:
        case "some":
            return _several(kind, values)
        case "records":
            return _ragged(kind, values)
        case "record":
            return _record(kind, values)
        case "table":
            return _lookup(kind, values)
        case "codes" | "place":
            words = kind.words or tuple(sorted({each for each in values if each is not None}))
            numbers = {word: number for number, word in enumerate(words)}
            return Column(_array([numbers.get(each) for each in values], np.int16), _known(values), words)
        case "number":
            return _numbers(values)
        case "date":
            days = [None if each is None else each.toordinal() - FIRST_DAY for each in values]
            return Column(_array(days, np.int64), _known(values))
        case "yes_no":
            return Column(_array(values, np.bool_), _known(values))
    return Column(_array(values, np.int64), _known(values))


def constant(kind: Kind, value: Any) -> Held:
    """A column with one value for all rows, such as a setting."""
    return column_of(kind, [value])


def unknown(kind: Kind) -> Held:
    """A column of what nobody knows."""
    return column_of(kind, [None])


def _array(values: Iterable[Any], type_: Any) -> Array:
    return np.array([0 if each is None else each for each in values], type_)


def _known(values: Sequence[Any]) -> Flags:
    return np.array([each is not None for each in values], np.bool_)


def _numbers(values: Sequence[Decimal | None]) -> Column:
    """Decimals as whole numbers of one size; Python's own where 64 bits do not hold them."""
    places = max((max(0, -_exponent(each)) for each in values if each is not None), default=0)
    whole = [0 if each is None else int(scaled(each, places)) for each in values]
    type_ = np.int64 if all(-(2**63) < each < 2**63 for each in whole) else np.object_
    return Column(np.array(whole, type_), _known(values), (), places)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def scaled(value: Decimal, places: int) -> int:
    """A decimal as a whole number of 10 ** -`places`, of which it has no more."""
    sign, digits, _ = value.as_tuple()
    whole: int = int("".join(map(str, digits)) or "0") * 10 ** (places + _exponent(value))
    return -whole if sign else whole


def _several(kind: Kind, values: Sequence[Some | None]) -> Several:
    if len(kind.words) > MOST_WORDS:
        message = f"a list of codes has {len(kind.words)} of them, and columns tell {MOST_WORDS} apart"
        raise RuleFault(message, 0, "declare a list of records with one code each")
    bit = {word: 1 << number for number, word in enumerate(kind.words)}
    told = [each or Some(()) for each in values]
    bits = [sum({bit[code] for code in each.codes if code is not None}) for each in told]
    return Several(
        np.array(bits, np.uint64),
        kind.words,
        _known(values),
        np.array([each.open for each in told], np.bool_),
        np.array([None in each.codes for each in told], np.bool_),
    )


def _ragged(kind: Kind, values: Sequence[Records | None]) -> Ragged:
    told = [each or Records(()) for each in values]
    offsets = np.array([0, *accumulate(len(each.items) for each in told)], np.int64)
    items = [item for each in told for item in each.items]
    opened = np.array([each.open for each in told], np.bool_)
    return Ragged(offsets, _fields(kind, items), _known(values), opened)


def _fields(kind: Kind, items: Sequence[Mapping[str, Any]]) -> dict[str, Held]:
    return {name: column_of(each, [item.get(name) for item in items]) for name, each in kind.fields}


def _record(kind: Kind, values: Sequence[Mapping[str, Any] | None]) -> Record:
    return Record(_fields(kind, [each or {} for each in values]), _known(values))


def _lookup(kind: Kind, values: Sequence[Mapping[str, Mapping[str, Any]] | None]) -> Lookup:
    """A table as each row sees it: rows that see the same share a version."""
    versions: list[Mapping[str, Mapping[str, Any]]] = []
    numbers: list[int] = []
    for each in values:
        if each is not None and each not in versions:
            versions.append(each)
        numbers.append(-1 if each is None else versions.index(each))
    return table_of(kind, versions, np.array(numbers, np.int16))


def table_of(kind: Kind, versions: Sequence[Mapping[str, Mapping[str, Any]]], version: Array) -> Lookup:
    """A table with these versions; `version` tells which of them holds in each row, -1 where that is not
    known.
    """
    rows = [each.get(word) for each in versions for word in kind.words]
    present = np.array([row is not None for row in rows], np.bool_)
    return Lookup(version, kind.words, present, _fields(kind, [row or {} for row in rows]))


# ------------------------------------------------------------------------------------------------ back
def value_at(kind: Kind, column: Held, row: int) -> Any:
    """What stands in a row, as the scalar rules take it; None where it is not known."""
    if isinstance(column, Lookup):
        return _rows_at(kind, column, row)
    if not _of(column.known, row):
        return None
    match column:
        case Column():
            return _one_at(kind, column, row)
        case Several():
            told = int(_of(column.bits, row))
            codes = tuple(word for number, word in enumerate(column.words) if told >> number & 1)
            lacking = (None,) if _of(column.lacking, row) else ()
            return Some((*codes, *lacking), bool(_of(column.open, row)))
        case Ragged():
            row_ = 0 if column.rows == 1 else row
            items = range(int(column.offsets[row_]), int(column.offsets[row_ + 1]))
            told_ = tuple(_fields_at(kind, column.fields, item) for item in items)
            return Records(told_, bool(_of(column.open, row)))
    return _fields_at(kind, column.fields, row)


def _of(array: Array, row: int) -> Any:
    return array[0 if len(array) == 1 else row]


def _one_at(kind: Kind, column: Column, row: int) -> Any:
    value = _of(column.values, row)
    match kind.name:
        case "yes_no":
            return bool(value)
        case "codes" | "place":
            return column.words[value]
        case "date":
            return datetime.date.fromordinal(int(value) + FIRST_DAY)
        case "number":
            return Decimal(f"{int(value)}E{-column.places}")
    return int(value)


def _fields_at(kind: Kind, fields: Mapping[str, Held], row: int) -> dict[str, Any]:
    return {name: value_at(each, fields[name], row) for name, each in kind.fields}


def _rows_at(kind: Kind, table: Lookup, row: int) -> dict[str, dict[str, Any]] | None:
    version = int(_of(table.version, row))
    if version < 0:
        return None
    places = {word: version * len(table.words) + number for number, word in enumerate(table.words)}
    return {word: _fields_at(kind, table.columns, at) for word, at in places.items() if table.present[at]}
