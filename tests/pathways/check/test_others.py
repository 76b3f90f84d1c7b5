"""Other people in a case, people not asked yet, and consents: each check by its planted fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.pathways.check import check
from amparo.pathways.reader import read_text
from tests.pathways.tour import line_of

PROGRAMMES = Path(__file__).parents[2] / "ledger" / "programmes"
LANDING = (PROGRAMMES / "landing" / "pathway.yaml").read_text("utf-8")

FAULTS = [
    # code, old text, new text, what is said, the text on whose line it is found
    (
        "P1",
        "to: [hurt], title: {en: What comes next}",
        "to: [hurt, person], title: {en: What comes next}",
        "person gets letter 'what_comes' with 'hurt_choice'",
        "  what_comes:",
    ),
    (
        "P1",
        "letters: [invitation]}}",
        "letters: [invitation, what_comes]}}",
        "clerk sees letter 'what_comes' with 'hurt_choice'",
        "  what_comes:",
    ),
    (
        "P1",
        "fields: [hurt_choice, site.name]",
        "fields: [hurt_choice, housing, site.name]",
        "hurt gets letter 'what_comes' with 'housing'",
        "  what_comes:",
    ),
    (
        "P1",
        "steps: [report, ask_hurt, meet, settle, file_it, end]}}",
        "steps: all}}",
        "member sees step 'hurt_stops', which implies 'hurt_choice'",
        "  member:",
    ),
    (
        "P1",
        "says: [progress]",
        "says: [progress, hurt_words]",
        "notice 'how_it_goes' tells liaison 'hurt_words', which is about another person",
        "  how_it_goes:",
    ),
    (
        "P1",
        "about: [housing]",
        "about: [housing, hurt_words]",
        "consent 'service_may_know' opens 'hurt_words'",
        "  service_may_know:",
    ),
    (
        "P3",
        "says: [progress]",
        "says: [progress, housing]",
        "says 'housing', which its consent 'until_filed' does not cover",
        "  how_it_goes:",
    ),
    (
        "P3",
        "how_it_goes:  {to: liaison",
        "how_it_goes:  {to: service",
        "goes to service, whom its consent 'until_filed' does not name",
        "  how_it_goes:",
    ),
    (
        "P3",
        "doors: [gate]",
        "doors: none",
        "'liaison_may_know' is for cases of no door",
        "  liaison_may_know:",
    ),
    (
        "P3",
        "says_no:     {by: host,",
        "says_no:     {by: host, needs: {consents: [liaison_may_know]},",
        "no step can obtain consent 'liaison_may_know' for 'says_no'",
        "  says_no:",
    ),
    ("P3", "lasts: 30 days", "lasts: setting strict", "which is no length", "  liaison_may_know:"),
    (
        "P1",
        "to: [hurt], title: {en: What comes next}, fields: [hurt_choice,",
        "to: [hurt], title: {en: What comes next}, fields: [hurt_choice, person.address,",
        "letter 'what_comes' tells hurt 'person.address'",
        "  what_comes:",
    ),
    (
        "P1",
        "silent:      {of: {en: Told of and never asked}, keeps: [month]",
        "silent:      {of: {en: Told of and never asked}, keeps: [month, hurt_choice]",
        "count 'silent' keeps 'hurt_choice'",
        "  silent:",
    ),
    (
        "P1",
        "says: [contacted]",
        "says: [contacted, person.contact]",
        "notice 'meeting_date' tells hurt 'person.contact'",
        "  meeting_date:",
    ),
    (
        "P3",
        "social, hurt_choice, hurt_words, hurt_reach]",
        "social, hurt_choice, hurt_words]",
        "letter 'what_comes' goes to hurt, and no role can write down how to reach them",
        "  what_comes:",
    ),
    (
        "P5",
        "consents:\n",
        "clocks:\n  sought: {kind: target, within: 3 days, title: {en: Sought}, starts: [tell_us], "
        "stops: [says_yes, says_no], late: [{task: sergeant}], basis: house}\nconsents:\n",
        "a task of 'sought' goes to sergeant, an authority",
        "  sought:",
    ),
    (
        "P5",
        "counts: [silent, no_thanks], basis",
        "basis",
        "nothing is counted when an approach by 'shop'",
        "  shop:",
    ),
    (
        "P5",
        "to: left, title: {en: Says no}, counts: [no_thanks]",
        "to: left, title: {en: Says no}",
        "'says_no' ends an approach and counts nothing",
        "  says_no:",
    ),
    (
        "P5",
        "named: at once, then: wiped",
        "named: at once, then: statistics",
        "'says_no' ends an approach at 'left', which is not wiped",
        "  says_no:",
    ),
    (
        "P5",
        "named: at once, then: wiped",
        "named: 1 month, then: wiped",
        "which is not wiped at once",
        "  says_no:",
    ),
    (
        "P5",
        "asks_first: {stage: to_be_asked",
        "asks_first: {stage: open",
        "and 'tell_us' opens a case elsewhere",
        "  shop:",
    ),
    (
        "P5",
        "asks_first: {stage: to_be_asked",
        "asks_first: {stage: left",
        "where cases have ended",
        "  shop:",
    ),
    (
        "P5",
        "asks: [told_at, place], basis",
        "asks: [told_at, place], gives: [invitation], basis",
        "'tell_us' tells somebody of a person who has not been asked",
        "  tell_us:",
    ),
    (
        "P5",
        "to_be_asked: {title: {en: Not asked yet}, owner: host",
        "to_be_asked: {title: {en: Not asked yet}, owner: sergeant",
        "owned by sergeant, an authority",
        "  to_be_asked:",
    ),
]


def test_the_landing_itself_has_no_finding() -> None:
    assert check(read_text(LANDING, "landing.yaml")) == ()


@pytest.mark.parametrize(("code", "old", "new", "said", "line"), FAULTS, ids=lambda text: str(text)[:24])
def test_a_planted_fault_is_found_where_it_stands(
    code: str, old: str, new: str, said: str, line: str
) -> None:
    assert LANDING.count(old) == 1, f"{old!r} stands {LANDING.count(old)} times"
    text = LANDING.replace(old, new)
    found = check(read_text(text, "landing.yaml"))
    hits = [f for f in found if f.code == code and said in str(f)]
    assert hits, "\n".join(map(str, found)) or "nothing was found"
    assert line_of(text, line) in {hit.where.line for hit in hits}
