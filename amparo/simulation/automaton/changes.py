"""What an act did to the clocks that matter, read off the case before and after."""

from __future__ import annotations

from typing import NamedTuple

from amparo.cases import clocks, readings
from amparo.cases.model import Case, Run
from amparo.pathways import calendar
from amparo.pathways.model import EndOf, Pathway

STOP, NOW, END_OF, OPENED, PAUSE, RESUME, EXTEND, MEET = (
    "stop", "now", "end_of", "opened", "pause", "resume", "extend", "meet",
)  # fmt: skip


class Change(NamedTuple):
    """One operation on one clock.

    length: (n, unit) for a start or an extension. of: the other clock for `end_of`. offset, days: what the anchor lies
    after now, or after the opening, in seconds and in civil days. every: a clock that comes again and again. roll,
    part_days: as of the run.
    """

    what: str
    clock: str
    length: tuple[int, str] = (0, "s")
    of: str = ""
    offset: int = 0
    days: int = 0
    every: bool = False
    roll: str = "none"
    part_days: bool = False


def changes(
    pathway: Pathway, names: tuple[str, ...], before: Case | None, after: Case, t: int
) -> tuple[Change, ...]:
    """All operations, in the order of the file; anchors that rest on another clock after that clock."""
    found = [x for name in names for x in _of(pathway, name, before, after, t)]
    marks = [
        _marked(pathway, fact, after, t)
        for fact in _anchors(pathway, names)
        if before is not None and _told(after, fact, t)
    ]
    return (*marks, *sorted(found, key=lambda x: x.what == END_OF))


def mark(fact: str) -> str:
    """The name under which it is kept when a fact was told from which a clock counts later."""
    return f"told {fact}"


def _anchors(pathway: Pathway, names: tuple[str, ...]) -> tuple[str, ...]:
    """The facts from which clocks count."""
    return tuple(dict.fromkeys(f for n in names if isinstance(f := pathway.clocks[n].from_, str)))


def _told(case: Case, fact: str, t: int) -> bool:
    telling = readings.told(case, fact, t)
    return telling is not None and telling.as_of == t


def _of(pathway: Pathway, name: str, before: Case | None, after: Case, t: int) -> list[Change]:
    old, new = _last(before, name), _last(after, name)
    if new is None or new == old:
        return []
    if old is None or new.n != old.n:
        made = [_started(pathway, name, after, new, t)] if new.state == "running" else [Change(STOP, name)]
        return [*made, Change(PAUSE, name)] if new.paused_at is not None else made
    if new.state != "running":
        return [Change(STOP, name)]
    changed: list[Change] = []
    for extra in new.extensions[len(old.extensions) :]:
        changed.append(Change(EXTEND, name, (extra.n, extra.unit), roll=new.roll))
    if new.met_period != old.met_period or (old.owed is not None and new.owed is None):
        changed.append(Change(MEET, name, (new.length.n, new.length.unit), every=True, roll=new.roll))
    if old.paused_at is None and new.paused_at is not None:
        changed.append(Change(PAUSE, name))
    if old.paused_at is not None and new.paused_at is None:
        changed.append(
            Change(RESUME, name, (new.length.n, new.length.unit), roll=new.roll, part_days=new.part_days)
        )
    return changed


def _last(case: Case | None, name: str) -> Run | None:
    all_ = case.runs.get(name, ()) if case is not None else ()
    return all_[-1] if all_ else None


def _started(pathway: Pathway, name: str, after: Case, run: Run, t: int) -> Change:
    clock = pathway.clocks[name]
    made = Change(
        NOW, name, (run.length.n, run.length.unit), every=run.every, roll=run.roll, part_days=run.part_days
    )
    if clock.from_ is None:
        return made
    if isinstance(clock.from_, EndOf):
        return made._replace(what=END_OF, of=clock.from_.clock)
    telling = readings.told(after, clock.from_, t)
    if telling is None:
        return _after(made, pathway, clock.from_, after, run, t)
    if telling.as_of == after.opened_at:
        return _after(made._replace(what=OPENED), pathway, clock.from_, after, run, after.opened_at)
    _, base = _base(pathway, after, clock.from_, telling.as_of)
    marked = made._replace(what=END_OF, of=mark(clock.from_))
    return _after(marked, pathway, clock.from_, after, run, base)


def _marked(pathway: Pathway, fact: str, case: Case, t: int) -> Change:
    """Keeps the instant from which this telling counts: now, or the end of the clock whose end the step writes down."""
    clock, _ = _base(pathway, case, fact, t)
    return Change(END_OF, mark(fact), of=clock) if clock else Change(NOW, mark(fact))


def _base(pathway: Pathway, case: Case, fact: str, t: int) -> tuple[str, int]:
    """Of a fact told at t: the clock whose end a step wrote down as it, and that end; else nothing, and t."""
    for name, all_ in case.taken.items():
        written = pathway.steps[name].sets.get(fact) if name in pathway.steps else None
        if isinstance(written, EndOf) and any(x.at == t for x in all_):
            due = clocks.due_of(case, written.clock, t)
            if due is not None:
                return written.clock, due
    return "", t


def _after(made: Change, pathway: Pathway, fact: str, case: Case, run: Run, t: int) -> Change:
    if pathway.facts[fact].type.kind == "date":
        days = calendar.day_of(run.anchor, case.site.zone) - calendar.day_of(t, case.site.zone)
        return made._replace(days=days.days)
    return made._replace(offset=run.anchor - t)
