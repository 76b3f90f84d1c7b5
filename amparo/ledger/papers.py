"""What a case needs to know of its pathway and its site, on paper: read from the definition and from `people`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from amparo.cases.model import Site
from amparo.errors import LedgerFault
from amparo.pathways import calendar, values
from amparo.pathways.model import Pathway
from amparo.pathways.reader import programme
from amparo.people import models, staff


def pathway_of(name: str, version: str = "") -> Pathway:
    """The pathway under which a case runs. Raises `LedgerFault` if that version is not the one that is here."""
    pathway = programme(name, folders())
    if version and pathway.version != version:
        raise LedgerFault(
            f"The case began under {name} {version}; here is {pathway.version}. Put that version back."
        )
    return pathway


def folders() -> tuple[Path, ...]:
    """The folders with the site's own programmes."""
    return tuple(Path(folder) for folder in settings.AMPARO_PROGRAMMES)


def site_on_paper(code: str, pathway: Pathway, day: date | None = None, now: int = 0) -> Site:
    """The site as a case knows it on a day (of `now` in the site's zone if not given)."""
    site = models.Site.objects.get(pk=code)
    when = day or calendar.day_of(now, site.zone)
    return Site(
        code=site.code,
        zone=site.zone,
        settings=_settings(code, pathway, when),
        holidays=staff.holidays(code),
        areas={area.code: area.title for area in site.areas.order_by("pk")},
    )


def _settings(code: str, pathway: Pathway, day: date) -> dict[str, Any]:
    """What the site entered, held form. An entry that the pathway does not let a site make is not read."""
    found = staff.entered(code, pathway.id, day)
    may = {name for name, setting in pathway.settings.items() if setting.site_may}
    return {
        name: values.parse(pathway.settings[name].type, entry.value)
        for name, entry in found.items()
        if name in may
    }


def day_at(zone: str, now: int) -> date:
    """The civil day of an instant in a zone."""
    return calendar.day_of(now, zone)
