"""Time as a time and a distance, in words. Epoch seconds come in; the site's zone tells the wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class TimeLeft:
    """A moment and its distance. mood: '' ordinary, soon, late, paused, done. One of the two words may be
    empty.
    """

    at: str
    left: str = ""
    mood: str = ""


@dataclass(frozen=True)
class Clockwork:
    """The zone and the present of one page, so that all its times agree."""

    zone: str
    now: int

    def local(self, at: int) -> datetime:
        """Wall clock of the site at an instant."""
        return datetime.fromtimestamp(at, ZoneInfo(self.zone))

    def time(self, at: int) -> str:
        return self.local(at).strftime("%H:%M")

    def day(self, at: int) -> str:
        """`today`, or `Tue 24 Nov`, with the year where it is not this one."""
        then, today = self.local(at).date(), self.local(self.now).date()
        return _("today") if then == today else named_day(then, today)

    def when(self, at: int) -> str:
        """`today 16:40` or `Tue 24 Nov, 16:40`."""
        day, clock = self.day(at), self.time(at)
        return f"{day} {clock}" if self.local(at).date() == self.local(self.now).date() else f"{day}, {clock}"

    def due(self, at: int) -> str:
        """A due: civil ones end with the day, and are then said as the day alone."""
        return self.day(at) if self.local(at).strftime("%H:%M:%S") == "23:59:59" else self.when(at)

    def left(self, at: int, soon: bool = False) -> TimeLeft:
        """Due and distance: late after the due's second, soon where the caller says so."""
        if self.now > at:
            return TimeLeft(self.due(at), late(self.now - at), "late")
        return TimeLeft(capital(self.due(at)), remaining(at - self.now), "soon" if soon else "")


def named_day(then: date, today: date) -> str:
    """`Tue 24 Nov`, `Tue 24 Nov 2027`."""
    return dateformat.format(then, "D j M" if then.year == today.year else "D j M Y")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def span(seconds: int) -> str:
    """A distance in the two units that matter: `7 h 55 min`, `3 days`, `25 min`."""
    if seconds >= 2 * DAY:
        return ngettext("%(n)s day", "%(n)s days", seconds // DAY) % {"n": seconds // DAY}
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    if hours and minutes:
        return _("%(h)s h %(m)s min") % {"h": hours, "m": minutes}
    return _("%(h)s h") % {"h": hours} if hours else _("%(m)s min") % {"m": max(minutes, 1)}


def remaining(seconds: int) -> str:
    return _("%(span)s left") % {"span": span(seconds)}


def over(seconds: int) -> str:
    """Of a time that had to pass: how long ago it was over."""
    return _("over for %(span)s") % {"span": span(seconds)}


def late(seconds: int) -> str:
    return _("%(span)s late") % {"span": span(seconds)}
