"""Forms made of forms: lists, mappings, elements with their keys, rows that are tried in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from amparo.pathways.findings import suggestion
from amparo.pathways.forms import BAD, GONE, NAME, Around, Form, Name, Reading, Schema
from amparo.pathways.model import Type, Where
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; one item may stand alone. `alone`: words that stand for a whole list (`all`, `none`), and what
    they are.
    """

    form: Form
    alone: Mapping[str, Any] = field(default_factory=dict)

    @property
    def says(self) -> str:
        words = "".join(f"`{word}`, or " for word in self.alone)
        return f"{words}list: {self.form.says}"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if isinstance(node, Scalar) and node.text in self.alone:
            return self.alone[node.text]
        items = node.items if isinstance(node, Seq) else (node,)
        read = tuple(self.form.read(reading, item, around) for item in items)
        found = tuple(item for item in read if item is not GONE)
        if read and not found:
            return _gone(reading, node.where, "all that stands here")
        return BAD if any(item is BAD for item in found) else found

    def schema(self) -> Schema:
        one = self.form.schema()
        words = [{"enum": list(self.alone)}] if self.alone else []
        return {"anyOf": [*words, one, {"type": "array", "items": one}]}


def _gone(reading: Reading, where: Where, what: str) -> Any:
    """Something that cannot do without what the profile leaves out."""
    return reading.fault(where, "N1", f"{what} is left out by the profile", "leave this out too, or keep it")


@dataclass(frozen=True, slots=True)
class MapOf:
    """Names in file order, each with one form. `names`: the only ones there are; `key`: what each name must
    name.
    """

    form: Form
    what: str = "a name"
    names: tuple[str, ...] = ()
    pattern: re.Pattern[str] = NAME
    key: Name | None = None

    @property
    def says(self) -> str:
        name = "name" if self.what == self.form.says else self.what
        return f"mapping: {name} → {self.form.says}"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Map):
            return reading.wrong(node, f"a mapping, {self.what}: …")
        found = {}
        for key, child in node.pairs:
            inside = Around(key.where, type=around.type, up=around, named=True)
            value = self.form.read(reading, child, inside)
            named = self.key.named(reading, key) if self.key else self._named(reading, key)
            if named is GONE:
                continue
            if value is GONE:
                value = _gone(reading, child.where, "what this names")
            found[key.text] = value if named not in (BAD, False) else BAD
        return BAD if any(value is BAD for value in found.values()) else found

    def _named(self, reading: Reading, key: Scalar) -> bool:
        what, remedy = f"'{key.text}' is not {self.what}", suggestion(key.text, self.names)
        if self.names and key.text not in self.names:
            reading.fault(key.where, "N1", what, remedy)
        elif not self.names and not self.pattern.fullmatch(key.text):
            what, remedy = f"'{key.text}' can be no name here", "write small letters, digits and _"
            reading.fault(key.where, "Y3", what, remedy)
        else:
            return True
        return False

    def schema(self) -> Schema:
        if self.names:
            properties = {name: self.form.schema() for name in self.names}
            return {"type": "object", "properties": properties, "additionalProperties": False}
        return {"type": "object", "additionalProperties": self.form.schema()}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an element: its form, whether it is obligatory, and what it means (for the reference)."""

    form: Form
    means: str = ""
    must: bool = False
    attr: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An element: its keys, what it becomes, and what its keys owe each other.

    what: `a step`. short: the key that a bare value stands for. settle: a last look at all keys together,
    which may change the values or return what is wrong as (code, what, remedy).
    """

    what: str
    make: Callable[..., Any]
    keys: Mapping[str, Key]
    short: str = ""
    settle: Callable[[dict[str, Any]], Iterator[tuple[str, str, str]]] | None = None

    @property
    def says(self) -> str:
        return self.what

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Map) and not self.short:
            return reading.wrong(node, f"{self.what} ({{key: value}})")
        where = around.where if around.named else node.where
        if isinstance(node, Map):
            values, complete = self._values(reading, node, where, around)
        else:
            values, complete = {self.short: self.keys[self.short].form.read(reading, node, around)}, True
        if self.short and values.get(self.short) is GONE:
            return GONE
        for name in [name for name, value in values.items() if value is GONE]:
            values[name] = _gone(reading, where, f"what '{name}' names")
        if not complete or any(value is BAD for value in values.values()):
            return BAD
        return self._made(reading, where, {self._attribute(name): value for name, value in values.items()})

    def _values(self, reading: Reading, node: Map, where: Where, up: Around) -> tuple[dict[str, Any], bool]:
        written = {key.text: child for key, child in node.pairs}
        self._unknown(reading, node)
        values: dict[str, Any] = {}
        for name, key in self.keys.items():
            if name in written:
                type_ = values.get("type") if isinstance(values.get("type"), Type) else up.type
                values[name] = key.form.read(reading, written[name], Around(where, values, type_, up))
        return values, self._complete(reading, written, where)

    def _unknown(self, reading: Reading, node: Map) -> None:
        for key, _ in node.pairs:
            if key.text not in self.keys:
                what = f"'{key.text}' is not a key of {self.what}"
                reading.fault(key.where, "Y2", what, suggestion(key.text, self.keys))

    def _complete(self, reading: Reading, written: Mapping[str, Node], where: Where) -> bool:
        lacking = [(name, key) for name, key in self.keys.items() if key.must and name not in written]
        for name, key in lacking:
            reading.fault(where, "Y2", f"{self.what} lacks '{name}'", f"write {name}: {key.form.says}")
        return not lacking

    def _attribute(self, name: str) -> str:
        return self.keys[name].attr or attribute(name)

    def _made(self, reading: Reading, where: Where, values: dict[str, Any]) -> Any:
        wrong = list(self.settle(values)) if self.settle else []
        for code, what, remedy in wrong:
            reading.fault(where, code, what, remedy)
        return BAD if wrong else self.make(where=where, **values)

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{definition(self.what)}"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of `{if, …}`, tried in order, the last one `{otherwise: …}`. `single`: one value may stand for all
    rows.
    """

    row: Record
    single: bool = False

    @property
    def says(self) -> str:
        alone = f"{self.row.keys[self.row.short].form.says}, or " if self.single else ""
        return f"{alone}rows of {self.row.what}, ending in `{{otherwise: …}}`"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Seq):
            row = (
                self.row.read(reading, node, around) if self.single else reading.wrong(node, "a list of rows")
            )
            return BAD if row is BAD else (row,)
        rows = tuple(self.row.read(reading, item, around) for item in node.items)
        if any(row is BAD for row in rows):
            return BAD
        if any(row.if_ is None for row in rows[:-1]) or not rows or rows[-1].if_ is not None:
            where = rows[-1].where if rows else node.where
            return reading.fault(
                where, "Y3", "the rows do not end in one `otherwise`", "add {otherwise: …} last"
            )
        return rows

    def schema(self) -> Schema:
        rows = {"type": "array", "items": self.row.schema()}
        return {"anyOf": [self.row.keys[self.row.short].form.schema(), rows]} if self.single else rows


@dataclass(frozen=True, slots=True)
class Either:
    """The form that fits the shape of the node: one for scalars, one for lists, one for mappings."""

    scalar: Form | None = None
    seq: Form | None = None
    map: Form | None = None

    @property
    def says(self) -> str:
        return ", or ".join(form.says for form in (self.scalar, self.seq, self.map) if form)

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        form = {Scalar: self.scalar, Seq: self.seq, Map: self.map}[type(node)]
        return form.read(reading, node, around) if form else reading.wrong(node, self.says)

    def schema(self) -> Schema:
        return {"anyOf": [form.schema() for form in (self.scalar, self.seq, self.map) if form]}


def attribute(key: str) -> str:
    """The name of a key in the model: Python's own words carry an underscore."""
    return key + "_" if key in ("if", "from", "is", "class", "with", "while") else key


def definition(what: str) -> str:
    """The name of an element among a schema's definitions: `a support step` is `support_step`."""
    return what.removeprefix("an ").removeprefix("a ").replace(" ", "_")
