"""Check 7: a body decides only in an open sitting, complete enough, and with its votes.

Preparing is never refused for want of a quorum: only the body's own steps come here.
"""

from __future__ import annotations

from collections import Counter

from amparo.cases.attempt import OK, Attempt, Refusals, no
from amparo.cases.model import SittingState
from amparo.cases.read import setting
from amparo.pathways.model import Body, SettingRef


def body(a: Attempt) -> Refusals:
    """Sitting, who is there, composition and votes, for a step that a body takes; for one that needs a body to sit,
    all but the votes.
    """
    if not a.body:
        return sits(a, a.step.needs.body) if a.step.needs and a.step.needs.body else OK
    return sits(a, a.body) or _voted(a, *_sitting_of(a, a.body))


def sits(a: Attempt, name: str) -> Refusals:
    """This body sits in the case, with as many members as it takes, and with those it must include."""
    s, b = a.case.sitting, a.pathway.bodies[name]
    if s is None or s.state != "open" or s.body != name:
        return no(a, "no_sitting", basis=b.basis, instead=(("verb", "sit"),), params={"body": name})
    return _there(a, s, b) or _composed(a, s, b)


def _sitting_of(a: Attempt, name: str) -> tuple[SittingState, Body]:
    assert a.case.sitting is not None
    return a.case.sitting, a.pathway.bodies[name]


# ------------------------------------------------------------------------------------------------ enough of them
def _there(a: Attempt, s: SittingState, b: Body) -> Refusals:
    basis = b.fewer.basis if b.fewer and b.fewer.basis else b.basis
    gone = tuple(m for m in s.present if m not in a.request.world.mandates)
    if gone or (a.body and a.request.actor not in s.present):
        return no(
            a, "no_quorum", "mandate" if gone else "not_present", basis=b.basis, instead=(("verb", "sit"),)
        )
    if len(s.present) >= b.sits_with:
        return OK
    if b.fewer is None or len(s.present) < b.fewer.number:
        least = b.fewer.number if b.fewer else b.sits_with
        return no(
            a,
            "no_quorum",
            "too_few",
            basis=basis,
            instead=(("verb", "sit"),),
            params={"present": len(s.present), "least": least},
        )
    return _others_impeded(a, s, b)


def _others_impeded(a: Attempt, s: SittingState, b: Body) -> Refusals:
    """Each seat that is not taken is impeded with a coded reason, or vacant where a vacancy counts."""
    assert b.fewer is not None
    basis = b.fewer.basis or b.basis
    empty = b.sits_with - len(s.present) - len({*s.impeded, *s.recused})
    if empty <= 0:
        return OK
    if s.vacant < empty or b.fewer.vacancy is False:
        return no(
            a,
            "no_quorum",
            basis=basis,
            instead=(("verb", "sit"),),
            params={"present": len(s.present), "seats": b.sits_with},
        )
    counts = _vacancy(a, b.fewer.vacancy)
    if counts is None and isinstance(b.fewer.vacancy, SettingRef):
        asks = ((f"setting {b.fewer.vacancy.name}", "site"),)
        return no(a, "not_yet", "vacancy", basis=basis, asks=asks)
    return OK if counts else no(a, "no_quorum", "vacancy", basis=basis, instead=(("verb", "sit"),))


def _vacancy(a: Attempt, vacancy: bool | SettingRef) -> bool | None:
    found: bool | None = setting(a.case, vacancy.name, a.t) if isinstance(vacancy, SettingRef) else vacancy
    return found


def gaps(s: SittingState, b: Body) -> tuple[str, ...]:
    """The qualities that the members named for this sitting lack, the impeded ones among them."""
    have = Counter(q for qualities in s.members.values() for q in qualities)
    return tuple(x.quality for x in b.must_include if have[x.quality] < x.number)


def _composed(a: Attempt, s: SittingState, b: Body) -> Refusals:
    lacking = gaps(s, b)
    blocking = [x for x in b.must_include if x.blocks and x.quality in lacking]
    if not blocking:
        return OK
    basis = tuple(c for x in blocking for c in x.basis) or b.basis
    return no(
        a, "no_quorum", "composition", basis=basis, params={"qualities": tuple(x.quality for x in blocking)}
    )


# ------------------------------------------------------------------------------------------------ votes
def _voted(a: Attempt, s: SittingState, b: Body) -> Refusals:
    votes = a.request.votes
    silent = tuple(m for m in s.present if votes.get(m) not in ("for", "against", "abstain"))
    if silent:
        return no(a, "no_majority", "votes", basis=b.basis, field="votes", params={"silent": len(silent)})
    if carried(s, b, {m: votes[m] for m in s.present}):
        return OK
    counted = Counter(votes[m] for m in s.present)
    detail = "tie" if counted["for"] == counted["against"] and b.votes == "majority" else ""
    return no(
        a,
        "no_majority",
        detail,
        basis=b.basis,
        field="votes",
        params={"for": counted["for"], "against": counted["against"]},
    )


def carried(s: SittingState, b: Body, votes: dict[str, str]) -> bool:
    """Is the proposal carried? On a tie of fewer members the chair decides where the body says so."""
    counted = Counter(votes.values())
    if b.votes == "chair":
        return votes.get(s.chair) == "for"
    if b.votes == "consensus":
        return counted["against"] == 0 and counted["for"] > 0
    if counted["for"] == counted["against"]:
        fewer = len(votes) < b.sits_with and b.fewer is not None and b.fewer.casting_vote
        return fewer and votes.get(s.chair) == "for"
    return counted["for"] > counted["against"]
