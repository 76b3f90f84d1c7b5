"""What is known of services, in words: a number with its age, and *ask* where the number is too old to walk for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.context import Nothing
from amparo.desk.services.context import Known
from amparo.desk.times import HOUR, Clockwork, span
from amparo.people import services
from amparo.people.models import Office, Practice, Vacancy


def takes() -> Mapping[str, str]:
    """As who a person may come, by code: what sends people away at a door."""
    return {
        "pet": _("with a dog or other pet"),
        "couple": _("as a couple"),
        "children": _("with children"),
        "no_papers": _("without papers"),
        "treated": _("on methadone or buprenorphine"),
        "using": _("still using or drinking"),
        "wheelchair": _("in a wheelchair"),
    }


def of(offices: Iterable[Office], clock: Clockwork, hours: int) -> Mapping[str, Known]:
    """office id -> what is known. hours: for how long a told number stands."""
    ids = tuple(o.pk for o in offices)
    told, practice = services.vacancies(ids, clock.now), services.practices(ids)
    return {id_: _known(told.get(id_), practice.get(id_), clock, hours) for id_ in ids}


def _known(told: Vacancy | None, practice: Practice | None, clock: Clockwork, hours: int) -> Known:
    line = _line(practice, clock) if practice is not None else ""
    held = tuple((practice.takes if practice is not None else {}).items())
    if told is None:
        return Known(ask=Nothing("ask", _("Free places: never told – ask")), line=line, takes=held)
    age = clock.now - told.at
    if age > hours * HOUR:
        words = _("%(what)s: told us %(age)s ago – ask") % {"what": _what(told), "age": span(age)}
        return Known(ask=Nothing("ask", words), line=line, takes=held)
    when = _("told us %(when)s, %(age)s ago") % {"when": clock.when(told.at), "age": span(age)}
    return Known(_free(told), when, not told.free, line=line, takes=held)


def _what(told: Vacancy) -> str:
    return told.what[:1].upper() + told.what[1:] if told.what else _("Free places")


def _free(told: Vacancy) -> str:
    """`2 beds`, `1 free place`, `Full`."""
    if not told.free:
        return _("Full")
    if told.what:
        return f"{told.free} {told.what}"
    return ngettext("%(n)s free place", "%(n)s free places", told.free) % {"n": told.free}


def _line(practice: Practice, clock: Clockwork) -> str:
    """`8 min on foot · open now, until 21:00 · English, Spanish`."""
    return " · ".join(x for x in (practice.way, open_words(practice, clock), practice.speaks) if x)


def open_words(practice: Practice, clock: Clockwork) -> str:
    """Whether it is open now, and until when or from when; '' where its hours are not known."""
    found = services.open_at(practice.hours, clock.local(clock.now))
    if found is None:
        return ""
    at = "" if found.until is None else f"{found.until // 60:02d}:{found.until % 60:02d}"
    if found.now:
        return _("open now, until %(time)s") % {"time": at} if at else _("open day and night")
    return _("opens %(time)s") % {"time": at} if at else _("closed today from now on")


def refuses(known: Known, wanted: Iterable[str]) -> tuple[str, ...]:
    """For which of these it is known that the service takes nobody; what is not known turns nobody away."""
    held = dict(known.takes)
    return tuple(code for code in wanted if held.get(code) is False)
