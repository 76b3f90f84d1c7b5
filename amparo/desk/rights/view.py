"""What the person may do about the case: object, ask for a correction, and get an answer with a date. And
the steps of every
pathway: a death, a move, cover, a note on safety, a legal hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.requests.routine import KEEPERS, LINKS
from amparo.desk import acts, audience
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import line, pick_one, words
from amparo.desk.case.beside import link_words
from amparo.desk.context import ActsPage, Confirm, Form, RefusalLines, Section
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.typed import one
from amparo.desk.words import pick

VERBS = ("link", "object", "ask_correction", "record_move", "cover", "note_safety", "record_death", "hold", "release")


@staff_page
def rights(request: HttpRequest, case_id: str) -> HttpResponse:
    """The forms of what may happen in every case."""
    desk = acts.for_the_office(acts.open_case(request, case_id, "rights"))
    refused: tuple[RefusalLines, ...] = ()
    if request.method == "POST":
        then = request.POST.get("then", "")
        if then == "death":
            return render(request, "desk/confirm.html", {"page": confirm_death(desk)})
        sent = _press(desk, then)
        if sent.done:
            return acts.go_on(request, desk, "case")
        refused = sent.refusals
    return render(request, "desk/acts.html", {"page": unique(page(desk, refused))})


def _press(desk: CaseDesk, then: str) -> Sent:
    if then == "answer_right":
        return acts.send(desk, then, {"id": one(desk.typed, "id"), "words": one(desk.typed, "words")}, then)
    if then not in VERBS:
        return Sent(None)
    args: dict[str, Any] = {
        k: one(desk.typed, k) for k in ("words", "to", "who", "rule", "kind", "other") if one(desk.typed, k)
    }
    return acts.send(desk, then, args, then)


def confirm_death(desk: CaseDesk) -> Confirm:
    """The second page: what stops at once."""
    here = reverse("rights", args=[desk.case])
    return Confirm(
        first_line(desk.scene),
        _("Record that %(person)s has died?") % {"person": desk.scene.person()},
        here,
        "record_death",
        _("Record the death"),
        here,
        (
            ("key", one(desk.typed, "key")),
            ("seen", one(desk.typed, "seen")),
            ("words", one(desk.typed, "words")),
        ),
        _(
            "Every clock and every message stops at once. Nothing is closed as failed. It can be "
            "taken back if it was wrong."
        ),
        said=one(desk.typed, "words"),
    )


def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """Rights first, then what happens in a life."""
    scene = desk.scene
    readers = audience.of_routine(scene)
    said = words(scene, "words", _("In the person’s own words"), readers)
    note = words(scene, "words", _("What happened"), readers)
    asked = Section(
        _("Asked by the person"),
        forms=(
            Form("object", _("Objects"), _("Write it down"), (said,)),
            Form("ask_correction", _("Asks that something be put right"), _("Write it down"), (said,)),
            *_answers(desk),
        ),
    )
    life = Section(
        _("What may happen in every case"),
        forms=(
            Form("record_move", _("Moved"), _("Write it down"), (note,)),
            Form(
                "cover",
                _("Cover for a colleague"),
                _("Write it down"),
                (line(scene, "who", _("Who covers")), note),
            ),
            Form(
                "link",
                _("Hangs together with another case"),
                _("Link them"),
                (
                    line(scene, "other", _("Number of the other case")),
                    pick_one(scene, "kind", _("How"), [(k, link_words(k)) for k in LINKS]),
                ),
            ),
            Form("note_safety", _("A note on safety"), _("Write it down"), (note,)),
            Form("death", _("The person has died"), _("Go on"), (note,)),
        ),
    )
    hold = (
        Section(
            _("Legal hold"),
            _("Nothing goes on and nothing is erased while it stands."),
            forms=_hold_forms(desk),
        ),
    )
    keeps = scene.pathway.roles[scene.role].is_ in KEEPERS
    return ActsPage(
        first_line(scene),
        _("Objections, corrections asked, and what may happen in every case"),
        reverse("rights", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        sections=(asked, life, *(hold if keeps else ())),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def _answers(desk: CaseDesk) -> tuple[Form, ...]:
    """A form for each right that was asked and not answered yet, found among the entries."""
    scene, view = desk.scene, desk.seen.view
    asked = [e for e in view.timeline if e.kind == "right.asked"]
    answered = {e.name for e in view.timeline if e.kind == "right.answered"}
    readers = audience.of_routine(scene)
    row = words(scene, "words", _("The answer"), readers)
    return tuple(
        Form(
            "answer_right",
            _("Answer: %(what)s") % {"what": pick(e.words)},
            _("Answer"),
            (row,),
            "go",
            said=scene.clock.when(e.at),
            hidden=(("id", e.name),),
        )
        for e in asked
        if e.name not in answered
    )


def _hold_forms(desk: CaseDesk) -> tuple[Form, ...]:
    rule = line(desk.scene, "rule", _("On which ground"))
    if desk.seen.view.hold:
        return (Form("release", _("End the hold"), _("End the hold"), (rule,)),)
    return (Form("hold", _("Set a hold"), _("Set the hold"), (rule,), "ink"),)
