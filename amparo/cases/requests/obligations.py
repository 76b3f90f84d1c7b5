"""Entries on what was agreed: progress, waiting, met, varied, waived, breached, ended.

While an item waits on a service, an authority or on us, no breach is found: a waiting list is never the person's
breach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from amparo.cases import answers, bodies
from amparo.cases.attempt import Attempt, attempt, body_of
from amparo.cases.effects import item_due
from amparo.cases.index import index
from amparo.cases.model import Do, Obligation, Refusal
from amparo.cases.requests.base import HOUSE, Wish, among, first, no
from amparo.pathways import values
from amparo.pathways.model import Breach, ObligationKind, Step

OVER = ("met", "waived", "breached", "ended")
OTHERS = ("service", "authority", "us")
WHOSE = (*OTHERS, "person")


def oblige(q: Wish) -> Refusal | None:
    """`do`: progress, reverse, waiting, met, varied, waived, breached or ended, on the obligation `id` (or newest of
    `kind`).
    """
    found, act = _found(q), ACTS.get(DOES.get(q.text("do"), q.text("do")))
    if found is None or act is None:
        return no(q, "no_such", thing=q.text("kind") or q.text("id"))
    kind = q.pathway.obligations[found.kind]
    seen = q.w.request.seen
    if seen is not None and found.entries and found.entries[-1]["seq"] > seen:
        return no(q, "changed", instead=(("verb", "look_again"),))
    if found.state in OVER and not _goes_on(q, found, kind):
        return no(q, "not_allowed", "over", basis=HOUSE, obligation=found.kind)
    return act(q, found, kind)


def _goes_on(q: Wish, o: Obligation, kind: ObligationKind) -> bool:
    """What is over may be varied into a new start; what recurs goes on after a breach."""
    return q.text("do") in ("varied", "vary") or (o.state == "breached" and kind.every is not None)


DOES = {
    "progressed": "progress",
    "reversed": "reverse",
    "wait": "waiting",
    "meet": "met",
    "vary": "varied",
    "waive": "waived",
    "breach": "breached",
    "end": "ended",
}


def _found(q: Wish) -> Obligation | None:
    """By its id, else the newest open one of that kind, else the newest."""
    if q.text("id"):
        return q.case.obligations.get(q.text("id"))
    all_ = [o for o in q.case.obligations.values() if o.kind == q.text("kind")]
    open_ = [o for o in all_ if o.state not in OVER]
    return next(reversed(open_ or all_), None)


def _add(q: Wish, o: Obligation, kind: str, **data: Any) -> None:
    kept = {k: v for k, v in data.items() if v not in (None, "", {}, [])}
    q.w.add(f"obligation.{kind}", {"id": o.id, "obligation": o.kind, **kept})


# ------------------------------------------------------------------------------------------------ progress
def _progress(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    """An entry towards what is owed: hours, money, or an attendance in words. More than is owed is refused."""
    refused = among(q, kind.verified_by)
    if refused is not None:
        return refused
    term, amount = _term(q, kind), q.args.get("amount")
    if amount is not None and term:
        refused = _too_much(q, o, kind, term, amount)
    if refused is None:
        _add(
            q,
            o,
            "progressed",
            term=term if amount is not None else "",
            amount=amount,
            words=q.text("words"),
            evidence=q.args.get("evidence"),
        )
    return refused


def _term(q: Wish, kind: ObligationKind) -> str:
    """The term that the entry counts towards: as named, or the only one that can be counted."""
    countable = [n for n, t in kind.terms.items() if t.type.kind in ("count", "money")]
    named = q.text("term")
    if named:
        return named if named in countable else ""
    money = isinstance(q.args.get("amount"), Mapping)
    fitting = [n for n in countable if (kind.terms[n].type.kind == "money") == money]
    return fitting[0] if fitting else ""


def _too_much(q: Wish, o: Obligation, kind: ObligationKind, term: str, amount: Any) -> Refusal | None:
    type_ = kind.terms[term].type
    try:
        given = values.ruled(values.decode(type_, amount))
    except ValueError:
        return no(q, "outside", "bad_value", field="amount", term=term, obligation=o.kind)
    owed = o.terms.get(term)
    if owed is None:
        return None
    left = values.ruled(values.decode(type_, owed)) - done(o, kind, term)
    other = not values.kinds_match(values.decode(type_, amount), values.decode(type_, owed))
    if other or given > left or given <= 0:
        most = {"minor": left, "currency": owed["currency"]} if type_.kind == "money" else left
        return no(
            q,
            "outside",
            "owed",
            basis=HOUSE,
            field="amount",
            obligation=o.kind,
            term=term,
            given=amount,
            most=most,
        )
    return None


def done(o: Obligation, kind: ObligationKind, term: str) -> int:
    """How much of a term has been done, entries that were reversed left out."""
    undone = {e["reverses"] for e in o.entries if e.get("reverses")}
    type_ = kind.terms[term].type
    counted = (
        e for e in o.entries if e["what"] == "progressed" and e.get("term") == term and e["seq"] not in undone
    )
    return sum(
        values.ruled(values.decode(type_, e["amount"])) for e in counted if e.get("amount") is not None
    )


def _reverse(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    """An entry is reversed, never changed."""
    seq = q.args.get("entry") or next(
        (e["seq"] for e in reversed(o.entries) if e["what"] == "progressed" and not e.get("reverses")), None
    )
    known = any(e["seq"] == seq and e["what"] == "progressed" for e in o.entries) and all(
        e.get("reverses") != seq for e in o.entries
    )
    refused = among(q, kind.verified_by) or (None if known else no(q, "no_such", thing="entry"))
    if refused is None:
        _add(q, o, "progressed", reverses=seq, words=q.text("words") or q.text("reasons"))
    return refused


# ------------------------------------------------------------------------------------------------ state
def _waiting(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    """Somebody keeps it waiting; whose side that is must be said."""
    if q.text("whose") not in WHOSE:
        return no(q, "missing", "field", field="whose", thing="whose")
    refused = among(q, (*kind.verified_by, *kind.varied_by))
    if refused is None:
        _add(q, o, "waiting", whose=q.text("whose"), reasons=q.text("reasons"))
    return refused


def _met(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    refused = among(q, kind.verified_by)
    if refused is None:
        _add(q, o, "met", evidence=q.args.get("evidence"), words=q.text("words"))
    return refused


def _varied(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    """Other terms, another date: and it is under way again. `up_to`: whose side, or nobody’s. `agreed`, `words`:
    the person's yes to the change.
    """
    up_to = q.text("up_to") if q.text("up_to") in (*WHOSE, "nobody") else ""
    refused = first(_decides(q, kind.varied_by), _terms(q, o, kind))
    if refused is None:
        due = {"due": item_due(q.case, kind, q.args, q.t)} if q.args.get("due") else {}
        said = {"up_to": up_to, "agreed": bool(q.args.get("agreed")) or None, "words": q.text("words")}
        _add(q, o, "varied", terms=q.args.get("terms"), reasons=_reasons(q), **said, **due)
    return refused


def _terms(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    for name, plain in (q.args.get("terms") or {}).items():
        if name not in kind.terms:
            return no(q, "outside", "no_such_term", field=name, terms=(name,))
        try:
            values.decode(kind.terms[name].type, plain)
        except ValueError:
            return no(q, "outside", "bad_value", field=name, term=name, obligation=o.kind)
    return None


def _waived(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    """No longer asked, with a reason."""
    refused = first(_decides(q, kind.varied_by), _reasoned(q))
    if refused is None:
        _add(q, o, "waived", reasons=_reasons(q))
    return refused


def _ended(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    refused = _decides(q, (*kind.varied_by, *kind.verified_by))
    if refused is None:
        _add(q, o, "ended", reasons=_reasons(q))
    return refused


def _reasons(q: Wish) -> str:
    return q.w.request.reasons.strip() or q.text("reasons")


def _reasoned(q: Wish) -> Refusal | None:
    return None if _reasons(q) else no(q, "missing", "reasons", field="reasons")


def _decides(q: Wish, by: tuple[str, ...]) -> Refusal | None:
    """A role that may, or a body in its sitting."""
    if not body_of(index(q.pathway), by, q.role):
        return among(q, by)
    return _sat(q, by)


def _sat(q: Wish, by: tuple[str, ...]) -> Refusal | None:
    refused = bodies.body(_as_step(q, by, ()))
    return refused[0]._replace(step=q.verb) if refused else None


def _as_step(q: Wish, by: tuple[str, ...], asks: tuple[str, ...]) -> Attempt:
    """The request looked at as a step of the same deciders, so that the same checks hold for it."""
    some = next(iter(q.pathway.steps))
    a = attempt(q.case, Do(some, facts=q.args.get("facts", {})), q.w.request, q.t, q.w.now)
    step = Step(where=a.step.where, by=by, also=asks)
    return a._replace(step=step, name=q.verb, body=body_of(a.known, by, q.role))


# ------------------------------------------------------------------------------------------------ breach
def _breached(q: Wish, o: Obligation, kind: ObligationKind) -> Refusal | None:
    """Whose fault is asked, reasons are given, the person is heard; and nobody else kept it waiting."""
    if o.state == "waiting" and o.whose in OTHERS:
        return no(
            q,
            "waiting",
            basis=HOUSE,
            instead=(("verb", "chase"), ("verb", "oblige")),
            obligation=o.kind,
            whose=o.whose,
        )
    breach = kind.breach
    if breach is None:
        return no(q, "not_allowed", "no_breach", basis=kind.basis, obligation=o.kind)
    a = _as_step(q, breach.by, breach.asks)
    refused = first(_decides(q, breach.by), _needed(q, kind, breach))
    return refused if refused is not None else _write_breach(q, o, a, breach)


def _needed(q: Wish, kind: ObligationKind, breach: Breach) -> Refusal | None:
    n, r = breach.needs, q.w.request
    if n is None:
        return None
    lacking = (
        ("reasons", n.reasons and not _reasons(q)),
        ("heard", n.heard and not r.heard),
        ("defence", n.defence and not r.defence),
    )
    what = next((name for name, lacks in lacking if lacks), "")
    return no(q, "missing", what, basis=breach.basis or kind.basis, field=what) if what else None


def _write_breach(q: Wish, o: Obligation, a: Attempt, breach: Breach) -> Refusal | None:
    told, wrong = answers.tellings(a)
    if wrong:
        return wrong[0]._replace(step=q.verb)
    lacking = tuple(f for f in breach.asks if f not in a.do.facts)
    if lacking:
        asks = tuple((f, q.pathway.facts[f].from_[0]) for f in lacking)
        return no(q, "ask", "unanswered", asks=asks, field=lacking[0], facts=lacking)
    for payload in told:
        q.w.add("fact.told", payload)
    sitting = q.case.sitting
    sat = {"sitting": sitting.id, "votes": dict(q.w.request.votes)} if a.body and sitting else {}
    _add(
        q, o, "breached", whose=q.text("whose"), reasons=_reasons(q), dissent=dict(q.w.request.dissent), **sat
    )
    return None


ACTS: Mapping[str, Callable[[Wish, Obligation, ObligationKind], Refusal | None]] = {
    "progress": _progress,
    "reverse": _reverse,
    "waiting": _waiting,
    "met": _met,
    "varied": _varied,
    "waived": _waived,
    "breached": _breached,
    "ended": _ended,
}
