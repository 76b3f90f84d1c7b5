"""What comes first on a list: what the law wants and has not got, who is in the house today, then the rest."""

from __future__ import annotations

from datetime import time as clock_time

from amparo.cases.model import Obligation
from amparo.desk import others, owing
from amparo.desk.line import passing, time_of
from amparo.desk.scene import Scene
from amparo.desk.times import DAY, TimeLeft, capital
from amparo.desk.worklist.context import WorkRow
from amparo.lens import ClockView

LATE_BY_LAW, HERE, LAW_TODAY, LATE_HOUSE, HOUSE_TODAY, LATER = range(6)
FAR = 1 << 40
"""Later than any due: rows without one come last."""
SOON = 3600
"""Seconds before an hour from which it is marked."""
END_OF_DAY = clock_time(23, 59)
"""Terms of days end then."""


def rank(scene: Scene, clock: ClockView | None, hour: int | None, owed: Obligation | None = None) -> int:
    """What the law wants and has not got; who is in the house today; the law's day; then our own targets, and what
    is owed to the person.
    """
    found = min(_rank_of(scene, clock) if clock else LATER, rank_owed(scene, owed) if owed else LATER)
    return found if found == LATE_BY_LAW or hour is None else HERE


def pressing_key(row: WorkRow) -> tuple[int, ...] | None:
    """Where a row stands on a list without boxes: late, then due, then what can be done; None for the rest."""
    if row.due or row.late:
        return (0 if row.late else 1, row.due or FAR)
    return (2,) if row.next else None


def _rank_of(scene: Scene, c: ClockView) -> int:
    law = c.kind == "legal"
    if not law and _somebody_waits(scene, c):
        return HERE
    if c.state == "late" and not c.waits:
        return LATE_BY_LAW if law else LATE_HOUSE
    if c.due is None or scene.clock.local(c.due).date() > scene.clock.local(scene.clock.now).date():
        return LATER
    return LAW_TODAY if law and not c.waits else HOUSE_TODAY


def _somebody_waits(scene: Scene, c: ClockView) -> bool:
    """Does it run by the minute, for somebody who stands there now: about to run out, or over for less than a day?"""
    if c.due is None or c.waits:
        return False
    by_day = scene.clock.local(c.due).time() >= END_OF_DAY
    return not by_day and c.due - SOON < scene.clock.now < c.due + DAY


def rank_owed(scene: Scene, o: Obligation) -> int:
    """What is owed to the person stands like a target of our own."""
    if owing.late(scene, o):
        return LATE_HOUSE
    return HOUSE_TODAY if owing.by_today(scene, o) else LATER


def rank_due(scene: Scene, due: int) -> int:
    """What we have to tell somebody by a day stands like a target of our own."""
    today = scene.clock.local(due).date() <= scene.clock.local(scene.clock.now).date()
    return LATE_HOUSE if due < scene.clock.now else HOUSE_TODAY if today else LATER


def first_owed(scene: Scene, clock: ClockView | None) -> Obligation | None:
    """What is owed to the person, where a row stands for it rather than for its clock: also where the clock waits for
    somebody else, and this is due by today.
    """
    o = owing.first(scene)
    if o is None or clock is None or (owing.by_today(scene, o) and others.of_clock(scene, clock) is not None):
        return o
    return o if (rank_owed(scene, o), o.due or 0) < (_rank_of(scene, clock), clock.due or 0) else None


def pressing(scene: Scene) -> ClockView | None:
    """The clock that a row stands for: the law's before the house's, what is late before what is due, what somebody is
    to keep before a time that only has to pass.
    """
    assert scene.view is not None
    going = [c for c in scene.view.clocks if c.going and c.due is not None]
    return min(going, key=lambda c: (_rank_of(scene, c), passing(c), c.due or 0), default=None)


def hour_today(scene: Scene) -> int | None:
    """The hour for which the person was asked to come, if it is today: the facts that letters name as one."""
    view, today = scene.view, scene.clock.local(scene.clock.now).date()
    assert view is not None
    named = {x.hour for x in scene.pathway.letters.values() if x.hour}
    told = [
        f.value for f in view.facts if f.name in named and f.state == "value" and isinstance(f.value, int)
    ]
    set_ = [view.sitting.at] if view.sitting and view.sitting.state in ("set", "open") else []
    found = [t for t in (*told, *set_) if scene.clock.local(t).date() == today] if not view.closed else []
    return min(found, default=None)


def time(scene: Scene, clock: ClockView | None, hour: int | None) -> TimeLeft | None:
    """The hour of who comes today, else the clock. An hour that is over is no lateness of the person's."""
    if hour is None:
        return time_of(scene, clock) if clock else None
    if hour < scene.clock.now:
        return TimeLeft(capital(scene.clock.when(hour)))
    return scene.clock.left(hour, hour - scene.clock.now < SOON)
