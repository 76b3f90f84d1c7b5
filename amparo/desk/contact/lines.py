"""What happened with the person, as often as it happened: contacts, tries, and what was written down after one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.desk.acts import CaseDesk
from amparo.desk.asking import DATE
from amparo.desk.contact import quick
from amparo.desk.contact.context import Line
from amparo.desk.scene import Scene
from amparo.desk.words import pick
from amparo.lens.model import Entry

SHOWN = 4
GIVER = re.compile(r"(?: \([^()]*\))?\.$")
MADE = ("reached", "came", "met")
"""Results that are a contact; all others are a try."""


def channels() -> tuple[tuple[str, str], ...]:
    """How somebody can be reached."""
    return (
        ("visit", _("Face to face")),
        ("phone", _("Phone")),
        ("text", _("Text message")),
        ("through", _("Through somebody")),
        ("post", _("Letter")),
        ("email", _("Electronic mail")),
    )


def results() -> tuple[tuple[str, str], ...]:
    """What came of it."""
    return (
        ("met", _("Met")),
        ("no_answer", _("Tried, no answer")),
        ("message_left", _("Message left")),
        ("came", _("They came")),
        ("reached", _("Spoke")),
        ("wrong_number", _("Tried, wrong number")),
        ("came_back", _("Came back, address unknown")),
    )


def words_of(c: Mapping[str, Any]) -> str:
    """What it was, and how; a try never reads as a contact."""
    if c.get("made") is None:
        return _("Written down after it")
    how, came = dict(channels()).get(str(c.get("channel")), ""), dict(results()).get(str(c.get("result")), "")
    came = came or (_("Contact") if c.get("made") else _("Tried"))
    return ", ".join(x for x in (came, how, str(c.get("where") or "")) if x)


def of_case(desk: CaseDesk) -> Iterable[Line]:
    """The newest first."""
    scene = desk.scene
    assert scene.view is not None
    facts = {q.fact for q in quick.of_role(scene.pathway, scene.role)}
    house = [(int(c["at"]), _house(scene, c)) for c in scene.view.contacts]
    told = [
        (e.at, Line(scene.clock.when(e.at), _value(scene, e), scene.who(e.who, e.role)))
        for e in scene.view.timeline
        if e.kind == "fact.told" and e.name in facts and not e.annulled
    ]
    return (one for _at, one in sorted((*house, *told), key=lambda pair: -pair[0]))


def _value(scene: Scene, e: Entry) -> str:
    """What was told, without the question and without whose word it is: the line says who."""
    title = pick(scene.pathway.facts[e.name].title, e.name)
    return GIVER.sub("", pick(e.words).removeprefix(f"{title}: "))


def _house(scene: Scene, c: Mapping[str, Any]) -> Line:
    following = _("next: %(day)s") % {"day": scene.d.show(DATE, c["next"])} if c.get("next") else ""
    place = str(c.get("where") or "") if c.get("made") is None else ""
    note = ", ".join(x for x in (scene.who(str(c["by"]), str(c["role"])), following, place) if x)
    return Line(
        scene.clock.when(int(c["at"])), words_of(c), note, str(c.get("words") or ""), c.get("made") is True
    )


def last(past: tuple[Line, ...]) -> str:
    """What was written down last, and when. It does not say *seen*: it may have been a try."""
    if not past:
        return _("No contact and no try was written down here yet.")
    return _("Last, %(when)s: %(what)s.") % {"what": past[0].words.rstrip("."), "when": past[0].when}
