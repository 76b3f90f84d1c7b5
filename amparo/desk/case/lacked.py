"""What a recorded step lacked, in words: each unmet part with what it rests on. It is true all the same that the step
was taken, so nothing here is a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.desk.scene import Scene
from amparo.desk.words import listed, pick
from amparo.pathways.model import Cite


def words(scene: Scene, flag: Mapping[str, Any]) -> str:
    """One unmet part with its basis. What rests on facts that this role does not read is not named."""
    basis = scene.cite(tuple(_cite(str(x)) for x in flag.get("basis", ())))
    return f"{_part(scene, flag)} ({basis})" if basis else _part(scene, flag)


def _cite(text: str) -> Cite:
    source, _space, place = text.partition(" ")
    return Cite(source, place)


def _part(scene: Scene, flag: Mapping[str, Any]) -> str:
    detail = str(flag.get("detail", ""))
    known = _part_words().get(detail)
    named = _named(scene, flag)
    if known is None:
        return named or _("what its rule asks")
    return f"{known}: {named}" if named and detail in OF_SOMETHING else known


OF_SOMETHING = frozenset(
    {"criterion", "requirement", "consent", "letter", "notice", "accepted", "accepted_no", "items"}
)
"""Parts that say of what: which requirement, which letter, which consent."""


def _part_words() -> dict[str, str]:
    return {
        "reasons": _("the reasons of who decides"),
        "heard": _("that the person was heard"),
        "defence": _("that a defender took part or was offered"),
        "body": _("an open sitting"),
        "criterion": _("a requirement that was not met or not known"),
        "requirement": _("a requirement of the phase"),
        "consent": _("a consent that holds"),
        "accepted": _("the person's yes in this very step"),
        "accepted_no": _("the person's yes in this very step"),
        "notice": _("proof that the letter came before its hour"),
        "letter": _("what the letter must show"),
        "items": _("what was agreed, item by item"),
        "item_due": _("the day of what was agreed"),
        "item_term": _("all that must be said of what was agreed"),
    }


def _named(scene: Scene, flag: Mapping[str, Any]) -> str:
    """Of what: as the step kept it, else the parts that decided."""
    view, p = scene.view, scene.pathway
    assert view is not None
    decided, read = [str(x) for x in flag.get("because", ())], {f.name for f in view.facts}
    if any(x in p.facts and x not in read for x in decided):
        return ""
    of = [str(x) for x in flag.get("of", ())]
    said = [_title(scene, x) for x in of or decided]
    return listed(dict.fromkeys(x for x in said if x))


def _title(scene: Scene, name: str) -> str:
    p = scene.pathway
    if name in p.criteria:
        return "“" + scene.said(p.criteria[name].say, name) + "”"
    for kind in (p.facts, p.settings, p.letters, p.consents, p.obligations, p.derived):
        if name in kind:
            return "“" + pick(kind[name].title, name) + "”"
    return ""
