"""Days on which nobody works, worked out for any year: fixed days and those that hang on Easter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta


def days(rules: Mapping[str, str], years: Iterable[int]) -> dict[date, str]:
    """Civil day -> name. A rule is `12-25`, `easter`, `easter-2` or `easter+60`. ValueError for another."""
    return dict(sorted((_day(rule, year), name) for year in years for rule, name in rules.items()))


def _day(rule: str, year: int) -> date:
    moving = re.fullmatch(r"easter([+-]\d+)?", rule)
    if moving:
        return easter(year) + timedelta(days=int(moving[1] or 0))
    fixed = re.fullmatch(r"(\d\d)-(\d\d)", rule)
    if not fixed:
        raise ValueError(f"'{rule}' is no rule for a day of the year: write 12-25, or easter+60")
    return date(year, int(fixed[1]), int(fixed[2]))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the Sunday after the church's full moon on or after 21 March.

    By Gauss's way of counting, with the corrections of the centuries and of the two late moons.
    """
    century, golden = year // 100, year % 19
    moon = 15 + century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + moon) % 30
    late = epact == 29 or (epact == 28 and golden > 10)
    full = date(year, 3, 21) + timedelta(days=epact - late)
    return full + timedelta(days=6 - full.weekday() or 7)
