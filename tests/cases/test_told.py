"""Counts without a case, corrections to everybody who was told, receipts, late disputes, emergencies and demands."""

from pathlib import Path

import pytest

from amparo.cases import examples, receipts, recipients
from amparo.cases.script import read_script
from amparo.errors import DefinitionFault
from amparo.lens.examples_hook import seen
from amparo.pathways import reader

NOTEBOOK = reader.read_folder(Path(__file__).parents[1] / "ledger" / "programmes" / "notebook")
FILE = Path(__file__).with_name("notebook.examples.yaml")
SCRIPT = read_script(FILE.read_bytes(), FILE.name, NOTEBOOK)


@pytest.mark.parametrize("example", SCRIPT.examples, ids=lambda x: x.sentence)
def test_the_notebook(example):
    assert examples.run_example(NOTEBOOK, SCRIPT, example, seen) == ()


def spoilt(old: str, new: str) -> tuple[str, ...]:
    """The examples with one expectation turned round: what is wrong then."""
    text = FILE.read_text()
    assert text.count(old) == 1, old
    return examples.run(NOTEBOOK, Spoilt(text.replace(old, new))).lines


class Spoilt(str):
    """A file that was never written."""

    name = "spoilt.yaml"

    def read_bytes(self) -> bytes:
        return self.encode()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{no_thanks: {n: 1, reason: asleep}}", "{no_thanks: {n: 2, reason: asleep}}", "counted 2"),
        (
            "{counted: {settled: {n: 1, trodden: lawn}, no",
            "{counted: {settled: {trodden: roses}, no",
            "at least 1",
        ),
        (
            "copies: {correction: [rolls, school]}",
            "copies: {correction: [rolls]}",
            "copies of correction to rolls",
        ),
        ("then_last: {awaited: {correction: 1}", "then_last: {awaited: {correction: 2}", "awaited, got 1"),
        ("destroyed: no, awaited: 3", "destroyed: yes, awaited: 3", "destroyed"),
        ("then: {disclosed: {Hospital S: open}", "then: {disclosed: {Hospital S: reviewed}", "got open"),
        ("demands: {open: 1, refused: 0}", "demands: {open: 0}", "demands open"),
    ],
)
def test_an_expectation_that_does_not_hold_is_reported(old, new, said):
    assert any(said in line for line in spoilt(old, new)), spoilt(old, new)


def test_an_example_without_an_opening_only_counts():
    text = "examples: notebook\ncases:\n  - {example: x, when: [{step: settle, by: head, at: 2024-03-04 10:00}]}\n"
    with pytest.raises(DefinitionFault, match="unless it only counts"):
        read_script(text, "x.yaml", NOTEBOOK)
    assert recipients and receipts
