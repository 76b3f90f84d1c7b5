"""How the runs of clocks begin, pause, go on and end, as steps are taken and stages change.

Nothing here refuses. Where an anchor, a length or a condition is not known, no run begins, and the case says which
clock is not watched, and for want of what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.cases import clocks, phases
from amparo.cases.index import index
from amparo.cases.model import Case, Run
from amparo.cases.read import Readings
from amparo.pathways import calendar
from amparo.pathways.model import Clock, EndOf, Extension, Length, PhaseLen, Rule, SettingRef, TermRef

Runs = Mapping[str, tuple[Run, ...]]


def ended(case: Case, triggers: tuple[str, ...], t: int) -> Case:
    """Running clocks that these triggers extend, stop or meet."""
    known = index(case.pathway)
    changed: dict[str, Run] = {}
    for name, how in (pair for trigger in triggers for pair in known.extends.get(trigger, ())):
        _change(case, changed, name, lambda run, how=how: _extended(case, run, how))
    for name in (n for trigger in triggers for n in known.stops.get(trigger, ())):
        _change(case, changed, name, lambda run: _stopped(case, run, t))
    for name in (n for trigger in triggers for n in known.meets.get(trigger, ())):
        _change(case, changed, name, lambda run: _met(case, run, t))
    return _with(case, changed)


def _change(case: Case, changed: dict[str, Run], name: str, change: Any) -> None:
    run = changed.get(name) or (case.runs[name][-1] if name in case.runs else None)
    if run is not None and run.state == "running":
        changed[name] = change(run)


def _with(case: Case, changed: Mapping[str, Run]) -> Case:
    if not changed:
        return case
    return case._replace(
        runs={**case.runs, **{name: (*case.runs[name][:-1], run) for name, run in changed.items()}}
    )


def _extended(case: Case, run: Run, how: Extension) -> Run:
    """The term of the step just taken is added; what was said of the old end is said again of the new one."""
    step = max((x for all_ in case.taken.values() for x in all_), key=lambda x: x.seq)
    plain = step.terms.get(how.term)
    if not plain or (how.times is not None and len(run.extensions) >= how.times):
        return run
    extra = Length(plain["n"], plain["unit"])
    return run._replace(extensions=(*run.extensions, extra), warned=False, expired=False)


def _stopped(case: Case, run: Run, t: int) -> Run:
    """In time, or while paused: met. Too late: stopped."""
    holidays = case.site.holidays
    late = clocks.missed(run, t, holidays) is not None if run.every else t > clocks.due(run, holidays)
    in_time = run.paused_at is not None or not late
    return run._replace(state="met" if in_time else "stopped", ended=t)


def _met(case: Case, run: Run, t: int) -> Run:
    """The period running at t is met, and what was missed before; a clock with one term only is met as by its stop.

    What happened before this round began meets nothing of it.
    """
    if not run.every:
        return _stopped(case, run, t)
    run = run._replace(owed=None)
    if run.ceased is not None:
        return run._replace(state="stopped", ended=t)
    if t < run.started:
        return run
    period = clocks.ended_periods(run, t, case.site.holidays) + 1
    return run._replace(met_period=max(run.met_period, period), expired=False)


# ------------------------------------------------------------------------------------------------ a new stage
def entered(case: Case, t: int) -> Case:
    """The stage has changed: runs outside their stages are cancelled, others pause or go on."""
    clock_of = case.pathway.clocks
    changed = {
        name: _staged(case, clock_of[name], all_[-1], t)
        for name, all_ in case.runs.items()
        if all_[-1].state == "running"
    }
    return _with(case, changed)


def _staged(case: Case, clock: Clock, run: Run, t: int) -> Run:
    if case.stage not in clock.while_:
        return run._replace(state="cancelled", ended=t)
    pausing = case.stage in clock.pauses_in
    if run.paused_at is not None and not pausing:
        return _resumed(case, run, t)
    return run._replace(paused_at=t) if pausing and run.paused_at is None else run


def _resumed(case: Case, run: Run, t: int) -> Run:
    """The pause is added: seconds for an elapsed term, whole days for a civil one."""
    began = run.paused_at if run.paused_at is not None else t
    elapsed = run.length.unit == "s"
    pause = t - began if elapsed else calendar.whole_days_between(began, t, run.zone, run.part_days)
    run = run._replace(paused_at=None, paused=run.paused + pause)
    ahead = clocks.due(run, case.site.holidays) >= t
    return run._replace(warned=False, expired=False) if ahead else run


def cancelled(all_: tuple[Run, ...], t: int) -> tuple[Run, ...]:
    """The runs of one clock, the running one cancelled."""
    last = all_[-1]
    return (*all_[:-1], last._replace(state="cancelled", ended=t)) if last.state == "running" else all_


def marked(case: Case, data: Mapping[str, Any], *, warned: bool = False, expired: bool = False) -> Case:
    """A tick has said something of a run that is still there with this due."""
    name, n = data["clock"], data["n"]
    all_ = case.runs.get(name, ())
    if len(all_) < n:
        return case
    run = all_[n - 1]
    run = run._replace(warned=run.warned or warned, expired=run.expired or expired)
    if data.get("period"):
        run = run._replace(period=max(run.period, data["period"] + 1))
    return case._replace(runs={**case.runs, name: (*all_[: n - 1], run, *all_[n:])})


# ------------------------------------------------------------------------------------------------ beginnings
def begun(case: Case, triggers: tuple[str, ...], t: int) -> Case:
    """The clocks that these triggers start in this stage; an older run that still runs is replaced."""
    known = index(case.pathway)
    names = tuple(dict.fromkeys(n for trigger in triggers for n in known.starts.get(trigger, ())))
    for name in sorted(names, key=known.order.__getitem__):
        clock = case.pathway.clocks[name]
        if case.stage in clock.while_:
            case = _begun(case, name, clock, t)
    return case


def rebased(case: Case, t: int) -> Case:
    """A new phase: what runs by the distance of its sittings begins anew, unless this very step has begun it. So does
    what was not watched for want of that distance. Where the new phase has none, the rhythm ends with the old one.
    """
    for name, clock in case.pathway.clocks.items():
        if not isinstance(clock.every or clock.within, PhaseLen):
            continue
        run = case.runs[name][-1] if name in case.runs else None
        going = run is not None and run.state == "running"
        if (run is not None and going and run.started < t) or (
            not going and name in case.not_watched and case.stage in clock.while_
        ):
            case = _rebased(case, name, clock, t)
    return case


def _rebased(case: Case, name: str, clock: Clock, t: int) -> Case:
    before = len(case.runs.get(name, ()))
    case = _begun(case, name, clock, t)
    run = case.runs[name][-1] if name in case.runs else None
    anew = len(case.runs.get(name, ())) > before
    if run is None or run.state != "running" or anew or name not in case.not_watched:
        return case
    return _with(case, {name: _ceased(case, clock, run, t)})


def _ceased(case: Case, clock: Clock, run: Run, t: int) -> Run:
    """A rhythm that goes on no longer: no round of it begins any more. What was missed stays missed until it is met."""
    owed = _owed(case, clock, run, t)
    if owed is None:
        return run._replace(state="cancelled", ended=t)
    return run._replace(owed=owed, ceased=t)


def _begun(case: Case, name: str, clock: Clock, t: int) -> Case:
    r = Readings(case, t)
    wanted = None if clock.only_if is None else r.verdict(clock.only_if)
    if clock.only_if is not None and wanted is None:
        return _unwatched(case, name, _lacking(r, clock.only_if))
    if wanted is False:
        return case
    anchor, length = _anchor(case, r, clock, t), clocks.length_of(case, clock.every or clock.within)
    if anchor is None or length is None:
        lacking = clock.from_ if anchor is None else clock.every or clock.within
        why = phases.lacking(case) if isinstance(lacking, PhaseLen) else _source(lacking)
        return _unwatched(case, name, why)
    roll = clock.roll if isinstance(clock.roll, str) else case.settings.get(clock.roll.name)
    if roll is None:
        return _unwatched(case, name, _source(clock.roll))
    return _started(case, name, clock, anchor, length, roll, t)


def _started(case: Case, name: str, clock: Clock, anchor: int, length: Length, roll: str, t: int) -> Case:
    earlier = case.runs.get(name, ())
    owed = _owed(case, clock, earlier[-1], t) if earlier else None
    if earlier and earlier[-1].state == "running":
        earlier = (*earlier[:-1], earlier[-1]._replace(state="replaced", ended=t))
    run = Run(
        n=len(earlier) + 1,
        anchor=anchor,
        length=length,
        every=clock.every is not None,
        zone=case.site.zone,
        started=t,
        paused_at=t if case.stage in clock.pauses_in else None,
        paused=0,
        extensions=(),
        state="running",
        ended=None,
        period=1,
        met_period=0,
        warned=False,
        expired=False,
        roll=roll,
        part_days=_part_days(case, clock),
        owed=owed,
    )
    watched = {k: why for k, why in case.not_watched.items() if k != name}
    return case._replace(runs={**case.runs, name: (*earlier, run)}, not_watched=watched)


def _owed(case: Case, clock: Clock, run: Run, t: int) -> int | None:
    """What a recurring clock takes on into a new round: what was missed stays missed until it is met. Where nothing
    `meets` a clock, it is met by beginning anew.
    """
    if not clock.every or not clock.meets or run.state != "running":
        return None
    return run.owed if run.paused_at is not None else clocks.missed(run, t, case.site.holidays)


def _part_days(case: Case, clock: Clock) -> bool:
    """Unset is no: a pause never takes more from the person than is certain."""
    part = clock.part_days
    return part if isinstance(part, bool) else case.settings.get(part.name) is True


def _anchor(case: Case, r: Readings, clock: Clock, t: int) -> int | None:
    """The instant from which a clock counts; a date counts as its last second, since its own day is not counted."""
    if clock.from_ is None:
        return t
    if isinstance(clock.from_, EndOf):
        return clocks.due_of(case, clock.from_.clock, t)
    found = r.get(clock.from_)
    return found if found is None or isinstance(found, int) else calendar.last_second(found, case.site.zone)


def _unwatched(case: Case, name: str, why: str) -> Case:
    """A run that still runs goes on; only the new one does not begin."""
    return case._replace(not_watched={**case.not_watched, name: why})


def _lacking(r: Readings, rule: Rule) -> str:
    asked = r.book.rule(rule).asks(r.get, r.day)
    return asked[0] if asked else rule.text


def _source(what: object) -> str:
    """The name of the setting, fact or term that is lacking."""
    if isinstance(what, SettingRef):
        return what.name
    if isinstance(what, TermRef):
        return f"{what.step}.{what.term}"
    return what.clock if isinstance(what, EndOf) else str(what)
