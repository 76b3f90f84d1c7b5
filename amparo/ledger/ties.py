"""Who is in which case, as tags: nobody without the key ring can tie a case to a person, nor to an account.

Kinds: `person` (whom it is about), `own` (who recorded in it), `assigned`, `sitting`. All follow from the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.cases.model import Case
from amparo.ledger.log import Log
from amparo.ledger.models import Summary, Tie
from amparo.people.keys import ring

NOT_ACCOUNTS = ("clock", "ledger", "person", "")


def tag(kind: str, who: str) -> bytes:
    return ring().tag(f"tie {kind}", who)


def of(log: Log, case: Case) -> set[bytes]:
    """Every tag of a case as its log has it now."""
    found = {tag("own", event.actor) for event in log.events if event.actor not in NOT_ACCOUNTS}
    found |= {tag("assigned", who) for who in case.assigned.values()}
    found |= {tag("sitting", who) for who in _sitting(case)}
    return found | ({tag("person", log.person)} if log.person else set())


def _sitting(case: Case) -> Iterable[str]:
    """From setting to closing the sitting, and no longer."""
    open_ = case.sitting is not None and case.sitting.state in ("set", "open")
    return case.sitting.members if open_ and case.sitting else ()


def write(log: Log, case: Case) -> None:
    """Make the tags of a case those of its log."""
    wanted = of(log, case)
    there = {bytes(found) for found in Tie.objects.filter(case=log.case).values_list("tag", flat=True)}
    for gone in there - wanted:
        Tie.objects.filter(tag=gone, case=log.case).delete()
    Tie.objects.bulk_create([Tie(tag=new, case=log.case) for new in wanted - there])


def cases(kind: str, whose: Iterable[str]) -> list[str]:
    """The cases tied to any of these."""
    tags = [tag(kind, who) for who in whose]
    return list(Tie.objects.filter(tag__in=tags).values_list("case", flat=True).distinct())


def open_cases(kind: str, whose: Iterable[str], site: str = "") -> list[str]:
    """The open cases tied to any of these, at one site if named."""
    found = Summary.objects.filter(case__in=cases(kind, whose), open=True)
    if site:
        found = found.filter(site=site)
    return list(found.order_by("case").values_list("case", flat=True))
