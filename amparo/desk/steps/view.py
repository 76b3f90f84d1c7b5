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
from amparo.desk.steps import (
    about_test,
    agreed,
    conflict,
    form,
    next_date,
    proposal,
    readback,
    responding,
    ways,
)
from amparo.desk.steps.form import Answered, Around
from amparo.desk.steps.request import Author, Typing, read, taker_names
from amparo.desk.typed import Typed, one
from amparo.desk.where import Here, here
from amparo.desk.words import pick
from amparo.errors import AmparoError, NotPermitted
from amparo.ledger import book, drafts
from amparo.lens import View
from amparo.lens.sight import reads_all
from amparo.pathways.model import Step
from amparo.people.models import Site

Planner = Callable[[Scene, str, str], Plan | None]
NOTHING_TYPED = Typing(Request("steps", "", ""), (), "")


class Work(NamedTuple):
    """One form of one case while it is worked on."""

    here: Here
    scene: Scene
    plan: Plan
    place: str
    saved: int | None
    typing: Typing


# ------------------------------------------------------------------------------------------------ which form
def _step_plan(scene: Scene, name: str, stage: str = "") -> Plan | None:
    """The form of a step: for who takes it; for the office too, so that a refusal says who can."""
    step = scene.pathway.steps.get(name)
    if step is None or not (_takes(scene, step) or reads_all(scene.pathway, scene.role)):
        return None
    return plans.of_step(scene.pathway, name)


def _takes(scene: Scene, step: Step) -> bool:
    return bool(taker_names(scene.pathway, scene.role) & set(step.by))


def _choice_plan(scene: Scene, name: str, stage: str = "") -> Plan | None:
    """The form of a choice: for roles that may know where the case stands. `stage`: where it stood when this
    was begun, so that a case moved by somebody else meanwhile takes nothing typed off the page.
    """
    assert scene.view is not None
    if not scene.view.stage:
        return None
    there = stage if stage in scene.pathway.stages else scene.view.stage
    taken = plans.taken_here(scene.view) if there == scene.view.stage else frozenset()
    plan = plans.of_choice(scene.pathway, name, there, taken)
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
    place = f"case/{case_id}/{kind}/{name}"
    kept = drafts.load(at.account, place)
    typed: Typed = kept[0] if kept else {"key": [secrets.token_hex(16)], **_now(seen.view)}
    plan = PLANNERS[kind](bare, name, one(typed, "stage"))
    if plan is None:
        raise NotPermitted(name)
    if not kept:
        typed = {**typed, **agreed.filled_in(plan, request.GET.get(agreed.BY, ""))}
    bare_work = Work(at, bare, plan, place, kept[1] if kept else None, NOTHING_TYPED)
    asked = request.GET.get(about_test.FIELD)
    return _again(bare_work, {**typed, about_test.FIELD: [asked]} if asked else typed)


def _now(view: View) -> dict[str, list[str]]:
    """What a form is drawn on: the newest entry, and where the case stands."""
    return {"seen": [str(view.seq)], "stage": [view.stage]}


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
    answered = consider(w, bool(asked) or moved(w))
    if asked == "write":
        answered = replace(answered, faults=(*answered.faults, *_held_back(w)))
    return answer_drawn(request, w, answered)


def answer_drawn(request: HttpRequest, w: Work, answered: Answered) -> HttpResponse:
    """The form with what the engine answers; both versions where somebody else wrote meanwhile."""
    if answered.asked and any(r.code == "changed" for r in answered.refusals):
        return render(
            request,
            "steps/conflict.html",
            {"page": conflict.page(w.scene, w.plan, answered.refusals, addresses(w)[0])},
        )
    if moved(w):
        return HttpResponseRedirect(f"{addresses(w)[0]}anew/")
    bare = form.page(w.scene, w.plan, answered, around(w, request.GET.get("at", "")))
    page = ways.eased(w.scene, w.plan, bare, lambda step: _kept(w, step))
    return render(request, "steps/form.html", {"page": page})


def _kept(w: Work, step: str) -> bool:
    """Has this account a draft of another step of the case?"""
    assert w.scene.view is not None
    return drafts.load(w.here.account, f"case/{w.scene.view.case}/step/{step}") is not None


def moved(w: Work) -> bool:
    """Has the case come to another stage since this was begun?"""
    assert w.scene.view is not None
    begun = one(w.scene.typed, "stage")
    return bool(w.plan.choice and begun) and begun != w.scene.view.stage


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


def around(w: Work, at: str = "") -> Around:
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
        stage=one(w.scene.typed, "stage"),
        voted_on=proposal.mark(w.typing.request),
        at=at,
        alike=_alike(w),
    )


def _alike(w: Work) -> dict[str, tuple[book.Answer, ...]]:
    """On the form of a response: how the same thing was answered before."""
    if responding.of(w.plan) is None or w.scene.view is None:
        return {}
    at = w.here
    return book.alike(at.account, at.site, at.post.programme, w.scene.view.case, role=w.scene.role)


def draft_of(w: Work) -> Draft | None:
    """When the draft was kept, and who sees it."""
    if w.saved is None:
        return None
    return Draft(saved_words(w.scene.clock.time(w.saved)))


# ------------------------------------------------------------------------------------------------ pressing
def _pressed(request: HttpRequest, w: Work) -> HttpResponse:
    """Keep what was typed; then check, go on, or draw one more row."""
    action, second, _back = addresses(w)
    then, typed = ways.answered(
        request.POST.get("then", ""), grown(typed_of(request.POST), request.POST.get("more", ""))
    )
    again = _again(w, typed)
    drafts.save(w.here.account, w.place, again.scene.typed)
    if then == "keep" or "more" in request.POST:
        return HttpResponseRedirect(action)
    if then == "alone" and w.plan.choice and w.plan.lead:
        return _alone(w, typed)
    if then == "votes" or (then == "check" and w.plan.choice and not one(typed, "tried")):
        return HttpResponseRedirect(f"{action}?at={'votes' if then == 'votes' else 'decide'}")
    if then == "check":
        return HttpResponseRedirect(f"{action}?asked=1")
    if book.sent(w.here.account, one(typed, "key")):
        return _write(request, again)  # pressed twice: what was written is said once more
    found = consider(again, asked=True)
    if found.faults or found.refusals or _held_back(again):
        return HttpResponseRedirect(f"{action}?asked=write")
    said = ways.reads_itself(again.scene, again.plan, again.scene.typed)
    return HttpResponseRedirect(second) if plans.ink(w.plan) and not said else _write(request, again)


def _unchosen(w: Work) -> tuple[Fault, ...]:
    """A page of a choice writes a decision; what is found alone is written on a page of its own."""
    if not w.plan.choice or w.typing.chosen:
        return ()
    return (Fault("decide", _("Choose one decision, or go on with the findings alone")),)


def _held_back(w: Work) -> tuple[Fault, ...]:
    """What this page itself asks before it is sent: a decision, and votes on what stands there now."""
    votes = (Fault("votes", proposal.stale_words()),) if proposal.stale(w.scene.typed) else ()
    return (*_unchosen(w), *votes)


def _alone(w: Work, typed: Typed) -> HttpResponse:
    """From the page of a decision to that of its findings, with everything typed."""
    assert w.scene.view is not None
    name = w.plan.main
    kept = {k: v for k, v in typed.items() if not k.startswith(("choice.", "term."))}
    place = f"case/{w.scene.view.case}/{plans.of_step(w.plan.pathway, name).place}"
    drafts.save(w.here.account, place, {**kept, "key": [secrets.token_hex(16)]})
    return HttpResponseRedirect(reverse("step", args=[w.scene.view.case, name]))


def _again(w: Work, typed: Typed) -> Work:
    """The work with this typing; votes that were given on another proposal are taken out of it."""
    typed = responding.told(w.plan, about_test.named(w.scene, w.plan, typed))
    typed = next_date.told(w.scene, w.plan, typed)
    plan, author = plans.with_typed(w.plan, typed), Author(w.here.account.pk, w.scene.role)
    typing = read(plan, w.scene.d, typed, author)
    held = proposal.current(plan, typed, typing.request)
    if held is not typed:
        typing = read(plan, w.scene.d, held, author)
    return w._replace(scene=replace(w.scene, typed=held), plan=plan, typing=typing)


@require_POST
@staff_page
def keep(request: HttpRequest, case_id: str, kind: str, name: str) -> HttpResponse:
    """Autosave: keeps the draft and says when; of an agreement, what it weighs so far."""
    w = work(request, case_id, kind, name)
    typed = typed_of(request.POST)
    try:
        saved = drafts.save(w.here.account, w.place, typed)
    except AmparoError as fault:
        return JsonResponse({"words": str(fault)})
    steps = (w.plan.pathway.steps[s] for s in (*w.plan.lead, *w.plan.options))
    load = agreed.weights(replace(w.scene, typed=typed), steps)
    return JsonResponse({"words": saved_words(w.scene.clock.time(saved)), "load": load})


# -------------------------------------------------------------------------------------- reading back, writing
@staff_page
def read_back(request: HttpRequest, case_id: str, kind: str, name: str) -> HttpResponse:
    """The second page: reads the act back; its button writes."""
    w = work(request, case_id, kind, name)
    if request.method == "POST":
        return _write(request, w)
    found = consider(w, asked=True)
    action, second, _back = addresses(w)
    if found.faults or found.refusals or _held_back(w):
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
    if _held_back(w):
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
        return refused(request, w, done)
    messages.success(request, written_words(w))
    if done.over:
        messages.info(request, _("The words of this case are gone. That it ended so is all that stays."))
        return HttpResponseRedirect(reverse("worklist"))
    return HttpResponseRedirect(back)


def refused(request: HttpRequest, w: Work, why: Refusal) -> HttpResponse:
    """The form again, with what stood against it when it was sent: also what only the writing finds."""
    answered = consider(w, asked=True)
    said = answered.refusals or (why,)
    return answer_drawn(request, w, replace(answered, refusals=said))


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
    action, _second, back = addresses(w)
    assert w.scene.view is not None
    if PLANNERS[kind](w.scene, name, w.scene.view.stage) is None:
        messages.info(request, _("From where the case stands now this cannot be sent. It stays a draft."))
        return HttpResponseRedirect(back)
    typed = proposal.without_votes(w.scene.typed)
    drafts.save(w.here.account, w.place, {**typed, **_now(w.scene.view)})
    return HttpResponseRedirect(f"{action}?asked=1")
