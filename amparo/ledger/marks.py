"""How far a page had read the log, in a form that tells its reader nothing.

The number itself would tell that something was written since, also where the reader may not know of it.
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
