"""What a site has entered for a setting, as far as the definition lets it.

A value that lies outside the limits of its setting counts as not entered: what the law caps, no site can lengthen.
"""

from __future__ import annotations

from typing import Any

from amparo.cases.model import Site
from amparo.pathways import calendar, values
from amparo.pathways.model import Length, Limits, Pathway


def entered(pathway: Pathway, site: Site, name: str, t: int) -> Any:
    """The held value that a site has entered for a setting; None if there is none that counts."""
    definition = pathway.settings[name]
    held = site.settings.get(name) if definition.site_may else None
    return held if held is not None and within(definition.limits, held, site, t) else None


def resolved(pathway: Pathway, site: Site, name: str, t: int) -> Any:
    """What a setting says at a site where no case has kept it: what the site entered before what the definition says,
    its periods where it has those; None if it is unset.
    """
    definition = pathway.settings[name]
    if definition.site_may and name in site.settings and site.settings[name] is None:
        return None
    found = entered(pathway, site, name, t)
    return definition.value if found is None else found


def within(limits: Limits | None, held: Any, site: Site, t: int) -> bool:
    """Does a held value keep its limits? Two lengths are compared by where they end when both run from `t`."""
    if limits is None or not isinstance(held, Length):
        return values.within(limits, held)
    low, high = limits.at_least, limits.at_most
    return (low is None or _compared(held, low, site, t) >= 0) and (
        high is None or _compared(held, high, site, t) <= 0
    )


def _compared(one: Length, other: Length, site: Site, t: int) -> int:
    return calendar.compare(one, other, t, site.zone, site.holidays)
