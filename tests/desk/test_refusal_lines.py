"""A refusal says each thing once: the link stands in the sentence whose words it bears, else after it."""

import re
from collections.abc import Iterator

import pytest

from amparo.cases import examples, words
from amparo.cases.model import Refusal
from amparo.desk.context import RefusalLines
from amparo.pathways.model import Pathway

PROGRAMMES = ("nz-panel", "nz-treatment-court", "nz-warning", "prosecution", "pt-dissuasion", "us-lead")
BESIDE_ITSELF = re.compile(r"\b([^\W\d]{4,})[:.]\s+\1\b", re.IGNORECASE)
"""One word on both sides of a stop: `the help: help`."""
A_HOLE = re.compile(r"\{|\bNone\b|“”|\(\)|: ?\.|\b[a-z]+_[a-z_]+\b")
"""A field that nothing filled, or a name of the definition instead of its title."""


def ways(link: str, instead: str) -> tuple[str, str, str]:
    return RefusalLines("", "", instead, href="#there", link=link).way


def test_a_link_stands_where_its_own_words_do():
    assert ways("Open the sitting", "Open the sitting and say who is present.") == (
        "", "Open the sitting", " and say who is present.",
    )  # fmt: skip


def test_a_step_is_named_once():
    assert ways("Let rest", "What may be decided now: Let rest.") == (
        "What may be decided now: ",
        "Let rest",
        ".",
    )


def test_a_link_of_other_words_comes_after_the_sentence():
    assert ways("Go to that list", "Adjust the help instead.") == (
        "Adjust the help instead. ", "Go to that list", "",
    )  # fmt: skip


def test_without_a_page_the_sentence_stands_alone():
    assert RefusalLines("", "", "Wait for the receipt.").way == ("Wait for the receipt.", "", "")


# ------------------------------------------------------------------------------- every refusal of every programme
@pytest.fixture(scope="module")
def every() -> tuple[tuple[str, str], ...]:
    """Every refusal that the examples of the programmes lead to, in English: its name, and its three lines."""
    found: dict[tuple[str, str], None] = {}
    put = examples.put

    def watched(pathway: Pathway, *args: object) -> tuple[examples.State, Refusal | None]:
        state, refused = put(pathway, *args)  # type: ignore[arg-type]
        if refused is not None:
            lines = words.sentence(refused, "en", pathway)
            found[f"{pathway.id} {refused.code}.{refused.detail}", " ".join(lines)] = None
        return state, refused

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examples, "put", watched)
        for programme in PROGRAMMES:
            examples.run_programme(programme)
    return tuple(found)


def stuttering(every: tuple[tuple[str, str], ...]) -> Iterator[str]:
    return (f"{name}: {said}" for name, said in every if BESIDE_ITSELF.search(said) or A_HOLE.search(said))


def test_no_refusal_of_any_programme_stutters_or_has_a_hole(every: tuple[tuple[str, str], ...]):
    assert len(every) > 500
    assert [*stuttering(every)] == []


def test_names_that_hold_commas_are_told_apart():
    assert words.listing(("Sanction decided, can be appealed", "Fine to be paid")) == (
        "Sanction decided, can be appealed; Fine to be paid"
    )
    assert words.listing(("Person", "Lawyer")) == "Person, Lawyer"
