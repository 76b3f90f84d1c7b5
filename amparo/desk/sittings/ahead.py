"""Days to come: who comes before a body or a judge, when, and what is still missing for it.

Read off the definition: an hour that was told and lies ahead; where none was told, the clock that comes round and is
met where the person comes. Nothing here knows a programme.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.line import scene_of
from amparo.desk.scene import Scene
from amparo.desk.sittings.context import Ahead, DayOf
from amparo.desk.testing.view import phase_words
from amparo.desk.times import DAY, capital, named_day
from amparo.desk.where import Here
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.ledger import book
from amparo.lens import View
from amparo.pathways.model import Pathway
from amparo.people.store import Record

DAYS = 28
"""So far ahead the list goes."""


class Comes(NamedTuple):
    """When somebody comes, and for what. at: None where only the day is known by which; by: that day."""

    what: str
    at: int | None
    by: int | None = None
    late: bool = False

    @property
    def when(self) -> int:
        """For the order."""
        return self.at if self.at is not None else self.by or 0


def has(pathway: Pathway) -> bool:
    """Does anybody come before a body, or before who presides over it? Else there is no list of days."""
    return bool(pathway.bodies) and bool(pathway.sittings)


def days(at: Here, besides: Mapping[str, int]) -> tuple[DayOf, ...]:
    """Day by day, the earliest first. besides: case -> the hour of its sitting, which stands on the page already."""

    def comes(row: book.Row) -> Comes | None:
        found = _next(at, row.view)
        known = besides.get(row.case)
        return None if found is not None and known is not None and found.at in (None, known) else found

    rows = book.coming(
        at.account,
        at.site,
        at.post.programme,
        lambda r: comes(r) is not None,
        role=at.role,
    )
    found = [(one, row) for row in rows if (one := comes(row)) is not None]
    found.sort(
        key=lambda pair: (
            pair[0].late,
            _day(at, pair[0]),
            not _custody(pair[1].view, at.pathway),
            pair[0].when,
        )
    )
    by_day: dict[tuple[bool, date], list[Ahead]] = {}
    for one, row in found:
        by_day.setdefault((one.late, _day(at, one)), []).append(_ahead(at, one, row))
    return tuple(_of(at, late, day, lines) for (late, day), lines in by_day.items())


def _of(at: Here, late: bool, day: date, lines: list[Ahead]) -> DayOf:
    today = at.clock.local(at.now).date()
    title = _("Today") if day == today else capital(named_day(day, today))
    if late:
        title = _("Was due by %(day)s") % {"day": named_day(day, today)}
    count = ngettext("%(n)s person", "%(n)s people", len(lines)) % {"n": len(lines)}
    return DayOf(title, count, tuple(lines), late)


def _day(at: Here, comes: Comes) -> date:
    return at.clock.local(comes.when).date()


# ------------------------------------------------------------------------------------------------ when
def _next(at: Here, view: View) -> Comes | None:
    """The next hour that was told; else the day by which the person is to come."""
    if view.closed:
        return None
    ahead = [c for c in _told(at, view) if at.now - DAY < c.when < at.now + DAYS * DAY]
    ahead = [c for c in ahead if _day(at, c) >= at.clock.local(at.now).date()]
    return min(ahead, key=lambda c: c.when, default=None) or _round(at, view)


def _told(at: Here, view: View) -> Iterator[Comes]:
    """Hours that were told."""
    for f in view.facts:
        fact = at.pathway.facts.get(f.name)
        if (
            f.state == "value"
            and fact is not None
            and fact.type.kind == "instant"
            and isinstance(f.value, int)
        ):
            hour = any(letter.hour == f.name for letter in at.pathway.letters.values())
            yield Comes(pick(view.state) if hour else pick(fact.title, f.name), f.value)


def _round(at: Here, view: View) -> Comes | None:
    """A clock that comes round, met first by a body or by who presides over one."""
    p = at.pathway
    sits = {*p.bodies, *(b.chair for b in p.bodies.values())}
    for c in view.clocks:
        clock = p.clocks.get(c.name)
        if clock is None or clock.every is None or not clock.meets or not c.going or c.due is None:
            continue
        step = p.steps.get(clock.meets[0])
        if step is not None and set(step.by) & sits and c.due < at.now + DAYS * DAY:
            return Comes(pick(clock.title, c.name), None, c.due, c.state == "late")
    return None


# ------------------------------------------------------------------------------------------------ a line
def _ahead(at: Here, comes: Comes, row: book.Row) -> Ahead:
    scene = scene_of(at, book.Seen(row.view, row.record, "", at.site, (at.role,)))
    hour = scene.clock.time(comes.at) if comes.at is not None else _("no hour is set")
    name = scene.called or _("without a name")
    return Ahead(
        hour,
        name,
        book.number(row.case),
        reverse("case", args=[row.case]),
        capital(phase_words(scene)) or pick(row.view.state),
        comes.what,
        tuple(_marks(scene, row.record)),
        tuple(_missing(scene)),
    )


def _marks(scene: Scene, record: Record | None) -> Iterator[str]:
    """What everybody in the room has to know of: custody, an interpreter, a graduation."""
    assert scene.view is not None
    if _custody(scene.view, scene.pathway):
        yield _("in custody")
    if record is not None and record.interpreter:
        yield _("interpreter")
    if _graduates(scene):
        yield _("everything is met: the last phase can be ended")


def _custody(view: View, pathway: Pathway) -> bool:
    """Does the file say that the person is in custody? By the fact that a step which means it says so."""
    said = {
        f for s in pathway.steps.values() if "custody_in" in s.means for f, v in s.sets.items() if v is True
    }
    return any(f.name in said and f.value is True for f in view.facts)


def _graduates(scene: Scene) -> bool:
    """Is it the last phase, with nothing open that this role reads?"""
    phase = scene.view.phase if scene.view else None
    if phase is None or phase.number != phase.of:
        return False
    return all(r.state == "met" or r.waived for r in phase.requires)


def _missing(scene: Scene) -> Iterator[str]:
    """What the body's own meeting has not said since the person came last, and whose it is."""
    assert scene.view is not None
    p, view = scene.pathway, scene.view
    bodies = set(p.bodies)
    for name, step in p.steps.items():
        stays = bodies & set(step.by) and not step.to and not step.choice and not step.recorded
        if stays and view.stage in step.from_ and _last(view, (name,)) <= _last(view, _come(p)):
            who = listed(lower_first(role_title(p, r)) for r in step.by)
            yield _("%(step)s since last time (waits for: %(who)s)") % {
                "step": pick(step.title, name),
                "who": who,
            }
    for x in view.letters:
        if x.hour is not None and x.hour > scene.clock.now and x.delivered is None and x.state != "cancelled":
            yield _("proof that “%(letter)s” was in hand") % {"letter": pick(x.title, x.letter)}


def _come(pathway: Pathway) -> tuple[str, ...]:
    """The steps that meet a clock which comes round."""
    return tuple(c.meets[0] for c in pathway.clocks.values() if c.every is not None and c.meets)


def _last(view: View, steps: tuple[str, ...]) -> int:
    """When one of these was done last, 0 if never."""
    done = (e.at for e in view.timeline if e.kind == "step.taken" and e.name in steps and not e.annulled)
    return max(done, default=0)
