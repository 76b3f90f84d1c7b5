"""Who holds which role and which mandate on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from amparo.people.models import Account, Holiday, Mandate, Office, OnCall, Post, SettingEntry, on_day


def roles(account: Account, site: str, programme: str, day: date) -> tuple[str, ...]:
    """The roles an account has at a site that day, in the order in which they began. A left account has
    none.
    """
    if not account.is_active:
        return ()
    posts = Post.objects.filter(on_day(day), account=account, site_id=site, programme=programme)
    return tuple(dict.fromkeys(posts.order_by("from_day", "id").values_list("role", flat=True)))


def posts(account: Account, day: date) -> tuple[Post, ...]:
    """Every post of an account that day, sites in order."""
    held = Post.objects.filter(on_day(day), account=account).select_related("site")
    return tuple(held.order_by("site__name", "programme", "from_day", "id")) if account.is_active else ()


def holders(site: str, programme: str, role: str, day: date) -> tuple[Account, ...]:
    """The accounts that have the role at the site that day, by name."""
    held = Post.objects.filter(on_day(day), site_id=site, programme=programme, role=role)
    found = Account.objects.filter(pk__in=held.values("account_id"), is_active=True)
    return tuple(found.order_by("name", "pk"))


def mandates(site: str, day: date, body: str = "") -> Mapping[str, tuple[str, ...]]:
    """account id -> qualities, of everybody with a mandate at the site that day. A left account has no
    mandate.
    """
    seats = Mandate.objects.filter(on_day(day), site_id=site, account__is_active=True)
    if body:
        seats = seats.filter(body=body)
    rows = seats.order_by("from_day", "id").values_list("account_id", "qualities")
    return {account: tuple(qualities) for account, qualities in rows}


def standing_offices(site: str, day: date) -> tuple[Office, ...]:
    """The outside parties to every case of the site that day."""
    return tuple(Office.objects.filter(on_day(day), site_id=site, standing=True).order_by("role", "pk"))


def offices(site: str, role: str, day: date) -> tuple[Office, ...]:
    """The offices of a role at the site that day, by name."""
    return tuple(Office.objects.filter(on_day(day), site_id=site, role=role).order_by("name", "pk"))


def entered(site: str, programme: str, day: date) -> Mapping[str, SettingEntry]:
    """What the site entered for each setting of the programme and holds that day: the newest entry counts."""
    rows = SettingEntry.objects.filter(site_id=site, programme=programme, from_day__lte=day)
    return {entry.name: entry for entry in rows.order_by("from_day", "id")}


def on_call(site: str, programme: str, role: str, now: int) -> OnCall | None:
    """Who answers for a role at the site now; None if nobody was named, or whoever was has left."""
    rows = OnCall.objects.filter(site_id=site, programme=programme, role=role, at__lte=now)
    found = rows.select_related("account").order_by("-at", "-pk").first()
    return found if found is not None and found.account is not None and found.account.is_active else None


def rota(site: str, programme: str, role: str, now: int) -> tuple[OnCall, ...]:
    """The turns of a role at the site: the one that holds now, then those to come. Of turns that begin at the same
    time the one entered last holds.
    """
    rows = OnCall.objects.filter(site_id=site, programme=programme, role=role).select_related("account")
    by_time = {row.at: row for row in rows.order_by("at", "pk")}
    past = [row for row in by_time.values() if row.at <= now]
    return (*past[-1:], *(row for row in by_time.values() if row.at > now))


PROFILE = "@profile"
"""The name under which a site enters by which profile it does a programme: no setting can have it."""


def profile(site: str, programme: str, day: date) -> str:
    """The profile that the site has chosen for the programme and holds that day; '' if none."""
    entry = entered(site, programme, day).get(PROFILE)
    return entry.value if entry else ""


def holidays(site: str) -> frozenset[date]:
    """The days nobody works at the site."""
    return frozenset(Holiday.objects.filter(site_id=site).values_list("day", flat=True))


def name_of(account: str) -> str:
    """The name to show for an actor of an event; the id itself for who is no account."""
    return Account.objects.filter(pk=account).values_list("name", flat=True).first() or account
