"""Consents: given, taken back, ended; and the receipt of whoever was told that one was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amparo.cases import clocks
from amparo.cases.model import Case, Consent, Refusal
from amparo.cases.read import live_consents, setting
from amparo.cases.requests.base import Wish, first, is_staff, need, no, reaches
from amparo.pathways import calendar
from amparo.pathways.model import ConsentKind, Length, Names, SettingRef, Text

SPEAK_FOR_ONESELF = ("person", "supporter", "lawyer")


def consent(q: Wish) -> Refusal | None:
    """`do`: give, withdraw, end, or receipt of the recipient of one that was withdrawn."""
    act = {
        "give": _give,
        "given": _give,
        "withdraw": _withdraw,
        "withdrawn": _withdraw,
        "end": _end,
        "ended": _end,
        "receipt": _receipt,
    }.get(q.text("do"))
    role = q.pathway.roles.get(q.role)
    own = role is not None and role.is_ in SPEAK_FOR_ONESELF
    if not (own or is_staff(q) or act is _receipt) or not reaches(q):
        return no(q, "not_you", "verb")
    return no(q, "not_allowed", "kind", field="do", thing=q.text("do")) if act is None else act(q)


# ------------------------------------------------------------------------------------------------ giving
def _give(q: Wish) -> Refusal | None:
    """To one recipient, about a part of what each kind covers, for as long as it lasts; all in one signing or none."""
    names = _listed(q.args.get("kind"))
    refused = first(_one_recipient(q), _alone(q, names), *(_not_given(q, name) for name in names))
    if refused is None and not names:
        refused = no(q, "not_allowed", "kind", field="kind", thing="")
    if refused is None:
        for name in names:
            _write(q, name, q.pathway.consents[name])
    return refused


def _listed(written: Any) -> Names:
    return (written.strip(),) if isinstance(written, str) else tuple(written or ())


def _write(q: Wish, name: str, kind: ConsentKind) -> None:
    asked = _listed(q.args.get("about"))
    about = [x for x in asked if _within(q, kind, x)] or list(kind.about)
    until = consent_until(q, kind)
    kept: dict[str, Any] = {"until": until} if until is not None else {}
    kept |= {"signature": q.text("signature")} if q.text("signature") else {}
    q.w.add_own("consent.given", {"consent": name, "to": q.text("to"), "about": about, **kept}, "c")


def _one_recipient(q: Wish) -> Refusal | None:
    """Exactly one organisation is named."""
    to = q.args.get("to")
    if to is not None and not isinstance(to, str):
        return no(q, "not_allowed", "one_recipient", field="to")
    return None


def _alone(q: Wish, names: Names) -> Refusal | None:
    """Some consents are never on one form with another."""
    kinds = q.pathway.consents
    lonely = next((n for n in names if n in kinds and kinds[n].alone), None)
    if len(names) < 2 or lonely is None:
        return None
    return no(q, "not_allowed", "alone", basis=kinds[lonely].basis, field="kind", thing=lonely)


def _not_given(q: Wish, name: str) -> Refusal | None:
    kind = q.pathway.consents.get(name)
    if kind is None:
        return no(q, "not_allowed", "kind", field="kind", thing=name)
    if not for_this_door(q, kind):
        return no(q, "not_allowed", "other_door", basis=kind.basis, field="kind", thing=name)
    if q.text("to") in q.pathway.roles and q.text("to") not in kind.to:
        return no(q, "not_allowed", "kind", basis=kind.basis, field="to", thing=q.text("to"))
    several = not isinstance(q.args.get("kind"), str)
    wider = [] if several else [x for x in _listed(q.args.get("about")) if not _within(q, kind, x)]
    if wider:
        return no(q, "not_allowed", "kind", basis=kind.basis, field="about", thing=", ".join(wider))
    return first(need(q, "to"), signed(q, kind))


def for_this_door(q: Wish, kind: ConsentKind) -> bool:
    """Is the kind for cases that came in as this one did?"""
    return kind.doors == "all" or q.case.door in kind.doors


def _within(q: Wish, kind: ConsentKind, name: str) -> bool:
    """A class or fact that the kind covers: as it is written there, or a fact of a class that is."""
    fact = q.pathway.facts.get(name)
    return name in kind.about or (fact is not None and not fact.about and fact.class_ in kind.about)


def signed(q: Wish, kind: ConsentKind) -> Refusal | None:
    """While nobody has settled that the strict form is not asked, it is: then a signature is needed."""
    return need(q, "signature") if strict(q.case, kind, q.t) else None


def strict(case: Case, kind: ConsentKind, t: int) -> bool:
    """Does the strict form of this consent apply? While nobody has settled that it does not, it does."""
    return isinstance(kind.regime, SettingRef) and setting(case, kind.regime.name, t) is not False


def law_adds(case: Case, kind: str, t: int) -> Text:
    """The sentence that the law lets travel with everything told under this kind of consent; {} where there is none,
    or where its regime does not apply.
    """
    found = case.pathway.consents[kind]
    return found.adds if found.adds and strict(case, found, t) else {}


def consent_until(q: Wish, kind: ConsentKind) -> int | None:
    """Until when a consent of this kind lasts, epoch seconds: its own end, but never longer than the kind."""
    own, last = q.args.get("until"), lasts_until(q.case, kind, q.t)
    return own if last is None else last if own is None else min(own, last)


def lasts_until(case: Case, kind: ConsentKind, t: int) -> int | None:
    """The latest end of a consent of this kind given at t; None where an event ends it."""
    length = kind.lasts if isinstance(kind.lasts, Length | SettingRef) else None
    resolved = clocks.length_of(case, length) if length else None
    return calendar.add(t, resolved, case.site.zone, case.site.holidays) if resolved else None


# ------------------------------------------------------------------------------------------------ ending
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


def _receipt(q: Wish) -> Refusal | None:
    """The recipient says that it knows: nothing more is used on the strength of it. Typed in by staff, or its own."""
    found = [c for c in unconfirmed(q) if not q.text("to") or c.to == q.text("to")]
    if not found:
        return no(q, "no_such", thing=q.text("kind") or q.text("id"))
    if not is_staff(q) and any(q.role not in q.pathway.consents[c.kind].to for c in found):
        return no(q, "not_you", "verb")
    kept = {"receipt": q.text("receipt")} if q.text("receipt") else {}
    for one in found:
        q.w.add("consent.receipt", {"id": one.id, "consent": one.kind, "to": one.to, **kept})
    return None


def unconfirmed(q: Wish) -> Iterator[Consent]:
    """Withdrawn, and not yet confirmed by the recipient: the one named by its id, or of the kind."""
    for c in q.case.consents.values():
        named = c.id == q.text("id") if q.text("id") else c.kind == q.text("kind")
        if named and c.how == "withdrawn" and c.receipt is None:
            yield c
