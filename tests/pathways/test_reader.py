"""Definitions are read with every fault at once, each with its place, what is wrong and the remedy."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from amparo.errors import DefinitionFault
from amparo.pathways.model import EndOf, Length, Now, Pathway, SettingRef, TermRef
from amparo.pathways.reader import home, placed, programme, programmes, read_folder, read_text
from tests.pathways.tour import TOUR, line_of, planted

FAULTS = [
    ("Y1", 'holds: "admits"', "holds: admits", 'not quoted · write "admits"', "  admitted:"),
    ("Y1", 'holds: "admits"', 'holds: "admits &&\n    admits"', "write it as a | block", "  admitted:"),
    (
        "Y2",
        'required: "harm',
        'require: "harm',
        "'require' is not a key of a step · did you mean 'required'?",
        "    require:",
    ),
    ("Y2", "  convene:   {by: supervisor, ", "  convene:   {", "a step lacks 'by'", "  convene:"),
    (
        "Y2",
        "  drop:      {by: supervisor, from: proposed,",
        "  drop:      {by: supervisor,",
        "write either opens or from",
        "  drop:",
    ),
    ("Y2", "within: 10 min, ", "", "exactly one of within, every", "  approval:"),
    (
        "Y2",
        "type: duration, value: 28 days,",
        "type: duration, value: 28 days, unset: yes,",
        "exactly one of value, unset",
        "  dispute_window:",
    ),
    (
        "Y2",
        "    choice: outcome\n    title: {en: Refuse}\n",
        "    title: {en: Refuse}\n",
        "write choice",
        "  refuse:",
    ),
    (
        "Y2",
        "dropped:   {title: {en: No action}, closed: no_action}",
        "dropped:   {title: {en: No action}, owner: supervisor, final: yes}",
        "an open stage cannot be final",
        "  dropped:",
    ),
    (
        "Y3",
        "within: 10 min",
        "within: 10",
        "'10' has no unit · write 10 h, or 10 days for calendar days",
        "  approval:",
    ),
    (
        "Y3",
        "type: count,   class: identity",
        "type: counter,   class: identity",
        "did you mean 'count'?",
        "  age:",
    ),
    ("Y3", "{from: 2026-01-01}", "{from: 2026-13-01}", "no such day", "in_force"),
    (
        "Y3",
        "kind: legal, within: 30 days",
        "kind: lawful, within: 30 days",
        "is not one of legal, target",
        "  sitting:",
    ),
    ("Y3", "times: 1,", "times: once,", "no whole number", "  dispute:"),
    ("Y3", "final: yes", "final: true", "neither yes nor no · write yes or no", "  closed:"),
    (
        "Y3",
        "at_most: setting dispute_window",
        "at_most: 3 g",
        "is no unit of time · write one of s, min",
        "    terms:",
    ),
    ("Y3", "law_date: occurred_at", "law_date: age", "law_date 'age' is count", "pathway:"),
    (
        "Y3",
        "{kind: legal, within: 30 days,",
        "{kind: legal, within: 30 days, from: age,",
        "from which 'sitting' runs",
        "  sitting:",
    ),
    ("Y3", "title: {en: Convene}", "title: Convene", "a word stands where a text", "  convene:"),
    ("Y3", "gone: {days: 3}", "gone: {days: three}", "no count", "{gone: {days"),
    ("Y2", "gone: {days: 3}, ill: {days: unset}", "gone: {}", "this row lacks 'days'", "{gone: {}"),
    ("N1", "gone: {days: 3}", "gonne: {days: 3}", "did you mean 'gone'", "gonne"),
    (
        "N1",
        "starts: [enter panel]",
        "starts: [enter pannel]",
        "'pannel' is not a stage · did you mean 'panel'?",
        "  sitting:",
    ),
    (
        "N1",
        "starts: [approve, uphold]",
        "starts: [aprove, uphold]",
        "'aprove' is not a step · did you mean 'approve'?",
        "  window:",
    ),
    (
        "N1",
        "owner: supervisor}\n  panel:",
        "owner: superviser}\n  panel:",
        "'superviser' is not a role",
        "  proposed:",
    ),
    (
        "N1",
        "title: {en: Convene}",
        "title: {en: Convene, pt: Convocar}",
        "'pt' is not a language",
        "  convene:",
    ),
    ("N1", "late: [{opens: close}]", "late: [{opens: cloze}]", "'cloze' is not a step", "  window:"),
    (
        "N1",
        "within: setting dispute_window",
        "within: setting window",
        "'window' is not a setting",
        "  window:",
    ),
    (
        "N1",
        '  grown: "adult"',
        '  grown: "adult"\n  age: "true"',
        "stands under facts and under rules",
        '  age: "true"',
    ),
    (
        "N1",
        '  grown: "adult"',
        '  grown: "adult"\n  stage: "true"',
        "'stage' is a word of the language",
        "  stage:",
    ),
]

def refused(text: str) -> list[str]:
    with pytest.raises(DefinitionFault) as fault:
        read_text(text, "tour.yaml")
    return str(fault.value).splitlines()


@pytest.mark.parametrize(("code", "old", "new", "said", "line"), FAULTS, ids=lambda text: str(text)[:20])
def test_a_fault_is_refused_with_place_and_remedy(
    code: str, old: str, new: str, said: str, line: str
) -> None:
    text = planted(old, new)
    found = [fault for fault in refused(text) if said in fault]
    assert found, refused(text)
    assert found[0].startswith(f"tour.yaml:{line_of(text, line)}:") and f" {code} " in found[0]


def test_all_faults_are_told_at_once_in_the_order_of_the_text() -> None:
    text = (
        planted("times: 1,", "times: once,")
        .replace("final: yes", "final: true")
        .replace("read: whole", "read: all")
    )
    assert [fault.split()[1] for fault in refused(text)] == ["Y3", "Y3", "Y3"]
    assert [int(fault.split(":")[1]) for fault in refused(text)] == sorted(
        int(f.split(":")[1]) for f in refused(text)
    )


@pytest.fixture(scope="module")
def tour() -> Pathway:
    return read_text(TOUR, "tour.yaml")


def test_every_element_knows_where_it_stands(tour: Pathway) -> None:
    for element, where in elements(tour, "pathway"):
        assert element.where.file == "tour.yaml" and element.where.line > 0, where
    step = tour.steps["convene"].where
    assert TOUR.splitlines()[step.line - 1][step.column - 1 :].startswith("convene:")


def elements(part: Any, where: str) -> Any:
    if is_dataclass(part):
        if hasattr(part, "where"):
            yield part, where
        for each in fields(part):
            yield from elements(getattr(part, each.name), f"{where}.{each.name}")
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from elements(value, f"{where}.{name}")
    elif isinstance(part, tuple) and not hasattr(part, "_fields"):
        for value in part:
            yield from elements(value, where)


def test_maps_keep_the_order_of_the_file(tour: Pathway) -> None:
    assert list(tour.steps)[:4] == ["propose", "approve", "convene", "drop"]


def test_a_rule_knows_the_first_character_of_its_text(tour: Pathway) -> None:
    rule = tour.steps["uphold"].allowed
    assert rule is not None
    assert TOUR.splitlines()[rule.where.line - 1][rule.where.column - 1 :].startswith(rule.text)


def test_constants_are_held_by_the_type_beside_them(tour: Pathway) -> None:
    assert tour.settings["dispute_window"].value == Length(28, "days")
    assert tour.tables["limits"].versions[0].value == {"gone": {"days": 3}, "ill": {"days": None}}
    assert tour.clocks["approval"].within == Length(600, "s")
    assert tour.steps["refuse"].terms["longer"].at_most == SettingRef("dispute_window")


def test_one_name_may_stand_for_a_list(tour: Pathway) -> None:
    assert tour.steps["approve"].by == ("supervisor",)
    assert tour.steps["approve"].to[0].to == "standing"


def test_a_clock_without_while_runs_where_its_starts_lead(tour: Pathway) -> None:
    assert tour.clocks["approval"].while_ == ("proposed",)
    assert tour.clocks["window"].while_ == ("standing",)
    assert tour.clocks["chased"].while_ == ("proposed", "panel", "standing")


def test_a_row_that_stays_is_a_row_without_a_stage() -> None:
    stays = '[{if: "times.dispute > 0", to: set_aside}, {otherwise: stays}]'
    read = planted("to: set_aside, title", f"to: {stays}, title")
    assert [branch.to for branch in read_text(read, "tour.yaml").steps["set_aside"].to] == ["set_aside", ""]


def test_what_a_step_sets_is_typed_by_its_fact() -> None:
    text = planted("  convene:   {by:", "  convene:   {sets: {harm: no, occurred_at: now}, by:")
    assert read_text(text, "t").steps["convene"].sets == {"harm": False, "occurred_at": Now()}


def test_phrases_become_references() -> None:
    text = planted("within: 30 days", "within: term outcome.longer")
    text = text.replace(
        "starts: [approve, uphold], late", "starts: [approve, uphold], from: end of approval, late"
    )
    found = read_text(text, "t").clocks
    assert (found["sitting"].within, found["window"].from_) == (
        TermRef("outcome", "longer"),
        EndOf("approval"),
    )


def test_rows_end_in_otherwise() -> None:
    rows = 'to: [{if: "harm", to: panel}, {if: "admits", to: standing}]'
    assert any(
        "do not end in one `otherwise`" in f
        for f in refused(planted("to: panel, title: {en: Convene}", rows + ", title: {en: Convene}"))
    )


def test_dated_rules_keep_their_periods_and_gaps() -> None:
    dated = 'grown: [{from: 2020-01-01, until: 2020-12-31, is: none}, {from: 2021-01-01, is: "adult"}]'
    versions = read_text(planted('grown: "adult"', dated), "t").rules["grown"].versions
    assert [(each.period.from_.year, each.value and each.value.text) for each in versions] == [
        (2020, None),
        (2021, "adult"),
    ]


def test_places_are_read_and_simulate_for_form_only() -> None:
    places = "places: {beds: {number: 3, held_in: [standing], order: [waiting_since, due window]}}\n"
    found = read_text(planted("counts:\n", places + "simulate: {skips: [drop]}\ncounts:\n"), "t")
    assert (found.places["beds"].number, found.simulate and found.simulate.skips) == (3, ("drop",))


def test_a_folder_bears_the_id_of_its_pathway(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pathway.yaml").write_text(TOUR, encoding="utf-8")
    with pytest.raises(DefinitionFault, match="calls itself 'tour-caution'"):
        read_folder(tmp_path / "other")


def test_a_site_brings_programmes_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "tour-caution").mkdir()
    (tmp_path / "tour-caution" / "pathway.yaml").write_text(TOUR, encoding="utf-8")
    assert programmes((tmp_path,)) == tuple(sorted((*programmes(), "tour-caution")))
    assert programme("tour-caution", (tmp_path,)).version == "1"


def test_an_unknown_programme_is_refused_with_those_there_are() -> None:
    with pytest.raises(DefinitionFault, match="no programme 'pt-disuasion' · known: .*pt-dissuasion"):
        programme("pt-disuasion")


def test_a_programme_is_found_by_the_path_of_its_folder_too(tmp_path: Path) -> None:
    (tmp_path / "tour-caution").mkdir()
    (tmp_path / "tour-caution" / "pathway.yaml").write_text(TOUR, encoding="utf-8")
    assert read_folder(placed(str(tmp_path / "tour-caution"))).id == "tour-caution"


def test_a_case_keeps_the_version_under_which_it_began(tmp_path: Path) -> None:
    old = tmp_path / "tour-caution" / "versions" / "0.9"
    old.mkdir(parents=True)
    (tmp_path / "tour-caution" / "pathway.yaml").write_text(TOUR, encoding="utf-8")
    (old / "pathway.yaml").write_text(planted('version: "1"', 'version: "0.9"'), encoding="utf-8")
    versions = [programme("tour-caution", (tmp_path,), version).version for version in ("", "1", "0.9")]
    assert versions == ["1", "1", "0.9"]
    with pytest.raises(DefinitionFault, match="version 0.8 of 'tour-caution' is not here"):
        programme("tour-caution", (tmp_path,), "0.8")


def test_a_programme_is_read_once_however_it_is_asked_for() -> None:
    here = programme("pt-dissuasion")
    assert programme("pt-dissuasion", (), here.version) is here
    assert home(here) == placed("pt-dissuasion")
