"""Columns beside one another: one scale, one list of words; sums, products, ages and what has no answer.

The bounds are those of the scalar rules (`functions`): whole numbers of 64 bits, instants of the years 1 to
9999, decimals of at most 60 digits.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any

import numpy as np

from amparo.pathways.rules.columns_held import ALL, Array, Column, Flags, both
from amparo.pathways.rules.functions import EXACT, FIRST_INSTANT, LAST_INSTANT, WHOLE

ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SUMS: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}

SMALL_PLACES = 60
"""Whole numbers of 64 bits with so many decimal places are decimals of at most 60 digits."""


# ------------------------------------------------------------------------------------------------ side by side
def paired(one: Column, other: Column) -> tuple[Array, Array, tuple[str, ...], int]:
    """The values of two columns of one kind so that they can be compared, with their words and places."""
    if one.places != other.places:
        places = max(one.places, other.places)
        return (
            _widened(one.values, places - one.places),
            _widened(other.values, places - other.places),
            (),
            places,
        )
    if one.words is other.words or one.words == other.words:
        return one.values, other.values, one.words, one.places
    words, numbers = _joined(one.words, other.words)
    return one.values, numbers.take(other.values, mode="clip"), words, 0


@lru_cache(maxsize=1024)
def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, ...], Array]:
    """The words of both, and the numbers there of those of the second."""
    words = tuple(dict.fromkeys((*one, *other)))
    return words, np.array([words.index(word) for word in other] or [0], np.int16)


def numbered(column: Column, words: tuple[str, ...]) -> Array:
    """The numbers of a column's codes among these words; beyond the last where one is not among them."""
    empty = Column(np.zeros(1, np.int16), ALL, words)
    return paired(empty, column)[1]


def _widened(values: Array, places: int) -> Array:
    """Whole numbers with more decimal places; Python's own where 64 bits would not hold them."""
    if not places:
        return values
    factor: int = 10**places
    if values.dtype == np.object_ or max(1, biggest(values)) * factor >= WHOLE:
        wide: Array = values.astype(np.object_) * factor
        return wide
    return np.multiply(values, factor, dtype=np.int64)


def biggest(values: Array) -> int:
    """The largest of the absolute values."""
    return max(abs(int(values.min())), abs(int(values.max()))) if values.size else 0


def compared(op: str, one: Column, other: Column) -> Column:
    """Whether one stands so to the other."""
    left, right, _, _ = paired(one, other)
    answer = ORDER[op](left, right)
    return Column(answer.astype(np.bool_, copy=False), both(one.known, other.known))


def picked(where: Flags, one: Column, other: Column) -> Column:
    """The one there, the other elsewhere."""
    left, right, words, places = paired(one, other)
    known = np.where(where, one.known, other.known)
    return Column(np.where(where, left, right), known, words, places)


# ------------------------------------------------------------------------------------------------ arithmetic
def arithmetic(op: str, kind: str, one: Column, other: Column) -> Column:
    """The sum, difference or product, of a kind; not known where it would overflow."""
    known = both(one.known, other.known)
    if kind == "number":
        return _exact(op, one, other, known)
    values, fits = _whole(op, one.values.astype(np.int64), other.values.astype(np.int64))
    if kind == "instant":
        fits = both(fits, (values >= FIRST_INSTANT) & (values <= LAST_INSTANT))
    return Column(values, both(known, fits))


def _whole(op: str, one: Array, other: Array) -> tuple[Array, Flags]:
    """The result, and where it keeps within 64 bits."""
    if op == "+":
        total = one + other
        return total, ((one ^ total) & (other ^ total)) >= 0
    if op == "-":
        rest = one - other
        return rest, ((one ^ other) & (one ^ rest)) >= 0
    if biggest(one) * biggest(other) < WHOLE:
        return one * other, ALL
    product = one.astype(np.object_) * other.astype(np.object_)
    fits = ((product >= -WHOLE) & (product < WHOLE)).astype(np.bool_)
    return np.where(fits, product, 0).astype(np.int64), fits


def _exact(op: str, one: Column, other: Column, known: Flags) -> Column:
    if op == "*":
        left, right, places = one.values, other.values, one.places + other.places
        most = biggest(left) * biggest(right)
    else:
        left, right, _, places = paired(one, other)
        most = biggest(left) + biggest(right)
    if most < WHOLE and places <= SMALL_PLACES:
        return Column(SUMS[op](left.astype(np.int64), right.astype(np.int64)), known, (), places)
    values = SUMS[op](left.astype(np.object_), right.astype(np.object_))
    fits = np.fromiter((_is_exact(each, places) for each in values), np.bool_, len(values))
    return Column(values, both(known, fits), (), places)


def _is_exact(whole: int, places: int) -> bool:
    """Whether a decimal has no more digits than the scalar rules allow."""
    try:
        EXACT.plus(Decimal(f"{whole}E{-places}"))
    except DecimalException:
        return False
    return True


# ------------------------------------------------------------------------------------------------ days
def clean(column: Column) -> Array:
    """The values, with 0 where they are not known."""
    if column.known is ALL:
        return column.values.astype(np.int64, copy=False)
    return np.where(column.known, column.values, 0).astype(np.int64, copy=False)


def years_between(from_: Column, to: Column) -> Column:
    """Full years, as an age is counted: who is born on 29 February turns on 1 March of a common year."""
    one, other = clean(from_), clean(to)
    first, last = np.minimum(one, other), np.maximum(one, other)
    (year, month, day), (year_, month_, day_) = _civil(first), _civil(last)
    years = year_ - year - ((month_ < month) | ((month_ == month) & (day_ < day)))
    return Column(np.where(other < one, -years, years), both(from_.known, to.known))


def _civil(days: Array) -> tuple[Array, Array, Array]:
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    day = (dates - months.astype("datetime64[D]")).astype(np.int64)
    year, month = np.divmod(months.astype(np.int64), 12)
    return year, month, day


def days_between(from_: Column, to: Column) -> Column:
    return Column(clean(to) - clean(from_), both(from_.known, to.known))


CALLS: dict[str, Callable[[Column, Column], Column]] = {
    "years_between": years_between,
    "days_between": days_between,
}
