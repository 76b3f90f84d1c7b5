"""How a yes was signed: on paper, on this screen, or said aloud; by whose hand, on which day, and who was there.

A signature is written as one line of words, so that it reads the same in ten years and in another program.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from amparo.desk.asking import DATE, line, pick_one
from amparo.desk.context import RefusalLines, Row
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.typed import Wrong, field_id, one

HOW, WITNESS, HAND, DAY = "signed_how", "witness", "signature", "signed"
SAID = "said"


def ways() -> dict[str, str]:
    """The ways to sign, each in words that are kept."""
    return {"paper": _("On paper"), "glass": _("On this screen"), SAID: _("Said aloud")}


def rows(scene: Scene) -> tuple[Row, ...]:
    """How, and who was there."""
    return (
        pick_one(
            scene, HOW, _("How it was signed"), ways().items(), _("on this screen: the person types it")
        ),
        line(scene, WITNESS, _("Who was there and saw or heard it"), _("may be left out")),
    )


def written(scene: Scene) -> str:
    """`Tui, 2024-02-01, on paper, seen by: Aunt Rua`; '' where nothing is signed. Raises `Wrong` for a day to come."""
    typed, hand = scene.typed, one(scene.typed, HAND)
    if not hand:
        return ""
    how, there = ways().get(one(typed, HOW), ""), one(typed, WITNESS)
    seen = _("seen or heard by: %(who)s") % {"who": there} if there else ""
    return ", ".join(x for x in (hand, _day(scene), how.lower(), seen) if x)


def _day(scene: Scene) -> str:
    found = answer(scene.d, DATE, DAY, scene.typed)
    if found and date.fromisoformat(found) > scene.clock.local(scene.clock.now).date():
        raise Wrong(field_id(DAY), _("Write the day on which it was signed, not a day to come"))
    return str(found or "")


def lacking(scene: Scene, own_hand: bool, what: str) -> RefusalLines | None:
    """What the law or the form still wants of the signature, in three lines. what: what cannot be written."""
    how = one(scene.typed, HOW)
    if own_hand and how == SAID:
        return RefusalLines(
            what,
            _("It was said aloud, and for this consent the law asks for the person’s own hand."),
            _("Let the person sign on paper, or type their name or mark on this screen."),
            field=field_id(HOW),
        )
    if how and not one(scene.typed, HAND):
        return RefusalLines(
            what,
            _("It is said how it was signed, but not by whom."),
            _("Write the name or mark; of a yes that was said, the name of who said it."),
            field=field_id(HAND),
        )
    return None
