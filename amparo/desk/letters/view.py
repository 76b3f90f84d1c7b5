"""A letter: opened as PDF, handed over or sent with proof, come back. The bytes first opened are the
letter.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amparo.desk import acts
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import line, pick_one
from amparo.desk.context import ActsPage, Form, Link, Pair, RefusalLines, Section
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import plain_page, staff_page
from amparo.desk.papers import how_words, letter_state, whom
from amparo.desk.typed import one
from amparo.desk.words import language, pick
from amparo.errors import NotPermitted
from amparo.ledger import book, letters
from amparo.ledger.printing import NoFont
from amparo.lens import LetterView

PROVEN = ("by_hand", "post_with_proof", "secure_box")
UNPROVEN = ("post", "email")


@staff_page
def letter(request: HttpRequest, case_id: str, letter_id: str) -> HttpResponse:
    """Where the letter stands, and what became of it."""
    desk = acts.open_case(request, case_id, "letter")
    found = _found(desk, letter_id)
    refused: tuple[RefusalLines, ...] = ()
    if request.method == "POST":
        sent = acts.send(desk, *_wish(desk, found, request.POST.get("then", "")), "letter")
        if sent.done:
            return acts.go_on(request, desk, "letter", letter_id)
        refused = sent.refusals
    return render(request, "desk/acts.html", {"page": unique(page(desk, found, refused))})


def _found(desk: CaseDesk, letter_id: str) -> LetterView:
    meant = book.item_of(letter_id)
    found = next((x for x in desk.seen.view.letters if x.id == meant), None)
    if found is None:
        raise NotPermitted(letter_id)
    return found


def _wish(desk: CaseDesk, x: LetterView, then: str) -> tuple[str, dict[str, Any]]:
    verb = "returned" if then == "returned" else "deliver"
    given = {"how": one(desk.typed, "how"), "proof": one(desk.typed, "proof")}
    return verb, {"id": x.id, **{k: v for k, v in given.items() if v}}


def page(desk: CaseDesk, x: LetterView, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """The letter and its two forms."""
    scene = desk.scene
    hour = (Pair(_("The hour in it"), scene.clock.when(x.hour)),) if x.hour else ()
    proof = (Pair(_("Proof"), x.proof),) if x.proof else ()
    pairs = (Pair(_("To"), whom(scene, x.to)), Pair(_("Stands"), letter_state(scene, x)), *hour, *proof)
    open_ = Link(_("Open the letter (PDF)"), reverse("letter_pdf", args=[desk.case, book.item(x.id)]))
    return ActsPage(
        first_line(scene),
        pick(x.title, x.letter),
        reverse("letter", args=[desk.case, book.item(x.id)]),
        acts.new_key(),
        str(desk.seen.view.seq),
        _lead(x),
        (Section(_("This letter"), pairs=pairs, links=(open_,)),),
        _forms(desk, x),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def _lead(x: LetterView) -> str:
    if x.state == "delivered":
        return _("It has reached whom it is for. Those bytes are kept as evidence.")
    return _(
        "Hand it over or send it, and write down how it reached whom it is for. Without proof nobody "
        "counts as told."
    )


def _forms(desk: CaseDesk, x: LetterView) -> tuple[Form, ...]:
    scene = desk.scene
    ways = tuple((how, how_words(how)) for how in (*PROVEN, *UNPROVEN))
    reached = Form(
        "deliver",
        _("It reached whom it is for"),
        _("Write down that it arrived"),
        (
            pick_one(
                scene, "how", _("How"), ways, _("by hand, by post with proof or by secure box count as proof")
            ),
            line(scene, "proof", _("Proof"), _("number of the receipt, name of who signed")),
        ),
        "go",
        shut=False,
    )
    back = Form(
        "returned",
        _("It came back"),
        _("Write down that it came back"),
        (pick_one(scene, "how", _("How"), ways), line(scene, "proof", _("What stands on it"))),
    )
    return (reached, back) if x.state in ("due", "made", "returned") else (back,)


@require_GET
@staff_page
def pdf(request: HttpRequest, case_id: str, letter_id: str) -> HttpResponse:
    """The letter's bytes. One that lacks something says what, and is not printed with a gap."""
    desk = acts.open_case(request, case_id, "letter", "letter")
    found = _found(desk, letter_id)
    try:
        content = letters.pdf(desk.here.account, case_id, found.id, language(), role=desk.scene.role)
    except letters.CannotPrint as lacks:
        return plain_page(request, _lacking(desk, lacks.titles), 409)
    except NoFont as lacks:
        return plain_page(request, _no_font(lacks.text), 409)
    reply = HttpResponse(content, content_type="application/pdf")
    reply["Content-Disposition"] = 'inline; filename="letter.pdf"'
    reply["Cache-Control"] = "no-store"
    return reply


def _lacking(desk: CaseDesk, titles: tuple[str, ...]) -> RefusalLines:
    return RefusalLines(
        _("This letter does not print yet."),
        _("It must say what is not entered: %(what)s.") % {"what": ", ".join(titles)},
        _("Enter it, and open the letter again. The step it belongs to stands."),
        href=reverse("case", args=[desk.case]),
        link=_("Back to the file"),
    )


def _no_font(text: str) -> RefusalLines:
    return RefusalLines(
        _("This letter does not print yet."),
        _("No installed font can show “%(text)s”.") % {"text": text},
        _("Type how it is written in Latin letters with the person’s details, and open the letter again."),
    )
