"""A ground that the file would show is there; one that no file shows is said in words."""

from __future__ import annotations

import pytest

from amparo.cases.model import Do, World
from amparo.cases.offers import offer
from amparo.errors import DefinitionFault
from amparo.pathways.check import check
from amparo.pathways.reader import read_text
from tests.cases.play import Play
from tests.cases.test_rounds import COURT, court, inside

NEVER, RESPOND, MISSED = "  never: [custody]\n", "  respond:\n", "missed_one: {en: Missed one}}\n  specimen"
WORK = "  work: {type: yes_no"

GROUNDS = (
    (NEVER, f'{NEVER}  grounds: {{missed_one: {{rests_on: "times.away > 0", basis: RULE 9}}}}\n'),
    (
        RESPOND,
        f"  away: {{by: keeper, from: inside, title: {{en: Was not there}}, basis: RULE 4}}\n{RESPOND}",
    ),
    (MISSED, MISSED.replace("}}", "}, untrue: {en: Said what was not so}}")),
)


TOLD = {"answered": "missed_one", "goal": "near", "list": "sanction"}
NEEDS = "needs: {heard: yes, reasons: yes, notice: [promise]}"


def before_the_judge() -> Play:
    play = inside(court(*GROUNDS)).later()
    return play.ask("deliver", "keeper", letter="promise", how="by_hand").later()


def sanction(play: Play, *grounds: str, reasons: str = "Because.") -> Play:
    told = {**TOLD, "because": {"codes": grounds, "open": False}}
    return play.step("respond", "judge", told, terms={"sanction": "essay"}, reasons=reasons)


def test_a_second_ground_that_the_file_does_not_show_carries_no_sanction():
    refused = sanction(before_the_judge(), "test_result", "missed_one").refused
    assert (refused.code, refused.detail, str(refused.basis[0])) == ("not_allowed", "unfounded", "RULE 9")
    assert [(x.name, x.value) for x in refused.because] == [("times.away", 0)]


def test_the_refusal_says_why_and_what_instead():
    play = before_the_judge()
    what, why, instead = sanction(play, "missed_one").lines()
    assert "Response" in what and "Missed one" in why and instead.startswith("Leave this ground out")


def test_once_it_is_on_file_it_carries_one():
    play = before_the_judge().step("away", "keeper").later()
    assert "step.taken" in sanction(play, "test_result", "missed_one").kinds()


def test_what_no_file_shows_is_said_in_words_of_reasons():
    assert sanction(before_the_judge(), "untrue", reasons=" ").refused.field == "reasons"
    assert "step.taken" in sanction(before_the_judge(), "untrue").kinds()


def test_praise_that_names_a_ground_rests_on_nothing():
    play = before_the_judge()
    told = {**TOLD, "list": "incentive", "because": {"codes": ["missed_one"], "open": False}}
    assert "step.taken" in play.step("respond", "judge", told, terms={"incentive": "praise"}).kinds()


def test_what_the_file_does_not_show_is_not_offered_either():
    play = before_the_judge()
    told = {**TOLD, "because": {"codes": ["missed_one"], "open": False}}
    found = offer(play.pathway, play.case, "judge", play.t, World(("site",)), Do("respond", told))
    assert found is not None and found.group == "not_allowed"


@pytest.mark.parametrize(
    ("code", "old", "new", "said"),
    [
        ("N1", "grounds: {missed_one:", "grounds: {no_such:", "is not a ground"),
        ("R1", "times.away > 0", "times.nowhere > 0", "nowhere"),
        ("N3", "times.away > 0", "away_today", "no step asks it"),
        ("O1", "asks: [work], allowed", "asks: [work, because], allowed", "without reasons"),
        ("O1", NEEDS, NEEDS.replace("reasons: yes, ", ""), "without reasons"),
    ],
)  # fmt: skip
def test_what_a_ground_rests_on_is_looked_at_before_anybody_is_held_to_it(
    code: str, old: str, new: str, said: str
):
    more = (
        WORK,
        f"  away_today: {{type: yes_no, class: process, from: [judge], title: {{en: Away}}}}\n{WORK}",
    )
    text = COURT
    for a, b in (*GROUNDS, more, (old, new)):
        assert a in text, a
        text = text.replace(a, b)
    try:
        found = check(read_text(text.encode(), "court.yaml"))
    except DefinitionFault as fault:
        found = fault.findings
    assert any(x.code == code and said in x.what for x in found), [(x.code, x.what) for x in found]
