"""What the grammar of evidence says of itself: the tables of keys in its reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from amparo.pathways.records import Record
from amparo.simulation.evidence.grammar import EVIDENCE
from amparo.simulation.evidence.keys_of_people import OPTION


def keys() -> str:
    """The keys of every element of evidence, as tables in Markdown, in the order in which they are read."""
    found: dict[str, Record] = {}
    for record in [*_within(EVIDENCE), OPTION]:
        found.setdefault(record.what, record)
    return "\n".join(_table(record) for record in found.values())


def _within(part: Any) -> Iterator[Record]:
    """The records inside a form."""
    if isinstance(part, Record):
        yield part
    if isinstance(part, Mapping):
        for value in part.values():
            yield from _within(value)
    elif is_dataclass(part):
        for each in fields(part):
            yield from _within(getattr(part, each.name))


def _table(record: Record) -> str:
    heading = re.sub(r"^(a|an|the) ", "", record.what).capitalize()
    rows = [f"### {heading}", "", "| key | | value | meaning |", "|---|---|---|---|"]
    for name, key in record.keys.items():
        must = "**R**" if key.must else ""
        rows.append(f"| `{name}` | {must} | {_cell(key.form.says)} | {_cell(key.means)} |")
    return "\n".join([*rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()
