"""Opening a case by a door: who it is about, kept apart from the case, and the opening step's form."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.cases.eligibility import eligibility
from amparo.cases.model import Refusal
from amparo.desk import plan as plans
from amparo.desk.context import Draft, Fault, FirstLine, Link, RefusalLines, Row
from amparo.desk.doors import begun, counted, filled, person
from amparo.desk.doors.context import CountForm
from amparo.desk.doors.gates import Gate, several
from amparo.desk.on_call import rota
from amparo.desk.pages import grown, saved_words, staff_page, typed_of
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.shell import doors_of
from amparo.desk.steps import form, readback, rows
from amparo.desk.steps.context import StepPage
from amparo.desk.steps.form import Answered, Around
from amparo.desk.steps.request import Author, Typing, read
from amparo.desk.typed import Typed, one
from amparo.desk.where import Here, here
from amparo.desk.words import pick
from amparo.errors import AmparoError, NotPermitted
from amparo.ledger import book, papers
from amparo.lens import is_authority
from amparo.pathways.model import Step
from amparo.people.matching import Candidate

COUNT = "count:"
"""A button that adds to a count instead of opening a case: `count:` and the count's name."""


@dataclass(frozen=True)
class DoorsPage:
    """The doors this role may open."""

    doors: tuple[Link, ...]
    notes: tuple[str, ...]
    first: None = None


class Opening(NamedTuple):
    """A case that is being opened: nothing of it exists yet but this draft."""

    here: Here
    door: str
    scene: Scene
    plan: Plan
    place: str
    saved: int | None
    typing: Typing


@staff_page
def doors(request: HttpRequest) -> HttpResponse:
    """Which door."""
    at = here(request)
    if several(at) and "list" not in request.GET:
        return HttpResponseRedirect(reverse("which_door"))
    open_ = doors_of(at)
    if len(open_) == 1:
        return HttpResponseRedirect(reverse("door", args=[open_[0]]))
    links = tuple(Link(pick(at.pathway.doors[d].title, d), reverse("door", args=[d])) for d in open_)
    notes = tuple(pick(at.pathway.steps[at.pathway.doors[d].opens_with].title) for d in open_)
    return render(request, "doors/page.html", {"page": DoorsPage(links, notes)})


def opening(request: HttpRequest, door: str, *, resuming: bool = False) -> Opening:
    """An empty form; as it was left where somebody goes on with it (`resuming`: reads it back). Raises `NotPermitted`
    for a door that is not this role's.
    """
    at = here(request)
    if door not in doors_of(at):
        raise NotPermitted(door)
    place = begun.place(at, door)
    fresh = request.method == "GET" and not begun.goes_on(request) and not resuming
    kept = None if fresh else begun.kept(at, door, request.GET.get("draft", ""))
    typed: Typed = kept[0] if kept else {
        "key": [secrets.token_hex(16)], **filled.at_first(at.pathway, door, at.drawing, at.role, at.now),
    }  # fmt: skip
    return _opening(at, door, place, kept[1] if kept else None, typed)


def _opening(at: Here, door: str, place: str, saved: int | None, typed: Typed) -> Opening:
    step = at.pathway.doors[door].opens_with
    plan = plans.of_step(at.pathway, step)
    typed = filled.followed(at.pathway, at.pathway.steps[step], at.drawing, typed)
    called = person.called(typed)
    scene = Scene(
        at.pathway,
        at.drawing,
        at.clock,
        at.role,
        at.account.pk,
        door,
        None,
        called,
        typed,
        at.named,
        at.settings,
    )
    typing = read(plan, scene.d, typed, Author(at.account.pk, at.role), door)
    return Opening(at, door, scene, plan, place, saved, typing)


@staff_page
def door(request: HttpRequest, name: str) -> HttpResponse:
    """The form of a door."""
    o = opening(request, name)
    if request.method == "POST":
        return _pressed(request, o)
    return _drawn(request, o, "asked" in request.GET)


def carried(request: HttpRequest, at: Here, door: str, answers: Typed) -> HttpResponse:
    """The form of a door with answers that were given before it. Nothing of it is kept until it is sent or saved."""
    o = _opening(at, door, begun.place(at, door), None, {"key": [secrets.token_hex(16)], **answers})
    return _drawn(request, o, False)


def _drawn(
    request: HttpRequest, o: Opening, asked: bool, refusals: tuple[RefusalLines, ...] = ()
) -> HttpResponse:
    """The form, with the draft that may be gone on with, and what can be counted instead of opening a case."""
    page = eased(o, born_once(o, form.page(o.scene, o.plan, consider(o, asked), around(o, asked))), asked)
    offered = begun.offered(o.here, o.door) if o.saved is None else None
    page = replace(page, ask_next=ask_next(o), begun=offered, counts=_counts(o))
    return render(request, "steps/form.html", {"page": replace(page, refusals=(*refusals, *page.refusals))})


def who(o: Opening) -> str:
    """What is asked of who it is about: `name`, `called` or `none`."""
    return o.here.pathway.doors[o.door].who


def born_once(o: Opening, page: StepPage) -> StepPage:
    """The birth date stands with the name, where a name is asked; it is not asked again of the case."""
    if who(o) == "none" or not filled.tells_birth(o.here.pathway, _step(o)):
        return page
    return replace(page, also=tuple(r for r in page.also if r.control.name != f"fact.{filled.BORN}"))


def eased(o: Opening, page: StepPage, asked: bool) -> StepPage:
    """Where nobody need say who they are, the questions come first; what the clock knows, and what else is known of the
    person, lie behind the fold. With no papers to copy from there is nothing to compare: it is written at once.
    """
    if who(o) == "name":
        return page
    known = {f"fact.{n}" for n in filled.clocked(o.here.pathway, o.door, o.here.role)}
    filled_in = tuple(r for r in page.rows if r.control.name in known and not (r.lacking or r.control.error))
    shown = tuple(r for r in page.rows if r not in filled_in and r.nothing is None)
    mine = (person.called_row(o.scene.typed), *_person_rows(o, asked)) if who(o) == "called" else ()
    return replace(
        page,
        rows=(*shown, *mine[:1]),
        also=(*filled_in, *page.also, *mine[1:]),
        answered=rows.answered(shown, o.scene.typed, page.acceptances),
        must_hold=page.must_hold if page.refusals else (),
        before=page.before if page.refusals else (),
        ink=False,
    )


def _step(o: Opening) -> Step:
    return o.here.pathway.steps[o.here.pathway.doors[o.door].opens_with]


def _counts(o: Opening) -> tuple[CountForm, ...]:
    """Said no, or not offered: at a door where the person is there to be asked."""
    return () if o.here.pathway.doors[o.door].asks_first else counted.forms(Gate(o.here, o.door))


def faults(o: Opening) -> tuple[Fault, ...]:
    """Faults of the person's fields and of the step's."""
    return (*person.faults(o.scene.d, o.scene.typed), *o.typing.faults)


def consider(o: Opening, asked: bool) -> Answered:
    """What the engine says to the draft."""
    found = book.consider(
        o.here.account, None, o.typing.request, programme=o.here.post.programme, site=o.here.site
    )
    return Answered(found.offers, found.refusals, found.causes, faults(o) if asked else (), asked)


def ask_next(o: Opening) -> str:
    """The question that settles most of what must hold, while something of it is not known."""
    pathway = o.here.pathway
    paper = papers.site_on_paper(o.here.site, pathway, now=o.here.now)
    told = {name: value for do in o.typing.request.steps for name, value in do.facts.items()}
    found = eligibility(pathway, paper, o.door, told, o.typing.request.happened_at or o.here.now)
    return (
        pick(pathway.facts[found.next].title, found.next) if found.state == "not_known" and found.next else ""
    )


def around(o: Opening, asked: bool) -> Around:
    """What stands around the form of a door."""
    title = pick(o.here.pathway.doors[o.door].title, o.door)
    first = FirstLine(o.scene.called, _("New case"), _("%(door)s. Nothing is written yet.") % {"door": title})
    draft = Draft(saved_words(o.scene.clock.time(o.saved))) if o.saved is not None else None
    drawn = _person_rows(o, asked) if who(o) == "name" else ()
    address = reverse("door", args=[o.door])
    door = o.here.pathway.doors[o.door]
    call = None if door.asks_first else rota.after_step(o.here, door.opens_with)
    return Around(
        first, address, reverse("worklist"), "", one(o.scene.typed, "key"), None, draft, drawn, call=call
    )


def _person_rows(o: Opening, asked: bool) -> tuple[Row, ...]:
    """What is asked of the person, with what is no answer."""
    found = person.rows(o.scene.d, o.scene.typed, _candidates(o), speaks=not _language_asked(o))
    once = tuple(r for r in found if who(o) == "name" or r.control.name != "person.wanted")
    wrong = {f.field: f.words for f in person.faults(o.scene.d, o.scene.typed)} if asked else {}
    return rows.with_faults(once, wrong)


def _language_asked(o: Opening) -> bool:
    """Does the step itself ask which language is spoken? Then it is asked there, once."""
    return filled.language_fact(o.here.pathway, _step(o)) != ""


def _candidates(o: Opening) -> tuple[Candidate, ...]:
    """Who may be the same person. Asked only for roles that read the names of a site's cases."""
    return person.candidates(o.scene.typed) if person.may_match(o.here.pathway, o.here.role) else ()


# ------------------------------------------------------------------------------------------------ pressing
def _pressed(request: HttpRequest, o: Opening) -> HttpResponse:
    typed = grown(typed_of(request.POST), request.POST.get("more", ""))
    address, then = reverse("door", args=[o.door]), request.POST.get("then", "")
    if then == "anew":
        begun.wipe(o.here, o.door)
        return HttpResponseRedirect(address)
    begun.save(o.here, o.door, typed)
    if then == "keep" or "more" in request.POST:
        return HttpResponseRedirect(f"{address}?draft")
    if then.startswith(COUNT):
        return _count(request, _opening(o.here, o.door, o.place, o.here.now, typed), then.removeprefix(COUNT))
    again = _opening(o.here, o.door, o.place, o.here.now, typed)
    found = consider(again, asked=True)
    if then == "check" or found.faults or found.refusals:
        return HttpResponseRedirect(f"{address}?asked=1")
    if who(o) != "name":
        return _write(request, again)
    return HttpResponseRedirect(reverse("door_readback", args=[o.door]))


def _count(request: HttpRequest, o: Opening, name: str) -> HttpResponse:
    """Instead of a case, one more in a count, without a name; what was typed goes."""
    if name not in {f.name for f in _counts(o)}:
        raise NotPermitted(name)
    told = {fact: value for do in o.typing.request.steps for fact, value in do.facts.items()}
    refused = counted.add(Gate(o.here, o.door), name, told, o.scene.typed)
    if refused:
        return _drawn(request, o, False, refused)
    begun.wipe(o.here, o.door)
    messages.success(request, _("Counted, without a name. Nothing of what was typed is kept."))
    return HttpResponseRedirect(reverse("worklist"))


@require_POST
@staff_page
def keep(request: HttpRequest, name: str) -> HttpResponse:
    """Autosave."""
    o = opening(request, name)
    try:
        saved = begun.save(o.here, o.door, typed_of(request.POST))
    except AmparoError as fault:
        return JsonResponse({"words": str(fault)})
    return JsonResponse({"words": saved_words(o.scene.clock.time(saved))})


@staff_page
def read_back(request: HttpRequest, name: str) -> HttpResponse:
    """The second page reads it back; its button opens the case."""
    o = opening(request, name, resuming=True)
    address = reverse("door", args=[name])
    found = consider(o, asked=True)
    if found.faults or found.refusals:
        return HttpResponseRedirect(f"{address}?asked=1")
    if request.method == "POST":
        return _write(request, o)
    here_ = reverse("door_readback", args=[name])
    page = readback.page(o.scene, o.plan, found.causes, around(o, False).first, (here_, address), "")
    known = person.pairs(o.scene.d, o.scene.typed)
    return render(request, "steps/readback.html", {"page": replace(page, pairs=(*known, *page.pairs))})


def _write(request: HttpRequest, o: Opening) -> HttpResponse:
    """Keep the person, open the case. Sent twice, it is opened once; refused, nobody is kept."""
    key = one(o.scene.typed, "key")
    about, new = person.keep(o.scene.d, o.scene.typed, key) if who(o) != "none" else ("", False)
    done = book.record(
        o.here.account,
        None,
        o.typing.request,
        key,
        "opening",
        about,
        programme=o.here.post.programme,
        site=o.here.site,
        draft=o.place,
    )
    if isinstance(done, Refusal):
        person.forget(about, new)
        return HttpResponseRedirect(f"{reverse('door', args=[o.door])}?asked=1")
    if o.here.pathway.doors[o.door].asks_first and is_authority(o.here.pathway, o.here.role):
        messages.success(request, _("Thank you. It was passed on, and the person will be asked first."))
        return HttpResponseRedirect(reverse("worklist"))
    messages.success(request, _("Opened: %(case)s.") % {"case": book.number(done.case_id)})
    return HttpResponseRedirect(reverse("case", args=[done.case_id]))
