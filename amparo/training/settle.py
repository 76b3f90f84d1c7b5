"""Settling the world before its first case: sites, offices, staff with their mandates, settings, people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from amparo.errors import AmparoError
from amparo.ledger import papers
from amparo.pathways import calendar
from amparo.pathways.model import Pathway
from amparo.people import store
from amparo.people.models import Account, Area, Holiday, Mandate, Office, OnCall, Post, SettingEntry, Site
from amparo.people.staff import PROFILE
from amparo.training import free_days, services, times
from amparo.training.times import When
from amparo.training.world import World, Written

PASSWORD = "only-in-the-training-world"
"""The one password of everybody here. Production does not start where there is such an account."""
BEGAN = timedelta(days=800)
"""How long before the day of building posts, mandates and entered settings begin."""
YEARS_AROUND = 3


def settle(world: World, pathway: Pathway, today: date) -> None:
    """Write everybody and everything that is there before the first case and not there already."""
    for code, site in _new(world, world.sites):
        _site(code, site, world.holidays, today)
    for key, office in _new(world, world.offices):
        _office(key, office, today)
    password = make_password(PASSWORD)
    for key, one in world.staff.items():
        _employ(key, one, way(world, pathway, one["site"]), today, password)
    for turn in world.on_call:
        _call(turn, world, today)
    for entry in world.settings["entered"]:
        _enter(entry, world, today)
    for key, record in _new(world, world.people):
        _know(key, record, world.people, today)


def _new(world: World, written: Mapping[str, Written]) -> list[tuple[str, Written]]:
    return [(key, one) for key, one in written.items() if key not in world.there]


def account_id(key: str, written: Written) -> str:
    """The account of somebody of the staff: their own, or the one that they have in the world beside."""
    return f"acc-{written.get('is', key)}"


def office_id(key: str) -> str:
    return f"off-{key}"


def person_id(key: str) -> str:
    return f"per-{key}"


# ------------------------------------------------------------------------------------------------ places
def _site(code: str, written: Written, holidays: Mapping[str, Written], today: date) -> None:
    kept = ("name", "zone", "address", "phone", "email", "hours")
    site = Site.objects.create(code=code, **{name: written[name] for name in kept})
    Area.objects.bulk_create(
        Area(site=site, code=area, title=title) for area, title in written["areas"].items()
    )
    years = range(today.year - YEARS_AROUND, today.year + YEARS_AROUND + 1)
    found: dict[date, str] = {}
    for named in written["holidays"]:
        found |= free_days.days(holidays[named], years)
    Holiday.objects.bulk_create(Holiday(site=site, day=day, name=name) for day, name in sorted(found.items()))


def _office(key: str, written: Written, today: date) -> None:
    office = Office.objects.create(
        id=office_id(key),
        site_id=written["site"],
        role=written["role"],
        name=written["name"],
        address=written.get("address", ""),
        phone=written.get("phone", ""),
        kinds=written.get("kinds", []),
        standing=written.get("standing") == "yes",
        from_day=today - BEGAN,
    )
    services.tell(office, written, today)


# ------------------------------------------------------------------------------------------------ staff
def way(world: World, pathway: Pathway, site: str) -> Pathway:
    """The programme as a site of the world does it: under the profile that it enters, if it enters one."""
    entered = (entry["values"] for entry in world.settings["entered"] if entry["site"] == site)
    profile = next((values[PROFILE] for values in entered if PROFILE in values), "")
    return papers.pathway_of(world.programme, profile=profile) if profile else pathway


def _employ(key: str, written: Written, here: Pathway, today: date, password: str) -> None:
    """An account with its post, and a mandate in each body that its role sits in."""
    account = _account(key, written, password)
    period = {
        "from_day": _day(written, "since", today) or today - BEGAN,
        "until": _day(written, "until", today),
    }
    post = {"account": account, "site_id": written["site"], **period}
    Post.objects.create(programme=here.id, role=written["role"], **post)
    for body, definition in here.bodies.items():
        if written["role"] in definition.made_of:
            Mandate.objects.create(body=body, qualities=written.get("qualities", []), **post)


def _call(turn: Written, world: World, today: date) -> None:
    """A turn of being on call, entered by whoever runs the place."""
    zone = world.sites[turn["site"]]["zone"]
    at = times.instant(turn["from"], When(today, zone))
    if at is None:
        raise AmparoError(f"{turn['from']} is no time of a turn on call.")
    who, by = (account_id(turn[key], world.staff[turn[key]]) for key in ("who", "by"))
    place = {"site_id": turn["site"], "programme": world.programme, "role": turn["role"]}
    OnCall.objects.create(**place, account_id=who, phone=turn["phone"], at=at, by_id=by)


def _account(key: str, written: Written, password: str) -> Account:
    """A new account, or the one that this person has in the world beside."""
    id = account_id(key, written)
    if "is" in written:
        return Account.objects.get(pk=id)
    login = written.get("login", key)
    return Account.objects.create(
        id=id,
        username=login,
        email=f"{login}@exemplo.invalid",
        name=written["name"],
        language=written.get("language", "en"),
        password=password,
        demo=True,
        office_id=office_id(written["office"]) if "office" in written else None,
    )


def _day(written: Written, name: str, today: date) -> date | None:
    """A day told from the day of building, or as it is written; None if there is none."""
    if name not in written:
        return None
    at = times.instant(written[name], When(today, "UTC"))
    return calendar.day_of(at, "UTC") if at is not None else date.fromisoformat(written[name])


# ------------------------------------------------------------------------------------------------ settings
def _enter(entry: Written, world: World, today: date) -> None:
    """What one site entered on a day. What the world leaves unset must not be among it."""
    both = set(entry["values"]) & set(world.settings["unset"])
    if both:
        raise AmparoError(f"Entered and left unset at once: {', '.join(sorted(both))}.")
    day = _day(entry, "from", today) or today - BEGAN
    SettingEntry.objects.bulk_create(
        SettingEntry(
            site_id=entry["site"],
            programme=world.programme,
            name=name,
            value=value,
            from_day=day,
            source=world.settings["source"],
            source_date=day,
            by_id=account_id(entry["by"], world.staff[entry["by"]]),
            fictional=True,
        )
        for name, value in entry["values"].items()
    )


# ------------------------------------------------------------------------------------------------ people
def _know(key: str, written: Written, people: Mapping[str, Written], today: date) -> None:
    store.keep(record(written, today), id=person_id(key))
    missing = [written[role] for role in BESIDE if role in written and written[role] not in people]
    if missing:
        raise AmparoError(f"{key}: nobody is called {missing[0]}.")


BESIDE = ("representative", "defender")


def record(written: Written, today: date) -> store.Record:
    """What is known of somebody. Who stands beside them is a person of their own."""
    born = _day(written, "born", today)
    texts: dict[str, Any] = {
        name: written[name]
        for name in ("name", "wanted", "address", "home", "transliteration", "hears_sees_reads")
        if name in written
    }
    return store.Record(
        **texts,
        born=born.isoformat() if born else "",
        channels=tuple(store.Channel(**_channel(one)) for one in written.get("channels", ())),
        speaks=tuple(written.get("speaks", ())),
        reads=tuple(written.get("reads", written.get("speaks", ()))),
        interpreter={"yes": True, "no": False}.get(written.get("interpreter", "")),
        unknown=tuple(written.get("unknown", ())),
        **{role: person_id(written[role]) for role in BESIDE if role in written},
    )


def _channel(written: Written) -> dict[str, Any]:
    return {**written, "safe": {"yes": True, "no": False}.get(written.get("safe", ""))}
