"""Letters and notices in words: to whom, where they stand, how they went."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk import offices
from amparo.desk.scene import Scene
from amparo.desk.words import lower_first, pick, role_title
from amparo.ledger import book
from amparo.lens import LetterView


def whom(scene: Scene, role: str) -> str:
    """An addressee."""
    if role not in scene.pathway.roles:  # an office, or somebody by name
        return offices.name_of(role)
    return scene.person() if role == "person" else lower_first(role_title(scene.pathway, role))


def letter_href(case: str, x: LetterView) -> str:
    """The page of a letter."""
    return reverse("letter", args=[case, book.item(x.id)])


def to_hand_over(x: LetterView) -> str:
    """A letter that waits, as something to do."""
    return _("Hand over or send: %(letter)s") % {"letter": lower_first(pick(x.title, x.letter))}


def letter_state(scene: Scene, x: LetterView) -> str:
    """Where a letter stands, in words."""
    if x.state == "delivered" and x.delivered is not None:
        return _("reached %(when)s, %(how)s") % {
            "when": scene.clock.when(x.delivered),
            "how": how_words(x.how),
        }
    if x.state == "returned":
        return _("came back, %(how)s") % {"how": how_words(x.how)}
    if scene.clock.local(x.due).date() == scene.clock.local(scene.clock.now).date():
        return _("to be handed over today")
    return _("to be handed over, since %(when)s") % {"when": scene.clock.day(x.due)}


def how_words(how: str) -> str:
    """A way of delivery."""
    words = {
        "by_hand": _("by hand"),
        "post_with_proof": _("by post, with proof"),
        "secure_box": _("by secure box"),
        "post": _("by post, without proof"),
        "email": _("by electronic mail"),
        "phone": _("by phone"),
        "in_person": _("in person"),
    }
    return words.get(how, how.replace("_", " "))


def ground_words(scene: Scene, notice: str) -> str:
    """On what a notice rests: its citations, or the person's consent by its title."""
    ground = scene.pathway.notices[notice].ground
    if not isinstance(ground, str):
        return scene.cite(ground)
    kind = ground.removeprefix("consent ")
    return _("by consent: %(what)s") % {"what": lower_first(pick(scene.pathway.consents[kind].title, kind))}


def notice_state(scene: Scene, state: str, sent: int | None, received: int | None) -> str:
    """Where a notice stands, in words."""
    if state == "received" and received is not None:
        return _("receipt %(when)s") % {"when": scene.clock.day(received)}
    if state == "sent" and sent is not None:
        return _("sent %(when)s") % {"when": scene.clock.day(sent)}
    return {"withheld": _("not sent: its ground is lacking")}.get(state, _("to be sent"))
