"""The ledger as pages, commands and the training world use it: `from amparo.ledger import book`.

`record` writes; everything else looks, through the lens, and leaves its row in the disclosure log.
An actor is always an `Account`; times are epoch seconds, `now` None is the present.
"""

from amparo.ledger.accounts import deactivate
from amparo.ledger.alike import Answer, alike
from amparo.ledger.answering import Asked, may_have_link, new_link
from amparo.ledger.answering import answer as answer_by_link
from amparo.ledger.answering import opened as asked_by_link
from amparo.ledger.answering import token as link_token
from amparo.ledger.coming import coming
from amparo.ledger.considering import Caused, Considered, consider
from amparo.ledger.desks import (
    Outgoing,
    Sits,
    Takeable,
    entries,
    exceptional,
    exists_for,
    number,
    outbox,
    site_of,
    sittings,
    who_saw,
)
from amparo.ledger.looking import Page, Row, Seen, counts, look, read, search, worklist
from amparo.ledger.looks import Look
from amparo.ledger.marks import item, item_of, mark, marked
from amparo.ledger.meeting import Aloud, Guest, Room, Spoken, guests
from amparo.ledger.meeting import before as before_meeting
from amparo.ledger.meeting import room as in_the_room
from amparo.ledger.opening import Lies, Opened, Preview, lies, opened, preview
from amparo.ledger.past import past_agreements
from amparo.ledger.placing import Placed, standings
from amparo.ledger.rebuild import Difference, rebuild
from amparo.ledger.referring import Terms, terms
from amparo.ledger.tallies import Counted, tallies, tally
from amparo.ledger.tested import tested
from amparo.ledger.ticking import Ticked, is_late, last_tick, tick
from amparo.ledger.verify import Fault, Report, verify
from amparo.ledger.writing import Recorded, record, sent

__all__ = [
    "Aloud", "Answer", "Asked", "Caused", "Considered", "Counted", "Difference", "Fault", "Guest", "Lies", "Look",
    "Opened", "Outgoing", "Page", "Placed", "Preview", "Recorded", "Report", "Room", "Row", "Seen", "Sits",
    "Spoken", "Takeable", "Terms", "Ticked", "alike", "answer_by_link", "asked_by_link", "before_meeting",
    "coming", "consider", "counts", "deactivate", "entries", "exceptional", "exists_for", "guests", "in_the_room",
    "is_late", "item", "item_of", "last_tick", "lies", "link_token", "look", "mark", "marked",
    "may_have_link", "new_link", "number", "opened", "outbox", "past_agreements", "preview", "read", "rebuild",
    "record", "search", "sent", "site_of", "sittings", "standings", "tallies", "tally", "terms", "tested",
    "tick", "verify", "who_saw", "worklist",
]  # fmt: skip
