"""What a worker carries, in words: how many of the places that count for each are theirs, and how many cases in all."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.desk.words import either, listed, pick
from amparo.ledger.placing import Carries
from amparo.pathways.model import Names, Pathway, Place


def carried(x: Carries) -> str:
    """`carries 9 people`."""
    return ngettext("carries %(n)s person", "carries %(n)s people", x.n) % {"n": x.n}


def with_cases(words: str, x: Carries) -> str:
    """`carries 9 people; 18 open cases in all`: who is theirs without holding a place is work too."""
    every = ngettext("%(n)s open case in all", "%(n)s open cases in all", x.cases) % {"n": x.cases}
    return _("%(carries)s; %(cases)s") % {"carries": words, "cases": every}


def held(pathway: Pathway, place: Place) -> str:
    """From when to when a place is used: of whom its number counts."""
    taken = _steps(pathway, place.taken_by)
    if not place.held_in:
        return _("A place is used by %(steps)s, and is free again after its time.") % {"steps": listed(taken)}
    stages = [f"“{pick(pathway.stages[s].title, s)}”" for s in place.held_in]
    if not taken:
        return _("A place is held while somebody stands at %(stages)s.") % {"stages": listed(stages)}
    words = _("A place is held from %(steps)s on, at %(stages)s. Without that step nobody holds one.")
    return words % {"steps": either(taken), "stages": either(stages)}


def of_whom(pathway: Pathway, name: str) -> str:
    """Whom *carries* counts, where a place is so many for each worker and a step takes it; '' where none does."""
    place = pathway.places[name]
    steps = either(_steps(pathway, place.taken_by))
    return _("Carried is who was taken on by %(steps)s.") % {"steps": steps} if steps else ""


def _steps(pathway: Pathway, names: Names) -> list[str]:
    return [f"“{pick(pathway.steps[s].title, s)}”" for s in names]
