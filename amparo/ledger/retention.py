"""How long a name is used, how long words last, and what remains of a case for statistics.

An unset term destroys nothing and says so; a legal hold suspends all of it. `tick` carries it out (`ledger.ticking`).
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import NamedTuple

from amparo.cases import read
from amparo.cases.index import is_open
from amparo.cases.model import Case
from amparo.ledger.chain import DAY
from amparo.ledger.models import Coarse
from amparo.pathways import calendar
from amparo.pathways.model import Length, Retention, SettingRef

LOOK_AGAIN = 30 * DAY
"""A term that nobody entered may be entered: the case is looked at again after this many seconds."""
TOGETHER = 30 * DAY
"""Coarse rows of cases whose words end within this time of each other are written together, in random order."""
AT_ONCE = Length(0, "s")


class Terms(NamedTuple):
    """named: the name is used until then; ends: the key is destroyed then. None: not at a known time, see `unset`.

    then: what remains, `statistics` or `wiped`. unset: names of settings that nobody entered.
    """

    named: int | None
    ends: int | None
    then: str = ""
    unset: tuple[str, ...] = ()


STAYS = Terms(None, None)
"""Of a case that has not ended, is held, or ends in a stage for which the pathway says nothing."""


def terms(case: Case) -> Terms:
    """The terms of a case where it stands."""
    rule = rule_of(case)
    if rule is None or case.hold:
        return STAYS
    named, ends = rule.named, rule.named if rule.ends is None else rule.ends
    asked = (length.name for length in (named, ends) if isinstance(length, SettingRef))
    unset = tuple(dict.fromkeys(name for name in asked if read.setting(case, name) is None))
    return Terms(_reached(case, named), _reached(case, ends), rule.then, unset)


def rule_of(case: Case) -> Retention | None:
    """The retention of the closed stage in which a case lies."""
    if case.died or is_open(case.pathway, case.stage):
        return None
    return next((rule for rule in case.pathway.retention if case.stage in rule.after), None)


def _reached(case: Case, length: object) -> int | None:
    """The last second of a term that runs from the end of the case; None if a setting is missing."""
    held = read.setting(case, length.name) if isinstance(length, SettingRef) else length
    if held is None:
        return None
    term = held if isinstance(held, Length) else AT_ONCE
    return calendar.add(case.stage_since, term, case.site.zone, case.site.holidays)


def named(case: Case, now: int) -> bool:
    """Whether staff lists, searches and registers may still use the person's name."""
    until = terms(case).named
    return until is None or now <= until


def next_look(case: Case, now: int) -> int:
    """When an ended case must be looked at again."""
    found = terms(case)
    return found.ends + 1 if found.ends is not None else now + LOOK_AGAIN


def over(case: Case, now: int) -> bool:
    """Whether the words of this case have had their time."""
    ends = terms(case).ends
    return ends is not None and ends < now


# ------------------------------------------------------------------------------------------------ what remains
def coarse(case: Case) -> Coarse:
    """What statistics keep: months, area, door, stage, outcome, codes; under an id of its own. `wiped`: month and door."""
    rule = rule_of(case)
    wiped = rule is None or rule.then == "wiped"
    row = Coarse(
        id=secrets.token_hex(12), pathway=case.pathway.id, site="", month=_month(case.opened_at), closed="", area="",
        door=case.door, stage="", outcome="", codes="{}",
    )  # fmt: skip
    if wiped:
        return row
    row.site, row.closed, row.area = case.site.code, _month(case.stage_since), _area(case)
    row.stage, row.outcome = case.stage, case.pathway.stages[case.stage].closed
    row.codes = json.dumps(_codes(case), sort_keys=True)
    return row


def _month(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m")


def _area(case: Case) -> str:
    """The place of what happened, never a home."""
    places = (
        n
        for n, f in case.pathway.facts.items()
        if f.type.kind == "place" and f.class_ in ("justice", "process")
    )
    found = (read.value(case, name, case.stage_since) for name in places)
    return next((str(value) for value in found if value), "")


def _codes(case: Case) -> dict[str, object]:
    """Codes only: which step each choice fell on, what was reached, and what is open to statistics alone."""
    demographic = (
        n for n, f in case.pathway.facts.items() if f.class_ == "demographic" and f.type.kind == "one_of"
    )
    told = {name: read.value(case, name, case.stage_since) for name in demographic}
    return {
        "choices": dict(case.last),
        "reached": list(read.milestones(case)),
        "told": {name: value for name, value in told.items() if value is not None},
    }
