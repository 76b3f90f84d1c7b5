"""Consents in words: to whom, about what, how long."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amparo.cases.model import Consent
from amparo.desk import offices
from amparo.desk.leaves import class_words
from amparo.desk.scene import Scene
from amparo.desk.words import either, listed, lower_first, pick, role_title
from amparo.lens import Shown
from amparo.pathways.model import ConsentKind, Length, SettingRef
from amparo.pathways.words import FACT_CLASSES


def awaited(c: Consent, kind: ConsentKind) -> bool:
    """Was it taken back, and has its recipient still to confirm?"""
    return c.how == "withdrawn" and c.receipt is None and kind.on_withdrawal is not None


def to_words(scene: Scene, to: str) -> str:
    """The office by its name; a role of the pathway, or the person, by its title."""
    return role_title(scene.pathway, to) if to in scene.pathway.roles else offices.name_of(to)


def opened_words(scene: Scene, shown: tuple[Shown, ...]) -> str:
    """What recipients read by a consent: names of facts and notices, never what these say."""
    p = scene.pathway
    named = [class_words(c) for each in shown for c in each.classes]
    named += [pick(p.facts[n].title, n) for each in shown for n in each.adds]
    named += [pick(p.obligations[o.kind].title, o.kind) for each in shown for o in each.obligations]
    named += [pick(p.notices[n].title, n) for each in shown for n in each.notices]
    return listed(lower_first(x) for x in dict.fromkeys(named)) or _("nothing so far")


def lasts_words(scene: Scene, kind: ConsentKind, until: int | None = None) -> str:
    """How long a consent of this kind lasts at most; `until` where that is a day."""
    taken = _("until it is taken back")
    if until is not None:
        return _("until %(day)s at the latest, or %(taken)s") % {
            "day": scene.clock.due(until),
            "taken": taken,
        }
    if isinstance(kind.lasts, Length | SettingRef):
        return taken
    steps = [pick(scene.pathway.steps[n].title, n) for n in kind.lasts if n in scene.pathway.steps]
    if steps:
        what = either("“" + s + "”" for s in steps)
        return _("until this is done: %(steps)s; or %(taken)s") % {"steps": what, "taken": taken}
    if "closed" in kind.lasts:
        return _("until the case is closed, or %(taken)s") % {"taken": taken}
    return taken


def about_words(scene: Scene, about: tuple[str, ...]) -> str:
    """What it is about: classes, facts and what was agreed, in words."""
    return listed(lower_first(about_word(scene, a)) for a in about)


def about_word(scene: Scene, name: str) -> str:
    """A class with each fact it opens, a fact, or an obligation, as a reader knows it."""
    if name in FACT_CLASSES:
        held = listed(lower_first(x) for x in _of_class(scene, name))
        return (
            _("%(class)s (with: %(facts)s)") % {"class": class_words(name), "facts": held}
            if held
            else class_words(name)
        )
    element = scene.pathway.facts.get(name) or scene.pathway.obligations.get(name)
    return pick(element.title, name) if element else name


def _of_class(scene: Scene, class_: str) -> list[str]:
    """The facts of a class that a yes to it opens: never what is about another person."""
    return [pick(f.title, n) for n, f in scene.pathway.facts.items() if f.class_ == class_ and not f.about]


def kinds_here(scene: Scene) -> dict[str, ConsentKind]:
    """The kinds for cases that came in as this one did, those that stand alone last."""
    found = {n: k for n, k in scene.pathway.consents.items() if k.doors == "all" or scene.door in k.doors}
    return dict(sorted(found.items(), key=lambda x: x[1].alone))
