"""A referral as a row: service · its text word for word · the person's yes · answer · what is ours to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import answering, audience, offices
from amparo.desk.acts import CaseDesk
from amparo.desk.asking import DATE, line, of_type, pick_one, words
from amparo.desk.context import Audience, Form, Link, Row
from amparo.desk.scene import Scene
from amparo.desk.support.context import Referral
from amparo.desk.words import lower_first, pick
from amparo.ledger import book
from amparo.lens import SupportView
from amparo.pathways import calendar
from amparo.people.models import Office

ANSWERS = "vocabulary/answers"
WAITS = ("sent",)
UNSETTLED = ("sent", "waiting")
"""States in which somebody must look again: no answer yet, or a place that is waited for."""
CALL = "call"


def referral(desk: CaseDesk, x: SupportView) -> Referral:
    """One service, as the row stands now."""
    scene = desk.scene
    last: Mapping[str, Any] = x.answers[-1] if x.answers else {}
    mark, words_ = _answer_words(scene, x, last)
    due = scene.clock.left(at) if (at := _look_at(scene, x)) is not None else None
    return Referral(
        offices.name_of(x.to),
        x.words,
        _yes(desk, x),
        mark,
        words_,
        _note(scene, x, last),
        str(last.get("words") or ""),
        due,
        tuple(_forms(desk, x)),
        _rest(x),
        scene.clock.when(x.at),
        tuple(_links(desk, x)),
    )


def _look_at(scene: Scene, x: SupportView) -> int | None:
    """When this referral must be looked at again: the answer's due, or the day that was written with a wait."""
    if x.state in WAITS:
        return x.due
    days = [str(a["next"]) for a in x.answers if a.get("next")]
    if x.state != "waiting" or not days:
        return None
    return calendar.last_second(date.fromisoformat(days[-1]), scene.d.zone)


# ------------------------------------------------------------------------------------------------ the answer
def _answer_words(scene: Scene, x: SupportView, last: Mapping[str, Any]) -> tuple[str, str]:
    words_ = {
        "sent": _("No answer yet"),
        "accepted": _("Accepted"),
        "waiting": _("Waiting for a place"),
        "declined": _("Not taken"),
        "attended": _("Attended"),
        "ended": _("Ended"),
    }
    marks = {
        "accepted": "check",
        "attended": "check",
        "waiting": "pause",
        "declined": "dash",
        "ended": "dash",
    }
    if x.state in WAITS and last.get("answer") == CALL:
        return "phone", _("They ask to be called first; that is no answer yet")
    when = f", {scene.clock.day(int(last['at']))}" if last.get("at") else ""
    return marks.get(x.state, ""), words_[x.state] + when


def _note(scene: Scene, x: SupportView, last: Mapping[str, Any]) -> str:
    return " ".join(part for part in (*_timed(scene, x), *_said(scene, x, last), *_wait(scene, x)) if part)


def _timed(scene: Scene, x: SupportView) -> Iterable[str]:
    if x.state in WAITS and x.due is not None:
        yield _("Due %(when)s.") % {"when": scene.clock.due(x.due)}
        late = (
            _("An answer still helps.") if answering.answers(scene) else _("Theirs to give, ours to chase.")
        )
        yield late if x.late else ""


def _said(scene: Scene, x: SupportView, last: Mapping[str, Any]) -> Iterable[str]:
    """What the service told with its answer, and who wrote it down."""
    if last.get("place"):
        yield _("Place on the list: %(place)s.") % {"place": last["place"]}
    if last.get("where"):
        yield f"{str(last['where']).rstrip('.')}."
    if last.get("next") and x.state == "accepted":
        yield _("From %(day)s.") % {"day": scene.d.show(DATE, last["next"])}
    if last.get("reason"):
        yield _("Why: %(why)s.") % {"why": _reason_words(scene, str(last["reason"]))}
    if last.get("next") and x.state == "declined":
        yield _("Ask again from %(day)s.") % {"day": scene.d.show(DATE, last["next"])}
    if last.get("said_by"):
        yield _("Said by: %(who)s.") % {"who": str(last["said_by"]).rstrip(".")}
    if last.get("by"):
        yield (
            _("Answered by the service itself, through its link.")
            if last["by"] == x.to
            else _("Written down by %(who)s.")
            % {"who": scene.who(str(last["by"]), str(last.get("role", "")))}
        )


def _wait(scene: Scene, x: SupportView) -> Iterable[str]:
    if x.state != "waiting":
        return
    yield _("It counts against nobody.") if answering.answers(scene) else _("The wait is theirs.")
    look = _look_at(scene, x)
    yield (
        _("Look again: %(day)s.") % {"day": scene.clock.day(look)}
        if look is not None
        else _("No day to look again is set: chase it, and set one.")
    )


def _reason_words(scene: Scene, reason: str) -> str:
    """A reason of the list by its title; the service's own words as they were typed in."""
    known = scene.pathway.shared.get(ANSWERS, {})
    return lower_first(pick(known[reason], reason)) if reason in known else reason.rstrip(".")


# ------------------------------------------------------------------------------------------------ the yes
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
    said = _("%(when)s, under “%(consent)s”") % {
        "when": scene.clock.when(c.given),
        "consent": pick(scene.pathway.consents[c.kind].title, c.kind),
    }
    if c.ended is not None:
        return f"{said}. " + _("Ended %(when)s.") % {"when": scene.clock.when(c.ended)}
    return (
        f"{said}. " + _("Until %(when)s.") % {"when": scene.clock.due(c.until)}
        if c.until is not None
        else said
    )


def _rest(x: SupportView) -> str:
    return _("Nothing waits") if x.state in ("attended", "ended") else ""


# ------------------------------------------------------------------------------------------------ what is ours
def _links(desk: CaseDesk, x: SupportView) -> Iterable[Link]:
    """A call that is ours, and the next service where this one said no."""
    refer = desk.scene.pathway.support.get("refer")
    if refer is None or desk.scene.role not in refer.by:
        return
    asked = bool(x.answers) and x.answers[-1].get("answer") == CALL
    phone = Office.objects.filter(pk=x.to).values_list("phone", flat=True).first() or ""
    if phone and (is_ours(desk.scene, x) or (x.state in WAITS and asked)):
        yield Link(_("Call %(number)s") % {"number": phone}, f"tel:{phone.replace(' ', '')}", "go")
    if x.state == "declined" or is_ours(desk.scene, x):
        yield Link(_("Find another"), to_refer(desk, x.kind), "plain" if x.state == "declined" else "")


def to_refer(desk: CaseDesk, kind: str = "") -> str:
    """Where a referral begins, with its need where one is known."""
    page = reverse("refer", args=[desk.case])
    return f"{page}?{urlencode({'kind': kind})}" if kind else page


def _forms(desk: CaseDesk, x: SupportView) -> Iterable[Form]:
    scene, hidden = desk.scene, (("id", x.id),)
    refer = scene.pathway.support.get("refer")
    if refer is None or x.state == "ended":
        return
    if answering.answers(scene):
        yield _own_answer(scene, hidden, x)
    elif scene.role in (*refer.answered_by, *refer.by):
        yield Form(
            "answer",
            _("Type in their answer"),
            _("Write the answer down"),
            _answer_rows(scene),
            "go",
            hidden=hidden,
        )
    if scene.role in refer.by:
        yield from _ours(desk, x, hidden)


def _ours(desk: CaseDesk, x: SupportView, hidden: tuple[tuple[str, str], ...]) -> Iterable[Form]:
    scene = desk.scene
    if x.state in UNSETTLED:
        yield Form(
            "chase",
            _("Chased it"),
            _("Write it down"),
            (line(scene, "how", _("How")), of_type(scene, DATE, "next", _("Ask again"))),
            "go" if x.late else "",
            hidden=hidden,
        )
    office = Office.objects.filter(pk=x.to).first()
    if x.state in WAITS and office is not None and book.may_have_link(scene.pathway, office.role):
        yield Form(
            "link_answer",
            _("A new link for them"),
            _("Make a new link"),
            said=_("They answer by themselves with it, without an account. The earlier link is then dead."),
            hidden=hidden,
        )
    reasons = (pick_one(scene, "reason", _("Why"), _reasons(scene)),)
    yield Form("end", _("End it"), _("End it"), reasons, hidden=hidden)


def is_ours(scene: Scene, x: SupportView) -> bool:
    """Is it ours to chase: the answer is overdue, or the day has passed on which to look again?"""
    at = _look_at(scene, x)
    return x.state in UNSETTLED and at is not None and at < scene.clock.now


def _own_answer(scene: Scene, hidden: tuple[tuple[str, str], ...], x: SupportView) -> Form:
    """The service's own answer, open where none was given yet."""
    options = (
        ("accepted", _("Yes, the person can come")),
        ("waiting", _("There is a waiting list")),
        ("declined", _("Not us")),
        (CALL, _("Please call us first")),
        ("attended", _("The person came")),
    )
    rows = (
        pick_one(
            scene, "answer", _("What can you say to it?"), options if x.state != "sent" else options[:-1]
        ),
        of_type(scene, DATE, "next", _("From which day, or when to ask again")),
        line(scene, "place", _("Place on the list, if there is one")),
        pick_one(scene, "reason", _("Why, if not you"), _reasons(scene)),
        line(scene, "where", _("Where, or which number to call")),
        line(scene, "said_by", _("Whom to ask for")),
        words(scene, "words", _("Something the person should know"), _readers(scene, x), _("if you like")),
    )
    title = _("Your answer") if x.state == "sent" else _("Say how it goes on")
    return Form("answer", title, _("Send this answer"), rows, "go", hidden=hidden, shut=x.state != "sent")


def _readers(scene: Scene, x: SupportView) -> Audience:
    """Who reads the answer; to a service nobody is named who does not."""
    return Audience(audience.of_support(scene, x.audience).read_by, _("anybody else"))


def _answer_rows(scene: Scene) -> tuple[Row, ...]:
    options = (
        ("accepted", _("Accepted")),
        ("waiting", _("Waiting for a place")),
        ("declined", _("Not taken")),
        (CALL, _("Call them first: no answer yet")),
        ("attended", _("Attended")),
        ("ended", _("Ended")),
    )
    return (
        pick_one(scene, "answer", _("Their answer"), options),
        pick_one(scene, "reason", _("Why, if not taken"), _reasons(scene)),
        line(scene, "place", _("Place on the list, if waiting")),
        of_type(scene, DATE, "next", _("From when, or when to ask again")),
        line(scene, "where", _("Where, or which number to call")),
        line(scene, "said_by", _("Who said it")),
    )


def _reasons(scene: Scene) -> tuple[tuple[str, str], ...]:
    return tuple((code, pick(title, code)) for code, title in scene.pathway.shared.get(ANSWERS, {}).items())
