"""What is wrong with a definition that can be read: one module a family of findings
(`docs/reference/language.md`).

`check` answers with every finding in the order of the text; those that only warn say so. The reader has
refused Y1 to N1 before. What needs cases (E1 to E3: examples that do not hold, elements without an example)
is found where cases are, and given in as `more`.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

from amparo.pathways import reader
from amparo.pathways.check import (
    basis,
    clocks,
    courts,
    decisions,
    kept,
    lawful,
    names,
    others,
    owed,
    privacy,
    profiles,
    stages,
    texts,
    unasked,
    versions,
)
from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding
from amparo.pathways.model import Pathway

__all__ = ["Finding", "check"]

FAMILIES = (
    names,
    lawful,
    stages,
    decisions,
    clocks,
    basis,
    texts,
    privacy,
    others,
    unasked,
    kept,
    owed,
    courts,
    profiles,
    versions,
)


def check(
    pathway: Pathway, folder: Path | Traversable | None = None, more: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """Every finding about a pathway, and `more` found elsewhere.

    folder: where its letters and published versions lie; for a shipped programme it is found. Without a
    folder, neither is looked at. A profile is published with its programme: versions are looked at there.
    """
    place = folder if folder is not None else reader.home(pathway)
    look = Look(pathway, place, versions.published(place))
    families = [family for family in FAMILIES if not (pathway.profile and family is versions)]
    found = [finding for family in families for finding in family.findings(look)]
    return tuple(sorted({*found, *more}))
