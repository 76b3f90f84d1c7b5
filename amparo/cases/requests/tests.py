"""A test asked for outside the lot. Only the clock asks: so that in examples, where nothing is drawn, the lot can be
played. Whoever works on a case never chooses a day.
"""

from __future__ import annotations

from amparo.cases import schedule
from amparo.cases.model import Refusal
from amparo.cases.requests.base import HOUSE, Wish, first, no, running
from amparo.pathways import calendar


def order(q: Wish) -> Refusal | None:
    """`do: order`, `schedule` (the only one, if it is not named), `specimen` (if one alone): asked for at this very
    time.
    """
    if q.actor != "clock" or q.role:
        return no(q, "not_you", "verb", basis=HOUSE)
    name = q.text("schedule") or next(iter(q.pathway.schedules), "")
    refused = first(running(q), None if name in q.case.drawings else no(q, "no_such", "test", basis=HOUSE))
    if refused is not None:
        return refused
    lacking = schedule.lacks(q.case, name)
    terms = schedule.terms(q.case, name)
    if terms is None:
        return no(q, "not_yet", "asks", basis=HOUSE, asks=((f"setting {lacking}", "site"),))
    day = calendar.day_of(q.t, q.case.site.zone)
    if schedule.test_id(name, day) in q.case.tests or schedule.running(q.case, name) is None:
        return no(q, "no_such", "test", basis=HOUSE)
    wanted = q.text("specimen")
    window = {k: length for k, length in terms.window.items() if not wanted or k == wanted}
    if not window:
        return no(q, "no_such", "test", basis=HOUSE)
    q.w.add("test.ordered", schedule.ordered(q.case, name, terms._replace(window=window), day, q.t))
    return None
