"""What the programme of three doors asks of the engine: what keeps a case, who has it and hears of it, where it is."""

from pathlib import Path

import pytest

from amparo.cases import places
from amparo.cases.examples import run
from amparo.lens.examples_hook import seen
from amparo.lens.sight import boxes_seen, fact_granted
from amparo.pathways import reader, shown
from amparo.pathways.model import Pathway, Type
from amparo.pathways.rulebook import Rulebook

LEAD = reader.programme("us-lead")
HEAD = """
examples: us-lead
site:
  zone: America/Los_Angeles
  place: modelton
  settings: {door_arrest: yes, amount_rule: no, listed_offences: [theft_low], kept_named: 1 year, kept_until: 3 years}
cases:
  - example: One
    opens:
      door: arrest_diversion
      step: hand_over
      by: officer
      at: 2024-03-04 22:10
      facts:
        referred_at: 2024-03-04 22:10
        area: x
        probable_cause: yes
        offence_class: theft_low
        threat_to_others: no
        attested: yes
        age: 34
        offer_answer: yes
    when:
      - {step: take_over, by: case_manager, at: +10 min}
"""


def wrong(tmp_path: Path, then: str, more: str = "", pathway: Pathway = LEAD) -> tuple[str, ...]:
    """What is wrong with an example of a person met by the case manager, of whom this must hold."""
    file = tmp_path / "examples.yaml"
    file.write_text(f"{HEAD}{more}    then: {then}\n", "utf-8")
    return run(pathway, file, seen).lines


NO = "      - {step: opt_out, by: case_manager, at: +10 min}\n"
YEARS = "      - {tick: yes, at: 2034-03-04 10:00}\n"
DECIDED = "      - {step: do_not_file, by: prosecutor, at: +1 h}\n"


# ------------------------------------------------------------------------------------------------ what keeps a case
def test_while_something_is_to_be_settled_neither_name_nor_file_goes(tmp_path):
    assert not wrong(tmp_path, "{retention: {destroyed: no}}", NO + YEARS)
    assert wrong(tmp_path, "{retention: {destroyed: yes}}", NO + YEARS)


def test_once_it_is_settled_the_time_that_has_passed_counts(tmp_path):
    assert not wrong(tmp_path, "{retention: {destroyed: yes}}", NO + YEARS + DECIDED)


def test_a_rule_that_keeps_is_checked_like_every_other():
    text = Path(str(reader.placed("us-lead") / "pathway.yaml")).read_text("utf-8")
    broken = text.replace('kept_while: "undecided || unreviewed"', 'kept_while: "undecidedd"')
    assert [x.code for x in Rulebook(reader.read_text(broken, "pathway.yaml")).findings] == ["R1"]


# ---------------------------------------------------------------------------------- who has it, hears of it
@pytest.mark.parametrize("then", ["{assigned: {case_manager: yes}}", "{assigned: {manager: no}}"])
def test_who_took_over_has_the_case(tmp_path, then):
    assert not wrong(tmp_path, then)


def test_an_expectation_of_somebody_who_has_it_can_fail(tmp_path):
    assert "case_manager assigned: no, got yes" in wrong(tmp_path, "{assigned: {case_manager: no}}")[0]


def test_at_a_table_with_somebody_who_may_not_know_the_name_is_not_said(tmp_path):
    both = "{present: [prosecutor, agency], named: %s}"
    assert not wrong(tmp_path, "{meeting: %s}" % (both % "no"))
    assert "not before agency" in wrong(tmp_path, "{meeting: %s}" % (both % "yes"))[0]


def test_at_a_table_where_all_may_know_it_is_said(tmp_path):
    assert not wrong(tmp_path, "{meeting: {present: prosecutor, named: yes}}")
    assert wrong(tmp_path, "{meeting: [{present: prosecutor, named: no}]}")


def test_who_told_us_of_somebody_is_kept_from_that_person_alone():
    assert not fact_granted(LEAD, "person", "who_told_us") and fact_granted(
        LEAD, "case_manager", "who_told_us"
    )
    assert fact_granted(LEAD, "person", "description")


# ------------------------------------------------------------------------------------------------ where it lies
def test_a_case_that_has_ended_lies_in_a_box_while_a_clock_runs_on_it(tmp_path):
    assert not wrong(tmp_path, '{box: "Ended, and a charge or a review stands"}', NO)


def test_and_in_none_once_nothing_runs(tmp_path):
    assert not wrong(
        tmp_path, "{box: -1}", NO + "      - {step: do_not_file, by: prosecutor, at: +60 days}\n"
    )


def test_boxes_are_for_who_reads_every_stage_of_a_site():
    assert [role for role in LEAD.roles if boxes_seen(LEAD, role)] == [
        "manager",
        "outreach",
        "privacy_officer",
    ]


def test_over_how_many_a_page_says_so_is_what_the_site_entered_or_the_definition(tmp_path):
    assert not wrong(tmp_path, "{over: {caseload: 20}}")
    assert wrong(tmp_path, "{over: {caseload: none}}")
    assert places.needed(LEAD, "caseload") == ("take_on",)


# ------------------------------------------------------------------------------------------------ in Spanish
@pytest.mark.parametrize(
    ("kind", "plain", "words"),
    [
        ("yes_no", True, "sí"),
        ("date", "2024-03-04", "4 de marzo de 2024"),
        ("duration", {"n": 5, "unit": "working_days"}, "5 días hábiles"),
        ("money", {"minor": 123456, "currency": "USD"}, "USD 1,234.56"),
        ("count", 1234, "1,234"),
    ],
)
def test_values_in_spanish(kind, plain, words):
    assert shown.show(Type(kind), plain, "es", {}, "America/Los_Angeles") == words


def test_every_shared_word_has_its_spanish():
    assert all("es" in title for codes in reader.shared_vocabularies().values() for title in codes.values())
