"""Clocks of a case: when they are due, whether they are late, what a tick must say.

A clock opens eyes and doors; it never decides. Late, near and running are found by comparing dues with a given time,
never from a stored flag, so that a step entered today as of last week is judged as of last week.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from amparo.cases import phases, schedule
from amparo.cases.index import index
from amparo.cases.model import Case, Event, Run
from amparo.pathways import calendar
from amparo.pathways.model import Clock, Len, Length, Pathway, PhaseLen, SettingRef, TermRef

NO_DAYS: frozenset[date] = frozenset()
LAST = 1 << 30
"""Consents come after every clock of the file."""


# ------------------------------------------------------------------------------------------------ one run
@lru_cache(maxsize=65536)
def due(run: Run, holidays: frozenset[date] = NO_DAYS, period: int = 0) -> int:
    """The last second in time of a run, epoch seconds. `period` is that of a recurring clock; 0 is the one running.

    While a run is paused this is the due it would have if the pause had not begun: it moves when the run goes on.
    """
    times = (period or run.period) if run.every else 1
    return calendar.add(
        run.anchor,
        run.length,
        run.zone,
        holidays,
        times=times,
        extensions=run.extensions,
        paused=run.paused,
        roll=run.roll,
    )


@lru_cache(maxsize=65536)
def warning(run: Run, before: Length, holidays: frozenset[date] = NO_DAYS) -> int:
    """When the end of a run is near: counted back in the units of `before`, never before the run began."""
    return max(run.started, calendar.back(due(run, holidays), before, run.zone, holidays))


def ended_periods(run: Run, t: int, holidays: frozenset[date] = NO_DAYS) -> int:
    """How many periods of a recurring run have ended before t."""
    t = t if run.ceased is None else min(t, run.ceased)
    n = run.period - 1
    while n and due(run, holidays, n) >= t:
        n -= 1
    while due(run, holidays, n + 1) < t:
        n += 1
    return n


def missed(run: Run, t: int, holidays: frozenset[date] = NO_DAYS) -> int | None:
    """The last second of the first period that ended before t and was not met, of this round of a recurring clock or of
    one that it replaced; None if nothing is missed.
    """
    if run.owed is not None or ended_periods(run, t, holidays) <= run.met_period:
        return run.owed
    return due(run, holidays, run.met_period + 1)


def stood(run: Run, t: int) -> str:
    """The state of a run at time t: one that ended later still ran."""
    return "running" if run.ended is not None and run.ended > t else run.state


# ------------------------------------------------------------------------------------------------ of a case, at a time
def newest(case: Case, clock: str, t: int) -> Run | None:
    """The run of this clock that was the newest at t."""
    runs = case.runs.get(clock, ())
    for run in reversed(runs):
        if run.started <= t:
            return run
    return None


def late(case: Case, clock: str, t: int) -> bool:
    """Is the newest run past its due and not met; recurring: is the last ended period unmet, or one of a round before
    this one?
    """
    run = newest(case, clock, t)
    if run is None:
        return False
    state = stood(run, t)
    if state != "running":
        return state == "stopped"
    if run.paused_at is not None:
        return False
    holidays = case.site.holidays
    return missed(run, t, holidays) is not None if run.every else t > due(run, holidays)


def running(case: Case, clock: str, t: int) -> bool:
    """Does the clock watch at t (paused or not)?"""
    run = newest(case, clock, t)
    return run is not None and stood(run, t) == "running"


def near(case: Case, clock: str, t: int) -> bool:
    """Has its warning come and its end not yet?"""
    run = newest(case, clock, t)
    definition = case.pathway.clocks[clock]
    if run is None or definition.near is None or stood(run, t) != "running" or run.paused_at is not None:
        return False
    before = length_of(case, definition.near.before)
    holidays = case.site.holidays
    return before is not None and warning(run, before, holidays) <= t <= due(run, holidays)


def due_of(case: Case, clock: str, t: int) -> int | None:
    """The due of the newest run, None if there is none. A recurring one: of the period that runs at t."""
    run = newest(case, clock, t)
    if run is None:
        return None
    holidays = case.site.holidays
    if run.ceased is not None:
        return run.owed
    return due(run, holidays, ended_periods(run, t, holidays) + 1) if run.every else due(run, holidays)


def state(case: Case, clock: str, t: int) -> tuple[str, int | None]:
    """What to show of a clock: running, near, late, paused, met, stopped, cancelled, not_watched or none; and its due.

    A paused run has no due: it moves with each day of the pause. `stopped` is a run that ended too late. The due of a
    recurring clock that is late is that of what was missed; `due_of` is that of the round that runs.
    """
    run = newest(case, clock, t)
    if run is None:
        return ("not_watched" if clock in case.not_watched else "none"), None
    held = stood(run, t)
    if held in ("cancelled", "replaced"):
        lacks = clock in case.not_watched and case.stage in case.pathway.clocks[clock].while_
        return ("not_watched", None) if lacks else ("cancelled", due_of(case, clock, t))
    if held != "running":
        return held, due_of(case, clock, t)
    if run.paused_at is not None:
        return "paused", None
    if late(case, clock, t):
        since = missed(run, t, case.site.holidays) if run.every else None
        return "late", due_of(case, clock, t) if since is None else since
    return "near" if near(case, clock, t) else "running", due_of(case, clock, t)


WHOSE_TERMS = frozenset({"person", "supporter", "lawyer"})
"""Platform roles of those whose terms these are: what they send after a term is received all the same."""


def own_side(pathway: Pathway, step: str) -> bool:
    """Is this a step of the person, or of somebody beside them?"""
    found = pathway.steps.get(step)
    return found is not None and any(pathway.roles[r].is_ in WHOSE_TERMS for r in found.by if r in pathway.roles)


def waits(pathway: Pathway, clock: Clock) -> bool:
    """Is it a time that has to pass, and no term for anybody to keep? Before its end it is ended by what the person may
    do alone; everything else is opened by the end of a clock.
    """
    ends = (*clock.stops, *clock.meets)
    opens = any(late.opens for late in clock.late)
    if clock.every is not None or not (opens or any(own_side(pathway, step) for step in ends)):
        return False
    opened = index(pathway).opened_by
    return all(step in opened or own_side(pathway, step) for step in ends)


def length_of(case: Case, length: Len | None) -> Length | None:
    """A length as it stands now: written, a setting's, or a term of a step taken; None if it is not known."""
    if isinstance(length, SettingRef):
        held = case.settings.get(length.name)
        return held if isinstance(held, Length) else None
    if isinstance(length, TermRef):
        plain = term_of(case, length)
        return Length(plain["n"], plain["unit"]) if plain else None
    return length_of(case, phases.sitting_every(case)) if isinstance(length, PhaseLen) else length


def term_of(case: Case, ref: TermRef) -> Any:
    """A term of a step, or of the step last taken in a choice; plain, None if it was not given."""
    taken = case.taken.get(case.last.get(ref.step, ref.step))
    return taken[-1].terms.get(ref.term) if taken else None


# ------------------------------------------------------------------------------------------------ ticking
class Due(NamedTuple):
    """Something that a clock has to say: a warning or an end, with its own time."""

    at: int
    order: int
    kind: str
    data: Mapping[str, Any]


def tick(pathway: Pathway, case: Case, now: int, recorded: int | None = None) -> tuple[Event, ...]:
    """What the clocks of this case have to say until `now`, in order of time, then of the file.

    Each is said once for a run and its due; after a time without ticks, what was missed comes with its true time.
    `recorded`: when it is written down, if later than `now`.
    """
    written = now if recorded is None else recorded
    asked = (Due(at, len(pathway.clocks), "test.ordered", data) for at, data in schedule.orders(case, now))
    said = sorted((*(d for d in _pending(pathway, case, now) if d.at <= now), *asked), key=lambda d: d[:2])
    return tuple(
        Event(case.id, case.seq + n, d.at, written, "clock", "", d.kind, d.data, pathway.version)
        for n, d in enumerate(said, 1)
    )


def wake(pathway: Pathway, case: Case, after: int, *, drawn: bool = False) -> int | None:
    """The next second, not before `after`, at which `tick` has something to say; None if it never will.

    `drawn`: by the days that are drawn, for who may know them; else each day on which one may be.
    """
    coming = [d.at for d in _pending(pathway, case, None)]
    test = schedule.wake(case, after, drawn=drawn)
    coming += [test] if test is not None else []
    return max(min(coming), after) if coming else None


def _pending(pathway: Pathway, case: Case, until: int | None) -> Iterator[Due]:
    """What the running clocks have yet to say; of a recurring one the periods until a time, or the next one."""
    for name, runs in case.runs.items():
        run = runs[-1]
        if run.state == "running" and run.paused_at is None and run.ceased is None:
            yield from (_periods if run.every else _ends)(pathway, case, name, run, until)
    yield from _consents_over(case)


def _consents_over(case: Case) -> Iterator[Due]:
    """Consents whose length runs out: nothing is told on them from the second after."""
    for n, c in enumerate(case.consents.values()):
        if c.ended is None and c.until is not None:
            yield Due(c.until + 1, LAST + n, "consent.ended", {"id": c.id, "consent": c.kind, "to": c.to})


def _ends(pathway: Pathway, case: Case, name: str, run: Run, until: int | None) -> Iterator[Due]:
    order, holidays, near_ = index(pathway).order[name], case.site.holidays, pathway.clocks[name].near
    end = due(run, holidays)
    before = length_of(case, near_.before) if near_ else None
    if before is not None and not run.warned:
        yield Due(
            warning(run, before, holidays), order, "clock.warned", {"clock": name, "n": run.n, "due": end}
        )
    if not run.expired:
        yield Due(end + 1, order, "clock.expired", {"clock": name, "n": run.n, "due": end})


def _periods(pathway: Pathway, case: Case, name: str, run: Run, until: int | None) -> Iterator[Due]:
    order, n = index(pathway).order[name], max(run.period, run.met_period + 1)
    while True:
        end = due(run, case.site.holidays, n)
        if until is not None and end >= until:
            return
        yield Due(end + 1, order, "clock.expired", {"clock": name, "n": run.n, "due": end, "period": n})
        if until is None:
            return
        n += 1
