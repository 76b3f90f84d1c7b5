"""Taking a step: the form, its draft, the second page that reads it back, and what came of it.

The draft on the server is the form's state: every press keeps it first, so nothing typed is lost whatever
the answer is.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amparo.cases.model import Do, Refusal, Request
from amparo.desk import plan as plans
from amparo.desk.context import Draft, Fault, Link
from amparo.desk.line import first_line, scene_of
from amparo.desk.pages import grown, not_here, saved_words, staff_page, typed_of
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.sits import no_sitting, quorum
from amparo.desk.steps import conflict, form, readback
from amparo.desk.steps.form import Answered, Around
from amparo.desk.steps.request import Author, Typing, read, taker_names
from amparo.desk.typed import Typed, one
from amparo.desk.where import Here, here
from amparo.desk.words import pick
from amparo.errors import AmparoError, NotPermitted
from amparo.ledger import book, drafts
from amparo.lens.sight import reads_all
from amparo.pathways.model import Step
from amparo.people.models import Site

Planner = Callable[[Scene, str], Plan | None]


class Work(NamedTuple):
    """One form of one case while it is worked on."""

    here: Here
    scene: Scene
    plan: Plan
    place: str
    saved: int | None
    typing: Typing


# ------------------------------------------------------------------------------------------------ which form
def _step_plan(scene: Scene, name: str) -> Plan | None:
    """The form of a step: for who takes it; for the office too, so that a refusal says who can."""
    step = scene.pathway.steps.get(name)
    if step is None or not (_takes(scene, step) or reads_all(scene.pathway, scene.role)):
        return None
    return plans.of_step(scene.pathway, name)


def _takes(scene: Scene, step: Step) -> bool:
    return bool(taker_names(scene.pathway, scene.role) & set(step.by))


def _choice_plan(scene: Scene, name: str) -> Plan | None:
    """The form of a choice: for roles that may know where the case stands."""
    assert scene.view is not None
    if not scene.view.stage:
        return None
    plan = plans.of_choice(scene.pathway, name, scene.view.stage, plans.taken_here(scene.view))
    takes = any(_takes(scene, scene.pathway.steps[s]) for s in plan.options)
    return plan if plan.options and (takes or reads_all(scene.pathway, scene.role)) else None


PLANNERS: dict[str, Planner] = {"step": _step_plan, "choice": _choice_plan}


def work(request: HttpRequest, case_id: str, kind: str, name: str) -> Work:
    """The form as it was left: its draft, or nothing typed. Raises `NotPermitted`."""
    if kind not in PLANNERS:
        raise NotPermitted(kind)
    at = here(request)
    seen = book.look(at.account, case_id, f"{kind} {name}", role=request.GET.get("role", ""), what="form")
    bare = scene_of(at, seen)
    plan = PLANNERS[kind](bare, name)
    if plan is None:
        raise NotPermitted(name)
    place = f"case/{case_id}/{plan.place}"
    kept = drafts.load(at.account, place)
    typed = kept[0] if kept else {"seen": [str(seen.view.seq)], "key": [secrets.token_hex(16)]}
    scene, plan = scene_of(at, seen, typed), plans.with_typed(plan, typed)
    typing = read(plan, scene.d, typed, Author(at.account.pk, scene.role))
    return Work(at, scene, plan, place, kept[1] if kept else None, typing)


def addresses(w: Work) -> tuple[str, str, str]:
    """The form, its second page, and the file it goes back to."""
    assert w.scene.view is not None
    kind, name = w.plan.place.split("/")
    case = w.scene.view.case
    return (
        reverse(kind, args=[case, name]),
        reverse(f"{kind}_readback", args=[case, name]),
        reverse("case", args=[case]),
    )


# ------------------------------------------------------------------------------------------------ the form
@staff_page
def step(request: HttpRequest, case_id: str, name: str) -> HttpResponse:
    """The form of one step."""
    return _form(request, case_id, "step", name)


@staff_page
def choice(request: HttpRequest, case_id: str, name: str) -> HttpResponse:
    """Findings and decision: the form of a choice."""
    return _form(request, case_id, "choice", name)


def _form(request: HttpRequest, case_id: str, kind: str, name: str) -> HttpResponse:
    w = work(request, case_id, kind, name)
    if request.method == "POST":
        return _pressed(request, w)
    return drawn(request, w, request.GET.get("asked", ""))


def drawn(request: HttpRequest, w: Work, asked: str) -> HttpResponse:
    """The form; `asked`: with everything that stands against it said; `write`: to one who wanted to write."""
    answered = consider(w, bool(asked))
    if asked == "write":
        answered = replace(answered, faults=(*answered.faults, *_unchosen(w)))
    if asked and any(r.code == "changed" for r in answered.refusals):
        return render(
            request,
            "steps/conflict.html",
            {"page": conflict.page(w.scene, w.plan, answered.refusals, addresses(w)[0])},
        )
    page = form.page(w.scene, w.plan, answered, around(w))
    return render(request, "steps/form.html", {"page": page})


def consider(w: Work, asked: bool) -> Answered:
    """What the engine says to the draft. Nothing is written."""
    assert w.scene.view is not None
    found = book.consider(w.here.account, w.scene.view.case, _considered(w))
    refusals = tuple(r for r in found.refusals if r.step)
    return Answered(found.offers, refusals, found.causes, w.typing.faults if asked else (), asked)


def _considered(w: Work) -> Request:
    """The draft. While no decision is chosen an empty one stands last, so that the decisions are sorted on
    the state
    that all the findings lead to: the ledger sorts them on what comes before the last step."""
    request = w.typing.request
    if not w.plan.choice or w.typing.chosen or not request.steps:
        return request
    return request._replace(steps=(*request.steps, Do("")))


def around(w: Work) -> Around:
    """First line, addresses, sitting and draft."""
    assert w.scene.view is not None
    action, _readback, back = addresses(w)
    body, sits = plans.body_of(w.plan), reverse("sitting", args=[w.scene.view.case])
    who = quorum(w.scene, sits) or no_sitting(w.scene, body, sits) if body else None
    sites = tuple((s.pk, s.name) for s in Site.objects.exclude(pk=w.here.site).order_by("name"))
    else_ = (Link(_("Something else happened"), back),) if len(w.scene.view.offers) > 1 else ()
    return Around(
        first_line(w.scene),
        action,
        back,
        one(w.scene.typed, "seen"),
        one(w.scene.typed, "key"),
        who,
        draft_of(w),
        sites=sites,
        elsewhere=else_,
    )


def draft_of(w: Work) -> Draft | None:
    """When the draft was kept, and who sees it."""
    if w.saved is None:
        return None
    return Draft(saved_words(w.scene.clock.time(w.saved)))


# ------------------------------------------------------------------------------------------------ pressing
def _pressed(request: HttpRequest, w: Work) -> HttpResponse:
    """Keep what was typed; then check, go on, or draw one more row."""
    action, second, _back = addresses(w)
    typed = grown(typed_of(request.POST), request.POST.get("more", ""))
    drafts.save(w.here.account, w.place, typed)
    then = request.POST.get("then", "")
    if then == "keep" or "more" in request.POST:
        return HttpResponseRedirect(action)
    if then == "alone" and w.plan.choice and w.plan.lead:
        return _alone(w, typed)
    if then == "check":
        return HttpResponseRedirect(f"{action}?asked=1")
    again = _again(w, typed)
    found = consider(again, asked=True)
    if found.faults or found.refusals or _unchosen(again):
        return HttpResponseRedirect(f"{action}?asked=write")
    return HttpResponseRedirect(second) if plans.ink(w.plan) else _write(request, again)


def _unchosen(w: Work) -> tuple[Fault, ...]:
    """A page of a choice writes a decision; what is found alone is written on a page of its own."""
    if not w.plan.choice or w.typing.chosen:
        return ()
    return (Fault("decide", _("Choose one decision, or go on with the findings alone")),)


def _alone(w: Work, typed: Typed) -> HttpResponse:
    """From the page of a decision to that of its findings, with everything typed."""
    assert w.scene.view is not None
    name = w.plan.main
    kept = {k: v for k, v in typed.items() if not k.startswith(("choice.", "term."))}
    place = f"case/{w.scene.view.case}/{plans.of_step(w.plan.pathway, name).place}"
    drafts.save(w.here.account, place, {**kept, "key": [secrets.token_hex(16)]})
    return HttpResponseRedirect(reverse("step", args=[w.scene.view.case, name]))


def _again(w: Work, typed: Typed) -> Work:
    scene, plan = replace(w.scene, typed=typed), plans.with_typed(w.plan, typed)
    author = Author(w.here.account.pk, scene.role)
    return w._replace(scene=scene, plan=plan, typing=read(plan, scene.d, typed, author))


@require_POST
@staff_page
def keep(request: HttpRequest, case_id: str, kind: str, name: str) -> HttpResponse:
    """Autosave: keeps the draft and says when."""
    w = work(request, case_id, kind, name)
    try:
        saved = drafts.save(w.here.account, w.place, typed_of(request.POST))
    except AmparoError as fault:
        return JsonResponse({"words": str(fault)})
    return JsonResponse({"words": saved_words(w.scene.clock.time(saved))})


# -------------------------------------------------------------------------------------- reading back, writing
@staff_page
def read_back(request: HttpRequest, case_id: str, kind: str, name: str) -> HttpResponse:
    """The second page: reads the act back; its button writes."""
    w = work(request, case_id, kind, name)
    if request.method == "POST":
        return _write(request, w)
    found = consider(w, asked=True)
    action, second, _back = addresses(w)
    if found.faults or found.refusals or _unchosen(w):
        return HttpResponseRedirect(f"{action}?asked=write")
    page = readback.page(
        w.scene, w.plan, found.causes, first_line(w.scene), (second, action), one(w.scene.typed, "key")
    )
    return render(request, "steps/readback.html", {"page": page})


def _write(request: HttpRequest, w: Work) -> HttpResponse:
    """Send it. A refusal leads back to the form with every word kept."""
    assert w.scene.view is not None
    action, _second, back = addresses(w)
    if w.saved is None and not one(w.scene.typed, "key"):
        return not_here(request)
    if _unchosen(w):
        return HttpResponseRedirect(f"{action}?asked=write")
    done = book.record(
        w.here.account,
        w.scene.view.case,
        w.typing.request,
        one(w.scene.typed, "key"),
        f"{w.plan.place}",
        draft=w.place,
    )
    if isinstance(done, Refusal):
        return HttpResponseRedirect(f"{action}?asked=1")
    messages.success(request, written_words(w))
    return HttpResponseRedirect(back)


def written_words(w: Work) -> str:
    """Said once on the next page: what was written, and when."""
    name = w.typing.chosen or w.plan.main
    return _("Written %(when)s: %(what)s.") % {
        "when": w.scene.clock.when(w.scene.clock.now),
        "what": pick(w.scene.pathway.steps[name].title, name),
    }


@staff_page
def anew(request: HttpRequest, case_id: str, kind: str, name: str) -> HttpResponse:
    """After a conflict: the same typing, on the case as it stands now."""
    w = work(request, case_id, kind, name)
    assert w.scene.view is not None
    drafts.save(w.here.account, w.place, {**w.scene.typed, "seen": [str(w.scene.view.seq)]})
    return HttpResponseRedirect(f"{addresses(w)[0]}?asked=1")
