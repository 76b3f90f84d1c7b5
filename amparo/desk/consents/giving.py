"""Asking for one consent, on one page with every element of it. Nothing is ticked for the person, and *no* and *not
now* stand beside the signature: neither is written down.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import acts
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import DATE, of_type, pick_one, pick_some
from amparo.desk.consents import hand, preview, said, view
from amparo.desk.consents.context import Element, GivePage
from amparo.desk.context import Control, RefusalLines
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import capital
from amparo.desk.typed import Drawing, Typed, Wrong, field_id, one, spread
from amparo.desk.where import at_case
from amparo.desk.words import language, lower_first, pick
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.pathways import calendar
from amparo.pathways.model import ConsentKind


@staff_page
def give(request: HttpRequest, case_id: str, kind: str) -> HttpResponse:
    """The page; the same on paper; or what was pressed on it."""
    desk = acts.for_helpers(acts.open_case(request, case_id, "consents"))
    if not view.may_ask(desk.scene) or kind not in said.kinds_here(desk.scene):
        raise NotPermitted(desk.case)
    then = request.POST.get("then", "") if request.method == "POST" else ""
    sent = acts.NOTHING_SENT
    if then in ("no", "later"):
        return _no(request, desk, then)
    if then == "give":
        sent = _give(desk, kind)
        if sent.done:
            return acts.go_on(request, desk, "consents")
    html = "consents/paper.html" if then == "paper" else "consents/give.html"
    return render(request, html, {"page": unique(page(desk, kind, then, sent))})


def _no(request: HttpRequest, desk: CaseDesk, then: str) -> HttpResponse:
    """A no, or not now, leaves no trace in the case."""
    words = _("The answer is no.") if then == "no" else _("Not now.")
    messages.success(request, f"{words} {_('Nothing was written down, and nothing follows from it.')}")
    return HttpResponseRedirect(reverse("consents", args=[desk.case]))


# ------------------------------------------------------------------------------------------------ giving
def _give(desk: CaseDesk, kind: str) -> Sent:
    try:
        wish = given(desk, kind)
    except Wrong as wrong:
        return Sent(None, (RefusalLines(str(wrong), "", "", field=wrong.field),))
    lacks = _lacking(desk, kind)
    if lacks is not None:
        return Sent(None, (lacks,))
    return acts.send(desk, "consent", wish, "consent given")


def given(desk: CaseDesk, kind: str) -> dict[str, Any]:
    """The consent as typed. Raises `Wrong` for a day that is none."""
    until = answer(desk.scene.d, DATE, "until", desk.typed)
    end = calendar.last_second(date.fromisoformat(until), desk.scene.d.zone) if until else None
    about = _about(desk, kind)
    return {
        "do": "give",
        "kind": kind,
        "to": one(desk.typed, "to"),
        "signature": hand.written(desk.scene),
        **({"about": list(about)} if about else {}),
        **({"until": end} if end else {}),
    }


def _about(desk: CaseDesk, kind: str) -> tuple[str, ...]:
    """What was ticked; where the kind holds one thing alone, that."""
    whole = desk.scene.pathway.consents[kind].about
    chosen = tuple(x for x in desk.typed.get("about") or () if x in whole)
    return whole if len(whole) == 1 else chosen


def _lacking(desk: CaseDesk, kind: str) -> RefusalLines | None:
    """What the person has still to say, in three lines: to whom, and what."""
    what = _("The yes cannot be written yet.")
    if not one(desk.typed, "to"):
        why = _("It is not said to whom. A yes names one recipient, never anybody.")
        return RefusalLines(what, why, _("Let the person choose one."), field=field_id("to"))
    if not _about(desk, kind):
        why = _("It is not said what they tell. Nothing is ticked for the person.")
        return RefusalLines(what, why, _("Let the person tick what they agree to."), field=field_id("about"))
    return hand.lacking(desk.scene, _own_hand(desk, kind), what)


def _own_hand(desk: CaseDesk, kind: str) -> bool:
    """Does the law ask for the person's own hand?"""
    to, about = one(desk.typed, "to"), _about(desk, kind)
    at = desk.scene.clock.now
    seen = book.preview(
        desk.here.account, desk.case, kind, to, about, language(), role=desk.scene.role, now=at
    )
    return seen.signed


# ------------------------------------------------------------------------------------------------ the page
def page(desk: CaseDesk, name: str, then: str = "", sent: Sent = acts.NOTHING_SENT) -> GivePage:
    """Every element in its order, and the recipient's own page beside it."""
    scene = desk.scene
    kind = scene.pathway.consents[name]
    to = one(desk.typed, "to") or _only(desk, kind)
    about = _about(desk, name)
    seen = book.preview(
        desk.here.account, desk.case, name, to, about, language(), role=scene.role, now=scene.clock.now
    )
    person = capital(scene.person())
    today = scene.clock.local(scene.clock.now).date()
    signed: Typed = {**_day_of(scene.d, str(today)), **desk.typed}
    see_yes = then != "see_now"
    lacking = {r.field for r in sent.refusals}
    return GivePage(
        first_line(scene),
        pick(kind.title, name),
        _("Everything is on this page. Nothing is ticked for %(person)s, and “no” is as near as “yes”.")
        % {"person": scene.person()},
        scene.cite(kind.basis),
        pick(kind.unverified) if kind.unverified else "",
        tuple(_elements(desk, name, kind, to, seen, lacking)),
        Control(
            "line", "signature", field_id("signature"), _("%(person)s’s name or mark") % {"person": person},
            one(desk.typed, "signature"),
        ),
        of_type(acts.with_typed(desk, signed).scene, DATE, "signed", _("Day")).control,
        _("The law asks for the person’s own hand.") if seen.signed else _("Signed; or said, and who heard it."),
        preview.pages(desk, to, seen.shown, see_yes),
        see_yes,
        _("%(person)s says yes") % {"person": person},
        _("%(person)s says no") % {"person": person},
        _("As it is now"),
        _("If %(person)s says yes") % {"person": scene.person()},
        reverse("consent", args=[desk.case, name]),
        acts.new_key(),
        str(desk.seen.view.seq),
        reverse("consents", args=[desk.case]),
        (("to", to),) if _only(desk, kind) else (),
        sent.refusals,
        seen.adds if see_yes else "",
        hand.rows(scene),
    )  # fmt: skip


def _day_of(d: Drawing, day: str) -> dict[str, list[str]]:
    """Today stands in the day's fields, until another is typed."""
    return spread(d, DATE, "signed", day)


def _only(desk: CaseDesk, kind: ConsentKind) -> str:
    """The one recipient there is, '' where there are several or none."""
    found = view.offices_of(desk, kind.to)
    return found[0][0] if len(found) == 1 else ""


def _elements(
    desk: CaseDesk, name: str, kind: ConsentKind, to: str, seen: book.Preview, lacking: set[str]
) -> Iterable[Element]:
    scene = desk.scene
    post = at_case(desk.here, desk.seen.view.pathway, desk.seen.site, scene.role).post
    yield Element(_("About whom"), capital(scene.person()), strong=True)
    yield Element(_("Who tells"), post.site.name, _("nobody else"), strong=True)
    yield _what(desk, kind, lacking)
    yield _whom(desk, kind, to, lacking)
    purpose = pick(kind.purpose).rstrip(".")
    yield Element(_("What for"), _("%(purpose)s. Nothing else.") % {"purpose": capital(purpose)})
    own = of_type(scene, DATE, "until", _("or sooner, on")).control
    yield Element(_("Until"), capital(said.lasts_words(scene, kind, seen.until)) + ".", also=own)
    yield Element(_("How to take it back"), _take_back(post.site.address, post.site.phone))
    whom = said.to_words(scene, to) if to else _("Nobody")
    hears = (
        _("%(whom)s hears nothing from us on this.") % {"whom": whom} if to else _("Nobody is told on this.")
    )
    yield Element(
        _("What if I say no"),
        f"{hears} {_('Nothing else changes: the case and all help stay as they are, and nobody asks why.')}",
    )
    if kind.alone:
        yield Element(_("On its own"), _("It is joined to no other consent."))
    yield from _law_adds(desk, seen)


def _what(desk: CaseDesk, kind: ConsentKind, lacking: set[str]) -> Element:
    scene = desk.scene
    words = tuple((a, capital(said.about_word(scene, a))) for a in kind.about)
    if len(words) == 1:
        return Element(_("What they tell"), words[0][1], _("This, and no more."), strong=True)
    drawn = pick_some(scene, "about", _("What they tell"), words).control
    note = _("Ticked by the person. It holds what is named here and no more.")
    return Element(_("What they tell"), note=note, control=drawn, lacking=field_id("about") in lacking)


def _whom(desk: CaseDesk, kind: ConsentKind, to: str, lacking: set[str]) -> Element:
    found = view.offices_of(desk, kind.to)
    note = _("One named recipient. It may not be passed on.")
    if not found:
        return Element(_("To whom"), _("Nobody is entered for this site; who looks after it enters them."))
    if len(found) == 1:
        return Element(_("To whom"), found[0][1], note, strong=True)
    shown = acts.with_typed(desk, {**desk.typed, "to": [to]}).scene
    drawn = pick_one(shown, "to", _("To whom"), found).control
    return Element(_("To whom"), note=note, control=drawn, lacking=field_id("to") in lacking)


def _take_back(address: str, phone: str) -> str:
    where = ", ".join(x for x in (" ".join(address.split()), phone) if x)
    words = (
        _("Tell any of us, or write or call: %(where)s.") % {"where": where}
        if where
        else _("Tell any of us.")
    )
    return f"{words} {_('It stops at once.')}"


def _law_adds(desk: CaseDesk, seen: book.Preview) -> Iterable[Element]:
    """What the strict form adds, and whether anybody has settled that it applies."""
    if seen.adds:
        yield Element(_("The law adds"), seen.adds, aloud=True)
    setting = desk.scene.pathway.settings.get(seen.regime)
    if setting is None:
        return
    title = lower_first(pick(setting.title, seen.regime))
    if seen.applies is None:
        words = _("Nobody has settled this for the site yet: %(what)s. Until then the stricter form holds.")
        yield Element(
            _("The stricter form"), words % {"what": title}, unverified=_("not settled for this site")
        )
    elif seen.applies:
        yield Element(_("The stricter form"), _("It holds here: %(what)s.") % {"what": title})
    else:
        yield Element(_("The stricter form"), _("It does not hold here: %(what)s.") % {"what": title})
