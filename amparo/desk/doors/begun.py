"""A form that was begun at a door and not sent. It is offered, never filled into the next person's form; and typing
for the next person does not overwrite it: it is laid aside, among its author's drafts.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.desk.steps.context import Begun
from amparo.desk.typed import Typed, one
from amparo.desk.where import Here
from amparo.ledger import book, drafts

Kept = tuple[dict[str, list[str]], int]


def place(at: Here, door: str, key: str = "") -> str:
    """Where the draft of a door lies; with a key, one that was laid aside."""
    return "/".join(("door", at.post.programme, door, *((key,) if key else ())))


def kept(at: Here, door: str, key: str = "") -> Kept | None:
    """The draft that lies there, and when it was saved."""
    return drafts.load(at.account, place(at, door, key))


def goes_on(request: HttpRequest) -> bool:
    """Did somebody choose to go on with a draft, or was it just sent back?"""
    return "draft" in request.GET or "asked" in request.GET


def save(at: Here, door: str, typed: Typed) -> int:
    """Keep the typing; a draft of another person that lies in its place is laid aside. Gives when."""
    older, key = kept(at, door), one(typed, "key")
    if older and one(older[0], "key") not in ("", key):
        drafts.save(at.account, place(at, door, one(older[0], "key")), older[0], older[1])
    saved = drafts.save(at.account, place(at, door), typed)
    if key:
        drafts.wipe(at.account, place(at, door, key))
    return saved


def wipe(at: Here, door: str) -> None:
    """Forget the draft of a door."""
    drafts.wipe(at.account, place(at, door))


def offered(at: Here, door: str) -> Begun | None:
    """The draft to go on with, None if there is none. One whose case was opened already is wiped."""
    found = kept(at, door)
    if found is None:
        return None
    if book.sent(at.account, one(found[0], "key")):
        wipe(at, door)
        return None
    who = one(found[0], "person.wanted") or one(found[0], "person.name")
    words = _("You have a draft of %(when)s that was not sent.") % {"when": at.clock.when(found[1])}
    named = _("It is about %(who)s.") % {"who": who} if who else ""
    return Begun(f"{words} {named}".strip(), f"{reverse('door', args=[door])}?draft")
