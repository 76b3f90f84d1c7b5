"""The file of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk import plan as plans
from amparo.desk.case.context import Can, Cannot, CasePage, ClockRow, Known, Paper, Someone, Told
from amparo.desk.context import Link, Nothing
from amparo.desk.leaves import asks_words, class_words, hidden_words
from amparo.desk.line import GOING, first_line, scene_of, time_of
from amparo.desk.papers import letter_state, notice_state, whom
from amparo.desk.scene import Scene
from amparo.desk.sits import quorum
from amparo.desk.where import here
from amparo.desk.words import listed, lower_first, pick, readable, role_title
from amparo.ledger import book
from amparo.lens import ClockView, Entry, LetterView, OfferView
from amparo.pathways.model import Length

SHOWN_ENTRIES = 12


@login_required
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The whole file as this role may read it; the look is logged."""
    seen = book.look(here(request).account, case_id, "case file", role=request.GET.get("role", ""))
    return render(
        request, "case/page.html", {"page": page(scene_of(here(request), seen), "all" in request.GET)}
    )


def page(scene: Scene, whole: bool = False) -> CasePage:
    """The file, from what the lens lets through."""
    view = scene.view
    assert view is not None
    story = grouped(scene, view.timeline)
    more = (
        Link(_("all %(n)s, with corrections") % {"n": len(story)}, "?all=1")
        if len(story) > SHOWN_ENTRIES and not whole
        else None
    )
    return CasePage(
        first=first_line(scene),
        can=can(scene),
        cannot=cannot(scene),
        clocks=tuple(clock_row(scene, c) for c in view.clocks),
        known=known(scene),
        story=story if whole else story[:SHOWN_ENTRIES],
        story_more=more,
        papers=documents(scene),
        people=people(scene),
        also=also(scene),
        foot=foot(scene),
        quorum=quorum(scene, reverse("sitting", args=[view.case])),
        flags=tuple(flag_words(scene, f) for f in view.flags),
        hold=view.hold,
        recorded=recorded(scene),
    )


# ------------------------------------------------------------------------------------------------ what can be done
def can(scene: Scene) -> tuple[Can, ...]:
    """Steps that may go on now, a choice as one line. Only the first is filled: one thing to do."""
    offers = [o for o in _offers(scene) if o.group in GOING]
    order = {"required": 0, "allowed": 1, "open": 2}
    lines: list[Can] = []
    for o in sorted(offers, key=lambda o: order[o.group]):
        made = _choice(scene, o) if o.choice else _alone(scene, o)
        if made.title not in {x.title for x in lines}:
            lines.append(made)
    return tuple(
        Can(c.title, c.note, c.basis, Link(c.link.words, c.link.href, "go" if n == 0 else ""), c.unverified)
        for n, c in enumerate(lines)
    )


def _offers(scene: Scene) -> Iterable[OfferView]:
    assert scene.view is not None
    return (o for o in scene.view.offers if o.group != "recorded")


def _alone(scene: Scene, o: OfferView) -> Can:
    assert scene.view is not None
    note = _("Asks: %(what)s.") % {"what": listed(asks_words(scene, o.asks))} if o.asks else ""
    s = scene.pathway.steps[o.step]
    return Can(
        pick(o.title, o.step),
        note,
        scene.cite(o.basis),
        Link(_("Open"), reverse("step", args=[scene.view.case, o.step])),
        pick(s.unverified) if s.unverified else "",
    )


def _choice(scene: Scene, o: OfferView) -> Can:
    """A choice, led by the findings it rests on, as one line."""
    assert scene.view is not None
    plan = plans.of_choice(scene.pathway, o.choice, scene.view.stage, scene.role)
    mine = [x for x in _offers(scene) if x.choice == o.choice]
    counted = [(key, sum(x.group == key for x in mine)) for key in GOING]
    note = ", ".join(f"{n} {_GROUPS[key]()}" for key, n in counted if n)
    return Can(
        plans.title(plan), note, "", Link(_("Open"), reverse("choice", args=[scene.view.case, o.choice]))
    )


_GROUPS = {"required": lambda: _("required"), "allowed": lambda: _("allowed"), "open": lambda: _("open")}


def recorded(scene: Scene) -> tuple[Link, ...]:
    """What an authority may have done: never offered, reached under *Something else happened*."""
    assert scene.view is not None
    found = (o for o in scene.view.offers if o.group == "recorded")
    return tuple(Link(pick(o.title, o.step), reverse("step", args=[scene.view.case, o.step])) for o in found)


def cannot(scene: Scene) -> tuple[Cannot, ...]:
    """Steps that may not be taken now, and why, in the engine's own lines."""
    closed = [o for o in _offers(scene) if o.group in ("not_yet", "not_allowed") and o.refusals]
    return tuple(_cannot(scene, o) for o in closed)


def _cannot(scene: Scene, o: OfferView) -> Cannot:
    _what, why, instead = scene.sentence(o.refusals[0])
    kind = "question" if o.group == "not_yet" else "dash"
    return Cannot(pick(o.title, o.step), why, instead, scene.cite(o.refusals[0].basis or o.basis), kind)


def also(scene: Scene) -> tuple[Link, ...]:
    """What can be done on any case, each on its own page."""
    view = scene.view
    assert view is not None
    reads = bool(view.assigned) or view.stage != ""
    pages = [
        ("support", _("Needs, advice and referrals"), view.support_shown),
        ("contact", _("Write down a contact or a try"), view.contact),
        ("obligations", _("What was agreed"), bool(view.obligations)),
        ("consents", _("Consents"), bool(scene.pathway.consents) and reads),
        ("sitting", _("Sitting"), bool(scene.pathway.bodies) and reads),
        ("annul", _("Take back an entry"), reads),
        ("tell", _("Tell or correct a fact"), reads),
        ("rights", _("Objections and corrections asked"), reads),
        ("who_saw", _("Who saw what"), reads),
    ]
    return tuple(Link(words, reverse(name, args=[view.case])) for name, words, shown in pages if shown)


# ------------------------------------------------------------------------------------------------ clocks
def clock_row(scene: Scene, c: ClockView) -> ClockRow:
    """A clock. One that is not watched says which setting or fact lacks."""
    if c.state == "not_watched":
        why = _("Not watched: %(what)s is not entered.") % {"what": lower_first(_title_of(scene, c.why))}
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
    note = _("own target, not law") if c.kind == "target" else ""
    return ClockRow(
        pick(c.title, c.name),
        time_of(scene, c),
        note,
        scene.cite(c.basis),
        pick(c.unverified) if c.unverified else "",
        mood,
        share(scene, c),
    )


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
    """Facts by class, with the four kinds of nothing. A fact nobody needs here and nobody told is not drawn."""
    view = scene.view
    assert view is not None
    classes = dict.fromkeys(f.class_ for f in view.facts)
    wanted = _wanted(scene)
    found = [
        Known(
            class_words(c),
            tuple(
                scene.pair(f)
                for f in view.facts
                if f.class_ == c and (f.state != "not_asked" or f.name in wanted)
            ),
            _hidden(c) if c in view.hidden else None,
        )
        for c in (*classes, *(h for h in view.hidden if h not in classes))
    ]
    return tuple(k for k in found if k.pairs or k.hidden)


def _hidden(class_: str) -> Nothing:
    return Nothing("hidden", hidden_words(class_))


def _wanted(scene: Scene) -> set[str]:
    """The facts that a step which can be taken here asks."""
    steps = (
        scene.pathway.steps[o.step]
        for o in _offers(scene)
        if o.group in ("required", "allowed", "open", "not_yet")
    )
    return {a.fact for s in steps for a in s.asks}


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
    more = tuple(pick(e.words) for e in group if e is not head)
    by = scene.who(head.who, head.role)
    late = (
        _("entered %(when)s") % {"when": scene.clock.when(head.recorded)}
        if head.recorded - head.at > 3600
        else ""
    )
    number = _("entry %(n)s") % {"n": head.seq}
    return Told(
        scene.clock.time(head.at),
        scene.clock.day(head.at),
        pick(head.words),
        ", ".join(p for p in (by, late) if p),
        scene.cite(head.basis),
        head.said,
        head.annulled,
        more,
        number,
    )


# ------------------------------------------------------------------------------------------------ papers, people
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
    href = reverse("letter", args=[scene.view.case, x.id])
    act = Link(_("Hand over or send"), href) if x.state in ("due", "made") else None
    return Paper(
        pick(x.title, x.letter),
        _("to %(whom)s") % {"whom": whom(scene, x.to)},
        letter_state(scene, x),
        href,
        act,
    )


def people(scene: Scene) -> tuple[Someone, ...]:
    """Who works on the case, and in which part."""
    view = scene.view
    assert view is not None
    assigned = [
        Someone(scene.who(who), lower_first(role_title(scene.pathway, role)))
        for role, who in view.assigned
        if who
    ]
    sitting = [
        Someone(scene.who(m), _("named for the sitting"))
        for m in (view.sitting.members if view.sitting else ())
    ]
    return (*assigned, *sitting)


def flag_words(scene: Scene, flag: object) -> str:
    """A flag of the case: a recorded step that lacked something, or a fact that became known later."""
    data = dict(flag) if hasattr(flag, "keys") else {}
    step, fact = str(data.get("step", "")), str(data.get("fact", ""))
    if fact and fact in scene.pathway.facts:
        return _(
            "“%(fact)s” became known otherwise after “%(step)s” rested on it. What was decided stands; look at it again."
        ) % {
            "fact": pick(scene.pathway.facts[fact].title, fact),
            "step": pick(scene.pathway.steps[step].title, step),
        }
    titled = pick(scene.pathway.steps[step].title, step) if step in scene.pathway.steps else step
    return _(
        "“%(step)s” was written down as it happened, though not all that this programme asks for it was there."
    ) % {"step": titled}


def foot(scene: Scene) -> str:
    """The look itself is written down, and the person can read that."""
    view = scene.view
    assert view is not None
    n = len(view.timeline)
    shown = ngettext("%(n)s entry that your role reads.", "%(n)s entries that your role reads.", n) % {"n": n}
    return _(
        "You opened this file as %(role)s. That is written in “who saw what”, which %(person)s can read. %(shown)s"
    ) % {"role": lower_first(role_title(scene.pathway, scene.role)), "person": scene.person(), "shown": shown}
