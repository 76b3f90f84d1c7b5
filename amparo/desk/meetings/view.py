"""Meetings at which many people are spoken of: before, for one alone; then in the room.

In the room only people of whom everybody present may know. That others are not there is said to nobody: no number, no
gap. Somebody who comes or goes changes the list before the next name is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.story import word
from amparo.desk import offices
from amparo.desk.context import Link, Pair
from amparo.desk.homes import GOING
from amparo.desk.line import scene_of
from amparo.desk.meetings import table
from amparo.desk.meetings.context import KindsPage, MeetingPage, RoomPage, Said, Talk
from amparo.desk.pages import staff_page
from amparo.desk.scene import Scene
from amparo.desk.steps.agreed import BY
from amparo.desk.testing.view import phase_words
from amparo.desk.times import capital
from amparo.desk.where import Here, here
from amparo.desk.words import cited, language, listed, lower_first, pick, role_title
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.pathways.model import SittingKind

PRIVATE = ("identity", "contact", "demographic")
"""Classes of facts that are nobody's business in a room, whoever may read them on a file."""


def _here(request: HttpRequest) -> Here:
    """The post, of a role that prepares meetings. To all others the page is not there."""
    at = here(request)
    if not table.prepares(at.pathway, at.role) or not table.kinds(at.pathway):
        raise NotPermitted("meetings")
    return at


@staff_page
def kinds(request: HttpRequest) -> HttpResponse:
    """The meetings of the programme; of a single one, its page at once."""
    at = _here(request)
    found = table.kinds(at.pathway)
    links = tuple(Link(pick(k.title, n), reverse("meeting", args=[n])) for n, k in found.items())
    if len(links) == 1:
        return HttpResponseRedirect(links[0].href)
    return render(request, "meetings/kinds.html", {"page": KindsPage(links)})


def _kind(at: Here, name: str) -> SittingKind:
    found = table.kinds(at.pathway).get(name)
    if found is None:
        raise NotPermitted(name)
    return found


# ------------------------------------------------------------------------------------------------ before
@staff_page
def before(request: HttpRequest, kind: str) -> HttpResponse:
    """Who comes, and of whom may be spoken then."""
    at = _here(request)
    found = _kind(at, kind)
    if request.method == "POST":
        table.choose(request, at, kind, request.POST.getlist("at_table"))
        return HttpResponseRedirect(reverse("meeting", args=[kind]))
    present = table.chosen(request, at, kind)
    spoken = book.before_meeting(
        at.account, at.site, at.post.programme, present, body=found.body, role=at.role
    )
    drawn = before_page(at, kind, found, present, spoken)
    return render(request, "meetings/before.html", {"page": drawn})


def before_page(
    at: Here, kind: str, found: SittingKind, present: Sequence[book.Guest], spoken: Sequence[book.Spoken]
) -> MeetingPage:
    """The page from what the ledger found."""
    talks = [_talk(at, one) for one in spoken]
    may, not_ = [t for t in talks if not t.shut], [t for t in talks if t.shut]
    return MeetingPage(
        title=_title(kind, found, present, len(may), len(not_)),
        lead=_("For you alone: nobody else sees this page."),
        basis=cited(at.pathway, found.basis),
        benches=table.benches(at, present),
        come=_come(present),
        open=tuple(may),
        shut=tuple(_alike(not_)),
        shut_n=len(not_),
        chosen=bool(present),
        foot=_("%(all)s open cases: %(may)s + %(not)s.")
        % {"all": len(talks), "may": len(may), "not": len(not_)},
        room=reverse("meeting_room", args=[kind]),
    )


def _title(kind: str, found: SittingKind, present: Sequence[book.Guest], may: int, not_: int) -> str:
    if not present:
        return pick(found.title, kind)
    people = (
        ngettext("%(n)s person may be spoken of", "%(n)s people may be spoken of", may) % {"n": may}
        if may
        else _("Nobody may be spoken of")
    )
    if not not_:
        return f"{people}."
    return f"{people}, " + ngettext("%(n)s may not.", "%(n)s may not.", not_) % {"n": not_}


def _alike(shut: Iterable[Talk]) -> Iterator[tuple[Talk, ...]]:
    """Those of whom nothing may be said for the same reason, together."""
    by_reason: dict[tuple[str, str], list[Talk]] = {}
    for talk in shut:
        by_reason.setdefault((talk.shut, talk.why), []).append(talk)
    return (tuple(alike) for alike in by_reason.values())


def _come(present: Sequence[book.Guest]) -> str:
    if not present:
        return _("Nobody is chosen yet: then nothing may be read aloud.")
    return _("With you in the room: %(who)s.") % {"who": listed(guest.name for guest in present)}


def _talk(at: Here, one: book.Spoken) -> Talk:
    scene = _scene(at, one.row)
    name = scene.called or _("without a name")
    shut = listed(guest.name for guest in one.not_with)
    return Talk(
        name,
        book.number(one.row.case),
        reverse("case", args=[one.row.case]),
        pick(one.row.view.state),
        _("Not with %(who)s in the room") % {"who": shut} if shut else "",
        _why(scene, one.not_with),
    )


def _why(scene: Scene, shut: Sequence[book.Guest]) -> str:
    """Why not: no live consent names the office, no consent can let it know, or somebody has no part in this case."""
    p = scene.pathway
    parties = dict.fromkeys(guest.role for guest in shut if guest.id.startswith(offices.PREFIX))
    people = dict.fromkeys(guest.role for guest in shut if not guest.id.startswith(offices.PREFIX))
    could = [r for r in parties if any(_could(scene, k, r) for k in p.consents)]
    never = [r for r in parties if r not in could]
    said = (
        (could, _("no live consent names: %(who)s")),
        (never, _("may not know of this case: %(who)s")),
        (list(people), _("has no part in this case: %(who)s")),
    )
    parts = [words % {"who": _titles(scene, who)} for who, words in said if who]
    return capital("; ".join(parts)) + "." if parts else ""


def _could(scene: Scene, kind: str, role: str) -> bool:
    found = scene.pathway.consents[kind]
    return role in found.to and (found.doors == "all" or scene.door in found.doors)


def _titles(scene: Scene, roles: Iterable[str]) -> str:
    return listed(lower_first(role_title(scene.pathway, role)) for role in roles)


def _scene(at: Here, row: book.Row) -> Scene:
    return scene_of(at, book.Seen(row.view, row.record, "", at.site, (at.role,)))


# ------------------------------------------------------------------------------------------------ in the room
@staff_page
def room(request: HttpRequest, kind: str) -> HttpResponse:
    """What may be shown to everybody present; that it is shown is written down for each of them."""
    at = _here(request)
    found = _kind(at, kind)
    if request.method == "POST":
        table.choose(request, at, kind, request.POST.getlist("at_table"))
        return HttpResponseRedirect(reverse("meeting_room", args=[kind]))
    present = table.chosen(request, at, kind)
    if not present:
        return HttpResponseRedirect(reverse("meeting", args=[kind]))
    shown = book.in_the_room(
        at.account, at.site, at.post.programme, present, body=found.body, language=language(), role=at.role
    )
    return render(request, "meetings/room.html", {"page": room_page(at, kind, found, present, shown)})


def room_page(
    at: Here, kind: str, found: SittingKind, present: Sequence[book.Guest], shown: book.Room
) -> RoomPage:
    """The page from what may be said to all."""
    said = tuple(_said(_scene(at, one.row), one) for one in shown.cases)
    return RoomPage(
        title=pick(found.title, kind),
        lead=capital(at.clock.when(at.now)),
        present=tuple(guest.name for guest in present),
        benches=table.benches(at, present),
        adds=shown.adds,
        cases=said,
        empty=_("With these people in the room nobody can be spoken of."),
        foot=_(
            "That you were shown this list is written down for each of you; everybody on it can read that."
        ),
        back=reverse("meeting", args=[kind]),
    )


def _said(scene: Scene, one: book.Aloud) -> Said:
    view = scene.view
    assert view is not None
    facts = [f for f in view.facts if f.name in one.facts and f.class_ not in PRIVATE]
    named = one.named and bool(scene.called)
    known = tuple(replace(scene.pair(f), note="") for f in facts)
    state = [pick(view.state)] if one.stage else []
    state += [phase_words(scene)] if one.phase else []
    return Said(
        scene.called if named else book.number(view.case),
        "" if named else _("not by name: somebody here reads no names"),
        ", ".join(x for x in state if x),
        known,
        tuple(_promised(scene, one)),
        tuple(_links(scene)),
    )


def _promised(scene: Scene, one: book.Aloud) -> Iterator[Pair]:
    """What was promised, by them and by us, with where it stands."""
    assert scene.view is not None
    for o in scene.view.obligations:
        if o.id in one.obligations:
            kind = scene.pathway.obligations[o.kind]
            due = scene.clock.due(o.due) if o.due is not None else ""
            yield Pair(pick(kind.title, o.kind), capital(word(o.state, language())), due)


def _links(scene: Scene) -> Iterator[Link]:
    """Steps that write down what is promised now, if they stand open for who shows the list."""
    assert scene.view is not None
    for o in scene.view.offers:
        if o.group in GOING and scene.pathway.steps[o.step].makes:
            href = reverse("step", args=[scene.view.case, o.step])
            yield Link(pick(o.title, o.step), f"{href}?{BY}={_next_week(scene)}")


def _next_week(scene: Scene) -> date:
    """The day that is filled in, to be changed: a week on, when most of these lists are read again."""
    return scene.clock.local(scene.clock.now).date() + timedelta(weeks=1)
