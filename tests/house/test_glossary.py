"""One word an idea: what the glossary calls not ours is in no name, sentence, page or definition."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house import source

GLOSSARY = source.ROOT / "docs" / "glossary.md"
CHANGES = source.ROOT / "CHANGELOG.md"
ROW = re.compile(r"^\| (?P<word>[^|]+) \| (?P<means>[^|]+) \| (?P<strange>[^|]+) \|$", re.MULTILINE)
TEXTS = {".html", ".yaml", ".typ", ".po", ".md"}


@cache
def rows() -> dict[str, tuple[str, ...]]:
    """Each of our words with the words that we do not use for it."""
    found = [
        row
        for row in ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))
        if row["word"] not in ("word", "---")
    ]
    return {row["word"].strip(): tuple(part.strip() for part in row["strange"].split(",")) for row in found}


@pytest.mark.parametrize("path", [p for p in source.files() if p.suffix in TEXTS | {".py"}], ids=source.name)
def test_a_file_uses_our_words(path: Path) -> None:
    assert [f"line {line}: {word}" for line, word in _found(path)] == []


def test_the_glossary_is_read() -> None:
    assert "workflow" in rows()["pathway"]


def test_a_strange_word_is_found_in_names_and_in_sentences() -> None:
    planted = 'class ProcessModel:\n def f(self, audit_record):\n  """Says swimlane."""\n'
    told = " ".join(text for _, text in _spoken(ast.parse(planted)))
    assert all(_pattern(word).search(told) for word in ("process model", "audit record", "swimlane"))


def test_portuguese_is_left_out() -> None:
    planted = "a:\n  en: court\n  pt: >\n    o\n    tribunal\n  b: {en: panel, pt: tribunal}\n"
    assert [line.strip() for line in _without_portuguese(planted)] == [
        "a:",
        "en: court",
        "",
        "",
        "",
        "b: {en: panel,",
    ]


def _found(path: Path) -> Iterator[tuple[int, str]]:
    """The strange words of a file. Tests may plant them; the change log tells of those that were given up."""
    if path in (GLOSSARY, CHANGES) or "vendor" in path.parts or path.is_relative_to(source.ROOT / "tests"):
        return
    for line, text in _lines(path):
        for words in rows().values():
            yield from ((line, word) for word in words if _pattern(word).search(text))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The English of a file, line by line: what is Portuguese may well hold one of the words (*tribunal*)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return _spoken(source.tree(path))
    if path.suffix == ".yaml":
        return ((number, _english(line)) for number, line in enumerate(_without_portuguese(text), 1))
    if path.suffix == ".po":
        return (
            (number, line) for number, line in enumerate(text.splitlines(), 1) if line.startswith("msgid")
        )
    return iter(() if path.name.endswith(".pt.typ") else enumerate(text.splitlines(), 1))


def _english(line: str) -> str:
    """Of a line of a definition: its name, its English sentence and its comment; not a source's title."""
    parts = re.findall(r"^[\s-]*([\w-]+):|\b(en: .*)|\s(#.*)", line)
    return _words(" ".join("".join(part) for part in parts))


def _without_portuguese(text: str) -> Iterator[str]:
    """The lines of a definition, each `pt:` left out with its text, even where that goes on for lines."""
    depth: int | None = None
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        if depth is not None and line.strip() and indent <= depth:
            depth = None
        if depth is None and (begun := re.match(r"(\s*(?:- )?)pt:", line)):
            depth = len(begun[1])
        yield "" if depth is not None else re.sub(r"\bpt: .*", "", line)


def _spoken(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The names that a file gives and the sentences that it says, each name as the words it is made of."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield node.lineno, _words(name)
            case ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, _words(name)
            case ast.Constant(value=str(text)):
                yield node.lineno, text


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """The word, or its plural, by itself; an abbreviation only in its capitals."""
    flags = re.IGNORECASE if word.islower() else re.NOFLAG
    return re.compile(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", flags)
