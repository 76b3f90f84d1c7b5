"""One step as somebody tries to take it: what all checks look at, and how a check says no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases import phases, words
from amparo.cases.index import Index, index
from amparo.cases.model import Case, Do, Reason, Refusal, Request
from amparo.cases.read import Readings
from amparo.pathways.model import Cites, Pathway, Rule, Step

Refusals = tuple[Refusal, ...]
OK: Refusals = ()


class Attempt(NamedTuple):
    """A step tried at `t`, written down at `now`. `case` is the state in which it is tried, `r` its readings at t.

    `members` is the body that acts, '' where the actor's own role may take the step.
    """

    pathway: Pathway
    case: Case
    name: str
    step: Step
    do: Do
    request: Request
    t: int
    now: int
    r: Readings
    known: Index
    body: str
    loaded: int = 1 << 62  # number of the last event before this request: what came after is its own


def attempt(case: Case, do: Do, request: Request, t: int, now: int, loaded: int = 1 << 62) -> Attempt:
    """The attempt of a step that the pathway has."""
    pathway = case.pathway
    step, known = pathway.steps[do.step], index(pathway)
    body = body_of(known, step.by, request.role)
    return _waiving(
        Attempt(pathway, case, do.step, step, do, request, t, now, Readings(case, t), known, body, loaded)
    )


def _waiving(a: Attempt) -> Attempt:
    """What the step waives of the present phase's requirements holds for the step itself."""
    waived = phases.waived(a.r, a.do, a.request)
    if not waived:
        return a
    case = a.case._replace(phase_waived=a.case.phase_waived | waived)
    return a._replace(case=case, r=Readings(case, a.t))


def body_of(known: Index, by: Iterable[str], role: str) -> str:
    """The body for which this role acts here, '' if the role itself is named."""
    if role in by:
        return ""
    return next(
        (b for b in by if b in known.by_role.get(role, ()) or (b == role and b in known.pathway.bodies)), ""
    )


def on(a: Attempt, case: Case) -> Attempt:
    """The same attempt on another state."""
    return _waiving(a._replace(case=case, r=Readings(case, a.t)))


def no(
    a: Attempt,
    code: str,
    detail: str = "",
    *,
    basis: Cites | None = None,
    because: tuple[Reason, ...] = (),
    asks: tuple[tuple[str, str], ...] = (),
    instead: tuple[tuple[str, Any], ...] = (),
    field: str = "",
    params: Mapping[str, Any] | None = None,
) -> Refusals:
    """One refusal of this step; its basis is the step's own unless another is given."""
    found = words.refusal(
        a.pathway,
        code,
        detail,
        a.name,
        basis=a.step.basis if basis is None else basis,
        because=because,
        asks=asks,
        instead=instead,
        field=field,
        params=params or {},
    )
    return (found,)


def by_rule(a: Attempt, rule: Rule | None, basis: Cites | None = None, detail: str = "") -> Refusals:
    """Not allowed where the rule is false, not yet where it is not known."""
    verdict = True if rule is None else a.r.verdict(rule)
    if rule is None or verdict is True:
        return OK
    if verdict is False:
        return no(a, "not_allowed", detail, basis=basis, because=a.r.why(rule))
    return no(a, "not_yet", detail or "asks", basis=basis, because=a.r.why(rule), asks=a.r.asks(rule))
