"""B1 to B3: what stands on nothing, on a source that is not declared, or on one that nobody has read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding, suggestion
from amparo.pathways.model import Cite, Dated, Element

BUILT_IN = ("house", "site")
NOBODY = "write the article, or house for a rule of this software"


def findings(look: Look) -> Iterator[Finding]:
    p = look.pathway
    for what, elements in (
        ("step", p.steps),
        ("clock", p.clocks),
        ("criterion", p.criteria),
        ("table", p.tables),
        ("setting", p.settings),
        ("body", p.bodies),
        ("consent", p.consents),
        ("support step", p.support),
    ):
        yield from _missing(what, elements)
    for line in p.retention:
        if not line.basis:
            yield Finding(line.where, "B1", "this retention line has no basis", NOBODY)
    for element in _elements(p):
        yield from _cited(look, element)


def _missing(what: str, elements: Mapping[str, Element]) -> Iterator[Finding]:
    for name, element in elements.items():
        versions = getattr(element, "versions", ())
        dated = bool(versions) and all(version.basis for version in versions)
        if not element.basis and not dated:
            yield Finding(element.where, "B1", f"{what} '{name}' has no basis", NOBODY)


def _elements(part: Any) -> Iterator[Element]:
    """Every element inside another, itself included."""
    if isinstance(part, Element):
        yield part
    if is_dataclass(part):
        for each in fields(part):
            yield from _elements(getattr(part, each.name))
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _elements(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _elements(value)


def _cited(look: Look, element: Element) -> Iterator[Finding]:
    ground = getattr(element, "ground", ())
    cites = [cite for cite in (*element.basis, *ground) if isinstance(cite, Cite)]
    for source in dict.fromkeys(cite.source for cite in cites):
        if source in BUILT_IN:
            continue
        found = look.pathway.sources.get(source)
        if found is None:
            what, known = f"'{source}' is not a source", (*look.pathway.sources, *BUILT_IN)
            yield Finding(element.where, "B2", what, suggestion(source, known))
        elif found.read == "not_read" and not element.unverified and not isinstance(element, Dated):
            what = f"this rests on '{source}', which nobody has read"
            yield Finding(element.where, "B3", what, "write unverified: why, or read it", warn=True)
