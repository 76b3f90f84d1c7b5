"""Who is in which case, as tags: nobody without the key ring can tie a case to a person, nor to an account.

Kinds: `person` (whom it is about), `own` (who recorded in it), `assigned`, `sitting`; and of a site, `told` (a
role to which something of the case was sent), `outgoing` (something is still to leave the house, or a receipt
is awaited), `sits` (a sitting is set or open) and `exceptional` (a legal demand or an emergency waits). All follow
from the log.
"""

from __future__ import annotations

from collections.abc import Iterable

from amparo.cases.exceptional import waiting
from amparo.cases.model import Case, Consent, Referral
from amparo.ledger.log import Log
from amparo.ledger.models import Summary, Tie
from amparo.pathways.model import Role
from amparo.people.keys import ring

UNASKED = "?"
"""Behind a door's name in a summary: of somebody who has not been asked yet."""
NOT_ACCOUNTS = frozenset(("clock", "ledger", "person", ""))


def tag(kind: str, who: str) -> bytes:
    return ring().tag(f"tie {kind}", who)


def of(log: Log, case: Case) -> set[bytes]:
    """Every tag of a case as its log has it now."""
    found = {tag("own", who) for who in {event.actor for event in log.events} - NOT_ACCOUNTS}
    found |= {tag("assigned", who) for who in (*case.assigned.values(), *referred_to(case), *let_know(case)) if who}
    found |= {tag("person", log.person)} if log.person else set()
    found |= {tag("told", told(where(case), role)) for role in told_roles(case)}
    found |= {tag("exceptional", where(case))} if any(waiting(case)) else set()
    return found | _of_sitting(case) | ({tag("outgoing", where(case))} if _outgoing(case) else set())


def where(case: Case) -> str:
    """The site at which a case lies; one that is on its way lies where it is sent."""
    return case.to_site or case.site.code


def referred_to(case: Case, t: int | None = None) -> tuple[str, ...]:
    """The services that have a referral of this case which they neither declined nor ended. One that went out under
    a consent ties its service for as long as that consent holds, and no longer.
    """
    going = (one for one in case.referrals.values() if one.state not in ("declined", "ended"))
    return tuple(one.to for one in going if not one.consent or _still_let(case, one, t))


def _still_let(case: Case, referral: Referral, t: int | None) -> bool:
    """Does the consent of a referral hold, or one of its kind that the same service was given since?"""
    under = case.consents.get(referral.consent)
    same = (one for one in case.consents.values() if under and (one.kind, one.to) == (under.kind, under.to))
    return any(holds(one, t) for one in same)


def holds(consent: Consent, t: int | None) -> bool:
    """Has it not ended? Without a time, one that runs out counts until its end is written down."""
    return consent.ended is None if t is None else consent.holds(t)


def let_know(case: Case, t: int | None = None) -> tuple[str, ...]:
    """The offices that a live consent names, of roles that see nothing of a case but by consent."""
    kinds, roles = case.pathway.consents, case.pathway.roles
    live = (one for one in case.consents.values() if holds(one, t) and one.to not in roles)
    return tuple(one.to for one in live if all(by_consent_alone(roles[role]) for role in kinds[one.kind].to))


def by_consent_alone(role: Role) -> bool:
    """Whether this role reads nothing of a case unless the person lets it."""
    sees = role.sees
    return sees is not None and bool(sees.with_consent) and sees.facts in ((), ("none",)) and not sees.milestones


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
    there = (*sitting_members(case), *attending(case))
    return {tag("sits", where(case)), *(tag("sitting", who) for who in there)}


def sitting_members(case: Case) -> tuple[str, ...]:
    """The members of the sitting as accounts, without those who cannot sit in it or stepped back from it: the case is
    no longer theirs to read.
    """
    s = case.sitting
    return tuple(who for who in s.members if who not in s.impeded and who not in s.recused) if s else ()


def attending(case: Case) -> tuple[str, ...]:
    """Who is in the room without a vote: whoever is assigned in a role that attends this body, by account."""
    body = case.pathway.bodies.get(case.sitting.body) if case.sitting else None
    return tuple(case.assigned[role] for role in (body.attends if body else ()) if case.assigned.get(role))


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
    """The open cases tied to any of these, at one site if named. Of somebody not asked yet there is none so far."""
    found = Summary.objects.filter(case__in=cases(kind, whose), open=True).exclude(door__endswith=UNASKED)
    if site:
        found = found.filter(site=site)
    return list(found.order_by("case").values_list("case", flat=True))
