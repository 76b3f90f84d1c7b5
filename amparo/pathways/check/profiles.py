"""V2: what a profile neither says nor keeps: the programme's value, of another country, would hold there unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding
from amparo.pathways.model import Element, Pathway, Where
from amparo.pathways.profiles import REPLACES


def findings(look: Look) -> Iterator[Finding]:
    p = look.pathway
    if p.profile:
        where = Where(f"{p.id}/profiles/{p.profile}.yaml", 1, 1)
        for name in _unsaid(p):
            what = f"this profile says nothing of {name}, so the programme's holds"
            yield Finding(where, "V2", what, "say what holds here, or write keep")


def _unsaid(p: Pathway) -> Iterator[str]:
    """`chapter.name` of each setting, and of each element that may be replaced, of which the profile says nothing."""
    chapters = {"settings": p.settings, **{name: getattr(p, name) for name in REPLACES}}
    for chapter, elements in chapters.items():
        for name, element in elements.items():
            may = chapter == "settings" or element.profile
            if may and not _of_profile(p, element) and f"{chapter}.{name}" not in p.keeps:
                yield f"{chapter}.{name}"


def _of_profile(p: Pathway, element: Element) -> bool:
    return f"/profiles/{p.profile}." in element.where.file
