"""The frame: words complete, colours readable, pages without inline code, code without a programme."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from amparo.pathways.reader import programme, programmes
from amparo.pathways.words import MILESTONES
from tools import messages

DESK = Path(messages.DESK)
CSS = (DESK / "static/desk/desk.css").read_text("utf-8")
PAGES = sorted(DESK.rglob("*.html"))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_word_of_the_frame_is_translated(language: str) -> None:
    assert messages.lacking(language) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_translation_stands_for_nothing(language: str) -> None:
    assert messages.superfluous(language) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = read_mo(BytesIO(messages.catalogue(language).with_suffix(".mo").read_bytes()))
    assert _texts(compiled) == _texts(messages.read(language))


def _texts(words: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    both = ((e.id, e.string) for e in words if e.id)
    return {_several(one): _several(other) for one, other in both}


def _several(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_names_what_its_sentence_names(language: str) -> None:
    named = re.compile(r"%\((\w+)\)s")
    for entry in messages.read(language):
        ours, theirs = _several(entry.id), _several(entry.string)
        assert set(named.findall(theirs[-1])) == set(named.findall(ours[-1])), ours


def test_words_are_collected_from_code_and_pages() -> None:
    assert list(messages.of_code('_("a"); ngettext("b", "c", n); gettext(name)')) == [("a",), ("b", "c")]
    assert list(messages.of_page('{% load i18n %}{% translate "a" %}')) == [("a",)]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(DESK).as_posix())
def test_no_page_has_inline_style_or_script(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(DESK).as_posix())
def test_no_label_is_a_placeholder(page: Path) -> None:
    assert "placeholder=" not in page.read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(DESK).as_posix())
def test_no_page_of_a_case_writes_its_own_tab(page: Path) -> None:
    """What a tab says of a case is said in one place, in neutral words (`tabs`)."""
    assert "{% block title %}{{ page.first" not in page.read_text("utf-8")


def test_the_style_is_one_file_of_reasonable_size() -> None:
    assert len(CSS.encode()) < 60_000


def test_no_style_asks_another_machine() -> None:
    assert "url(" not in CSS and "@import" not in CSS and "http" not in CSS


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block))


DAY = _tokens(CSS.split("}")[0])
NIGHT = {**DAY, **_tokens(CSS.split(".may-night {")[1].split("}")[0])}


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, WCAG 2.2."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize("text", ["ink", "soft", "faint", "harbour", "link", "visited", "amber", "brick"])
def test_text_is_readable_by_day_and_by_night(tokens: dict[str, str], text: str) -> None:
    ground = "amber-tint" if text == "amber" else "paper"
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("on-harbour", "harbour"), ("on-ink", "ink-button"), ("on-brick", "brick"), ("ink", "tint")],
)
def test_buttons_and_marks_are_readable(tokens: dict[str, str], text: str, ground: str) -> None:
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [DAY, NIGHT], ids=["day", "night"])
def test_edges_of_controls_can_be_seen(tokens: dict[str, str]) -> None:
    assert contrast(tokens["edge"], tokens["paper"]) >= 3


def test_the_desk_knows_no_programme() -> None:
    named = {n for p in programmes() for n in _names(p)}
    said = {(path.name, text) for path in DESK.rglob("*.py") for text in _strings(path)}
    assert {(file, text) for file, text in said if text in named} == set()


def _names(name: str) -> set[str]:
    """Names that only a definition has: long ones, so that everyday words are not taken for them."""
    p = programme(name)
    every = {
        name,
        *p.steps,
        *p.facts,
        *p.stages,
        *p.clocks,
        *p.letters,
        *p.notices,
        *p.settings,
        *p.doors,
        *p.bodies,
    }
    language = {*MILESTONES}  # the same in every programme
    return {n for n in every if "_" in n or "-" in n} - language


def _strings(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
