"""T1 to T3: words that a named language lacks, letters without a file, files that use what is not listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib.resources.abc import Traversable
from pathlib import Path

from amparo.pathways.check.basis import _elements
from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding, suggestion
from amparo.pathways.in_text import IN_TEXT
from amparo.pathways.model import Element, Letter, Pathway, Text, Type, Where
from amparo.pathways.reader import letters_of

USED = re.compile(r'#?(?:field|said|has)\("([^"]+)"')
"""How the file of a letter reads a field."""

SAYS = ("appeal", "no_appeal", "rights", "forfeiture")


def findings(look: Look) -> Iterator[Finding]:
    yield from _titles(look.pathway)
    yield from _complete(look.pathway)
    yield from _vocabularies(look.pathway)
    if look.folder is not None:
        for name, letter in look.pathway.letters.items():
            for language in look.pathway.languages:
                folder = letters_of(look.pathway, name)
                yield from _file(look.folder / folder / f"{name}.{language}.typ", f"{folder}/", name, letter)


# -------------------------------------------------------------------------------------------------- T1
def _titles(p: Pathway) -> Iterator[Finding]:
    """What people read has a title; what is seldom shown alone should have one."""
    for must, what, elements in (
        (True, "role", p.roles),
        (True, "body", p.bodies),
        (True, "fact", p.facts),
        (True, "door", p.doors),
        (True, "stage", p.stages),
        (False, "step", p.steps),
        (True, "obligation", p.obligations),
        (True, "sitting", p.sittings),
        (True, "consent", p.consents),
        (True, "schedule", p.schedules),
        (True, "phase", {phase.id: phase for each in p.phases.values() for phase in each.list}),
        (True, "letter", p.letters),
        (False, "clock", p.clocks),
        (False, "setting", p.settings),
        (False, "notice", p.notices),
        (False, "table", p.tables),
    ):
        yield from _untitled(must, what, elements)
    boxes = {str(number): box for number, box in enumerate(p.boxes, 1)}
    yield from _untitled(True, "box", boxes)
    yield from _untitled(True, "pathway", {p.id: p})
    terms = {f"{name}.{term}": each for name, step in p.steps.items() for term, each in step.terms.items()}
    yield from _untitled(False, "term", terms)


def _untitled(must: bool, what: str, elements: Mapping[str, Element]) -> Iterator[Finding]:
    for name, element in elements.items():
        if not element.title:
            said = f"{what} '{name}' has no title"
            yield Finding(element.where, "T1", said, "write title: {…} in every language", warn=not must)


def _complete(p: Pathway) -> Iterator[Finding]:
    for element in _elements(p):
        for key, text in _texts(element):
            yield from _lacking(p, element.where, key, text)
            yield from _settings_shown(p, element.where, text)


def _texts(element: Element) -> Iterator[tuple[str, Text]]:
    """The texts of an element: mappings of languages to words."""
    for name in ("title", "say", "otherwise", "purpose", "of", "unverified"):
        if any(field.name == name for field in fields(element)):
            text = getattr(element, name)
            if isinstance(text, Mapping) and text:
                yield name, text


def _lacking(p: Pathway, where: Where, key: str, text: Text) -> Iterator[Finding]:
    lacking = [language for language in p.languages if not text.get(language, "").strip()]
    if lacking:
        said = f"'{key}' has no words in {', '.join(lacking)}"
        yield Finding(where, "T1", said, "write them: no other language stands in")


def _settings_shown(p: Pathway, where: Where, text: Text) -> Iterator[Finding]:
    for name in {name for words in text.values() for name in IN_TEXT.findall(words)}:
        if name not in p.settings:
            what = f"'{{{name}}}' in a text is not a setting"
            yield Finding(where, "N1", what, suggestion(name, p.settings))


def _vocabularies(p: Pathway) -> Iterator[Finding]:
    """Codes are read by people where facts, terms and settings hold them."""
    for where, what, type_ in _typed(p):
        for each in (type_, *type_.each.values()):
            titles = p.vocabularies.get(each.vocabulary, {})
            if each.codes and not each.vocabulary:
                said = f"the codes of {what} have no titles"
                yield Finding(where, "T1", said, "give the list a name under vocabularies", warn=True)
            elif any(not title for title in titles.values()):
                said = f"codes of '{each.vocabulary}' have no titles, and {what} shows them"
                yield Finding(where, "T1", said, "write each code with its title", warn=True)
    for name, codes in p.vocabularies.items():
        for code, title in codes.items():
            if title:
                yield from _lacking(p, p.where, f"{name}: {code}", title)


def _typed(p: Pathway) -> Iterator[tuple[Where, str, Type]]:
    yield from ((fact.where, f"fact '{name}'", fact.type) for name, fact in p.facts.items())
    yield from ((each.where, f"setting '{name}'", each.type) for name, each in p.settings.items())
    for name, step in p.steps.items():
        yield from ((each.where, f"term '{name}.{term}'", each.type) for term, each in step.terms.items())


# -------------------------------------------------------------------------------------------------- T2, T3
def _file(file: Path | Traversable, folder: str, name: str, letter: Letter) -> Iterator[Finding]:
    if not file.is_file():
        what = f"letter '{name}' has no file {folder}{file.name}"
        yield Finding(letter.where, "T2", what, "write it: a person gets their own language")
        return
    listed = {*letter.fields, *letter.says}
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        for used in USED.finditer(line):
            if used[1] not in listed:
                where = Where(f"{folder}{file.name}", number, used.start(1) + 1)
                what = f"'{used[1]}' is used and not listed in fields or says of '{name}'"
                yield Finding(where, "T3", what, suggestion(used[1], listed))
