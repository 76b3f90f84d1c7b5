"""What evidence owes a pathway: its names are there, its numbers fit and add up, and nothing lacks that law leaves
open.

Codes: E4 a name that the pathway does not have; E5 a number; E6 evidence that lacks; E7 (a warning) what a reader of
the results should know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from amparo.pathways.findings import Finding
from amparo.pathways.model import Pathway
from amparo.simulation.evidence.check_lacking import lacking
from amparo.simulation.evidence.check_names import names
from amparo.simulation.evidence.check_numbers import numbers
from amparo.simulation.evidence.model import Evidence
from amparo.simulation.evidence.reader import used_names
from amparo.simulation.evidence.stamps import unsourced

Others = Mapping[str, Pathway]
"""The pathways that are simulated beside this one, by id."""


def check(
    pathway: Pathway, evidence: Evidence, others: Others | None = None, tables: Iterable[str] = ()
) -> list[Finding]:
    """All that is wrong with a pathway's evidence, or worth knowing (`warn`), in the order of its text.

    tables: life tables that there are beside those of all.
    """
    beside = others or {}
    found = [
        *names(pathway, evidence, beside, tables),
        *numbers(evidence),
        *lacking(pathway, evidence),
        *_worth_knowing(pathway, evidence),
    ]
    return sorted(set(found))


def _worth_knowing(pathway: Pathway, evidence: Evidence) -> Iterator[Finding]:
    if evidence.for_version != pathway.version:
        what = f"this evidence is for version {evidence.for_version}, and the pathway is version {pathway.version}"
        yield Finding(
            evidence.where, "E7", what, "look at what has changed, then write for_version", warn=True
        )
    used = used_names(evidence)
    for name, value in evidence.values.items():
        if name not in used:
            yield Finding(value.where, "E7", f"'{name}' is used nowhere", "use it or remove it", warn=True)
        elif unsourced(value, evidence) and value.sure.as_ == "fixed" and name not in ("0", "1"):
            what = f"'{name}' has no settled source, and nothing says how sure it is"
            remedy = (
                "write uncertain: {interval, level}"
                if value.unit.kind == "duration"
                else "write as, interval, level"
            )
            yield Finding(value.where, "E7", what, remedy, warn=True)
        if value.sources and not (value.date and value.place):
            what = f"'{name}' does not say when and where it was so"
            yield Finding(value.where, "E7", what, "write date and place", warn=True)
