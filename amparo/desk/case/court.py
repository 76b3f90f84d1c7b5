"""The phase of a case and its tests, beside its file: what is asked, what holds, and what waits on us."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amparo.desk.case.context import PhaseCard, TestRow, TestsCard
from amparo.desk.context import Check, Nothing, Pair
from amparo.desk.scene import Scene
from amparo.desk.testing import roles
from amparo.desk.testing.view import phase_words, test_links
from amparo.desk.testing.waits import wait
from amparo.desk.testing.words import decided_words, line, state_words
from amparo.desk.times import capital
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.lens.model import PhaseView, RequirementView, TestView
from amparo.pathways import courts

SHOWN = 4
"""So many tests stand on the file, those that wait first, then the newest; the line above them counts all."""


# ------------------------------------------------------------------------------------------------ the phase
def phase(scene: Scene) -> PhaseCard | None:
    """The card of the phase; None before the first, and for who may not read the stage."""
    assert scene.view is not None
    here = scene.view.phase
    if here is None:
        return None
    return PhaseCard(
        pick(here.title, here.id),
        capital(phase_words(scene)),
        _days(scene, here),
        _unset(scene, here),
        tuple(_check(scene, x) for x in here.requires),
        _next(scene, here),
        scene.cite(here.basis),
        pick(here.unverified) if here.unverified else "",
    )


def _days(scene: Scene, here: PhaseView) -> str:
    if here.over_at is None:
        return ""
    when = scene.clock.day(here.over_at)
    over = here.over_at <= scene.clock.now
    return (_("Its days were over on %(day)s.") if over else _("Lasts until %(day)s at least.")) % {
        "day": when
    }


def _unset(scene: Scene, here: PhaseView) -> Nothing | None:
    if not here.unset:
        return None
    title = pick(scene.pathway.settings[here.unset].title, here.unset)
    return Nothing("ask", _("Not watched: %(what)s is not entered.") % {"what": lower_first(title)})


def _check(scene: Scene, x: RequirementView) -> Check:
    state, note = _stands(scene, x)
    return Check(pick(x.say, x.name), note, state)


def _stands(scene: Scene, x: RequirementView) -> tuple[str, str]:
    """Mark and second voice of what a phase asks."""
    if x.state == "hidden":
        return "hidden", _("your role does not read how this stands")
    if x.waived:
        return "done", _("passed with a reason")
    if x.state == "met":
        return "done", ""
    if x.ours:
        return "ours", _("waits on a service or on us: ours, and held against nobody")
    who = listed(lower_first(role_title(scene.pathway, role)) for role in x.waived_by)
    passed = _("may be passed with a reason by: %(who)s") % {"who": who} if who else ""
    if x.state == "not_known":
        return "ask", "; ".join(w for w in (_("not known yet"), passed) if w)
    return "open", passed


def _next(scene: Scene, here: PhaseView) -> str:
    coming = courts.phase_at(scene.pathway, here.number + 1)
    if coming is None:
        return _("It is the last phase.")
    return _("Then: %(phase)s.") % {"phase": pick(coming.title, coming.id)}


# ------------------------------------------------------------------------------------------------ tests
def tests(scene: Scene) -> TestsCard | None:
    """The card of tests; None where this role sees none and reads no schedule."""
    view = scene.view
    assert view is not None
    if not view.tests and not view.schedules:
        return None
    reads = roles.reads(scene.pathway, scene.role)
    going = wait(scene)
    more = len(view.tests) - SHOWN
    return TestsCard(
        line(scene, view.tests) if reads else "",
        _("Waits for treatment: %(days)s, %(whose)s.") % {"days": going.words, "whose": going.whose}
        if going.words
        else "",
        tuple(sorted((_row(scene, x) for x in view.tests), key=lambda row: not row.links)[:SHOWN]),
        _("%(n)s more before these.") % {"n": more} if more > 0 else "",
        tuple(_schedules(scene)),
    )


def _row(scene: Scene, x: TestView) -> TestRow:
    ours = _("nobody was told in time: ours") if x.ours else ""
    words = "; ".join(w for w in (state_words(scene, x), ours) if w)
    return TestRow(scene.clock.day(x.ordered), words, test_links(scene, x), decided_words(scene, x))


def _schedules(scene: Scene) -> Iterator[Pair]:
    assert scene.view is not None
    for s in scene.view.schedules:
        title = pick(s.title, s.name)
        if s.lacks:
            named = pick(scene.pathway.settings[s.lacks].title, s.lacks)
            said = _("Not watched: %(what)s is not entered. Nothing is drawn.") % {"what": lower_first(named)}
            yield Pair(title, nothing=Nothing("ask", said))
        elif s.running:
            words = _("%(n)s days of each week, drawn by lot") % {"n": s.a_week}
            yield Pair(title, words, _("which ones, nobody knows before"))
        else:
            yield Pair(title, _("no longer drawn"))
