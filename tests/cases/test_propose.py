"""What no example notices is told apart by one that is proposed: it holds as the law stands and fails its change."""

from __future__ import annotations

import re

import pytest

from amparo.cases import propose
from amparo.cases.examples import examples_file, run_example
from amparo.cases.mutants import Report
from amparo.cases.mutations import Mutant, mutants
from amparo.cases.mutations_of_profiles import of_profile
from amparo.cases.script import read_script
from amparo.cases.variations import Draft, node
from amparo.commands import definitions
from amparo.lens import examples_hook
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from amparo.pathways.yaml_form import Map, plain, read
from tests.cases.play import quay
from tests.cases.test_examples import HEAD

FEW = (
    HEAD
    + """\
  - example: A night
    opens: {use: night}
    when:
      - {use: taken_on}
    then: {stage: talking}
"""
)
"""One example, that misses nearly everything the quay's programme says."""

QUAY = {(m.at, m.what): m for m in mutants(quay())}


def proposed(text: str, pathway: Pathway, mutant: Mutant, tries: int = 400) -> str:
    """The example that is proposed beside those of a text."""
    tree = read(text, "examples.yaml")
    assert isinstance(tree, Map)
    found = propose.search(tree, pathway, mutant, examples_hook.seen, tries)
    return propose.text_of(found, pathway, mutant) if found else ""


def wrong(head: str, case: str, pathway: Pathway) -> bool:
    """Does the example, put under `cases:` of a file as it is printed, fail?"""
    script = read_script(head + case + "\n", "examples.yaml", pathway)
    return bool(run_example(pathway, script, script.examples[0], examples_hook.seen))


PLANTED = [
    ("steps.take_on.allowed", "turned round"),
    ("steps.take_on.tells.told_new", "taken out"),
    ("steps.ask_register.asks.entry", "taken out"),
    ("clocks.year.within", "one longer"),
    ("facts.age.limits", "taken out"),
]


@pytest.mark.parametrize("planted", PLANTED)
def test_at_the_quay_a_change_that_one_example_misses_is_told_apart(planted):
    mutant = QUAY[planted]
    found = proposed(FEW, quay(), mutant)
    assert found, planted
    assert not wrong(HEAD, found, quay())
    assert wrong(HEAD, found, mutant.pathway)


def test_a_line_of_sight_opened_too_wide_is_told_by_what_a_role_must_not_see():
    wide = next(m for m in QUAY.values() if m.at.endswith("sees.steps") and m.what == "all")
    found = proposed(FEW, quay(), wide)
    assert "hidden: [" in found
    assert not wrong(HEAD, found, quay()) and wrong(HEAD, found, wide.pathway)


def dropped(name: str, word: str) -> tuple[str, str]:
    """The examples of a programme without those that speak of a word; and their head."""
    text = examples_file(name).read_text()
    head, _, cases = text.partition("\ncases:\n")
    kept = [c for c in re.split(r"\n(?= *- *\{?example:)", cases) if word not in c]
    return f"{head}\ncases:\n", "\n".join(kept)


DROPPED = [
    ("nz-warning", "review_letter", ("steps.uphold.gives", "without review_letter")),
    ("nz-warning", "health_contact", ("consents.health_contact.about", "without identity")),
    ("prosecution", "pleads", ("steps.plead.asks.plea", "taken out")),
]


@pytest.mark.parametrize(("name", "word", "change"), DROPPED)
def test_where_the_examples_of_a_rule_were_dropped_one_is_proposed_in_their_place(name, word, change):
    pathway = reader.programme(name)
    mutant = next(m for m in mutants(pathway) if (m.at, m.what) == change)
    head, cases = dropped(name, word)
    found = proposed(head + cases, pathway, mutant)
    assert found, change
    assert not wrong(head, found, pathway) and wrong(head, found, mutant.pathway)


def test_a_change_of_a_profile_is_told_apart_by_an_example_under_the_profile():
    base, laid = (reader.programme("nz-treatment-court", profile=p) for p in ("", "us-treatment-court"))
    mutant = next(m for m in of_profile(base, laid) if m.at == "settings.test_notice.value")
    found = propose.propose("nz-treatment-court", laid, mutant, examples_hook.seen, tries=300)
    assert "\n    profile: us-treatment-court\n" in found


def test_what_means_the_same_is_told_apart_by_nothing():
    same = QUAY["steps.take_on.allowed", "turned round"]._replace(pathway=quay())
    assert proposed(FEW, quay(), same, tries=40) == ""


def test_the_command_says_so_where_nothing_is_found(capsys, monkeypatch):
    monkeypatch.setattr(propose, "TRIES", 0)
    monkeypatch.setattr(propose, "propose", lambda *_: "")
    mutant = QUAY["steps.take_on.allowed", "turned round"]
    definitions.proposed("quay-talk", Report(1, 1, 0, (), ((quay(), mutant),)))
    assert (
        "steps.take_on.allowed: turned round · no example found that would notice it"
        in capsys.readouterr().out
    )


def test_what_is_printed_reads_as_what_was_meant():
    values = {
        "a": "plain words",
        "b": 'said: "so", #1',
        "c": ["2024-03-04 22:10", "-x"],
        "d": {"e": "12 g", "f": ""},
    }
    assert plain(read(f"x: {propose.flow(values)}", "x.yaml")) == {"x": values}


def test_a_draft_becomes_the_tree_of_a_file():
    draft = Draft({"settings": {"k": "v"}}, ({"step": "a"}, {"tick": "yes"}))
    assert plain(node(draft.written())) == {
        "settings": {"k": "v"},
        "opens": {"step": "a"},
        "when": [{"tick": "yes"}],
    }
