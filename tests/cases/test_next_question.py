"""Which question next: the one that settles most, none twice over, none for nothing; seven in the ordinary case."""

from typing import Any

import pytest

from amparo.cases.eligibility import AtDoor, questions, verdicts
from amparo.cases.model import Nothing_, Site
from amparo.pathways import reader
from bench import doors as bench
from tests.cases.test_which_door import SITE, ask_all, gate, programme, text

LIMITED = text("ward", {"small": "length <= longest", "safe": "!armed"}).replace(
    "  seen_on:", "  length: {type: count, class: justice, from: [guard], title: {en: Length}}\n  seen_on:"
)
BORN = text("ward", {"of_age": "age >= 18"}).replace(
    "  seen_on:",
    "  born: {type: date, class: identity, from: [guard], title: {en: Born}}\n  age: {type: count, class: identity, "
    'from: [guard], or_from: "years_between(born, seen_on)", title: {en: Age}}\n  seen_on:',
)
LATER = text("ward", {"safe": "!armed", "weighed": "hurt"}, {"hurt": "boss"}).replace(
    "  person: {is: person", "  boss: {is: supervisor, title: {en: Boss}}\n  person: {is: person"
)


def asked_at(written: str, fact: str = "", site: Site = SITE, **truth: Any) -> list[str]:
    """What is asked at the gate of a programme; `fact` is one more that the gate writes down."""
    also = written.replace("asks: [seen_on,", f"asks: [seen_on, {fact},") if fact else written
    settings = "settings:\n  longest: {type: count, unset: yes, title: {en: Longest}, basis: site}\n"
    door = reader.read_text(also.replace("settings: {open_here", settings + "  open_here").replace(
        "open_here: {type: yes_no, value: yes, title: {en: Open here}, basis: site}}",
        "open_here: {type: yes_no, value: yes, title: {en: Open here}, basis: site}",
    ), "ward.yaml")  # fmt: skip
    return ask_all((AtDoor(door, site, "gate"),), truth)[0]


def test_what_shuts_most_doors_is_asked_before_what_stands_first_in_the_file() -> None:
    ward = programme("ward", {"a": "hurt || adult", "b": "armed"})
    yard = programme("yard", {"b": "armed"})
    assert ask_all((gate(ward), gate(yard)), {"armed": False})[0] == ["armed"]


def test_a_question_that_no_answer_makes_matter_is_not_asked() -> None:
    assert asked_at(LIMITED, "length", length=3, armed=False) == ["armed"]


def test_once_the_site_has_entered_its_limit_it_is_asked() -> None:
    site = SITE._replace(settings={"longest": 10})
    assert set(asked_at(LIMITED, "length", site, length=3, armed=False)) == {"armed", "length"}


def test_the_age_is_asked_and_not_the_day_of_birth_as_well() -> None:
    assert asked_at(BORN, "born, age", age=24) == ["age"]


def test_whoever_does_not_know_the_age_is_not_asked_for_the_day_of_birth_instead() -> None:
    assert asked_at(BORN, "born, age") == ["age"]


def test_the_day_of_birth_is_asked_where_the_age_is_not() -> None:
    order = asked_at(BORN, "born", born="2000-01-01", seen_on="2024-06-10")
    assert sorted(order) == ["born", "seen_on"]


def test_what_a_supervisor_weighs_later_is_not_asked_in_the_street() -> None:
    assert asked_at(LATER, armed=False) == ["armed"]


def test_two_facts_that_only_matter_together_are_both_asked() -> None:
    same = programme("ward", {"same": "(armed && hurt) || (!armed && !hurt)"})
    assert ask_all((gate(same),), {"armed": True, "hurt": True})[0] == ["hurt", "armed"]


def test_what_is_not_known_may_still_be_told_later_and_leaves_the_door_not_known() -> None:
    order, answers = ask_all((gate(programme("ward", {"safe": "!armed"})),), {})
    assert order == ["armed"] and answers == {"armed": Nothing_("not_known")}


# ------------------------------------------------------------------------------------------------ in the ordinary case
POSTS = tuple({(post.site, tuple(at.key for at in post.doors)): post for post in bench.posts()}.values())


@pytest.mark.parametrize("post", POSTS, ids=str)
def test_nobody_at_any_site_of_the_training_world_is_asked_more_than_seven(post: bench.Post) -> None:
    asked, first = questions(post.doors), int(post.counts_first)
    told = (*bench.of_examples(asked), {})
    assert max(first + bench.settled(post.doors, asked, one) for one in told) <= bench.MOST


def test_among_them_are_openings_through_a_door_that_is_open_and_all_that_can_be_known_is_known() -> None:
    """Said so that the seven above are no count of people whom every door turned away."""
    post = next(post for post in POSTS if post.site == "modelton" and len(post.doors) == 2)
    asked = questions(post.doors)
    now = {q.id: bench.law_day(q) for q in asked.values() if q.name == q.of[0].law_date}
    found = (verdicts(post.doors, {**now, **one}, bench.T) for one in bench.of_examples(asked))
    assert any(all(one.state == "open" for one in states) for states in found)
