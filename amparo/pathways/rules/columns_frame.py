"""What stands in the rows at hand while a rule is answered over columns: names, answers of rules, items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np

from amparo.pathways.rules.columns_held import Array, Flags, Held, Masks, Ragged, Record

ColumnDay: TypeAlias = "Callable[[Array], tuple[Array, Flags]]"
"""The civil days (since 1970) of instants at the site, and where there is one."""

Condition: TypeAlias = "Callable[[Frame], Masks]"
Value: TypeAlias = "Callable[[Frame], Any]"
"""A part of a rule, ready to be answered: a condition, or a column of another kind."""


class Frame:
    """So many rows: of cases, or of the items of a list, each of which is of row `index` of the frame `above`.

    `items` are the records or codes at hand, by the variable that speaks of them.
    """

    __slots__ = ("above", "answered", "cols", "day", "index", "items", "plans", "rows")

    def __init__(
        self, rows: int, cols: dict[str, Held], day: ColumnDay, plans: Mapping[str, Condition | Value]
    ) -> None:
        self.rows, self.cols, self.day, self.plans = rows, cols, day, plans
        self.answered: dict[str, Any] = {}
        self.items: dict[str, Held] = {}
        self.above: Frame | None = None
        self.index: Array | None = None

    def read(self, name: str) -> Any:
        """The column under a name."""
        found = self.cols.get(name)
        if found is None:
            assert self.above is not None and self.index is not None
            found = self.cols[name] = self.above.read(name).taken(self.index)
        return found

    def answer(self, name: str) -> Any:
        """The answer of a named rule, which speaks of whole cases."""
        found = self.answered.get(name)
        if found is None:
            if self.above is None or self.index is None:
                found = self.plans[name](self)
            else:
                found = self.above.answer(name).taken(self.index)
            self.answered[name] = found
        return found

    def item(self, variable: str) -> Any:
        """The record or code at hand."""
        found = self.items.get(variable)
        if found is None:
            assert self.above is not None and self.index is not None
            found = self.items[variable] = self.above.item(variable).taken(self.index)
        return found

    def within(self, of: Ragged, variable: str) -> Frame:
        """The items of a list that has a row for each of this frame's."""
        index = np.repeat(np.arange(self.rows), np.diff(of.offsets))
        inner = Frame(len(index), {}, self.day, self.plans)
        inner.above, inner.index = self, index
        inner.items[variable] = Record(of.fields)
        return inner
