"""What can be done on a case now, and what cannot, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import answering, homes, others, owing
from amparo.desk.case import owed
from amparo.desk.case.context import Can, Cannot, Elsewhere
from amparo.desk.context import Link
from amparo.desk.homes import GOING, SHUT, Page, group_word
from amparo.desk.leaves import asks_words
from amparo.desk.line import next_of, time_of
from amparo.desk.papers import letter_href, to_hand_over, whom
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene, capital
from amparo.desk.words import listed, lower_first, pick
from amparo.lens import LetterView, OfferView


def can(scene: Scene) -> tuple[Can, ...]:
    """Letters that wait, then the steps that may go on now, a choice as one line, then letters that others left.
    Only the first is filled, and only if it is owed: one thing to do.
    """
    first, left = owed.letters(scene)
    lines = {
        c.link.href: c
        for c in (*_answers(scene), *_letters(scene, first), *_taken_back(scene), *_owed(scene))
    }
    filled = bool(lines)
    home, coming = homes.homes(scene), next_of(scene)
    next_href = coming.href if coming else ""
    undecided = coming is not None and "#" in coming.href
    going = [(o, homes.page_of(scene, o, home)) for o in offered(scene) if o.group in GOING]
    ranked = [(owed.rank(scene, o, page, next_href), o, page) for o, page in going]
    for rank, o, page in sorted(ranked, key=lambda x: x[0]):
        if page.href not in lines:
            lines[page.href] = _choice(scene, home[o.step], page) if page.choice else _alone(scene, o)
            filled = filled or (len(lines) == 1 and rank.kind in owed.FILLED and not undecided)
    lines |= {c.link.href: c for c in _letters(scene, left)}
    kind = "go" if filled else ""
    return tuple(
        replace(c, link=replace(c.link, kind=kind if n == 0 else "")) for n, c in enumerate(lines.values())
    )


def _answers(scene: Scene) -> Iterable[Can]:
    """The referrals that wait for an answer of this service, as one line: they are answered on one page."""
    asked = answering.wanted(scene)
    if asked:
        by = listed(scene.clock.due(at) for x in asked if (at := answering.due(scene, x)) is not None)
        note = _("By %(when)s.") % {"when": by} if by else ""
        link = Link(_("Answer"), answering.href(scene))
        yield Can(capital(listed(lower_first(answering.words(x)) for x in asked)), note, "", link)


def _letters(scene: Scene, letters: Iterable[LetterView]) -> Iterable[Can]:
    """Letters that wait to be handed over or sent."""
    assert scene.view is not None
    for x in letters:
        note = _waiting(scene, x.due) % {"whom": whom(scene, x.to), "when": scene.clock.due(x.due)}
        yield Can(to_hand_over(x), note, "", Link(_("Open"), letter_href(scene.view.case, x)))


def _waiting(scene: Scene, due: int) -> str:
    """By when a letter is to go out; one that was just written goes out today, and nothing is late by a minute."""
    today, day = scene.clock.local(scene.clock.now).date(), scene.clock.local(due).date()
    if day > today or due > scene.clock.now:
        return _("To %(whom)s, by %(when)s.")
    return _("To %(whom)s, today.") if day == today else _("To %(whom)s, waiting since %(when)s.")


def _taken_back(scene: Scene) -> Iterable[Can]:
    """A consent that was taken back: each recipient is told, and confirms it."""
    assert scene.view is not None
    for c in scene.view.consents:
        task = scene.pathway.consents[c.kind].on_withdrawal
        if c.how == "withdrawn" and c.receipt is None and task is not None and task.task == scene.role:
            title = owing.taken_back_words(c)
            when = scene.clock.when(c.ended or c.given)
            due = scene.view.told_by.get(c.id)
            by = _("By %(when)s.") % {"when": scene.clock.due(due)} if due is not None else ""
            said = _("Taken back %(when)s; nothing more is told.") % {"when": when}
            note = " ".join(x for x in (by, said) if x)
            yield Can(title, note, "", Link(_("Open"), reverse("consents", args=[scene.view.case])))


def _owed(scene: Scene) -> Iterable[Can]:
    """What we, or somebody else, owe the person by today, where this role may say that it was done."""
    o = owing.first(scene)
    if (
        o is None
        or not owing.by_today(scene, o)
        or scene.role not in scene.pathway.obligations[o.kind].verified_by
    ):
        return
    coming = owing.next_of(scene, o)
    by = _("By %(when)s.") % {"when": scene.clock.due(o.due)} if o.due is not None else ""
    yield Can(
        coming.what, by, scene.cite(scene.pathway.obligations[o.kind].basis), Link(_("Open"), coming.href)
    )


def moves(scene: Scene, o: OfferView) -> bool:
    """Does the step move the case?"""
    return any(b.to for b in scene.pathway.steps[o.step].to)


def offered(scene: Scene) -> Iterable[OfferView]:
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


def _choice(scene: Scene, plan: Plan, page: Page) -> Can:
    """A choice, led by the findings it rests on, as one line."""
    counted = _counted(scene, plan, GOING)
    leads = [o for o in offered(scene) if o.step in plan.lead and o.group in GOING]
    asks = listed(w for o in leads for w in asks_words(scene, o.asks))
    note = _("Asks: %(what)s.") % {"what": asks} if asks else ""
    return Can(
        page.title,
        " ".join(x for x in (f"{counted}." if counted else "", note) if x),
        "",
        Link(_("Open"), page.href),
    )


def _counted(scene: Scene, plan: Plan, groups: Sequence[str]) -> str:
    """How many of the decisions stand in each of these groups: `1 required, 2 open`."""
    mine = [o for o in offered(scene) if o.step in plan.options]
    numbers = [(key, sum(o.group == key for o in mine)) for key in groups]
    return ", ".join(f"{n} {group_word(key)}" for key, n in numbers if n)


def elsewhere(scene: Scene) -> tuple[Elsewhere, ...]:
    """What somebody else has to do, with the clock that waits for it."""
    return tuple(
        Elsewhere(others.words(scene, waits), pick(clock.title, clock.name), time_of(scene, clock))
        for clock, waits in others.of_case(scene)
    )


def cannot(scene: Scene) -> tuple[Cannot, ...]:
    """Steps that may not be taken now, and why, in the engine's own lines."""
    lines: dict[str, Cannot] = {}
    home = homes.homes(scene)
    shut = [o for o in offered(scene) if o.group in SHUT]
    for o in shut:
        if o.refusals:
            page = homes.page_of(scene, o, home)
            plan = home.get(o.step)
            several = plan is not None and sum(x.step in plan.options for x in shut) > 1
            made = _not_here(scene, plan, page) if plan and several else _cannot(scene, o)
            lines.setdefault(page.href if several else o.step, made)
    return tuple(lines.values())


def _not_here(scene: Scene, plan: Plan, page: Page) -> Cannot:
    """The decisions of a choice that are not open, as one line: its page gives each one's reason."""
    counted = _counted(scene, plan, SHUT)
    return Cannot(
        page.title,
        _("%(counted)s, each with its reason.") % {"counted": counted},
        "",
        "",
        "question",
        Link(_("See why"), page.href),
    )


def _cannot(scene: Scene, o: OfferView) -> Cannot:
    first = o.refusals[0]
    what, why, instead = scene.sentence(first)
    kind = "question" if o.group == "not_yet" else "dash"
    return Cannot(
        pick(o.title, o.step), capital(why or what), instead if first.instead or first.asks else "", "", kind
    )
