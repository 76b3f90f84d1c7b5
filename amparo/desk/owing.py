"""What we, a service or an authority owe the person on a case, with its day: it presses like a clock of our own."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Consent, Obligation
from amparo.cases.read import owed_to_the_person
from amparo.desk import offices
from amparo.desk.context import Next
from amparo.desk.obligations import terms
from amparo.desk.scene import Scene
from amparo.desk.times import TimeLeft
from amparo.desk.words import lower_first


def first(scene: Scene) -> Obligation | None:
    """The one that is due first, among those that this role reads; None where the case has ended."""
    view = scene.view
    assert view is not None
    if view.closed:
        return None
    found = owed_to_the_person(scene.pathway, view.obligations)
    return min(found, key=lambda o: o.due or 0, default=None)


def late(scene: Scene, o: Obligation) -> bool:
    return o.due is not None and o.due < scene.clock.now


def by_today(scene: Scene, o: Obligation) -> bool:
    """Late or due today."""
    clock = scene.clock
    return o.due is not None and clock.local(o.due).date() <= clock.local(clock.now).date()


def time_of(scene: Scene, o: Obligation) -> TimeLeft | None:
    """By when, and how far off."""
    return scene.clock.left(o.due, by_today(scene, o)) if o.due is not None else None


# ------------------------------------------------------------------------------------------------ taken back
def taken_back(scene: Scene) -> tuple[Consent, int] | None:
    """The consent that was taken back whose recipient this role is to tell first, and until when."""
    view = scene.view
    assert view is not None
    mine = (c for c in view.consents if c.id in view.told_by and _tells(scene, c))
    return min(((c, view.told_by[c.id]) for c in mine), key=lambda pair: pair[1], default=None)


def _tells(scene: Scene, c: Consent) -> bool:
    task = scene.pathway.consents[c.kind].on_withdrawal
    return task is not None and task.task == scene.role


def next_taken_back(scene: Scene, c: Consent, due: int) -> Next:
    """As the one next step: telling whoever was told."""
    assert scene.view is not None
    rule = _("Taken back %(when)s; nothing more is told.") % {"when": scene.clock.when(c.ended or c.given)}
    soon = scene.clock.local(due).date() <= scene.clock.local(scene.clock.now).date()
    href = reverse("consents", args=[scene.view.case])
    return Next(taken_back_words(c), scene.clock.left(due, soon), "", rule, href=href)


def taken_back_words(c: Consent) -> str:
    return _("Tell %(whom)s that a consent was taken back") % {"whom": offices.name_of(c.to)}


def next_of(scene: Scene, o: Obligation, whose: str = "") -> Next:
    """As the one next step of the case."""
    assert scene.view is not None and o.due is not None
    kind = scene.pathway.obligations[o.kind]
    said = _("Owed to the person: %(what)s, %(due)s.") % {
        "what": lower_first(terms.title(scene, o)),
        "due": scene.clock.due(o.due),
    }
    href = reverse("obligations", args=[scene.view.case])
    rule = " ".join(x for x in (said, scene.cite(kind.basis)) if x)
    return Next(terms.title(scene, o), time_of(scene, o), whose, rule, href=href)
