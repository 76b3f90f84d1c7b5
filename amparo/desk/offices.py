"""Outside parties of a site by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from amparo.pathways import calendar
from amparo.people import staff
from amparo.people.models import Office

PREFIX = "off-"
ID = re.compile(r"\boff-[a-z0-9-]+")


def of_roles(site: str, roles: Iterable[str], now: int, zone: str, kind: str = "") -> tuple[Office, ...]:
    """The offices of these roles at a site today; with `kind`, those that give this kind of help or name
    none.
    """
    day = calendar.day_of(now, zone)
    found = (office for role in roles for office in staff.offices(site, role, day))
    return tuple(o for o in found if not kind or not o.kinds or kind in o.kinds)


def name_of(office: str) -> str:
    """The name of an office, the id itself for what is none."""
    return Office.objects.filter(pk=office).values_list("name", flat=True).first() or office


def named(sentence: str) -> str:
    """A sentence of the log with the names of offices in the place of their ids."""
    return ID.sub(lambda found: name_of(found[0]), sentence)
