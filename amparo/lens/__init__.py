"""What each may see of a case, and why. Pure.

- `may(pathway, case, viewer, subject)`: the one question, default deny.
- `view(pathway, site, case, events, viewer, t, world)`: all that a page may draw.
- `filtered(pathway, case, viewer, refusal)`: a refusal as this viewer may read it.
- `readers(pathway, case, subject)`: who will read a text, and who will not.
- `scope(pathway, role)`, `door_seen(pathway, role, door)`: for the worklist's query and counts.
"""

from amparo.lens.model import (
    ClockView,
    Entry,
    FactView,
    LetterView,
    NoticeView,
    OfferView,
    Subject,
    SupportView,
    View,
    Viewer,
)
from amparo.lens.readers import readers
from amparo.lens.sight import door_seen, may, scope, sees_case
from amparo.lens.sight import stage_open_or_closed as sees_stages
from amparo.lens.timeline import OFFICE, event_seen
from amparo.lens.view import answerable, filtered, view

__all__ = [
    "OFFICE",
    "ClockView",
    "Entry",
    "FactView",
    "LetterView",
    "NoticeView",
    "OfferView",
    "Subject",
    "SupportView",
    "View",
    "Viewer",
    "answerable",
    "door_seen",
    "event_seen",
    "filtered",
    "may",
    "readers",
    "scope",
    "sees_case",
    "sees_stages",
    "view",
]
