"""What the tutorial names is there: titles of the definition, words of the desk, people of the world."""

import re
from functools import cache

import pytest

from amparo.pathways import reader
from amparo.training import world
from tests.docs import pages

PAGE = pages.DOCS / "tutorial" / "a-case.md"
SHOWING = (PAGE, pages.DOCS / "how-to" / "site-settings.md")
"""Pages that name in bold what is on the screen."""
README = pages.ROOT / "README.md"
BOLD = re.compile(r"\*\*([^*]+)\*\*")
PERSON = re.compile(r"\b(?:Be|open) \*([^*]+)\*")
TYPED = {"30 months", "3 months"}
"""What the reader types."""


def said() -> list[str]:
    """The words in bold, each once."""
    found = (one.replace("\n", " ").rstrip(".") for one in BOLD.findall("".join(map(pages.text, SHOWING))))
    return [one for one in dict.fromkeys(re.sub(r"\s+", " ", one) for one in found) if one not in TYPED]


@cache
def on_screen() -> str:
    """Everything that a page may say in English: the desk's own files, and the titles of the definition."""
    desk = pages.ROOT / "amparo" / "desk"
    files = [path for kind in ("*.py", "*.html") for path in sorted(desk.rglob(kind))]
    pathway = reader.programme("pt-dissuasion")
    chapters = (pathway.steps, pathway.stages, pathway.letters, pathway.facts)
    titles = [one.title["en"] for chapter in chapters for one in chapter.values()]
    boxes = [box.title["en"] for box in pathway.boxes]
    return "\n".join([*(path.read_text(encoding="utf-8") for path in files), *titles, *boxes]).lower()


@pytest.mark.parametrize("words", said())
def test_words_in_bold_are_on_the_screen(words: str) -> None:
    parts = [part.strip() for part in words.lower().split(":")]
    assert [part for part in parts if part not in on_screen()] == []


@cache
def training() -> world.World:
    return next(one for one in world.worlds() if one.programme == "pt-dissuasion")


def test_everybody_named_lives_in_the_training_world() -> None:
    there = {one["name"] for one in (*training().staff.values(), *training().people.values())}
    assert [name for name in PERSON.findall(pages.text(PAGE)) if name not in there] == []


def test_the_readme_names_logins_and_people_of_the_training_world() -> None:
    tour = pages.text(README).split("## Three minutes", 1)[1].split("\n## ", 1)[0]
    logins = {one.get("login", key) for key, one in training().staff.items()}
    people = {one["name"] for one in training().people.values()}
    assert set(re.findall(r"\*\*`([\w.]+)`", tour)) <= logins
    named = ["Alex Exemplo", "Inês Amostra", "Lia Fantasia", "Rita Ensaio", "Eva Prova"]
    assert [name for name in named if name not in people or name not in " ".join(tour.split())] == []
