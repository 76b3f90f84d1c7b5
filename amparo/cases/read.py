"""Everything that is read off a case: values of facts, readings for rules, criteria, box, milestones, owner, next step.

A reading is always as of a time, over the events recorded by then. *Not known* is None and never becomes yes.
"""

from __future__ import annotations

from typing import NamedTuple

from amparo.cases import clocks
from amparo.cases.index import is_open
from amparo.cases.model import Case, Reason
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
from amparo.pathways.model import Pathway

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
    "owner",
    "readings",
    "reason_of",
    "reasons",
    "ruled",
    "sentence",
    "setting",
    "told",
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
    """The number of the box of the worklist in which an open case lies, from 0; -1 for a case that has ended."""
    pathway = case.pathway
    if case.died or not is_open(pathway, case.stage):
        return -1
    if not pathway.boxes:
        return [name for name in pathway.stages if is_open(pathway, name)].index(case.stage)
    r = readings(case, t)
    rows = (n for n, b in enumerate(pathway.boxes) if b.if_ is None or r.verdict(b.if_) is True)
    return next(rows)


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
        (x.seq, case.pathway.steps[s].means)
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
    ended = [(case.seq, ("died", "closed"))] if case.died else []
    found = (m for _, means in sorted([*steps, *answers, *waits, *ended]) for m in means)
    return tuple(dict.fromkeys(found))


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


def _next(case: Case, name: str, t: int) -> Next | None:
    state, due = clocks.state(case, name, t)
    if state not in ("running", "near", "late"):
        return None
    clock = case.pathway.clocks[name]
    opened = tuple(s for x in clock.late for s in x.opens) if state == "late" else ()
    steps = tuple(s for s in (*clock.stops, *clock.meets, *opened) if s in case.pathway.steps)
    task = next((x.task for x in clock.late if x.task), case.pathway.stages[case.stage].owner)
    return Next(name, due, state, steps, task)
