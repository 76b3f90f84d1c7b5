"""Support, in every pathway and at every stage: needs noted, advice, help offered, referrals and their answers.

No stage changes, and no rule of a decision reads any of it: saying no to help has no consequence.
"""

from __future__ import annotations

from typing import Any

from amparo.cases import clocks
from amparo.cases.index import is_open
from amparo.cases.model import Case, Consent, Referral, Refusal
from amparo.cases.read import live_consents
from amparo.cases.requests.base import HOUSE, Wish, among, first, need, no
from amparo.cases.requests.consents import consent_until, for_this_door, law_adds, signed
from amparo.pathways import calendar
from amparo.pathways.model import Support

ANSWERS = ("accepted", "waiting", "declined", "attended", "ended")
CALL = "call"
SAID = ("yes", "no", "later", "")


def note_need(q: Wish) -> Refusal | None:
    return _item(q, "need.noted", "s")


def give_advice(q: Wish) -> Refusal | None:
    return _item(q, "advice.given", "s")


def offer_help(q: Wish) -> Refusal | None:
    """Help is offered; the person says yes, no or later, and a no ends there."""
    if q.text("answer") not in SAID:
        return no(q, "not_allowed", "kind", thing=q.text("answer"))
    return _item(q, "help.offered", "s")


def _item(q: Wish, kind: str, letter: str) -> Refusal | None:
    refused = _open(q, q.verb)
    if refused is None:
        given = {k: q.args[k] for k in ("words", "answer", "audience") if q.args.get(k)}
        q.w.add_own(kind, {"kind": q.text("kind"), **given}, letter)
    return refused


def _open(q: Wish, verb: str) -> Refusal | None:
    """This programme gives this kind of support, through this role, now."""
    support = q.pathway.support.get(verb)
    if support is None:
        return no(q, "not_allowed", "kind", basis=HOUSE, thing=verb)
    return first(among(q, support.by), _kind(q, support), _in_reach(q, support))


def _kind(q: Wish, support: Support) -> Refusal | None:
    kind = q.text("kind")
    known = support.kinds or tuple(q.pathway.shared.get("vocabulary/needs", ()))
    fits = bool(kind) and (kind in known or not known)
    return None if fits else no(q, "not_allowed", "kind", basis=support.basis, field="kind", thing=kind)


def _in_reach(q: Wish, support: Support) -> Refusal | None:
    """Open at any open stage, and after the end where the programme says so."""
    if q.case.died:
        return no(q, "not_here", "died", basis=HOUSE)
    open_ = is_open(q.pathway, q.case.stage) or support.after_end
    return None if open_ else no(q, "not_here", "ended", basis=support.basis)


# ------------------------------------------------------------------------------------------------ referrals
def refer(q: Wish) -> Refusal | None:
    """To one service, in words agreed with the person, under a live consent for that service, with its own due.

    `agreed`: the person says yes to this very referral; the consent is written down with it. `to_role`: the role
    of the service, where it is known: a consent for another role does not cover it. `consent`: that kind alone.
    """
    refused = first(_open(q, "refer"), need(q, "to"), _consented(q))
    if refused is None:
        support = q.pathway.support["refer"]
        kept: dict[str, Any] = {k: q.args[k] for k in ("audience",) if q.args.get(k)}
        kept |= {"says": says} if (says := _whole_text(q, support)) else {}
        kept |= {"consent": _consent_id(q, support)} if support.consents else {}
        sent = q.w.add_own(
            "referral.sent",
            {"kind": q.text("kind"), "to": q.text("to"), "due": due(q.case, support, q.t), **kept},
            "r",
        )
        if q.text("link"):
            _link(q, q.case.referrals[str(sent.data["id"])])
    return refused


def _whole_text(q: Wish, support: Support) -> str:
    """What the service is told, with the sentence that the law adds under the consent's strict form."""
    says = q.text("says")
    if not says or not support.consents:
        return says
    return " ".join(x for x in (says, added(q.case, _kind_used(q, support), q.text("language"), q.t)) if x)


def added(case: Case, kind: str, language: str, t: int) -> str:
    """The sentence that goes with each text under this kind of consent; '' if none, or where its regime does not
    apply.
    """
    found = law_adds(case, kind, t)
    return found.get(language) or next(iter(found.values()), "")


def link_answer(q: Wish) -> Refusal | None:
    """A new link by which the service answers; the one before is dead."""
    support, found = q.pathway.support.get("refer"), _referral(q)
    if support is None or found is None:
        return no(q, "no_such", thing=q.text("kind") or q.text("id"))
    refused = first(among(q, support.by), need(q, "link"))
    if refused is None and found.state != "sent":
        return no(q, "no_such", thing=q.text("id"))
    if refused is None:
        _link(q, found)
    return refused


def _link(q: Wish, found: Referral) -> None:
    q.w.add("referral.linked", {"id": found.id, "kind": found.kind, "to": found.to, "link": q.text("link")})


def due(case: Case, support: Support, t: int) -> int | None:
    """By when a referral sent at t is answered."""
    length, site = clocks.length_of(case, support.answer_within), case.site
    return calendar.add(t, length, site.zone, site.holidays) if length else None


def _covering(q: Wish, support: Support) -> tuple[str, ...]:
    """The kinds of consent under which this service may be told: they name its role, and are the one that was named."""
    role, named = q.text("to_role"), q.text("consent")
    kinds = {k: q.pathway.consents[k] for k in support.consents}
    fits = (k for k, kind in kinds.items() if for_this_door(q, kind) and (not role or role in kind.to))
    return tuple(k for k in fits if not named or k == named)


def _consent(q: Wish, support: Support) -> Consent | None:
    live = (c for kind in _covering(q, support) for c in live_consents(q.case, kind, q.t))
    return next((c for c in live if c.to == q.text("to")), None)


def _consented(q: Wish) -> Refusal | None:
    support = q.pathway.support.get("refer")
    if support is None or not support.consents or _consent(q, support):
        return None
    if q.args.get("agreed") and _covering(q, support):
        return signed(q, q.pathway.consents[_widest(q, support)])
    return no(q, "missing", "consent", basis=support.basis, field="agreed", consent=support.consents)


def _widest(q: Wish, support: Support) -> str:
    """Of the kinds that cover this service, the one for most."""
    return max(_covering(q, support), key=lambda k: len(q.pathway.consents[k].to))


def _kind_used(q: Wish, support: Support) -> str:
    """The kind of the consent that holds for this service, else of the one given with the referral."""
    found = _consent(q, support)
    return found.kind if found is not None else _widest(q, support)


def _consent_id(q: Wish, support: Support) -> str:
    """The consent that holds for this service, else one given with the referral: of the kind named, or the widest."""
    found = _consent(q, support)
    if found is not None:
        return found.id
    kinds, kind = q.pathway.consents, _widest(q, support)
    kept: dict[str, Any] = {"until": until} if (until := consent_until(q, kinds[kind])) is not None else {}
    kept |= {"signature": q.text("signature")} if q.text("signature") else {}
    event = q.w.add_own(
        "consent.given", {"consent": kind, "to": q.text("to"), "about": list(kinds[kind].about), **kept}, "c"
    )
    return str(event.data["id"])


def answer(q: Wish) -> Refusal | None:
    """What the service answered, typed in by who received it or by the service itself."""
    support, found = q.pathway.support.get("refer"), _referral(q)
    if support is None or found is None:
        return no(q, "no_such", thing=q.text("kind") or q.text("id"))
    said = q.text("answer")
    if said == CALL:
        return _asks_call(q, support, found)
    if said not in ANSWERS:
        return no(q, "not_allowed", "kind", field="answer", thing=said)
    refused = first(
        among(q, (*support.answered_by, *support.by)), need(q, "reason") if said == "declined" else None
    )
    if refused is None:
        told = ("reason", "whose", "place", "next", "where", "said_by", "words")
        kept = {k: q.args[k] for k in told if q.args.get(k)}
        q.w.add(
            "referral.answered", {"id": found.id, "kind": found.kind, "to": found.to, "answer": said, **kept}
        )
    return refused


def _asks_call(q: Wish, support: Support, found: Referral) -> Refusal | None:
    """The service wants to be called first: no answer, so its time runs on and the call is ours."""
    refused = among(q, (*support.answered_by, *support.by))
    if refused is None:
        kept = {k: q.args[k] for k in ("words", "where", "said_by") if q.args.get(k)}
        q.w.add("referral.asks_call", {"id": found.id, "kind": found.kind, "to": found.to, **kept})
    return refused


def chase(q: Wish) -> Refusal | None:
    """A late answer is ours to chase."""
    return _ours(q, "referral.chased", ("how", "next"))


def end(q: Wish) -> Refusal | None:
    return _ours(q, "referral.ended", ("reason",))


def _ours(q: Wish, kind: str, keys: tuple[str, ...]) -> Refusal | None:
    support, found = q.pathway.support.get("refer"), _referral(q)
    if support is None or found is None:
        return no(q, "no_such", thing=q.text("kind") or q.text("id"))
    refused = among(q, support.by)
    if refused is None:
        kept = {k: q.args[k] for k in keys if q.args.get(k)}
        q.w.add(kind, {"id": found.id, "kind": found.kind, "to": found.to, **kept})
    return refused


def _referral(q: Wish) -> Referral | None:
    """By its id, else the newest of that kind that has not ended."""
    if q.text("id"):
        return q.case.referrals.get(q.text("id"))
    open_ = [r for r in q.case.referrals.values() if r.kind == q.text("kind") and r.state != "ended"]
    return open_[-1] if open_ else None
