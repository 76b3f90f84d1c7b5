"""The country in which a site stands, told by its time zone, and what is usual there: its paper, its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Countries in which a letter is 8.5 by 11 inches; elsewhere it is A4. Source: Unicode CLDR, measurement data."""
AT_HOME: Mapping[str, frozenset[str]] = {
    "mi": frozenset({"NZ", "AU"}),
    "sm": frozenset({"NZ", "AU", "AS", "WS"}),
    "to": frozenset({"NZ", "AU", "TO"}),
    "kea": frozenset({"PT", "CV", "LU"}),
    "pov": frozenset({"PT", "GW"}),
    "ht": frozenset({"US", "CA", "HT"}),
}
"""Languages of one corner of the world -> where they are asked by name; elsewhere they are *another language*."""


def of_zone(zone: str) -> str:
    """The ISO 3166 code of a zone's country, '' where the zone names none, as UTC does."""
    return _countries().get(zone, "")


def paper(zone: str) -> str:
    """The paper of letters at a site of this zone, by the name that typst gives it."""
    return "us-letter" if of_zone(zone) in LETTER else "a4"


def spoken(zone: str, languages: Iterable[str]) -> Iterator[str]:
    """Those of these languages that are asked by name at a site of this zone; all of them where no country is known."""
    here = of_zone(zone)
    return (x for x in languages if not here or here in AT_HOME.get(x, (here,)))


@cache
def _countries() -> Mapping[str, str]:
    """Zone -> country, by the table that comes with the zones. Each zone has one country there."""
    text = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
