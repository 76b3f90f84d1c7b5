"""YAML without its guesses: a text becomes a tree of marked nodes in which every scalar is still its text.

PyYAML only finds the structure. What YAML would make of `yes`, `10:30` or `1_000` is never asked. What hides
something from a reviewer (anchors, tags, the same key twice, several documents) is refused with its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import yaml

from amparo.pathways.findings import Finding, refuse
from amparo.pathways.model import Where


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or text. `style`: '' for plain, `"`, `'`, `|` or `>`. `where`: the text's first character."""

    where: Where
    text: str
    style: str = ""
    last_line: int = 0


@dataclass(frozen=True, slots=True)
class Seq:
    where: Where
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Keys in file order, each with the scalar that names it."""

    where: Where
    pairs: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> Node | None:
        return next((node for name, node in self.pairs if name.text == key), None)


Node = Scalar | Seq | Map
Parser: TypeAlias = "type[yaml.SafeLoader] | type[yaml.CSafeLoader]"
FAST = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""LibYAML where PyYAML was built with it: the same trees in a tenth of the time."""
DEEPEST = 40
"""Lists and mappings that may stand within each other. No definition needs a third of it; composing descends once for
each, and a text made to go deeper would end the process.
"""


class Mark(Protocol):
    """PyYAML's place in a text, from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def read(text: str | bytes, file: str) -> Node:
    """The tree of a text. Raises `DefinitionFault` that lists every trap of YAML found in it (code Y1)."""
    tree, findings = compose(text, file)
    refuse(findings)
    assert tree is not None
    return tree


def compose(text: str | bytes, file: str) -> tuple[Node | None, list[Finding]]:
    """The tree, as far as there is one, and what is wrong with the form of the text."""
    words, findings = _decoded(text, file)
    findings += _characters(words, file)
    if findings:
        return None, findings
    return _Composer(file, words).composed()


def plain(node: Node) -> object:
    """The tree as plain dictionaries, lists and texts: nothing is typed, `yes` stays 'yes'."""
    match node:
        case Scalar(text=text):
            return text
        case Seq(items=items):
            return [plain(item) for item in items]
        case Map(pairs=pairs):
            return {key.text: plain(value) for key, value in pairs}


def _decoded(text: str | bytes, file: str) -> tuple[str, list[Finding]]:
    if isinstance(text, str):
        return text, []
    try:
        return text.decode("utf-8"), []
    except UnicodeDecodeError as error:
        before = text[: error.start]
        where = Where(file, before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        return "", [Finding(where, "Y1", "this is not UTF-8", "save the file as UTF-8")]


def _characters(text: str, file: str) -> list[Finding]:
    found = []
    if text.startswith("\ufeff"):
        found.append(
            Finding(Where(file, 1, 1), "Y1", "a byte order mark", "save the file as UTF-8 without one")
        )
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            found.append(Finding(Where(file, number, line.index("\t") + 1), "Y1", "a tab", "write spaces"))
    return found


class _Composer:
    """PyYAML's node tree turned into ours; collects what a reviewer must not meet."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text, self.findings = file, text, list[Finding]()
        self.lines = text.split("\n")

    def composed(self) -> tuple[Node | None, list[Finding]]:
        try:
            root = self._root()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = " ".join(part for part in (error.problem, error.context) if part)
            return None, [
                *self.findings,
                self._fault(mark, f"this is not YAML: {what}", "mend or quote the text here"),
            ]
        except yaml.YAMLError as error:
            what = f"a character that YAML does not take: {str(error).splitlines()[0]}"
            return None, [Finding(Where(self.file, 1, 1), "Y1", what, "remove it")]
        if root is None:
            return None, self.findings or [
                self._fault(None, "the file is empty", "write `pathway: <id>` first")
            ]
        return self._node(root), self.findings

    def _root(self) -> yaml.Node | None:
        """PyYAML's tree, if nothing is hidden in it. Where the fast parser stumbles, the other one says at what."""
        with suppress(yaml.YAMLError):
            return self._parsed(FAST)
        self.findings.clear()
        return self._parsed(yaml.SafeLoader)

    def _parsed(self, loader: Parser) -> yaml.Node | None:
        self._events(loader)
        return None if self.findings else yaml.compose(self.text, Loader=loader)

    def _fault(self, mark: Mark | None, what: str, remedy: str) -> Finding:
        return Finding(self._where(mark), "Y1", what, remedy)

    def _where(self, mark: Mark | None) -> Where:
        return Where(self.file, mark.line + 1, mark.column + 1) if mark else Where(self.file, 1, 1)

    def _events(self, loader: Parser) -> None:
        """Anchors, aliases, tags, further documents and bottomless depth: the form allows none of them."""
        documents = depth = 0
        for event in yaml.parse(self.text, Loader=loader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            for what, remedy in _hidden(event, documents):
                self.findings.append(self._fault(event.start_mark, what, remedy))
            if depth > DEEPEST:
                self.findings.append(self._fault(event.start_mark, TOO_DEEP, "take it apart"))
                return

    def _node(self, node: yaml.Node) -> Node:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return Seq(self._where(node.start_mark), tuple(self._item(item) for item in node.value))
        return Map(self._where(node.start_mark), tuple(self._pairs(node)))

    def _item(self, node: yaml.Node) -> Node:
        if _empty(node):
            self.findings.append(
                self._fault(node.start_mark, "an item of a list has no value", "remove the comma or dash")
            )
        return self._node(node)

    def _scalar(self, node: yaml.ScalarNode) -> Scalar:
        where = self._where(node.start_mark)
        if node.style in ("|", ">"):
            where = self._block(where)
        elif node.style:
            where = where._replace(column=where.column + 1)
        return Scalar(where, node.value, node.style or "", node.end_mark.line + 1)

    def _block(self, where: Where) -> Where:
        """The first character of a block's first line that is not empty."""
        for number in range(where.line, len(self.lines)):
            line = self.lines[number]
            if line.strip():
                return Where(self.file, number + 1, len(line) - len(line.lstrip()) + 1)
        return where

    def _pairs(self, node: yaml.Node) -> Iterator[tuple[Scalar, Node]]:
        seen: dict[str, Scalar] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                self.findings.append(
                    self._fault(name.start_mark, "a key that is no word", "write `key: value`")
                )
                continue
            key = self._scalar(name)
            self._key(key, value, seen)
            seen.setdefault(key.text, key)
            yield key, self._node(value)

    def _key(self, key: Scalar, value: yaml.Node, seen: dict[str, Scalar]) -> None:
        if key.text in seen:
            first = seen[key.text].where
            what = f"'{key.text}' stands twice, first in line {first.line}"
            self.findings.append(Finding(key.where, "Y1", what, "keep one of the two"))
        if key.text == "<<":
            self.findings.append(
                Finding(key.where, "Y1", "'<<' merges what stands elsewhere", "write it out here")
            )
        if _empty(value):
            what = f"'{key.text}' has no value"
            remedy = "quote the text if a comma cut it in two" if " " in key.text else EMPTY
            self.findings.append(Finding(key.where, "Y1", what, remedy))


EMPTY = "write `unset: yes` or `none`, or remove the line; a text with a comma is quoted"


TOO_DEEP = f"lists and mappings stand within each other more than {DEEPEST} deep"


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and not node.value


def _hidden(event: yaml.Event, documents: int) -> Iterator[tuple[str, str]]:
    if isinstance(event, yaml.AliasEvent):
        yield "an alias", "write out what it stands for"
    elif getattr(event, "anchor", None):
        yield "an anchor", "remove it: what applies stands where it applies"
    tag = getattr(event, "tag", None)
    if tag:
        yield f"a tag, '{tag}'", "quote it if it is a rule or a text that starts with !, else remove it"
    if isinstance(event, yaml.DocumentStartEvent) and documents > 1:
        yield "a second document", "keep one definition in a file"
    if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
        yield "a YAML directive", "remove it"
