"""What each may see of a case, and why. Pure.

- `may(pathway, case, viewer, subject)`: the one question, default deny.
- `view(pathway, site, case, events, viewer, t, world)`: all that a page may draw.
- `filtered(pathway, case, viewer, refusal)`: a refusal as this viewer may read it.
- `readers(pathway, case, subject)`: who will read a text, and who will not.
- `would_see(pathway, site, case, events, consent, role, t)`: exactly what the recipient of a consent sees.
- `meeting_list(pathway, rows)`, `not_with(pathway, case, present)`: of whom may be spoken with these in the room.
- `scope(pathway, role)`, `door_seen(pathway, role, door)`, `boxes_seen(pathway, role)`: for the worklist's query and
  counts.
"""

from amparo.cases.approach import is_authority
from amparo.lens.consents import Shown, may_be_named, may_know, meeting_list, not_with, would_see
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
from amparo.lens.sight import boxes_seen, consent_seen, door_seen, knows_of, may, reaches, scope, sees_case
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
    "Shown",
    "Subject",
    "SupportView",
    "View",
    "Viewer",
    "answerable",
    "consent_seen",
    "boxes_seen",
    "door_seen",
    "event_seen",
    "filtered",
    "is_authority",
    "knows_of",
    "may",
    "may_be_named",
    "may_know",
    "meeting_list",
    "not_with",
    "reaches",
    "readers",
    "scope",
    "sees_case",
    "sees_stages",
    "view",
    "would_see",
]
