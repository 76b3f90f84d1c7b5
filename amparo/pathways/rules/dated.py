"""Versions in time: one rule, several texts, chosen by the law date; and the first row that is true."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from amparo.pathways.rules.terms import CheckedTree

T = TypeVar("T")
LAW_DATE = "law date"
"""The name under which `get` gives the date whose law applies."""

ONE_DAY = datetime.timedelta(days=1)


class Version(NamedTuple):
    """One text of a dated rule, with its first and last day; None is without end. `tree` None: no answer."""

    from_: datetime.date | None
    until: datetime.date | None
    tree: CheckedTree | None


Dated: TypeAlias = "CheckedTree | tuple[Version, ...]"
"""A rule of one text, or of several."""


def period_fault(
    periods: Sequence[tuple[datetime.date | None, datetime.date | None]],
) -> tuple[int, str, str] | None:
    """What is wrong with the dates of versions in file order (R3): (number from 0, what, remedy), or None.

    A version ends before it begins, begins before the one before it ended, or leaves days that none covers.
    """
    for number, (from_, until) in enumerate(periods):
        if from_ and until and until < from_:
            return number, f"this version ends on {until}, before it begins", f"end it on {from_} or later"
        fault = _seam(periods[number - 1][1], from_) if number else None
        if fault is not None:
            return number, *fault
    return None


def _seam(ended: datetime.date | None, begins: datetime.date | None) -> tuple[str, str] | None:
    if begins is None:
        return "this version has no first day", "write from: the day it came into force"
    day_before = begins - min(ONE_DAY, begins - datetime.date.min)
    if ended is None or ended >= begins:
        return f"versions overlap on {begins}", f"end the earlier one on {day_before}"
    if ended < day_before:
        first = ended + ONE_DAY
        return f"no version covers {first} to {day_before}", "write a version with none for these days"
    return None


def first_true(rows: Iterable[tuple[bool | None, T]]) -> T | None:
    """The value of the first row that is true, as `choose`, branches and bounds take it; None is not known.

    A row not known that stands before it makes the answer not known, unless every row from there that is not
    false, up to the first true one, gives the same value. `otherwise` is a last row that is true.
    """
    waiting: list[T] = []
    for verdict, value in rows:
        if verdict is False:
            continue
        waiting.append(value)
        if verdict is True:
            return value if all(other == value for other in waiting) else None
    return None
