"""Needs, advice, offers and referrals: the person's own words by kind, each referral with its text, yes,
due and answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk import acts, audience, offices
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE, line, of_type, pick_one
from amparo.desk.context import Form, Nothing, RefusalLines, Row
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import Scene, capital
from amparo.desk.support import asks, refer
from amparo.desk.support.context import Kind, Referral, Said, SupportPage
from amparo.desk.typed import Wrong, field_id, one
from amparo.desk.words import code_title, listed, lower_first, pick, role_title
from amparo.lens import SupportView
from amparo.pathways import calendar

NEEDS, ANSWERS = "vocabulary/needs", "vocabulary/answers"
WAITS = ("sent",)
UNSETTLED = ("sent", "waiting")
"""States in which somebody must look again: no answer yet, or a place that is waited for."""


@staff_page
def support(request: HttpRequest, case_id: str) -> HttpResponse:
    """The page, or what one of its forms wrote."""
    desk = acts.for_helpers(acts.open_case(request, case_id, "support"))
    sent = acts.NOTHING_SENT
    if request.method == "POST":
        then = request.POST.get("then", "")
        if then == "read_refer" or (then == "refer" and refer.asks_again(desk)):
            lacks, to = refer.lacking(desk), refer.office(desk)
            if lacks is None and to is not None:
                return render(request, "desk/confirm.html", {"page": refer.read_back(desk, to)})
            sent = Sent(None, (lacks,) if lacks else ())
        else:
            sent = _press(desk, then)
        if sent.done:
            return acts.go_on(request, desk, "support")
    return render(request, "support/page.html", {"page": unique(page(desk, sent))})


# ------------------------------------------------------------------------------------------------ pressing
def _press(desk: CaseDesk, then: str) -> Sent:
    typed = desk.typed
    plain = {
        k: one(typed, k)
        for k in ("kind", "words", "answer", "id", "reason", "whose", "place", "how")
        if one(typed, k)
    }
    if then in ("note_need", "give_advice", "offer_help"):
        return acts.send(
            desk, then, {**plain, "audience": tuple(x for x in typed.get("audience") or () if x)}, then
        )
    if then == "refer":
        return refer.send(desk)
    if then == "answer" and (lacks := _no_next_look(desk)):
        return Sent(None, (lacks,))
    if then in ("answer", "chase", "end"):
        return acts.send(desk, then, {**plain, **_next(desk)}, then)
    return Sent(None)


def _no_next_look(desk: CaseDesk) -> RefusalLines | None:
    """Waiting without a place and without a day is a wait that nobody looks at again."""
    if one(desk.typed, "answer") != "waiting" or _next(desk):
        return None
    return RefusalLines(
        _("“Waiting for a place” cannot be written yet."),
        _("There is no day on which to look again, so nobody would ask for this person."),
        _("Ask them from when, and write that day; with a place on the list, write the day to ask again."),
        field=field_id("next"),
    )


def _next(desk: CaseDesk) -> dict[str, Any]:
    try:
        found = answer(desk.scene.d, DATE, "next", desk.typed)
    except Wrong:
        found = None
    return {"next": found} if found else {}


# ------------------------------------------------------------------------------------------------ the page
def page(desk: CaseDesk, sent: Sent) -> SupportPage:
    """By kind, in the order of the list of needs."""
    scene, view = desk.scene, desk.seen.view
    items = list(view.support)
    codes = tuple(scene.pathway.shared.get(NEEDS, {})) or tuple(dict.fromkeys(x.kind for x in items))
    kinds = tuple(
        _kind(desk, code, [x for x in items if x.kind == code])
        for code in codes
        if any(x.kind == code for x in items)
    )
    rest = [
        lower_first(code_title(scene.pathway, NEEDS, c)) for c in codes if not any(x.kind == c for x in items)
    ]
    title = _("What %(person)s wants, and what was offered") % {"person": scene.person()}
    return SupportPage(
        first_line(scene),
        title,
        _count(items),
        kinds,
        capital(", ".join(rest)),
        Nothing("ask", _("Not talked about – ask when it fits")) if rest else None,
        asks.forms(desk),
        audience.of_support(scene),
        reverse("support", args=[desk.case]),
        acts.new_key(),
        str(view.seq),
        _(
            "What is wanted, turned down or waited for opens nothing, closes nothing and delays "
            "nothing in the case."
        ),
        sent.refusals,
    )


def _count(items: list[SupportView]) -> str:
    referrals = [x for x in items if x.what == "referral"]
    late = sum(x.late for x in referrals)
    waiting = sum(x.state in ("sent", "waiting") for x in referrals)
    parts = [ngettext("%(n)s referral", "%(n)s referrals", len(referrals)) % {"n": len(referrals)}]
    parts += [_("%(n)s ours to chase") % {"n": late}] if late else []
    parts += [_("%(n)s waiting") % {"n": waiting}] if waiting else []
    return ", ".join(parts)


def _kind(desk: CaseDesk, code: str, items: list[SupportView]) -> Kind:
    said = tuple(_said(desk.scene, x) for x in items if x.what != "referral")
    return Kind(
        code_title(desk.scene.pathway, NEEDS, code),
        said,
        tuple(_referral(desk, x) for x in items if x.what == "referral"),
    )


def _said(scene: Scene, x: SupportView) -> Said:
    what = {"need": _("noted"), "advice": _("advice given"), "help": _("help offered")}[x.what]
    when = f"{scene.clock.when(x.at)}, {what}, {scene.who(x.by, x.role)}"
    if x.what == "help":
        answers = {
            "yes": (_("said yes"), "check"),
            "no": (_("said no; nothing follows"), "dash"),
            "later": (_("later"), "pause"),
            "": ("", ""),
        }
        words_, mark = answers.get(x.state, answers[""])
        return Said(x.words, when, words_, mark, _readers(scene, x))
    return Said(x.words, when, "", "", _readers(scene, x))


def _readers(scene: Scene, x: SupportView) -> str:
    """Whom the person chose to let read it, beside who sees all support."""
    extra = [lower_first(role_title(scene.pathway, role)) for role in x.audience]
    return _("also read by: %(who)s") % {"who": listed(extra)} if extra else ""


def _referral(desk: CaseDesk, x: SupportView) -> Referral:
    scene = desk.scene
    last: Mapping[str, Any] = x.answers[-1] if x.answers else {}
    mark, words_ = _answer_words(scene, x, last)
    due = scene.clock.left(at) if (at := _look_at(scene, x)) is not None else None
    note = _note(scene, x, last)
    return Referral(
        offices.name_of(x.to),
        x.words,
        _yes(desk, x),
        mark,
        words_,
        note,
        "",
        due,
        tuple(_referral_forms(desk, x)),
        _rest(x),
        scene.clock.when(x.at),
    )


def _look_at(scene: Scene, x: SupportView) -> int | None:
    """When this referral must be looked at again: the answer's due, or the day that was written with a wait."""
    if x.state in WAITS:
        return x.due
    days = [str(a["next"]) for a in x.answers if a.get("next")]
    if x.state != "waiting" or not days:
        return None
    return calendar.last_second(date.fromisoformat(days[-1]), scene.d.zone)


def _answer_words(scene: Scene, x: SupportView, last: Mapping[str, Any]) -> tuple[str, str]:
    words_ = {
        "sent": _("No answer yet"),
        "accepted": _("Accepted"),
        "waiting": _("Waiting for a place"),
        "declined": _("Not taken"),
        "attended": _("Attended"),
        "ended": _("Ended"),
    }
    mark = {
        "accepted": "check",
        "attended": "check",
        "waiting": "pause",
        "declined": "dash",
        "ended": "dash",
    }.get(x.state, "")
    when = f", {scene.clock.day(int(last['at']))}" if last.get("at") else ""
    return mark, words_[x.state] + when


def _note(scene: Scene, x: SupportView, last: Mapping[str, Any]) -> str:
    parts = []
    if x.state in WAITS and x.due is not None:
        late = _("Theirs to give, ours to chase.") if x.late else ""
        parts += [_("Due %(when)s.") % {"when": scene.clock.due(x.due)}, late]
    if last.get("place"):
        parts.append(_("Place: %(place)s.") % {"place": last["place"]})
    if last.get("reason"):
        parts.append(_("Why: %(why)s.") % {"why": _reason_words(scene, str(last["reason"]))})
    if x.state == "waiting":
        parts.append(_("The wait is theirs."))
        look = _look_at(scene, x)
        parts.append(
            _("Look again: %(day)s.") % {"day": scene.clock.day(look)}
            if look is not None
            else _("No day to look again is set: chase it, and set one.")
        )
    return " ".join(p for p in parts if p)


def _reason_words(scene: Scene, reason: str) -> str:
    """A reason of the list by its title; the service's own words as they were typed in."""
    known = scene.pathway.shared.get(ANSWERS, {})
    return lower_first(pick(known[reason], reason)) if reason in known else reason.rstrip(".")


def _yes(desk: CaseDesk, x: SupportView) -> str:
    """The consent that held for this service when it was sent, by its title: a later yes is none to this text."""
    scene = desk.scene
    kinds = scene.pathway.support["refer"].consents if "refer" in scene.pathway.support else ()
    held = (
        c
        for c in desk.seen.view.consents
        if c.to == x.to and c.kind in kinds and c.given <= x.at and (c.ended is None or x.at <= c.ended)
    )
    c = max(held, key=lambda c: c.given, default=None)
    if c is None:
        return _("no consent named")
    return _("%(when)s, under “%(consent)s”") % {
        "when": scene.clock.when(c.given),
        "consent": pick(scene.pathway.consents[c.kind].title, c.kind),
    }


def _rest(x: SupportView) -> str:
    return _("Nothing waits") if x.state in ("attended", "ended") else ""


def _referral_forms(desk: CaseDesk, x: SupportView) -> Iterable[Form]:
    scene, hidden = desk.scene, (("id", x.id),)
    refer = scene.pathway.support.get("refer")
    if refer is None or x.state == "ended":
        return
    if scene.role in (*refer.answered_by, *refer.by):
        yield Form(
            "answer",
            _("Type in their answer"),
            _("Write the answer down"),
            _answer_rows(scene),
            hidden=hidden,
        )
    if scene.role in refer.by:
        if x.state in UNSETTLED:
            yield Form(
                "chase",
                _("Chased it"),
                _("Write it down"),
                (line(scene, "how", _("How")), of_type(scene, DATE, "next", _("Ask again"))),
                "go" if x.late else "",
                hidden=hidden,
            )
        yield Form(
            "end",
            _("End it"),
            _("End it"),
            (pick_one(scene, "reason", _("Why"), _reasons(scene)),),
            hidden=hidden,
        )


def _answer_rows(scene: Scene) -> tuple[Row, ...]:
    options = (
        ("accepted", _("Accepted")),
        ("waiting", _("Waiting for a place")),
        ("declined", _("Not taken")),
        ("attended", _("Attended")),
        ("ended", _("Ended")),
    )
    return (
        pick_one(scene, "answer", _("Their answer"), options),
        pick_one(scene, "reason", _("Why, if not taken"), _reasons(scene)),
        line(scene, "place", _("Place on the list, if waiting")),
        of_type(scene, DATE, "next", _("From when, or when to ask again")),
    )


def _reasons(scene: Scene) -> tuple[tuple[str, str], ...]:
    return tuple((code, pick(title, code)) for code, title in scene.pathway.shared.get(ANSWERS, {}).items())
