"""Checks 1 to 6 and 9 to 11 of a step: one function a check, in the order in which they are asked.

Each gives the refusals it finds, none if the step passes. Bodies (7), facts (8) and terms (12, 13) have their own
modules.
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.cases import approach, clocks, court, in_sentences, items, papers, places
from amparo.cases.attempt import OK, Attempt, Refusals, by_rule, no
from amparo.cases.index import begins_at, is_open
from amparo.cases.model import Reason
from amparo.cases.read import criterion, live_consents, notified, reason_of, told
from amparo.cases.scope import touched_facts
from amparo.pathways.model import Cite, Cites, Criterion, Names, Step

HOUSE: Cites = (Cite("house", ""),)


# ------------------------------------------------------------------------------------------------ 2 in time?
def in_time(a: Attempt) -> Refusals:
    """Not in the future, and not before the case last changed its stage."""
    if a.t > a.now:
        return no(a, "not_in_the_future", basis=(), instead=(("at", a.now),), field="happened_at")
    if a.t < a.case.opened_at:
        return no(
            a,
            "out_of_order",
            "before_opening",
            basis=(),
            instead=(("at", a.case.opened_at),),
            field="happened_at",
        )
    if a.t < a.case.stage_since:
        ways = (("verb", "annul"), ("verb", "correct"), ("at", a.case.stage_since))
        return no(
            a,
            "out_of_order",
            basis=(),
            instead=ways,
            field="happened_at",
            params={"since": a.case.stage_since},
        )
    return OK


# ------------------------------------------------------------------------------------------------ 3 fresh?
def fresh(a: Attempt) -> Refusals:
    """Nothing after what the asker saw touches what this step reads: no move of the case, and nothing of others."""
    seen = a.request.seen
    if not seen or seen >= a.case.seq:  # who may not know how long the log is says nothing, or 0
        return OK
    changed = (*_moves(a, seen), *_rivals(a, seen), *_facts(a, seen), *_sitting(a, seen))
    if not changed:
        return OK
    return no(a, "changed", basis=(), because=tuple(changed), instead=(("verb", "look_again"),))


def _is_others(a: Attempt, seq: int, by: str, seen: int) -> bool:
    """Written since, before this request, and by another account: one's own words are no surprise."""
    return seen < seq <= a.loaded and by != a.request.actor


def _moves(a: Attempt, seen: int) -> Iterable[Reason]:
    for all_ in a.case.taken.values():
        for x in all_:
            if seen < x.seq <= a.loaded and x.to != x.from_:
                yield Reason("stage", x.to, "", x.at, x.actor, "stage")


def _rivals(a: Attempt, seen: int) -> Iterable[Reason]:
    names = a.known.choices.get(a.step.choice, ()) if a.step.choice else ()
    for name in (*names, a.name):
        for x in a.case.taken.get(name, ()):
            if _is_others(a, x.seq, x.actor, seen) and x.to == x.from_:
                yield Reason(name, x.to, "", x.at, x.actor, name)


def _facts(a: Attempt, seen: int) -> Iterable[Reason]:
    for name in touched_facts(a.pathway, a.name):
        for x in a.case.tellings.get(name, ()):
            if _is_others(a, x.seq, x.by, seen) and not x.corrected:
                yield Reason(name, x.value, x.nothing, x.as_of, x.by, name)


def _sitting(a: Attempt, seen: int) -> Iterable[Reason]:
    s = a.case.sitting
    if a.body and s is not None and _is_others(a, s.seq, s.by, seen):
        yield Reason("sitting", s.state, "", s.opened or s.at, s.by, "sitting")


# ------------------------------------------------------------------------------------------------ 4 who?
def who(a: Attempt) -> Refusals:
    """The role may take it; the actor stands to the case as the role must; no step that must be another's."""
    ways = takers(a.step)
    if not a.body and a.request.role not in a.step.by:
        return no(a, "not_you", instead=ways)
    reach = _reach(a)
    if reach and reach not in a.request.world.relation:
        return no(a, "not_you", "relation", instead=ways, params={"relation": reach})
    if a.body and a.request.actor not in a.request.world.mandates:
        return no(a, "not_you", "mandate", instead=ways)
    both = [s for s in a.step.apart_from if any(x.actor == a.request.actor for x in a.case.taken.get(s, ()))]
    return no(a, "not_you", "apart", instead=ways, params={"steps": tuple(both)}) if both else OK


def takers(step: Step) -> tuple[tuple[str, str], ...]:
    """Who can take a step, as ways out."""
    return tuple(("role", name) for name in step.by)


def _reach(a: Attempt) -> str:
    """The relation that the role must have to a case that is there already, '' if none is asked."""
    role = a.pathway.roles.get(a.request.role)
    wanted = role.sees.cases if role and role.sees else "none"
    if not a.case.stage or wanted == "none":
        return ""
    if (
        wanted == "assigned"
        and not a.case.assigned.get(a.request.role)
        and "site" in a.request.world.relation
    ):
        return ""
    return wanted


# ------------------------------------------------------------------------------------------------ 5 where?
def where(a: Attempt) -> Refusals:
    """The case stands where the step begins; nothing holds it, unless an authority acted, which a hold cannot undo; the
    step has not been taken as often as it may be.
    """
    if a.case.died:
        return no(a, "not_here", "died", basis=HOUSE)
    if a.case.hold and not a.step.recorded:
        return no(a, "not_here", "held", basis=HOUSE, instead=(("verb", "release"),))
    over = approach.ends_at(a.case)
    if over is not None and a.t > over:
        return no(a, "not_here", "unasked", basis=a.pathway.doors[a.case.door].basis, params={"due": over})
    if not stage_fits(a):
        return no(
            a,
            "not_here",
            _where_detail(a),
            instead=_from(a),
            params={"stage": a.case.stage, "from": a.step.from_},
        )
    used = len(a.case.taken.get(a.name, ()))
    if a.step.times is not None and used >= a.step.times:
        return no(a, "not_here", "times", params={"times": a.step.times})
    return OK


def stage_fits(a: Attempt) -> bool:
    """Is the case in a stage from which this step goes?"""
    if not a.case.stage:
        return bool(a.step.opens) and a.pathway.doors[a.case.door].opens_with == a.name
    return begins_at(a.pathway, a.step, a.case.stage)


def _where_detail(a: Attempt) -> str:
    return "" if not a.case.stage or is_open(a.pathway, a.case.stage) else "closed"


def _from(a: Attempt) -> tuple[tuple[str, str], ...]:
    """The steps that lead from here to where this one begins."""
    named = set(a.step.from_)
    leading = (
        name
        for name, s in a.pathway.steps.items()
        if a.case.stage in s.from_ and not s.recorded and any(b.to in named for b in s.to)
    )
    return tuple(("step", name) for name in leading)


# ------------------------------------------------------------------------------------------------ 6 when?
def when(a: Attempt) -> Refusals:
    """Each clock that opens this step has run out."""
    for name in a.known.opened_by.get(a.name, ()):
        if not clocks.late(a.case, name, a.t):
            return _not_run_out(a, name)
    return OK


def _not_run_out(a: Attempt, name: str) -> Refusals:
    clock = a.pathway.clocks[name]
    state, due = clocks.state(a.case, name, a.t)
    because = (Reason(f"late.{name}", False, "", due, "", f"late.{name}"),)
    if state in ("running", "near") and due is not None:
        return no(
            a,
            "not_yet",
            "clock",
            basis=clock.basis,
            because=because,
            instead=(("at", due + 1),),
            params={"clock": name, "due": due},
        )
    why = a.case.not_watched.get(name, "") if state == "not_watched" else ""
    asks = ((f"setting {why}", "site"),) if why in a.pathway.settings else a.r.asked((why,)) if why else ()
    return no(
        a, "not_yet", f"clock_{state}", basis=clock.basis, because=because, asks=asks, params={"clock": name}
    )


# ------------------------------------------------------------------------------------------------ 9 needs?
def needs(a: Attempt) -> Refusals:
    """What the step needs beside its facts: criteria, consents, acceptance, reasons, notice, hearing, papers, items."""
    return (
        *_criteria(a),
        *_consents(a),
        *_accepted(a),
        *_stated(a),
        *_notice(a),
        *_letters(a),
        *places.free(a),
        *items.items(a),
        *_effect(a),
    )


def _criteria(a: Attempt) -> Refusals:
    listed = a.step.needs.criteria if a.step.needs else "none"
    names = tuple(a.pathway.criteria) if listed == "all" else () if listed == "none" else listed
    return tuple(x for name in names for x in _criterion(a, name))


def _law_of(a: Attempt, criterion: Criterion) -> Cites:
    """What the version in force on the law date rests on; else what the whole criterion rests on."""
    version = a.r.version(criterion.versions)
    return version.basis if version is not None and version.basis else criterion.basis


def _criterion(a: Attempt, name: str) -> Refusals:
    if a.r.book.criterion(name).verdict(a.r.get, a.r.day) is True:
        return OK
    found, element = criterion(a.r, name), a.pathway.criteria[name]
    waived = name in a.do.waived and a.request.role in element.waived_by and bool(a.request.reasons.strip())
    if waived:
        return OK
    if found.verdict is False:
        return no(
            a,
            "not_allowed",
            "criterion",
            basis=_law_of(a, element),
            because=found.because,
            params={"criterion": name, **in_sentences.shown(a.case, element, a.t)},
        )
    return no(
        a,
        "not_yet",
        "criterion",
        basis=_law_of(a, element),
        because=found.because,
        asks=found.asks,
        params={"criterion": name, **in_sentences.shown(a.case, element, a.t)},
    )


def _consents(a: Attempt) -> Refusals:
    kinds = a.step.needs.consents if a.step.needs else ()
    lacking = [k for k in kinds if not _consented(a, k)]
    return tuple(
        x
        for k in lacking
        for x in no(
            a,
            "missing",
            "consent",
            basis=a.pathway.consents[k].basis,
            field=f"consent.{k}",
            params={"consent": k},
        )
    )


def _consented(a: Attempt, kind: str) -> bool:
    """A consent of this kind holds; where it can name who takes the step, one that names them."""
    live, named = live_consents(a.case, kind, a.t), a.pathway.consents[kind].to
    others = {*named} - {a.request.role} if a.request.role in named else ()
    return any(c.to not in others for c in live)


def _accepted(a: Attempt) -> Refusals:
    return tuple(x for f in (a.step.needs.accepted if a.step.needs else ()) for x in accepted(a, f))


def accepted(a: Attempt, fact: str) -> Refusals:
    """The person said yes to this in this very step. A no stands as a no; an earlier yes is asked again."""
    if fact in a.do.accepted:
        return OK
    telling = told(a.case, fact, a.t)
    because = (reason_of(a.r, fact, fact),) if telling else ()
    if telling is not None and telling.value is False:
        return no(
            a, "missing", "accepted_no", because=because, field=f"accepted.{fact}", params={"fact": fact}
        )
    asks = ((fact, a.pathway.facts[fact].from_[0]),)
    return no(
        a, "missing", "accepted", because=because, asks=asks, field=f"accepted.{fact}", params={"fact": fact}
    )


def _stated(a: Attempt) -> Refusals:
    n, r = court.needed(a), a.request
    if n is None:
        return OK
    lacking = (
        ("reasons", n.reasons and not r.reasons.strip()),
        ("heard", n.heard and not r.heard),
        ("defence", n.defence and not r.defence),
    )
    return tuple(x for what, lacks in lacking if lacks for x in no(a, "missing", what, field=what))


def _notice(a: Attempt) -> Refusals:
    present, needed = tuple(a.request.args.get("present", ())), court.needed(a)
    lacking = [k for k in (needed.notice if needed else ()) if not notified(a.case, k, a.t, present)]
    return tuple(
        x
        for k in lacking
        for x in no(
            a, "missing", "notice", instead=(("verb", "deliver"),), field="notice", params={"letter": k}
        )
    )


def _letters(a: Attempt) -> Refusals:
    listed = a.step.needs.letters if a.step.needs else ()
    found: list[Refusals] = []
    for name in listed:
        blanks = papers.blanks(a.case, name, a.r, a.do.terms, a.name)
        if blanks:
            asks = tuple(pair for b in blanks for pair in papers.asked(a.r, b))
            found.append(no(a, "missing", "letter", asks=asks, params={"letter": name, "fields": blanks}))
    return tuple(x for refusals in found for x in refusals)


def _effect(a: Attempt) -> Refusals:
    lacks = a.step.effect == "transfers" and not a.request.world.transfer_to
    return no(a, "missing", "to_site", field="to_site") if lacks else OK


# ------------------------------------------------------------------------------------------------ 10, 11
def allowed(a: Attempt) -> Refusals:
    """The step's own rule: false forbids, not known waits."""
    return by_rule(a, a.step.allowed)


def competing(a: Attempt) -> Refusals:
    """Of steps that compete, a required one leaves no other; while that is not known, none can be taken. As long as the
    step's own rule is not known, the answers that others wait for are no questions of this step."""
    found: list[Refusals] = []
    own = a.step.allowed
    known = own is None or a.r.verdict(own) is not None
    for name in rivals(a):
        rule = a.pathway.steps[name].required
        verdict = a.r.verdict(rule) if rule else False
        if verdict or (rule and verdict is None and known):
            found.append(rival(a, name, verdict))
    return tuple(x for refusals in found for x in refusals)


def rivals(a: Attempt) -> Names:
    """The other steps of the same choice that begin here and may be required."""
    if not a.step.choice:
        return ()
    return tuple(
        n for n in a.known.choices[a.step.choice] if n != a.name and _begins_here(a, a.pathway.steps[n])
    )


def _begins_here(a: Attempt, step: Step) -> bool:
    return step.required is not None and begins_at(a.pathway, step, a.case.stage)


def rival(a: Attempt, name: str, verdict: bool | None) -> Refusals:
    """The refusal for the sake of another step of the choice that is required, or may be."""
    other = a.pathway.steps[name]
    assert other.required is not None
    because = a.r.why(other.required)
    if verdict is True:
        return no(
            a, "must_be", basis=other.basis, because=because, instead=(("step", name),), params={"must": name}
        )
    return no(
        a,
        "not_yet",
        "competing",
        basis=other.basis,
        because=because,
        asks=a.r.asks(other.required),
        params={"must": name},
    )
