"""Tests: for who collects, those of today; for who answers, those that wait; for who reads, a line a person.

Days before today and days to come are hatched for everybody. Whoever collects is shown no class, no reason and no other
day: the lens gives this page nothing else.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.testing import DISPUTABLE
from amparo.desk.context import Link, Nothing, Pair
from amparo.desk.line import scene_of
from amparo.desk.pages import staff_page, typed_of
from amparo.desk.scene import Scene
from amparo.desk.testing import roles, taps, waits
from amparo.desk.testing.context import Asked, LineOf, TestsPage, ToClass, Window
from amparo.desk.testing.words import (
    decided_words,
    line,
    outcome_words,
    specimen_words,
    state_words,
    whose_words,
)
from amparo.desk.times import DAY, TimeLeft, capital
from amparo.desk.where import Here, here
from amparo.desk.words import pick
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.lens.model import TestView
from amparo.pathways import calendar
from amparo.pathways.model import SettingRef

SOON = 3600
"""A window that ends within the hour is soon."""


@staff_page
def tests(request: HttpRequest) -> HttpResponse:
    """The page, for roles that have a part in tests. To all others it is not there."""
    at = here(request)
    if not roles.has_part(at.pathway, at.role):
        raise NotPermitted("tests")
    rows = book.tested(at.account, at.site, at.post.programme, role=at.role)
    scenes = tuple(scene_of(at, book.Seen(r.view, r.record, "", at.site, (at.role,))) for r in rows)
    done = taps.write(at, scenes, typed_of(request.POST)) if request.method == "POST" else taps.Written()
    if done.words:
        messages.success(request, done.words)
        return HttpResponseRedirect(reverse("tests"))
    drawn = replace(page(at, scenes), refusals=done.refusals)
    return render(request, "testing/page.html", {"page": drawn})


def page(at: Here, scenes: Sequence[Scene]) -> TestsPage:
    """The page from the cases that the lens let through."""
    p, role = at.pathway, at.role
    collects, answers, reads = (f(p, role) for f in (roles.collects, roles.answers, roles.reads))
    today = [(s, x) for s in scenes for x in s.view.tests if x.day == _today(at)] if collects else []  # type: ignore[union-attr]
    asked = sorted((_asked(s, x) for s, x in today), key=lambda x: bool(x.mark))
    return TestsPage(
        title=_title(today) if collects else _("Tests"),
        now=capital(at.clock.when(at.now)),
        lead=_lead(reads),
        today=_sum(today) if today else "",
        chance=_chance(at),
        unset=_unset(at),
        doubt=_doubt(at),
        asked=tuple(asked) if collects else None,
        waiting=tuple(_waiting(scenes)) if answers else None,
        lines=tuple(_line(s) for s in scenes) if reads else None,
        waits=waits.readable(p, role),
    )


def _today(at: Here) -> str:
    return calendar.day_of(at.now, at.zone).isoformat()


def _lead(reads: bool) -> str:
    if reads:
        return _("A day is drawn by lot, and known to nobody before it is told to the person.")
    return _(
        "You see each person from the minute they were told, until tonight. No result, no medication, no reason, "
        "no other day."
    )


# ------------------------------------------------------------------------------------------------ the sum
def _to_come(x: TestView) -> bool:
    return x.state == "ordered" and not x.outcome


def _title(today: Sequence[tuple[Scene, TestView]]) -> str:
    n, coming = len(today), sum(_to_come(x) for _scene, x in today)
    if not n:
        return _("Nobody is asked for a test today")
    people = ngettext("%(n)s person today", "%(n)s people today", n) % {"n": n}
    if not coming:
        return _("%(people)s, nobody still to come") % {"people": people}
    rest = ngettext("%(n)s still to come", "%(n)s still to come", coming) % {"n": coming}
    return f"{people}, {rest}"


def _sum(today: Sequence[tuple[Scene, TestView]]) -> str:
    """`1 given + 1 not given + 2 to come = 4`."""
    tests = [x for _scene, x in today]
    given, coming = sum(x.given is not None for x in tests), sum(_to_come(x) for x in tests)
    parts = [_("%(n)s given") % {"n": given}]
    rest = len(tests) - given - coming
    parts += [_("%(n)s not given") % {"n": rest}] if rest else []
    parts += [_("%(n)s to come") % {"n": coming}]
    return f"{' + '.join(parts)} = {len(tests)}"


def _chance(at: Here) -> str:
    every = all(s.over == "all_days" for s in at.pathway.schedules.values())
    all_days, working = (
        _("by lot over all seven days; nobody looks ahead"),
        _("by lot over working days; nobody looks ahead"),
    )
    return all_days if every else working


def _unset(at: Here) -> Nothing | None:
    """A number that nobody has entered: then nothing is drawn, and that is said."""
    refs = (
        r for s in at.pathway.schedules.values() for r in (s.at_least.a_week, *_windows(s.notice))
        if isinstance(r, SettingRef)
    )  # fmt: skip
    lacking = next((r.name for r in refs if _value(at, r.name) is None), "")
    if not lacking:
        return None
    title = pick(at.pathway.settings[lacking].title, lacking)
    return Nothing("ask", _("%(title)s: not entered. No day is drawn until it is.") % {"title": title})


def _value(at: Here, setting: str) -> object:
    """What holds at the site: what it entered, else what the programme says."""
    entered = at.settings.get(setting)
    return entered if entered is not None else at.pathway.settings[setting].value


def _windows(notice: object) -> Iterable[object]:
    return notice.values() if isinstance(notice, dict) else (notice,)


def _doubt(at: Here) -> str:
    return next((pick(s.unverified) for s in at.pathway.schedules.values() if s.unverified), "")


# ------------------------------------------------------------------------------------------------ who collects
def _asked(scene: Scene, x: TestView) -> Asked:
    name, file, href = _who(scene)
    mark, state, note = _stands(scene, x)
    said = taps.taps(scene, x)
    return Asked(
        name, file, href, scene.clock.time(x.ordered), tuple(_until(scene, x)), _how(scene, x), mark, state, note,
        tuple(_links(scene, x, ("collects",))) if not said and (not mark or mark == "clock") else (),
        said, book.item(x.id), secrets.token_hex(16),
    )  # fmt: skip


def _who(scene: Scene) -> tuple[str, str, str]:
    assert scene.view is not None
    case = scene.view.case
    return scene.called or _("without a name"), book.number(case), reverse("case", args=[case])


def _until(scene: Scene, x: TestView) -> Iterator[Window]:
    """Until when which specimen can be given: those that end together stand together, the longest first."""
    by_end: dict[int, list[str]] = {}
    for specimen, due in x.window:
        by_end.setdefault(due, []).append(specimen)
    over = x.given is not None or x.state == "classed"
    for due, codes in sorted(by_end.items(), reverse=True):
        if over:
            time = TimeLeft("", _("was until %(when)s") % {"when": scene.clock.time(due)})
        elif due < scene.clock.now:
            time = TimeLeft("", _("over since %(when)s") % {"when": scene.clock.time(due)})
        else:
            time = scene.clock.left(due, 0 <= due - scene.clock.now < SOON)
        yield Window(time, specimen_words(scene, x.schedule, codes))


def _how(scene: Scene, x: TestView) -> tuple[Pair, ...]:
    """What was agreed with the person about giving a specimen: facts that this role reads, beside who the person is and
    what the test itself asks.
    """
    p = scene.pathway
    own = {a.fact for s in _every_step(scene, x) for a in p.steps[s].asks}
    shown = (
        f for f in scene.facts().values()
        if f.class_ not in ("identity", "contact") and f.name not in own and f.state == "value"
    )  # fmt: skip
    return tuple(scene.pair(f) for f in shown) if not roles.reads(p, scene.role) else ()


def _every_step(scene: Scene, x: TestView) -> tuple[str, ...]:
    s = scene.pathway.schedules[x.schedule]
    return (*s.collects, *s.classes, *s.disputes, *s.excuses)


def _stands(scene: Scene, x: TestView) -> tuple[str, str, str]:
    """Mark, words, and a second voice."""
    if x.given is not None:
        specimen = specimen_words(scene, x.schedule, (x.specimen,))
        return "check", _("Given %(when)s") % {"when": scene.clock.time(x.given)}, capital(specimen)
    if x.state == "classed":
        return "dash", _("Answered without a specimen"), _("by whoever answers for it")
    if x.outcome:
        return "dash", outcome_words(x.outcome), _("a task for whoever answers for it, never a result")
    if x.state == "unanswered":
        return "clock", _("Its time is over"), _("a task for whoever answers for it, never a result")
    return "", "", ""


# ------------------------------------------------------------------------------------------------ who answers
def _waiting(scenes: Iterable[Scene]) -> Iterator[ToClass]:
    """Tests that wait for this role: to be classed or excused; then those that may be disputed."""
    for scene in scenes:
        assert scene.view is not None
        for x in scene.view.tests:
            links = tuple(_answers(scene, x))
            if links:
                name, file, href = _who(scene)
                note = " ".join(w for w in (whose_words(scene, x), decided_words(scene, x)) if w)
                yield ToClass(name, file, href, _test(scene, x), state_words(scene, x), note, links)


def test_links(scene: Scene, x: TestView) -> tuple[Link, ...]:
    """What this role can do about a test: give it in, while it is to come; else answer it."""
    to_give = x.given is None and x.state in ("ordered", "unanswered")
    given = _links(scene, x, ("collects",)) if to_give else ()
    return (*given, *_answers(scene, x))


def _answers(scene: Scene, x: TestView) -> Iterator[Link]:
    p, role = scene.pathway, scene.role
    if x.state in ("collected", "unanswered") or x.class_ == "disputed":
        yield from _links(scene, x, ("classes",))
    if x.state in ("ordered", "unanswered") and not roles.collects(p, role):
        yield from _links(scene, x, ("excuses",))
    if x.class_ in DISPUTABLE:
        yield from _links(scene, x, ("disputes",))


def _links(scene: Scene, x: TestView, kinds: Iterable[str]) -> Iterator[Link]:
    """The steps with which this role answers the test, each to its form, with the test named."""
    assert scene.view is not None
    for kind in kinds:
        for step in roles.steps(scene.pathway, scene.role, kind, x.schedule):
            words = pick(scene.pathway.steps[step].title, step)
            form = reverse("step", args=[scene.view.case, step])
            yield Link(words, f"{form}?{urlencode({'test': book.item(x.id)})}")


def _test(scene: Scene, x: TestView) -> str:
    day = scene.clock.day(x.ordered)
    return capital(day) if len(scene.pathway.schedules) == 1 else f"{pick(x.title, x.schedule)}, {day}"


# ------------------------------------------------------------------------------------------------ who reads
def _line(scene: Scene) -> LineOf:
    """One person, one line: since the last sitting that closed, else all."""
    view = scene.view
    assert view is not None
    since = max((s.closed for s in view.sittings if s.closed), default=0)
    mine = tuple(x for x in view.tests if x.ordered > since)
    name, file, href = _who(scene)
    wait = waits.wait(scene)
    said = (
        _("since the sitting of %(day)s") % {"day": scene.clock.day(since)} if since else _("since the beginning")
    )  # fmt: skip
    return LineOf(name, file, href, phase_words(scene), line(scene, mine), said, wait.words, wait.whose)


def phase_words(scene: Scene) -> str:
    """`phase 2 of 3, week 6`, '' for who may not read it."""
    assert scene.view is not None
    phase = scene.view.phase
    if phase is None:
        return ""
    week = (scene.clock.now - phase.since) // (7 * DAY) + 1
    return _("phase %(n)s of %(of)s, week %(week)s") % {"n": phase.number, "of": phase.of, "week": week}
