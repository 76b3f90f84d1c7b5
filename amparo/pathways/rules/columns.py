"""A checked rule asked of many cases at once: NumPy columns in, two masks out (yes, no; neither: not known).

::

    rule = columns(compiled)              # or columns(rules[name], rules), as `compile_rule`
    yes, no = rule.verdict(cols, day)     # of a condition; boolean masks, one row a case
    column = rule.value(cols, day)        # of a rule that answers with something else: values and known
    rule.atoms(cols, day)                 # the masks of every atom of `Compiled.atoms`, in that order
    chosen_row([(masks, 0), …])           # the row that `choose`, branches and bounds take (section 6.5)

`cols` maps every name of `rule.reads` to a column (`columns_held`); one row may stand for all, as with a
setting. `day` gives the civil days of instants; `days_by` makes it of the one that scalar rules take. Rows are
answered in blocks, so that what lies between takes the same memory however many cases there are.

The answers are those of `Compiled.verdict`, row by row. What is not: a list of codes of more than 64 words is
refused, since it is held as bits, and so are numbers as floats. Nothing else of the language is.

This module and those named `columns_…` need NumPy; nothing else in this folder does or imports them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from amparo.pathways.rules.columns_check import kinds_behind, together
from amparo.pathways.rules.columns_frame import ColumnDay, Condition, Frame
from amparo.pathways.rules.columns_held import (
    ALL,
    FIRST_DAY,
    NONE,
    Array,
    Column,
    Flags,
    Held,
    Masks,
    Several,
)
from amparo.pathways.rules.columns_plan import Atoms, planned
from amparo.pathways.rules.compiled import Compiled, Day
from amparo.pathways.rules.dated import Dated
from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.functions import day_of
from amparo.pathways.rules.kinds import YES_NO, Kind
from amparo.pathways.rules.named import kind_of
from amparo.pathways.rules.reach import leaned_on

BLOCK = 16_384
"""Rows answered at once: their columns keep within the processor's own memory."""

Columns = Mapping[str, Held]


class ColumnRule:
    """A rule ready to be asked of columns. Made by `columns`; holds nothing of any case."""

    def __init__(self, root: Dated, rules: Mapping[str, Dated]) -> None:
        self.kind: Kind = kind_of(root)
        self.kinds = kinds_behind(root, rules)
        self.reads = frozenset(self.kinds)
        self._plans = {name: planned(rules[name]) for name, _ in leaned_on(root, rules)}
        self._plan: Callable[[Frame], Any] = planned(root)
        self._written = root, rules

    def verdict(self, cols: Columns, day: ColumnDay, rows: int | None = None, block: int = BLOCK) -> Masks:
        """Where the answer is yes, and where it is no. Raises `RuleFault` for columns that do not fit.

        rows: how many, where every column given stands for all. block: rows at once; 0 for all.
        """
        self._is_condition()
        return self._masks([self._plan], cols, day, rows, block)[0]

    def atoms(
        self, cols: Columns, day: ColumnDay, rows: int | None = None, block: int = BLOCK
    ) -> tuple[Masks, ...]:
        """As `verdict`, for each atom of the condition."""
        self._is_condition()
        return tuple(self._masks(self._atoms, cols, day, rows, block))

    @cached_property
    def _atoms(self) -> list[Condition]:
        return Atoms(*self._written).ready()

    def value(self, cols: Columns, day: ColumnDay, rows: int | None = None, block: int = BLOCK) -> Held:
        """The answers as a column, whatever the kind of the rule."""
        if self.kind == YES_NO:
            masks = self.verdict(cols, day, rows, block)
            return Column(masks.yes, masks.yes | masks.no)
        frames = self._frames(cols, day, together(cols, self.kinds, rows), block)
        found = [_spread(self._plan(frame), frame.rows) for _, frame in frames]
        return found[0] if len(found) == 1 else _joined(found)

    def _is_condition(self) -> None:
        if self.kind != YES_NO:
            raise RuleFault(f"this rule answers with {self.kind}, not yes or no", 0, "ask for its value")

    def _masks(
        self,
        parts: Sequence[Callable[[Frame], Any]],
        cols: Columns,
        day: ColumnDay,
        rows: int | None,
        block: int,
    ) -> list[Masks]:
        rows = together(cols, self.kinds, rows)
        found = [Masks(np.empty(rows, np.bool_), np.empty(rows, np.bool_)) for _ in parts]
        for here, frame in self._frames(cols, day, rows, block):
            for part, (yes, no) in zip(parts, found, strict=True):
                yes[here], no[here] = part(frame)
        return found

    def _frames(self, cols: Columns, day: ColumnDay, rows: int, block: int) -> Iterator[tuple[slice, Frame]]:
        """The rows block by block; one block at least."""
        given = {name: cols[name] for name in self.reads}
        for from_ in range(0, max(rows, 1), block or max(rows, 1)):
            to = min(rows, from_ + (block or rows))
            cut = {name: each.cut(from_, to) for name, each in given.items()}
            yield slice(from_, to), Frame(to - from_, cut, day, self._plans)


def columns(rule: Compiled | Dated, rules: Mapping[str, Dated] | None = None) -> ColumnRule:
    """A compiled rule, or a checked one with the checked `rules` it may lean on, ready for columns."""
    if isinstance(rule, Compiled):
        return ColumnRule(rule.root, rule.rules)
    return ColumnRule(rule, rules or {})


# ------------------------------------------------------------------------------------------------ days, rows
def days_by(day: Day) -> ColumnDay:
    """The civil days of instants by a function of one instant, asked once for each that differs."""

    def days(instants: Array) -> tuple[Array, Flags]:
        different, where = np.unique(instants, return_inverse=True)
        found = [day_of(day, int(each)) for each in different]
        numbers = np.array([0 if each is None else each.toordinal() - FIRST_DAY for each in found], np.int64)
        exist = np.array([each is not None for each in found], np.bool_)
        return numbers[where], exist[where]

    return days


def chosen_row(rows: Sequence[tuple[Masks | None, int]]) -> Column:
    """The number of the first row that is yes, as `first_true` takes it; None is `otherwise`.

    Rows that give the same bear the same number, from 0. Not known where a row not known stands before the
    first yes and would give something else, and where no row is yes.
    """
    settled, clash, chosen = NONE, NONE, np.full(1, -1, np.int16)
    for masks, number in rows:
        yes, no = masks if masks is not None else (ALL, NONE)
        open_ = ~(settled | no)
        clash = clash | (open_ & (chosen >= 0) & (chosen != number))
        chosen = np.where(open_, np.int16(number), chosen)
        settled = settled | (open_ & yes)
    return Column(np.maximum(chosen, 0), settled & ~clash)


# ------------------------------------------------------------------------------------------------ blocks
def _spread(column: Held, rows: int) -> Held:
    """With a row of its own for each."""
    match column:
        case Column():
            values, known = (np.broadcast_to(each, rows) for each in (column.values, column.known))
            return Column(values, known, column.words, column.places)
        case Several():
            arrays = (column.bits, column.known, column.open, column.lacking)
            bits, known, opened, lacking = (np.broadcast_to(each, rows) for each in arrays)
            return Several(bits, column.words, known, opened, lacking)
    raise AssertionError(column)


def _joined(blocks: Sequence[Any]) -> Held:
    """One column after the other."""
    first = blocks[0]
    if isinstance(first, Column):
        values, known = (np.concatenate([each[n] for each in blocks]) for n in (0, 1))
        return Column(values, known, first.words, first.places)
    bits, known, opened, lacking = (np.concatenate([each[n] for each in blocks]) for n in (0, 2, 3, 4))
    return Several(bits, first.words, known, opened, lacking)
