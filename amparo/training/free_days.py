"""Days on which nobody works, worked out for any year from a rule.

==========================  ===============================================================================
`12-25`                     that day of every year
`2026-07-10`                that day, in that year alone
`easter`, `easter+60`       Easter Sunday, and days before or after it
`02-06 or monday`           that day; where it falls on a weekend, the Monday after it
`12-25 or two days on`      that day; where it falls on a weekend, two days later (of two such days in a row)
`first monday of 06`        the first (second, third, fourth) such day of a month
`monday near 01-29`         the Monday that is nearest to that day
==========================  ===============================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COUNTED = ("first", "second", "third", "fourth")
DAY = r"(?P<month>\d\d)-(?P<day>\d\d)"
FIXED = re.compile(rf"(?:(?P<year>\d{{4}})-)?{DAY}(?P<else> or monday| or two days on)?")
EASTER = re.compile(r"easter(?P<days>[+-]\d+)?")
NTH = re.compile(rf"(?P<nth>{'|'.join(COUNTED)}) (?P<weekday>{'|'.join(WEEKDAYS)}) of (?P<month>\d\d)")
NEAR = re.compile(rf"monday near {DAY}")


def days(rules: Mapping[str, str], years: Iterable[int]) -> dict[date, str]:
    """Civil day -> name. ValueError for what is no rule."""
    found = ((_day(rule, year), name) for year in years for rule, name in rules.items())
    return dict(sorted((day, name) for day, name in found if day is not None))


def _day(rule: str, year: int) -> date | None:
    """The day of a year; None where the rule speaks of another year."""
    if found := EASTER.fullmatch(rule):
        return easter(year) + timedelta(days=int(found["days"] or 0))
    if found := FIXED.fullmatch(rule):
        day = date(year, int(found["month"]), int(found["day"]))
        return _moved(day, found["else"]) if found["year"] in (None, str(year)) else None
    if found := NTH.fullmatch(rule):
        first = date(year, int(found["month"]), 1)
        further = (WEEKDAYS.index(found["weekday"]) - first.weekday()) % 7 + 7 * COUNTED.index(found["nth"])
        return first + timedelta(days=further)
    if found := NEAR.fullmatch(rule):
        day = date(year, int(found["month"]), int(found["day"])) + timedelta(days=3)
        return day - timedelta(days=day.weekday())
    raise ValueError(f"'{rule}' is no rule for a day of the year: write 12-25, or easter+60")


def _moved(day: date, otherwise: str | None) -> date:
    if otherwise is None or day.weekday() < 5:
        return day
    return day + timedelta(days=2 if "two" in otherwise else 7 - day.weekday())


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
