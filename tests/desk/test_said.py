"""A sentence that names a setting is said with its value at this site, on a card and in a refusal."""

from __future__ import annotations

from typing import Any

from amparo.cases.words import refusal, sentence
from amparo.desk.said import said
from amparo.desk.typed import Drawing
from amparo.pathways import reader
from amparo.pathways.model import Length

TEXT = {"en": "Within {appeal_days}", "pt": "No prazo de {appeal_days}"}


def words(**entered: Any) -> str:
    p = reader.programme("pt-dissuasion")
    return said(Drawing(p, "Europe/Lisbon"), entered, TEXT)


def test_a_setting_in_a_sentence_is_said_with_its_value() -> None:
    assert words() == "Within 20 days"


def test_what_the_law_fixes_stays_what_the_law_says_whatever_a_site_enters() -> None:
    assert words(appeal_days=Length(2, "days")) == "Within 20 days"


def test_a_setting_that_is_not_entered_is_said_to_be_lacking() -> None:
    p = reader.programme("us-lead")
    found = said(Drawing(p, "America/Los_Angeles"), {}, {"en": "At most {amount_limit}"})
    assert found == "At most [not yet entered by the site]"


def test_braces_that_name_nothing_stay_as_they_are_written() -> None:
    p = reader.programme("us-lead")
    assert said(Drawing(p, "America/Los_Angeles"), {}, {"en": "{nothing} here"}) == "{nothing} here"


def involved(months: int | None) -> str:
    p = reader.programme("us-lead")
    params = {"criterion": "involved", "shown": {"history_months": months}}
    return " ".join(sentence(refusal(p, "not_allowed", "criterion", "refer_social", params=params), "en", p))


def test_a_refusal_says_the_number_that_holds_for_the_case() -> None:
    assert "in the last 24 months" in involved(24) and "{" not in involved(24)


def test_and_says_so_where_the_site_has_none() -> None:
    assert "in the last [not yet entered by the site] months" in involved(None)
