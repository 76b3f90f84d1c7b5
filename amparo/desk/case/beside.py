"""What stands beside a file: other cases it hangs together with, receipts it waits for, who may tell outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from amparo.cases.requests.exceptional import KEEPERS, PRESENT
from amparo.cases.story import word
from amparo.desk.context import Link, Pair
from amparo.desk.scene import Scene, capital
from amparo.ledger import book


def linked(scene: Scene) -> tuple[Pair, ...]:
    """Other cases that this one is linked with. Whether they open is settled there."""
    assert scene.view is not None
    return tuple(_linked(x) for x in scene.view.links)


def _linked(x: Mapping[str, Any]) -> Pair:
    leads = {True: _("This case leads."), False: _("The other case leads.")}
    href = reverse("case", args=[x["other"]])
    link = Link(book.number(str(x["other"])), href)
    return Pair(link_words(str(x["kind"])), "", leads.get(x["leads"], "") if "leads" in x else "", link=link)


def link_words(kind: str) -> str:
    """How two cases hang together, as the log says it."""
    return capital(word(kind, get_language() or "en"))


def waiting_words(scene: Scene) -> tuple[str, ...]:
    """Said to who answers for privacy: a legal demand or an emergency disclosure waits in this case."""
    assert scene.view is not None
    n = len(scene.view.exceptional)
    if not n or scene.pathway.roles[scene.role].is_ not in KEEPERS:
        return ()
    said = ngettext(
        "%(n)s legal demand or emergency disclosure waits for you.",
        "%(n)s legal demands or emergency disclosures wait for you.",
        n,
    )
    return (said % {"n": n},)


def outside_shown(scene: Scene) -> bool:
    """Who may be with somebody in an emergency, and who answers for what was told."""
    return scene.pathway.roles[scene.role].is_ in PRESENT | KEEPERS


def receipts_words(scene: Scene) -> str:
    """`2 of 3 receipts are in`: how far a file is that goes with its last receipt; '' for every other."""
    assert scene.view is not None
    found = scene.view.receipts
    if found is None:
        return ""
    said = ngettext("%(in)s of %(n)s receipt is in.", "%(in)s of %(n)s receipts are in.", found.asked) % {
        "in": found.received,
        "n": found.asked,
    }
    letters = ngettext(
        "%(n)s letter is still to be handed over.",
        "%(n)s letters are still to be handed over.",
        found.letters,
    ) % {"n": found.letters}
    kept = _("The words of this file are kept until the last of it, and then destroyed.")
    parts = (said if found.asked else "", letters if found.letters else "", kept)
    return " ".join(part for part in parts if part)
