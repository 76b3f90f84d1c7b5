"""How each step stands now: required, allowed, open (only its own questions lack an answer), not yet, not allowed.

With the asked facts given, `decide` takes exactly what is then called required or allowed. What is filled in when the
step is sent (reasons, votes, items, terms) is taken as given here; a bound that is not known is not. Recorded steps
are never offered: they are listed by `recorded`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amparo.cases import answers, bounds, checks, court
from amparo.cases.attempt import Attempt, Refusals, attempt, no, on
from amparo.cases.index import begins_at
from amparo.cases.index import takers as takers_of
from amparo.cases.model import Case, Do, Offer, Refusal, Request, World
from amparo.cases.read import told
from amparo.pathways.model import Pathway, Rule, Step


def offers(
    pathway: Pathway,
    case: Case,
    role: str,
    t: int,
    world: World,
    drafts: Mapping[str, Do] | None = None,
) -> tuple[Offer, ...]:
    """The steps that begin at this stage and that this role may take ('' for every role), in file order.

    `drafts`: what has been typed for a step so far; each step is looked at as if that had been told.
    """
    if case.died or case.hold:
        return ()
    names = (
        n for n in _begin_here(pathway, case) if not pathway.steps[n].recorded and _is_taker(pathway, n, role)
    )
    return tuple(_offer(pathway, case, n, role, t, world, (drafts or {}).get(n, Do(n))) for n in names)


def offer(pathway: Pathway, case: Case, role: str, t: int, world: World, do: Do) -> Offer | None:
    """How one step stands with what has been typed for it; None if it is not offered here."""
    step = pathway.steps.get(do.step)
    if case.died or case.hold or step is None or step.recorded or not begins_at(pathway, step, case.stage):
        return None
    return _offer(pathway, case, do.step, role, t, world, do) if _is_taker(pathway, do.step, role) else None


def recorded(pathway: Pathway, case: Case, role: str, t: int) -> tuple[str, ...]:
    """The steps by which this role may write down here what an authority did, also while the case is held."""
    if case.died:
        return ()
    return tuple(
        n for n in _begin_here(pathway, case) if pathway.steps[n].recorded and _is_taker(pathway, n, role)
    )


def choices(found: Iterable[Offer], pathway: Pathway) -> tuple[str, ...]:
    """Of the steps that compete: the required one, else the allowed and the open ones."""
    competing = [o for o in found if pathway.steps[o.step].choice]
    required = tuple(o.step for o in competing if o.group == "required")
    return required or tuple(o.step for o in competing if o.group in ("allowed", "open"))


def _begin_here(pathway: Pathway, case: Case) -> Iterable[str]:
    return (name for name, step in pathway.steps.items() if begins_at(pathway, step, case.stage))


def _is_taker(pathway: Pathway, name: str, role: str) -> bool:
    return not role or role in takers_of(pathway, pathway.steps[name])


# ------------------------------------------------------------------------------------------------ one step
def _offer(pathway: Pathway, case: Case, name: str, role: str, t: int, world: World, do: Do) -> Offer:
    request = Request("steps", "", role or pathway.steps[name].by[0], (do,), world=world)
    a = _told(attempt(_asked_anew(case, pathway.steps[name], do), do, request, t, t))
    found, open_asks = _standing(a)
    group = _group(a, found)
    own = tuple(dict.fromkeys((*(open_asks if group == "open" else ()), *_must_answer(a))))
    asks = tuple(dict.fromkeys(pair for x in found for pair in x.asks))
    asks = asks or tuple((f, a.pathway.facts[f].from_[0]) for f in own)
    return Offer(name, group, _because(a, found), asks, found)


def _asked_anew(case: Case, step: Step, do: Do) -> Case:
    """The case without earlier answers to what this step asks each time: they settle nothing for it."""
    again = {x.fact for x in step.asks if x.each_time and x.fact not in do.facts}
    return case._replace(tellings={n: x for n, x in case.tellings.items() if n not in again})


def _told(a: Attempt) -> Attempt:
    """The attempt with what the draft tells, as far as it can be told."""
    told_, _ = answers.tellings(a)
    if not told_:
        return a
    tellings = dict(a.case.tellings)
    for n, x in enumerate(told_, a.case.seq + 1):
        plain = answers.as_told(n, x, a.request.actor)
        tellings[x["fact"]] = (*tellings.get(x["fact"], ()), plain)
    return on(a, a.case._replace(tellings=tellings))


def _standing(a: Attempt) -> tuple[Refusals, tuple[str, ...]]:
    """What stands against the step, and its own questions that are not answered yet."""
    open_asks = _own_asks(a)
    known = frozenset(open_asks)
    found: list[Refusals] = [checks.where(a), checks.when(a), _needs(a, known)]
    ruled = _by_rule(a, a.step.allowed, known, checks.allowed(a))
    rivals = [_rival(a, name, known) for name in checks.rivals(a)]
    # while its own rule is not known, what another decision waits for is no question of this step
    unknown = any(x.code == "not_yet" for x in ruled)
    found += [ruled, *(x for x in rivals if not (unknown and any(y.code == "not_yet" for y in x)))]
    found += [_phase(a, known), court.test(a), court.unfounded(a), _bounds(a, known), _branch(a, known)]
    return tuple(x for refusals in found for x in refusals), open_asks


def _own_asks(a: Attempt) -> tuple[str, ...]:
    """Questions of this step that it could still be given: asked for certain, or on a condition that may yet hold."""
    asked = (x for x in a.step.asks if not _settled(a, x.fact, x.if_))
    return tuple(dict.fromkeys(x.fact for x in asked if _may_be_accepted(a, x.fact)))


def _settled(a: Attempt, fact: str, if_: Rule | None) -> bool:
    if if_ is not None and a.r.verdict(if_) is False:
        return True
    rule = a.pathway.facts[fact].applies_if
    if rule is not None and a.r.verdict(rule) is False:
        return True
    return fact in a.do.facts or fact in a.do.accepted or _known(a, fact, if_)


def _known(a: Attempt, fact: str, if_: Rule | None) -> bool:
    """Told before, so that the step asks it no more."""
    if fact in {x.fact for x in answers.unanswered(a)}:
        return False
    conditional = if_ is not None and a.r.verdict(if_) is None
    return a.r.get(fact) is not None or not (conditional or _is_needed(a, fact))


def _is_needed(a: Attempt, fact: str) -> bool:
    return a.step.needs is not None and fact in a.step.needs.accepted


def _may_be_accepted(a: Attempt, fact: str) -> bool:
    """An acceptance not said yet, or said yes and to be said again here; a no stands."""
    if not _is_needed(a, fact):
        return True
    telling = told(a.case, fact, a.t)
    return telling is None or telling.value is not False


def _needs(a: Attempt, own: frozenset[str]) -> Refusals:
    """What the step needs and a form cannot supply: criteria, consents, notice, papers, a no that was said.

    A criterion that is not known only for want of the step's own answers is no obstacle yet.
    """
    return tuple(x for x in checks.needs(a) if x.detail not in GIVEN and not _asked_here(a, x, own))


def _asked_here(a: Attempt, x: Refusal, own: frozenset[str]) -> bool:
    waits = x.code == "not_yet" and x.detail == "criterion" and bool(x.asks)
    return waits and all(_answerable(a, name, own, 0) for name, _ in x.asks)


GIVEN = frozenset({"reasons", "heard", "defence", "items", "to_site", "accepted"})
"""Details of *missing* that are filled in when the step is sent; an acceptance that was refused is *not allowed*."""


def _by_rule(a: Attempt, rule: Rule | None, own: frozenset[str], refused: Refusals) -> Refusals:
    """A rule that is not known only for want of the step's own answers is no obstacle yet."""
    if rule is None or not refused or refused[0].code != "not_yet":
        return refused
    return () if _only(a, rule, own) else refused


def _only(a: Attempt, rule: Rule, own: frozenset[str]) -> bool:
    asked = a.r.book.rule(rule).asks(a.r.get, a.r.day)
    return bool(asked) and all(_answerable(a, name, own, 0) for name in asked)


def _answerable(a: Attempt, name: str, own: frozenset[str], depth: int) -> bool:
    if name in own:
        return True
    fact = a.pathway.facts.get(name)
    if fact is None or fact.or_from is None or depth > 4:
        return False
    behind = a.r.book.rule(fact.or_from).asks(a.r.get, a.r.day)
    return bool(behind) and all(_answerable(a, n, own, depth + 1) for n in behind)


def _rival(a: Attempt, name: str, own: frozenset[str]) -> Refusals:
    rule = a.pathway.steps[name].required
    assert rule is not None
    verdict = a.r.verdict(rule)
    if verdict is False or (verdict is None and _only(a, rule, own)):
        return ()
    return checks.rival(a, name, verdict)


def _phase(a: Attempt, own: frozenset[str]) -> Refusals:
    """What the phase lacks; not what is unknown only for want of the step's own answers."""
    return tuple(x for x in court.phase(a) if not (x.asks and all(f in own for f, _ in x.asks)))


def _bounds(a: Attempt, own: frozenset[str]) -> Refusals:
    """A bound that is not known, for want of something that the step itself does not ask."""
    found: list[Refusals] = []
    for name, term in a.step.terms.items():
        if term.optional:
            continue
        try:
            bounds.bounds(a, term)
        except bounds.NotKnown as unknown:
            if not all(f in own for f, _ in unknown.asks):
                params = {"term": name}
                found.append(
                    no(
                        a,
                        "not_yet",
                        "bound",
                        basis=term.basis or a.step.basis,
                        asks=unknown.asks,
                        field=name,
                        params=params,
                    )
                )
    return tuple(x for refusals in found for x in refusals)


def _branch(a: Attempt, own: frozenset[str]) -> Refusals:
    refused = bounds.branch(a)
    if not refused:
        return ()
    rules = [b.if_ for b in a.step.to if b.if_ is not None and a.r.verdict(b.if_) is None]
    return () if all(_only(a, rule, own) for rule in rules) else refused


NOT_ALLOWED = frozenset({"not_allowed", "must_be", "not_here", "outside"})


def _group(a: Attempt, found: Refusals) -> str:
    if any(x.code in NOT_ALLOWED or x.detail == "accepted_no" for x in found):
        return "not_allowed"
    if found:
        return "not_yet"
    if a.step.required is not None and a.step.choice and a.r.verdict(a.step.required) is True:
        return "required"
    return "open" if _must_answer(a) or _waits(a) else "allowed"


def _must_answer(a: Attempt) -> tuple[str, ...]:
    accepted = tuple(f for f in (a.step.needs.accepted if a.step.needs else ()) if f not in a.do.accepted)
    return (*(x.fact for x in answers.unanswered(a)), *accepted)


def _waits(a: Attempt) -> bool:
    """A rule is not known yet for want of the step's own answers."""
    rules = [
        a.step.allowed,
        *(a.pathway.steps[n].required for n in checks.rivals(a)),
        *(b.if_ for b in a.step.to),
    ]
    return any(rule is not None and a.r.verdict(rule) is None for rule in rules)


def _because(a: Attempt, found: Refusals) -> tuple[Any, ...]:
    """The parts that decided: of what stands against it, else of its own rules."""
    if found:
        return found[0].because
    rules = (a.step.required, a.step.allowed)
    parts = (x for rule in rules if rule is not None and a.r.verdict(rule) is True for x in a.r.why(rule))
    return _once(parts)


def _once(parts: Iterable[Any]) -> tuple[Any, ...]:
    """Each part once, in order; the value of a list fact cannot be hashed."""
    found: list[Any] = []
    for part in parts:
        if part not in found:
            found.append(part)
    return tuple(found)
