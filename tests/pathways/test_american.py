"""A county of the United States reads its own English: in the definition, its profiles, letters and training world."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from amparo.pathways import reader

HERE = Path(reader.__file__).parents[1] / "programmes" / "us-lead"
BRITISH = re.compile(
    r"""programme|\bany\ more\b|jurist|\b(?:rings?|rang|whilst|towards|learnt|fortnight|sittings?|solicitor|enrol)\b
    |colour|favour|behaviour|neighbour|labour|offence|offending|defence|licence|centre\b|cheque|counsell|judgement|practise
    |(?:organ|recogn|author|priorit|apolog|minim|stabil|criminal|real|summar|hospital)is(?:e|ing|ation)|analyse|medicine""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words and spelling of Britain."""
READ = ("en", "note", "words", "reasons", "agreed", "name")
"""Keys under which a text stands that people read in English."""


def texts(part: Any, key: str = "", at: str = "") -> Iterator[tuple[str, str]]:
    """Every English text of a file, with the way to it. Ids and rules are read by no one."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from texts(value, name, f"{at}.{name}")
    elif isinstance(part, list):
        for n, value in enumerate(part):
            yield from texts(value, key, f"{at}.{n}")
    elif key in READ:
        yield at, part


def said() -> Iterator[tuple[str, str]]:
    definitions = (HERE / "pathway.yaml", *HERE.glob("profiles/*.yaml"), *HERE.glob("training*.yaml"))
    for file in definitions:
        yield from texts(yaml.load(file.read_bytes(), yaml.BaseLoader), at=file.name)
    for letter in HERE.glob("letters/*.en.typ"):
        yield letter.name, letter.read_text("utf-8")


def test_no_english_text_is_british():
    assert [f"{at}: {text}" for at, text in said() if BRITISH.search(text)] == []


def test_every_kind_of_text_is_read():
    walked = dict(said())
    for at in (
        *(
            "pathway.yaml.title.en",
            "pathway.yaml.steps.come_back.title.en",
            "pathway.yaml.sources.SFE.title.en",
        ),
        *("santa-fe.yaml.sources.SFE.title.en", "training.yaml.tour.0.en", "patient_notice.en.typ"),
    ):
        assert walked[at], at


@pytest.mark.parametrize(
    "word", ["the programme", "any more", "Organised", "an offence", "at the sitting", "ring"]
)
def test_the_list_finds_what_it_is_for(word: str):
    assert BRITISH.search(word)


def test_no_step_is_taken_for_the_way_back_of_a_page():
    assert not {s.title["en"] for s in reader.programme("us-lead").steps.values()} & {"Back", "Next", "Save"}


def test_what_is_known_of_taking_part_is_not_read_as_a_no():
    """Whoever says yes is not enrolled until the intake is done; the fact says so."""
    titles = {name: fact.title["en"] for name, fact in reader.programme("us-lead").facts.items()}
    assert titles["enrolled"] == "Enrolled after the intake"
