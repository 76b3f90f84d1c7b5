"""The forms a value of the language can have: how each is read, refused, and described to editors.

`grammar` says which key has which form; nothing here knows a key by name. Every form finds all it can and
goes on: what it cannot read is `BAD`, and the reader raises once, with every finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from amparo.pathways.findings import Finding, suggestion
from amparo.pathways.model import Rule, Type, Where
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq, plain

Schema = dict[str, Any]
BAD: Final = object()
"""What could not be read; the reason is among the findings."""

NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a value: the element's place, its keys read so far, its type, the element above.

    named: the value is an element of a mapping, and `where` the place of its name.
    """

    where: Where
    values: Mapping[str, Any] = field(default_factory=dict)
    type: Type | None = None
    up: Around | None = None
    named: bool = False


Spaces = Mapping[str, Mapping[str, Where]]
"""What a definition declares: kind of thing (`stage`) -> name -> where."""


class Reading:
    """One definition being read: what it declares, and what was found wrong so far."""

    def __init__(
        self, pathway: str, languages: Iterable[str], spaces: Mapping[str, Mapping[str, Where]]
    ) -> None:
        self.pathway, self.languages, self.spaces = pathway, tuple(languages), spaces
        self.vocabularies: dict[str, tuple[str, ...]] = {}
        self.fact_types: dict[str, Type] = {}
        self.findings: list[Finding] = []

    def fault(self, where: Where, code: str, what: str, remedy: str) -> Any:
        """Note a finding; the answer is `BAD`, so that a form can return it."""
        self.findings.append(Finding(where, code, what, remedy))
        return BAD

    def wrong(self, node: Node, what: str) -> Any:
        """The node is no scalar, list or mapping as its key wants."""
        said = {Scalar: "a word", Seq: "a list", Map: "a mapping"}[type(node)]
        return self.fault(node.where, "Y3", f"{said} stands where {what} is expected", f"write {what}")

    def names(self, spaces: Iterable[str]) -> Iterator[str]:
        for space in spaces:
            yield from self.spaces.get(space, ())


class Form(Protocol):
    """How a value is read; `says` is its description in the reference, `schema` the one for editors."""

    @property
    def says(self) -> str: ...
    def read(self, reading: Reading, node: Node, around: Around) -> Any: ...
    def schema(self) -> Schema: ...


# -------------------------------------------------------------------------------------------------- scalars
@dataclass(frozen=True, slots=True)
class Word:
    """A scalar that one function reads; a ValueError is the sentence that says what was expected."""

    says: str
    convert: Callable[[str], Any]
    pattern: str = ""

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, self.says)
        try:
            return self.convert(node.text)
        except ValueError as error:
            return reading.fault(node.where, "Y3", *sentence(error, f"write {self.says}"))

    def schema(self) -> Schema:
        return {"type": "string", "pattern": self.pattern} if self.pattern else {"type": "string"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some fixed words. `later`: words of chapters that this version does not operate -> chapter."""

    words: tuple[str, ...]
    later: Mapping[str, str] = field(default_factory=dict)

    @property
    def says(self) -> str:
        return ", ".join(f"`{word}`" for word in self.words)

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "one of " + ", ".join(self.words))
        if node.text in self.later:
            return not_operated(reading, node.where, self.later[node.text])
        if node.text not in self.words:
            what = f"'{node.text}' is not one of {', '.join(self.words)}"
            return reading.fault(node.where, "Y3", what, suggestion(node.text, self.words))
        return node.text

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Name:
    """The name of something that the definition declares, a fixed word, or a phrase such as `enter <stage>`.

    what: for sentences, `a stage`. spaces: where plain names are looked up. phrases: prefix -> space.
    removes: `-name` is a name too. make: what a phrase becomes, from its prefix and name; else it stays its
    text.
    """

    what: str
    spaces: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    removes: bool = False
    make: Callable[[str, str], Any] | None = None

    @property
    def says(self) -> str:
        phrases = [f"`{prefix} <{space}>`" for prefix, space in self.phrases.items()]
        plain_names = [self.what] if self.spaces else []
        return " or ".join([*plain_names, *(f"`{word}`" for word in self.words), *phrases])

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, self.what)
        return self.named(reading, node)

    def named(self, reading: Reading, node: Scalar) -> Any:
        text = node.text
        for prefix, space in self.phrases.items():
            if text.startswith(prefix + " "):
                return self._phrase(reading, node, prefix, space)
        name = text.removeprefix("-") if self.removes else text
        if text in self.words or any(name in reading.spaces.get(space, ()) for space in self.spaces):
            return text
        known = [*self.words, *reading.names(self.spaces), *(f"{prefix} …" for prefix in self.phrases)]
        return reading.fault(node.where, "N1", f"'{text}' is not {self.what}", suggestion(name, known))

    def _phrase(self, reading: Reading, node: Scalar, prefix: str, space: str) -> Any:
        name = node.text.removeprefix(prefix).strip()
        if name not in reading.spaces.get(space, ()):
            what = f"'{name}' is not {SPACES.get(space, space)}"
            return reading.fault(node.where, "N1", what, suggestion(name, reading.names([space])))
        return self.make(prefix, name) if self.make else node.text

    def schema(self) -> Schema:
        return {"type": "string"}


SPACES = {
    "clock": "a clock",
    "consent": "a consent",
    "fact": "a fact",
    "letter": "a letter",
    "setting": "a setting",
    "stage": "a stage",
    "step": "a step",
    "support": "a support step",
    "term": "a term of a step or choice",
}


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule: always quoted, on one line, or a `|` block; kept as text with its place."""

    says: str = "a rule, quoted"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, "a rule")
        if node.style not in ('"', "'", "|"):
            return reading.fault(node.where, "Y1", "this rule is not quoted", f'write "{node.text}"')
        if node.style != "|" and node.last_line != node.where.line:
            return reading.fault(
                node.where, "Y1", "this rule runs over several lines", "write it as a | block"
            )
        return Rule(node.text.strip("\n"), node.where)

    def schema(self) -> Schema:
        return {"type": "string"}


# ------------------------------------------------------------------------------------------------ collections
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
        found = tuple(self.form.read(reading, item, around) for item in items)
        return BAD if any(item is BAD for item in found) else found

    def schema(self) -> Schema:
        one = self.form.schema()
        words = [{"enum": list(self.alone)}] if self.alone else []
        return {"anyOf": [*words, one, {"type": "array", "items": one}]}


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
        return f"mapping: {self.what} → {self.form.says}"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Map):
            return reading.wrong(node, f"a mapping, {self.what}: …")
        found = {}
        for key, child in node.pairs:
            inside = Around(key.where, type=around.type, up=around, named=True)
            value = self.form.read(reading, child, inside)
            found[key.text] = value if self._named(reading, key) else BAD
        return BAD if any(value is BAD for value in found.values()) else found

    def _named(self, reading: Reading, key: Scalar) -> bool:
        if self.key:
            return self.key.named(reading, key) is not BAD
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


@dataclass(frozen=True, slots=True)
class Later:
    """A key of a chapter that this version does not operate: refused by name."""

    chapter: str
    says: str = "not operated by this version"

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        return not_operated(reading, around.where, self.chapter)

    def schema(self) -> Schema:
        return {"not": {}}


def not_operated(reading: Reading, where: Where, chapter: str) -> Any:
    what = f"{reading.pathway} uses {chapter}, which this version does not operate"
    return reading.fault(where, "Y2", what, "remove it, or use a version that operates it")


def attribute(key: str) -> str:
    """The name of a key in the model: Python's own words carry an underscore."""
    return key + "_" if key in ("if", "from", "is", "class", "with", "while") else key


def definition(what: str) -> str:
    """The name of an element among a schema's definitions: `a support step` is `support_step`."""
    return what.removeprefix("an ").removeprefix("a ").replace(" ", "_")


def sentence(error: ValueError, remedy: str) -> tuple[str, str]:
    """What is wrong, and the remedy: the part of a value's sentence after the colon, where there is one."""
    what, colon, rest = str(error).partition(": ")
    return (what, rest) if colon else (what, remedy)


def written(node: Node) -> Any:
    """A node as `values.parse` takes it."""
    return plain(node)
