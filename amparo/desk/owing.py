"""What we, a service or an authority owe the person on a case, with its day: it presses like a clock of our own."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Obligation
from amparo.cases.read import owed_to_the_person
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
