"""The file of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.about import other_people, party_of_fact
from amparo.desk import homes, offices
from amparo.desk.case import beside, court, doing, lacked, reached, recorded, told
from amparo.desk.case.context import CasePage, ClockRow, Known, Paper, Told
from amparo.desk.context import Link, Nothing, Pair
from amparo.desk.homes import GOING
from amparo.desk.leaves import class_words, hidden_words
from amparo.desk.line import first_line, scene_of, time_of
from amparo.desk.on_call import rota
from amparo.desk.pages import staff_page
from amparo.desk.papers import letter_state, notice_state, whom
from amparo.desk.scene import Scene, capital
from amparo.desk.sits import quorum, vote_words
from amparo.desk.steps import follows
from amparo.desk.team.people import people
from amparo.desk.team.view import may_give
from amparo.desk.where import here
from amparo.desk.words import lower_first, pick, readable, role_title
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.lens import ClockView, Entry, FactView, LetterView, reaches
from amparo.lens.sight import reads_all
from amparo.pathways.model import Length
from amparo.pathways.words import FACT_CLASSES

SHOWN_ENTRIES = 12
ENDED = ("met", "stopped", "cancelled")


@staff_page
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The whole file as this role may read it; the look is logged."""
    at = here(request)
    try:
        seen = book.look(at.account, case_id, "case file", role=request.GET.get("role", ""))
    except NotPermitted:
        # What was just written may have taken the case out of this account's sight: what it says is kept.
        if not len(messages.get_messages(request)):
            raise
        return HttpResponseRedirect(reverse("worklist"))
    scene = scene_of(at, seen)
    drawn = replace(page(scene, "all" in request.GET), call=rota.here(at, seen.view))
    return render(request, "case/page.html", {"page": drawn})


def page(scene: Scene, whole: bool = False) -> CasePage:
    """The file, from what the lens lets through."""
    view = scene.view
    assert view is not None
    entries = [e for e in view.timeline if not e.kind.startswith("fact.") or here_shown(scene, e.name)]
    story = grouped(scene, entries)
    more = (
        Link(_("all %(n)s, with corrections") % {"n": len(story)}, "?all=1")
        if len(story) > SHOWN_ENTRIES and not whole
        else None
    )
    can = doing.can(scene)
    return CasePage(
        first=first_line(scene),
        can=can,
        cannot=doing.cannot(scene),
        clocks=tuple(clock_row(scene, c) for c in view.clocks if c.state not in ENDED),
        ended=tuple(clock_row(scene, c) for c in view.clocks if c.state in ENDED),
        known=known(scene),
        story=story if whole else story[:SHOWN_ENTRIES],
        story_more=more,
        papers=documents(scene),
        people=people(scene),
        also=also(scene),
        foot=foot(scene),
        quorum=quorum(scene, reverse("sitting", args=[view.case])),
        flags=(*beside.waiting_words(scene), *(flag_words(scene, f) for f in view.flags)),
        hold=view.hold,
        recorded=recorded.folded(scene, not can),
        written=recorded.groups(scene, not can),
        receipts=beside.receipts_words(scene),
        linked=beside.linked(scene),
        only_recorded=scene.pathway.operated == "recording",
        answers=follows.pairs(scene),
        phase=court.phase(scene),
        tests=court.tests(scene),
        reached=reached.words(scene),
        told=told.cards(scene),
        elsewhere=doing.elsewhere(scene),
    )


# ------------------------------------------------------------------------------------------- other pages
def also(scene: Scene) -> tuple[Link, ...]:
    """What can be done on any case, each on its own page."""
    view = scene.view
    assert view is not None
    reads = reads_all(scene.pathway, scene.role)
    pages = [
        ("support", _("Needs, advice and referrals"), view.support_shown),
        ("contact", _("Write down a contact or a try"), reads and view.contact),
        ("obligations", _("What was agreed"), bool(view.obligations)),
        ("consents", _("Consents"), bool(scene.pathway.consents) and view.support_shown),
        ("sitting", _("Sitting"), bool(scene.pathway.bodies) and (reads or view.sitting is not None)),
        ("team", _("Who works on it"), may_give(scene)),
        ("annul", _("Take back an entry"), reads),
        ("tell", _("Tell or correct a fact"), True),
        ("rights", _("Objections and corrections asked"), reads),
        ("outside", _("Told in an emergency, or asked for by law"), beside.outside_shown(scene)),
        ("who_saw", _("Who saw what"), reads),
    ]
    drawn = tuple(Link(words, reverse(name, args=[view.case])) for name, words, shown in pages if shown)
    return (*drawn, *others_in(scene))


def others_in(scene: Scene) -> tuple[Link, ...]:
    """The pages of other people whom this case may have, for who may reach them."""
    assert scene.view is not None
    p, case = scene.pathway, scene.view.case
    reached = (name for name in other_people(p) if reaches(p, scene.role, name))
    return tuple(Link(capital(role_title(p, x)), reverse("harmed", args=[case, x])) for x in reached)


# ------------------------------------------------------------------------------------------------ clocks
def clock_row(scene: Scene, c: ClockView) -> ClockRow:
    """A clock. One that is not watched says which setting or fact lacks."""
    if c.state == "not_watched":
        why = _unwatched(scene, c)
        return ClockRow(
            pick(c.title, c.name),
            time_of(scene, c),
            why,
            scene.cite(c.basis),
            pick(c.unverified) if c.unverified else "",
            "",
            None,
        )
    mood = {
        "late": "late",
        "near": "soon",
        "paused": "paused",
        "met": "met",
        "stopped": "met",
        "cancelled": "met",
    }.get(c.state, "")
    if c.state == "late" and c.waits:
        mood = "soon" if c.task else ""
    law = _("own target, not law") if c.kind == "target" else ""
    note = " · ".join(x for x in (law, *_late_notes(scene, c)) if x)
    return ClockRow(
        pick(c.title, c.name),
        time_of(scene, c),
        note,
        scene.cite(c.basis),
        pick(c.unverified) if c.unverified else "",
        mood,
        share(scene, c),
    )


def _unwatched(scene: Scene, c: ClockView) -> str:
    if c.why == "phase":
        return _("Not watched: this phase names no distance between its sittings.")
    return _("Not watched: %(what)s is not entered.") % {"what": lower_first(_title_of(scene, c.why))}


def _late_notes(scene: Scene, c: ClockView) -> Iterator[str]:
    """Whose task it is, and what runs beside it; of a time that only had to pass, that nobody is late."""
    if c.state != "late":
        return
    if c.waits:
        yield _("this time had to pass: nobody is late")
    if c.task:
        yield _("to do: %(who)s") % {"who": lower_first(role_title(scene.pathway, c.task))}
    if c.round_due is not None:
        yield _("missed; the round that runs ends %(when)s") % {"when": scene.clock.due(c.round_due)}
    if c.why and c.round_due is None and scene.pathway.clocks[c.name].every is not None:
        yield _("missed; no new round begins. %(why)s") % {"why": _unwatched(scene, c)}


def _title_of(scene: Scene, name: str) -> str:
    found = scene.pathway.settings.get(name) or scene.pathway.facts.get(name)
    return pick(found.title, name) if found else readable(name)


def share(scene: Scene, c: ClockView) -> float | None:
    """How much of a clock of fixed length has passed; None where its length is not written as a number."""
    within = scene.pathway.clocks[c.name].within
    if c.due is None or not isinstance(within, Length):
        return None
    seconds = {
        "s": 1,
        "days": 86400,
        "working_days": 120960,
        "weeks": 604800,
        "months": 2629800,
        "years": 31557600,
    }[within.unit] * within.n
    return 1 - (c.due - scene.clock.now) / max(seconds, 1) if c.state in ("running", "near", "late") else 1.0


# ------------------------------------------------------------------------------------------------ facts
def known(scene: Scene) -> tuple[Known, ...]:
    """Facts by class, with the four kinds of nothing. A fact nobody needs here and nobody told is not
    drawn.
    """
    view = scene.view
    assert view is not None
    wanted = _wanted(scene)
    here = [f for f in view.facts if here_shown(scene, f.name)]
    shown = [f for f in here if f.state != "not_asked" or f.name in wanted]
    classes = {f.class_ for f in shown} | set(view.hidden)
    return tuple(
        _known(scene, c, [f for f in shown if f.class_ == c], wanted) for c in FACT_CLASSES if c in classes
    )


def here_shown(scene: Scene, fact: str) -> bool:
    """What is about another person in the case has a page of its own; theirs shows nothing else. Who may read some of
    it and not reach them has no such page, and reads it here.
    """
    about = party_of_fact(scene.pathway, fact)
    return not about or about == scene.role or not reaches(scene.pathway, scene.role, about)


def _known(scene: Scene, class_: str, facts: Sequence[FactView], wanted: dict[str, str]) -> Known:
    assert scene.view is not None
    pairs = tuple(_pressable(scene.pair(f), wanted.get(f.name, "")) for f in facts)
    return Known(class_words(class_), pairs, _hidden(class_) if class_ in scene.view.hidden else None)


def _pressable(pair: Pair, href: str) -> Pair:
    """*Not known yet* leads to the form that asks it."""
    if pair.nothing is None or pair.nothing.kind != "ask" or not href:
        return pair
    return replace(pair, nothing=Nothing("ask", _("Not known yet – ask"), href))


def _hidden(class_: str) -> Nothing:
    return Nothing("hidden", hidden_words(class_))


def _wanted(scene: Scene) -> dict[str, str]:
    """The facts that a step which moves the case asks here, and the form that asks each."""
    assert scene.view is not None
    found: dict[str, str] = {}
    home = homes.homes(scene)
    for o in doing.offered(scene):
        page, plan = homes.page_of(scene, o, home), home.get(o.step)
        if plan or doing.moves(scene, o):
            open_ = o.group in GOING or (plan is not None and homes.going(scene, plan))
            for a in scene.pathway.steps[o.step].asks:
                found.setdefault(a.fact, page.href if open_ else "")
    return found


# ------------------------------------------------------------------------------------------------ timeline
def grouped(scene: Scene, entries: Sequence[Entry]) -> tuple[Told, ...]:
    """Newest first. What was told with a step stands under it."""
    groups: list[list[Entry]] = []
    for e in entries:
        last = groups[-1][-1] if groups else None
        if last and (last.recorded, last.who, last.at) == (e.recorded, e.who, e.at) and e.who != "clock":
            groups[-1].append(e)
        else:
            groups.append([e])
    return tuple(_told(scene, g) for g in reversed(groups))


def _told(scene: Scene, group: list[Entry]) -> Told:
    head = next((e for e in reversed(group) if e.kind == "step.taken"), group[0])
    more = tuple(offices.named(pick(e.words)) for e in group if e is not head)
    by = scene.who(head.who, head.role)
    late = (
        _("entered %(when)s") % {"when": scene.clock.when(head.recorded)}
        if head.recorded - head.at > 3600
        else ""
    )
    number = scene.entry(head.seq)
    return Told(
        scene.clock.time(head.at),
        scene.clock.day(head.at),
        offices.named(pick(head.words)),
        ", ".join(p for p in (by, late) if p),
        scene.cite(head.basis),
        head.said,
        head.annulled,
        more,
        number,
        _ballot(scene, head),
        tuple(_words_of(scene, group)),
    )


def _ballot(scene: Scene, e: Entry) -> str:
    """How each member voted, where this role reads it."""
    voted = (
        _("%(member)s: %(vote)s") % {"member": scene.who(who), "vote": vote_words(v)} for who, v in e.votes
    )
    return ", ".join(voted)


def _words_of(scene: Scene, group: Iterable[Entry]) -> Iterator[Pair]:
    """What people said in their own words: acceptances, and dissent."""
    facts = scene.pathway.facts
    for e in group:
        for name, said in e.accepted:
            yield Pair(pick(facts[name].title, name) if name in facts else name, said)
    yield from dict.fromkeys(
        Pair(_("%(member)s dissents") % {"member": scene.who(who)}, said)
        for e in group
        for who, said in e.dissent
    )


# --------------------------------------------------------------------------------------------- papers, people
def documents(scene: Scene) -> tuple[Paper, ...]:
    """Letters with where they stand, then notices."""
    view = scene.view
    assert view is not None
    letters = tuple(_letter(scene, x) for x in view.letters if x.state != "cancelled")
    notices = tuple(
        Paper(
            pick(scene.pathway.notices[n.notice].title, n.notice),
            _("to %(whom)s") % {"whom": whom(scene, n.to)},
            notice_state(scene, n.state, n.sent, n.received),
        )
        for n in view.notices
        if n.state != "cancelled"
    )
    return (*letters, *notices)


def _letter(scene: Scene, x: LetterView) -> Paper:
    assert scene.view is not None
    href = reverse("letter", args=[scene.view.case, book.item(x.id)])
    act = Link(_("Hand over or send"), href) if x.state in ("due", "made") else None
    return Paper(
        pick(x.title, x.letter),
        _("to %(whom)s") % {"whom": whom(scene, x.to)},
        letter_state(scene, x),
        href,
        act,
    )


def flag_words(scene: Scene, flag: Mapping[str, Any]) -> str:
    """A flag of the case: a recorded step that lacked something, or a fact that became known later."""
    step, fact = str(flag.get("step", "")), str(flag.get("fact", ""))
    if flag.get("what") == "late":
        clock = str(flag.get("clock", ""))
        return _("“%(step)s” came after “%(clock)s” had run out. It is received, and stands here as late.") % {
            "step": pick(scene.pathway.steps[step].title, step),
            "clock": pick(scene.pathway.clocks[clock].title, clock),
        }
    if fact and fact in scene.pathway.facts:
        return _(
            "“%(fact)s” became known otherwise after “%(step)s” rested on it. What was decided "
            "stands; look at it again."
        ) % {
            "fact": pick(scene.pathway.facts[fact].title, fact),
            "step": pick(scene.pathway.steps[step].title, step),
        }
    titled = pick(scene.pathway.steps[step].title, step) if step in scene.pathway.steps else step
    return _(
        "“%(step)s” was written down as it happened, though not all that the rules here ask for it "
        "was there. Lacking: %(what)s."
    ) % {"step": titled, "what": lacked.words(scene, flag)}


def foot(scene: Scene) -> str:
    """The look itself is written down, and the person can read that."""
    view = scene.view
    assert view is not None
    n = len(view.timeline)
    shown = ngettext("%(n)s entry that your role reads.", "%(n)s entries that your role reads.", n) % {"n": n}
    return _(
        "You opened this file as %(role)s. That is written in “who saw what”, which %(person)s can "
        "read. %(shown)s"
    ) % {"role": lower_first(role_title(scene.pathway, scene.role)), "person": scene.person(), "shown": shown}
