"""Forms whose reading depends on types, settings and languages: values, lengths, bounds, texts, citations,
periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amparo.pathways.findings import suggestion
from amparo.pathways.forms import BAD, Around, Form, Name, Reading, Schema, sentence
from amparo.pathways.model import Cite, EndOf, Now, PhaseLen, SettingRef, TermRef, Type
from amparo.pathways.records import ListOf, MapOf, Record, Rows
from amparo.pathways.values import EXAMPLES, parse, parse_length
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq, plain

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
KINDS = tuple(EXAMPLES)


@dataclass(frozen=True, slots=True)
class TypeOf:
    """A type: its kind, with the list of codes for `one_of` and `some_of`."""

    says: str = "a type"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "a type, in quotes where it holds [ ]")
        kind, _, of = node.text.partition(" ")
        if kind in ("one_of", "some_of"):
            return self._coded(reading, node, kind, of.strip())
        if kind not in KINDS or of:
            what = f"'{node.text}' is no type"
            return reading.fault(node.where, "Y3", what, suggestion(kind, KINDS))
        return Type(kind)

    def _coded(self, reading: Reading, node: Scalar, kind: str, of: str) -> Any:
        if of.startswith("[") and of.endswith("]"):
            codes = tuple(code.strip() for code in of[1:-1].split(","))
            if all(CODE.fullmatch(code) for code in codes) and len(set(codes)) == len(codes):
                return Type(kind, codes)
            return reading.fault(
                node.where, "Y3", f"'{of}' is no list of codes", "write [one, two], each once"
            )
        if of in reading.vocabularies:
            return Type(kind, reading.vocabularies[of], of)
        what = f"'{of}' is not a vocabulary"
        return reading.fault(node.where, "N1", what, suggestion(of, reading.vocabularies))

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^({'|'.join(KINDS)})( .+)?$"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A constant of the type that stands beside it (or above)."""

    says: str = "a value of its type"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        return None if around.type is None else constant(reading, around.type, node)

    def schema(self) -> Schema:
        return {}


@dataclass(frozen=True, slots=True)
class Len:
    """A length of time, a setting that holds one, or a term. `words`: what may stand instead."""

    words: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        return " or ".join(
            [
                "a length",
                "`setting <setting>`",
                "`term <step>.<term>`",
                "`phase sitting_every`",
                *map("`{}`".format, self.words),
            ]
        )

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "a length of time")
        if node.text in self.words:
            return node.text
        if node.text.startswith("phase "):
            return _of_phase(reading, node)
        if node.text.startswith(("setting ", "term ")):
            return REFERENCE.named(reading, node)
        try:
            return parse_length(node.text)
        except ValueError as error:
            return reading.fault(node.where, "Y3", *sentence(error, f"write {EXAMPLES['duration']}"))

    def schema(self) -> Schema:
        return {"type": "string"}


def _of_phase(reading: Reading, node: Scalar) -> Any:
    """`phase sitting_every`, in a definition that has phases."""
    if node.text != "phase sitting_every":
        return reading.fault(
            node.where, "Y3", f"'{node.text}' is no length of a phase", "write phase sitting_every"
        )
    if not reading.spaces.get("phases"):
        return reading.fault(
            node.where, "N1", "there are no phases whose sittings could be counted", "add phases, or write a length"
        )
    return PhaseLen()


def _reference(prefix: str, name: str) -> SettingRef | TermRef:
    return SettingRef(name) if prefix == "setting" else TermRef(*name.split("."))


REFERENCE = Name("a length", phrases={"setting": "setting", "term": "term"}, make=_reference)


@dataclass(frozen=True, slots=True)
class SettingOr:
    """`setting x`, or another form."""

    form: Form

    @property
    def says(self) -> str:
        return f"{self.form.says}, or `setting <setting>`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if isinstance(node, Scalar) and node.text.startswith("setting "):
            return SETTING.named(reading, node)
        return self.form.read(reading, node, around)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string", "pattern": "^setting "}, self.form.schema()]}


SETTING = Name("a setting", phrases={"setting": "setting"}, make=lambda prefix, name: SettingRef(name))


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound of a term: a value, `setting x`, or rows of `{if, then}`."""

    rows: Rows
    says: str = "a value, `setting <setting>`, or rows of `{if, then}` ending in `{otherwise: …}`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        form: Form = self.rows if isinstance(node, Seq) else SettingOr(Typed())
        return form.read(reading, node, around)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string"}, self.rows.schema()]}


@dataclass(frozen=True, slots=True)
class Words:
    """A text: language → words. `plain`: one text may stand for all languages (the title of a source)."""

    plain: bool = False

    @property
    def says(self) -> str:
        return "a text, `{en: …, pt: …}`" + (", or words that are the same in all" if self.plain else "")

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if self.plain and isinstance(node, Scalar):
            return dict.fromkeys(reading.languages, node.text)
        if not isinstance(node, Map):
            return reading.wrong(node, "a text, {en: …}")
        found = {}
        for key, child in node.pairs:
            if key.text not in reading.languages:
                what = f"'{key.text}' is not a language of this definition"
                reading.fault(key.where, "N1", what, suggestion(key.text, reading.languages))
            elif not isinstance(child, Scalar):
                reading.wrong(child, "words")
            else:
                found[key.text] = child.text
        return found

    def schema(self) -> Schema:
        mapping = {"type": "object", "additionalProperties": {"type": "string"}}
        return {"anyOf": [{"type": "string"}, mapping]} if self.plain else mapping


@dataclass(frozen=True, slots=True)
class Citations:
    """Citations: a source's key, then the place in it. `consent`: `consent <kind>` may stand instead."""

    consent: bool = False

    @property
    def says(self) -> str:
        return "citations, `L30 11(1)`" + (", or `consent <consent>`" if self.consent else "")

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if self.consent and isinstance(node, Scalar) and node.text.startswith("consent "):
            return CONSENT.named(reading, node)
        return ListOf(CITE).read(reading, node, around)

    def schema(self) -> Schema:
        return ListOf(CITE).schema()


@dataclass(frozen=True, slots=True)
class _Cite:
    says: str = "a citation"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "a citation, in quotes where it holds a comma")
        source, _, place = node.text.partition(" ")
        return Cite(source, place.strip())

    def schema(self) -> Schema:
        return {"type": "string"}


CITE = _Cite()
CONSENT = Name("a consent", phrases={"consent": "consent"}, make=lambda prefix, name: name)


@dataclass(frozen=True, slots=True)
class Dated:
    """One value, or periods of it (`{from, until, …}`), chosen by the law date."""

    form: Form
    period: Record

    @property
    def says(self) -> str:
        return f"{self.form.says}, or periods `{{from, until, …}}`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        dated = isinstance(node, Seq) and all(
            isinstance(item, Map) and item.get("from") for item in node.items
        )
        form: Form = ListOf(self.period) if dated else self.form
        return form.read(reading, node, around)

    def schema(self) -> Schema:
        return {"anyOf": [self.form.schema(), {"type": "array", "items": self.period.schema()}]}


@dataclass(frozen=True, slots=True)
class OrGap:
    """Another form, or `none` for days on which there is nothing (unless `none` is a code of the type)."""

    form: Form

    @property
    def says(self) -> str:
        return f"{self.form.says}, or `none`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        code = around.type is not None and "none" in around.type.codes
        if isinstance(node, Scalar) and node.text == "none" and not node.style and not code:
            return None
        return self.form.read(reading, node, around)

    def schema(self) -> Schema:
        return {"anyOf": [{"const": "none"}, self.form.schema()]}


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table: code → column → value or `unset`."""

    says: str = "mapping: code → column → value or `unset`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        table = around.up.values if around.up else {}
        columns, codes = table.get("columns"), reading.vocabularies.get(table.get("by", ""), ())
        if columns is None or columns is BAD or not codes:
            return BAD
        return MapOf(_Row(columns), "a code of the vocabulary", codes).read(reading, node, around)

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": {"type": "object"}}


@dataclass(frozen=True, slots=True)
class _Row:
    columns: Mapping[str, Type]
    says: str = "a row"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Map):
            return reading.wrong(node, "a row, {column: value}")
        row = dict(self._cells(reading, node))
        for column in self.columns:
            if column not in row:
                row[column] = reading.fault(
                    around.where, "Y2", f"this row lacks '{column}'", f"write {column}: a value or unset"
                )
        return BAD if any(cell is BAD for cell in row.values()) else row

    def _cells(self, reading: Reading, node: Map) -> Iterator[tuple[str, Any]]:
        for key, cell in node.pairs:
            if key.text not in self.columns:
                what = f"'{key.text}' is not a column of this table"
                yield key.text, reading.fault(key.where, "N1", what, suggestion(key.text, self.columns))
            elif isinstance(cell, Scalar) and cell.text == "unset":
                yield key.text, None
            else:
                yield key.text, constant(reading, self.columns[key.text], cell)

    def schema(self) -> Schema:
        return {"type": "object"}


@dataclass(frozen=True, slots=True)
class Sets:
    """What a step tells by itself: fact → value, `now`, or `end of <clock>`."""

    says: str = "mapping: a fact → a value, `now`, or `end of <clock>`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Map):
            return reading.wrong(node, "a mapping, {fact: value}")
        found = {key.text: self._set(reading, key, child) for key, child in node.pairs}
        return BAD if any(value is BAD for value in found.values()) else found

    def _set(self, reading: Reading, key: Scalar, node: Node) -> Any:
        if FACT.named(reading, key) is BAD or key.text not in reading.fact_types:
            return BAD
        if isinstance(node, Scalar) and node.text == "now":
            return Now()
        if isinstance(node, Scalar) and node.text.startswith("end of "):
            return END.named(reading, node)
        return constant(reading, reading.fact_types[key.text], node)

    def schema(self) -> Schema:
        return {"type": "object"}


FACT = Name("a fact", ("fact",))
END = Name("a clock", phrases={"end of": "clock"}, make=lambda prefix, name: EndOf(name))


def constant(reading: Reading, type_: Type, node: Node) -> Any:
    """The held value of a node, by its type; a fault says what the type takes."""
    try:
        return parse(type_, plain(node))
    except ValueError as error:
        return reading.fault(node.where, "Y3", *sentence(error, f"write {EXAMPLES[type_.kind]}"))
