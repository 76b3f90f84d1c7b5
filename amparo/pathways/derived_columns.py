"""Derived values over columns: lists put together by a code, and answers chosen by rows of rules.

The answers are those of `derived.DerivedValue`, row by row; a sum that 64 bits do not hold is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import numpy as np

from amparo.pathways import values
from amparo.pathways.derived import DerivedValue
from amparo.pathways.rules import Compiled, Kind
from amparo.pathways.rules.columns import ColumnRule, chosen_row
from amparo.pathways.rules.columns_frame import ColumnDay
from amparo.pathways.rules.columns_held import Array, Column, Flags, Held, Masks, Ragged, Record
from amparo.pathways.rules.columns_made import column_of
from amparo.pathways.rules.columns_numbers import biggest
from amparo.pathways.rules.functions import WHOLE
from amparo.pathways.scope import ITEM

Ready = Callable[[Compiled], ColumnRule]


class Cases(Protocol):
    """The columns of cases, how days are counted, and how many rows there are."""

    day: ColumnDay
    rows: int

    def __getitem__(self, name: str, /) -> Held: ...


class _Items(Mapping[str, Held]):
    """The columns of the items of a list: the item itself, and what stands in the row it is of."""

    def __init__(self, cases: Cases, found: Ragged) -> None:
        self.cases, self.day = cases, cases.day
        self.index = np.repeat(np.arange(found.rows), np.diff(found.offsets))
        self.rows = len(self.index)
        self._found: dict[str, Held] = {ITEM: Record(found.fields)}

    def __getitem__(self, name: str) -> Held:
        if name not in self._found:
            self._found[name] = self.cases[name].taken(self.index)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def derived_column(value: DerivedValue, kind: Kind, cases: Any, ready: Ready) -> Held:
    """A derived value of this kind for every row of the cases. `ready` makes compiled rules ready for columns."""
    if not value.source:
        return _chosen(value, kind, cases, ready)
    found = cases[value.source]
    assert isinstance(found, Ragged)
    if found.rows != cases.rows:
        found = found.gathered(np.zeros(cases.rows, np.intp))
    items = _Items(cases, found)
    if value.definition.group:
        return _Grouping(value, found, items, ready).column()
    answer = kind.field("answer")
    assert answer is not None
    return found._replace(fields={**found.fields, "answer": _chosen(value, answer, items, ready)})


def _chosen(value: DerivedValue, kind: Kind, cols: Any, ready: Ready) -> Held:
    """The value of the row that `choose` takes."""
    thens = [values.ruled(then) for _, then in value.rows]
    verdicts = [ready(rule).verdict(cols, cols.day, cols.rows) if rule else None for rule, _ in value.rows]
    row = chosen_row([(masks, thens.index(then)) for masks, then in zip(verdicts, thens, strict=True)])
    return column_of(kind, thens).taken(row.values).only(row.known)


class _Grouping:
    """The items of one code make one record; an item whose code is not known may belong to any, and stands alone.

    Records come in the order of their first items; those that stand alone come last in their row.
    """

    def __init__(self, value: DerivedValue, found: Ragged, items: _Items, ready: Ready) -> None:
        self.value, self.found, self.items, self.ready = value, found, items, ready
        by = found.fields[value.definition.by]
        assert isinstance(by, Column)
        self.stray = ~np.broadcast_to(by.known, items.rows)
        codes = np.where(self.stray, 0, by.values).astype(np.int64)
        self.first, self.group = self._groups(codes, len(by.words) or 1)
        self.size = len(self.first)
        self.by = by

    def _groups(self, codes: Array, words: int) -> tuple[Array, Array]:
        """The first item of each group, in order, and the group of each item."""
        numbers = np.arange(self.items.rows)
        head, alone = self.items.index * (words + self.items.rows), words + numbers
        keys = head + np.where(self.stray, alone, codes)
        _, first, group = np.unique(keys, return_index=True, return_inverse=True)
        order = np.lexsort((first, self.stray[first], self.items.index[first]))
        place = np.empty(len(order), np.intp)
        place[order] = np.arange(len(order))
        return first[order], place[group]

    def column(self) -> Ragged:
        row = self.items.index[self.first]
        lonely = self.stray[self.first]
        opened = np.broadcast_to(self.found.open, self.found.rows)
        strays = np.zeros(self.found.rows, np.bool_)
        strays[self.items.index[self.stray]] = True
        more = lonely | (strays | opened)[row]
        fields: dict[str, Held] = {self.value.definition.by: self.by.taken(self.first)}
        for name in self.value.definition.sum:
            fields[name] = self._sum(name, more)
        for name, rule in self.value.all_.items():
            masks = self.ready(rule).verdict(self.items, self.items.day, self.items.rows)
            fields[name] = self._all(masks, more)
        offsets = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=self.found.rows))))
        return Ragged(offsets, fields, self.found.known, self.found.open)

    def _sum(self, name: str, more: Flags) -> Column:
        """Not known where an addend is not, or where there may be more."""
        field = self.found.fields[name]
        assert isinstance(field, Column)
        given = np.where(field.known, field.values, 0)
        wide = field.values.dtype == np.object_ or biggest(given) * max(1, self.items.rows) >= WHOLE
        total: Array = np.zeros(self.size, np.object_ if wide else np.int64)
        np.add.at(total, self.group, np.broadcast_to(given, self.items.rows).astype(total.dtype))
        known = ~(more | self._some(~np.broadcast_to(field.known, self.items.rows)))
        if wide and field.values.dtype != np.object_:
            fits = ((total >= -WHOLE) & (total < WHOLE)).astype(np.bool_)
            total, known = np.where(fits, total, 0).astype(np.int64), known & fits
        return Column(total, known, (), field.places)

    def _all(self, masks: Masks, more: Flags) -> Column:
        """True of all; not known where one is, or where there may be more and none is false."""
        no = self._some(masks.no)
        return Column(~no, no | ~(more | self._some(~(masks.yes | masks.no))))

    def _some(self, items: Flags) -> Flags:
        """The groups with such an item."""
        found = np.zeros(self.size, np.bool_)
        found[self.group[items]] = True
        return found
