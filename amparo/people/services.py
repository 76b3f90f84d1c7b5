"""What services told of themselves: free places with the hour they were told, whom they take, when they are open.

Hours are kept by group of days: `{"week": "08:00-20:00", "sat": "20:00-08:00", "sun": ""}`. A span that ends before it
begins goes on after midnight; `00:00-00:00` is the whole day; an empty span is closed; a group that is not there is not
known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Max

from amparo.people import staff
from amparo.people.models import Practice, Vacancy

GROUPS = ("week", "sat", "sun")
"""Monday to Friday, Saturday, Sunday."""
DAY_MINUTES = 24 * 60
SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)")
TOLD_WITHIN = "@told_within"
"""The name under which a site enters for how many hours a told number is taken as it stands: no setting can have it."""
USUAL_HOURS = 24


class Open(NamedTuple):
    """Whether a service is open now, and the minute of the day at which that changes next, None if not within a day."""

    now: bool
    until: int | None


# ------------------------------------------------------------------------------------------------ told
def vacancies(offices: Iterable[str], now: int) -> Mapping[str, Vacancy]:
    """The newest number that each service told, until now."""
    told = Vacancy.objects.filter(office_id__in=tuple(offices), at__lte=now)
    newest = told.values("office_id").annotate(last=Max("at"))
    at = {row["office_id"]: row["last"] for row in newest}
    return {v.office_id: v for v in told.order_by("pk") if v.at == at[v.office_id]}


def practices(offices: Iterable[str]) -> Mapping[str, Practice]:
    """What is known of how each service works."""
    return {p.office_id: p for p in Practice.objects.filter(office_id__in=tuple(offices))}


def told_within(site: str, programme: str, day: date) -> tuple[int, bool]:
    """For how many hours a told number stands before it is asked anew, and whether the site entered it."""
    entry = staff.entered(site, programme, day).get(TOLD_WITHIN)
    return (int(entry.value), True) if entry else (USUAL_HOURS, False)


# ------------------------------------------------------------------------------------------------ hours
def span(text: str) -> tuple[int, int] | None:
    """Minutes of the day from and until; None for closed. Raises `ValueError` for what cannot be read."""
    if not text.strip():
        return None
    found = SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    h, m, to_h, to_m = (int(x) for x in found.groups())
    return h * 60 + m, to_h * 60 + to_m


def open_at(hours: Mapping[str, str], local: datetime) -> Open | None:
    """Is it open at this wall clock? None where the hours of that day are not known."""
    today, before = _group(local.weekday()), _group((local.weekday() - 1) % 7)
    if today not in hours:
        return None
    minute = local.hour * 60 + local.minute
    for begins, ends in _spans(hours.get(before, ""), hours[today]):
        if begins <= minute < ends:
            whole = ends - begins >= DAY_MINUTES
            return Open(True, None if whole else ends % DAY_MINUTES)
    later = span(hours[today])
    return Open(False, later[0] if later is not None and later[0] > minute else None)


def _group(weekday: int) -> str:
    return GROUPS[max(0, weekday - 4)]


def _spans(before: str, today: str) -> Iterable[tuple[int, int]]:
    """The spans that touch today, in minutes from its midnight: yesterday's that goes on, and its own."""
    for text, shift in ((before, -DAY_MINUTES), (today, 0)):
        found = span(text)
        if found is not None:
            begins, ends = found
            yield begins + shift, ends + shift + (DAY_MINUTES if ends <= begins else 0)
