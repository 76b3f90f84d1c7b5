"""A door where nobody need say who they are: the questions first, one line for the name, one press, and three lists."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from amparo.desk.drawing import control
from amparo.desk.typed import Drawing
from amparo.errors import DefinitionFault
from amparo.ledger.models import Summary
from amparo.pathways import reader
from amparo.pathways.model import Type
from amparo.people import country, store
from amparo.people.models import Person
from tests.desk.conftest import ZONE, moment
from tests.desk.test_which_door import guard

__all__ = ["guard"]
DOOR = "/new/gate/"
LANDING = Path(__file__).parent.parent / "ledger" / "programmes" / "landing" / "pathway.yaml"


def told(**more: str) -> dict[str, str]:
    seen = moment("fact.seen_at", datetime.now(ZONE) - timedelta(minutes=5))
    return {"key": "0123456789abcdef", **seen, "fact.age": "24", "fact.armed": "no", "then": "write", **more}


def test_the_questions_come_first_and_who_it_is_lies_behind_the_fold(guard: Client) -> None:
    page = guard.get(DOOR).content.decode()
    fold = page.index("More that may be told")
    assert page.index('name="fact.age"') < page.index('name="person.wanted"') < fold
    assert fold < page.index('name="person.name"')
    assert page.count('name="person.wanted"') == 1 and "Who it is about" not in page


def test_what_the_clock_knows_is_filled_in_behind_the_fold(guard: Client) -> None:
    page = guard.get(DOOR).content.decode()
    assert page.index("More that may be told") < page.index('name="fact.seen_at.year"')
    assert f'value="{datetime.now(ZONE).year}"' in page.split('name="fact.seen_at.year"')[1].split(">")[0]


def test_one_press_opens_the_case_and_keeps_what_they_are_called(guard: Client) -> None:
    done = guard.post(DOOR, told(**{"person.wanted": "Sam"}))
    assert done["Location"] == f"/case/{Summary.objects.get().case}/"
    assert store.fetch(Person.objects.get().pk).called == "Sam"


def test_who_says_nothing_of_themselves_is_let_in_all_the_same(guard: Client) -> None:
    guard.post(DOOR, told())
    assert Summary.objects.count() == 1 and not Person.objects.exists()


def test_what_is_missing_is_asked_and_nothing_is_written(guard: Client) -> None:
    assert guard.post(DOOR, told(**{"fact.armed": ""}))["Location"] == f"{DOOR}?asked=1"
    assert not Summary.objects.exists()


def test_a_door_where_the_person_is_asked_first_asks_nothing_of_who_they_are() -> None:
    text = LANDING.read_text()
    assert reader.read_text(text, "landing.yaml").doors["shop"].who == "none"
    with pytest.raises(DefinitionFault, match="Y2 a door that asks first writes down nobody by name"):
        reader.read_text(
            text.replace("opens_with: tell_us,", "opens_with: tell_us, who: called,"), "landing.yaml"
        )


def test_the_languages_of_the_programme_come_first_and_the_others_by_their_names() -> None:
    p = reader.programme("us-lead")
    codes = tuple(p.shared["vocabulary/languages"])
    spoken = Type("one_of", codes, "vocabulary/languages")
    drawn = control(Drawing(p, "America/Los_Angeles"), spoken, "person.speaks", "Speaks", {})
    words = [o.words for o in drawn.options]
    assert words[:2] == ["English", "Spanish"] and words[-2:] == ["Another language", "Sign language"]
    assert words[2:-2] == sorted(words[2:-2])
    assert {o.value for o in drawn.options} == set(country.spoken("America/Los_Angeles", codes))


def test_a_language_of_elsewhere_stands_on_the_form_of_who_speaks_it() -> None:
    p = reader.programme("us-lead")
    spoken = Type("one_of", tuple(p.shared["vocabulary/languages"]), "vocabulary/languages")
    d, asked = Drawing(p, "America/Chicago"), "person.speaks"
    assert "Māori" not in [o.words for o in control(d, spoken, asked, "Speaks", {}).options]
    there = [o for o in control(d, spoken, asked, "Speaks", {asked: ["mi"]}).options if o.checked]
    assert [o.words for o in there] == ["Māori"]
