"""A refusal as a page shows it: three lines, and a link to what can be done instead. The words are the
engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.cases.model import Refusal
from amparo.desk.context import RefusalLines
from amparo.desk.homes import homes, page_of
from amparo.desk.scene import Scene, capital

Field = Callable[[Refusal], str]


def lines(scene: Scene, refusal: Refusal, field: Field | None = None) -> RefusalLines:
    """The three lines; `field` finds the element of the page that matters."""
    what, why, instead = scene.sentence(refusal)
    at = field(refusal) if field else ""
    href, link = ("#" + at, _("Answer it below")) if at else way_out(scene, refusal)
    return RefusalLines(capital(what), capital(why), instead, "", href, link, at, refusal.code)


def way_out(scene: Scene, refusal: Refusal) -> tuple[str, str]:
    """Where the first way out leads, if it is a page: ('', '') where it is a time or a role."""
    if scene.view is None:
        return "", ""
    return next((found for way in pairs(refusal.instead) if (found := _page(scene, *way))), ("", ""))


def pairs(instead: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    """The ways out that say what they are."""
    return (way for way in instead if isinstance(way, tuple) and len(way) == 2)


def _page(scene: Scene, kind: str, name: Any) -> tuple[str, str] | None:
    assert scene.view is not None
    case = scene.view.case
    offer = next((o for o in scene.view.offers if o.step == name), None) if kind == "step" else None
    if offer is not None:
        found = page_of(scene, offer, homes(scene))
        return found.href, found.title
    if kind == "verb" and name in _VERBS:
        page, words = _VERBS[name]
        return reverse(page, args=[case]), words()
    return None


_VERBS: dict[str, tuple[str, Callable[[], str]]] = {
    "sit": ("sitting", lambda: _("Open the sitting")),
    "deliver": ("case", lambda: _("See the documents")),
    "annul": ("annul", lambda: _("Take back what came after")),
    "consent": ("consents", lambda: _("Ask for the consent")),
    "look_again": ("case", lambda: _("Look at the file again")),
}
