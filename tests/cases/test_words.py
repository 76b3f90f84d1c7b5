"""A refusal is three lines: what cannot be done, why, what can be done instead or who can."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from amparo.cases import read, words
from amparo.cases.events import KINDS
from amparo.cases.model import Reason
from amparo.cases.story import one_stop
from amparo.pathways import reader
from tests.cases.play import ZONE, Play, at, judged, money, months, owing, quay, resting, talking

CASES = Path(words.__file__).parent
CODES = words.vocabulary()["codes"]


def test_the_lines_name_rule_fact_and_date():
    what, why, instead = judged(True).later().decides("let_go").lines()
    assert what == "“Let go” is not allowed."
    assert why == "Needs rest: yes (Panel, 6 March 2024) (Quay Act of 2024, art. 7)."
    assert instead == "What may be decided now: Let rest."


def test_portuguese_is_as_complete_as_english():
    what, why, instead = judged(True).later().decides("let_go").lines("pt")
    assert what == "“Deixar ir” não é permitido."
    assert "Precisa de descanso: sim (Comissão, 6 de março de 2024)" in why and instead


def test_a_step_that_comes_too_early_says_from_when():
    _, why, instead = resting(3).when("2024-06-06 23:59:59").step("finish").lines()
    assert "“End of the rest” runs until 6 June 2024" in why
    assert instead == "It can be done from 7 June 2024."


def test_a_term_outside_the_law_shows_what_was_given_and_the_limit():
    play = (
        judged(True)
        .later()
        .decides(
            "rest", terms={"length": months(7)}, accepted={"agrees": ""}, items=({"kind": "attendance"},)
        )
    )
    assert (
        "“Length”: 7 months; at least 1 month, at most 6 months (Quay Act of 2024, art. 6)" in play.lines()[1]
    )


def test_what_is_to_be_asked_is_said_with_whom():
    play = owing_unknown()
    assert "“Highest sum” is to be entered by the site" in play.lines()[2]


def owing_unknown() -> Play:
    play = judged(False).later()
    return play.decides(
        "charge_sum",
        {"light": False},
        terms={"sum": money("EUR 6.00")},
        items=({"kind": "service", "due": "2024-04-06"},),
    )


def test_what_the_lens_has_shut_is_not_told():
    refused = judged(True).later().decides("let_go").refused
    shut = refused._replace(because=(Reason("", None, "hidden", None, "", ""),))
    assert "Needs rest" not in " ".join(words.sentence(shut, "en", judged(True).pathway, ZONE))


def test_nobody_is_told_a_word_in_a_language_that_is_lacking():
    for code, languages in CODES.items():
        assert set(languages) == {"en", "pt"}, code
        assert set(languages["en"]) == set(languages["pt"]), code


def used_codes() -> set[str]:
    """Codes and details as they are written in the checks and requests."""
    texts = [p.read_text("utf-8") for p in CASES.rglob("*.py")]
    pairs = [m for text in texts for m in re.findall(r'\bno\(\s*[aq],\s*"(\w+)"(?:,\s*"(\w+)")?', text)]
    return {f"{code}.{detail}" if detail else code for code, detail in pairs}


@pytest.mark.parametrize("code", sorted(used_codes()))
def test_every_refusal_has_its_three_lines(code):
    general = code.partition(".")[0]
    for language in ("en", "pt"):
        lines = {**CODES.get(general, {}).get(language, {}), **CODES.get(code, {}).get(language, {})}
        assert {"what", "why", "instead"} <= set(lines), (code, language)


def test_many_codes_are_found_in_the_checks():
    assert len(used_codes()) > 45


REFUSED = [
    lambda: Play().open({"age": 300}),
    lambda: Play().open({"age": 12}).step("take_on", facts={"here": True}),
    lambda: Play().open().step("take_on", "warden", {"here": True}),
    lambda: talking().step("arrived"),
    lambda: talking().decides("judge", {"rests": True}),
    lambda: owing_unknown(),
    lambda: talking().step("dance"),
    lambda: owing(10).later().ask("oblige", kind="service", do="progress", amount=11),
    lambda: talking().ask("annul", step="take_on", reason="x"),
    lambda: talking().ask("refer", role="helper", kind="housing", to="one"),
    lambda: talking().ask("record_death").later().step("new_hour", facts={"hour": 1}),
    lambda: talking().step("new_hour"),
    lambda: talking().ask("tell", fact="rests", value=True, given_by="panel"),
    lambda: judged(True).later().decides("rest", terms={"length": months(1)}),
    lambda: talking().step("did_not_come"),
]


@pytest.mark.parametrize("refused", REFUSED)
@pytest.mark.parametrize("language", ["en", "pt"])
def test_no_line_is_empty_or_holds_a_name_of_the_program(refused, language):
    lines = refused().lines(language)
    assert all(line.strip() and "{" not in line and "_" not in line for line in lines), lines


def test_each_entry_of_a_case_is_a_sentence_without_names_of_the_program():
    for play in (resting(), owing(10).later().ask("oblige", kind="service", do="progress", amount=8)):
        for event in play.log:
            for language in ("en", "pt"):
                said = read.sentence(play.pathway, play.site, event, language)
                assert said.strip() and "{" not in said and "_" not in said, (event.kind, said)


def test_a_sentence_shows_value_giver_and_terms():
    play = resting(3)
    said = [read.sentence(play.pathway, play.site, e, "en") for e in play.log]
    assert "Earlier entry: no (Register)." in said and "Let rest: Length 3 months." in said


def test_the_kinds_of_the_timeline_are_those_of_the_log():
    assert {e.kind for e in resting().log} <= set(KINDS)


def lines(play: Play, language: str = "en") -> tuple[str, str, str]:
    return play.lines(language)


def test_what_a_request_lacks_is_said_as_whoever_fills_it_in_would_call_it():
    refused = talking().ask("contact", do="tried")
    assert (
        lines(refused)[1] == "It is not said yet: how you tried to reach the person (phone, visit, letter)."
    )
    assert "como se tentou contactar" in lines(refused, "pt")[1]


def test_a_request_is_not_called_by_a_step_of_the_same_name():
    pathway = talking().pathway
    taken = next(iter(pathway.steps))
    named = words.refusal(pathway, "missing", "consent", taken, params={"request": taken})
    assert named.sentence["en"].startswith(f"“{words.named_step(pathway, taken, 'en')}”")
    pathway = replace(pathway, steps={**pathway.steps, "refer": pathway.steps[taken]})
    asked = words.refusal(pathway, "missing", "consent", "refer", params={"request": "refer"})
    assert asked.sentence["en"] == "“Refer to a service” cannot be written yet."
    assert words.named_step(pathway, "refer", "en") == words.named_step(pathway, taken, "en")


def test_no_request_is_called_by_a_word_of_the_program():
    for language in ("en", "pt"):
        for verb in words.vocabulary()["verbs"]:
            assert "_" not in words.named_step(talking().pathway, verb, language, True)


@pytest.mark.parametrize("seconds, said", [(0, "from 6 March 2024, 10:30"), (1, "after 6 March 2024, 10:30")])
def test_one_second_past_is_after_and_no_seconds_are_said(seconds: int, said: str):
    refused = words.refusal(
        quay(), "not_yet", "clock", "finish", instead=(("at", at("2024-03-06 10:30:00") + seconds),)
    )
    assert words.sentence(refused, "en", quay(), ZONE)[2] == f"It can be done {said}."


def test_what_is_done_once_is_not_counted():
    once, twice = (words.refusal(quay(), "not_here", "times", "finish", params={"times": n}) for n in (1, 2))
    assert "it is done once" in words.sentence(once, "en", quay(), ZONE)[1]
    assert "2 times" in words.sentence(twice, "en", quay(), ZONE)[1]


def test_a_sentence_ends_with_one_full_stop():
    assert one_stop("Reason: He said “I came.”. ") == "Reason: He said “I came.” "
    assert one_stop("First talk held..") == "First talk held."
    assert one_stop("He said so?.") == "He said so?"


def test_to_whom_a_letter_went_is_said_in_good_portuguese():
    play = talking()
    letter = next(iter(play.pathway.letters))
    for role, en, pt in (("person", "the person", "à pessoa"), ("register", "the register", "ao registo")):
        event = play.log[-1]._replace(
            kind="letter.delivered", data={"letter": letter, "to": role, "how": "by_hand", "proof": ""}
        )
        assert f"Letter reached {en}: " in read.sentence(play.pathway, play.site, event, "en")
        assert f"Documento entregue {pt}: " in read.sentence(play.pathway, play.site, event, "pt")


def test_what_holds_only_while_nobody_speaks_is_not_said_as_an_answer():
    pathway = reader.programme("pt-dissuasion")
    refused = words.refusal(
        pathway, "not_allowed", "", "exempt", because=(Reason("came_for_help", False, "", None, "", ""),)
    )
    assert words.sentence(refused, "en", pathway, ZONE)[1] == (
        "Known here only because the person asked a health service for help: no, as nobody has said otherwise."
    )
    assert words.sentence(refused, "pt", pathway, ZONE)[1].endswith("não, porque ninguém disse o contrário.")


# ------------------------------------------------------------------------------------------- what was agreed
def _counted(reading: str, n: int, language: str = "en") -> tuple[str, str, str]:
    pathway, because = quay(), (Reason(reading, n, "", None, "", reading),)
    refused = words.refusal(pathway, "not_allowed", "", "finish", because=because)
    return words.sentence(refused, language, pathway)


@pytest.mark.parametrize(
    ("reading", "n", "why", "instead"),
    [
        ("open.service", 1, "one is still open", "First finish what is open"),
        ("open.service", 3, "3 are still open", "waive it with a reason, or wait"),
        ("waiting.service", 1, "one waits on somebody else", "nothing the person has to answer for"),
        ("unmended.service", 2, "2 breaches have not been put right", "Put right first"),
        ("unmended.service", 0, "no breach is left to be put right", "only after a breach was found"),
    ],
)
def test_a_count_that_stands_in_the_way_is_a_sentence_with_a_way_out(reading, n, why, instead):
    _, said, ways = _counted(reading, n)
    assert said.startswith("Of “") and why in said and instead in ways


@pytest.mark.parametrize("family", ["open", "met", "breached", "unmended", "waiting", "awaited"])
def test_each_count_has_words_for_none_one_and_many_in_both_languages(family):
    said = {(x, _counted(f"{family}.service", n, x)[1]) for x in words.LANGUAGES for n in (0, 1, 2)}
    assert len(said) == 6 and not any(": 0" in y or ": 1" in y for _, y in said)


def test_where_no_case_is_open_yet_nobody_is_sent_to_its_steps():
    refused, pathway = resting(3).when("2024-06-06 23:59:59").step("finish").refused, quay()
    opening = next(name for name, step in pathway.steps.items() if step.opens)
    bare = words.refusal(pathway, "not_allowed", "", opening)
    left = words.sentence(bare, "en", pathway, ZONE)[2]
    assert "take another way in" in left and "on this case" not in left
    later = words.sentence(refused._replace(code="not_allowed", instead=()), "en", pathway, ZONE)[2]
    assert "on this case" in later
