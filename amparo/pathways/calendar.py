"""Civil time: when a term ends, which day an instant is, what a clock on the wall can mean.

Instants are whole seconds since 1970, UTC; days are civil days of a site's zone (an IANA name). Elapsed terms
are counted in seconds, whatever the wall clock does; civil terms are counted in days, whose first one is
never counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Set
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from amparo.pathways.model import Length

DAY = 86_400
NO_DAYS: frozenset[date] = frozenset()


class TwoReadings(ValueError):
    """A local time that the clocks skip or repeat that day. `readings`: the two instants it could mean."""

    def __init__(self, local: dt.datetime, readings: tuple[int, int], repeated: bool) -> None:
        happens = "comes twice" if repeated else "does not exist"
        super().__init__(f"{local:%Y-%m-%d %H:%M} {happens} on the day the clocks change: say which is meant")
        self.readings, self.repeated = readings, repeated


def day_of(instant: int, zone: str) -> date:
    """The civil day of an instant."""
    return local(instant, zone).date()


def local(instant: int, zone: str) -> dt.datetime:
    """The date and time that a clock on the wall shows."""
    return dt.datetime.fromtimestamp(instant, _zone(zone))


def at(day: date, clock: time, zone: str) -> int:
    """The instant of a local time. Raises `TwoReadings` where local time is skipped or repeated."""
    readings = both_readings(day, clock, zone)
    if len(readings) == 2:
        naive = dt.datetime.combine(day, clock)
        raise TwoReadings(naive, readings, repeated=local(readings[0], zone).replace(tzinfo=None) == naive)
    return readings[0]


def both_readings(day: date, clock: time, zone: str) -> tuple[int] | tuple[int, int]:
    """What a local time can mean: one instant; or, where it is skipped or repeated, two, the earlier one
    first.
    """
    first, second = sorted(_epoch(dt.datetime.combine(day, clock), zone, fold) for fold in (0, 1))
    return (first,) if first == second else (first, second)


def last_second(day: date, zone: str) -> int:
    """The last second of a civil day, also of a day that is cut short or lengthened by a change of the
    clocks.
    """
    naive = dt.datetime.combine(day, time(23, 59, 59))
    before, after = (_epoch(naive, zone, fold) for fold in (0, 1))
    return after if before <= after else _change(after, before, zone) - 1


def first_second(day: date, zone: str) -> int:
    """The first second of a civil day: midnight, or what follows it where midnight is skipped."""
    return last_second(day - dt.timedelta(days=1), zone) + 1


def working(day: date, holidays: Set[date]) -> bool:
    """Monday to Friday and no holiday of the site."""
    return day.weekday() < 5 and day not in holidays


def rolled(day: date, holidays: Set[date]) -> date:
    """The day itself, or the next working day if it is free."""
    while not working(day, holidays):
        day += dt.timedelta(days=1)
    return day


def later(day: date, length: Length, holidays: Set[date] = NO_DAYS) -> date:
    """The day that is a civil length after another, which is not counted."""
    return _moved(day, (length,), 1, holidays)


def add(
    anchor: int,
    length: Length,
    zone: str,
    holidays: Set[date] = NO_DAYS,
    *,
    times: int = 1,
    extensions: Iterable[Length] = (),
    paused: int = 0,
    roll: str = "none",
) -> int:
    """When a term that runs from `anchor` is due (section 8.4 of the language).

    Elapsed: `times` x length, extensions and pause in seconds. Civil: from the anchor's day, months and years
    first, then days, then working days, then `paused` whole days; the last second of that day. `roll`:
    `none`, or `next_working_day` which moves a due on a free day. An extension keeps the kind of its term:
    days added to hours count from the day on which the hours end, hours added to days count as the days they
    fill.
    """
    lengths = [length._replace(n=length.n * times), *extensions]
    if length.unit == "s":
        seconds = sum(part.n for part in lengths if part.unit == "s")
        due = anchor + seconds + paused
        civil = [part for part in lengths if part.unit != "s"]
        return due if not civil else add(due, Length(0, "days"), zone, holidays, extensions=civil, roll=roll)
    day = _moved(day_of(anchor, zone), map(_as_days, lengths), 1, holidays) + dt.timedelta(days=paused)
    return last_second(rolled(day, holidays) if roll == "next_working_day" else day, zone)


def back(due: int, length: Length, zone: str, holidays: Set[date] = NO_DAYS) -> int:
    """When `length` is left before a due: counted back in the same units, in days to the end of a day."""
    if length.unit == "s":
        return due - length.n
    return last_second(_moved(day_of(due, zone), (length,), -1, holidays), zone)


def whole_days_between(start: int, end: int, zone: str, part_days: bool = False) -> int:
    """Whole civil days strictly between the first and the last day; with `part_days` those two as well."""
    span = (day_of(end, zone) - day_of(start, zone)).days
    return span + 1 if part_days else max(0, span - 1)


def compare(one: Length, other: Length, from_: int, zone: str, holidays: Set[date] = NO_DAYS) -> int:
    """Which of two lengths is longer when both run from the same instant: -1, 0 or 1.

    30 days are longer than a month in February and shorter in July: so a length has no order without its
    beginning.
    """
    if one.unit == "s" and other.unit == "s":
        return _sign(one.n, other.n)
    return _sign(*(add(from_, _as_days(each), zone, holidays) for each in (one, other)))


def always_shorter(one: Length, other: Length) -> bool:
    """Whether a length is shorter than another wherever both begin (on days without holidays)."""
    return _span(one)[1] < _span(other)[0]


def next_midnight(instant: int, zone: str) -> int:
    """The first second of the next civil day."""
    return last_second(day_of(instant, zone), zone) + 1


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _epoch(naive: dt.datetime, zone: str, fold: int) -> int:
    return int(naive.replace(tzinfo=_zone(zone), fold=fold).timestamp())


def _change(low: int, high: int, zone: str) -> int:
    """The first instant after `low`, not after `high`, at which the zone's offset is the later one."""
    offset = local(low, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if local(middle, zone).utcoffset() == offset else (low, middle)
    return high


def _as_days(length: Length) -> Length:
    return Length(-(-length.n // DAY), "days") if length.unit == "s" else length


def _moved(day: date, lengths: Iterable[Length], sign: int, holidays: Set[date]) -> date:
    total = {"months": 0, "days": 0, "working_days": 0}
    for n, unit in lengths:
        name, factor = UNITS[unit]
        total[name] += n * factor
    day = _months(day, sign * total["months"]) + dt.timedelta(days=sign * total["days"])
    return _working_days(day, total["working_days"], sign, holidays)


UNITS = {
    "days": ("days", 1),
    "weeks": ("days", 7),
    "months": ("months", 1),
    "years": ("months", 12),
    "working_days": ("working_days", 1),
}


def _months(day: date, months: int) -> date:
    """The same day number some months on; in a shorter month its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - dt.timedelta(days=1)).day))


def _working_days(day: date, count: int, sign: int, holidays: Set[date]) -> date:
    while count:
        day += dt.timedelta(days=sign)
        count -= working(day, holidays)
    return day


def _sign(one: int, other: int) -> int:
    return (one > other) - (one < other)


def _span(length: Length) -> tuple[float, float]:
    """The fewest and the most days that a length can take; a length in hours as days of 24 hours."""
    if length.unit == "s":
        return length.n / DAY, length.n / DAY
    if length.unit == "working_days":
        return length.n, length.n / 5 * 7 + 4
    name, factor = UNITS[length.unit]
    days = length.n * factor
    return (days, days) if name == "days" else (days * 365.2425 / 12 - 3, days * 365.2425 / 12 + 3)
