"""Moving the clocks of a case in time, without changing what the case is.

A node stands for cases with the same clocks running and late, whatever their times. So its one case is put in such a
place that what runs has just begun, and what is late is late; and to see what follows when one clock runs out before
all others, that one alone is moved back.
"""

from __future__ import annotations

from amparo.cases import clocks
from amparo.cases.model import Case, Run

DAY = 86400
STEPS = 64


def fresh(case: Case, names: tuple[str, ...], t: int) -> Case:
    """The same case, where each clock that runs in time has just begun, and what is paused was paused now."""
    changed = {}
    for name in names:
        run = _last(case, name)
        if run is None or run.state != "running" or clocks.late(case, name, t):
            continue
        if run.paused_at is not None:
            changed[name] = run._replace(anchor=t, started=t, paused_at=t, paused=0)
        else:
            changed[name] = _renewed(run, t)
    return _with(case, changed)


def run_out(case: Case, name: str, t: int) -> Case:
    """The same case, where this clock ended just before t and no other did."""
    run = _last(case, name)
    assert run is not None
    moved = run
    back = 0
    for _ in range(STEPS):
        if _is_late(case, moved, t):
            return _with(case, {name: moved})
        back = back * 2 + 3600
        moved = run._replace(anchor=run.anchor - back, started=min(run.started, run.anchor - back))
    raise ValueError(f"clock {name} does not run out, however long ago it began")


def _is_late(case: Case, run: Run, t: int) -> bool:
    holidays = case.site.holidays
    return clocks.missed(run, t, holidays) is not None if run.every else t > clocks.due(run, holidays)


def _renewed(run: Run, t: int) -> Run:
    return run._replace(anchor=t, started=t, period=1, met_period=0, owed=None)


def _last(case: Case, name: str) -> Run | None:
    all_ = case.runs.get(name, ())
    return all_[-1] if all_ else None


def _with(case: Case, changed: dict[str, Run]) -> Case:
    if not changed:
        return case
    runs = {name: (*case.runs[name][:-1], run) for name, run in changed.items()}
    return case._replace(runs={**case.runs, **runs})
