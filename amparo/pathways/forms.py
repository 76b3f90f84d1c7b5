"""The forms a value of the language can have: how each is read, refused, and described to editors.

`grammar` says which key has which form; nothing here knows a key by name, and `records` makes forms of forms.
Every form finds all it can and goes on: what it cannot read is `BAD`, and the reader raises once, with every
finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from amparo.pathways.findings import Finding, suggestion
from amparo.pathways.model import Rule, Type, Where
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq

Schema = dict[str, Any]
BAD: Final = object()
"""What could not be read; the reason is among the findings."""

GONE: Final = object()
"""What names something that a profile leaves out: it goes from every list, and may stand nowhere else."""

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
        self.left_out: Mapping[str, frozenset[str]] = {}

    def fault(self, where: Where, code: str, what: str, remedy: str) -> Any:
        """Note a finding; the answer is `BAD`, so that a form can return it."""
        self.findings.append(Finding(where, code, what, remedy))
        return BAD

    def gone(self, space: str, name: str) -> bool:
        """Does the profile leave it out?"""
        return name in self.left_out.get(space, ())

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
    """One of some fixed words. called: what the words are together, where they are too many to list."""

    words: tuple[str, ...]
    called: str = ""

    @property
    def says(self) -> str:
        return self.called or ", ".join(f"`{word}`" for word in self.words)

    def read(self, reading: Reading, node: Node, around: Around) -> Any:
        if not isinstance(node, Scalar):
            return reading.wrong(node, self.called or "one of " + ", ".join(self.words))
        if node.text not in self.words:
            what = f"'{node.text}' is not {self.called or 'one of ' + ', '.join(self.words)}"
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
    called: str = ""

    @property
    def says(self) -> str:
        if self.called:
            return self.called
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
        if any(reading.gone(space, name) for space in self.spaces):
            return GONE
        known = [*self.words, *reading.names(self.spaces), *(f"{prefix} …" for prefix in self.phrases)]
        return reading.fault(node.where, "N1", f"'{text}' is not {self.what}", suggestion(name, known))

    def _phrase(self, reading: Reading, node: Scalar, prefix: str, space: str) -> Any:
        name = node.text.removeprefix(prefix).strip()
        if reading.gone(space, name):
            return GONE
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


def sentence(error: ValueError, remedy: str) -> tuple[str, str]:
    """What is wrong, and the remedy: the part of a value's sentence after the colon, where there is one."""
    what, colon, rest = str(error).partition(": ")
    return (what, rest) if colon else (what, remedy)
