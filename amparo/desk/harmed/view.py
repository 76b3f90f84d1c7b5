"""The page of another person in the case, such as the one who was harmed: who they are, how to reach them, what they
said, and what was written to them. It is never drawn beside the page of the person the case is about, and is there
only for roles that may reach them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Refusal
from amparo.desk import acts, refusals
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.asking import line
from amparo.desk.contact import reach
from amparo.desk.context import ActsPage, Form, Pair, RefusalLines, Row, Section
from amparo.desk.ids import unique
from amparo.desk.line import first_line
from amparo.desk.pages import staff_page
from amparo.desk.papers import letter_state
from amparo.desk.scene import capital
from amparo.desk.typed import Typed, field_id, one
from amparo.desk.words import listed, lower_first, pick, role_title
from amparo.ledger import apart
from amparo.people.store import Record


@staff_page
def harmed(request: HttpRequest, case_id: str, party: str) -> HttpResponse:
    """What is kept about them, and the form on which it is put right."""
    desk = acts.open_case(request, case_id, "case")
    seen = apart.look(desk.here.account, case_id, party, "work", role=desk.scene.role)
    sent = _put_right(desk, seen) if request.method == "POST" else acts.NOTHING_SENT
    if sent.done:
        return acts.go_on(request, desk, "harmed", party)
    return render(request, "desk/acts.html", {"page": unique(page(desk, seen, sent.refusals))})


def page(desk: CaseDesk, seen: apart.Apart, refused: tuple[RefusalLines, ...] = ()) -> ActsPage:
    """Who they are and how to reach them; what is about them; what was written to them."""
    scene = desk.scene
    return ActsPage(
        first_line(scene),
        capital(role_title(scene.pathway, seen.party)),
        reverse("harmed", args=[desk.case, seen.party]),
        acts.new_key(),
        str(desk.seen.view.seq),
        _lead(desk, seen),
        (_reach(desk, seen), _said(desk, seen), _letters(desk, seen)),
        refusals=refused,
        back=reverse("case", args=[desk.case]),
    )


def _lead(desk: CaseDesk, seen: apart.Apart) -> str:
    stands = _("This page stands apart: nothing of it is on the other person’s page, letters or copies.")
    return f"{stands} {_kept(desk, seen)}"


def _kept(desk: CaseDesk, seen: apart.Apart) -> str:
    """Until when it is kept: as long as the case, and no longer."""
    if seen.unset:
        named = listed(lower_first(pick(desk.scene.pathway.settings[x].title, x)) for x in seen.unset)
        said = _("It is kept as long as the case. Not watched: %(what)s is not entered, and nothing is destroyed.")
        return said % {"what": named}
    if seen.until is None:
        return _("It is kept as long as the case, and destroyed with it.")
    return _("It is kept until %(day)s, as the case, and then destroyed.") % {"day": desk.scene.clock.day(seen.until)}


def _reach(desk: CaseDesk, seen: apart.Apart) -> Section:
    title, record = _("Who they are, and how to reach them"), seen.record or Record()
    pairs = (*_names(record), *reach.pairs(desk.scene, record)) if seen.record else ()
    empty = _("What was kept has been erased.") if seen.erased else _("Nothing is kept about who this is.")
    return Section(
        title, pairs=pairs, forms=(_form(desk, record, shut=seen.record is not None),), empty=empty
    )


def _names(record: Record) -> Iterable[Pair]:
    if record.name:
        yield Pair(_("Name, as on papers"), record.name)
    if record.wanted:
        yield Pair(_("Name to use"), record.wanted)


def _said(desk: CaseDesk, seen: apart.Apart) -> Section:
    pairs = tuple(desk.scene.pair(f) for f in seen.facts)
    return Section(_("What they said, and what is known"), pairs=pairs, empty=_("Nothing is known yet."))


def _letters(desk: CaseDesk, seen: apart.Apart) -> Section:
    found = tuple(Pair(pick(x.title, x.letter), letter_state(desk.scene, x)) for x in seen.letters)
    return Section(_("Written to them"), pairs=found, empty=_("Nothing was written to them."))


# ------------------------------------------------------------------------------------------------ put right
def _form(desk: CaseDesk, record: Record, *, shut: bool) -> Form:
    typed = one(desk.typed, "then") == "reach"
    scene = replace(
        desk.scene, typed=desk.typed if typed else {**_names_typed(record), **reach.as_typed(record)}
    )
    rows: tuple[Row, ...] = (
        line(scene, "other.name", _("Name, as on papers"), _("in any script")),
        line(scene, "other.wanted", _("Name to use"), _("if another is wanted")),
        *reach.rows(scene),
    )
    said = _("Ask the person. The case says that it was written down, by whom and when, not what.")
    return Form(
        "reach",
        _("Write down how to reach them"),
        _("Write it down"),
        rows,
        said=said,
        shut=shut and not typed,
    )


def _names_typed(record: Record) -> Typed:
    return {"other.name": [record.name], "other.wanted": [record.wanted]}


def _put_right(desk: CaseDesk, seen: apart.Apart) -> Sent:
    """Their record is changed, and the case says that it was. Refused, nothing is changed."""
    typed = desk.typed
    new = reach.changed(seen.record or Record(), typed)
    new = replace(new, name=one(typed, "other.name").strip(), wanted=one(typed, "other.wanted").strip())
    try:
        done = apart.enter(
            desk.here.account, desk.case, seen.party, new, acts.key_of(typed), role=desk.scene.role
        )
    except ValueError:
        return Sent(None, (_too_long(),))
    if isinstance(done, Refusal):
        return Sent(None, (refusals.lines(desk.scene, done),))
    return Sent(done)


def _too_long() -> RefusalLines:
    what, why = _("This cannot be written down so."), _("A field is longer than it can be kept.")
    return RefusalLines(what, why, _("Shorten it: 200 letters."), field=field_id("other.name"))
