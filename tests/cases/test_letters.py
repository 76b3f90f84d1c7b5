"""What letters print: hours to the minute, and the sentence that a law lets travel with what a consent lets out."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources

from amparo.cases import letters
from amparo.cases.model import Letter
from amparo.pathways.model import Needs
from tests.cases.play import at
from tests.cases.test_answers_of_services import SENTENCE, Play, quay, strict

PROGRAMMES = resources.files("amparo.programmes")


def words_of(programme: str, letter: str) -> str:
    return (PROGRAMMES / programme / "letters" / letter).read_text("utf-8")


def test_an_hour_in_a_letter_has_no_seconds():
    play = Play(start="2024-03-04 22:10").open({"found_at": at("2024-03-04 21:30:27")})
    assert letters._clock(play.site, play.case, "arrival", "en", play.t) == "6 March 2024, 09:30"


def _needing(play: Play, consent: str) -> tuple[Play, Letter]:
    """The case as it stands, its last step having needed this consent; and the letter that it gave."""
    p = play.pathway
    step = p.steps["take_on"]
    asked = replace(step, needs=replace(step.needs or Needs(), consents=(consent,)))
    play.pathway = replace(p, steps={**p.steps, "take_on": asked})
    seq = play.case.taken["take_on"][-1].seq
    return play, Letter("l1", "slip", "person", play.t, seq, None, "due", None, None, "", "", "")


def test_a_letter_whose_step_needs_such_a_consent_carries_the_laws_sentence():
    play, copy = _needing(strict(), "contact_shelter")
    assert letters.law(play.pathway, play.case, copy, "pt", play.t) == SENTENCE["pt"]


def test_a_letter_whose_step_needs_none_carries_nothing():
    play, copy = _needing(strict(), "contact_shelter")
    play.pathway = quay()
    assert letters.law(play.pathway, play.case, copy, "en", play.t) == ""


def test_the_warning_says_for_what_and_leaves_the_officer_their_own_words():
    warning = words_of("nz-warning", "warning_letter.en.typ")
    assert 'field("offence")' in warning and 'said("summary")' in warning and "Issued by" in warning
    assert "as you yourself told us" not in warning


def test_the_status_letter_names_the_person_in_its_head_alone():
    for language in ("en", "es"):
        assert "person.name" not in words_of("us-lead", f"status_letter.{language}.typ")
