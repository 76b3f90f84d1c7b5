"""What happened, as somebody may read it: which entries of the log, in whose name, with which words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from amparo.cases import about, read
from amparo.cases.model import Case, Event, Site
from amparo.lens import court, own, sight
from amparo.lens.model import Entry, Subject, Viewer
from amparo.pathways.model import Pathway

Pairs = tuple[tuple[str, str], ...]
Question = Callable[[Pathway, Case, Event, Viewer], bool]
OFFICE = "office"
"""Whoever wrote something, to a viewer who may not know who it was."""


def timeline(
    pathway: Pathway, site: Site, case: Case, events: Iterable[Event], viewer: Viewer
) -> tuple[Entry, ...]:
    """The entries of a log that this viewer may read, who may see the case."""
    return tuple(
        _entry(pathway, site, case, e, viewer) for e in events if event_seen(pathway, case, e, viewer)
    )


def event_seen(pathway: Pathway, case: Case, event: Event, viewer: Viewer) -> bool:
    """May this viewer read that this entry exists?"""
    if not _may_know(pathway, event, viewer):
        return False
    group = event.kind.split(".")[0]
    question = _EVENTS.get(event.kind) or _EVENTS.get(group)
    return bool(question and question(pathway, case, event, viewer))


def _may_know(pathway: Pathway, event: Event, viewer: Viewer) -> bool:
    """An entry to or of another person in the case stands only for who may know of them; a step of which only the
    words quote them stands for others too, without its words."""
    other = about.party_of(pathway, event)
    if sight.is_harmed(pathway, viewer.role):
        return other == viewer.role and event.kind != "step.taken"
    return not other or event.kind == "step.taken" or sight.knows_of(pathway, viewer.role, other)


def _quoted(pathway: Pathway, event: Event, viewer: Viewer) -> bool:
    """Do the words of this entry quote another person, of whom the viewer may not know?"""
    other = about.party_of(pathway, event)
    return bool(other) and not sight.knows_of(pathway, viewer.role, other)


def _opened_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    return sight.stage_open_or_closed(p, v.role) or e.actor == v.account


def _told_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    """Who told a fact says where a case came from: an outside party reads the fact, and only its own tellings."""
    if not sight.reads_all(p, v.role) and e.actor != v.account:
        return False
    return sight.fact_seen(p, c, v, Subject("fact", e.data["fact"], own.told_by(e)))


def _step_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    return sight.step_named(p, v, e.data["step"], e.actor)


def _clock_event_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    return sight.clock_seen(p, v.role, e.data["clock"])


def _obligation_event_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    kind = e.data.get("obligation") or c.obligations[e.data["id"]].kind
    return sight.obligation_seen(p, c, v, kind)


def _consent_event_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    held = c.consents.get(e.data.get("id", ""))
    kind, to = (
        (held.kind, held.to)
        if held
        else (e.data.get("consent", e.data.get("kind", "")), e.data.get("to", ""))
    )
    return sight.consent_seen(p, v, kind, to)


def _letter_event_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    letter = e.data.get("letter") or c.letters[e.data["id"]].letter
    return sight.letter_seen(p, v, letter, e.actor)


def _notice_event_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    notice = e.data.get("notice") or c.notices[e.data["id"]].notice
    return sight.notice_seen(p, v, notice, sight.makers_of_notice(p, notice))


def _support_event_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    item: Any = c.needs.get(e.data.get("id", "")) or c.referrals.get(e.data.get("id", ""))
    audience = item.audience if item else tuple(e.data.get("audience", ()))
    return sight.support_seen(p, v, item.by if item else e.actor, audience, e.data.get("to", ""))


def _routine_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    return sight.reads_all(p, v.role)


def _told_outside_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    """What was told in an emergency: for who reads every step, the person among them, and for whoever told it."""
    return sight.reads_all(p, v.role) or e.actor == v.account


def _contact_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    return sight.reads_all(p, v.role) and sight.fact_class(p, v.role, "contact")


def _test_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    """A test that was asked for. (What a schedule is drawn with has no question here: nobody reads it.)"""
    found = c.tests.get(e.data["id"])
    return found is not None and court.order_seen(p, c, v, found)


def _result_seen(p: Pathway, c: Case, e: Event, v: Viewer) -> bool:
    return court.result_seen(p, c, v, e.data["schedule"])


_EVENTS: Mapping[str, Question] = {
    "case.opened": _opened_seen,
    "fact": _told_seen,
    "step.taken": _step_seen,
    "step.annulled": _routine_seen,
    "clock": _clock_event_seen,
    "obligation": _obligation_event_seen,
    "consent": _consent_event_seen,
    "letter": _letter_event_seen,
    "notice": _notice_event_seen,
    "need": _support_event_seen,
    "advice": _support_event_seen,
    "help": _support_event_seen,
    "referral": _support_event_seen,
    "sitting": _routine_seen,
    "case": _routine_seen,
    "assignment": _routine_seen,
    "right": _routine_seen,
    "disclosure": _told_outside_seen,
    "demand": _routine_seen,
    "contact": _contact_seen,
    "test.ordered": _test_seen,
    "test.collected": _test_seen,
    "test.resulted": _result_seen,
    "other": _routine_seen,
}


def _entry(pathway: Pathway, site: Site, case: Case, e: Event, viewer: Viewer) -> Entry:
    step = pathway.steps.get(e.data.get("step", "")) if e.kind == "step.taken" else None
    words = {language: read.sentence(pathway, site, e, language) for language in pathway.languages}
    return Entry(
        e.seq,
        e.at,
        e.recorded,
        e.kind,
        _name(e.data),
        words,
        *_writer(pathway, e, viewer),
        step.basis if step else (),
        e.seq in case.annulled and sight.stage_open_or_closed(pathway, viewer.role),
        e.kind == "fact.corrected",
        _said(pathway, e, viewer),
        *_ballot(pathway, e, viewer),
        _accepted(pathway, e, viewer),
    )


def _writer(pathway: Pathway, e: Event, viewer: Viewer) -> tuple[str, str]:
    """Who wrote it and in which role. To an outside party everybody else is the office."""
    if sight.reads_all(pathway, viewer.role) or e.actor in (viewer.account, "person", "clock"):
        return e.actor, e.role
    return OFFICE, ""


def _ballot(pathway: Pathway, e: Event, viewer: Viewer) -> tuple[Pairs, Pairs]:
    """Votes and dissent stand in the minutes, for who may read these."""
    if e.kind != "step.taken" or not sight.vote_seen(pathway, viewer, e.data["step"]):
        return (), ()
    dissent = () if _quoted(pathway, e, viewer) else _pairs(e.data.get("dissent"))
    return _pairs(e.data.get("votes")), dissent


def _accepted(pathway: Pathway, e: Event, viewer: Viewer) -> Pairs:
    """The words in which the person said yes, for who may know the acceptance itself."""
    said = _pairs(e.data.get("accepted")) if e.kind == "step.taken" else ()
    return tuple((name, words) for name, words in said if sight.fact_granted(pathway, viewer.role, name))


def _pairs(held: Any) -> Pairs:
    return tuple((str(k), str(v)) for k, v in held.items()) if isinstance(held, Mapping) else ()


def _name(data: Mapping[str, Any]) -> str:
    return next(
        (
            str(data[k])
            for k in ("step", "fact", "clock", "letter", "notice", "kind", "door", "id")
            if k in data
        ),
        "",
    )


def _said(pathway: Pathway, e: Event, viewer: Viewer) -> str:
    """The deciders' reasons: for whoever reads the step and its letters; an outside party reads only its
    letter.
    """
    grant = sight.sees(pathway, viewer.role)
    readable = sight.is_person(pathway, viewer.role) or (grant is not None and grant.letters == "all")
    shown = e.kind == "step.taken" and readable and not _quoted(pathway, e, viewer)
    return str(e.data.get("reasons", "")) if shown else ""
