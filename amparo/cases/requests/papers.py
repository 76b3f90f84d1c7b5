"""Consents, letters and notices: given and withdrawn, made, delivered and returned, sent and received."""

from __future__ import annotations

from typing import Any

from amparo.cases import clocks, papers
from amparo.cases.model import Consent, Letter, Notice, Refusal
from amparo.cases.read import live_consents, newest_copies
from amparo.cases.requests.base import Wish, first, is_staff, need, no, reaches
from amparo.pathways import calendar
from amparo.pathways.model import ConsentKind, Length, SettingRef

SPEAK_FOR_ONESELF = ("person", "supporter", "lawyer", "harmed")


# ------------------------------------------------------------------------------------------------ consents
def consent(q: Wish) -> Refusal | None:
    """`do`: give, withdraw or end."""
    act = {
        "give": _give,
        "given": _give,
        "withdraw": _withdraw,
        "withdrawn": _withdraw,
        "end": _end,
        "ended": _end,
    }.get(q.text("do"))
    role = q.pathway.roles.get(q.role)
    own = role is not None and role.is_ in SPEAK_FOR_ONESELF
    if not (own or is_staff(q)) or not reaches(q):
        return no(q, "not_you", "verb")
    return no(q, "not_allowed", "kind", field="do", thing=q.text("do")) if act is None else act(q)


def _give(q: Wish) -> Refusal | None:
    """To one recipient, about a part of what the kind covers, for as long as it lasts."""
    kind = q.pathway.consents.get(q.text("kind"))
    refused = _not_given(q, kind)
    if refused is None and kind is not None:
        about = list(q.args.get("about") or kind.about)
        until = consent_until(q, kind)
        kept: dict[str, Any] = {"until": until} if until is not None else {}
        kept |= {"signature": q.text("signature")} if q.text("signature") else {}
        q.w.add_own(
            "consent.given", {"consent": q.text("kind"), "to": q.text("to"), "about": about, **kept}, "c"
        )
    return refused


def _not_given(q: Wish, kind: ConsentKind | None) -> Refusal | None:
    if kind is None or (kind.doors not in ("all",) and q.case.door not in kind.doors):
        return no(q, "not_allowed", "kind", field="kind", thing=q.text("kind"))
    wider = [x for x in q.args.get("about", ()) if x not in kind.about]
    if wider:
        return no(q, "not_allowed", "kind", basis=kind.basis, field="about", thing=", ".join(wider))
    return first(need(q, "to"), _form(q, kind))


def _form(q: Wish, kind: ConsentKind) -> Refusal | None:
    """An unset regime is treated as the strictest: a signature is needed."""
    if not isinstance(kind.regime, SettingRef) or q.case.settings.get(kind.regime.name) is not None:
        return None
    return need(q, "signature")


def consent_until(q: Wish, kind: ConsentKind) -> int | None:
    """Until when a consent of this kind lasts, epoch seconds: its own end, but never longer than the kind."""
    own = q.args.get("until")
    length = kind.lasts if isinstance(kind.lasts, Length | SettingRef) else None
    resolved = clocks.length_of(q.case, length) if length else None
    last = calendar.add(q.t, resolved, q.case.site.zone, q.case.site.holidays) if resolved else None
    return own if last is None else last if own is None else min(own, last)


def _withdraw(q: Wish) -> Refusal | None:
    return _over(q, "consent.withdrawn")


def _end(q: Wish) -> Refusal | None:
    return _over(q, "consent.ended")


def _over(q: Wish, event: str) -> Refusal | None:
    found = _live(q)
    if not found:
        return no(q, "no_such", thing=q.text("kind") or q.text("id"))
    for one in found:
        q.w.add(event, {"id": one.id, "consent": one.kind, "to": one.to})
    return None


def _live(q: Wish) -> tuple[Consent, ...]:
    """By its id; else all that live of the kind, or of the kind to one recipient."""
    if q.text("id"):
        one = q.case.consents.get(q.text("id"))
        return (one,) if one is not None and one.ended is None else ()
    live = live_consents(q.case, q.text("kind"), q.t)
    return tuple(c for c in live if not q.text("to") or c.to == q.text("to"))


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
    lacking = next((x for x in found if not papers.grounded(q.case, x.notice, q.t)), None)
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
