"""Counts outside any case: *offered, said no; not offered, why*. Codes and the month; no name, no free
text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db.models import F

from amparo.cases import read
from amparo.cases.model import Case
from amparo.ledger.locks import writing
from amparo.ledger.models import Tally
from amparo.pathways.model import Pathway

MONTH = "month"


def add(site: str, pathway: Pathway, name: str, codes: Mapping[str, str], now: int) -> None:
    """Add one. Only the codes that the definition keeps are kept; a name it does not know raises
    `KeyError`.
    """
    kept = {key: codes[key] for key in pathway.counts[name].keeps if key in codes and key != MONTH}
    with writing():
        row, _ = Tally.objects.get_or_create(
            site=site, pathway=pathway.id, name=name, month=month_of(now),
            codes=json.dumps(kept, sort_keys=True), defaults={"n": 0},
        )  # fmt: skip
        Tally.objects.filter(pk=row.pk).update(n=F("n") + 1)


def of(site: str, pathway: Pathway) -> tuple[Tally, ...]:
    """The counts of a site, by name and month."""
    return tuple(Tally.objects.filter(site=site, pathway=pathway.id).order_by("name", "month", "codes"))


def month_of(now: int) -> str:
    """`2026-11`."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m")


def add_of_case(case: Case, name: str, now: int) -> None:
    """Add one that a step or a door of a case counts; the codes are the case's own facts."""
    kept = (key for key in case.pathway.counts[name].keeps if key in case.pathway.facts)
    told = {key: read.value(case, key, now) for key in kept}
    add(
        case.site.code,
        case.pathway,
        name,
        {key: str(value) for key, value in told.items() if value is not None},
        now,
    )
