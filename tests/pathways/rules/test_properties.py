"""What holds for every rule and every case: the guarantees of sections 6.2 to 6.4."""

import itertools
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.pathways.rules import parse
from amparo.pathways.rules.tree import Logic, Node
from tests.pathways.rules.drawn import cases, cases_that_learn, rules
from tests.pathways.rules.reference import Reader
from tests.pathways.rules.world import day, made

many = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@many
@given(rules(), cases(True))
def test_generated_code_agrees_with_the_slow_reader(text: str, case: dict[str, Any]) -> None:
    compiled = made(text)
    answer, mask = compiled.rule(case.get, day)
    seen = Reader(case).see(parse(text))
    assert answer is seen.answer
    assert {(site.start, site.end) for site in compiled.leaves_of(mask)} == seen.spans


@many
@given(rules(), cases_that_learn())
def test_what_is_known_stays_whatever_is_learnt(
    text: str, pair: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    compiled = made(text)
    before, after = (compiled.verdict(case.get, day) for case in pair)
    assert before is None or after is before


@many
@given(rules())
def test_nothing_known_never_becomes_yes_by_itself(text: str) -> None:
    """What is answered without any fact has the same answer whatever the facts are."""
    compiled = made(text)
    bare = compiled.verdict({}.get, day)
    assert bare is None or all(bare is compiled.verdict(case.get, day) for case in FULL)


@many
@given(rules(), cases(True))
def test_the_explanation_tells_the_same_as_the_mask(text: str, case: dict[str, Any]) -> None:
    compiled = made(text)
    value, mask = compiled.rule(case.get, day)
    answer = compiled.explain(case.get, day)
    assert answer.value is value
    assert {leaf.span for leaf in answer.leaves} == {
        (site.start, site.end) for site in compiled.leaves_of(mask)
    }


@many
@given(rules(), cases(True))
def test_the_parts_that_decided_are_enough(text: str, case: dict[str, Any]) -> None:
    compiled = made(text)
    answer = compiled.explain(case.get, day)
    kept = {name for leaf in answer.leaves for name in leaf.names}
    left = {name: value for name, value in case.items() if name in kept}
    assert answer.value is None or compiled.verdict(left.get, day) is answer.value


@many
@given(rules(), cases(True))
def test_what_is_not_known_is_asked_or_says_why(text: str, case: dict[str, Any]) -> None:
    compiled = made(text)
    answer = compiled.explain(case.get, day)
    lacking = [leaf for leaf in answer.leaves if leaf.why != "value"]
    assert answer.value is not None or lacking
    assert set(compiled.asks(case.get, day)) <= compiled.reads


@many
@given(rules(depth=2), cases(True), st.randoms(use_true_random=False))
def test_the_order_of_conditions_never_matters(text: str, case: dict[str, Any], chance: Any) -> None:
    turned = shuffled(text, parse(text), chance)
    assert made(text).verdict(case.get, day) is made(turned).verdict(case.get, day)


def shuffled(text: str, node: Node, chance: Any) -> str:
    """The rule with the sides of its outermost chain in another order."""
    if not isinstance(node, Logic):
        return text
    sides = [f"({text[side.start : side.end]})" for side in node.sides]
    chance.shuffle(sides)
    return f" {node.op} ".join(sides)


@many
@given(rules(depth=2), rules(depth=2), cases(True))
def test_a_named_rule_is_as_if_written_out(one: str, two: str, case: dict[str, Any]) -> None:
    named = made("first && !second || first", {"first": one, "second": f"first && {two}"})
    out = made(f"({one}) && !(({one}) && ({two})) || ({one})")
    assert named.verdict(case.get, day) is out.verdict(case.get, day)


@many
@given(rules(depth=2), cases(True))
def test_the_skeleton_answers_as_the_rule_does(text: str, case: dict[str, Any]) -> None:
    compiled = made(text)
    truths = [made(atom.key).verdict(case.get, day) for atom in compiled.atoms]
    assert compiled.verdict_of(truths) is compiled.verdict(case.get, day)


def full_cases() -> list[dict[str, Any]]:
    """Two cases without any gap."""
    found: list[dict[str, Any]] = []

    @settings(max_examples=2, deadline=None, database=None, derandomize=True)
    @given(cases(False))
    def gather(case: dict[str, Any]) -> None:
        found.append(case)

    gather()
    return list(itertools.islice(found, 2))


FULL = full_cases()
