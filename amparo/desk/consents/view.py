"""Consents: to whom, about what, for what, until when; taken back place by place. A no stands beside the
yes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Consent
from amparo.cases.requests.base import STAFF
from amparo.cases.requests.papers import SPEAK_FOR_ONESELF
from amparo.desk import acts, offices
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE, line, of_type, pick_one, pick_some
from amparo.desk.context import ActsPage, Form, Pair, RefusalLines, Section
from amparo.desk.leaves import class_words
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import Scene, capital
from amparo.desk.typed import Wrong, one
from amparo.desk.words import listed, lower_first, pick
from amparo.pathways import calendar
from amparo.pathways.model import ConsentKind, Length
from amparo.pathways.words import FACT_CLASSES


@staff_page
def consents(request: HttpRequest, case_id: str) -> HttpResponse:
    """What the person said yes to, and the page on which a new yes is asked."""
    desk = acts.for_helpers(acts.open_case(request, case_id, "consents"))
    return acts.answered(request, desk, "consents", _press, page)


def _press(desk: CaseDesk, then: str) -> Sent:
    if then == "withdraw":
        return acts.send(
            desk, "consent", {"do": "withdraw", "id": one(desk.typed, "id")}, "consent withdrawn"
        )
    try:
        return acts.send(desk, "consent", given(desk), "consent given")
    except Wrong as wrong:
        return Sent(None, (RefusalLines(str(wrong), "", "", field=wrong.field),))


def given(desk: CaseDesk) -> dict[str, Any]:
    """The consent as typed."""
    typed, kind = desk.typed, one(desk.typed, "kind")
    until = answer(desk.scene.d, DATE, f"until.{kind}", typed)
    end = calendar.last_second(date.fromisoformat(until), desk.scene.d.zone) if until else None
    about = [x for x in typed.get(f"about.{kind}") or () if x]
    return {
        "do": "give",
        "kind": kind,
        "to": one(typed, f"to.{kind}"),
        "signature": one(typed, f"signature.{kind}"),
        **({"about": about} if about else {}),
        **({"until": end} if end else {}),
    }


def page(desk: CaseDesk, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """Live ones first, then a form for each kind."""
    scene = desk.scene
    now = scene.clock.now
    may = scene.pathway.roles[scene.role].is_ in (*STAFF, *SPEAK_FOR_ONESELF)
    ordered = sorted(desk.seen.view.consents, key=lambda c: (not live(c, now), -c.given))
    kinds = {n: k for n, k in scene.pathway.consents.items() if k.doors == "all" or scene.door in k.doors}
    return ActsPage(
        first_line(scene),
        _("Consents"),
        reverse("consents", args=[desk.case]),
        acts.new_key(),
        str(desk.seen.view.seq),
        _("Nothing is told to anybody on a consent that has ended. Saying no changes nothing in the case."),
        tuple(_section(scene, c, may) for c in ordered),
        tuple(_form(desk, n, k) for n, k in kinds.items()) if may else (),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def live(c: Consent, now: int) -> bool:
    """Does it hold now?"""
    return c.ended is None and (c.until is None or now <= c.until)


def _section(scene: Scene, c: Consent, may: bool) -> Section:
    kind = scene.pathway.consents[c.kind]
    until = scene.clock.due(c.until) if c.until else lasts_words(kind)
    ended = (Pair(_("Ended"), scene.clock.when(c.ended)),) if c.ended else ()
    pairs = (
        Pair(_("To"), offices.name_of(c.to)),
        Pair(_("About"), about_words(scene, c.about)),
        Pair(_("Purpose"), pick(kind.purpose)),
        Pair(_("Given"), scene.clock.when(c.given)),
        Pair(_("Until"), until),
        *ended,
    )
    back = Form(
        "withdraw",
        _("Take it back"),
        _("Take it back"),
        said=_("It stops at once; who was told is asked for a receipt."),
        hidden=(("id", c.id),),
    )
    return Section(
        pick(kind.title, c.kind),
        pairs=pairs,
        forms=(back,) if may and live(c, scene.clock.now) else (),
        basis=scene.cite(kind.basis),
    )


def lasts_words(kind: ConsentKind) -> str:
    """How long a consent of this kind lasts at most."""
    if isinstance(kind.lasts, Length):
        return _("as long as the programme says")
    return _("until the case is closed") if "closed" in kind.lasts else _("until it is taken back")


def about_words(scene: Scene, about: tuple[str, ...]) -> str:
    """What it is about: classes and facts in words."""
    facts = scene.pathway.facts
    return listed(
        lower_first(class_words(a) if a in FACT_CLASSES else pick(facts[a].title, a) if a in facts else a)
        for a in about
    )


def _form(desk: CaseDesk, name: str, kind: ConsentKind) -> Form:
    scene = desk.scene
    found = offices.of_roles(desk.seen.site, kind.to, scene.clock.now, scene.d.zone)
    about = tuple(
        (a, class_words(a) if a in FACT_CLASSES else pick(scene.pathway.facts[a].title, a))
        for a in kind.about
    )
    rows = (
        pick_one(scene, f"to.{name}", _("To"), tuple((o.pk, o.name) for o in found), _("one recipient")),
        pick_some(scene, f"about.{name}", _("About"), about, _("none chosen: all of these")),
        of_type(scene, DATE, f"until.{name}", _("Until"), _("may be left out")),
        line(
            scene,
            f"signature.{name}",
            _("How it was signed"),
            _("paper, with its number; or said, and who heard it"),
        ),
    )
    said = _("Purpose: %(purpose)s. Asked by itself; a no ends it there.") % {
        "purpose": lower_first(pick(kind.purpose))
    }
    return Form(
        "give",
        pick(kind.title, name),
        _("%(person)s says yes") % {"person": capital(scene.person())},
        rows,
        "ink",
        said,
        (("kind", name),),
    )
