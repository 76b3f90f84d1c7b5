"""How columns hold what is known of many cases at once: a value and a flag *known* for each row.

=========  =========================  ==========================================================================
class      of the kinds               arrays of n rows, or of one row that stands for all
=========  =========================  ==========================================================================
Column     all of one value           `values`: bool for a yes or no; signed whole numbers else (see below)
Several    some                       `bits`: uint64, bit k is `words[k]`; `open`: there may be more; `lacking`:
                                      one at least of those told is not known
Ragged     records                    `offsets`: int64, n + 1; row i holds the items `offsets[i]` to
                                      `offsets[i + 1]` of the columns `fields`; `open` as above
Record     record                     the columns `fields`, one row each
Lookup     table                      `version`: the number of the version in force, -1 where that is not known;
                                      `present` and `columns` hold version after version, in each all `words`
=========  =========================  ==========================================================================

The values of a `Column`: codes and places as numbers of `words`; dates in days since 1970; instants in seconds
since then, UTC; durations in seconds; mass in micrograms; money in minor units; numbers as whole numbers of
10 ** -`places`, exact (floats are refused). What stands in a row that is not known is never looked at.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Flags: TypeAlias = NDArray[np.bool_]

ALL: Flags = np.ones(1, np.bool_)
"""Known, or so, in every row."""
NONE: Flags = np.zeros(1, np.bool_)
for _shared in (ALL, NONE):
    _shared.flags.writeable = False

FIRST_DAY = datetime.date(1970, 1, 1).toordinal()
MOST_WORDS = 64
"""Words that the bits of a `Several` can tell apart."""


class Masks(NamedTuple):
    """The answers of a condition: where it is yes, where it is no; neither where that is not known."""

    yes: Flags
    no: Flags

    @property
    def rows(self) -> int:
        return longest(self.yes, self.no)

    def taken(self, index: Array) -> Masks:
        return Masks(at(self.yes, index), at(self.no, index))


class Column(NamedTuple):
    """One value a row."""

    values: Array
    known: Flags = ALL
    words: tuple[str, ...] = ()
    places: int = 0

    @property
    def rows(self) -> int:
        return longest(self.values, self.known)

    def cut(self, from_: int, to: int) -> Column:
        """The rows `from_` up to `to`."""
        known, words, places = part(self.known, from_, to), self.words, self.places
        return Column(part(self.values, from_, to), known, words, places)

    def taken(self, index: Array) -> Column:
        """The rows of these numbers, in this order."""
        return Column(at(self.values, index), at(self.known, index), self.words, self.places)

    def only(self, where: Flags) -> Column:
        """Known there alone."""
        return self._replace(known=both(self.known, where))


class Several(NamedTuple):
    """Several codes a row."""

    bits: Array
    words: tuple[str, ...]
    known: Flags = ALL
    open: Flags = NONE
    lacking: Flags = NONE

    @property
    def rows(self) -> int:
        return longest(self.bits, self.known, self.open, self.lacking)

    def cut(self, from_: int, to: int) -> Several:
        cut = [part(each, from_, to) for each in (self.bits, self.known, self.open, self.lacking)]
        return Several(cut[0], self.words, *cut[1:])

    def taken(self, index: Array) -> Several:
        taken = [at(each, index) for each in (self.bits, self.known, self.open, self.lacking)]
        return Several(taken[0], self.words, *taken[1:])

    def only(self, where: Flags) -> Several:
        return self._replace(known=both(self.known, where))


class Ragged(NamedTuple):
    """A list of records a row."""

    offsets: Array
    fields: Mapping[str, Held]
    known: Flags = ALL
    open: Flags = NONE

    @property
    def rows(self) -> int:
        return len(self.offsets) - 1

    def cut(self, from_: int, to: int) -> Ragged:
        if self.rows == 1:
            return self
        offsets = self.offsets[from_ : to + 1]
        fields = {name: each.cut(int(offsets[0]), int(offsets[-1])) for name, each in self.fields.items()}
        return Ragged(offsets - offsets[0], fields, part(self.known, from_, to), part(self.open, from_, to))

    def taken(self, index: Array) -> Ragged:
        return self if self.rows == 1 else self.gathered(index)

    def gathered(self, index: Array) -> Ragged:
        """As `taken`, with rows of its own even where one stood for all."""
        lengths = np.diff(self.offsets)[index]
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        items = np.repeat(self.offsets[:-1][index] - offsets[:-1], lengths) + np.arange(offsets[-1])
        fields = {name: each.taken(items) for name, each in self.fields.items()}
        return Ragged(offsets, fields, at(self.known, index), at(self.open, index))

    def only(self, where: Flags) -> Ragged:
        return self._replace(known=both(self.known, where))


class Record(NamedTuple):
    """One record a row."""

    fields: Mapping[str, Held]
    known: Flags = ALL

    @property
    def rows(self) -> int:
        lengths = {len(self.known), *(each.rows for each in self.fields.values())} - {1}
        return min(lengths, default=1)

    def cut(self, from_: int, to: int) -> Record:
        fields = {name: each.cut(from_, to) for name, each in self.fields.items()}
        return Record(fields, part(self.known, from_, to))

    def taken(self, index: Array) -> Record:
        return Record({name: each.taken(index) for name, each in self.fields.items()}, at(self.known, index))

    def only(self, where: Flags) -> Record:
        return self._replace(known=both(self.known, where))


class Lookup(NamedTuple):
    """A table, in the version of each row."""

    version: Array
    words: tuple[str, ...]
    present: Flags
    columns: Mapping[str, Held]

    @property
    def rows(self) -> int:
        return len(self.version)

    def cut(self, from_: int, to: int) -> Lookup:
        return self._replace(version=part(self.version, from_, to))

    def taken(self, index: Array) -> Lookup:
        return self._replace(version=at(self.version, index))

    def only(self, where: Flags) -> Lookup:
        return self._replace(version=np.where(where, self.version, -1))


Held: TypeAlias = "Column | Several | Ragged | Record | Lookup"


def longest(*arrays: Array) -> int:
    """How many rows arrays have together, those of one row standing for all."""
    return next((len(each) for each in arrays if len(each) != 1), 1)


def part(array: Array, from_: int, to: int) -> Array:
    return array if len(array) == 1 else array[from_:to]


def at(array: Array, index: Array) -> Array:
    return array if len(array) == 1 else array[index]


def both(one: Flags, other: Flags) -> Flags:
    """Where both are so."""
    if one is ALL:
        return other
    return one if other is ALL else one & other
