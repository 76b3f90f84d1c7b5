"""Another case of the same person opens at the same site: their earlier open cases are told.

Across sites nothing is told here: there only the register's answer counts, asked for and logged.
"""

from __future__ import annotations

from amparo.cases import read
from amparo.cases.model import Case, Event
from amparo.ledger import casefile, world
from amparo.ledger.casefile import CaseFile

FACT = "later_occurrence"
BY = "clock"


def tell(person: str, new: Case, now: int) -> None:
    """Link every other open case of the person to the new one, and tell it of an occurrence after its own."""
    for case in world.others(person, new.site.code, new.id):
        earlier = casefile.load(case, lock=True)
        at = max(now, earlier.log.last_recorded)
        casefile.write(earlier, _events(earlier, new, at), at)


def _events(earlier: CaseFile, new: Case, at: int) -> list[Event]:
    said: list[tuple[str, dict[str, object]]] = [("case.linked", {"kind": FACT, "other": new.id})]
    if FACT in earlier.pathway.facts and _after(earlier.case, new, at):
        said.append(("fact.told", {"fact": FACT, "value": True, "nothing": "", "given_by": BY, "as_of": at}))
    seq, version = earlier.log.end.seq, earlier.pathway.version
    return [
        Event(earlier.case.id, seq + n, at, at, BY, "", kind, data, version)
        for n, (kind, data) in enumerate(said, 1)
    ]


def _after(earlier: Case, new: Case, at: int) -> bool:
    """Whether what the new case is about happened after what the earlier one is about. Not known is no."""
    mine, other = (read.value(case, case.pathway.law_date, at) for case in (earlier, new))
    return mine is not None and other is not None and other > mine
