"""A service answers without an account: its question, four answers, one press.

The link is the only authority here, so no cookie is: a forged form would need the link itself. Whatever does not
open is answered with the same page, and that page says nothing of why.
"""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from amparo.cases.model import Refusal
from amparo.desk import audience
from amparo.desk.answer import form, limits
from amparo.desk.answer.context import AnswerPage, House
from amparo.desk.context import Audience, Pair
from amparo.desk.pages import Page, typed_of
from amparo.desk.scene import Scene
from amparo.desk.services import telling
from amparo.desk.times import Clockwork, capital
from amparo.desk.typed import Drawing, Typed
from amparo.desk.where import now
from amparo.ledger import book
from amparo.people.models import Site


def kept_private(view: Page[Any]) -> Page[Any]:
    """No copy of the page stays anywhere, and its address goes nowhere."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reply = view(request, *args, **kwargs)
        reply["Cache-Control"] = "no-store, private"
        reply["Referrer-Policy"] = "no-referrer"
        reply["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return reply

    return cast(Page[Any], inner)


@csrf_exempt
@kept_private
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, link: str) -> HttpResponse:
    """The question behind the link, or what became of the answer."""
    if limits.too_often(request, link):
        return _drawn(request, _too_often(), 429)
    # Of a form that comes back nothing new is read, so no second look is written down.
    asked = book.asked_by_link(link, look=request.method == "GET")
    if asked is None or _is_another(request, asked):
        return _drawn(request, closed(), 404)
    if request.method == "POST" and asked.answered is None:
        return _written(request, link, asked)
    return _drawn(request, page(_scene(asked, {}), asked), 200)


def _is_another(request: HttpRequest, asked: book.Asked) -> bool:
    """Somebody who is signed in as anybody but this very service: an answer must be the service's own."""
    user = request.user
    return user.is_authenticated and user.office_id != asked.office.pk


def _written(request: HttpRequest, link: str, asked: book.Asked) -> HttpResponse:
    scene = _scene(asked, typed_of(request.POST))
    args, faults = form.read(scene)
    faults = (*faults, *form.free_faults(scene))
    if faults:
        return _drawn(request, replace(page(scene, asked), faults=tuple(faults)), 200)
    said = book.answer_by_link(link, args)
    if said is None or isinstance(said, Refusal):
        return _drawn(request, closed(), 404)
    form.write_free(scene, asked.office)
    return _drawn(request, page(_scene(said, {}), said), 200)


def _drawn(request: HttpRequest, drawn: AnswerPage, status: int) -> HttpResponse:
    return render(request, "answer/page.html", {"page": drawn}, status=status)


# ------------------------------------------------------------------------------------------------ the page
def _scene(asked: book.Asked, typed: Typed) -> Scene:
    p, clock = asked.pathway, Clockwork(asked.zone, now())
    return Scene(p, Drawing(p, asked.zone), clock, asked.office.role, asked.office.pk, typed=typed)


def page(scene: Scene, asked: book.Asked) -> AnswerPage:
    """The question with its four answers; once it was answered, only that it was."""
    house = _house(asked.site)
    if asked.answered is not None:
        return AnswerPage(
            "answered",
            _("This question is answered."),
            house,
            _("The answer was written down %(when)s.") % {"when": scene.clock.when(asked.answered)},
            why=_("A link takes one answer, so that nobody can change it after you."),
            instead=_("Call us if it was wrong, or if something changed."),
        )
    return AnswerPage(
        "called" if asked.called is not None else "open",
        _("Can you help?"),
        house,
        _lead(scene, asked),
        asked.says,
        form.choices(scene),
        form.words_row(scene, _readers(scene, asked)),
        _about(scene, asked),
        why=_called(scene, asked),
        free=telling.free_rows(scene, ""),
    )


def _lead(scene: Scene, asked: book.Asked) -> str:
    said = _("A question for %(service)s, asked %(when)s.") % {
        "service": asked.office.name,
        "when": scene.clock.day(asked.sent),
    }
    if asked.due is None:
        return said
    due = scene.clock.due(asked.due)
    late = asked.due < scene.clock.now
    by = _("It was due %(due)s, and still helps.") if late else _("An answer helps by %(due)s.")
    return f"{said} {by % {'due': due}}"


def _called(scene: Scene, asked: book.Asked) -> str:
    if asked.called is None:
        return ""
    return _(
        "You asked to be called first, %(when)s. We call you; the question stays open until you answer."
    ) % {"when": scene.clock.when(asked.called)}


def _about(scene: Scene, asked: book.Asked) -> tuple[Pair, ...]:
    """When this page ends, what it shows, who can read that it was opened."""
    left = scene.clock.left(asked.closes)
    return (
        Pair(
            _("Closes"),
            left.at,
            _("%(left)s. At once with your answer, or if the person takes the yes back")
            % {"left": left.left},
        ),
        Pair(_("Shows"), _("The text above. Nothing more is behind it, and nothing can be searched")),
        Pair(
            _("Opened"),
            _("The person can read each opening of this page. Please do not pass the link on"),
        ),
        *_given(scene, asked),
    )


def _given(scene: Scene, asked: book.Asked) -> tuple[Pair, ...]:
    """The yes that these words rest on: for this service alone."""
    if asked.given is None:
        return ()
    said = _("%(when)s, to %(service)s alone, for this question. It may not be passed on")
    return (
        Pair(
            _("The person’s yes"),
            capital(said % {"when": scene.clock.when(asked.given), "service": asked.office.name}),
        ),
    )


def _readers(scene: Scene, asked: book.Asked) -> Audience:
    """Who reads the answer. To name who does not would tell a service whom else the person deals with."""
    return Audience(audience.of_support(scene, asked.audience).read_by, _("anybody else"))


def _house(site: str) -> House:
    found = Site.objects.get(pk=site)
    return House(found.name, " · ".join(x for x in (found.address, found.phone, found.hours) if x))


def closed() -> AnswerPage:
    """The one answer to a link that ended, was taken back or never was."""
    return AnswerPage(
        "closed",
        _("This page is closed."),
        why=_("The link has ended, was taken back, or is not complete. Nothing can be read here."),
        instead=_("If you wanted to answer, call whoever sent it to you."),
    )


def _too_often() -> AnswerPage:
    return AnswerPage(
        "closed",
        _("This page was opened too often."),
        why=_("To keep people safe, a link opens only so many times in ten minutes."),
        instead=_("Wait ten minutes, and open it again. Nothing you wrote before is lost."),
    )
