"""Letters and notices: made, delivered and returned, sent and received."""

from __future__ import annotations

from amparo.cases import papers
from amparo.cases.model import Letter, Notice, Refusal
from amparo.cases.read import newest_copies
from amparo.cases.requests.base import Wish, is_staff, need, no, reaches


# ------------------------------------------------------------------------------------------------ letters
def make(q: Wish) -> Refusal | None:
    """A letter was rendered: those bytes are kept from now on."""
    return _on_copies(q, "letter.made", ("due",), ("language",))


def deliver(q: Wish) -> Refusal | None:
    """A letter reached its addressee: how, and with which proof."""
    return need(q, "how") or _on_copies(q, "letter.delivered", ("due", "made", "returned"), ("how", "proof"))


def returned(q: Wish) -> Refusal | None:
    return _on_copies(q, "letter.returned", ("due", "made", "delivered"), ("how", "proof"))


def _on_copies(q: Wish, event: str, states: tuple[str, ...], keys: tuple[str, ...]) -> Refusal | None:
    copies = tuple(x for x in _copies(q) if x.state in states)
    if not copies:
        return no(q, "no_such", thing=q.text("letter") or q.text("id"))
    if not (_own(q, copies) or is_staff(q)) or not reaches(q):
        return no(q, "not_you", "verb")
    kept = {k: q.args[k] for k in keys if q.args.get(k)}
    for x in copies:
        q.w.add(event, {"id": x.id, "letter": x.letter, "to": x.to, **kept})
    return None


def _copies(q: Wish) -> tuple[Letter, ...]:
    """By id; else the newest of that letter, for the addressee named, or the person, or everybody."""
    if q.text("id"):
        one = q.case.letters.get(q.text("id"))
        return (one,) if one is not None else ()
    newest = newest_copies(q.case, q.text("letter"), q.t)
    to = q.text("to") or ("person" if any(x.to == "person" for x in newest) else "")
    return tuple(x for x in newest if not to or x.to == to)


def _own(q: Wish, copies: tuple[Letter, ...]) -> bool:
    """Letters of a step that the actor took."""
    mine = {x.seq for all_ in q.case.taken.values() for x in all_ if x.actor == q.actor}
    return all(x.step_seq in mine for x in copies)


# ------------------------------------------------------------------------------------------------ notices
def send(q: Wish) -> Refusal | None:
    """An outside party was told; only while the ground holds, else the notice is withheld."""
    found = _notices(q, ("due", "withheld"))
    if not found:
        return no(q, "no_such", thing=q.text("notice") or q.text("id"))
    if not is_staff(q) or not reaches(q):
        return no(q, "not_you", "verb")
    lacking = next((x for x in found if not papers.grounded(q.case, x.notice, q.t, x.to)), None)
    if lacking is not None:
        return no(q, "missing", "consent", field="consent", consent=lacking.ground.removeprefix("consent "))
    how = {"how": q.text("how")} if q.text("how") else {}
    for x in found:
        q.w.add("notice.sent", {"id": x.id, "notice": x.notice, "to": x.to, **how})
    return None


def receive(q: Wish) -> Refusal | None:
    """The receipt of a notice that was sent."""
    found = _notices(q, ("sent",))
    if not found:
        return no(q, "no_such", thing=q.text("notice") or q.text("id"))
    role = q.pathway.roles.get(q.role)
    if not (is_staff(q) or (role is not None and all(x.to == q.role for x in found))) or not reaches(q):
        return no(q, "not_you", "verb")
    receipt = {"receipt": q.text("receipt")} if q.text("receipt") else {}
    for x in found:
        q.w.add("notice.received", {"id": x.id, "notice": x.notice, "to": x.to, **receipt})
    return None


def _notices(q: Wish, states: tuple[str, ...]) -> tuple[Notice, ...]:
    """By id; else the newest of that notice in one of these states."""
    if q.text("id"):
        one = q.case.notices.get(q.text("id"))
        return (one,) if one is not None and one.state in states else ()
    named = [x for x in q.case.notices.values() if x.notice == q.text("notice") and x.state in states]
    named = [x for x in named if not q.text("to") or x.to == q.text("to")]
    newest = max((x.step_seq for x in named), default=0)
    return tuple(x for x in named if x.step_seq == newest)
