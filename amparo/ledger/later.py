"""Another case of the same person opens at the same site: their earlier open cases are told.

Across sites nothing is told here: there only the register's answer counts, asked for and logged.
"""

from __future__ import annotations

from amparo.cases import read
from amparo.cases.decide import decide
from amparo.cases.model import Case, Event, Refusal, Request
from amparo.ledger import casefile, world
from amparo.ledger.casefile import CaseFile

FACT = "later_occurrence"
BY = "ledger"


def tell(person: str, new: Case, now: int) -> None:
    """Link every other open case of the person to the new one, and tell it of an occurrence after its own."""
    for case in world.others(person, new.site.code, new.id):
        earlier = casefile.load(case, lock=True, now=now)
        at = max(now, earlier.log.last_recorded)
        linked = casefile.write(earlier, [_link(earlier, new, at)], at)
        if FACT in linked.pathway.facts and _after(linked.case, new, at):
            _tell(linked, at)


def _link(earlier: CaseFile, new: Case, at: int) -> Event:
    data = {"kind": FACT, "other": new.id}
    seq = earlier.log.end.seq + 1
    return Event(earlier.case.id, seq, at, at, BY, "", "case.linked", data, earlier.pathway.version)


def _tell(earlier: CaseFile, at: int) -> None:
    """What the earlier case does not take now (it is held, say) is not told: the link stands."""
    word = earlier.pathway.facts[FACT].from_[0]
    asked = Request("tell", BY, "", args={"fact": FACT, "value": True, "given_by": word})
    answer = decide(earlier.pathway, earlier.site, earlier.case, earlier.case.id, asked, at)
    if not isinstance(answer, Refusal):
        casefile.write(earlier, answer, at)


def _after(earlier: Case, new: Case, at: int) -> bool:
    """Whether what the new case is about happened after what the earlier one is about. Not known is no."""
    mine, other = (read.value(case, case.pathway.law_date, at) for case in (earlier, new))
    return mine is not None and other is not None and other > mine
