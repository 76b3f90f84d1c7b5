"""A programme is a text in a folder of its own: nothing outside names it, nor anything that it alone has named."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

from amparo.pathways import reader, words, yaml_form
from tests.house.source import PACKAGE, ROOT, files, name

PROGRAMMES = PACKAGE / "programmes"
OWN_NAMES = (
    *(
        "settings",
        "vocabularies",
        "roles",
        "bodies",
        "facts",
        "tables",
        "derived",
        "rules",
        "criteria",
        "doors",
    ),
    *("stages", "phases", "steps", "clocks", "obligations", "schedules", "sittings", "consents", "letters"),
    *("notices", "places", "counts"),
)
KEYS = set(re.findall(r'"(\w+)":', (ROOT / "docs" / "reference" / "pathway.schema.json").read_text("utf-8")))
EVIDENCE = {"in_custody", "not_offered"}
"""What the form of evidence and its results name: a condition of hazards, and what comes of a door."""
LANGUAGE = {*words.MILESTONES, *words.OUTCOMES, *words.PLATFORM_ROLES, *KEYS, *EVIDENCE, "later_occurrence"}
"""What the reference of the language names itself; the ledger tells `later_occurrence` (section 8.5)."""
READ = (".py", ".html", ".js", ".css", ".typ", ".yaml")


@cache
def own_words(programme: str) -> frozenset[str]:
    """The names of a definition that cannot be ordinary words: those made of two or more."""
    tree: Any = yaml_form.plain(
        yaml_form.read((PROGRAMMES / programme / "pathway.yaml").read_bytes(), programme)
    )
    told = {word for part in OWN_NAMES for word in tree.get(part, {})}
    return frozenset(word for word in told if "_" in word) - LANGUAGE


@cache
def outside() -> dict[Path, str]:
    """Every text of the package that is no programme's, and what it says: of code the strings, of the rest all."""
    found = (path for path in files() if path.is_relative_to(PACKAGE) and path.suffix in READ)
    return {path: _said(path) for path in found if not path.is_relative_to(PROGRAMMES)}


def _said(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        return text
    return "\n".join(
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def naming(word: str) -> list[str]:
    whole = re.compile(rf"(?<![\w./-]){re.escape(word)}(?![\w-])")
    return [f"{name(path)} names {word}" for path, text in outside().items() if whole.search(text)]


def test_no_programme_is_named_outside_its_folder() -> None:
    profiles = [path.stem for path in PROGRAMMES.glob("*/profiles/*.yaml")]
    assert [line for id in (*reader.programmes(), *profiles) for line in naming(id)] == []


def test_no_word_of_one_programme_stands_outside_its_folder() -> None:
    found = {line for id in reader.programmes() for word in own_words(id) for line in naming(word)}
    assert sorted(found) == []


def test_the_search_would_find_one() -> None:
    """A word that does stand outside is found: the search can fail."""
    assert naming("later_occurrence")
    assert all(len(own_words(id)) > 10 for id in reader.programmes())
