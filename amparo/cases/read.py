"""Everything that is read off a case: values of facts, readings for rules, criteria, box, milestones, owner, next step.

A reading is always as of a time, over the events recorded by then. *Not known* is None and never becomes yes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from amparo.cases import clocks
from amparo.cases.index import begins_at, is_open
from amparo.cases.model import Case, Consent, Obligation, Reason, Taken
from amparo.cases.readings import (
    Readings,
    applies,
    live_consents,
    newest_copies,
    notified,
    owner,
    readings,
    reason_of,
    reasons,
    ruled,
    setting,
    told,
    value,
)
from amparo.cases.story import sentence
from amparo.pathways import calendar
from amparo.pathways.model import Length, Pathway, Step

__all__ = [
    "Readings",
    "applies",
    "box",
    "criteria",
    "live_consents",
    "milestones",
    "newest_copies",
    "next_step",
    "notified",
    "owed_to_the_person",
    "owner",
    "readings",
    "reason_of",
    "reasons",
    "ruled",
    "sentence",
    "setting",
    "told",
    "told_by",
    "unconfirmed",
    "value",
]


# ------------------------------------------------------------------------------------------------ criteria, box
class Verdict(NamedTuple):
    """One criterion as it stands: True, False, None for not known."""

    name: str
    verdict: bool | None
    because: tuple[Reason, ...]
    asks: tuple[tuple[str, str], ...]


def criteria(case: Case, t: int, names: tuple[str, ...] | None = None) -> tuple[Verdict, ...]:
    """Each criterion of the case's door (or those named) with its answer, the parts that decided and what to ask."""
    r = readings(case, t)
    return tuple(
        criterion(r, name) for name in (criteria_of(case.pathway, case.door) if names is None else names)
    )


def criteria_of(pathway: Pathway, door: str) -> tuple[str, ...]:
    """The criteria that a door names."""
    listed = pathway.doors[door].criteria
    return tuple(pathway.criteria) if listed == "all" else () if listed == "none" else listed


def criterion(r: Readings, name: str) -> Verdict:
    rule = r.book.criterion(name)
    verdict = rule.verdict(r.get, r.day)
    asks = r.asked(rule.asks(r.get, r.day)) if verdict is None else ()
    return Verdict(name, verdict, reasons(r, rule), asks)


def box(case: Case, t: int) -> int:
    """The number of the box of the worklist in which a case lies, from 0; -1 for a case that has ended.

    A case that has ended and on which a clock still runs lies in the first box whose own rule names it, if one does.
    """
    pathway = case.pathway
    if case.died or not is_open(pathway, case.stage):
        return _still_named(case, t)
    if not pathway.boxes:
        return [name for name in pathway.stages if is_open(pathway, name)].index(case.stage)
    r = readings(case, t)
    rows = (n for n, b in enumerate(pathway.boxes) if b.if_ is None or r.verdict(b.if_) is True)
    return next(rows)


def _still_named(case: Case, t: int) -> int:
    if case.died or not any(clocks.running(case, name, t) for name in case.runs):
        return -1
    r = readings(case, t)
    named = (n for n, b in enumerate(case.pathway.boxes) if b.if_ is not None and r.verdict(b.if_) is True)
    return next(named, -1)


def unconfirmed(case: Case) -> tuple[Consent, ...]:
    """The consents that were taken back where the programme has each recipient told, and it has not confirmed."""
    kinds = case.pathway.consents
    taken_back = (c for c in case.consents.values() if c.how == "withdrawn" and c.receipt is None)
    return tuple(c for c in taken_back if kinds[c.kind].on_withdrawal is not None)


SAME_DAY = Length(0, "days")


def told_by(case: Case, consent: Consent) -> int | None:
    """The last second in which the recipient of a consent that was taken back is to be told: of its very day, or after
    the length that the programme says. None where nothing is to be told, or that length is not entered.
    """
    task = case.pathway.consents[consent.kind].on_withdrawal
    if task is None or consent.ended is None or consent.how != "withdrawn":
        return None
    within = SAME_DAY if task.within is None else clocks.length_of(case, task.within)
    return (
        calendar.add(consent.ended, within, case.site.zone, case.site.holidays)
        if within is not None
        else None
    )


# ------------------------------------------------------------------------------------------------ who and what next
ANSWERS = {
    ("treatment", "waiting"): "treatment_waiting",
    ("treatment", "accepted"): "treatment_accepted",
    ("treatment", "attended"): "treatment_started",
    ("housing", "attended"): "housed",
    ("work", "attended"): "in_work",
}


def milestones(case: Case) -> tuple[str, ...]:
    """What was reached, in order: by the steps taken, and by answers of services (never by asking them)."""
    steps = [
        (x.seq, _meant(case.pathway.steps[s], x))
        for s, all_ in case.taken.items()
        if s in case.pathway.steps
        for x in all_
    ]
    answers = [
        (a["seq"], _reached(ref.kind, a["answer"])) for ref in case.referrals.values() for a in ref.answers
    ]
    waits = [
        (e["seq"], ("treatment_waiting",))
        for o in case.obligations.values()
        if o.kind == "treatment"
        for e in o.entries
        if e["what"] == "waiting" and e.get("whose") == "service"
    ]
    ended = [(case.seq, DEATH)] if case.died else []
    found = (m for _, means in sorted([*steps, *answers, *waits, *ended]) for m in means)
    return tuple(dict.fromkeys(found))


def _meant(step: Step, taken: Taken) -> tuple[str, ...]:
    """The milestones that this taking reached; those with a condition are written down with it."""
    return tuple(m for m in step.means if m not in step.means_if or m in taken.data.get("means", ()))


def reached_at(case: Case, milestone: str) -> tuple[int, ...]:
    """Every time at which a step reached a milestone, in the order of the log, epoch seconds."""
    known = case.pathway.steps
    steps = ((name, x) for name, all_ in case.taken.items() for x in all_)
    found = sorted((x.seq, x.at) for name, x in steps if milestone in _meaning(known.get(name), name, x))
    return tuple(t for _, t in found)


def _meaning(step: Step | None, name: str, taken: Taken) -> tuple[str, ...]:
    """What a taking reached; a death belongs to every pathway."""
    return _meant(step, taken) if step is not None else DEATH if name == "record_death" else ()


DEATH = ("died", "closed")


def _reached(kind: str, answer: str) -> tuple[str, ...]:
    special = ANSWERS.get((kind, answer))
    supported = ("supported",) if answer in ("accepted", "attended") else ()
    return (*supported, *((special,) if special else ()))


class Next(NamedTuple):
    """What is waited for: the nearest due clock, its role, and the steps that would stop or meet it."""

    clock: str
    due: int | None
    state: str
    steps: tuple[str, ...]
    role: str


def next_step(case: Case, t: int) -> Next | None:
    """The clock that wants something first; late ones before those to come, legal ones before targets."""
    found = [n for n in (_next(case, name, t) for name in case.runs) if n is not None]
    return min(found, key=lambda n: (n.state != "late", n.due or 1 << 60), default=None)


OVER = ("met", "waived", "breached", "ended")
"""States of an obligation towards which nothing more is done."""


def owed_to_the_person(pathway: Pathway, found: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """What is still to be done for the person, by us, a service or an authority, and has a day; never what they owe."""
    kinds = pathway.obligations
    return tuple(
        o for o in found if kinds[o.kind].with_ != "person" and o.state not in OVER and o.due is not None
    )


def _begins_here(case: Case, steps: Iterable[str]) -> bool:
    return any(
        begins_at(case.pathway, case.pathway.steps[s], case.stage) for s in steps if s in case.pathway.steps
    )


def _next(case: Case, name: str, t: int) -> Next | None:
    """What a clock wants now. A time that had to pass, and is over, wants nothing where what it opens can't begin."""
    state, due = clocks.state(case, name, t)
    if state not in ("running", "near", "late"):
        return None
    clock = case.pathway.clocks[name]
    opened = tuple(s for x in clock.late for s in x.opens) if state == "late" else ()
    if state == "late" and clocks.waits(case.pathway, clock) and not _begins_here(case, opened):
        return None
    steps = tuple(s for s in (*clock.stops, *clock.meets, *opened) if s in case.pathway.steps)
    task = next((x.task for x in clock.late if x.task), case.pathway.stages[case.stage].owner)
    return Next(name, due, state, steps, task)
