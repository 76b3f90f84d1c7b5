"""The recipient's own page, drawn by the same lens: what a yes adds is tinted; without it nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amparo.desk.acts import CaseDesk
from amparo.desk.consents import said
from amparo.desk.consents.context import Line, Seen
from amparo.desk.context import Nothing
from amparo.desk.leaves import class_words, hidden_words
from amparo.desk.obligations import terms
from amparo.desk.scene import Scene, capital
from amparo.desk.words import lower_first, pick, role_title
from amparo.ledger import book
from amparo.lens import FactView, Shown


def pages(desk: CaseDesk, to: str, shown: tuple[Shown, ...], with_yes: bool) -> tuple[Seen, ...]:
    """A page for each role that the recipient may have."""
    return tuple(_page(desk, to, each, with_yes) for each in shown)


def _page(desk: CaseDesk, to: str, s: Shown, with_yes: bool) -> Seen:
    scene = desk.scene
    role = lower_first(role_title(scene.pathway, s.role))
    whose = said.to_words(scene, to) if to else role
    title = _("%(whom)s: their page") % {"whom": capital(whose)}
    lines = tuple(line for line in _lines(scene, s) if with_yes or not line.new)
    return Seen(
        title,
        book.number(desk.case) if lines else "",
        lines,
        _("Nothing is drawn: for them there is no such case."),
    )


def _lines(scene: Scene, s: Shown) -> Iterable[Line]:
    """In the order of their page: the person, what is known, what was agreed, what they are told."""
    for class_ in s.classes:
        yield _class_line(scene, class_)
    for fact in s.facts:
        yield _fact_line(scene, fact, fact.name in s.adds)
    for o in s.obligations:
        day = _("by %(when)s") % {"when": scene.clock.due(o.due)} if o.due is not None else ""
        yield Line(_("What was agreed"), terms.title(scene, o), True, note=day)
    for name in s.notices:
        title = pick(scene.pathway.notices[name].title, name)
        yield Line(_("May be told"), capital(title), True)


def _class_line(scene: Scene, class_: str) -> Line:
    """Of what lives with the person: the name as it is used here, the rest by its heading."""
    if class_ == "identity" and scene.called:
        return Line(class_words(class_), scene.called, True, note=_("and what identifies them"))
    return Line(class_words(class_), _("as it stands on the file, by the ways that are safe"), True)


def _fact_line(scene: Scene, f: FactView, new: bool) -> Line:
    """A fact with its value, where who asks may read it too; else the name of its class alone."""
    mine = scene.facts().get(f.name)
    label = pick(f.title, f.name)
    if mine is None:
        return Line(label, "", new, Nothing("hidden", hidden_words(f.class_)))
    pair = scene.pair(f)
    return Line(label, pair.words, new, pair.nothing)
