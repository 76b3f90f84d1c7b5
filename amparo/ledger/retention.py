"""How long a name is used, how long words last, and what remains of a case for statistics.

An unset term destroys nothing and says so; a legal hold suspends all of it. `tick` carries it out
(`ledger.ticking`).
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime

from amparo.cases import approach, read
from amparo.cases.counting import area_of
from amparo.cases.index import is_open
from amparo.cases.model import Case
from amparo.cases.receipts import receipts
from amparo.cases.retention import Kept, retention
from amparo.ledger.chain import DAY
from amparo.ledger.models import Coarse
from amparo.pathways.model import SettingRef

LOOK_AGAIN = 30 * DAY
"""A term that nobody entered may be entered: the case is looked at again after this many seconds."""
TOGETHER = 30 * DAY
"""Coarse rows of cases whose words end within this time of each other are written together, in random
order.
"""


def unset(case: Case, now: int) -> tuple[str, ...]:
    """The settings that nobody entered and without which nothing of this case is ever destroyed."""
    found = kept_of(case, now)
    if found is None:
        return ()
    lengths = ((found.line.named, found.named), (found.line.ends, found.ends))
    return tuple(dict.fromkeys(n.name for n, held in lengths if isinstance(n, SettingRef) and held is None))


def kept_of(case: Case, now: int) -> Kept | None:
    """The line of retention of an ended case, resolved; None while it goes on. An approach that nobody has answered has
    one of its own.
    """
    if approach.unanswered(case):
        return retention(case, now)
    return None if case.died or is_open(case.pathway, case.stage) else retention(case, now)


def silent_until(case: Case, now: int) -> int | None:
    """The last second of an approach that still waits for an answer; None for every other case, and under a hold."""
    found = kept_of(case, now) if approach.unanswered(case) else None
    return found.ends_at if found else None


def named(case: Case, now: int) -> bool:
    """Whether staff lists, searches and registers may still use the person's name."""
    found = kept_of(case, now)
    return found is None or found.named_until is None or now <= found.named_until


def correcting(case: Case, now: int) -> bool:
    """Whether a file that ends with its receipts still waits for some: who is corrected must hear about whom."""
    found = kept_of(case, now)
    return found is not None and found.ends == "receipts" and receipts(case).awaited > 0


def next_look(case: Case, now: int) -> int:
    """When an ended case must be looked at again: once its words have had their time, or from month to month.

    Months are counted from the case's end and not from now, so that the log alone says when.
    """
    found = kept_of(case, now)
    if found is not None and found.ends_at is not None:
        return found.ends_at + 1
    passed = max(now - case.stage_since, 0) // LOOK_AGAIN
    return case.stage_since + (passed + 1) * LOOK_AGAIN


def over(case: Case, now: int) -> bool:
    """Whether the words of this case have had their time."""
    found = kept_of(case, now)
    return found is not None and found.ends_at is not None and (found.ends_at < now or _at_once(found))


def at_once(case: Case, now: int) -> bool:
    """Did the words of this case have their time when it ended, as those of an approach that was answered *no*?"""
    found = kept_of(case, now)
    return found is not None and found.ends_at is not None and _at_once(found)


def _at_once(found: Kept) -> bool:
    return found.ends == "at once"


# ----------------------------------------------------------------------------------------------- what remains
def coarse(case: Case) -> Coarse:
    """What statistics keep: months, area, door, stage, outcome, codes; under an id of its own. `wiped`:
    month and door.
    """
    found = kept_of(case, case.stage_since)
    wiped = found is None or found.then == "wiped"
    row = Coarse(
        id=secrets.token_hex(12), pathway=case.pathway.id, site="", month=_month(case.opened_at), closed="",
        area="",
        door=case.door, stage="", outcome="", codes="{}",
    )  # fmt: skip
    if wiped:
        return row
    row.site, row.closed, row.area = case.site.code, _month(case.stage_since), area_of(case, case.stage_since)
    row.stage, row.outcome = case.stage, case.pathway.stages[case.stage].closed
    row.codes = json.dumps(_codes(case), sort_keys=True)
    return row


def _month(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m")


def _codes(case: Case) -> dict[str, object]:
    """Codes only: which step each choice fell on, what was reached, and what is open to statistics alone."""
    demographic = (
        n
        for n, f in case.pathway.facts.items()
        if f.class_ == "demographic" and f.type.kind == "one_of" and not f.about
    )
    told = {name: read.value(case, name, case.stage_since) for name in demographic}
    return {
        "choices": dict(case.last),
        "reached": list(read.milestones(case)),
        "told": {name: value for name, value in told.items() if value is not None},
    }
