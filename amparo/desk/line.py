"""The first line of a case and its scene: what every page about a case begins with."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import answering, homes, others, owing, papers, recording
from amparo.desk.case.owed import letters as waiting_letters
from amparo.desk.context import FirstLine, Next
from amparo.desk.scene import Scene, capital
from amparo.desk.times import TimeLeft, over
from amparo.desk.typed import Typed
from amparo.desk.where import Here, at_case
from amparo.desk.words import lower_first, pick, role_title
from amparo.ledger import book
from amparo.ledger import papers as kept
from amparo.lens import ClockView, LetterView, OfferView, View

FEW_STAGES = 4
"""A clock that runs in more stages than these is of the case as a whole, not of where it stands."""


def scene_of(here: Here, seen: book.Seen, typed: Typed | None = None) -> Scene:
    """The scene of a case as this account sees it."""
    at = at_case(here, seen.view.pathway, seen.site, seen.view.role)
    return Scene(
        kept.pathway_of(seen.view.pathway, seen.view.version, seen.view.profile),
        at.drawing,
        at.clock,
        seen.view.role,
        here.account.pk,
        seen.view.door,
        seen.view,
        seen.record.called if seen.record else "",
        typed or {},
        here.named,
        at.settings,
    )


def first_line(scene: Scene) -> FirstLine:
    """Whose case, where it stands, and the one next step."""
    view = scene.view
    assert view is not None
    href = reverse("case", args=[view.case])
    return FirstLine(
        scene.called, book.number(view.case), state_words(scene), next_of(scene), href, law_words(view)
    )


def law_words(view: View) -> tuple[str, ...]:
    """What the law lets travel with what is read here under a consent: at the foot of each page, and of each print."""
    return tuple(pick(text) for text in view.law)


def state_words(scene: Scene) -> str:
    """`Being prepared, since Tue 24 Nov, 10:17.`"""
    view = scene.view
    assert view is not None
    state = pick(view.state)
    if not state:
        return _("What concerns you in this case.")
    return (
        _("%(state)s, since %(when)s.") % {"state": state, "when": scene.clock.when(view.stage_since)}
        if view.stage_since
        else f"{state}."
    )


def next_of(scene: Scene) -> Next | None:
    """What is wanted first: the answer of a service that was asked; else the step that would stop or meet the nearest
    clock, or what is required now.
    """
    if (asked := answering.next_of(scene)) is not None:
        return asked
    if (back := owing.taken_back(scene)) is not None:
        return owing.next_taken_back(scene, *back)
    clock, owed = wanted_first(scene), owing.first(scene)
    if owed is not None and _owed_before(scene, owed.due or 0, owing.by_today(scene, owed), clock):
        return owing.next_of(scene, owed, owner_words(scene))
    return next_for(scene, clock)


def _owed_before(scene: Scene, due: int, pressing: bool, clock: ClockView | None) -> bool:
    """Does what is owed to the person come before this clock? Where nothing else is wanted, always; else by today, and
    not before a clock that ran out earlier, unless that one waits for somebody else.
    """
    if clock is None:
        return homes.wanted_first(scene, None) is None
    earlier = clock.state == "late" and (clock.due or 0) <= due
    return pressing and (not earlier or others.of_clock(scene, clock) is not None)


def next_for(scene: Scene, clock: ClockView | None) -> Next | None:
    """The step that this clock waits for, or what is required now whatever runs."""
    known = scene.pathway.clocks[clock.name] if clock else None
    if clock is not None and known is not None and homes.decision(scene, known):
        return _to_decide(scene, clock)
    found = homes.wanted_first(scene, known)
    page = homes.page_of(scene, found, homes.homes(scene)) if found else None
    waits = others.of_clock(scene, clock) if clock is not None and page is None else None
    blocked = found is not None and homes.blocked(scene, found)
    if (page is None or blocked) and waits is None and (letters := waiting_letters(scene).first):
        return _to_hand_over(scene, clock, letters[0])
    if clock is None and page is None:
        return None
    said = recording.words(scene, clock) if clock is not None and page is None else ""
    named = said or (others.words(scene, waits) if waits else pick(clock.title, clock.name) if clock else "")
    words = page.title if page else named
    if blocked:
        words = _("Not yet: %(what)s.") % {"what": lower_first(words)}
    return Next(
        words,
        time_of(scene, clock) if clock else None,
        owner_words(scene),
        " ".join(x for x in (_set_for(scene), _rule(scene, clock)) if x),
        pick(clock.unverified) if clock and clock.unverified else "",
        page.href if page else "",
        _why(scene, found) if found is not None and blocked else "",
    )


def _to_hand_over(scene: Scene, clock: ClockView | None, x: LetterView) -> Next:
    """A letter waits, and nothing else is for this role to do."""
    assert scene.view is not None
    time, rule = (time_of(scene, clock), _rule(scene, clock)) if clock else (None, "")
    href = papers.letter_href(scene.view.case, x)
    return Next(papers.to_hand_over(x), time, owner_words(scene), rule, href=href)


def _to_decide(scene: Scene, clock: ClockView) -> Next:
    """What is to be decided, by the name of its clock; the file holds the ways, none of them first."""
    assert scene.view is not None
    rule = " ".join(x for x in (_set_for(scene), _rule(scene, clock)) if x)
    unverified = pick(clock.unverified) if clock.unverified else ""
    href = reverse("case", args=[scene.view.case]) + "#can"
    return Next(
        pick(clock.title, clock.name), time_of(scene, clock), owner_words(scene), rule, unverified, href
    )


def _set_for(scene: Scene) -> str:
    """The nearest hour that was told and lies ahead: `Next time in court: Thu 26 Nov, 14:00.`"""
    facts, now = scene.pathway.facts, scene.clock.now
    told = [f for f in scene.facts().values() if f.state == "value" and facts[f.name].type.kind == "instant"]
    ahead = [f for f in told if isinstance(f.value, int) and f.value > now]
    first = min(ahead, key=lambda f: f.value, default=None)
    if first is None:
        return ""
    return f"{pick(first.title, first.name)}: {scene.clock.when(first.value)}."


def _why(scene: Scene, o: OfferView) -> str:
    """What a step that cannot be taken yet still needs."""
    return capital(next((scene.sentence(r)[1] for r in o.refusals), ""))


def wanted_first(scene: Scene) -> ClockView | None:
    """The clock that wants something first: a late one; then one of this stage before one that runs through
    many, and one that somebody is to keep before a time that only has to pass.
    """
    assert scene.view is not None
    going = [c for c in scene.view.clocks if c.going and c.due is not None]
    return min(
        going,
        key=lambda c: (c.state != "late", _runs_through(scene, c), passing(c), c.due or 0),
        default=None,
    )


def passing(c: ClockView) -> bool:
    """Does it run for nobody to keep, and is it not over yet?"""
    return c.waits and c.state != "late"


def _runs_through(scene: Scene, c: ClockView) -> bool:
    return len(scene.pathway.clocks[c.name].while_) > FEW_STAGES


def _rule(scene: Scene, clock: ClockView | None) -> str:
    if clock is None:
        return ""
    law = _("By law") if clock.kind == "legal" else _("Own target")
    due = scene.clock.due(clock.due) if clock.due is not None else ""
    basis = scene.cite(clock.basis)
    name = pick(clock.title, clock.name)
    return " ".join(
        x
        for x in (
            _("%(law)s: %(clock)s, %(due)s.") % {"law": law, "clock": lower_first(name), "due": due},
            basis,
        )
        if x
    )


def owner_words(scene: Scene) -> str:
    """Who owns the case where it stands; nobody is said."""
    view = scene.view
    assert view is not None
    if not view.stage or view.closed:
        return ""
    role = view.owner
    who = dict(view.assigned).get(role, "") if role else ""
    if who:
        return _("Owner: %(who)s, %(role)s.") % {
            "who": scene.who(who),
            "role": lower_first(role_title(scene.pathway, role)),
        }
    owner = scene.pathway.stages[view.stage].owner
    return _("No owner yet; here the case belongs to: %(role)s.") % {
        "role": lower_first(role_title(scene.pathway, owner))
    }


def time_of(scene: Scene, clock: ClockView) -> TimeLeft:
    """A clock as a time and a distance."""
    if clock.due is None:
        return TimeLeft(_("resting") if clock.state == "paused" else "")
    if clock.state == "paused":
        return TimeLeft(scene.clock.due(clock.due), mood="paused")
    if clock.state in ("met", "stopped", "cancelled"):
        said = "over" if clock.waits and clock.state == "stopped" else clock.state
        return TimeLeft(scene.clock.due(clock.due), _STATE_WORDS[said](), "done")
    if clock.waits and scene.clock.now > clock.due:
        gone = over(scene.clock.now - clock.due)
        return TimeLeft(scene.clock.due(clock.due), gone, "soon" if clock.task else "")
    return scene.clock.left(clock.due, clock.state == "near" or _today(scene, clock.due))


def _today(scene: Scene, due: int) -> bool:
    return (
        0 <= due - scene.clock.now < 86400
        and scene.clock.local(due).date() == scene.clock.local(scene.clock.now).date()
    )


_STATE_WORDS: dict[str, Callable[[], str]] = {
    "met": lambda: _("met"),
    "stopped": lambda: _("met late"),
    "over": lambda: _("over"),
    "cancelled": lambda: _("no longer runs"),
}
