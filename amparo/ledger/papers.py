"""What a case needs to know of its pathway and its site, on paper: read from the definition and from
`people`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from amparo.cases.model import Site
from amparo.ledger.definitions import pathway_of
from amparo.ledger.memo import once
from amparo.pathways import calendar, values
from amparo.pathways.model import Pathway
from amparo.people import models, staff


def site_on_paper(code: str, pathway: Pathway, day: date | None = None, now: int = 0) -> Site:
    """The site as a case knows it on a day (of `now` in the site's zone if not given)."""
    zone = once(zone_of, code)
    return once(_site_on, code, pathway.id, pathway.version, day or calendar.day_of(now, zone))


def pathway_at(programme: str, site: str, now: int) -> Pathway:
    """A programme as a site does it now: under the profile that the site has chosen, if it has chosen one."""
    day = calendar.day_of(now, once(zone_of, site))
    return pathway_of(programme, profile=once(staff.profile, site, programme, day))


def zone_of(code: str) -> str:
    """The time zone of a site."""
    return models.Site.objects.values_list("zone", flat=True).get(pk=code)


def _site_on(code: str, programme: str, version: str, when: date) -> Site:
    site, pathway = models.Site.objects.get(pk=code), pathway_of(programme, version)
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


__all__ = ["day_at", "pathway_at", "pathway_of", "site_on_paper", "zone_of"]
