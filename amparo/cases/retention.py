"""How long a case that has ended stays named, and when its key is destroyed."""

from __future__ import annotations

from typing import Any, NamedTuple

from amparo.cases.model import Case
from amparo.cases.read import setting
from amparo.pathways import calendar
from amparo.pathways.model import Length, Retention, SettingRef


class Kept(NamedTuple):
    """The line of the definition that applies, resolved.

    named, ends: a length, `at once`, or None where a setting is unset: then nothing is destroyed. named_until: until
    when staff lists, searches and registers use the name. ends_at: when the key goes. Both epoch seconds, None if not
    known or while a legal hold stands.
    """

    line: Retention
    named: Length | str | None
    ends: Length | str | None
    named_until: int | None
    ends_at: int | None
    then: str
    never_named: bool


def retention(case: Case, t: int) -> Kept | None:
    """The retention of an ended case at t; None while it goes on, or where no line speaks of its end."""
    line = next((x for x in case.pathway.retention if case.stage in x.after), None)
    if line is None:
        return None
    named = _resolved(case, line.named, t)
    ends = named if line.ends is None else _resolved(case, line.ends, t)
    until, at = (None if case.hold else _until(case, x) for x in (named, ends))
    return Kept(line, named, ends, until, at, line.then, line.never_named)


def _resolved(case: Case, length: Any, t: int) -> Length | str | None:
    found: Length | str | None = setting(case, length.name, t) if isinstance(length, SettingRef) else length
    return found


def _until(case: Case, length: Length | str | None) -> int | None:
    if length is None or isinstance(length, str):
        return case.stage_since if length == "at once" else None
    return calendar.add(case.stage_since, length, case.site.zone, case.site.holidays)
