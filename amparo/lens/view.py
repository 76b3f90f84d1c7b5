"""From a case to what a page may draw of it. Default deny: what is not put into the `View` does not reach a
template.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from amparo.cases import about, clocks, offers, read
from amparo.cases.exceptional import waiting
from amparo.cases.model import Case, Event, Offer, Reason, Refusal, Site, World
from amparo.cases.papers import grounded
from amparo.cases.receipts import Receipts, receipts
from amparo.cases.requests.consents import law_adds
from amparo.cases.retention import retention
from amparo.errors import NotPermitted
from amparo.lens import court, sight
from amparo.lens.model import (
    ClockView,
    FactView,
    LetterView,
    NoticeView,
    OfferView,
    SupportView,
    View,
    Viewer,
)
from amparo.lens.own import as_seen, tellings
from amparo.lens.timeline import timeline
from amparo.lens.told import told_to
from amparo.pathways.model import Pathway, Text

OPEN: Text = {"en": "Open", "pt": "Aberto"}
CLOSED: Text = {"en": "Closed", "pt": "Encerrado"}
NOTHING_HERE = "There is no such case for you."
RECEIVED: Text = {"en": "Received", "pt": "Recebido"}


def view(
    pathway: Pathway, site: Site, case: Case, events: Iterable[Event], viewer: Viewer, t: int, world: World
) -> View:
    """All that may be drawn of this case for this viewer at time t (epoch seconds).

    Raises `NotPermitted` for who may not see the case at all, without saying whether it exists.
    """
    viewer, events = viewer._replace(at=t), tuple(events)
    if not sight.sees_case(pathway, case, viewer):
        raise NotPermitted(NOTHING_HERE)
    stage = case.stage if sight.stage_named(pathway, viewer.role, case.stage) else ""
    shown = sight.stage_open_or_closed(pathway, viewer.role)
    routine = sight.reads_all(pathway, viewer.role)
    return View(
        case=case.id,
        pathway=pathway.id,
        version=pathway.version,
        profile=pathway.profile,
        door=case.door,
        role=viewer.role,
        stage=stage,
        state=_state(pathway, case, viewer.role, stage, shown),
        stage_since=case.stage_since if stage else None,
        closed=bool(pathway.stages[case.stage].closed) if shown else None,
        opened_at=case.opened_at,
        seq=case.seq if routine else 0,
        owner=read.owner(case) if stage else "",
        box=_box(pathway, case, viewer, t),
        milestones=tuple(m for m in read.milestones(case) if sight.milestone_seen(pathway, viewer.role, m)),
        facts=_facts(pathway, case, events, viewer, t),
        hidden=_hidden(pathway, viewer),
        clocks=_clocks(pathway, case, viewer, t),
        timeline=timeline(pathway, site, case, events, viewer),
        letters=_letters(pathway, case, viewer),
        notices=_notices(pathway, case, viewer, t),
        obligations=tuple(
            o for o in case.obligations.values() if sight.obligation_seen(pathway, case, viewer, o.kind)
        ),
        consents=tuple(
            c for c in case.consents.values() if sight.consent_seen(pathway, viewer, c.kind, c.to)
        ),
        told_by={
            c.id: due
            for c in read.unconfirmed(case)
            if sight.consent_seen(pathway, viewer, c.kind, c.to)
            and (due := read.told_by(case, c)) is not None
        },
        support=_support(pathway, case, viewer, t),
        support_shown=_support_shown(pathway, viewer),
        sitting=case.sitting if sight.sitting_seen(pathway, case, viewer) else None,
        offers=_offers(pathway, case, viewer, t, world),
        assigned=_assigned(pathway, case, viewer.role) if routine else (),
        contacts=case.contacts if routine and sight.fact_class(pathway, viewer.role, "contact") else (),
        identity=sight.class_seen(pathway, case, viewer, "identity"),
        contact=sight.class_seen(pathway, case, viewer, "contact"),
        flags=_flags(pathway, case, viewer.role) if routine else (),
        hold=case.hold if routine else "",
        sittings=case.sittings if routine else (),
        receipts=_receipts(case, t) if routine else None,
        links=case.links if routine and not sight.is_person(pathway, viewer.role) else (),
        exceptional=tuple(waiting(case)) if routine and not sight.is_person(pathway, viewer.role) else (),
        phase=court.phase(pathway, case, viewer, t),
        tests=court.tests(pathway, case, viewer, t),
        schedules=court.schedules(pathway, case, viewer, t),
        law=_law(pathway, case, viewer, t),
        told=told_to(pathway, case, viewer, t),
    )


def _receipts(case: Case, t: int) -> Receipts | None:
    """How far the receipts are on which the end of the file waits."""
    kept = retention(case, t)
    return receipts(case) if kept is not None and kept.ends == "receipts" else None


def _state(pathway: Pathway, case: Case, role: str, stage: str, shown: bool) -> Text:
    """The stage by name; else open or closed; else only that it was received; else nothing."""
    if stage:
        return pathway.stages[stage].title
    if shown:
        return CLOSED if pathway.stages[case.stage].closed else OPEN
    received = "opened" in read.milestones(case) and sight.milestone_seen(pathway, role, "opened")
    return RECEIVED if received else {}


def _flags(pathway: Pathway, case: Case, role: str) -> tuple[Any, ...]:
    """What is marked for a look; nothing about another person in the case for who may not read it."""
    return tuple(
        flag
        for flag in (*case.flags, *case.unmet)
        if not about.party_of_fact(pathway, str(flag.get("fact", "")))
        or sight.fact_granted(pathway, role, str(flag["fact"]))
    )


def _assigned(pathway: Pathway, case: Case, role: str) -> tuple[tuple[str, str], ...]:
    """Who has the case in which role; the account of another person in it only for who may know of them."""
    return tuple((name, who) for name, who in case.assigned.items() if sight.copy_seen(pathway, role, name))


def _box(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> int | None:
    """A box can tell a clock or a stage: only who reads every stage is told it."""
    return read.box(case, t) if sight.boxes_seen(pathway, viewer.role) else None


# ------------------------------------------------------------------------------------------------ facts
def _facts(
    pathway: Pathway, case: Case, events: Iterable[Event], viewer: Viewer, t: int
) -> tuple[FactView, ...]:
    """What is granted, or opened by a consent, as it stands now; else only what the viewer told, as they told it."""
    mine = tellings(events, viewer.account)
    seen = ((n, as_seen(pathway, case, viewer, n, t, mine.get(n))) for n in pathway.facts)
    return tuple(_fact(pathway, case, viewer, n, told[0], t) for n, told in seen if told)


def _teller(pathway: Pathway, told: Any, viewer: Viewer) -> tuple[str, str]:
    """Whose word, and who wrote it down: for who reads every step, and for oneself."""
    if told is None or not (sight.reads_all(pathway, viewer.role) or told.by == viewer.account):
        return "", ""
    return told.given_by, told.by


def _fact(pathway: Pathway, case: Case, viewer: Viewer, name: str, told: Any, t: int) -> FactView:
    f = pathway.facts[name]
    state = "not_asked" if told is None else told.nothing or "value"
    if told is None and read.applies(case, name, t) is False:
        state = "not_applicable"
    return FactView(
        name,
        f.title,
        f.class_,
        state,
        told.value if told else None,
        *_teller(pathway, told, viewer),
        told.as_of if told else None,
        told.seq if told else None,
        f.finding,
        f.basis,
        f.unverified,
    )


def _hidden(pathway: Pathway, viewer: Viewer) -> tuple[str, ...]:
    """The classes that this role is not granted: the class alone, never a count, nor whether there is anything.

    Said only to who reads every step; to everybody else the class's name would already tell too much.
    """
    if sight.is_person(pathway, viewer.role) or not sight.reads_all(pathway, viewer.role):
        return ()
    used = {f.class_ for f in pathway.facts.values()}
    shut = (c for c in sight.CLASSES if c in used and not sight.fact_class(pathway, viewer.role, c))
    return tuple(c for c in shut if c != "demographic")


# ------------------------------------------------------------------------------------------------ clocks
def _clocks(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> tuple[ClockView, ...]:
    names = (n for n in pathway.clocks if sight.clock_seen(pathway, viewer.role, n))
    made = (_clock(pathway, case, n, t) for n in names)
    return tuple(sorted((c for c in made if c), key=lambda c: (c.state != "late", c.due or 1 << 60)))


def _clock(pathway: Pathway, case: Case, name: str, t: int) -> ClockView | None:
    state, due = clocks.state(case, name, t)
    if state == "none":
        return None
    c = pathway.clocks[name]
    tasks = [a.task for a in c.late if a.task]
    return ClockView(
        name,
        c.title,
        c.kind,
        state,
        due,
        c.basis,
        c.unverified,
        case.not_watched.get(name, ""),
        tasks[0] if tasks else "",
        _round(case, name, state, t),
        clocks.waits(pathway, c),
    )


def _round(case: Case, name: str, state: str, t: int) -> int | None:
    """The end of the round that runs while something of an earlier one is missed."""
    run = clocks.newest(case, name, t)
    if run is None or not run.every or state != "late" or run.ceased is not None:
        return None
    return clocks.due_of(case, name, t)


# ------------------------------------------------------------------------------------------------ papers
def _letters(pathway: Pathway, case: Case, viewer: Viewer) -> tuple[LetterView, ...]:
    makers = {t.seq: t.actor for taken in case.taken.values() for t in taken}
    seen = (
        x
        for x in case.letters.values()
        if sight.letter_seen(pathway, viewer, x.letter, makers.get(x.step_seq, ""))
        and sight.copy_seen(pathway, viewer.role, x.to)
    )
    return tuple(
        LetterView(
            x.id,
            x.letter,
            pathway.letters[x.letter].title,
            x.to,
            x.state,
            x.due,
            x.delivered,
            x.how,
            x.proof,
            x.hour,
        )
        for x in seen
    )


def _notices(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> tuple[NoticeView, ...]:
    seen = (
        x
        for x in case.notices.values()
        if sight.notice_seen(pathway, viewer, x.notice, sight.makers_of_notice(pathway, x.notice))
        and sight.copy_seen(pathway, viewer.role, x.to)
    )
    return tuple(
        _notice(pathway, x)._replace(grounded=grounded(case, x.notice, t, x.to), law=_law_of(case, x.notice, t))
        for x in seen
    )


def _law_of(case: Case, notice: str, t: int) -> Text:
    """What the law lets travel with a notice that rests on a consent."""
    ground = case.pathway.notices[notice].ground
    return law_adds(case, ground.removeprefix("consent "), t) if isinstance(ground, str) else {}


def _law(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> tuple[Text, ...]:
    """What the law lets travel with what this viewer reads under a consent, each sentence once."""
    found = (law_adds(case, c.kind, t) for c in sight.opening(pathway, case, viewer))
    return tuple({tuple(text.items()): text for text in found if text}.values())


def _notice(pathway: Pathway, x: Any) -> NoticeView:
    n = pathway.notices[x.notice]
    return NoticeView(
        x.id, x.notice, x.to, x.state, x.due, x.sent, x.received, x.how, x.ground, n.without_name, n.receipt
    )


# ------------------------------------------------------------------------------------------------ support
def _support_shown(pathway: Pathway, viewer: Viewer) -> bool:
    """May this role take part in support at all? (Else its section is not drawn, not even empty.)"""
    grant = sight.sees(pathway, viewer.role)
    takes = any(viewer.role in s.by for s in pathway.support.values())
    return sight.is_person(pathway, viewer.role) or takes or (grant is not None and grant.support != "none")


def _support(pathway: Pathway, case: Case, viewer: Viewer, t: int) -> tuple[SupportView, ...]:
    titles = pathway.shared.get("vocabulary/needs", {})
    needs = (
        SupportView(
            n.id,
            n.what,
            n.kind,
            titles.get(n.kind, {}),
            n.words,
            n.answer,
            "",
            n.at,
            None,
            (),
            n.by,
            n.role,
            n.audience,
            False,
        )
        for n in case.needs.values()
        if sight.support_seen(pathway, viewer, n.by, n.audience)
    )
    referrals = (
        SupportView(
            r.id,
            "referral",
            r.kind,
            titles.get(r.kind, {}),
            r.says,
            r.state,
            r.to,
            r.sent,
            r.due,
            r.answers,
            r.by,
            r.role,
            r.audience,
            _waits(r.state) and r.due is not None and t > r.due,
        )
        for r in case.referrals.values()
        if sight.support_seen(pathway, viewer, r.by, r.audience, r.to)
    )
    return (*needs, *referrals)


def _waits(state: str) -> bool:
    return state == "sent"


# ---------------------------------------------------------------------------------------- offers and refusals
def _offers(pathway: Pathway, case: Case, viewer: Viewer, t: int, world: World) -> tuple[OfferView, ...]:
    """The steps of this role as they stand. Who sees no stage is offered the same whatever became of the case."""
    if not sight.stage_open_or_closed(pathway, viewer.role):
        mine = (n for n, s in pathway.steps.items() if viewer.role in _takers(pathway, n) and not s.opens)
        return tuple(_alike(pathway, name) for name in mine)
    found = offers.offers(pathway, case, viewer.role, t, world)
    mine_ = tuple(_offer(pathway, case, viewer, o) for o in found if viewer.role in _takers(pathway, o.step))
    return (*mine_, *(_alike(pathway, name) for name in offers.recorded(pathway, case, viewer.role, t)))


def _alike(pathway: Pathway, name: str) -> OfferView:
    """A step of which nothing more is said. What an authority did is never offered: it can be written down."""
    step = pathway.steps[name]
    group = "recorded" if step.recorded else "open"
    return OfferView(name, step.title, group, step.basis, step.choice, (), (), ())


def _takers(pathway: Pathway, step: str) -> tuple[str, ...]:
    """The roles that may take a step: those named, and the members of a body named."""
    by = pathway.steps[step].by
    return (*by, *(r for b in by if b in pathway.bodies for r in pathway.bodies[b].made_of))


def _offer(pathway: Pathway, case: Case, viewer: Viewer, o: Offer) -> OfferView:
    s = pathway.steps[o.step]
    group = "recorded" if s.recorded else o.group
    own = _asked_by(pathway, o.step, viewer.role)
    asks = tuple(a for a in o.asks if a[0] in own or _may_name(pathway, viewer, a[0]))
    return OfferView(
        o.step,
        s.title,
        group,
        s.basis,
        s.choice,
        tuple(filtered(pathway, case, viewer, r) for r in o.refusals),
        asks,
        tuple(_reason(pathway, case, viewer, r) for r in o.because),
    )


def filtered(pathway: Pathway, case: Case, viewer: Viewer, refusal: Refusal) -> Refusal:
    """A refusal as this viewer may read it: leaves of hidden facts are shut, and who sees no stage reads all
    alike.
    """
    if not sight.stage_open_or_closed(pathway, viewer.role) and not _own_words_lack(pathway, refusal):
        return Refusal("not_here", refusal.step, NOT_NOW)
    own = _asked_by(pathway, refusal.step, viewer.role)
    asks = tuple(a for a in refusal.asks if a[0] in own or _may_name(pathway, viewer, a[0]))
    return refusal._replace(
        because=tuple(_reason(pathway, case, viewer, r) for r in refusal.because), asks=asks
    )


def answerable(pathway: Pathway, viewer: Viewer, refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """The refusals of a draft that this viewer may be told before writing anything.

    Who sees no stage is told only what their own words lack: else a case could be sounded by drafts, without a trace.
    """
    if sight.stage_open_or_closed(pathway, viewer.role):
        return tuple(refusals)
    return tuple(one for one in refusals if _own_words_lack(pathway, one))


def _own_words_lack(pathway: Pathway, refusal: Refusal) -> bool:
    """Does it speak only of what the asker wrote or left out, and not of how the case stands?"""
    of_a_field = refusal.code == "missing" and refusal.step not in pathway.steps and refusal.field != ""
    return refusal.code in _BEFORE_SIGHT or of_a_field


def _may_name(pathway: Pathway, viewer: Viewer, name: str) -> bool:
    """May a question about this be named to this role? Settings may; facts only where they are granted."""
    return name not in pathway.facts or sight.fact_granted(pathway, viewer.role, name)


def _asked_by(pathway: Pathway, step: str, role: str) -> tuple[str, ...]:
    """What a step asks of a role that may take it: the form shows these anyway."""
    if step not in pathway.steps or role not in _takers(pathway, step):
        return ()
    return tuple(ask.fact for ask in pathway.steps[step].asks)


_BEFORE_SIGHT = (
    "no_such_step",
    "not_in_force",
    "not_in_the_future",
    "not_you",
    "ask",
    "bad_input",
)
NOT_NOW: Text = {
    "en": "This cannot be done on this case now.",
    "pt": "Isto não pode ser feito agora neste processo.",
}


def _reason(pathway: Pathway, case: Case, viewer: Viewer, reason: Reason) -> Reason:
    untold = reason.name in pathway.facts and not sight.fact_granted(pathway, viewer.role, reason.name)
    if untold or not court.reading_seen(pathway, case, viewer, reason.name):
        return reason._replace(name="", value=None, nothing="hidden", as_of=None, given_by="", text="")
    return reason
