"""The ledger as pages, commands and the training world use it: `from amparo.ledger import book`.

`record` writes; everything else looks, through the lens, and leaves its row in the disclosure log.
An actor is always an `Account`; times are epoch seconds, `now` None is the present.
"""

from amparo.ledger.accounts import deactivate
from amparo.ledger.considering import Caused, Considered, consider
from amparo.ledger.desks import (
    Outgoing,
    Sits,
    Takeable,
    entries,
    exists_for,
    number,
    outbox,
    site_of,
    sittings,
    who_saw,
)
from amparo.ledger.looking import Page, Row, Seen, counts, look, read, search, worklist
from amparo.ledger.looks import Look
from amparo.ledger.marks import mark, marked
from amparo.ledger.rebuild import Difference, rebuild
from amparo.ledger.ticking import Ticked, is_late, last_tick, tick
from amparo.ledger.verify import Fault, Report, verify
from amparo.ledger.writing import Recorded, record

__all__ = [
    "Caused", "Considered", "Difference", "Fault", "Look", "Outgoing", "Page", "Recorded", "Report",
    "Row", "Seen", "Sits", "Takeable", "Ticked", "consider", "counts", "deactivate", "entries",
    "exists_for", "is_late", "last_tick", "look", "mark", "marked", "number", "outbox", "read", "rebuild", "record",
    "search", "site_of", "sittings", "tick", "verify", "who_saw", "worklist",
]  # fmt: skip
