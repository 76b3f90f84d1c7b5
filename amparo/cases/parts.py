"""How the parts of a case change with its events: sittings, what was agreed, consents, papers, support, rights.

An event about something that was taken back since changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from amparo.cases import runs
from amparo.cases.model import (
    Case,
    Consent,
    Event,
    Letter,
    Need,
    Notice,
    Obligation,
    Referral,
    Sealed,
    SittingState,
)

Apply = Callable[[Case, Event], Case]


def put(mapping: Mapping[str, Any], key: str, item: Any) -> dict[str, Any]:
    return {**mapping, key: item}


# ------------------------------------------------------------------------------------------------ sittings
def _sitting_set(case: Case, event: Event) -> Case:
    """A new sitting; one that was set or open before is kept among the earlier ones."""
    d = event.data
    made = SittingState(
        id=d["id"],
        kind=d["sitting"],
        body=d["body"],
        at=d["at"],
        place=d.get("place", ""),
        state="set",
        members=_members(d.get("members", {})),
        present=(),
        impeded={},
        recused=_recused_before(case),
        vacant=d.get("vacant", 0),
        chair=d.get("chair", ""),
        minutes="",
        opened=None,
        closed=None,
        seq=event.seq,
        by=event.actor,
    )
    before = (*case.sittings, case.sitting) if case.sitting else case.sittings
    return case._replace(sitting=made, sittings=before)


def _recused_before(case: Case) -> Mapping[str, str]:
    """Who was recused in this case stays so in its later sittings."""
    earlier = case.sitting or (case.sittings[-1] if case.sittings else None)
    return earlier.recused if earlier else {}


def _members(plain: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {who: tuple(qualities) for who, qualities in plain.items()}


def _sitting_opened(case: Case, event: Event) -> Case:
    d = event.data
    if case.sitting is None or case.sitting.id != d["id"]:
        case = _sitting_set(case, event._replace(data={"at": event.at, **d}))
    s = case.sitting
    assert s is not None
    members = {**s.members, **_members(d.get("members", {}))}
    present = tuple(who for who in d["present"] if who not in s.recused)
    opened = s._replace(
        state="open",
        opened=event.at if s.opened is None else s.opened,
        members=members,
        present=present,
        impeded=dict(d.get("impeded", {})),
        vacant=d.get("vacant", s.vacant),
        chair=d.get("chair") or s.chair,
        place=d.get("place") or s.place,
        seq=event.seq,
        by=event.actor,
    )
    return case._replace(sitting=opened)


def _sitting_changed(change: Callable[[SittingState, Event], SittingState]) -> Apply:
    def applied(case: Case, event: Event) -> Case:
        if case.sitting is None:
            return case
        return case._replace(sitting=change(case.sitting, event)._replace(seq=event.seq, by=event.actor))

    return applied


def _sitting_moved(s: SittingState, event: Event) -> SittingState:
    return s._replace(at=event.data["at"], place=event.data.get("place") or s.place)


def _recused(s: SittingState, event: Event) -> SittingState:
    who = event.data["who"]
    return s._replace(
        recused={**s.recused, who: event.data["code"]}, present=tuple(x for x in s.present if x != who)
    )


def _confirmed(s: SittingState, event: Event) -> SittingState:
    return s._replace(confirmed=(*s.confirmed, {"at": event.at, **event.data}))


def _sitting_closed(case: Case, event: Event) -> Case:
    s = case.sitting
    if s is None:
        return case
    done = s._replace(
        state="closed", closed=event.at, minutes=event.data.get("minutes", ""), seq=event.seq, by=event.actor
    )
    return case._replace(sitting=None, sittings=(*case.sittings, done))


# ------------------------------------------------------------------------------------------------ obligations
def _agreed(case: Case, event: Event) -> Case:
    d = event.data
    words = {"words": d["words"]} if d.get("words") else {}
    made = Obligation(
        d["id"],
        d["obligation"],
        "agreed",
        {**d.get("terms", {}), **words},
        d.get("whose", ""),
        d.get("due"),
        (),
        event.at,
    )
    return case._replace(obligations=put(case.obligations, made.id, made))


def _obliged(what: str, state: str) -> Apply:
    """An entry on an obligation, and the state that it leads to."""

    def applied(case: Case, event: Event) -> Case:
        old = case.obligations.get(event.data["id"])
        if old is None:
            return case
        entry = {"what": what, "at": event.at, "seq": event.seq, "by": event.actor, **event.data}
        new = old._replace(
            entries=(*old.entries, entry),
            state=state,
            whose=event.data.get("whose", ""),
        )
        if what == "varied":
            entry["was_due"] = old.due
            new = new._replace(
                terms={**old.terms, **event.data.get("terms", {})}, due=event.data.get("due", old.due)
            )
        return case._replace(obligations=put(case.obligations, old.id, new))

    return applied


# ------------------------------------------------------------------------------------------------ consents
def _consented(case: Case, event: Event) -> Case:
    d = event.data
    made = Consent(d["id"], d["consent"], d["to"], tuple(d["about"]), event.at, d.get("until"), None, "")
    return case._replace(consents=put(case.consents, made.id, made))


def _consent_confirmed(case: Case, event: Event) -> Case:
    old = case.consents.get(event.data["id"])
    return case._replace(consents=put(case.consents, old.id, old._replace(receipt=event.at))) if old else case


def _consent_over(how: str) -> Apply:
    def applied(case: Case, event: Event) -> Case:
        old = case.consents.get(event.data["id"])
        if old is None:
            return case
        return case._replace(consents=put(case.consents, old.id, old._replace(ended=event.at, how=how)))

    return applied


# ------------------------------------------------------------------------------------------------ papers
def _letter_due(case: Case, event: Event) -> Case:
    d = event.data
    copy = Letter(
        d["id"],
        d["letter"],
        d["to"],
        event.at,
        d["step_seq"],
        d.get("hour"),
        "due",
        None,
        None,
        "",
        "",
        d.get("language", ""),
    )
    return case._replace(letters=put(case.letters, copy.id, copy))


def _letter_changed(**change: Any) -> Apply:
    """A change of a copy that is there; of one that was taken back, nothing."""

    def applied(case: Case, event: Event) -> Case:
        old = case.letters.get(event.data["id"])
        if old is None:
            return case
        given = {k: event.data.get(k, getattr(old, k)) for k in ("how", "proof", "language")}
        at = {k: event.at for k, v in change.items() if v is None}
        return case._replace(letters=put(case.letters, old.id, old._replace(**{**change, **at, **given})))

    return applied


def _delivered(case: Case, event: Event) -> Case:
    """A term may run from receipt: `delivered <letter>` ends and begins clocks as a step does."""
    if event.data["id"] not in case.letters:
        return case
    case = _letter_changed(state="delivered", delivered=None)(case, event)
    return _trigger(case, f"delivered {event.data['letter']}", event.at)


def _trigger(case: Case, name: str, t: int) -> Case:
    return runs.begun(runs.ended(case, (name,), t), (name,), t)


def _notice_due(case: Case, event: Event) -> Case:
    d = event.data
    made = Notice(
        d["id"], d["notice"], d["to"], event.at, d["step_seq"], "due", None, None, "", d.get("ground", "")
    )
    return case._replace(notices=put(case.notices, made.id, made))


def _notice_changed(**change: Any) -> Apply:
    def applied(case: Case, event: Event) -> Case:
        old = case.notices.get(event.data["id"])
        if old is None:
            return case
        at = {k: event.at for k, v in change.items() if v is None}
        how = event.data.get("how", old.how)
        return case._replace(notices=put(case.notices, old.id, old._replace(**{**change, **at, "how": how})))

    return applied


# ------------------------------------------------------------------------------------------------ support, contact
def _needed(what: str) -> Apply:
    def applied(case: Case, event: Event) -> Case:
        d = event.data
        made = Need(
            d["id"],
            what,
            d["kind"],
            d.get("words", ""),
            d.get("answer", ""),
            tuple(d.get("audience", ())),
            event.actor,
            event.role,
            event.at,
        )
        return case._replace(needs=put(case.needs, made.id, made))

    return applied


def _referred(case: Case, event: Event) -> Case:
    d = event.data
    made = Referral(
        d["id"],
        d["kind"],
        d["to"],
        d.get("says", ""),
        d.get("consent", ""),
        event.at,
        d.get("due"),
        "sent",
        (),
        0,
        event.actor,
        event.role,
        tuple(d.get("audience", ())),
    )
    return case._replace(referrals=put(case.referrals, made.id, made))


def _answered(case: Case, event: Event) -> Case:
    old = case.referrals.get(event.data["id"])
    if old is None:
        return case
    answer = {"at": event.at, "seq": event.seq, "by": event.actor, "role": event.role, **event.data}
    new = old._replace(state=event.data["answer"], answers=(*old.answers, answer))
    case = case._replace(referrals=put(case.referrals, old.id, new))
    return _trigger(case, "answered refer", event.at)


def _asks_call(case: Case, event: Event) -> Case:
    """To be called first is no answer: the state stays, and the clock runs on."""
    old = case.referrals.get(event.data["id"])
    if old is None:
        return case
    asked = {"at": event.at, "seq": event.seq, "by": event.actor, "role": event.role, "answer": "call", **event.data}
    return case._replace(referrals=put(case.referrals, old.id, old._replace(answers=(*old.answers, asked))))


def _linked(case: Case, event: Event) -> Case:
    """The newest link alone opens anything."""
    old = case.referrals.get(event.data["id"])
    new = old and old._replace(link=Sealed(event.data["link"]), linked=event.at)
    return case._replace(referrals=put(case.referrals, new.id, new)) if new else case


def _chased(case: Case, event: Event) -> Case:
    old = case.referrals.get(event.data["id"])
    new = old and old._replace(chased=old.chased + 1)
    return case._replace(referrals=put(case.referrals, new.id, new)) if new else case


def _referral_ended(case: Case, event: Event) -> Case:
    old = case.referrals.get(event.data["id"])
    return case._replace(referrals=put(case.referrals, old.id, old._replace(state="ended"))) if old else case


def _contact(made: bool | None) -> Apply:
    """A try, a contact, or (None) what was written down after one of them."""
    return lambda case, event: case._replace(
        contacts=(
            *case.contacts,
            {"made": made, "at": event.at, "by": event.actor, "role": event.role, **event.data},
        )
    )


def _assigned(case: Case, event: Event) -> Case:
    return case._replace(assigned=put(case.assigned, event.data["role"], event.data["who"]))


def _unassigned(case: Case, event: Event) -> Case:
    return case._replace(assigned={k: v for k, v in case.assigned.items() if k != event.data["role"]})


def _right_asked(case: Case, event: Event) -> Case:
    made = {"at": event.at, "by": event.actor, "answered": None, "answer": "", **event.data}
    return case._replace(rights=put(case.rights, event.data["id"], made))


def _right_answered(case: Case, event: Event) -> Case:
    old = case.rights.get(event.data["id"])
    if old is None:
        return case
    made = {**old, "answered": event.at, "answer": event.data.get("words", "")}
    return case._replace(rights=put(case.rights, event.data["id"], made))


def same(case: Case, event: Event) -> Case:
    """An event that is kept and changes nothing in the state."""
    return case


PARTS: Mapping[str, Apply] = {
    "case.recused": _sitting_changed(_recused),
    "sitting.set": _sitting_set,
    "sitting.moved": _sitting_changed(_sitting_moved),
    "sitting.opened": _sitting_opened,
    "sitting.confirmed": _sitting_changed(_confirmed),
    "sitting.closed": _sitting_closed,
    "obligation.agreed": _agreed,
    "obligation.progressed": _obliged("progressed", "under_way"),
    "obligation.waiting": _obliged("waiting", "waiting"),
    "obligation.met": _obliged("met", "met"),
    "obligation.varied": _obliged("varied", "under_way"),
    "obligation.waived": _obliged("waived", "waived"),
    "obligation.breached": _obliged("breached", "breached"),
    "obligation.ended": _obliged("ended", "ended"),
    "consent.given": _consented,
    "consent.withdrawn": _consent_over("withdrawn"),
    "consent.ended": _consent_over("ended"),
    "consent.receipt": _consent_confirmed,
    "other.entered": same,
    "assignment.made": _assigned,
    "assignment.ended": _unassigned,
    "contact.tried": _contact(made=False),
    "contact.made": _contact(made=True),
    "contact.added": _contact(made=None),
    "letter.due": _letter_due,
    "letter.made": _letter_changed(state="made", made=None),
    "letter.delivered": _delivered,
    "letter.returned": _letter_changed(state="returned"),
    "notice.due": _notice_due,
    "notice.sent": _notice_changed(state="sent", sent=None),
    "notice.withheld": _notice_changed(state="withheld"),
    "notice.cancelled": _notice_changed(state="cancelled"),
    "notice.received": _notice_changed(state="received", received=None),
    "notice.corrected": same,
    "need.noted": _needed("need"),
    "advice.given": _needed("advice"),
    "help.offered": _needed("help"),
    "referral.sent": _referred,
    "referral.answered": _answered,
    "referral.asks_call": _asks_call,
    "referral.linked": _linked,
    "referral.chased": _chased,
    "referral.ended": _referral_ended,
    "right.asked": _right_asked,
    "right.answered": _right_answered,
}
