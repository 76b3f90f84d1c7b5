"""What the rules of a pathway ask of many cases at once: told facts, settings, tables and derived values as columns.

::

    book = ColumnBook(pathway)                     # the rules of the pathway, each made ready once
    cols = CaseColumns(book, given, days_at(zone), rows)
    book.rule(step.allowed_if).verdict(cols, cols.day)
    book.criterion("adult").verdict(cols, cols.day)

`given` maps names to columns (`rules.columns_held`): facts as they were told, a setting where a site has its own,
and every reading that rules ask for, such as `times.report` or `late.exam`. The rest is worked out as the readings of
one case work it out: a fact that does not apply is not known, `or_from` stands in where nobody told a fact, dated
settings and tables come in the version of the law date, derived values from their lists. Each is worked out once, when
it is first asked for. A reading that is not given is refused; a fact that is not given is not known.

This module needs NumPy; nothing that serves pages imports it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from amparo.pathways import calendar, values
from amparo.pathways.derived_columns import derived_column
from amparo.pathways.model import Dated, Rule
from amparo.pathways.rulebook import Rulebook, rulebook
from amparo.pathways.rules import Compiled, Kind
from amparo.pathways.rules.columns import ColumnRule, columns
from amparo.pathways.rules.columns_frame import ColumnDay
from amparo.pathways.rules.columns_held import FIRST_DAY, Array, Column, Flags, Held, Lookup
from amparo.pathways.rules.columns_logic import merged
from amparo.pathways.rules.columns_made import column_of, constant, table_of, unknown
from amparo.pathways.rules.dated import LAW_DATE
from amparo.pathways.rules.functions import FIRST_INSTANT, LAST_INSTANT

SECONDS = 86_400
EDGE = 3 * SECONDS
"""So near the first and the last instant that there are, days are asked for one by one."""


class ColumnBook:
    """The rules of a pathway, ready for columns. Each is made when it is first asked for."""

    def __init__(self, pathway: Any) -> None:
        self.pathway = pathway
        self.book: Rulebook = rulebook(pathway)
        self._ready: dict[int, ColumnRule] = {}

    def of(self, compiled: Compiled) -> ColumnRule:
        """A compiled rule of this pathway's book."""
        found = self._ready.get(id(compiled))
        if found is None:
            found = self._ready[id(compiled)] = columns(compiled)
        return found

    def rule(self, rule: Rule) -> ColumnRule:
        """A rule that stands in an element of the pathway."""
        return self.of(self.book.rule(rule))

    def named(self, name: str) -> ColumnRule:
        return self.of(self.book.named(name))

    def criterion(self, name: str) -> ColumnRule:
        """The rule of a criterion, in all its versions."""
        return self.of(self.book.criterion(name))

    def kind(self, name: str) -> Kind:
        """The kind of what stands under a name."""
        return self.book.scope.names[name].kind


class CaseColumns(Mapping[str, Held]):
    """The columns under the names that rules read."""

    def __init__(self, book: ColumnBook, given: Mapping[str, Held], day: ColumnDay, rows: int) -> None:
        self.book, self.given, self.day, self.rows = book, given, day, rows
        self._found: dict[str, Held] = {}

    def __getitem__(self, name: str) -> Held:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._worked_out(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter((*self.book.book.scope.names, LAW_DATE))

    def __len__(self) -> int:
        return len(self.book.book.scope.names) + 1

    def _worked_out(self, name: str) -> Held:
        pathway = self.book.pathway
        if name == LAW_DATE:
            return self._law_date()
        if name in pathway.facts:
            return self._fact(name)
        if name in pathway.settings:
            return self._setting(name)
        if name in pathway.tables:
            kind, versions = self.book.kind(name), pathway.tables[name].versions
            return table_of(kind, [_ruled(each.value) for each in versions], self._version(versions))
        if name in pathway.derived:
            return derived_column(self.book.book.derived[name], self.book.kind(name), self, self.book.of)
        return self.given[name]

    def _fact(self, name: str) -> Held:
        """As told, else by `or_from`; not known where it does not apply."""
        definition = self.book.pathway.facts[name]
        found = self.given.get(name)
        if found is None:
            found = unknown(self.book.kind(name))
        if definition.or_from is not None:
            computed = self.book.rule(definition.or_from).value(self, self.day, self.rows)
            found = merged(_known(found), found, computed)
        if definition.applies_if is None:
            return found
        applies = self.book.rule(definition.applies_if).verdict(self, self.day, self.rows)
        return found.only(~applies.no)

    def _law_date(self) -> Held:
        law = self[self.book.pathway.law_date]
        if self.book.kind(self.book.pathway.law_date).name == "date":
            return law
        assert isinstance(law, Column)
        days, exist = self.day(np.where(law.known, law.values, 0))
        return Column(days, exist & law.known)

    def _setting(self, name: str) -> Held:
        """As given; else what the definition says, in the version of the law date where it has several."""
        if name in self.given:
            return self.given[name]
        value, kind = self.book.pathway.settings[name].value, self.book.kind(name)
        if not (isinstance(value, tuple) and value and isinstance(value[0], Dated)):
            return constant(kind, values.ruled(value))
        version = self._version(value)
        return column_of(kind, [values.ruled(each.value) for each in value]).taken(version).only(version >= 0)

    def _version(self, versions: Sequence[Dated]) -> Array:
        """The number of the first version in force on the law date, -1 where there is none or it is not known."""
        law = self[LAW_DATE]
        assert isinstance(law, Column)
        found = np.full(law.rows, -1, np.int16)
        for number in reversed(range(len(versions))):
            period, none = versions[number].period, versions[number].value is None
            covers = law.known & (law.values >= period.from_.toordinal() - FIRST_DAY)
            if period.until is not None:
                covers = covers & (law.values <= period.until.toordinal() - FIRST_DAY)
            found = np.where(covers, np.int16(-1 if none else number), found)
        return found


def _known(column: Held) -> Flags:
    return column.version >= 0 if isinstance(column, Lookup) else column.known


def _ruled(rows: Mapping[str, Mapping[str, Any]] | None) -> dict[str, dict[str, Any]]:
    """The rows of a table as rules compare them; of a version without rows, none."""
    return {
        key: {column: values.ruled(cell) for column, cell in row.items()} for key, row in (rows or {}).items()
    }


# ------------------------------------------------------------------------------------------------ days
def days_at(zone: str) -> ColumnDay:
    """The civil days of instants in a zone. Where its clocks do not move on a day (UTC), one sum gives all of them."""
    return _Days(zone).of


class _Days:
    def __init__(self, zone: str) -> None:
        self.zone = zone
        self._offsets: dict[int, int | None] = {}

    def of(self, instants: Array) -> tuple[Array, Flags]:
        """Days since 1970, and where there is such a day."""
        exist = (instants >= FIRST_INSTANT + EDGE) & (instants <= LAST_INSTANT - EDGE)
        days = np.where(exist, instants, 0) // SECONDS
        different, where = np.unique(days, return_inverse=True)
        offsets = [self._offset(int(each)) for each in different]
        known = np.array([each is not None for each in offsets], np.bool_)[where]
        shift = np.array([each or 0 for each in offsets], np.int64)[where]
        found = (np.where(exist, instants, 0) + shift) // SECONDS
        for row in np.flatnonzero(~(exist & known)):
            found[row], exist[row] = self._one(int(instants[row]))
        return found, exist

    def _offset(self, day: int) -> int | None:
        """How many seconds local time is ahead all that day; None if clocks move on it."""
        if day not in self._offsets:
            first, last = (self._ahead(at) for at in (day * SECONDS, day * SECONDS + SECONDS - 1))
            self._offsets[day] = first if first == last else None
        return self._offsets[day]

    def _ahead(self, instant: int) -> int:
        offset = calendar.local(instant, self.zone).utcoffset()
        assert offset is not None
        return round(offset.total_seconds())

    def _one(self, instant: int) -> tuple[int, bool]:
        try:
            return calendar.day_of(instant, self.zone).toordinal() - FIRST_DAY, True
        except (OverflowError, ValueError, OSError):
            return 0, False
