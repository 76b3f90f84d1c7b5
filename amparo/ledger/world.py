"""What lies outside a case, stated inside the transaction that reads it: relations, mandates, other cases,
parties.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from amparo.cases.model import Case, Request, Room, World
from amparo.ledger import looks, papers, ties, waiting
from amparo.ledger import others as other_people
from amparo.ledger.log import Log
from amparo.ledger.memo import once
from amparo.lens import Viewer
from amparo.pathways import calendar
from amparo.pathways.model import Names
from amparo.people import matching, staff, store
from amparo.people.models import Account, Office, Post, Site, on_day


def relation(log: Log, case: Case, account: Account, role: str, t: int) -> tuple[str, ...]:
    """How an account stands to a case in one of its roles at t. Without the role that day: not at all."""
    day = calendar.day_of(t, case.site.zone)
    sites = once(_sites, account, case.pathway.id, role, day)
    if not sites:
        return ()
    found = {
        "own": any(event.actor == account.pk for event in log.events),
        "assigned": assigned(case, account, role, t),
        "sitting": case.sitting is not None
        and case.sitting.state in ("set", "open")
        and (account.pk in ties.sitting_members(case) or account.pk in ties.attending(case)),
        "site": ties.where(case) in sites,
        "programme": True,
    }
    return tuple(name for name, holds in found.items() if holds)


def _sites(account: Account, programme: str, role: str, day: date) -> frozenset[str]:
    """The sites at which an account has a role that day."""
    posts = Post.objects.filter(on_day(day), account=account, programme=programme, role=role)
    return frozenset(posts.values_list("site_id", flat=True)) if account.is_active else frozenset()


def assigned(case: Case, account: Account, role: str, t: int) -> bool:
    """Whether the case is this account's in this role: by name, by its office, by the person's consent, or as a
    standing party that was told.
    """
    who = case.assigned.get(role, "")
    if who and who in (account.pk, account.office_id):
        return True
    office = account.office
    if office is None or office.role != role:
        return False
    if office.pk in (*ties.referred_to(case, t), *ties.let_know(case, t)):
        return True
    day = calendar.day_of(t, case.site.zone)
    standing = once(staff.standing_offices, ties.where(case), day)
    return role in ties.told_roles(case) and any(party.pk == office.pk for party in standing)


def state(
    log: Log,
    case: Case,
    account: Account,
    role: str,
    t: int,
    transfer_to: str = "",
    steps: Names | None = None,
) -> World:
    """The world of a request on a case at time t. steps: those asked for; None for every one that begins here."""
    day = calendar.day_of(t, case.site.zone)
    return World(
        relation=relation(log, case, account, role, t),
        mandates=once(staff.mandates, ties.where(case), day),
        other_open=other_open(log.person, ties.where(case), log.case),
        transfer_to=transfer_to if transfer_to and Site.objects.filter(pk=transfer_to).exists() else "",
        parties=(*parties(log.person, case, day), *other_people.roles(log.others)),
        places=_places(case, account, role, t, steps),
        told=_told(case),
    )


def _told(case: Case) -> tuple[str, ...]:
    """The offices outside whose people looked at the case, where something of it corrects everybody who was told. An
    office that is told as its role already (the register) is not told twice."""
    if not any("recipients" in notice.to for notice in case.pathway.notices.values()):
        return ()
    seen = looks.actors_of(case.id)
    offices = Office.objects.filter(Q(account__in=seen) | Q(pk__in=seen)).exclude(role__in=ties.told_roles(case))
    return tuple(offices.order_by("pk").values_list("pk", flat=True).distinct())


def _places(case: Case, account: Account, role: str, t: int, steps: Names | None = None) -> dict[str, Room]:
    """What is free for this case of the places that a step needs."""
    names = waiting.of_stage(case) if steps is None else waiting.of_steps(case.pathway, steps)
    if not names:
        return {}
    where, request = ties.where(case), Request("steps", account.pk, role)
    site = papers.site_on_paper(where, case.pathway, now=t)
    return waiting.rooms(case.pathway, site, where, case, request, t, names)


def state_on_list(log: Log, case: Case, account: Account, role: str, t: int) -> World:
    """The world of a row on a list: without the person's other cases and who stands beside them, which no
    row shows.
    """
    day = calendar.day_of(t, case.site.zone)
    standing = (office.role for office in once(staff.standing_offices, ties.where(case), day))
    return World(
        relation=relation(log, case, account, role, t),
        mandates=once(staff.mandates, ties.where(case), day),
        parties=("person", *standing),
        places=_places(case, account, role, t),
    )


def state_opening(account: Account, role: str, site: str, programme: str, person: str, day: date) -> World:
    """The world of a request that opens a case: the actor has it as their own."""
    held = role in staff.roles(account, site, programme, day)
    return World(
        relation=("own", "site", "programme") if held else (),
        mandates=staff.mandates(site, day),
        other_open=other_open(person, site, ""),
        parties=_parties_of(person) + tuple(office.role for office in staff.standing_offices(site, day)),
    )


def other_open(person: str, site: str, case: str) -> int:
    """How many other open cases the person has at the site, under any id that a human said is theirs."""
    return len(others(person, site, case))


def others(person: str, site: str, case: str) -> list[str]:
    """The other open cases of the person at the site."""
    if not person:
        return []
    found = ties.open_cases("person", matching.same_as(person), site)
    return [other for other in found if other != case]


def parties(person: str, case: Case, day: date) -> tuple[str, ...]:
    """The roles to which a letter or notice can go, because somebody has them in this case."""
    standing = (office.role for office in once(staff.standing_offices, ties.where(case), day))
    named = (role for role, who in case.assigned.items() if who)
    return tuple(dict.fromkeys((*_parties_of(person), *named, *standing)))


def _parties_of(person: str) -> tuple[str, ...]:
    """The person, and who stands beside them by their record. Nobody whose name is not known is nobody."""
    if not person:
        return ("person",)
    record = store.fetch_many([person]).get(person)
    if record is None:
        return ()
    beside = (("representative", record.representative), ("defender", record.defender))
    return ("person", *(role for role, who in beside if who))


def viewer(log: Log, case: Case, account: Account, role: str, now: int) -> Viewer:
    """The account looking at the case in one role."""
    return Viewer(account.pk, role, relation(log, case, account, role, now), account.office_id or "")
