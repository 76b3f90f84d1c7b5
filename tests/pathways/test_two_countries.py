"""A court of New Zealand, and under its profile one of the United States: neither says a word or a law of the other."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib.resources import files
from typing import Any

import pytest

from amparo.pathways import reader
from amparo.pathways.model import Cite, Pathway

ID, PROFILE = "nz-treatment-court", "us-treatment-court"

OF_NEW_ZEALAND = re.compile(
    r"""wh[āa]nau|pou\ oranga|te\ whare|tikanga|kaupapa|m[āa]ori|\biwi\b|\bhui\b|aotearoa|new\ zealand|auckland|hamilton
    |waikato|district\ (court|judge)|\bpolice\b|sentencing\ act|victims'\ rights|section\ 2[45]|24A|duty\ lawyer
    |home\ detention|supervision|community\ work|reparation|restorative|remand|\blawyer
    |programme|offence|offending|behaviour|cent(?:re)\b|\benrol\b|defence|licence|organis|recognis|colour|favour
    |labour|counsell|judgement|cheque|practise|medicine""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words, laws, sentences and spelling of New Zealand."""

OF_AMERICA = re.compile(
    r"""offens|\bprograms?\b|behavior|attorney|defense|restitution|\bjail|docket|staffing|\bcounty|community\ service
    |felony|misdemeanor|\bCFR\b|§|all\ rise|colorado|district\ 7|national\ drug\ court|parole|\bcenter|enroll|license
    |color\b|medication|stabilization|habilitation|referring\ judge|criminal\ court|eight\ hours|four\ hours""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words, laws, sentences and spelling of the United States."""


def court(profile: str = "") -> Pathway:
    return reader.programme(ID, profile=profile)


def texts(part: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a definition that people read, with the way to it. Its ids and rules are read by no one."""
    if isinstance(part, Mapping) and set(part) and set(part) <= {"en", "pt", "es"}:
        yield from ((at, words) for words in part.values())
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from texts(value, f"{at}.{name}")
    elif is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name in ("note", "unverified") and isinstance(value, str):
                yield f"{at}.{field.name}", value
            elif field.name != "shared":
                yield from texts(value, f"{at}.{field.name}")
    elif isinstance(part, tuple) and not isinstance(part, Cite):
        for n, value in enumerate(part):
            yield from texts(value, f"{at}.{n}")


def letters(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """The text of every letter, as it is printed from."""
    for letter in pathway.letters:
        file = f"{reader.letters_of(pathway, letter)}/{letter}.en.typ"
        yield file, (files("amparo.programmes") / ID / file).read_text("utf-8")


def foreign(pathway: Pathway, words: re.Pattern[str]) -> list[str]:
    said = [*texts(pathway), *letters(pathway)]
    return [f"{at}: {text}" for at, text in said if words.search(text)]


def cites(part: Any) -> Iterator[Cite]:
    if isinstance(part, Cite):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from cites(value)
    elif is_dataclass(part):
        for field in fields(part):
            yield from cites(getattr(part, field.name))
    elif isinstance(part, tuple):
        for value in part:
            yield from cites(value)


def test_no_text_of_the_county_court_is_of_new_zealand():
    assert foreign(court(PROFILE), OF_NEW_ZEALAND) == []


def test_no_text_of_the_new_zealand_court_is_of_america():
    assert foreign(court(), OF_AMERICA) == []


def test_every_kind_of_text_is_walked():
    walked = dict(texts(court()))
    for at in (
        *(".roles.pou_oranga.title", ".facts.willing.say", ".criteria.willing.otherwise", ".boxes.7.title"),
        *(
            ".steps.respond.terms.incentive.title",
            ".vocabularies.exclusion.arson",
            ".clocks.judge_refers.title",
        ),
        *(".settings.longest_stay.title", ".phases.programme.list.0.requires.treatment.say", ".note"),
        *(".steps.enter.unverified", ".consents.help_contact.purpose", ".counts.not_referred.of"),
        *(".sources.SA.title", ".sources.SA.mark", ".obligations.remedial_plan.title", ".doors.court.title"),
    ):
        assert walked[at], at


def test_the_lists_of_words_find_what_they_are_for():
    """Most of what is said in the base would be found in the county, were it not said anew there."""
    found = " ".join(foreign(court(), OF_NEW_ZEALAND))
    for word in (
        "Pou Oranga",
        "District Court",
        "Police prosecutor",
        "Invite whānau",
        "Home detention",
        "offence",
    ):
        assert word in found
    assert "Defense attorney" in " ".join(foreign(court(PROFILE), OF_AMERICA))


@pytest.mark.parametrize("profile", ["", PROFILE])
def test_each_court_rests_on_its_own_laws_alone(profile: str):
    known = {*court(profile).sources, "house", "site"}
    assert {cite.source for cite in cites(court(profile))} <= known


def test_the_laws_of_one_are_not_those_of_the_other():
    """But for what is known of overdose, anywhere."""
    assert set(court().sources) & set(court(PROFILE).sources) == {"IN7"}


def test_a_county_has_no_part_that_only_new_zealand_has():
    county = court(PROFILE)
    assert not {"pou_oranga", "whanau"} & set(county.roles) and "adjourn_restorative" not in county.steps
    assert list(county.vocabularies["sentence_kind"]) == [
        "supervision",
        "community_work",
        "imprisonment",
        "other",
    ]


@pytest.mark.parametrize("profile", ["", PROFILE])
def test_nobody_is_sanctioned_or_leaves_for_what_they_are_praised_for(profile: str):
    known = court(profile)
    assert set(known.vocabularies["grounds"]) == {
        *("test_result", "missed_attendance", "dishonesty"),
        *("new_offence", "treatment_missed", "order_breached"),
    }
    asking = {n for n, step in known.steps.items() if any(ask.fact == "grounds" for ask in step.asks)}
    assert asking == {"respond", "propose_exit"} and known.facts["grounds"].type.vocabulary == "grounds"


@pytest.mark.parametrize("profile", ["", PROFILE])
def test_the_latest_day_in_court_and_the_appointment_have_names_of_their_own(profile: str):
    known = court(profile)
    assert known.clocks["appearance"].title["en"] != known.facts["next_at"].title["en"]
