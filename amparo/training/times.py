"""Times of a story, told from the day on which the world is built.

==========================  ===============================================================================
`today 10:00`               the day of building, at that hour of the site
`day -412 21:30`            that many days before it, whatever day that is; `day -5700` is the day alone
`working day -40 9:30`      the same; on a free day the working day before it (`working day +2`: after it)
`+40 min`                   after the line before; in a line's facts and items: after the line itself
`-40 min`, `-3 days`        before it
`next day 08:50`            the day after the line before, whatever day that is
`+2 working days 10:00`     counted from its day, at that hour; a length in days ends on a working day
`after CLOCK 9:30`          on the first working day after that clock of the case has run out
`next test +2 h`            so long after the next test of the case is asked for, by lot
`at FACT`, `at FACT +5 min` at the instant that a fact of the case holds
==========================  ===============================================================================

Anything else is left as it is written.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import NamedTuple

from amparo.cases import clocks, read, schedule
from amparo.cases.model import Case
from amparo.errors import AmparoError
from amparo.pathways import calendar, values
from amparo.pathways.model import Length

HOUR = r"(\d{1,2}:\d\d)"
FROM_TODAY = re.compile(rf"(today|(?:working )?day [+-]\d+)(?: {HOUR})?")
FROM_LINE = re.compile(rf"([+-])\s?(\d+ [a-z ]+?)(?: {HOUR})?")
NEXT_DAY = re.compile(rf"next day {HOUR}")
AFTER_CLOCK = re.compile(rf"after ([a-z_]+) {HOUR}")
NEXT_TEST = re.compile(r"next test \+\s?(\d+ [a-z]+)")
AT_FACT = re.compile(r"at ([a-z_]+)(?: ([+-]\s?\d+ [a-z ]+))?")


class When(NamedTuple):
    """From where times are told: day of building, the site's zone and free days, line before, the case."""

    today: date
    zone: str
    holidays: frozenset[date] = frozenset()
    line: int = 0
    case: Case | None = None


def instant(written: str, when: When) -> int | None:
    """Epoch seconds of a time in one of the forms above; None if the text is in none of them.

    Raises `AmparoError` for a clock that the case does not have.
    """
    if found := FROM_TODAY.fullmatch(written):
        return _local(_counted(found[1], when), found[2] or "00:00", when)
    if found := FROM_LINE.fullmatch(written):
        return _from_line(found[1], values.parse_length(found[2]), found[3], when)
    if found := NEXT_DAY.fullmatch(written):
        return _local(calendar.day_of(when.line, when.zone) + timedelta(days=1), found[1], when)
    if found := AFTER_CLOCK.fullmatch(written):
        return _after(found[1], found[2], when)
    if found := NEXT_TEST.fullmatch(written):
        return _next_test(found[1], when)
    if found := AT_FACT.fullmatch(written):
        return _at_fact(found[1], found[2], when)
    return None


def _counted(written: str, when: When) -> date:
    days = int(written.rpartition(" ")[2]) if written != "today" else 0
    day = when.today + timedelta(days=days)
    if not written.startswith("working") or calendar.working(day, when.holidays):
        return day
    return calendar.rolled(day, when.holidays) if days >= 0 else _before(day, when.holidays)


def _before(day: date, holidays: frozenset[date]) -> date:
    while not calendar.working(day, holidays):
        day -= timedelta(days=1)
    return day


def _from_line(sign: str, length: Length, hour: str | None, when: When) -> int:
    if length.unit == "s":
        return when.line + (length.n if sign == "+" else -length.n)
    local = calendar.local(when.line, when.zone)
    clock = hour or f"{local:%H:%M}"
    if sign == "-":
        before = calendar.back(when.line, length, when.zone, when.holidays)
        return _local(calendar.day_of(before, when.zone), clock, when)
    day = calendar.rolled(calendar.later(local.date(), length, when.holidays), when.holidays)
    return _local(day, clock, when)


def _after(clock: str, hour: str, when: When) -> int:
    due = (
        clocks.due_of(when.case, clock, when.line)
        if when.case and clock in when.case.pathway.clocks
        else None
    )
    if due is None:
        raise AmparoError(f"no clock '{clock}' runs here")
    day = calendar.rolled(calendar.day_of(due + 1, when.zone), when.holidays)
    at = _local(day, hour, when)
    return at if at > due else _local(calendar.later(day, NEXT, when.holidays), hour, when)


def _next_test(further: str, when: When) -> int:
    """The training world knows what is drawn: its people keep the days that the lot gives them."""
    ahead = schedule.orders(when.case, when.line + schedule.AHEAD) if when.case else ()
    asked = min((order.at for order in ahead if order.at > when.line), default=None)
    if asked is None:
        raise AmparoError("no test is drawn here in the two weeks to come")
    return asked + values.parse_length(further).n


def _at_fact(fact: str, further: str | None, when: When) -> int:
    known = when.case is not None and fact in when.case.pathway.facts
    at = read.value(when.case, fact, when.line) if when.case and known else None
    if not isinstance(at, int):
        raise AmparoError(f"'{fact}' holds no time here")
    return (instant(further, when._replace(line=at)) or at) if further else at


NEXT = Length(1, "working_days")


def _local(day: date, hour: str, when: When) -> int:
    """An hour that the clocks skip or repeat that day is taken as its first reading."""
    hours, minutes = hour.split(":")
    return calendar.both_readings(day, time(int(hours), int(minutes)), when.zone)[0]
