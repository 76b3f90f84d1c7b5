"""Sittings of a body in a case: set, moved, opened with who is there, members recused, votes confirmed, closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from amparo.cases.model import Refusal, SittingState, Taken
from amparo.cases.requests.base import Wish, is_staff, need, no, reaches
from amparo.pathways.model import Body, Names, SittingKind


def sit(q: Wish) -> Refusal | None:
    """`do`: set, move, open, present, impeded, recuse, confirm, dissent or close."""
    act = ACTS.get(q.text("do"))
    if act is None:
        return no(q, "not_allowed", "kind", field="do", thing=q.text("do"))
    if not reaches(q) or not (is_staff(q) or _is_member(q)):
        return no(q, "not_you", "verb")
    seen, s = q.w.request.seen, q.case.sitting
    if (
        seen  # who may not know how long the log is says nothing, or 0
        and s is not None
        and s.seq > seen
        and q.text("do") in ("open", "present", "impeded", "close")
    ):
        return no(q, "changed", instead=(("verb", "look_again"),))
    return act(q)


def _is_member(q: Wish) -> bool:
    return any(q.role in b.made_of for b in q.pathway.bodies.values())


# ------------------------------------------------------------------------------------------------ before it
def _set(q: Wish) -> Refusal | None:
    kind = _kind(q)
    if kind is None:
        return no(q, "not_allowed", "kind", field="kind", thing=q.text("kind"))
    name, sitting = kind
    q.w.add_own(
        "sitting.set", {"sitting": name, "body": sitting.body, "at": q.args.get("at", q.t), **_who(q)}, "h"
    )
    return None


def _kind(q: Wish) -> tuple[str, SittingKind] | None:
    """The kind named, or the only one there is."""
    kinds, named = q.pathway.sittings, q.text("kind")
    name = named or (next(iter(kinds)) if len(kinds) == 1 else "")
    return (name, kinds[name]) if name in kinds else None


def _who(q: Wish) -> dict[str, Any]:
    """Members with their qualities, the chair, vacant seats, the place: as given, else as the mandates say."""
    mandates = q.w.request.world.mandates
    members = q.args.get("members") or {}
    named = {who: list(mandates.get(who, qualities)) for who, qualities in members.items()}
    kept = {k: q.args[k] for k in ("place", "chair", "vacant") if q.args.get(k)}
    return {"members": named, **kept}


def _move(q: Wish) -> Refusal | None:
    s = q.case.sitting
    if s is None or s.state != "set":
        return no(q, "no_such", thing="sitting")
    place = {"place": q.text("place")} if q.text("place") else {}
    q.w.add("sitting.moved", {"id": s.id, "sitting": s.kind, "at": q.args.get("at", q.t), **place})
    return None


# ------------------------------------------------------------------------------------------------ who is there
def _open(q: Wish) -> Refusal | None:
    """Opens the sitting that was set, or one at once; `present`, `impeded` (account -> code), `vacant`, `chair`."""
    kind = (
        _kind(q) if q.case.sitting is None else (q.case.sitting.kind, q.pathway.sittings[q.case.sitting.kind])
    )
    if kind is None:
        return no(q, "not_allowed", "kind", field="kind", thing=q.text("kind"))
    present, impeded = tuple(q.args.get("present", ())), dict(q.args.get("impeded", {}))
    refused = _cannot_sit(q, kind[1], present, impeded)
    if refused is None:
        _opened(q, kind, present, impeded)
    return refused


def _opened(
    q: Wish, kind: tuple[str, SittingKind], present: tuple[str, ...], impeded: Mapping[str, str]
) -> None:
    s, mandates = q.case.sitting, q.w.request.world.mandates
    members = {who: list(mandates[who]) for who in (*present, *impeded) if who in mandates}
    named = {**(q.args.get("members") or {}), **members}
    who = {
        "members": named,
        "present": list(present),
        "impeded": dict(impeded),
        "vacant": q.args.get("vacant", s.vacant if s else 0),
    }
    kept = {k: q.args[k] for k in ("place", "chair") if q.args.get(k)}
    payload = {"sitting": kind[0], "body": kind[1].body, **who, **kept}
    if s is None:
        q.w.add_own("sitting.opened", payload, "h")
    else:
        q.w.add("sitting.opened", {"id": s.id, **payload})


def _cannot_sit(
    q: Wish, kind: SittingKind, present: tuple[str, ...], impeded: Mapping[str, str]
) -> Refusal | None:
    """Nobody sits without a mandate on the day, nor who is recused here; each impediment has a reason of the list."""
    body = q.pathway.bodies[kind.body]
    mandates = q.w.request.world.mandates
    if any(who not in mandates for who in present):
        return no(q, "no_quorum", "mandate", basis=body.basis, field="present")
    s = q.case.sitting
    if s is not None and any(who in s.recused for who in present):
        return no(q, "not_allowed", "recused", basis=body.basis, field="present")
    if all(_is_reason(q, body, code) for code in impeded.values()):
        return None
    basis = body.fewer.basis if body.fewer and body.fewer.basis else body.basis
    return no(q, "not_allowed", "impediment", basis=basis, field="impeded", reasons_listed=_listed(q, body))


def _listed(q: Wish, body: Body) -> Names:
    return tuple(q.pathway.vocabularies.get(body.why_not, ()))


def _is_reason(q: Wish, body: Body, code: str) -> bool:
    return bool(code) and (not body.why_not or code in q.pathway.vocabularies.get(body.why_not, ()))


def _changed(q: Wish) -> Refusal | None:
    """Who is there has changed: the whole of it is stated anew."""
    if q.case.sitting is None or q.case.sitting.state != "open":
        return no(q, "no_such", thing="sitting")
    return _open(q)


def _recuse(q: Wish) -> Refusal | None:
    """A member does not decide in this case; asked before names are shown, or later."""
    s = q.case.sitting
    if s is None:
        return no(q, "no_such", thing="sitting")
    code, who = q.text("code"), q.text("who") or q.actor
    if not _is_reason(q, q.pathway.bodies[s.body], code):
        body = q.pathway.bodies[s.body]
        return no(
            q, "not_allowed", "impediment", basis=body.basis, field="code", reasons_listed=_listed(q, body)
        )
    q.w.add("case.recused", {"id": s.id, "who": who, "code": code})
    return None


# ------------------------------------------------------------------------------------------------ votes, minutes
def _confirm(q: Wish) -> Refusal | None:
    """A member's own word on a vote that was recorded, until the sitting is closed; dissent with its words."""
    s = q.case.sitting
    if s is None or s.state != "open":
        return no(q, "no_sitting", body=s.body if s else "")
    if q.actor not in s.present:
        return no(q, "no_quorum", "not_present", basis=q.pathway.bodies[s.body].basis)
    decided = _voted(q, s)
    if decided is None:
        return no(q, "no_such", thing="vote")
    words = q.text("words")
    if q.text("do") == "dissent" and not words:
        return need(q, "words")
    vote = q.text("vote") or str(decided.data.get("votes", {}).get(q.actor, ""))
    q.w.add(
        "sitting.confirmed",
        {
            "id": s.id,
            "sitting": s.kind,
            "who": q.actor,
            "step_seq": decided.seq,
            "vote": vote,
            "words": words,
        },
    )
    return None


def _voted(q: Wish, s: SittingState) -> Taken | None:
    """The decision named by its number, or the newest of this sitting."""
    seq = q.args.get("step_seq")
    of_it = [x for all_ in q.case.taken.values() for x in all_ if x.data.get("sitting") == s.id]
    fitting = [x for x in of_it if seq is None or x.seq == seq]
    return max(fitting, key=lambda x: x.seq, default=None)


def _close(q: Wish) -> Refusal | None:
    s = q.case.sitting
    if s is None or s.state != "open":
        return no(q, "no_such", thing="sitting")
    q.w.add("sitting.closed", {"id": s.id, "sitting": s.kind, "minutes": q.text("minutes")})
    return None


ACTS: Mapping[str, Callable[[Wish], Refusal | None]] = {
    "set": _set,
    "move": _move,
    "open": _open,
    "present": _changed,
    "impeded": _changed,
    "recuse": _recuse,
    "vote": _confirm,
    "confirm": _confirm,
    "dissent": _confirm,
    "close": _close,
}
