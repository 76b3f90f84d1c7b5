"""Sorts of people: every combination of what a hazard or a share may depend on is one class, a small whole number.

Dimensions are the columns of the population (age by bands), whether somebody is in custody, in a window after
something, how their last case ended, and whether they had a case before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

AGE, CUSTODY, WINDOW, AFTER, ENTRIES = "age", "in_custody", "within", "after", "history.entries"
NO, YES = "no", "yes"
NONE = ""
OLDEST = 10_000
"""An age that nobody reaches."""


class Classes:
    """dims: name -> codes, in the order in which they are counted; the last varies fastest."""

    def __init__(self, dims: dict[str, tuple[str, ...]]) -> None:
        self.dims = dims
        self._stride: dict[str, int] = {}
        stride = 1
        for name in reversed(list(dims)):
            self._stride[name] = stride
            stride *= len(dims[name])
        self.number = stride

    @cached_property
    def all_(self) -> NDArray[np.int64]:
        """Every class."""
        return np.arange(self.number, dtype=np.int64)

    def codes(self, name: str, classes: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """Which code of a dimension each class has."""
        of = self.all_ if classes is None else classes
        return (of // self._stride[name]) % len(self.dims[name])

    def has(self, name: str, code: str, classes: NDArray[np.int64] | None = None) -> NDArray[np.bool_]:
        """Which classes have a code."""
        if code not in self.dims[name]:
            return np.zeros(self.number if classes is None else len(classes), dtype=np.bool_)
        return np.asarray(self.codes(name, classes) == self.dims[name].index(code))

    def coded(
        self, name: str, code: str, ages: Iterable[str | int], classes: NDArray[np.int64] | None = None
    ) -> NDArray[np.bool_]:
        """As `has`, where evidence names ages: one of them reaches to the next that is named."""
        if name != AGE:
            return self.has(name, code, classes)
        first = int(code)
        end = min((int(x) for x in ages if int(x) > first), default=OLDEST)
        age = np.array([int(x) for x in self.dims[AGE]])[self.codes(AGE, classes)]
        return np.asarray((age >= first) & (age < end))

    def moved(self, name: str, code: str) -> NDArray[np.int32]:
        """By class, the class that differs in nothing but that it has this code."""
        change = self.dims[name].index(code) - self.codes(name)
        return np.asarray(self.all_ + change * self._stride[name], dtype=np.int32)

    def later(self, name: str) -> NDArray[np.int32]:
        """By class, the class with the next code of a dimension; the last stays."""
        now = self.codes(name)
        step = np.where(now < len(self.dims[name]) - 1, self._stride[name], 0)
        return np.asarray(self.all_ + step, dtype=np.int32)

    def of(self, columns: dict[str, NDArray[np.int64]]) -> NDArray[np.int64]:
        """The class of each person, by number of code in each dimension given; the others have their first."""
        found = sum((codes * self._stride[name] for name, codes in columns.items()), start=np.int64(0))
        return np.asarray(found, dtype=np.int64)

    def sorts(self, names: Iterable[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """By class, which combination of these dimensions it has; and one class of each combination."""
        wanted = [name for name in self.dims if name in set(names)]
        number = np.zeros(self.number, dtype=np.int64)
        for name in wanted:
            number = number * len(self.dims[name]) + self.codes(name)
        _, first, which = np.unique(number, return_index=True, return_inverse=True)
        return np.asarray(which, dtype=np.int32), np.asarray(first, dtype=np.int64)


def bands(starts: Sequence[int], last: int = 90) -> tuple[int, ...]:
    """Age bands from these starts on: theirs, then every five years to the last; all but the first five years long."""
    first = min(starts)
    after = first + 5 - first % 5
    return (first, *range(after, last + 1, 5))
