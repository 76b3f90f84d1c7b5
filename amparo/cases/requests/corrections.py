"""Facts told outside a step, corrections, and steps taken back. The past is never edited: a new entry corrects or
annuls.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.cases import answers
from amparo.cases.index import index
from amparo.cases.model import Letter, Nothing_, Notice, Refusal, Taken, Telling
from amparo.cases.read import told
from amparo.cases.requests.base import HOUSE, Wish, is_staff, need, no, reaches


# ------------------------------------------------------------------------------------------------ tell
def tell(q: Wish) -> Refusal | None:
    """Facts told on their own: `facts`, name -> plain value or `Nothing_`; `given_by`, `as_of`."""
    facts: Mapping[str, Any] = q.args.get("facts") or {q.text("fact"): _answer(q)}
    for name, given in facts.items():
        refused = _unfit(q, name, given)
        if refused is not None:
            return refused
    for name, given in facts.items():
        as_of = q.args.get("as_of", q.t)
        q.w.add("fact.told", answers.telling(q.pathway, q.case, name, given, _whose(q, name), as_of))
    return None


def _answer(q: Wish) -> Any:
    return Nothing_(q.text("nothing")) if q.text("nothing") else q.args.get("value")


def _unfit(q: Wish, name: str, given: Any) -> Refusal | None:
    fact = q.pathway.facts.get(name)
    if fact is None:
        return no(q, "ask", "no_such_fact", field=name, fact=name)
    asks = ((name, fact.from_[0]),)
    if fact.finding:
        return no(q, "ask", "finding", asks=asks, field=name, fact=name)
    if _whose(q, name) not in fact.from_:
        return no(q, "ask", "whose_word", asks=asks, field=name, fact=name)
    if not _may_tell(q, name):
        return no(q, "not_you", "verb", instead=tuple(("role", r) for r in fact.from_))
    if q.args.get("as_of", q.t) > q.t:
        return no(q, "not_in_the_future", field="as_of")
    return _bad(q, name, given)


def _bad(q: Wish, name: str, given: Any) -> Refusal | None:
    fact = q.pathway.facts[name]
    asks = ((name, fact.from_[0]),)
    if isinstance(given, Nothing_):
        acceptance = answers.is_acceptance(index(q.pathway), name)
        known = given.kind in answers.NOTHINGS and not acceptance
        return (
            None
            if known
            else no(
                q,
                "ask",
                "acceptance" if acceptance else "nothing",
                asks=asks,
                field=name,
                fact=name,
                nothing=given.kind,
            )
        )
    why = answers.unfit(q.case, fact, given, q.t)
    return no(q, "ask", why, asks=asks, field=name, fact=name) if why else None


def _whose(q: Wish, name: str) -> str:
    """As stated; else one's own word; else the person's, if it is theirs to tell."""
    stated, from_ = q.args.get("given_by"), q.pathway.facts[name].from_
    one = stated.get(name) if isinstance(stated, Mapping) else stated
    own = q.role if q.role in from_ else "person" if "person" in from_ else from_[0] if from_ else ""
    return str(one or own)


def _may_tell(q: Wish, name: str) -> bool:
    """Whose word it is, and who takes a step that asks it; the ledger tells what other cases of the person say."""
    if q.role == "" and q.actor == "ledger":
        return True
    known = index(q.pathway)
    return reaches(q) and (
        q.role in q.pathway.facts[name].from_ or q.role in known.askers.get(name, frozenset())
    )


# ------------------------------------------------------------------------------------------------ correct
def correct(q: Wish) -> Refusal | None:
    """A telling gets another value and keeps its own time. What was decided on it stands, and is flagged."""
    name, given = q.text("fact"), _answer(q)
    fact = q.pathway.facts.get(name)
    found = _telling(q, name)
    if fact is None or found is None:
        return no(q, "no_such", thing=name)
    if fact.finding:
        return no(q, "ask", "finding", asks=((name, fact.from_[0]),), field=name, fact=name)
    own = found.by == q.actor
    if not own and not _may_tell(q, name):
        return no(q, "not_you", "verb", instead=tuple(("role", r) for r in fact.from_))
    refused = _bad(q, name, given)
    if refused is None:
        payload = answers.telling(
            q.pathway, q.case, name, given, str(q.args.get("given_by") or found.given_by), found.as_of
        )
        payload.pop("as_of")
        reason = {"reason": q.text("reason")} if q.text("reason") else {}
        q.w.add("fact.corrected", {**payload, "seq": found.seq, **reason})
    return refused


def _telling(q: Wish, name: str) -> Telling | None:
    """By its number, else the one that counts now."""
    seq = q.args.get("seq")
    if seq is None:
        return told(q.case, name, q.t)
    return next((x for x in q.case.tellings.get(name, ()) if x.seq == seq and not x.corrected), None)


# ------------------------------------------------------------------------------------------------ annul
def annul(q: Wish) -> Refusal | None:
    """Takes back the newest step, with all that it caused and that has reached nobody."""
    found = _step(q)
    if found is None:
        return no(q, "no_such", thing=q.text("step") or str(q.args.get("seq", "")))
    name, taken = found
    refused = need(q, "reason") or _barred(q, name, taken)
    if refused is not None:
        return refused._replace(
            step=name, sentence=no(q._replace(verb=name), refused.code, refused.detail).sentence
        )
    first, last = taken.data["causes"]
    seqs = list(range(first, last + 1))
    q.w.add(
        "step.annulled", {"seqs": seqs, "step": name, "basis": q.text("basis"), "reason": q.text("reason")}
    )
    if name == "record_death":
        _correct_notices(q, taken)
    return None


def _step(q: Wish) -> tuple[str, Taken] | None:
    """By its number, or the newest taking of a step named."""
    seq, name = q.args.get("seq"), q.text("step")
    all_ = [(s, x) for s, takings in q.case.taken.items() for x in takings]
    fitting = [(s, x) for s, x in all_ if (x.seq == seq if seq is not None else s == name)]
    return max(fitting, key=lambda pair: pair[1].seq, default=None)


def _barred(q: Wish, name: str, taken: Taken) -> Refusal | None:
    """Who may; the newest first; nothing of it has reached anybody; no sitting has been closed since."""
    step = q.pathway.steps.get(name)
    by = step.annulled_by if step else ()
    allowed = q.role in by if by else taken.actor == q.actor or (step is None and is_staff(q))
    if not allowed:
        return no(q, "not_you", "verb", instead=tuple(("role", r) for r in by or (taken.role,)))
    if name == "record_death":
        return None
    newest = max(((s, x) for s, all_ in q.case.taken.items() for x in all_), key=lambda pair: pair[1].seq)
    if newest[1].seq != taken.seq:
        return no(q, "blocked", "not_newest", basis=HOUSE, instead=(("step", newest[0]),), newest=newest[0])
    if taken.from_ == "":
        return no(q, "not_here", "opening", basis=HOUSE)
    reached = next(iter(_reached(q, taken)), None)
    if reached is not None:
        return no(q, "blocked", basis=HOUSE, thing=reached)
    if any(s.seq > taken.seq for s in q.case.sittings):
        return no(q, "blocked", "sitting", basis=HOUSE)
    return None


def _reached(q: Wish, taken: Taken) -> tuple[str, ...]:
    """Letters and notices of the step that somebody has."""
    letters: tuple[Letter, ...] = tuple(
        x for x in q.case.letters.values() if x.step_seq == taken.seq and x.delivered
    )
    notices: tuple[Notice, ...] = tuple(
        x for x in q.case.notices.values() if x.step_seq == taken.seq and x.sent
    )
    return (*(x.letter for x in letters), *(x.notice for x in notices))


def _correct_notices(q: Wish, taken: Taken) -> None:
    """Who was told since a death recorded in error is told otherwise."""
    for x in q.case.notices.values():
        if x.sent is not None and x.due >= taken.at:
            q.w.add(
                "notice.corrected", {"id": x.id, "notice": x.notice, "to": x.to, "reason": q.text("reason")}
            )
