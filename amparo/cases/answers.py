"""Check 8: what a step is told passes whose word, type and limits, and every question is answered.

A fact counts from here on: the checks that follow see the case with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.cases.attempt import OK, Attempt, Refusals, no
from amparo.cases.entered import within
from amparo.cases.index import Index, facts_of
from amparo.cases.model import Case, Nothing_, Refusal
from amparo.cases.model import Telling as Told
from amparo.cases.read import told
from amparo.pathways import values
from amparo.pathways.model import Ask, Fact, Pathway

NOTHINGS = ("not_known", "refused", "no_answer")
SPEAK = ("person", "harmed", "supporter", "lawyer")
"""Platform roles whose word anybody may write down who takes a step; a register's or a service's only who asks it."""

Telling = dict[str, Any]


def tellings(a: Attempt) -> tuple[list[Telling], Refusals]:
    """The payloads of the facts told with this step, in the order given; or what is wrong with them."""
    given = {**a.do.facts, **{f: True for f in a.do.accepted if a.do.facts.get(f) is not False}}
    told_: list[Telling] = []
    wrong: list[Refusal] = []
    for name, answer in given.items():
        refused = _wrong(a, name, answer)
        if refused:
            wrong.extend(refused)
        else:
            told_.append(telling(a.pathway, a.case, name, _opened(a, name, answer), whose(a, name), a.t))
    return told_, tuple(wrong)


def telling(pathway: Pathway, case: Case, name: str, answer: Any, given_by: str, as_of: int) -> Telling:
    """The payload of `fact.told`: a plain value, or one of the nothings."""
    what = {"nothing": answer.kind} if isinstance(answer, Nothing_) else {"value": answer}
    return {"fact": name, **what, "given_by": given_by, "as_of": as_of}


def as_told(seq: int, payload: Telling, by: str) -> Told:
    """A payload as the telling that it would become."""
    return Told(
        seq, payload["as_of"], payload.get("value"), payload.get("nothing", ""), payload["given_by"], by
    )


def _opened(a: Attempt, name: str, answer: Any) -> Any:
    return {**answer, "open": True} if name in a.do.open and isinstance(answer, Mapping) else answer


def _wrong(a: Attempt, name: str, answer: Any) -> Refusals:
    fact = a.pathway.facts.get(name)
    if fact is None:
        return no(a, "ask", "no_such_fact", field=name, params={"fact": name})
    if whose(a, name) not in fact.from_ or not _may_write(a, name, fact):
        return no(a, "ask", "whose_word", asks=((name, fact.from_[0]),), field=name, params={"fact": name})
    if fact.finding and not _may_find(a, name, fact):
        return no(a, "ask", "finding", asks=((name, fact.from_[0]),), field=name, params={"fact": name})
    if isinstance(answer, Nothing_):
        return (
            OK
            if _may_be_nothing(a, name, answer)
            else no(
                a,
                "ask",
                "acceptance" if name in a.known.acceptances else "nothing",
                asks=((name, fact.from_[0]),),
                field=name,
                params={"fact": name, "nothing": answer.kind},
            )
        )
    why = unfit(a.case, fact, answer, a.t)
    return (
        no(a, "ask", why, basis=fact.basis, asks=((name, fact.from_[0]),), field=name, params={"fact": name})
        if why
        else OK
    )


def unfit(case: Case, fact: Fact, plain: Any, t: int) -> str:
    """Why a plain value cannot be this fact's: `bad_value`, `limits`, or '' if it can."""
    try:
        held = values.decode(fact.type, plain)
    except ValueError:
        return "bad_value"
    if held is None:
        return "bad_value"
    if fact.type.kind == "instant" and plain > t and fact.class_ == "justice":
        return "future"
    return "" if within(fact.limits, held, case.site, t) else "limits"


# ------------------------------------------------------------------------------------------------ whose word
def whose(a: Attempt, name: str) -> str:
    """Whose word a fact is: as stated; else the body's or the taker's own; else of who could take this step, the
    person.
    """
    stated = a.request.given_by.get(name)
    if stated:
        return stated
    from_ = a.pathway.facts[name].from_
    for own in (a.body, a.request.role, *a.step.by, "person"):
        if own and own in from_:
            return own
    return from_[0] if from_ else a.request.role


def _may_write(a: Attempt, name: str, fact: Fact) -> bool:
    """What may be written with the step; else one's own word, what one asks elsewhere, and what a person says."""
    if name in a.known.written.get(a.do.step, frozenset()) or any(
        a.pathway.roles[g].is_ in SPEAK for g in fact.from_ if g in a.pathway.roles
    ):
        return True
    taker = {a.request.role, a.body}
    return bool(taker & ({*fact.from_} | a.known.askers.get(name, frozenset())))


def _may_find(a: Attempt, name: str, fact: Fact) -> bool:
    """A finding is told only in a step that asks or shows it, by the body or role that settles it."""
    by = a.body or a.request.role
    return by in fact.from_ and name in facts_of(a.step) and whose(a, name) == by


def _may_be_nothing(a: Attempt, name: str, answer: Nothing_) -> bool:
    """A question names the nothings it takes; an acceptance takes none; what is only shown takes all."""
    if answer.kind not in NOTHINGS or is_acceptance(a.known, name):
        return False
    asks = [x for x in a.step.asks if x.fact == name]
    return not asks or any(answer.kind in x.may_be for x in asks)


def is_acceptance(known: Index, name: str) -> bool:
    """Is this fact a yes that some step needs in so many words?"""
    return name in known.acceptances


# ------------------------------------------------------------------------------------------------ answered?
def answered(a: Attempt) -> Refusals:
    """Every question of the step has its answer, told before or with it. One refusal names all that lack."""
    open_ = unanswered(a)
    if not open_:
        return OK
    asks = tuple((x.fact, a.pathway.facts[x.fact].from_[0]) for x in open_)
    return no(
        a, "ask", "unanswered", asks=asks, field=open_[0].fact, params={"facts": tuple(x.fact for x in open_)}
    )


def unanswered(a: Attempt) -> tuple[Ask, ...]:
    """The questions of the step that still have to be answered."""
    return tuple(x for x in a.step.asks if not _is_answered(a, x))


def _is_answered(a: Attempt, ask: Ask) -> bool:
    if ask.may_wait or ask.fact in a.do.facts or ask.fact in a.do.accepted or _is_needed(a, ask.fact):
        return True
    if ask.if_ is not None and a.r.verdict(ask.if_) is not True:
        return True
    fact = a.pathway.facts[ask.fact]
    if fact.applies_if is not None and a.r.verdict(fact.applies_if) is False:
        return True
    return not ask.each_time and _told_before(a, ask, fact)


def _is_needed(a: Attempt, fact: str) -> bool:
    """An acceptance that the step needs is a question of its own: check 9 asks it."""
    return a.step.needs is not None and fact in a.step.needs.accepted


def _told_before(a: Attempt, ask: Ask, fact: Fact) -> bool:
    """A value answers; a yes to an acceptance is asked anew; *prefers not to say* stands where it is an answer."""
    telling = told(a.case, ask.fact, a.t)
    if telling is not None and telling.nothing:
        stands = telling.nothing == "refused" and ("refused" in ask.may_be or not fact.ask_again)
        return stands or a.r.get(ask.fact) is not None
    if telling is not None:
        return not (is_acceptance(a.known, ask.fact) and telling.value is True)
    return fact.or_from is not None and a.r.get(ask.fact) is not None
