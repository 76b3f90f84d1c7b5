"""The search for dead ends against the plain way: trying every case."""

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.pathways.check import search
from amparo.pathways.check.decisions import findings
from amparo.pathways.check.look import Look
from amparo.pathways.check.search import Space, verdict
from amparo.pathways.reader import read_text
from amparo.pathways.rules import YES_NO, Compiled, check, compile_rule
from amparo.pathways.rules.possible import cases, groups
from tests.pathways.tour import TOUR, planted

LOOK = Look(read_text(TOUR, "tour.yaml"), None, ())

leaves = st.sampled_from(
    ["harm", "admits", "fault", "age > 3", "age >= 5", "stage == 'panel'", "times.dispute == 0"]
)
rules = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map("!({})".format),
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda t: f"({' '.join(t)})"),
    ),
    max_leaves=5,
)


def compiled(text: str) -> Compiled:
    return compile_rule(check(text, LOOK.book.scope, YES_NO))


@settings(max_examples=60, deadline=None)
@given(st.lists(rules, min_size=1, max_size=4))
def test_the_search_finds_a_dead_end_exactly_where_trying_every_case_does(texts: list[str]) -> None:
    options = [compiled(text) for text in texts]
    silent = frozenset({"admits"})
    space = Space(LOOK, "panel", options, silent)

    def lawful(case: search.Case) -> bool:
        return any(verdict(option, case) is True for option in options)

    atoms = [atom for option in options for atom in option.atoms if atom.subject != "stage"]
    here = {"stage == 'panel'": True}
    ends = [case for case in cases(groups(atoms, silent)) if not lawful({**case, **here})]
    assert (space.find(lawful, lambda case: not lawful(case)) is not None) == bool(ends)


def test_a_choice_with_too_many_cases_says_so_and_draws_some(monkeypatch: object) -> None:
    monkeypatch.setattr(search, "MOST", 2)  # type: ignore[attr-defined]
    text = planted('allowed: "!harm || repaired"', 'allowed: "harm && repaired"')
    found = [str(finding) for finding in findings(Look(read_text(text, "tour.yaml"), None, ()))]
    assert any("too many cases" in line for line in found)
    assert any("D3 at 'panel' no step of 'outcome' is lawful" in line for line in found)


def test_a_person_who_will_not_say_is_never_left_without_a_lawful_step() -> None:
    silent = planted("asks: [adult, harm,", "asks: [adult, {fact: harm, may_be: [refused]},")
    found = [str(finding) for finding in findings(Look(read_text(silent, "tour.yaml"), None, ()))]
    assert any("D3" in line and "harm = not known" in line for line in found)


def test_what_a_step_outside_the_choice_settles_is_not_silent() -> None:
    text = planted(
        "asks: [occurred_at, {fact: age", "asks: [occurred_at, {fact: harm, may_be: [refused]}, {fact: age"
    )
    assert [str(f) for f in findings(Look(read_text(text, "tour.yaml"), None, ()))] == []
