"""Faults planted in a court: phases, schedules, responses; what is found, and in which code."""

from pathlib import Path

import pytest

from amparo.errors import DefinitionFault
from amparo.pathways.check import check
from amparo.pathways.reader import read_text
from amparo.pathways.reference import json_schema, keys

COURT = (Path(__file__).parents[2] / "cases" / "court.yaml").read_text(encoding="utf-8")

FAULTS = [
    # ---- F1 phases
    ("F1", "sitting_every: 14 days", "sitting_every: 7 days", "phase 'three' may lower 'tests'", "id: three"),
    (
        "F1",
        "sitting_every: 14 days, requires",
        "sitting_every: 14 days, schedules: {tests: 0}, requires",
        "phase 'two' may lower 'tests'",
        "id: two",
    ),
    ("F1", ", phases: lanterns}", "}", "does not say that 'lanterns' lie in it", "  lanterns:"),
    ("F1", "in_stage: inside", "in_stage: done", "where a case has ended", "  lanterns:"),
    (
        "F1",
        "phase == phases && phase_met && days",
        "phase == phases && days",
        "the last phase, requires",
        "  lanterns:",
    ),
    (
        "F1",
        "back: {by: judge, needs: {heard: yes, reasons: yes}, makes: plan}",
        "back: {by: judge, needs: {heard: yes}, makes: plan}",
        "without reasons, or the person unheard",
        "  go_back:",
    ),
    ("F1", ", makes: plan}", "}", "makes no plan of what helps", "  go_back:"),
    (
        "F1",
        "    back: {by: judge,",
        "    back: {by: keeper,",
        "taken by judge, who may not go back",
        "  go_back:",
    ),
    (
        "F1",
        "to: out, title: {en: Leave},",
        "to: out, effect: phase_hold, title: {en: Leave},",
        "changes the phase outside 'inside'",
        "  leave:",
    ),
    # ---- F1 schedules
    ("F1", "disputes: [dispute], ", "", "nobody can dispute a test", "  tests: {title"),
    (
        "F1",
        "excuses: [excuse],",
        "classes: [collect], excuses: [excuse],",
        "who collects is not who classes",
        "  tests: {t",
    ),
    (
        "F1",
        "excuses: [excuse],",
        "classes: [excuse], excuses: [excuse],",
        "asks no class of one",
        "  tests: {title",
    ),
    (
        "F1",
        "asks: [{fact: result, each_time: yes}]",
        "asks: [result]",
        "asks 'result' only once",
        "  tests: {title",
    ),
    (
        "F1",
        "asks: [{fact: given, each_time: yes}]",
        "asks: [given]",
        "asks 'given' only once",
        "  tests: {title",
    ),
    (
        "F1",
        "[{fact: given, each_time: yes}]",
        "[{fact: home, each_time: yes}]",
        "no step collects",
        "  tests: {title",
    ),
    # ---- D4, O1 responses
    ("D4", "essay: {en: Essay}", "custody: {en: Custody}", "holds 'custody'", "  behaviours:"),
    ("D4", "never: [custody]", "never: [essay]", "holds 'essay'", "  behaviours:"),
    ("O1", "gift: {en: Gift}", "lift: {en: A lift}", "'lift' stands in two lists", "  behaviours:"),
    ("O1", "[{fact: answered, each_time: yes}, ", "[", "does not ask what it answers", "  behaviours:"),
    ("O1", "{fact: goal, each_time: yes}, ", "", "does not ask how far the goal is", "  behaviours:"),
    (
        "O1",
        "{fact: list, each_time: yes}, {fact: because, if: \"list == 'sanction'\", each_time: yes}",
        "{fact: because, each_time: yes}",
        "does not ask from which list",
        "  behaviours:",
    ),
    (
        "O1",
        ", {fact: because, if: \"list == 'sanction'\", each_time: yes}]",
        "]",
        "does not ask its grounds",
        "  behaviours:",
    ),
    ("O1", "{fact: list, each_time: yes}", "list", "asks 'list' only once", "  behaviours:"),
    (
        "O1",
        "sanction: {type: one_of limits, default: none,",
        "sanction: {type: one_of praises, default: none,",
        "has no term 'sanction' of its own list",
        "  behaviours:",
    ),
    (
        "O1",
        "needs: {heard: yes, reasons: yes, notice: [promise]}",
        "needs: {heard: yes}",
        "can sanction somebody",
        "  behaviours:",
    ),
    (
        "O1",
        "needs: {heard: yes, reasons: yes, notice: [promise]}",
        "needs: {notice: [promise]}",
        "can sanction",
        "  behaviours:",
    ),
    # ---- others that phases and schedules bring
    (
        "N3",
        "{fact: home, may_be: [not_known], each_time: yes}]",
        "]",
        "which reads 'home', and no step asks it",
        "id: two",
    ),
    ("R1", 'holds: "home"', 'holds: "hom"', "'hom'", "id: two"),
    ("T1", "{id: one, title: {en: First light},", "{id: one,", "phase 'one' has no title", "id: one"),
    ("T1", "tests: {title: {en: Test},", "tests: {", "schedule 'tests' has no title", "  tests: {"),
    ("N2", "more: setting one_more, ", "", "setting 'one_more' is read by nothing", "  one_more:"),
]


def planted(old: str, new: str) -> str:
    assert COURT.count(old) == 1, old
    return COURT.replace(old, new)


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_court_itself_is_without_a_fault():
    assert [x for x in check(read_text(COURT, "court.yaml")) if not x.warn] == []


@pytest.mark.parametrize(("code", "old", "new", "said", "line"), FAULTS, ids=lambda x: str(x)[:24])
def test_a_planted_fault_is_found_where_it_stands(code: str, old: str, new: str, said: str, line: str):
    text = planted(old, new)
    found = [x for x in check(read_text(text, "court.yaml")) if x.code == code and said in x.what]
    assert found, [str(x) for x in check(read_text(text, "court.yaml"))]
    assert found[0].where.line == line_of(text, line)


READ = [
    ("setting days_a_week per week", "setting days_a_week per month", "Y3", "is no rate"),
    ("setting days_a_week per week", "few per week", "Y3", "is no whole number"),
    ("setting days_a_week per week", "setting one_more per week", "Y3", "setting 'one_more' is number"),
    ("notice: {urine: 8 h, ", "notice: {", "Y2", "there is no window for 'urine'"),
    ("notice: {urine: 8 h, ", "notice: {urine: 8 h, hair: 8 h, ", "N1", "'hair' is not a specimen"),
    ("more: setting one_more", "more: setting days_a_week", "Y3", "setting 'days_a_week' is count"),
    (
        "schedules: {tests: 1}",
        "schedules: {tests: setting fluid_window}",
        "Y3",
        "setting 'fluid_window' is duration",
    ),
    ("schedules: {tests: 1}", "schedules: {test: 1}", "N1", "'test' is not a schedule"),
    ("sitting_every: 7 days", "sitting_every: phase sitting_every", "Y3", "leans on the phase itself"),
    ("{id: two,", "{id: one,", "Y1", "phase 'one' stands twice"),
    ("phases: lanterns}", "phases: lantern}", "N1", "'lantern' is not phases"),
    ("step: respond\n", "step: answer\n", "N1", "'answer' is not a step"),
    ("{incentive: praises,", "{reward: praises,", "N1", "'reward' is not a list"),
    ("phase == phases", "phases == phase.two", "R1", "phase"),
    ("every: phase sitting_every", "every: phase at_least", "Y3", "is no length of a phase"),
]


@pytest.mark.parametrize(("old", "new", "code", "said"), READ, ids=lambda x: str(x)[:24])
def test_what_cannot_be_read_is_refused_with_its_remedy(old: str, new: str, code: str, said: str):
    text = planted(old, new)
    try:
        lines = [str(x) for x in check(read_text(text, "court.yaml"))]
    except DefinitionFault as fault:
        lines = str(fault).splitlines()
    assert any(f" {code} " in line and said in line for line in lines), lines


def test_testing_is_the_last_thing_to_be_reduced():
    """The number falls in the third phase: the sittings have to be spaced out in the second already."""
    plain = planted("setting days_a_week per week", "2 per week")

    def lowered(text: str) -> list[str]:
        return [x.what for x in check(read_text(text, "court.yaml")) if x.code == "F1"]

    assert lowered(plain) == []
    late = plain.replace("sitting_every: 14 days", "sitting_every: 7 days")
    assert lowered(late) == ["phase 'three' lowers 'tests' before the sittings were spaced out"]
    assert lowered(late.replace("schedules: {tests: 1}", "schedules: {tests: 2}")) == []


def test_a_definition_without_phases_reads_no_phase():
    tour = (Path(__file__).parents[1] / "tour.yaml").read_text(encoding="utf-8")
    text = tour.replace("times.dispute > 0", "phase > 0", 1)
    assert any(
        "a reading of phases, which there are none of" in x.what for x in check(read_text(text, "tour.yaml"))
    )
    text = tour.replace("within: 30 days", "every: phase sitting_every", 1)
    with pytest.raises(DefinitionFault, match="there are no phases"):
        read_text(text, "tour.yaml")


@pytest.mark.parametrize("word", ["ours_if", "sitting_every", "collects", "never_alone", "more"])
def test_every_key_is_in_the_schema_and_in_the_reference(word: str):
    assert f"`{word}`" in keys() and f'"{word}"' in str(json_schema()).replace("'", '"')
