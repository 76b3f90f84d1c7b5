"""From events to the state of a case. `apply` takes one event into the next state and never refuses.

What a step takes back (`step.annulled`) is left out as if it had never been; its place in the numbering stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    Site,
    SittingState,
    Taken,
    Telling,
)
from amparo.errors import UnknownEvent
from amparo.pathways import values
from amparo.pathways.model import Names, Pathway

Apply = Callable[[Case, Event], Case]


def fold(pathway: Pathway, site: Site, events: Iterable[Event], start: Case | None = None) -> Case:
    """The state after these events; `start` is the state before the first of them, None for a whole log.

    Raises `UnknownEvent` for a kind that this version does not know, ValueError for an empty log, and for an annulment
    folded onto a `start`: what was taken back can only be left out of a whole log.
    """
    log = tuple(events)
    annulled = frozenset(seq for e in log if e.kind == "step.annulled" for seq in e.data["seqs"])
    if annulled and start is not None:
        raise ValueError("an annulment is folded from the whole log")
    case = start
    for event in log:
        case = _passed(case, event) if event.seq in annulled else apply(pathway, site, case, event)
    if case is None:
        raise ValueError("a case begins with an event")
    return case._replace(annulled=case.annulled | annulled) if annulled else case


def _passed(case: Case | None, event: Event) -> Case | None:
    return case and case._replace(seq=event.seq)


def apply(pathway: Pathway, site: Site, case: Case | None, event: Event) -> Case:
    """The state after one more event."""
    if case is None:
        return _opened(pathway, site, event)
    change = APPLY.get(event.kind)
    if change is None:
        raise UnknownEvent(
            f"this version knows no event '{event.kind}' (entry {event.seq} of case {event.case})"
        )
    return change(case, event)._replace(seq=event.seq)


# ------------------------------------------------------------------------------------------------ the case as a whole
def _opened(pathway: Pathway, site: Site, event: Event) -> Case:
    if event.kind != "case.opened":
        raise UnknownEvent(f"a case begins with case.opened, not with '{event.kind}'")
    data = event.data
    return Case(
        pathway=pathway,
        site=site._replace(code=data["site"], zone=data["zone"]),
        id=event.case,
        door=data["door"],
        settings=_settings(pathway, data["settings"]),
        seq=event.seq,
        opened_at=event.at,
        stage="",
        stage_since=event.at,
        stage_before="",
        tellings={},
        runs={},
        not_watched={},
        obligations={},
        consents={},
        taken={},
        last={},
        sitting=None,
        sittings=(),
        assigned={},
        letters={},
        notices={},
        needs={},
        referrals={},
        contacts=(),
        links=(),
        hold="",
        annulled=frozenset(),
        unmet=(),
        flags=(),
        rights={},
        died=False,
        erased=False,
    )


def _settings(pathway: Pathway, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Held values of resolved settings; one that this version no longer has is left out."""
    known = pathway.settings
    return {name: values.decode(known[name].type, v) for name, v in plain.items() if name in known}


def _received(case: Case, event: Event) -> Case:
    """The file arrived at another site: new runs use its zone and settings, running ones keep theirs."""
    site = case.site._replace(code=event.data["site"], zone=event.data["zone"])
    settings = _settings(case.pathway, event.data.get("settings", {}))
    return case._replace(site=site, settings=settings, to_site="")


def _transferred(case: Case, event: Event) -> Case:
    return case._replace(assigned={}, to_site=event.data["site"])


def _same(case: Case, event: Event) -> Case:
    return case


def _set(**fixed: Any) -> Apply:
    return lambda case, event: case._replace(**fixed)


def _put(mapping: Mapping[str, Any], key: str, item: Any) -> dict[str, Any]:
    return {**mapping, key: item}


# ------------------------------------------------------------------------------------------------ facts
def _told(case: Case, event: Event) -> Case:
    d = event.data
    telling = Telling(
        event.seq, d.get("as_of", event.at), d.get("value"), d.get("nothing", ""), d["given_by"], event.actor
    )
    flagged = _learnt(case, d["fact"], telling) if telling.as_of < event.at else case.flags
    earlier = case.tellings.get(d["fact"], ())
    return case._replace(tellings=_put(case.tellings, d["fact"], (*earlier, telling)), flags=flagged)


def _corrected(case: Case, event: Event) -> Case:
    """The new value stands in the place of the corrected one, as of the same time."""
    d = event.data
    name, tellings = d["fact"], []
    for old in case.tellings.get(name, ()):
        tellings.append(old._replace(corrected=True) if old.seq == d["seq"] else old)
        if old.seq == d["seq"]:
            tellings.append(
                Telling(
                    event.seq, old.as_of, d.get("value"), d.get("nothing", ""), d["given_by"], event.actor
                )
            )
    rested = [
        _flag(name, step, taken)
        for step, taken in _rested(case, name)
        if taken.data["rests_on"][name] == d["seq"]
    ]
    return case._replace(tellings=_put(case.tellings, name, tuple(tellings)), flags=(*case.flags, *rested))


def _rested(case: Case, fact: str) -> Iterable[tuple[str, Taken]]:
    return ((s, x) for s, all_ in case.taken.items() for x in all_ if fact in x.data.get("rests_on", {}))


def _learnt(case: Case, fact: str, telling: Telling) -> tuple[Mapping[str, Any], ...]:
    """Flags for decisions that rested on another value of what has now been learnt of that time."""
    found = []
    for step, taken in _rested(case, fact):
        relied = next((x for x in case.tellings[fact] if x.seq == taken.data["rests_on"][fact]), None)
        if relied and relied.as_of <= telling.as_of <= taken.at and relied.value != telling.value:
            found.append(_flag(fact, step, taken))
    return (*case.flags, *found)


def _flag(fact: str, step: str, taken: Taken) -> Mapping[str, Any]:
    return {"what": "learnt_otherwise", "fact": fact, "step": step, "seq": taken.seq}


# ------------------------------------------------------------------------------------------------ steps
def _taken(case: Case, event: Event) -> Case:
    d = event.data
    step, to = d["step"], d["to"]
    taken = Taken(
        event.seq,
        event.at,
        event.actor,
        event.role,
        d.get("terms", {}),
        d["from"],
        to,
        d.get("reasons", ""),
        d,
    )
    case = case._replace(
        taken=_put(case.taken, step, (*case.taken.get(step, ()), taken)),
        last=_put(case.last, d["choice"], step) if d.get("choice") else case.last,
        settings={**case.settings, **_settings(case.pathway, d["settings"])}
        if d.get("settings")
        else case.settings,
        unmet=(*case.unmet, *({"step": step, "seq": event.seq, **flag} for flag in d.get("unmet", ()))),
    )
    if step in _HOUSE:
        return _HOUSE[step](case, event)
    return _moved(case, event, step, to)


def _moved(case: Case, event: Event, step: str, to: str) -> Case:
    """Sections 2, 3 and 5 of the fold: clocks end, the stage changes, clocks begin."""
    entered = to if to != case.stage else ""
    triggers = (step, *((f"enter {to}",) if entered else ()), *_silent(case, event, step))
    case = runs.ended(case, triggers, event.at)
    if entered:
        case = case._replace(stage=to, stage_since=event.at, stage_before=case.stage)
        case = runs.entered(case, event.at)
    return runs.begun(case, triggers, event.at)


def _silent(case: Case, event: Event, step: str) -> Names:
    """`silent <fact>`: the facts of which this very step wrote down that nobody answered."""
    asked = case.pathway.steps[step].asks if step in case.pathway.steps else ()
    newest = ((ask.fact, case.tellings.get(ask.fact, ())[-1:]) for ask in asked if "no_answer" in ask.may_be)
    return tuple(
        f"silent {fact}"
        for fact, told in newest
        if told and told[0].nothing == "no_answer" and told[0].as_of == event.at
    )


def _died(case: Case, event: Event) -> Case:
    """Every run is cancelled, every message stopped."""
    stopped = {name: runs.cancelled(all_, event.at) for name, all_ in case.runs.items()}
    letters = {
        k: x._replace(state="cancelled") if x.state in ("due", "made") else x for k, x in case.letters.items()
    }
    notices = {k: x._replace(state="cancelled") if x.state == "due" else x for k, x in case.notices.items()}
    return case._replace(runs=stopped, letters=letters, notices=notices, died=True)


def _noted(case: Case, event: Event) -> Case:
    return case._replace(notes=(*case.notes, {"at": event.at, "by": event.actor, **event.data}))


_HOUSE: Mapping[str, Apply] = {
    "record_death": _died,
    "record_move": _noted,
    "change_channel": _noted,
    "cover": _noted,
    "note_safety": _noted,
}


# ------------------------------------------------------------------------------------------------ clocks
def _warned(case: Case, event: Event) -> Case:
    return runs.marked(case, event.data, warned=True)


def _expired(case: Case, event: Event) -> Case:
    return runs.marked(case, event.data, expired=True)


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
    return case._replace(obligations=_put(case.obligations, made.id, made))


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
            new = new._replace(
                terms={**old.terms, **event.data.get("terms", {})}, due=event.data.get("due", old.due)
            )
        return case._replace(obligations=_put(case.obligations, old.id, new))

    return applied


# ------------------------------------------------------------------------------------------------ consents
def _consented(case: Case, event: Event) -> Case:
    d = event.data
    made = Consent(d["id"], d["consent"], d["to"], tuple(d["about"]), event.at, d.get("until"), None, "")
    return case._replace(consents=_put(case.consents, made.id, made))


def _consent_over(how: str) -> Apply:
    def applied(case: Case, event: Event) -> Case:
        old = case.consents.get(event.data["id"])
        if old is None:
            return case
        return case._replace(consents=_put(case.consents, old.id, old._replace(ended=event.at, how=how)))

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
    return case._replace(letters=_put(case.letters, copy.id, copy))


def _letter_changed(**change: Any) -> Apply:
    """A change of a copy that is there; of one that was taken back, nothing."""

    def applied(case: Case, event: Event) -> Case:
        old = case.letters.get(event.data["id"])
        if old is None:
            return case
        given = {k: event.data.get(k, getattr(old, k)) for k in ("how", "proof", "language")}
        at = {k: event.at for k, v in change.items() if v is None}
        return case._replace(letters=_put(case.letters, old.id, old._replace(**{**change, **at, **given})))

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
    return case._replace(notices=_put(case.notices, made.id, made))


def _notice_changed(**change: Any) -> Apply:
    def applied(case: Case, event: Event) -> Case:
        old = case.notices.get(event.data["id"])
        if old is None:
            return case
        at = {k: event.at for k, v in change.items() if v is None}
        how = event.data.get("how", old.how)
        return case._replace(notices=_put(case.notices, old.id, old._replace(**{**change, **at, "how": how})))

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
        return case._replace(needs=_put(case.needs, made.id, made))

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
    return case._replace(referrals=_put(case.referrals, made.id, made))


def _answered(case: Case, event: Event) -> Case:
    old = case.referrals.get(event.data["id"])
    if old is None:
        return case
    answer = {"at": event.at, "seq": event.seq, "by": event.actor, "role": event.role, **event.data}
    new = old._replace(state=event.data["answer"], answers=(*old.answers, answer))
    case = case._replace(referrals=_put(case.referrals, old.id, new))
    return _trigger(case, "answered refer", event.at)


def _chased(case: Case, event: Event) -> Case:
    old = case.referrals.get(event.data["id"])
    new = old and old._replace(chased=old.chased + 1)
    return case._replace(referrals=_put(case.referrals, new.id, new)) if new else case


def _referral_ended(case: Case, event: Event) -> Case:
    old = case.referrals.get(event.data["id"])
    return case._replace(referrals=_put(case.referrals, old.id, old._replace(state="ended"))) if old else case


def _contact(made: bool) -> Apply:
    return lambda case, event: case._replace(
        contacts=(
            *case.contacts,
            {"made": made, "at": event.at, "by": event.actor, "role": event.role, **event.data},
        )
    )


def _assigned(case: Case, event: Event) -> Case:
    return case._replace(assigned=_put(case.assigned, event.data["role"], event.data["who"]))


def _unassigned(case: Case, event: Event) -> Case:
    return case._replace(assigned={k: v for k, v in case.assigned.items() if k != event.data["role"]})


def _right_asked(case: Case, event: Event) -> Case:
    made = {"at": event.at, "by": event.actor, "answered": None, "answer": "", **event.data}
    return case._replace(rights=_put(case.rights, event.data["id"], made))


def _right_answered(case: Case, event: Event) -> Case:
    old = case.rights.get(event.data["id"])
    if old is None:
        return case
    made = {**old, "answered": event.at, "answer": event.data.get("words", "")}
    return case._replace(rights=_put(case.rights, event.data["id"], made))


APPLY: Mapping[str, Apply] = {
    "case.linked": lambda case, e: case._replace(links=(*case.links, {"at": e.at, **e.data})),
    "case.transferred": _transferred,
    "case.received": _received,
    "case.held": lambda case, e: case._replace(hold=e.data.get("rule") or "held"),
    "case.released": _set(hold=""),
    "case.erased": _set(erased=True),
    "case.recused": _sitting_changed(_recused),
    "fact.told": _told,
    "fact.corrected": _corrected,
    "step.taken": _taken,
    "step.annulled": _same,
    "clock.warned": _warned,
    "clock.expired": _expired,
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
    "assignment.made": _assigned,
    "assignment.ended": _unassigned,
    "contact.tried": _contact(made=False),
    "contact.made": _contact(made=True),
    "letter.due": _letter_due,
    "letter.made": _letter_changed(state="made", made=None),
    "letter.delivered": _delivered,
    "letter.returned": _letter_changed(state="returned"),
    "notice.due": _notice_due,
    "notice.sent": _notice_changed(state="sent", sent=None),
    "notice.withheld": _notice_changed(state="withheld"),
    "notice.received": _notice_changed(state="received", received=None),
    "notice.corrected": _same,
    "need.noted": _needed("need"),
    "advice.given": _needed("advice"),
    "help.offered": _needed("help"),
    "referral.sent": _referred,
    "referral.answered": _answered,
    "referral.chased": _chased,
    "referral.ended": _referral_ended,
    "right.asked": _right_asked,
    "right.answered": _right_answered,
}
