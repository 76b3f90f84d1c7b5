"""A title inside a sentence keeps the capital of a name; a place in a law bears the mark that its source gives it."""

import pytest

from amparo.pathways.model import Source, Where
from amparo.pathways.reader import shared_vocabularies
from amparo.pathways.sentences import inside, places


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Court coordinator", "court coordinator"),
        ("District Court judge", "District Court judge"),
        ("Pou Oranga", "Pou Oranga"),
        ("The District Court judge decides", "the District Court judge decides"),
        ("From the District Court", "from the District Court"),
        ("Police prosecutor", "police prosecutor"),
        ("Ministério Público", "Ministério Público"),
        ("Comissão para a Dissuasão", "comissão para a Dissuasão"),
        ("GHB or GBL", "GHB or GBL"),
        ("Uses GHB", "uses GHB"),
        ("Class A", "class A"),
        ("A letter on how I am doing", "a letter on how I am doing"),
        ("I want to stop", "I want to stop"),
        ("It goes back", "it goes back"),
        ("Pre-meeting", "pre-meeting"),
        ("Órgão de recurso", "órgão de recurso"),
        ("a) Ban on a profession", "a) Ban on a profession"),
        ("", ""),
    ],
)
def test_a_title_in_the_middle_of_a_sentence(title: str, said: str):
    assert inside(title) == said


def test_an_english_name_of_a_language_keeps_its_capital():
    titles = shared_vocabularies()["vocabulary/languages"]
    lowered = [code for code, text in titles.items() if inside(text["en"])[:1].islower()]
    assert lowered == ["sign_language", "other"]


def law(**marks: str) -> Source:
    texts = {key: {"en": words} for key, words in marks.items()}
    return Source(where=Where("law", 1, 1), title={"en": "Act"}, read="whole", **texts)


def test_a_place_in_a_law_bears_the_mark_of_its_source():
    assert places(law(mark="art.", marks="arts."), ["11(1)"], "en") == "art. 11(1)"
    assert places(law(mark="art.", marks="arts."), ["11(1)", "13"], "en") == "arts. 11(1), 13"
    assert places(law(mark="s"), ["24A", "25"], "en") == "s 24A, 25"
    assert places(law(mark="§"), ["2.31"], "es") == "§ 2.31"


def test_a_source_without_a_mark_says_the_place_alone():
    assert places(law(), ["3"], "en") == "3"
