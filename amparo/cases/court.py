"""Checks and effects of steps that move a case through phases, answer its tests, or answer a behaviour.

Each gives the refusals it finds, none where the step has nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from amparo.cases import bounds, phases, schedule, testing
from amparo.cases.attempt import OK, Attempt, Refusals, no
from amparo.cases.model import Reason, Sealed, Test
from amparo.cases.read import reasons, told
from amparo.cases.writer import Writer
from amparo.pathways import courts
from amparo.pathways.model import Cite, Cites, Needs, Phase, Requirement, Responses

HOUSE: Cites = (Cite("house", ""),)


# ------------------------------------------------------------------------------------------------ 10, phases
def phase(a: Attempt) -> Refusals:
    """There is a phase to go to; the present one has lasted long enough, and its requirements hold or are waived."""
    if a.step.effect not in courts.EFFECTS:
        return OK
    n, here = a.case.phase, courts.phase_at(a.case.pathway, a.case.phase)
    if a.step.effect != "phase_next":
        least = 2 if a.step.effect == courts.BACK else 1
        return (
            OK if n >= least else no(a, "not_allowed", "phase_first" if n else "phase_none", basis=_basis(a))
        )
    if here is None:
        return OK
    if n == len(courts.listed(a.case.pathway)):
        return no(a, "not_allowed", "phase_last", basis=_basis(a), params={"phase": here.id})
    return (*_days(a, here), *(x for name in here.requires for x in _required(a, here, name)))


def _basis(a: Attempt) -> Cites:
    found = courts.phases_of(a.pathway)
    return (found.basis if found else ()) or a.step.basis


def _days(a: Attempt, here: Phase) -> Refusals:
    over, params = phases.over_at(a.case), {"phase": here.id}
    basis = here.basis or _basis(a)
    if over is None:
        asks = ((f"setting {phases.unset(a.case)}", "site"),)
        return no(a, "not_yet", "phase_unset", basis=basis, asks=asks, params=params)
    if a.t >= over:
        return OK
    return no(
        a, "not_yet", "phase_days", basis=basis, instead=(("at", over),), params={**params, "due": over}
    )


def _required(a: Attempt, here: Phase, name: str) -> Refusals:
    required, verdict = here.requires[name], phases.verdict(a.r, name)
    if verdict is True:
        return OK
    rule = a.r.book.requires[here.id, name]
    ours = phases.ours(a.r, required)
    return no(
        a,
        "not_allowed" if verdict is False else "not_yet",
        "phase_ours" if ours else "phase",
        basis=required.basis or here.basis or _basis(a),
        because=reasons(a.r, rule),
        asks=a.r.asked(rule.asks(a.r.get, a.r.day)) if verdict is None else (),
        instead=_waivers(a, required, ours),
        field=f"waived.{name}",
        params={"phase": here.id, "requirement": name},
    )


def _waivers(a: Attempt, required: Requirement, ours: bool) -> tuple[tuple[str, str], ...]:
    """Who may pass it with a reason: who is named, and whoever takes the step where it is ours."""
    roles = (*required.waived_by, *(a.step.by if ours else ()))
    return tuple(("role", name) for name in dict.fromkeys(roles))


# ------------------------------------------------------------------------------------------------ tests
def test(a: Attempt) -> Refusals:
    """There is such a test; who classes it did not collect it; and the class is one that it can have."""
    act = testing.act(a.pathway, a.name)
    if act is None:
        return OK
    basis = act.of[0][1].basis or a.step.basis
    found = testing.chosen(a.case, act, a.do.test, a.t)
    if found is None:
        return no(a, "no_such", "test", basis=basis)
    if act.does == "class" and a.request.actor and found.collector == a.request.actor:
        return no(a, "not_you", "collected", basis=basis, instead=tuple(("role", x) for x in a.step.by))
    said = testing.says(a.case, act, a.step, _told(a))
    if act.does == "collect":
        return _given(a, found, said, basis)
    if said["class"] == "explained" and not _is_clinician(a):
        return no(a, "not_you", "explained", basis=basis, instead=_clinicians(a))
    detail = testing.wrong(found, said["class"], a.t) if said["class"] else ""
    if not detail:
        return OK
    code = "not_yet" if detail == "test_window" else "not_allowed"
    ways = (("at", found.due + 1),) if code == "not_yet" else ()
    return no(a, code, detail, basis=basis, instead=ways, params={"day": found.day, "due": found.due})


def _is_clinician(a: Attempt) -> bool:
    """What a prescription explains is said by who may know of the medicine."""
    role = a.pathway.roles.get(a.request.role)
    return role is not None and role.is_ == "clinician"


def _clinicians(a: Attempt) -> tuple[tuple[str, str], ...]:
    return tuple(("role", name) for name in a.step.by if a.pathway.roles[name].is_ == "clinician")


def _given(a: Attempt, found: Test, said: Mapping[str, Any], basis: Cites) -> Refusals:
    """A specimen is given once, and is one of those that can be given; nobody has stayed away while there is time."""
    if found.collected is not None or schedule.class_at(found, a.t):
        return no(a, "not_allowed", "test_done", basis=basis, params={"day": found.day})
    if said["outcome"] == testing.NOT_THERE and a.t <= found.due:
        params = {"day": found.day, "due": found.due}
        return no(a, "not_yet", "test_window", basis=basis, instead=(("at", found.due + 1),), params=params)
    specimen = said.get("specimen", "")
    if not specimen or specimen in found.window or "" in found.window:
        return OK
    codes = tuple(x for x in found.window if x)
    return no(a, "outside", "specimen", basis=basis, field="specimen", params={"codes": codes})


def _told(a: Attempt) -> Any:
    """The plain value of a fact as this step tells it."""

    def value(fact: str) -> Any:
        telling = told(a.case, fact, a.t) if fact else None
        return telling.value if telling and not telling.nothing else None

    return value


# ------------------------------------------------------------------------------------------------ responses
def response(a: Attempt) -> Refusals:
    """The terms of its own list and no other; a sanction has a ground beside those that never carry one alone."""
    r = a.pathway.responses
    if r is None:
        return OK
    if a.name != r.step:
        return (*unfounded(a), *_unsaid(a, r))
    chosen = _told(a)(courts.list_fact(a.pathway, r))
    given = bounds.given(a)
    basis = r.basis or a.step.basis
    other = next((x for x in r.lists if x != chosen and x in given), "")
    if other:
        params = {"term": other, "chosen": chosen or ""}
        return no(a, "outside", "other_list", basis=basis, field=other, params=params)
    if chosen in r.lists and chosen not in given:
        return no(a, "missing", "own_list", basis=basis, field=chosen, params={"term": chosen})
    return _grounds(a, r, basis) if chosen and chosen == courts.sanction(r) else OK


def _named(a: Attempt, fact: str) -> tuple[Any, tuple[str, ...]]:
    """The grounds as this step tells them, and their codes."""
    named = _told(a)(fact)
    return named, tuple(named["codes"]) if isinstance(named, Mapping) else ()


def unfounded(a: Attempt) -> Refusals:
    """Each ground that the case's own record would show, and does not; of a response only where it is a sanction."""
    r, fact = a.pathway.responses, courts.names_grounds(a.pathway, a.step)
    if r is None or not fact:
        return OK
    if a.name == r.step and _told(a)(courts.list_fact(a.pathway, r)) != courts.sanction(r):
        return OK
    return tuple(x for code in _named(a, fact)[1] if code in r.grounds for x in _shown(a, r, fact, code))


def _unsaid(a: Attempt, r: Responses) -> Refusals:
    """A ground that nothing on file can show is said in words of reasons."""
    fact = courts.names_grounds(a.pathway, a.step)
    codes = _named(a, fact)[1] if fact else ()
    if set(codes) <= r.grounds.keys() or a.request.reasons.strip():
        return OK
    return no(a, "missing", "reasons", field="reasons")


def _shown(a: Attempt, r: Responses, fact: str, code: str) -> Refusals:
    ground = r.grounds[code]
    verdict = a.r.verdict(ground.rests_on)
    if verdict is True:
        return OK
    return no(
        a,
        "not_yet" if verdict is None else "not_allowed",
        "unfounded",
        basis=ground.basis or r.basis or a.step.basis,
        because=a.r.why(ground.rests_on),
        asks=a.r.asks(ground.rests_on) if verdict is None else (),
        field=fact,
        params={"codes": (code,)},
    )


def _grounds(a: Attempt, r: Responses, basis: Cites) -> Refusals:
    fact = courts.grounds_fact(a.pathway, r)
    named, codes = _named(a, fact)
    if set(codes) - set(r.never_alone):
        return (*unfounded(a), *_unsaid(a, r))
    if not codes:
        asks = ((fact, a.pathway.facts[fact].from_[0]),) if fact in a.pathway.facts else ()
        return no(a, "missing", "grounds", basis=basis, asks=asks, field=fact)
    because = (Reason(fact, named, "", a.t, a.request.role, fact),)
    ways = tuple(("list", x) for x in r.lists if x != courts.sanction(r))
    return no(
        a,
        "not_allowed",
        "never_alone",
        basis=basis,
        because=because,
        instead=ways,
        field=fact,
        params={"codes": codes},
    )


def needed(a: Attempt) -> Needs | None:
    """What the step needs; of a response that is no sanction, neither a hearing, nor reasons, nor that it was said
    beforehand.
    """
    r, needs = a.pathway.responses, a.step.needs
    if r is None or a.name != r.step or needs is None:
        return needs
    if _told(a)(courts.list_fact(a.pathway, r)) == courts.sanction(r):
        return needs
    return replace(needs, heard=False, reasons=False, notice=())


# ------------------------------------------------------------------------------------------------ effects
def states(a: Attempt) -> dict[str, Any]:
    """What `step.taken` says of phases: the phase that begins, and what was waived of the one that was."""
    held = a.case
    n = phases.after(held, a.step.effect)
    begun = courts.phase_at(a.pathway, n) if n != held.phase else None
    waived = sorted(phases.waived(a.r, a.do, a.request))
    return {"phase": begun.id if begun else "", "phase_waived": waived}


def follows(w: Writer, a: Attempt) -> None:
    """Schedules that begin, each with its own secret; and what the step says of a test."""
    entered = (f"enter {w.case.stage}",) if w.case.stage != a.case.stage else ()
    for name in testing.begins(w.case, (a.name, *entered)):
        w.add("schedule.drawn", {"schedule": name, "secret": Sealed(w.request.world.lot)})
    act = testing.act(a.pathway, a.name)
    found = testing.chosen(a.case, act, a.do.test, a.t) if act else None
    if act is not None and found is not None:
        said = testing.says(a.case, act, a.step, _told(a))
        kind = "test.collected" if act.does == "collect" else "test.resulted"
        telling = told(a.case, courts.class_fact(a.pathway, a.step), a.t) if act.does == "class" else None
        rests = {"told": telling.seq} if telling is not None else {}
        w.add(kind, {"id": found.id, "schedule": found.schedule, "day": found.day, **said, **rests})
