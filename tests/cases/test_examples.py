"""The examples of a programme: read with the definition, put to decide, compared with what they expect."""

import pytest

from amparo.cases import mutants, mutations
from amparo.cases.examples import examples_file, run_example, run_programme
from amparo.cases.script import read_script
from amparo.errors import DefinitionFault
from amparo.lens import examples_hook
from amparo.pathways import reader
from tests.cases.play import quay

HEAD = """\
examples: quay-talk
for_version: "1"
site: {zone: Europe/Lisbon, place: quay-one}
openings:
  night: {door: quay, step: find_person, by: warden, at: 2024-03-04 22:10, handed: [slip], facts: {found_at:
  2024-03-04 21:30, age: 24, hour: 2024-03-06 10:00}}
histories:
  taken_on:
    - {step: take_on, by: clerk, at: 2024-03-05 09:00, facts: {here: yes}}
    - {step: ask_register, by: helper, at: +1 h, facts: {entry: no}}
cases:
"""


def held(body: str) -> tuple[str, ...]:
    """What is wrong with the examples of this text."""
    script = read_script(HEAD + body, "quay.yaml", quay())
    return tuple(x for one in script.examples for x in run_example(quay(), script, one))


def one(when: str, then: str, opens: str = "{use: night}") -> str:
    return f"  - example: A night\n    opens: {opens}\n    when:\n{when}    then: {then}\n"


def test_an_example_that_holds_says_nothing():
    assert (
        held(
            one(
                "      - {use: taken_on}\n",
                "{stage: talking, clocks: {arrival: met, year: running}, told: [told_new], never_told: [told_old]}",
            )
        )
        == ()
    )


def test_each_expectation_is_compared():
    wrong = held(
        one(
            "      - {use: taken_on}\n",
            (
                "{stage: found, box: New, clocks: {arrival: late, year: {due: 2025-01-01 00:00}}, reached: [died], "
                "never_reached: [opened], told: [told_old], never_told: [told_new], letters: {slip: due}, "
                "obligations: {service: met}, flagged: [age], "
                "referrals: {housing: {state: sent}}, offered: [rest], derived: {entry: yes}, retention: {then: wiped}}"
            ),
        )
    )
    for word in (
        "stage",
        "box",
        "arrival",
        "year",
        "died",
        "opened",
        "told_old",
        "told_new",
        "slip",
        "service",
        "age",
        "housing",
        "offered",
        "entry",
        "retention",
    ):
        assert any(word in line for line in wrong), word


def test_an_unknown_expectation_is_a_fault():
    assert "nothing that can be expected" in held(one("      - {use: taken_on}\n", "{mood: good}"))[0]


def test_a_refusal_is_compared_part_by_part():
    line = "      - {{step: take_on, by: warden, at: +1 h, facts: {{here: yes}}, refused: {}}}\n"
    assert held(one(line.format("{code: not_you, basis: ACT 3, instead: clerk}"), "{stage: found}")) == ()
    assert "expected not_here" in held(one(line.format("{code: not_here}"), "{stage: found}"))[0]
    assert "expected basis ACT 99" in held(one(line.format("{basis: ACT 99}"), "{stage: found}"))[0]
    assert held(one(line.format("yes"), "{stage: found}")) == ()


def test_what_was_expected_to_be_refused_and_is_not_is_told():
    assert (
        "got allowed"
        in held(
            one(
                "      - {step: take_on, by: clerk, at: +1 h, facts: {here: yes}, refused: {code: not_you}}\n",
                "{stage: found}",
            )
        )[0]
    )


def test_times_may_be_counted_from_the_line_before():
    body = one(
        "      - {use: taken_on}\n      - {tick: yes, at: +1 month}\n",
        "{clocks: {answer: met, year: {due: 2025-03-04 23:59:59, warned: no}}}",
    )
    assert held(body) == ()


def judged(sitting: str, more: str = "") -> tuple[str, ...]:
    """A finding of the panel in this sitting."""
    line = f"{{step: judge, by: panel, at: 2024-03-06 10:00, sitting: {sitting}, facts: {{rests: no}}{more}}}"
    return held(one(f"      - {{use: taken_on}}\n      - {line}\n", "{stage: talking}"))


def test_a_body_sits_votes_and_may_be_outvoted():
    assert judged("{present: 3}") == ()
    assert judged("{present: 2, impeded: [ill], votes: {for: 1, against: 1, chair: for}}") == ()
    assert judged("{present: 3, votes: {for: 1, against: 2}}", ", refused: {code: no_majority}") == ()


def test_what_check_nine_asks_is_given_unless_the_line_says_without():
    assert judged("{present: 3}", ", without: [reasons], refused: {code: missing}") == ()


def test_a_file_that_cannot_be_read_says_where():
    with pytest.raises(DefinitionFault, match=r"quay.yaml:\d+:\d+ E1 there is no fact 'shoe'"):
        held(one("      - {step: take_on, by: clerk, at: +1 h, facts: {shoe: yes}}\n", "{stage: found}"))
    with pytest.raises(DefinitionFault, match="there is no history 'gone'"):
        held(one("      - {use: gone}\n", "{stage: found}"))
    with pytest.raises(DefinitionFault, match="there is no opening 'gone'"):
        held(one("      - {tick: yes, at: +1 h}\n", "{stage: found}", "{use: gone}"))


def test_seen_lines_ask_whoever_answers_for_the_lens():
    body = one("      - {use: taken_on}\n", "{seen: [{role: warden, sees: [case], hidden: [talking]}]}")
    script = read_script(HEAD + body, "quay.yaml", quay())
    wrong = run_example(quay(), script, script.examples[0], lambda *_: {"talking"})
    assert [line.partition(" E1 ")[2].partition(" ·")[0] for line in wrong] == [
        "expected warden to see case",
        "expected talking hidden from warden",
    ]


def test_the_examples_of_the_first_programme_all_hold():
    report = run_programme("pt-dissuasion", seen=examples_hook.seen)
    assert report.failed == 0, "\n".join(report.lines)
    assert report.held >= 80


# ------------------------------------------------------------------------------------------------ mutants
def test_every_change_has_a_path_a_place_and_differs_from_the_definition():
    made = list(mutations.mutants(quay()))
    assert len({(m.at, m.what) for m in made}) == len(made) > 150
    assert all(m.pathway != quay() and m.where.file == "quay.yaml" for m in made)


def test_changes_reach_every_kind_of_thing_that_the_law_says():
    touched = {
        m.at.split(".", 2)[-1].split(".")[0] if m.at.count(".") > 1 else m.at
        for m in mutations.mutants(quay())
    }
    wanted = {
        "allowed",
        "required",
        "needs",
        "terms",
        "apart_from",
        "times",
        "asks",
        "tells",
        "gives",
        "makes",
        "to",
        "starts",
        "stops",
        "meets",
        "within",
        "every",
        "only_if",
        "pauses_in",
        "near",
        "opens",
        "extended_by",
        "roll",
        "sees",
        "fewer",
        "votes",
        "hour",
    }
    assert wanted <= touched


def test_an_example_notices_a_guard_turned_round_and_misses_what_it_does_not_touch():
    body = one("      - {use: taken_on}\n", "{stage: talking}")
    script = read_script(HEAD + body, "quay.yaml", quay())
    made = {(m.at, m.what): m for m in mutations.mutants(quay())}
    turned, lost = made["steps.take_on.allowed", "turned round"], made["steps.rest.allowed", "turned round"]
    task = mutants.Task(quay(), script, (turned, lost), None)
    assert mutants._survivors(task, 1) == [1]


def test_marks_without_a_reason_are_refused(tmp_path):
    place = tmp_path / "quay-talk"
    place.mkdir()
    (place / "pathway.yaml").write_text("pathway: quay-talk\n", "utf-8")
    (place / "mutants.yaml").write_text("- {at: steps.rest.allowed, mutation: taken out}\n", "utf-8")
    with pytest.raises(DefinitionFault, match="has no reason"):
        mutants._marks(str(place), ())


def test_the_examples_file_of_a_programme_lies_beside_its_definition():
    assert (
        examples_file("pt-dissuasion").is_file() and reader.programme("pt-dissuasion").id == "pt-dissuasion"
    )
