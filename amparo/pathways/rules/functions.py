"""What the generated code calls. Each answers None where there is no answer: overflow, or a day that does
not exist.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Context, Decimal, DecimalException, Inexact, Overflow, Underflow
from typing import Any

WHOLE = 2**63
"""Whole numbers, masses, money and durations lie in [-WHOLE, WHOLE)."""

FIRST_INSTANT, LAST_INSTANT = -62_135_596_800, 253_402_300_799
"""Seconds of the years 1 to 9999."""

EXACT = Context(prec=60, Emin=-60, Emax=60, traps=[Inexact, Overflow, Underflow])
"""Decimals are exact here, or there is no answer."""

Day = Callable[[int], datetime.date]


def whole(number: int) -> int | None:
    return number if -WHOLE <= number < WHOLE else None


def instant(seconds: int) -> int | None:
    return seconds if FIRST_INSTANT <= seconds <= LAST_INSTANT else None


def exact(operation: str, one: Decimal, other: Decimal) -> Decimal | None:
    """The exact sum, difference or product of two decimals."""
    try:
        if operation == "+":
            return EXACT.add(one, other)
        return EXACT.subtract(one, other) if operation == "-" else EXACT.multiply(one, other)
    except DecimalException:
        return None


def day_of(day: Day, seconds: int) -> datetime.date | None:
    """The civil day of an instant at the site."""
    try:
        return day(seconds)
    except (OverflowError, ValueError, OSError):
        return None


def years_between(from_: datetime.date, to: datetime.date) -> int:
    """Full years, as an age is counted: who is born on 29 February turns on 1 March of a common year."""
    if to < from_:
        return -years_between(to, from_)
    return to.year - from_.year - ((to.month, to.day) < (from_.month, from_.day))


def days_between(from_: datetime.date, to: datetime.date) -> int:
    return (to - from_).days


def among(item: object, known: Iterable[object], open_: bool) -> bool | None:
    """Whether a known item is in a list with elements not known (None), or that may go on."""
    elements = tuple(known)
    if item in elements:
        return True
    return None if open_ or None in elements else False


def cell(rows: Mapping[str, Mapping[str, Any]], key: str, column: str) -> Any:
    """A cell of a table's version in force; None where the row is missing or the cell unset."""
    row = rows.get(key)
    return None if row is None else row.get(column)
