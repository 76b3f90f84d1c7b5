"""A small site on a database of its own, for the measurements of the ledger. Import it before anything of
Django's.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

HOUR = 3600
SITE, PROGRAMME = "lisboa", "pt-dissuasion"


def begin(folder: str = "") -> Path:
    """Point the settings at a folder, a fresh one if none is given, and start Django."""
    data = Path(folder or tempfile.mkdtemp(prefix="amparo-bench-"))
    os.environ.update(AMPARO_DATA=str(data), AMPARO_TRAINING="1", DJANGO_SETTINGS_MODULE="amparo.settings")
    import django

    django.setup()
    return data


def build() -> None:
    """Tables, a key ring, one site with an officer and a clerk."""
    from django.core.management import call_command

    from amparo.people.keys import ensure_ring
    from amparo.people.models import Account, Area, Post, Site

    call_command("migrate", verbosity=0, skip_checks=True)
    ensure_ring()
    site = Site.objects.create(code=SITE, name="Comissão de Lisboa", zone="Europe/Lisbon")
    Area.objects.create(site=site, code="lisboa", title={"en": "Lisbon", "pt": "Lisboa"})
    for name, role in (("officer", "police"), ("clerk", "clerk")):
        account = Account.objects.create_user(name, name=name.title(), id=f"acc-{name}", demo=True)
        Post.objects.create(
            account=account, site=site, programme=PROGRAMME, role=role, from_day=date(2020, 1, 1)
        )


def account(name: str) -> Any:
    from amparo.people.models import Account

    return Account.objects.get(pk=f"acc-{name}")


def report(now: int) -> Any:
    """An officer's record of a moment ago."""
    from amparo.cases.model import Do, Request

    substance = {"substance": "cannabis_herb", "mass": 6_000_000, "weight": "net"}
    facts = {
        "occurred_at": now - HOUR, "area": "lisboa", "seized": True, "own_use": True, "age": 24,
        "home": "lisboa",
        "appointment": now + 48 * HOUR, "language": "pt", "substances": {"items": [substance], "open": False},
    }  # fmt: skip
    return Request(
        "steps", "", "police", steps=(Do("report", facts=facts, handed=("summons",)),), door="police_record"
    )


def tried(words: str) -> Any:
    """A clerk's note that contact was tried."""
    from amparo.cases.model import Request

    return Request("contact", "", "clerk", args={"do": "tried", "channel": "phone", "result": words})


def step(name: str, role: str = "clerk", **facts: Any) -> Any:
    from amparo.cases.model import Do, Request

    return Request("steps", "", role, steps=(Do(name, facts=facts),))


def present() -> int:
    return int(time.time())
