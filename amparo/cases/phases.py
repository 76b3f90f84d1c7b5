"""Phases of a case: in which one it is, whether all is met that the next one asks, how long until it can begin.

Leaving the stage and coming back keeps the phase and its days; going back a phase begins its days anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from amparo.cases.model import Case, Do, Request
from amparo.pathways import calendar, courts
from amparo.pathways.model import Len, Length, Requirement, Rule, SettingRef
from amparo.pathways.rulebook import Rulebook
from amparo.pathways.rules import Compiled


class Readings(Protocol):
    """What is read here of a case at a time (`cases.readings`)."""

    case: Case
    t: int
    book: Rulebook
    day: Callable[[int], date]

    def get(self, name: str) -> Any: ...
    def verdict(self, rule: Rule) -> bool | None: ...


# ------------------------------------------------------------------------------------------------ days
def sitting_every(case: Case) -> Len | None:
    """The length between the sittings of the present phase, as it is written; None if there is none."""
    phase = courts.phase_at(case.pathway, case.phase)
    return phase.sitting_every if phase else None


def lacking(case: Case) -> str:
    """What lacks for the length between sittings: the setting's name, or that the phase says none."""
    every = sitting_every(case)
    return every.name if isinstance(every, SettingRef) else "phase"


def unset(case: Case) -> str:
    """The setting without a value on which the least length of the present phase leans, '' if none."""
    phase = courts.phase_at(case.pathway, case.phase)
    least = phase.at_least if phase else None
    return least.name if isinstance(least, SettingRef) and case.settings.get(least.name) is None else ""


def over_at(case: Case) -> int | None:
    """The first second at which the present phase has lasted long enough; None while that is not known.

    Days are civil ones: after 30 days, whatever the hour.
    """
    phase = courts.phase_at(case.pathway, case.phase)
    since = case.phase_since
    if phase is None or since is None or phase.at_least is None:
        return since
    least = (
        case.settings.get(phase.at_least.name) if isinstance(phase.at_least, SettingRef) else phase.at_least
    )
    if not isinstance(least, Length):
        return None
    end = calendar.add(since, least, case.site.zone, case.site.holidays)
    if least.unit == "s":
        return end
    return calendar.first_second(calendar.day_of(end, case.site.zone), case.site.zone)


# ------------------------------------------------------------------------------------------------ requirements
def requirements(case: Case) -> dict[str, Requirement]:
    """What the present phase requires."""
    phase = courts.phase_at(case.pathway, case.phase)
    return dict(phase.requires) if phase else {}


def verdict(r: Readings, name: str) -> bool | None:
    """Does a requirement of the present phase hold? One that was waived does."""
    phase = courts.phase_at(r.case.pathway, r.case.phase)
    assert phase is not None
    if name in r.case.phase_waived:
        return True
    answer: bool | None = r.book.requires[phase.id, name].verdict(r.get, r.day)
    return answer


def ours(r: Readings, required: Requirement) -> bool:
    """Is it unmet only because a service, or we, keep the person waiting?"""
    return required.ours_if is not None and r.verdict(required.ours_if) is True


def met(r: Readings) -> bool | None:
    """Are days and requirements of the present phase all met? False if one is not; None while one is not known."""
    if courts.phase_at(r.case.pathway, r.case.phase) is None:
        return False
    over = over_at(r.case)
    answers = [None if over is None else r.t >= over, *(verdict(r, name) for name in requirements(r.case))]
    return False if False in answers else None if None in answers else True


def behind(r: Readings) -> tuple[str, ...]:
    """The names behind a `phase_met` that is not known."""
    phase = courts.phase_at(r.case.pathway, r.case.phase)
    if phase is None:
        return ()
    open_ = (name for name in phase.requires if verdict(r, name) is None)
    found = (n for name in open_ for n in r.book.requires[phase.id, name].asks(r.get, r.day))
    return tuple(dict.fromkeys(x for x in (unset(r.case), *found) if x))


def wanting(r: Readings) -> tuple[Compiled, ...]:
    """The rules of the requirements of the present phase that do not hold."""
    phase = courts.phase_at(r.case.pathway, r.case.phase)
    names = phase.requires if phase else ()
    return tuple(r.book.requires[phase.id, name] for name in names if phase and verdict(r, name) is False)


def reading(r: Readings, name: str) -> Any:
    """`phase`, `phases`, `phase_met`."""
    if name == "phase_met":
        return met(r)
    return r.case.phase if name == "phase" else len(courts.listed(r.case.pathway))


# ------------------------------------------------------------------------------------------------ waivers
def waived(r: Readings, do: Do, request: Request) -> frozenset[str]:
    """What this step waives of the present phase's requirements, with reasons, by who may."""
    if not do.waived or not request.reasons.strip():
        return frozenset()
    return frozenset(
        name
        for name, required in requirements(r.case).items()
        if name in do.waived and (request.role in required.waived_by or ours(r, required))
    )


# ------------------------------------------------------------------------------------------------ a step's effect
def after(case: Case, effect: str) -> int:
    """The number of the phase in which the case is after a step with this effect."""
    last = len(courts.listed(case.pathway))
    if effect == "phase_next":
        return min(case.phase + 1, last)
    return max(case.phase - 1, 1) if effect == courts.BACK and case.phase else case.phase


def entered(case: Case, id: str, t: int) -> Case:
    """The case in this phase from t on. Days begin anew; a drawing goes on with the phase's number from here. What was
    said of the phase before is not known of this one.
    """
    n, known = courts.number_of(case.pathway, id), case.pathway.facts
    left = {name: all_ for name, all_ in case.tellings.items() if name not in known or not known[name].lasts}
    return drawings_from(case._replace(phase=n, phase_since=t, phase_waived=frozenset(), tellings=left), t)


def drawings_from(case: Case, t: int) -> Case:
    """Drawings that go on ask for no day before t: what holds from now on asks for nothing of the past."""
    changed = {
        name: d._replace(after=max(d.after, t)) for name, d in case.drawings.items() if d.until is None
    }
    return case._replace(drawings={**case.drawings, **changed}) if changed else case
