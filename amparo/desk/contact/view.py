"""Contact with the person, in a few taps: whom, how it was, where, done; then a stop, and only what is wanted.

A try is no contact. A programme's own step of one tap comes first; what every programme has stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import acts, audience
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE, line, of_type, pick_one, words
from amparo.desk.contact import lines, quick, reach
from amparo.desk.contact.context import ContactPage, Kept
from amparo.desk.context import Form, Link, RefusalLines, Row, Section
from amparo.desk.drawing import control
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.times import named_day
from amparo.desk.typed import Wrong, field_id, one
from amparo.desk.words import pick
from amparo.ledger import book

LONGEST_LINE = 200
"""Letters of a place or of what is next; more are words."""


@staff_page
def contact(request: HttpRequest, case_id: str) -> HttpResponse:
    """Four taps, and it is written."""
    desk = acts.for_the_office(acts.open_case(request, case_id, "contact"))
    sent = acts.NOTHING_SENT
    if request.method == "POST":
        then = request.POST.get("then", "")
        sent = _press(desk, then)
        if sent.done and then in ("quick", "write"):
            return HttpResponseRedirect(_after(desk, sent.done))
        if sent.done:
            return acts.go_on(request, desk, "contact")
    after = book.marked(request.GET.get("after", ""))
    return render(request, "contact/page.html", {"page": unique(page(desk, sent.refusals, after, request))})


def _press(desk: CaseDesk, then: str) -> Sent:
    if then == "reach":
        return reach.put_right(desk)
    if then == "quick":
        return quick.take(desk)
    if then in ("write", "add") and (lacks := _too_long(desk)):
        return Sent(None, (lacks,))
    if then == "write":
        return acts.send(desk, "contact", _args(desk), "contact")
    if then == "add":
        return acts.send(desk, "add_to_contact", _added(desk), "contact")
    return _tell(desk) if then == "tell" else acts.NOTHING_SENT


def _after(desk: CaseDesk, done: book.Recorded) -> str:
    """Where one may stop. What was written is found by a mark, which tells nothing."""
    there = {
        "after": book.mark(done.seq),
        **({"step": one(desk.typed, "step")} if one(desk.typed, "step") else {}),
    }
    return f"{reverse('contact', args=[desk.case])}?{urlencode(there)}"


def _args(desk: CaseDesk) -> dict[str, Any]:
    given = {name: one(desk.typed, name) for name in ("channel", "result", "where")}
    return {
        "do": "made" if given["result"] in lines.MADE else "tried",
        **{k: v for k, v in {**given, "next": _next(desk)}.items() if v},
    }


def _added(desk: CaseDesk) -> dict[str, Any]:
    found = {"next": _next(desk), "where": one(desk.typed, "where"), "words": one(desk.typed, "words")}
    return {k: v for k, v in found.items() if v}


def _next(desk: CaseDesk) -> str:
    """The day that was tapped, or the one that was typed."""
    if one(desk.typed, "soon"):
        return one(desk.typed, "soon")
    try:
        return str(answer(desk.scene.d, DATE, "next", desk.typed) or "")
    except Wrong:
        return ""


def _too_long(desk: CaseDesk) -> RefusalLines | None:
    if len(one(desk.typed, "where")) <= LONGEST_LINE:
        return None
    return RefusalLines(
        _("This cannot be written yet."),
        _("The place is longer than %(n)s letters.") % {"n": LONGEST_LINE},
        _("Write a word there, and the rest among the words."),
        field=field_id("where"),
    )


def _tell(desk: CaseDesk) -> Sent:
    """What the programme's step may be told beside its tap."""
    scene = desk.scene
    told: dict[str, Any] = {}
    for q in quick.of_role(scene.pathway, scene.role):
        for name in quick.beside(scene, q):
            try:
                found = answer(scene.d, scene.pathway.facts[name].type, f"fact.{name}", desk.typed)
            except Wrong as wrong:
                return Sent(None, (RefusalLines(str(wrong), "", "", field=wrong.field),))
            told |= {} if found is None else {name: found}
    return acts.send(desk, "tell", {"facts": told}, "contact") if told else acts.NOTHING_SENT


# ------------------------------------------------------------------------------------------------ the page
def page(
    desk: CaseDesk, refused: tuple[RefusalLines, ...], after: int | None, request: HttpRequest
) -> ContactPage:
    """Before it is written, its forms; after, what was kept and what may be added."""
    scene, here = desk.scene, reverse("contact", args=[desk.case])
    past = tuple(lines.of_case(desk))
    kept = _kept(desk, after, request.GET.get("step", "")) if after is not None and not refused else None
    whole = bool(request.GET.get("all"))
    return ContactPage(
        first_line(scene),
        _("Contact with %(person)s") % {"person": scene.person()},
        lines.last(past),
        kept,
        tuple(_added_forms(desk, request.GET.get("step", "")) if kept else _forms(desk)),
        past if whole else past[: lines.SHOWN],
        Link(_("all %(n)s") % {"n": len(past)}, "?all=1") if len(past) > lines.SHOWN and not whole else None,
        _how_to_reach(desk),
        here,
        acts.new_key(),
        str(desk.seen.view.seq),
        Link(_("Back"), reverse("case", args=[desk.case]), "plain"),
        Link(_("Record one more"), here, "plain") if kept else None,
        refused,
    )


def _forms(desk: CaseDesk) -> Iterable[Form]:
    """The programme's own first; then what every programme has."""
    scene = desk.scene
    own = quick.forms(scene)
    yield from own
    rows = (
        pick_one(
            scene, "result", _("What was it?"), lines.results(), _("a try stays a try: it is no contact")
        ),
        pick_one(scene, "channel", _("How, or where?"), lines.channels()),
        line(
            scene, "where", _("Another place: a word"), _("a word only; the phone’s position is never read")
        ),
    )
    yield Form("write", _("Another contact or try") if own else "", "", rows, "go", shut=bool(own))


def _kept(desk: CaseDesk, after: int, step: str) -> Kept:
    scene = desk.scene
    assert scene.view is not None
    q = next((q for q in quick.of_role(scene.pathway, scene.role) if q.step == step), None)
    told = scene.facts().get(q.fact) if q else None
    words_ = scene.shown(q.fact, told.value) if q and told and told.value is not None else ""
    if not q and scene.view.contacts:
        words_ = lines.words_of(scene.view.contacts[-1])
    at = next((e.at for e in scene.view.timeline if e.seq == after), scene.clock.now)
    undo = Link(_("Take it back"), reverse("annul", args=[desk.case])) if q else None
    return Kept(f"{words_}, {scene.clock.time(at)}", _("You may stop here."), undo)


def _added_forms(desk: CaseDesk, step: str) -> Iterable[Form]:
    scene = desk.scene
    q = next((q for q in quick.of_role(scene.pathway, scene.role) if q.step == step), None)
    rows = tuple(_beside(desk, name) for name in quick.beside(scene, q)) if q else ()
    yield Form("add", _("What is next, and words"), _("Keep it"), tuple(_more(desk)), "", shut=False)
    if rows:
        yield Form("tell", _("Also"), _("Keep it"), rows, "", _("only what happened"), shut=True)


def _more(desk: CaseDesk) -> Iterable[Row]:
    scene = desk.scene
    today = scene.clock.local(scene.clock.now).date()
    days = [today + timedelta(days=n) for n in (1, 2)]
    yield pick_one(
        scene, "soon", _("Next"), ((d.isoformat(), named_day(d, today)) for d in days), _("as agreed")
    )
    yield of_type(scene, DATE, "next", _("Another day"))
    yield line(scene, "where", _("What is next, and where"))
    yield words(
        scene,
        "words",
        _("%(person)s’s words") % {"person": scene.called} if scene.called else _("The person’s words"),
        audience.of_contact(scene),
        _("if they want them kept"),
    )


def _beside(desk: CaseDesk, name: str) -> Row:
    scene, fact = desk.scene, desk.scene.pathway.facts[name]
    readers = audience.of_fact(scene, name) if fact.type.kind == "text" else None
    drawn = control(scene.d, fact.type, f"fact.{name}", pick(fact.title, name), scene.typed, audience=readers)
    return Row(drawn, wide=fact.type.kind == "text")


def _how_to_reach(desk: CaseDesk) -> tuple[Section, ...]:
    """Beside the form: the number to ring, and whether it is safe. Nothing for a role that may not see it."""
    if not desk.seen.view.contact:
        return ()
    title, record = _("How to reach the person"), reach.shown(desk)
    if record is None:
        return (Section(title, empty=_("Nothing is kept about who this is.")),)
    return (Section(title, pairs=reach.pairs(desk.scene, record), forms=(reach.form(desk, record),)),)
