"""Contact with the person: tried or made, by which channel, with which result, and when next. A try is no
contact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import acts
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import DATE, of_type, pick_one
from amparo.desk.contact import reach
from amparo.desk.context import ActsPage, Form, Pair, RefusalLines, Section
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.typed import Wrong, one


@staff_page
def contact(request: HttpRequest, case_id: str) -> HttpResponse:
    """Three taps and it is written."""
    desk = acts.for_the_office(acts.open_case(request, case_id, "contact"))
    refusals: tuple[RefusalLines, ...] = ()
    if request.method == "POST":
        then = request.POST.get("then", "")
        sent = (
            reach.put_right(desk) if then == "reach" else acts.send(desk, "contact", _args(desk), "contact")
        )
        if sent.done:
            return acts.go_on(request, desk, "contact" if then == "reach" else "case")
        refusals = sent.refusals
    return render(request, "desk/acts.html", {"page": unique(page(desk, refusals))})


def _args(desk: CaseDesk) -> dict[str, Any]:
    typed = desk.typed
    try:
        following = answer(desk.scene.d, DATE, "next", typed)
    except Wrong:
        following = None
    given = {"channel": one(typed, "channel"), "result": one(typed, "result"), "next": following}
    return {
        "do": "made" if one(typed, "result") in MADE else "tried",
        **{k: v for k, v in given.items() if v},
    }


MADE = ("reached", "came")


def channels() -> tuple[tuple[str, str], ...]:
    """How somebody can be reached."""
    return (
        ("phone", _("Phone")),
        ("text", _("Text message")),
        ("visit", _("Visit")),
        ("post", _("Letter")),
        ("email", _("Electronic mail")),
        ("through", _("Through somebody")),
    )


def results() -> tuple[tuple[str, str], ...]:
    """What came of it."""
    return (
        ("reached", _("Reached")),
        ("came", _("They came")),
        ("no_answer", _("No answer")),
        ("message_left", _("Message left")),
        ("came_back", _("Came back, address unknown")),
        ("wrong_number", _("Wrong number")),
    )


def page(desk: CaseDesk, refusals: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """The form, and what was tried so far by channel and result."""
    scene = desk.scene
    rows = (
        pick_one(scene, "channel", _("How"), channels()),
        pick_one(scene, "result", _("What came of it"), results(), _("a try is no contact")),
        of_type(scene, DATE, "next", _("Next try"), _("may be left out")),
    )
    tried = Section(
        _("Tried so far"),
        pairs=tuple(_line(desk, c) for c in reversed(desk.seen.view.contacts)),
        empty=_("Nobody has tried yet."),
    )
    return ActsPage(
        first_line(scene),
        _("Write down a contact or a try"),
        reverse("contact", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        forms=(Form("write", "", _("Write it down"), rows, "go", shut=False),),
        side=(*_how_to_reach(desk), tried),
        refusals=refusals,
        back=reverse("case", args=[desk.case]),
    )


def _how_to_reach(desk: CaseDesk) -> tuple[Section, ...]:
    """Beside the form: the number to ring, and whether it is safe. Nothing for a role that may not see it."""
    if not desk.seen.view.contact:
        return ()
    title, record = _("How to reach the person"), reach.shown(desk)
    if record is None:
        return (Section(title, empty=_("Nothing is kept about who this is.")),)
    return (Section(title, pairs=reach.pairs(desk.scene, record), forms=(reach.form(desk, record),)),)


def _line(desk: CaseDesk, c: Mapping[str, Any]) -> Pair:
    how, came = dict(channels()), dict(results())
    when = desk.scene.clock.when(int(c.get("at", 0)))
    following = _("next: %(day)s") % {"day": c["next"]} if c.get("next") else ""
    return Pair(
        when,
        f"{how.get(str(c.get('channel')), '')}: {came.get(str(c.get('result')), '')}".strip(": "),
        following,
    )
