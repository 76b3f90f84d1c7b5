"""A correction goes to whom was told, each by name; what had not gone out goes out no more."""

import shutil
from pathlib import Path

import pytest

from amparo.cases import examples
from amparo.cases.model import Do
from amparo.errors import DefinitionFault
from amparo.pathways import reader
from amparo.pathways.check import check
from amparo.pathways.model import Pathway
from tests.cases.play import Play

FOLDER = Path(__file__).parents[1] / "ledger" / "programmes" / "notebook"
WHOM = "  whom: {type: text, class: process, from: [head], title: {en: Who is told, pt: Quem é informado}}\n"
TELL = (
    "  tell_on: {by: head, from: standing, asks: [{fact: whom, each_time: yes}], tells: [told_other],"
    ' title: {en: Tell somebody, pt: Informar}, basis: "RULE 5"}\n'
)
OTHER = (
    '  told_other: {to: school, party: whom, says: [person.name], ground: "RULE 5",'
    " title: {en: Somebody told, pt: Alguém informado}}\n"
)
CORRECTS = "correction:  {to: recipients, corrects: [entered, told_other],"

SENTENCES = """
examples: notebook
site: {zone: Europe/Lisbon, place: lisboa}
openings:
  lawn:
    {door: path, step: caution, by: warden, at: 2024-03-04 10:00, handed: [slip],
     facts: {seen_at: 2024-03-04 09:30, trodden: lawn, pupil: yes}}
histories:
  told: [{send: entered, by: head, at: +1 h}, {send: told_school, by: head, at: +1 min}]
cases:
  - example: Two who were told in one role have a copy each, and what is no matter of the correction has none
    opens: {use: lawn}
    when:
      - {use: told}
      - {step: tell_on, by: head, at: +1 h, facts: {whom: Rose Club}}
      - {send: told_other, by: head, at: +1 min}
      - {step: tell_on, by: head, at: +1 h, facts: {whom: Lawn Club}}
      - {send: told_other, by: head, at: +1 min}
      - {step: set_aside, by: head, at: +1 day}
    then: {copies: {correction: [rolls, Rose Club, Lawn Club]}}
    then_again:
      - {send: correction, by: head, at: +1 h}
      - {receive: correction, to: Rose Club, by: head, at: +1 h}
    then_last: {awaited: {correction: 2}}
  - example: What has not gone out is cancelled, and nobody learns of it by a correction
    opens: {use: lawn}
    when:
      - {step: tell_on, by: head, at: +1 h, facts: {whom: Rose Club}}
      - {step: set_aside, by: head, at: +1 day}
      - {send: entered, by: head, at: +1 h, refused: {code: no_such}}
      - {send: told_other, by: head, at: +1 h, refused: {code: no_such}}
    then: {copies: {correction: [], entered: [], told_other: []}, told: [told_school]}
  - example: A step that is taken back lets it wait again
    opens: {use: lawn}
    when:
      - {step: set_aside, by: head, at: +1 day}
      - {annul: set_aside, by: head, at: +1 min}
      - {send: entered, by: head, at: +1 h}
    then: {stage: standing, copies: {entered: [rolls]}}
  - example: The same account in another role, and a second account of a role
    opens: {use: lawn, as: another}
    when: [{step: set_aside, by: head, as: warden, at: +1 day}]
    then: {reached_at: {record_cleared: [2024-03-05 10:00], completed: []}, never_flagged: [late], stage: set_aside}
"""


def notebook(folder: Path, *changes: tuple[str, str]) -> Pathway:
    """The notebook with somebody to tell beside the register, and further changes."""
    shutil.copytree(FOLDER, folder / "notebook")
    file = folder / "notebook" / "pathway.yaml"
    text = file.read_text()
    mine = (("\ndoors:\n", f"{WHOM}\ndoors:\n"), ("\nclocks:\n", f"{TELL}\nclocks:\n"))
    notices = (("\ncounts:\n", f"{OTHER}\ncounts:\n"), ("correction:  {to: recipients,", CORRECTS))
    for old, new in (*mine, *notices, *changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text)
    return reader.read_folder(folder / "notebook")


FAIR = (
    "  fair: {type: yes_no, class: process, from: [head], title: {en: It was fair, pt: Foi justo}}\n"
    "  seen: {type: yes_no, class: process, from: [head], title: {en: Somebody saw it, pt: Alguém viu}}\n"
)
CRITERIA = (
    'criteria:\n  fair: {holds: "fair", basis: "RULE 2", say: {en: It was fair, pt: Foi justo}}\n'
    '  seen: {holds: "seen", basis: "RULE 2", say: {en: Somebody saw it, pt: Alguém viu}}\n'
)


@pytest.mark.parametrize(("needed", "group"), [("[fair]", "open"), ("[fair, seen]", "not_yet")])
def test_a_criterion_that_waits_for_the_steps_own_question_leaves_it_open(
    tmp_path: Path, needed: str, group: str
) -> None:
    uphold = f"to: standing, asks: [fair], also: [seen], needs: {{reasons: yes, criteria: {needed}}}"
    changes = (
        ("\ndoors:\n", f"{FAIR}\n{CRITERIA}\ndoors:\n"),
        ("from: disputed, to: standing, needs: {reasons: yes}", f"from: disputed, {uphold}"),
    )
    pathway = notebook(tmp_path, *changes)
    play = Play(pathway)
    told = {"seen_at": play.t - 600, "trodden": "lawn", "pupil": True}
    play.steps(Do("caution", told), role="warden", door="path")
    play.steps(Do("dispute"), role="head")
    assert play.offers()["uphold"].group == group


class File(str):
    """Examples that were never written to a file."""

    name = "sentences.yaml"

    def read_bytes(self) -> bytes:
        return self.encode()


def test_each_who_was_told_is_told_better_and_nobody_else(tmp_path: Path) -> None:
    report = examples.run(notebook(tmp_path), File(SENTENCES))
    assert (report.held, report.lines) == (4, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[2024-03-05 10:00]", "[2024-03-05 10:01]", "record_cleared reached at"),
        ("completed: []", "completed: [2024-03-05 10:00]", "got never"),
        ("refused: {code: no_such}}\n    then", "refused: {code: no_such, never_asks: []}}\n    then", ""),
        ("by: head, as: warden", "by: head, as: gardener", "nobody plays 'gardener'"),
    ],
)
def test_a_form_that_does_not_hold_is_reported(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert SENTENCES.count(old) == 1
    try:
        lines = examples.run(notebook(tmp_path), File(SENTENCES.replace(old, new))).lines
    except DefinitionFault as fault:
        lines = (str(fault),)
    assert any(said in line for line in lines) if said else lines == ()


def test_what_is_corrected_goes_to_those_who_were_told(tmp_path: Path) -> None:
    with pytest.raises(DefinitionFault, match="Y2 this notice corrects others and is not for recipients"):
        notebook(tmp_path, (CORRECTS, "correction:  {to: rolls, corrects: [entered, told_other],"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("asks: [{fact: whom, each_time: yes}]", "asks: [whom]"),
        ("asks: [{fact: whom, each_time: yes}]", "also: [whom]"),
        ("party: whom", "party: trodden"),
    ],
)
def test_whom_a_notice_names_is_asked_each_time_in_words(tmp_path: Path, old: str, new: str) -> None:
    found = [x for x in check(notebook(tmp_path, (old, new))) if x.code == "N3"]
    assert any("notice 'told_other' is for whom" in x.what for x in found)
