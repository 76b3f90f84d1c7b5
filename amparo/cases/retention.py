"""How long a case that has ended stays named, and when its key is destroyed."""

from __future__ import annotations

from typing import Any, NamedTuple

from amparo.cases import approach, clocks
from amparo.cases.model import Case
from amparo.cases.read import Readings, setting
from amparo.cases.receipts import last_in
from amparo.pathways import calendar
from amparo.pathways.model import Length, Retention, SettingRef


class Kept(NamedTuple):
    """The line of the definition that applies, resolved.

    named, ends: a length, `at once` (ends: or `receipts`), or None where a setting is unset: then nothing is destroyed.
    named_until: until when staff lists, searches and registers use the name. ends_at: when the key goes. Both epoch
    seconds, None if not known or while a legal hold stands. waits: something about the case is still to be settled
    (`kept_while`), and until then nothing goes.
    """

    line: Retention
    named: Length | str | None
    ends: Length | str | None
    named_until: int | None
    ends_at: int | None
    then: str
    never_named: bool
    waits: bool = False


def retention(case: Case, t: int) -> Kept | None:
    """The retention of an ended case at t; None while it goes on, or where no line speaks of its end.

    Of an approach that nobody has answered: it is wiped once the days of its door are over.
    """
    if approach.unanswered(case):
        return _unanswered(case)
    line = next((x for x in case.pathway.retention if case.stage in x.after), None)
    if line is None:
        return None
    named = _resolved(case, line.named, t)
    ends = named if line.ends is None else _resolved(case, line.ends, t)
    waits = _waits(case, line, t)
    until, at = (None if case.hold or waits else _until(case, x) for x in (named, ends))
    at = _with_name(until, at) if line.ends == "receipts" else at
    return Kept(line, named, ends, until, at, line.then, line.never_named, waits)


def _waits(case: Case, line: Retention, t: int) -> bool:
    """Is something of this case still to be settled? What is not known keeps it too."""
    return line.kept_while is not None and Readings(case, t).verdict(line.kept_while) is not False


def _unanswered(case: Case) -> Kept | None:
    first = approach.asks_first(case)
    if first is None:
        return None
    days = clocks.length_of(case, first.wipes_after)
    line = Retention(where=first.where, after=(first.stage,), named="at once", then="wiped", never_named=True)
    end = None if case.hold else approach.ends_at(case)
    return Kept(line, "at once", days, end, end, "wiped", True)


def _resolved(case: Case, length: Any, t: int) -> Length | str | None:
    found: Length | str | None = setting(case, length.name, t) if isinstance(length, SettingRef) else length
    return found


def _with_name(until: int | None, at: int | None) -> int | None:
    """The last receipt ends a file, but never before the time of its name is over."""
    return None if until is None or at is None else max(until, at)


def _until(case: Case, length: Length | str | None) -> int | None:
    if length == "receipts":
        return last_in(case)
    if length is None or isinstance(length, str):
        return case.stage_since if length == "at once" else None
    return calendar.add(case.stage_since, length, case.site.zone, case.site.holidays)
