"""The routine of every pathway: who works on a case, contact, links, holds, deaths, moves, and the rights of the
person.
"""

from __future__ import annotations

from typing import Any

from amparo.cases import effects, places
from amparo.cases.index import HOUSE_STEPS
from amparo.cases.model import Refusal, Room
from amparo.cases.requests.base import HOUSE, Wish, first, is_staff, need, no, reaches, running, staff

KEEPERS = frozenset({"privacy_officer", "manager", "coordinator"})
"""Platform roles that set and end a legal hold."""

LINKS = ("later_occurrence", "joined", "same_event", "transferred_from")
RIGHTS = ("object", "ask_correction")


def assign(q: Wish) -> Refusal | None:
    """Somebody takes the case on in a role: the actor themselves, or `who` in `role`."""
    refused = first(staff(q), running(q))
    if refused is None:
        role, who = q.text("role") or q.role, q.text("who") or q.actor
        if role not in q.pathway.roles:
            return no(q, "not_allowed", "kind", field="role", thing=role)
        full = next((name for name in places.of_worker(q.case, role) if _is_full(q, name)), "")
        if full and q.case.assigned.get(role) != who:
            return no(q, "no_place", "worker", basis=q.pathway.places[full].basis, field="who", place=full)
        if q.case.assigned.get(role) not in (None, who):
            q.w.add("assignment.ended", {"role": role, "who": q.case.assigned[role]})
        q.w.add("assignment.made", {"role": role, "who": who})
    return refused


def _is_full(q: Wish, name: str) -> bool:
    """Does whoever is to take the case on carry as many as one may? Who may waive it does so with a reason."""
    waived = q.role in q.pathway.places[name].waived_by and bool(q.w.request.reasons.strip() or q.text("reason"))
    return q.w.request.world.places.get(name, Room()).free == 0 and not waived


def unassign(q: Wish) -> Refusal | None:
    refused, role = staff(q), q.text("role") or q.role
    if refused is None and role not in q.case.assigned:
        return no(q, "no_such", thing=role)
    if refused is None:
        q.w.add("assignment.ended", {"role": role, "who": q.case.assigned[role]})
    return refused


def contact(q: Wish) -> Refusal | None:
    """`do`: tried or made. A try is no contact."""
    refused = first(staff(q), need(q, "channel"))
    if refused is None:
        made = q.text("do") == "made"
        kept = {k: q.args[k] for k in ("result", "next", "where", "words") if q.args.get(k)}
        q.w.add("contact.made" if made else "contact.tried", {"channel": q.text("channel"), **kept})
    return refused


def add_to_contact(q: Wish) -> Refusal | None:
    """What is wanted after a contact or a try: words, a place, a day for what is next. It is neither itself."""
    kept = {k: q.args[k] for k in ("next", "where", "words") if q.args.get(k)}
    refused = first(staff(q), None if kept else need(q, "words"))
    if refused is None:
        q.w.add("contact.added", kept)
    return refused


def link(q: Wish) -> Refusal | None:
    refused = first(staff(q), need(q, "other"))
    if refused is None and q.text("kind") not in LINKS:
        return no(q, "not_allowed", "kind", field="kind", thing=q.text("kind"))
    if refused is None:
        leads = {"leads": bool(q.args["leads"])} if "leads" in q.args else {}
        q.w.add("case.linked", {"kind": q.text("kind"), "other": q.text("other"), **leads})
    return refused


# ------------------------------------------------------------------------------------------------ holds
def hold(q: Wish) -> Refusal | None:
    """A legal hold: nothing goes on and nothing is erased."""
    refused = first(_keeper(q), need(q, "rule"))
    if refused is None:
        q.w.add("case.held", {"rule": q.text("rule")})
    return refused


def release(q: Wish) -> Refusal | None:
    if not q.case.hold:
        return no(q, "no_such", thing="hold")
    refused = _keeper(q)
    if refused is None:
        q.w.add("case.released", {"rule": q.text("rule") or q.case.hold})
    return refused


def _keeper(q: Wish) -> Refusal | None:
    role = q.pathway.roles.get(q.role)
    return (
        None
        if role is not None and role.is_ in KEEPERS and reaches(q)
        else no(q, "not_you", "verb", basis=HOUSE)
    )


# ------------------------------------------------------------------------------------- steps of every pathway
def house_step(q: Wish) -> Refusal | None:
    """A step of every pathway: death, move, channel, cover, safety. It changes no stage."""
    refused = staff(q) or (no(q, "not_here", "died", basis=HOUSE) if q.case.died else None)
    if refused is None:
        seq = q.w.next_seq
        words: dict[str, Any] = {
            k: v for k, v in q.args.items() if v and k in ("words", "to", "channel", "who", "times")
        }
        q.w.add(
            "step.taken",
            {
                "step": q.verb,
                "from": q.case.stage,
                "to": q.case.stage,
                "terms": {},
                "rests_on": {},
                "causes": [seq, seq],
                **words,
            },
        )
        effects.end_consents(q.w, q.verb)
    return refused


# ------------------------------------------------------------------------------------------------ rights
def right(q: Wish) -> Refusal | None:
    """The person objects, or asks that something be put right; staff may write it down for them."""
    role = q.pathway.roles.get(q.role)
    if not (
        is_staff(q) or (role is not None and role.is_ in ("person", "supporter", "lawyer"))
    ) or not reaches(q):
        return no(q, "not_you", "verb")
    refused = need(q, "words")
    if refused is None:
        q.w.add_own("right.asked", {"right": q.verb, "words": q.text("words")}, "q")
    return refused


def answer_right(q: Wish) -> Refusal | None:
    found = q.case.rights.get(q.text("id"))
    if found is None:
        return no(q, "no_such", thing=q.text("id"))
    refused = first(staff(q), need(q, "words"))
    if refused is None:
        q.w.add("right.answered", {"id": q.text("id"), "right": found["right"], "words": q.text("words")})
    return refused


__all__ = [
    "HOUSE_STEPS",
    "RIGHTS",
    "add_to_contact",
    "answer_right",
    "assign",
    "contact",
    "hold",
    "house_step",
    "link",
    "release",
    "right",
    "unassign",
]
