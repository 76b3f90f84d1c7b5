"""What an outside party is told of how far a case came has words of its own, whichever milestone it is."""

from amparo.desk.case import reached
from amparo.pathways.words import MILESTONES


def test_every_milestone_has_words_in_both_languages_of_the_desk() -> None:
    assert set(reached.WORDS) == set(MILESTONES)
    assert all({"en", "pt"} <= set(words) for words in reached.WORDS.values())
