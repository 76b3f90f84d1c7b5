"""Who is in which case, as tags: nobody without the key ring can tie a case to a person, nor to an account.

Kinds: `person` (whom it is about), `own` (who recorded in it), `assigned`, `sitting`; and of a site, `told` (a
role to which something of the case was sent), `outgoing` (something is still to leave the house, or a receipt
is awaited) and `sits` (a sitting is set or open). All follow from the log.
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
    found |= {tag("assigned", who) for who in (*case.assigned.values(), *referred_to(case)) if who}
    found |= {tag("person", log.person)} if log.person else set()
    found |= {tag("told", told(where(case), role)) for role in told_roles(case)}
    return found | _of_sitting(case) | ({tag("outgoing", where(case))} if _outgoing(case) else set())


def where(case: Case) -> str:
    """The site at which a case lies; one that is on its way lies where it is sent."""
    return case.to_site or case.site.code


def referred_to(case: Case) -> tuple[str, ...]:
    """The services that have a referral of this case which they neither declined nor ended."""
    return tuple(one.to for one in case.referrals.values() if one.state not in ("declined", "ended"))


def told_roles(case: Case) -> frozenset[str]:
    """The roles to which a letter or notice of this case went out. Before that a standing party has no part in
    it.
    """
    letters = (one.to for one in case.letters.values() if one.state in ("made", "delivered"))
    notices = (one.to for one in case.notices.values() if one.state in ("sent", "received"))
    return frozenset((*letters, *notices))


def told(site: str, role: str) -> str:
    """What a tag of the kind `told` is made of: a role at a site."""
    return f"{site} {role}"


def _of_sitting(case: Case) -> set[bytes]:
    """From setting to closing the sitting, and no longer."""
    if case.sitting is None or case.sitting.state not in ("set", "open"):
        return set()
    return {tag("sits", where(case)), *(tag("sitting", who) for who in case.sitting.members)}


def _outgoing(case: Case) -> bool:
    """Whether a letter or notice waits to be sent, or a receipt is awaited."""
    notices = case.pathway.notices
    return any(one.state in ("due", "made") for one in case.letters.values()) or any(
        one.state in ("due", "withheld") or (one.state == "sent" and notices[one.notice].receipt)
        for one in case.notices.values()
    )


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
