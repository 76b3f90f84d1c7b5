"""Which door? One question at a time, over several programmes, until every door is decided."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.cases.eligibility import AtDoor, Question, answered, questions, verdicts
from amparo.cases.model import Nothing_, Site
from amparo.cases.next_question import following
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from amparo.pathways.values import parse_instant

SITE = Site("town", "Europe/Lisbon")
T = parse_instant("2024-06-10 12:00", "Europe/Lisbon")
FACTS = ("adult", "lives_here", "first_time", "hurt", "armed", "owns_up")
GIVERS = ("guard", "person", "register")


def programme(
    name: str, criteria: Mapping[str, str], givers: Mapping[str, str] | None = None, more: str = ""
) -> Pathway:
    """A programme with one door, these criteria and yes-or-no facts; `owns_up` is never prompted for."""
    return reader.read_text(text(name, criteria, givers, more), f"{name}.yaml")


def text(
    name: str, criteria: Mapping[str, str], givers: Mapping[str, str] | None = None, more: str = ""
) -> str:
    given_by = givers or {}
    facts = "\n".join(
        f"  {f}: {{type: yes_no, class: justice, from: [{given_by.get(f, 'guard')}], title: {{en: {f}}}"
        f"{', prompt: never' if f == 'owns_up' else ''}}}"
        for f in FACTS
    )
    rules = "\n".join(f'  {c}: {{holds: "{r}", say: {{en: {c}}}, basis: ACT 1}}' for c, r in criteria.items())
    asks = ", ".join(f"{{fact: {f}, may_be: [not_known]}}" for f in FACTS)
    return f"""\
pathway: {name}
version: "1"
title: {{en: {name}}}
languages: {{en: checked}}
in_force: {{from: 2024-01-01}}
law_date: seen_on
sources: {{ACT: {{title: Act, read: whole}}}}
settings: {{open_here: {{type: yes_no, value: yes, title: {{en: Open here}}, basis: site}}}}
roles:
  guard: {{is: officer, title: {{en: Guard}}}}
  register: {{is: register, title: {{en: Register}}}}
  person: {{is: person, title: {{en: Person}}}}
facts:
  seen_on: {{type: date, class: justice, from: [guard], title: {{en: Seen}}}}
{facts}
criteria:
{rules}
doors:
  gate: {{title: {{en: Gate}}, opens_with: come_in, criteria: all{more}}}
stages:
  here: {{title: {{en: Here}}, owner: guard, watch: none, note: short}}
  gone: {{title: {{en: Gone}}, closed: completed}}
steps:
  come_in: {{by: guard, opens: here, title: {{en: Comes in}}, asks: [seen_on, {asks}], basis: ACT 1}}
  go: {{by: guard, from: here, to: gone, title: {{en: Goes}}, basis: ACT 1}}
retention: [{{after: [gone], named: 1 year, then: statistics, basis: ACT 1}}]
"""


def gate(pathway: Pathway) -> AtDoor:
    return AtDoor(pathway, SITE, "gate")


def ask_all(doors: tuple[AtDoor, ...], truth: Mapping[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """The questions that are asked until nothing more is to be asked, and the answers."""
    asked, answers, order = questions(doors), dict[str, Any](), list[str]()
    while (q := following(verdicts(doors, answers, T), asked, answers, T, order)) is not None:
        order.append(q.id)
        answers[q.id] = truth.get(q.id, Nothing_("not_known"))
    return order, answers


def states(doors: tuple[AtDoor, ...], answers: Mapping[str, Any]) -> list[str]:
    return [one.state for one in verdicts(doors, answers, T)]


WARD = programme("ward", {"of_age": "adult", "safe": "!armed"})
YARD = programme("yard", {"of_age": "adult", "near": "lives_here", "said_so": "owns_up"})


# ------------------------------------------------------------------------------------------------ what is asked
def test_one_fact_of_several_programmes_is_one_question() -> None:
    asked = questions((gate(WARD), gate(YARD)))
    assert [p.id for p in asked["adult"].of] == ["ward", "yard"]


def test_facts_of_one_name_and_two_types_are_two_questions() -> None:
    counted = text("yard", {"of_age": "hurt"}).replace("adult: {type: yes_no", "adult: {type: count")
    other = reader.read_text(counted, "yard.yaml")
    asked = questions((gate(WARD), gate(other)))
    assert {"adult", "yard.adult"} <= set(asked)
    assert answered(asked, other, {"adult": True, "yard.adult": 18}) == {"adult": 18}


def test_what_stands_in_most_undecided_criteria_is_asked_first() -> None:
    first = following(verdicts((gate(WARD), gate(YARD)), {}, T), questions((gate(WARD), gate(YARD))), {}, T)
    assert first is not None and first.id == "adult"


def test_of_two_that_settle_as_much_the_cheapest_to_learn_comes_first() -> None:
    one = programme("ward", {"a": "hurt", "b": "armed"}, {"hurt": "register", "armed": "person"})
    assert ask_all((gate(one),), {"hurt": True, "armed": True})[0] == ["armed", "hurt"]


def test_then_the_order_of_the_file() -> None:
    one = programme("ward", {"b": "armed", "a": "first_time"})
    assert ask_all((gate(one),), {"armed": True, "first_time": True})[0] == ["first_time", "armed"]


def test_a_door_that_is_not_open_asks_nothing_more() -> None:
    assert ask_all((gate(WARD),), {"adult": False})[0] == ["adult"]


def test_an_admission_is_never_asked_for_nor_named_as_what_is_lacking() -> None:
    order, answers = ask_all((gate(YARD),), {"adult": True, "lives_here": True})
    assert "owns_up" not in order and "owns_up" not in questions((gate(YARD),))
    (found,) = verdicts((gate(YARD),), answers, T)
    assert found.state == "not_known" and [v.asks for v in found.criteria if v.verdict is None] == [()]


def test_a_no_to_it_shuts_the_door_and_is_not_asked_again() -> None:
    order, answers = ask_all((gate(YARD),), {"adult": True, "lives_here": True})
    found = verdicts((gate(YARD),), {**answers, "owns_up": False}, T)
    assert "owns_up" not in order and following(found, questions((gate(YARD),)), answers, T, order) is None


def test_do_not_know_yet_is_an_answer_and_leaves_the_door_not_known() -> None:
    order, answers = ask_all((gate(WARD),), {"armed": False})
    assert order == ["adult", "armed"] and states((gate(WARD),), answers) == ["not_known"]


def test_a_door_that_the_site_keeps_shut_is_not_open_whoever_comes() -> None:
    shut = programme("ward", {"of_age": "adult"}, more=', open_if: "!open_here"')
    (found,) = verdicts((gate(shut),), {}, T)
    assert (found.state, found.shut.verdict) == ("not_open", False)
    assert following((found,), questions((gate(shut),)), {}, T) is None


# ------------------------------------------------------------------------------------------------ for all programmes
LEAF = st.sampled_from(FACTS).flatmap(lambda f: st.sampled_from((f, f"!{f}")))
RULES = st.recursive(
    LEAF,
    lambda inner: st.tuples(inner, st.sampled_from(("&&", "||")), inner).map(
        lambda x: f"({x[0]} {x[1]} {x[2]})"
    ),
)
PROGRAMMES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(("a", "b", "c")), RULES.map(str), min_size=1),
        st.dictionaries(st.sampled_from(FACTS), st.sampled_from(GIVERS)),
    ),
    min_size=1,
    max_size=3,
).map(lambda all_: tuple(gate(programme(f"p{n}", c, g)) for n, (c, g) in enumerate(all_)))
TRUTHS = st.fixed_dictionaries({f: st.sampled_from((True, False, Nothing_("not_known"))) for f in FACTS})


@settings(max_examples=60, deadline=None)
@given(PROGRAMMES, TRUTHS)
def test_asking_ends_with_the_verdicts_that_all_the_answers_give(
    doors: tuple[AtDoor, ...], truth: dict[str, Any]
) -> None:
    told = {f: v for f, v in truth.items() if f != "owns_up"}
    order, answers = ask_all(doors, told)
    assert len(order) == len(set(order)) <= len(questions(doors))
    assert states(doors, answers) == states(doors, told)


@settings(max_examples=60, deadline=None)
@given(PROGRAMMES, TRUTHS)
def test_what_is_decided_stays_decided_whatever_else_is_told(
    doors: tuple[AtDoor, ...], truth: dict[str, Any]
) -> None:
    asked, answers, before = questions(doors), dict[str, Any](), ["not_known"] * len(doors)
    for id_ in asked:
        answers[id_] = truth.get(id_, Nothing_("not_known"))
        now = states(doors, answers)
        assert all(old in ("not_known", new) for old, new in zip(before, now, strict=True))
        before = now


@settings(max_examples=60, deadline=None)
@given(PROGRAMMES, TRUTHS)
def test_each_question_stands_in_something_that_is_not_decided(
    doors: tuple[AtDoor, ...], truth: dict[str, Any]
) -> None:
    asked, answers, over = questions(doors), dict[str, Any](), list[str]()
    while True:
        found = verdicts(doors, answers, T)
        q: Question | None = following(found, asked, answers, T, over)
        if q is None:
            return
        open_ = [v for one in found if one.state == "not_known" for v in one.criteria if v.verdict is None]
        assert any(q.name in dict(v.asks) for v in open_) and q.fact.prompt == "ask"
        over.append(q.id)
        answers[q.id] = truth.get(q.id, Nothing_("not_known"))
