"""Days drawn by lot, and the tests of these days: which days, what is asked for when, and how a test stands.

The days of each week are drawn by a keyed function of the case's sealed secret and the week. Whoever lacks the secret
and knows every past day and every rule learns nothing of the days to come but what the rules themselves say.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from amparo.cases.model import Case, Drawing, Test
from amparo.pathways import calendar, courts
from amparo.pathways.model import Len, Length, Schedule, SettingRef
from amparo.pathways.words import NOT_CLEAR

TOLD_AT = time(6, 30)
"""When a drawn day is told, by the site's clock: early enough to arrange a day of work or school around it."""

DAY = timedelta(days=1)
AHEAD = 14 * 86400
WIDE = 1 << 64


# ------------------------------------------------------------------------------------------------ the draw
@lru_cache(maxsize=4096)
def drawn(
    secret: str, schedule: str, monday: date, count: int, more: Decimal, free: frozenset[date]
) -> frozenset[date]:
    """The days of the week from `monday` that are drawn: `count` of them, and each other one with the chance `more`.

    `free`: days of this week that are never drawn. A greater count only adds days, so that those drawn stay drawn.
    """
    order = [day for day in _shuffled(secret, schedule, monday) if day not in free]
    return frozenset(
        day
        for n, day in enumerate(order)
        if n < count or _number(secret, f"{schedule} more {day}") < more * WIDE
    )


def _shuffled(secret: str, schedule: str, monday: date) -> list[date]:
    """The seven days in an order of which every one is as likely."""
    days = [monday + n * DAY for n in range(7)]
    for n in range(6, 0, -1):
        k = _below(secret, f"{schedule} week {monday} {n}", n + 1)
        days[n], days[k] = days[k], days[n]
    return days


def _below(secret: str, about: str, n: int) -> int:
    """A whole number from 0 to n - 1, each as likely: numbers at the end of the range, which fit unevenly, are drawn
    again.
    """
    for again in range(64):
        found = _number(secret, f"{about} {again}")
        if found < WIDE - WIDE % n:
            return found % n
    raise ValueError("no number was drawn in 64 attempts")


def _number(secret: str, about: str) -> int:
    """64 bits that only the holder of the secret can work out."""
    return int.from_bytes(hmac.new(secret.encode(), about.encode(), hashlib.sha256).digest()[:8], "big")


# ------------------------------------------------------------------------------------------------ what holds now
class Terms(NamedTuple):
    """A schedule as it stands for a case. window: specimen -> how long there is ('' where none is named)."""

    a_week: int
    more: Decimal
    window: Mapping[str, Length]


def lacks(case: Case, name: str) -> str:
    """The first setting without a value that the schedule leans on, '' if none: without it nothing is drawn."""
    refs = (_rate(case, name), *_windows(case.pathway.schedules[name]).values())
    return next((x.name for x in refs if isinstance(x, SettingRef) and case.settings.get(x.name) is None), "")


def terms(case: Case, name: str) -> Terms | None:
    """The schedule's terms; None while a setting lacks."""
    if lacks(case, name):
        return None
    schedule = case.pathway.schedules[name]
    more = case.settings.get(schedule.more.name) if schedule.more else None
    window = {specimen: _held(case, length) for specimen, length in _windows(schedule).items()}
    return Terms(int(_held(case, _rate(case, name))), Decimal(str(more or 0)), window)


def _rate(case: Case, name: str) -> int | SettingRef:
    """How many days a week: the present phase's number in place of the schedule's own."""
    phase = courts.phase_at(case.pathway, case.phase)
    own = case.pathway.schedules[name].at_least.a_week
    return phase.schedules.get(name, own) if phase else own


def _windows(schedule: Schedule) -> Mapping[str, Len]:
    if isinstance(schedule.notice, Mapping):
        return schedule.notice
    return dict.fromkeys(schedule.specimens or ("",), schedule.notice)


def _held(case: Case, what: Any) -> Any:
    return case.settings[what.name] if isinstance(what, SettingRef) else what


def running(case: Case, name: str) -> Drawing | None:
    """The drawing of a schedule that goes on, None if there is none."""
    found = case.drawings.get(name)
    return found if found is not None and found.until is None else None


# ------------------------------------------------------------------------------------------------ what is asked for
class Order(NamedTuple):
    """A test that is asked for at a time."""

    at: int
    data: Mapping[str, Any]


def orders(case: Case, until: int) -> Iterator[Order]:
    """The tests of drawn days up to `until` that were not asked for yet, each with its own time."""
    if case.hold or case.died:
        return
    for name, drawing in case.drawings.items():
        found = terms(case, name)
        if drawing.until is None and drawing.secret and found is not None:
            yield from _orders(case, name, drawing, found, until)


def _orders(case: Case, name: str, drawing: Drawing, terms: Terms, until: int) -> Iterator[Order]:
    zone = case.site.zone
    day = calendar.day_of(_looked(case, name, drawing), zone)
    while (told := calendar.at(day, TOLD_AT, zone)) <= until:
        if (
            told > drawing.after
            and test_id(name, day) not in case.tests
            and day in _week(case, name, drawing, terms, day)
        ):
            yield Order(told, ordered(case, name, terms, day, told))
        day += DAY


def _looked(case: Case, name: str, drawing: Drawing) -> int:
    """The time up to which days have been asked for; those after it are looked at."""
    return max((drawing.after, *(x.ordered for x in case.tests.values() if x.schedule == name)))


def _week(case: Case, name: str, drawing: Drawing, terms: Terms, day: date) -> frozenset[date]:
    monday = day - day.weekday() * DAY
    free: frozenset[date] = frozenset()
    if case.pathway.schedules[name].over == "working_days":
        week = (monday + n * DAY for n in range(7))
        free = frozenset(x for x in week if not calendar.working(x, case.site.holidays))
    return drawn(drawing.secret, name, monday, terms.a_week, terms.more, free)


def test_id(name: str, day: date) -> str:
    return f"{name}-{day}"


def ordered(case: Case, name: str, terms: Terms, day: date, told: int) -> dict[str, Any]:
    """The payload of a test asked for at `told`: until when each specimen can be given. `due`: the last of them."""
    site = case.site
    window = {s: calendar.add(told, length, site.zone, site.holidays) for s, length in terms.window.items()}
    held = {"id": test_id(name, day), "schedule": name, "day": day.isoformat(), "due": max(window.values())}
    return {**held, "window": window}


def planned(case: Case, name: str, t: int) -> tuple[str, ...]:
    """The drawn days of the present week from today on: for a schedule that is not hidden."""
    drawing, found = running(case, name), terms(case, name)
    if drawing is None or not drawing.secret or found is None:
        return ()
    today = calendar.day_of(t, case.site.zone)
    return tuple(sorted(x.isoformat() for x in _week(case, name, drawing, found, today) if x >= today))


def wake(case: Case, after: int, *, drawn: bool = False) -> int | None:
    """The next second, not before `after`, at which a test may be asked for, or one goes unanswered; None if never.

    It is the hour of asking of the next day whatever was drawn, so that nobody can tell a drawn day by it. `drawn`: the
    hour at which one is really asked for, for who keeps it to themselves (a week or two ahead at most).
    """
    going_on = [
        d for d in case.drawings.values() if d.until is None and d.secret and not lacks(case, d.schedule)
    ]
    if case.hold or case.died:
        return None
    ends = [x.due + 1 for x in case.tests.values() if not x.classed and x.due >= after]
    if not going_on:
        return min(ends, default=None)
    if next(orders(case, after), None) is not None:
        return after
    if drawn:
        coming = [order.at for order in orders(case, after + AHEAD)]
        return min((*ends, min(coming, default=after + AHEAD)))
    today = calendar.day_of(after, case.site.zone)
    asked = (calendar.at(day, TOLD_AT, case.site.zone) for day in (today, today + DAY, today + 2 * DAY))
    return min((*ends, next(x for x in asked if x > after)))


# ------------------------------------------------------------------------------------------------ how a test stands
def class_at(test: Test, t: int) -> str:
    """How it was classed at t, '' while nobody has."""
    return next((x.class_ for x in reversed(test.classed) if x.at <= t), "")


def state(test: Test, t: int) -> str:
    """ordered, collected, classed, or unanswered: its time is over, nothing was given, and nobody has classed it."""
    if class_at(test, t):
        return "classed"
    if test.collected is not None and test.collected <= t:
        return "collected"
    return "unanswered" if test.due < t else "ordered"


def given_late(test: Test) -> bool:
    """Was the specimen given after its time? That is a fact for whoever decides, and no class."""
    return test.collected is not None and test.collected > test.window.get(test.specimen, test.due)


def told_in_time(test: Test) -> bool:
    """Was it written down while there was still time? Otherwise nobody was told, and that is ours."""
    return test.told <= test.due


def unanswered(case: Case, name: str, t: int) -> tuple[Test, ...]:
    """Tests whose time is over, not given and not classed: a task for those who class, never a class."""
    mine = (x for x in case.tests.values() if x.schedule == name and x.ordered <= t)
    return tuple(x for x in mine if state(x, t) == "unanswered")


def classed(case: Case, name: str, t: int, classes: tuple[str, ...]) -> int:
    """How many tests stand in one of these classes at t."""
    mine = (x for x in case.tests.values() if x.schedule == name and x.ordered <= t)
    return sum(class_at(x, t) in classes for x in mine)


def positive(class_: str) -> bool:
    """Does it count as positive? What was explained (prescribed) does not, anywhere; nor what is still disputed."""
    return class_ in ("positive", "confirmed")


def clear(case: Case, name: str, t: int) -> int | None:
    """Whole days since the last test that was not negative, or since the schedule began; None before it has.

    Explained, excused, void and disputed ones do not count.
    """
    drawing = case.drawings.get(name)
    if drawing is None or drawing.since > t:
        return None
    began = calendar.day_of(drawing.since, case.site.zone)
    mine = (x for x in case.tests.values() if x.schedule == name and x.ordered <= t)
    against = [date.fromisoformat(x.day) for x in mine if class_at(x, t) in NOT_CLEAR]
    return (calendar.day_of(t, case.site.zone) - max((began, *against))).days
