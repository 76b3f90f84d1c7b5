"""The frame's words: collected from pages and code, a catalogue a language, compiled by no other program.

`python -m tools.messages` brings the catalogues up to date and compiles them; `--check` only says what lacks.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
DESK = ROOT / "amparo" / "desk"
LANGUAGES = ("pt",)
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2}
"""Name of a call -> how many of its first arguments are words."""

UNWANTED = (
    b'"POT-Creation-Date',
    b'"Generated-By',
    b'"Report-Msgid',
    b'"PO-Revision',
    b'"Last-Tr',
    b'"Language-Team',
)
"""Lines of a catalogue's head that say nothing about its words."""

_TEXT = r"u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_IN_PAGES = re.compile(rf"\b(n?gettext)\({_TEXT}(?:, {_TEXT})?")

Message = tuple[str, ...]
"""One text, or singular and plural."""


def of_code(source: str) -> Iterator[Message]:
    """The words in calls of gettext. Words not written out where they are called cannot be collected."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            words = [a.value for a in node.args[: CALLS[node.func.id]] if isinstance(a, ast.Constant)]
            if len(words) == CALLS[node.func.id]:
                yield tuple(str(word) for word in words)


def of_page(source: str) -> Iterator[Message]:
    """The words in a page's translate and blocktranslate."""
    for found in _IN_PAGES.finditer(templatize(source)):
        words = [found[2], found[3]] if found[1] == "ngettext" else [found[2]]
        yield tuple(str(ast.literal_eval(word)) for word in words if word)


def collected() -> dict[Message, list[str]]:
    """Every message with the files in which it stands."""
    found: dict[Message, list[str]] = {}
    for path in sorted(DESK.rglob("*.py")) + sorted(DESK.rglob("*.html")):
        read = of_code if path.suffix == ".py" else of_page
        for message in read(path.read_text("utf-8")):
            places = found.setdefault(message, [])
            name = path.relative_to(ROOT).as_posix()
            if name not in places:
                places.append(name)
    return found


def catalogue(language: str) -> Path:
    """Where a language's words are kept."""
    return DESK / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it is kept; an empty one if there is none."""
    path = catalogue(language)
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def lacking(language: str) -> list[str]:
    """Messages without a translation in a language."""
    known = read(language)
    return [message[0] for message in collected() if not _translated(known, message)]


def _translated(known: Catalog, message: Message) -> bool:
    entry = known.get(message[0])
    if entry is None or entry.fuzzy:
        return False
    return all(entry.string) if isinstance(entry.string, (tuple, list)) else bool(entry.string)


def superfluous(language: str) -> list[str]:
    """Translations of messages that stand nowhere any more."""
    ours = {message[0] for message in collected()}
    return [_first(entry.id) for entry in read(language) if entry.id and _first(entry.id) not in ours]


def _first(identifier: object) -> str:
    return str(identifier[0] if isinstance(identifier, (tuple, list)) else identifier)


def update(language: str) -> Catalog:
    """The catalogue with every message of today, in the order of the files; translations are kept."""
    known, fresh = read(language), _empty(language)
    for message, places in sorted(collected().items(), key=lambda pair: (pair[1][0], pair[0])):
        entry = known.get(message[0])
        string = entry.string if entry is not None and entry.string else None
        fresh.add(message if len(message) > 1 else message[0], string, locations=[(p, 0) for p in places])
    return fresh


def _empty(language: str) -> Catalog:
    """A catalogue without words. Its date is fixed, so that the same words compile to the same bytes."""
    return Catalog(
        locale=language, project="Amparo", version="1", fuzzy=False, header_comment="",
        msgid_bugs_address="-", last_translator="-", language_team="-",
        creation_date=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def write(language: str, words: Catalog) -> None:
    """Keep a catalogue as text and compiled."""
    text, compiled = BytesIO(), BytesIO()
    write_po(text, words, width=110, omit_header=False, include_lineno=False)
    write_mo(compiled, words)
    path = catalogue(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = b"\n".join(line for line in text.getvalue().strip().split(b"\n") if not line.startswith(UNWANTED))
    path.write_bytes(kept + b"\n")
    path.with_suffix(".mo").write_bytes(compiled.getvalue())


def main() -> int:
    """0 if every language is complete, else 1 and what is lacking."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--check", action="store_true", help="write nothing")
    if not asked.parse_args().check:
        for language in LANGUAGES:
            write(language, update(language))
    found = [(language, text) for language in LANGUAGES for text in lacking(language)]
    for language, text in found:
        print(f"{language}: not translated: {text}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
