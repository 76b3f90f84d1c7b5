"""Told to medical staff in an emergency; asked for by legal demand. Steps of every pathway, with fields of their own.

Neither opens anything: nobody comes to see more of a case because somebody demands it, and what was told in an
emergency was told by word of mouth. Whoever answers for privacy looks at each afterwards.
"""

from __future__ import annotations

from amparo.cases import exceptional
from amparo.cases.exceptional import Kept
from amparo.cases.model import Refusal
from amparo.cases.requests.base import HOUSE, STAFF, Wish, first, need, no, reaches, staff
from amparo.pathways import calendar, values

KEEPERS = frozenset({"privacy_officer", "manager", "coordinator"})
"""Platform roles that answer a legal demand and look at what was told in an emergency."""
PRESENT = STAFF | {"officer", "provider"}
"""Platform roles of those who may be with somebody in an emergency."""
ANSWERS = ("refused", "part", "complied")


# ------------------------------------------------------------------------------------------------ emergency
def emergency_disclosure(q: Wish) -> Refusal | None:
    """To medical staff: to whom, what, and why it could not wait."""
    refused = first(_with_them(q), *(need(q, name) for name in ("to", "what", "why")))
    if refused is None:
        kept = {name: q.text(name) for name in ("to", "what", "why")}
        q.w.add_own("disclosure.made", {"kind": q.verb, **kept}, "e")
    return refused


def _with_them(q: Wish) -> Refusal | None:
    role = q.pathway.roles.get(q.role)
    present = role is not None and role.is_ in PRESENT and reaches(q)
    return None if present else no(q, "not_you", "verb", basis=HOUSE)


def review_disclosure(q: Wish) -> Refusal | None:
    """Looked at afterwards: was it needed, was it as little as would do, what follows from it."""
    found = _one(q, exceptional.unreviewed(q.case))
    if found is None:
        return no(q, "no_such", thing=q.text("id") or q.text("to"))
    refused = first(_keeper(q), need(q, "words"))
    if refused is None:
        q.w.add(
            "disclosure.reviewed",
            {"kind": q.verb, "id": found["id"], "to": found["to"], "words": q.text("words")},
        )
    return refused


# ------------------------------------------------------------------------------------------------ legal demand
def legal_demand(q: Wish) -> Refusal | None:
    """Somebody asks under a law: who, under what, what, until when. It waits in a queue; nothing is opened."""
    refused = first(staff(q), *(need(q, name) for name in ("from", "under", "what")))
    if refused is not None:
        return refused
    try:
        due = _due(q)
    except ValueError:
        return no(q, "not_allowed", "kind", field="due", thing=q.text("due"))
    kept = {"asker": q.text("from"), "under": q.text("under"), "what": q.text("what"), "due": due}
    q.w.add_own("demand.received", {"kind": q.verb, **kept}, "d")
    return None


def _due(q: Wish) -> int | None:
    """The day until which an answer is asked, as its last second. Raises ValueError for what is no day."""
    due = q.text("due")
    return calendar.last_second(values.parse_date(due), q.case.site.zone) if due else None


def answer_demand(q: Wish) -> Refusal | None:
    """Refused, complied with in part, or complied with; and in which words."""
    found = _one(q, exceptional.open_demands(q.case))
    if found is None:
        return no(q, "no_such", thing=q.text("id") or "demand")
    if q.text("answer") not in ANSWERS:
        return no(q, "not_allowed", "kind", field="answer", thing=q.text("answer"))
    refused = first(_keeper(q), need(q, "words"))
    if refused is None:
        kept = {"id": found["id"], "answer": f"demand_{q.text('answer')}", "words": q.text("words")}
        q.w.add("demand.answered", {"kind": q.verb, **kept, "asker": found["asker"]})
    return refused


# ------------------------------------------------------------------------------------------------ both
def _keeper(q: Wish) -> Refusal | None:
    role = q.pathway.roles.get(q.role)
    keeps = role is not None and role.is_ in KEEPERS and reaches(q)
    ways = tuple(("role", name) for name, found in q.pathway.roles.items() if found.is_ in KEEPERS)
    return None if keeps else no(q, "not_you", "verb", basis=HOUSE, instead=ways)


def _one(q: Wish, waiting: tuple[Kept, ...]) -> Kept | None:
    """By its id; else the newest that waits, to the party named if one is."""
    if q.text("id"):
        return next((x for x in waiting if x["id"] == q.text("id")), None)
    fits = [x for x in waiting if not q.text("to") or x.get("to") == q.text("to")]
    return max(fits, key=lambda x: int(x["at"]), default=None)
