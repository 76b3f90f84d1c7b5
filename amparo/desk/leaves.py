"""Leaves of rules, asks and classes of facts in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amparo.cases.model import Reason
from amparo.cases.story import title as named
from amparo.desk.scene import Scene
from amparo.desk.words import language, lower_first


def asks_words(scene: Scene, asks: Iterable[tuple[str, str]]) -> list[str]:
    """`earlier entry (central register)`: what is asked, and of whom."""
    return [
        _("%(what)s (%(whom)s)")
        % {
            "what": lower_first(named(scene.pathway, name.removeprefix("setting "), language())),
            "whom": scene.giver(whom),
        }
        for name, whom in asks
    ]


def reason_words(scene: Scene, r: Reason) -> str:
    """`judged dependent: yes (commission, today 10:36)`; a hidden leaf says nothing."""
    if r.nothing == "hidden" or not r.name:
        return ""
    fact = scene.pathway.facts.get(r.name)
    label = lower_first(named(scene.pathway, r.name, language()))
    if fact is None or r.value is None:
        return label if fact is not None else ""
    teller = ", ".join(
        x
        for x in (scene.giver(r.given_by) if r.given_by else "", scene.clock.when(r.as_of) if r.as_of else "")
        if x
    )
    return f"{label}: {scene.shown(r.name, r.value)}" + (f" ({teller})" if teller else "")


def hidden_words(class_: str) -> str:
    """The hatched line of a class: never what, how many, nor whether there is anything."""
    return _("Hidden from your role (%(class)s)") % {"class": class_words(class_).lower()}


def class_words(class_: str) -> str:
    """A class of facts as a heading."""
    words = {
        "identity": _("Identity"),
        "contact": _("Contact"),
        "justice": _("Justice"),
        "process": _("Process"),
        "social": _("Social"),
        "health": _("Health"),
        "demographic": _("Demographic"),
    }
    return words[class_]
