"""A profile lays settings, closed doors and replaced elements over a programme, and may do nothing else."""

from pathlib import Path

import pytest

from amparo.cases import words
from amparo.cases.decide import decide
from amparo.cases.examples import run_programme
from amparo.cases.model import Do, Refusal, Request, Site, World
from amparo.cases.mutants import mutate
from amparo.cases.mutations_of_profiles import of_profile
from amparo.commands import definitions
from amparo.errors import DefinitionFault
from amparo.pathways import check, reader
from amparo.pathways.model import Pathway
from amparo.pathways.profiles import Overlay
from amparo.pathways.values import parse_instant

FOLDERS = (Path(__file__).parents[1] / "ledger" / "programmes",)
FOLDER = FOLDERS[0] / "beds"
BASE = (FOLDER / "pathway.yaml").read_text("utf-8")
TENTS = (FOLDER / "profiles" / "tents.yaml").read_text("utf-8")


def laid(over: str = TENTS, base: str = BASE) -> Pathway:
    return reader.read_text(
        base, "beds/pathway.yaml", over=Overlay(over, "beds/profiles/tents.yaml", "tents")
    )


def faults(over: str, base: str = BASE) -> str:
    with pytest.raises(DefinitionFault) as found:
        laid(over, base)
    return str(found.value)


# ------------------------------------------------------------------------------------------------ what it says
def test_a_profile_gives_settings_a_value_and_a_basis_and_leaves_the_rest():
    beds, was = laid().settings["beds"], reader.programme("beds", FOLDERS).settings["beds"]
    assert (beds.value, str(beds.basis[0])) == (3, "FIELD 1")
    assert (beds.title, beds.type, beds.site_may) == (was.title, was.type, was.site_may)


def test_a_profile_takes_a_value_away():
    many = laid().settings["many"]
    assert many.value is None and many.unverified == "not read"


def test_a_profile_closes_a_door():
    rule = laid().doors["night"].open_if
    assert rule is not None and rule.text == "false"
    t = parse_instant("2025-06-10 22:00", "Europe/Lisbon")
    request = Request(
        "steps",
        "kim",
        "keeper",
        (Do("sleep_over", {"seen_on": "2025-06-10"}),),
        door="night",
        world=World(("own",)),
    )
    answer = decide(laid(), Site("house", "Europe/Lisbon"), None, "case", request, t)
    assert isinstance(answer, Refusal) and (answer.code, answer.detail) == ("not_in_force", "closed")
    assert words.sentence(answer, "en", laid())[1] == "The programme does not use it here."


def test_a_profile_puts_another_criterion_in_the_place_of_one_that_lets_it():
    found = laid()
    assert found.criteria["may_sleep"].say == {"en": "Anybody may sleep here"}
    assert list(found.criteria) == ["may_sleep", "wants_to"]


def test_title_and_sources_of_the_profile_are_what_is_printed():
    found = laid()
    assert found.title == {"en": "Field of tents"} and list(found.sources) == ["FIELD"]


def test_what_rests_on_a_law_that_the_profile_does_not_name_is_the_sites_rule_there():
    assert [str(c) for c in laid().steps["give_bed"].basis] == ["site"]
    named = laid(TENTS.replace("sources: {", "sources: {ACT: {title: House Act, read: whole}, "))
    assert [str(c) for c in named.steps["give_bed"].basis] == ["ACT 2"]


def test_the_programme_itself_stays_as_it_is():
    base = reader.programme("beds", FOLDERS)
    assert (base.profile, base.settings["beds"].value, base.doors["night"].open_if) == ("", 2, None)


def test_a_profile_is_read_once():
    one = reader.programme("beds", FOLDERS, profile="tents")
    assert one.profile == "tents" and one is reader.programme("beds", FOLDERS, profile="tents")
    assert reader.profiles("beds", FOLDERS) == ("tents",) and reader.home(one, FOLDERS) is not None


def test_a_profile_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(DefinitionFault, match="'beds' has no profile 'huts' · known: tents"):
        reader.programme("beds", FOLDERS, profile="huts")


# ------------------------------------------------------------------------------------------------ planted faults
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("closes_doors: night", "steps: {leave: {by: keeper}}", ":10:1 Y2 a profile may not change 'steps'"),
        ("closes_doors: night", "stages: {gone: {closed: left}}", "Y2 a profile may not change 'stages'"),
        ("closes_doors: night", "facts: {}", "Y2 a profile may not change 'facts'"),
        ("closes_doors: night", "closes_doors: nights", ":10:15 N1 the programme has no 'nights' among its doors"),
        ("  beds: {value", "  bed: {value", ":8:3 N1 the programme has no 'bed' among its settings · did you mean"),
        ("value: 3, basis", "value: 3, site_may: no, basis", "Y2 a profile may not change the 'site_may' of a setting"),
        ("value: 3, basis", "value: 3, type: money, basis", "Y2 a profile may not change the 'type' of a setting"),
        ("beds: {value: 3, basis: FIELD 1}", "beds: 3", "Y3 a setting is a mapping here"),
        ("value: 3, basis", "value: three, basis", "beds/profiles/tents.yaml:8:17 Y3"),
        ("basis: FIELD 1", "basis: FELD 1", "B2"),
        ("criteria:\n  may_sleep", "criteria:\n  wants_to", "N1 a profile may not replace 'wants_to' of"),
        ("criteria:\n  may_sleep", "criteria:\n  may_rest", "N1 the programme has no 'may_rest' among its criteria"),
        ("criteria:\n  may_sleep", "letters:\n  slip", "N1 the programme has no 'slip' among its letters"),
        ("profile: tents", "profile: tent", ":2:10 N1 this profile calls itself 'tent' and its file is named 'tents'"),
        ("for: beds", "for: bed", ":3:6 N1 this profile is for 'bed' and lies with 'beds'"),
        ("title: {en: Field of tents}\n", "", "Y2 a profile lacks 'title'"),
        ("in_force: {from: 2025-01-01}\n", "", "Y2 a profile lacks 'in_force'"),
        ("value: 3, basis", "value: 3, value: 4, basis", "Y1 'value' stands twice"),
    ],
)  # fmt: skip
def test_whatever_else_it_says_is_refused_with_place_and_sentence(old: str, new: str, said: str):
    assert old in TENTS
    text = TENTS.replace(old, new, 1)
    if said == "B2":
        assert any(str(x).startswith("beds/profiles/tents.yaml:8:3 B2") for x in check.check(laid(text)))
    else:
        assert said in faults(text)


def test_a_setting_of_a_profile_lacks_its_basis():
    found = check.check(laid(TENTS.replace("value: 3, basis: FIELD 1", "value: 3")))
    assert any(x.code == "B1" and x.where.file == "beds/profiles/tents.yaml" for x in found)


def test_a_profile_without_form_is_refused():
    assert "this is no mapping of keys" in faults("just words")


def test_the_check_of_a_programme_looks_at_each_of_its_profiles(capsys):
    from argparse import Namespace

    assert definitions.check_programmes(Namespace(programme=[str(FOLDER)])) == 0
    said = capsys.readouterr().out.splitlines()[-2:]
    assert [line.partition(":")[0].rpartition("/")[2] for line in said] == ["beds", "beds with tents"]


# ------------------------------------------------------------------------------------------------ examples, changes
def test_examples_name_the_profile_under_which_they_are_played():
    report = run_programme("beds", folders=FOLDERS)
    assert (report.failed, report.lines) == (0, ()) and report.held >= 3


def test_an_example_of_an_unknown_profile_is_named(tmp_path):
    file = tmp_path / "examples.yaml"
    text = (FOLDER / "examples.yaml").read_text("utf-8")
    file.write_text(text.replace("profile: tents", "profile: huts", 1), "utf-8")
    with pytest.raises(DefinitionFault, match="there is no profile 'huts': tents"):
        run_programme("beds", file, folders=FOLDERS)


def test_each_thing_that_a_profile_says_is_taken_off_and_changed():
    base, over = (reader.programme("beds", FOLDERS, profile=name) for name in ("", "tents"))
    made = {(one.at, one.what) for one in of_profile(base, over)}
    for at in ("settings.beds", "settings.many", "doors.night", "criteria.may_sleep"):
        assert (at, "as without the profile") in made
    assert ("settings.beds.value", "one more") in made
    assert ("criteria.may_sleep.holds", "turned round") in made
    assert not any(at.endswith((".site_may", ".limits")) for at, _ in made)


def test_the_examples_of_a_profile_notice_its_changes():
    lines = "\n".join(mutate("beds", folders=FOLDERS, processes=1).lines)
    assert "profiles.tents.settings.beds" not in lines and "profiles.tents.doors.night" not in lines
    assert "profiles.tents.criteria.may_sleep" in lines  # no example asks for it: that is said
