"""Places in a log, in a form that tells their reader nothing: how far a page had read, and which letter, consent or
referral is meant.

The number itself would tell that something was written since, or between, also where the reader may not know of it.
"""

from __future__ import annotations

import base64
import binascii

from amparo.errors import KeyDestroyed, WrongKey
from amparo.people.keys import ring

PLACE = "mark of a page"


def mark(seq: int) -> str:
    """The mark of a place in a log; no two are alike."""
    return base64.urlsafe_b64encode(ring().seal(str(seq).encode(), PLACE)).decode()


def marked(text: str) -> int | None:
    """The place that a mark stands for; None for anything that is no mark of ours."""
    try:
        return int(ring().unseal(base64.urlsafe_b64decode(text.encode()), PLACE))
    except (KeyDestroyed, WrongKey, ValueError, binascii.Error):
        return None


ITEM_PLACE = "mark of an item"


def item(name: str) -> str:
    """The mark of a letter, notice, consent or other item of a case, for an address or a form; no two are alike."""
    return base64.urlsafe_b64encode(ring().seal(name.encode(), ITEM_PLACE)).decode().rstrip("=")


def item_of(text: str) -> str | None:
    """The item that a mark stands for; None for anything that is no mark of ours."""
    try:
        padded = text + "=" * (-len(text) % 4)
        return ring().unseal(base64.urlsafe_b64decode(padded.encode()), ITEM_PLACE).decode()
    except (KeyDestroyed, WrongKey, ValueError, binascii.Error):
        return None
