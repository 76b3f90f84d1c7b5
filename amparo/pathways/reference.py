"""What the grammar says of itself: a schema for editors, and the table of keys in the reference of the
language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from amparo.pathways.forms import Schema
from amparo.pathways.grammar import PATHWAY
from amparo.pathways.grammar.atoms import COMMON
from amparo.pathways.records import Record, definition


def json_schema() -> Schema:
    """A JSON Schema (2020-12) of `pathway.yaml`. It helps an editor; the reader settles what is right."""
    elements = {definition(record.what): _schema(record) for record in records()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A pathway of Amparo",
        "$ref": f"#/$defs/{definition(PATHWAY.what)}",
        "$defs": dict(sorted(elements.items())),
    }


def keys() -> str:
    """The keys of every element, as tables in Markdown. **R** is obligatory."""
    common = _table("Every element", COMMON)
    return "\n".join([common, *(_table(_heading(record.what), _own(record)) for record in records())])


def records() -> tuple[Record, ...]:
    """Every element there is, the pathway first, each once, in the order in which they are read."""
    found: dict[str, Record] = {}
    for record in _within(PATHWAY):
        found.setdefault(record.what, record)
    return tuple(found.values())


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


def _schema(record: Record) -> Schema:
    known = record.keys
    properties = {name: {**key.form.schema(), "description": key.means} for name, key in known.items()}
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    needed = [name for name, key in known.items() if key.must]
    if needed:
        made["required"] = needed
    return {"anyOf": [known[record.short].form.schema(), made]} if record.short else made


def _own(record: Record) -> dict[str, Any]:
    """The keys of an element beside those of every element."""
    return {name: key for name, key in record.keys.items() if COMMON.get(name) is not key}


def _table(heading: str, listed: Mapping[str, Any]) -> str:
    rows = [f"### {heading}", "", "| key | | value | meaning |", "|---|---|---|---|"]
    for name, key in listed.items():
        must = "**R**" if key.must else ""
        rows.append(f"| `{name}` | {must} | {_cell(key.form.says)} | {_cell(key.means)} |")
    return "\n".join([*rows, ""])


def _heading(what: str) -> str:
    return re.sub(r"^(a|an) ", "", what).capitalize()


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()
