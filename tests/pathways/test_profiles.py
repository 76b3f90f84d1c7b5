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
WITHOUT = "without: {roles: guest_of_door}\n"
TENTS = (FOLDER / "profiles" / "tents.yaml").read_text("utf-8").replace(WITHOUT, "")


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
    assert words.sentence(answer, "en", laid())[1] == "It is not used here."


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


# ------------------------------------------------------------------------------------------------ words
WORDS = """words:
  roles: {worker: {title: {en: Tent keeper}}}
  stages: {asleep: {title: {en: Has a tent}}}
  facts: {fit: {title: {en: May stay here}}}
  steps: {give_bed: {title: {en: Give a tent}, basis: FIELD 2, unverified: {en: Nobody has asked}}}
  retention: [{basis: FIELD 4}]
"""


WORKER, GIVE = "{worker: {title: {en: Tent keeper}}}", "{title: {en: Give a tent}"


def test_a_profile_has_words_of_its_own_for_anything_that_the_programme_names():
    found, was = laid(TENTS + WORDS), laid()
    assert [found.roles["worker"].title, found.stages["asleep"].title] == [
        {"en": "Tent keeper"},
        {"en": "Has a tent"},
    ]
    step = found.steps["give_bed"]
    assert (step.title, str(step.basis[0]), step.unverified) == (
        {"en": "Give a tent"},
        "FIELD 2",
        {"en": "Nobody has asked"},
    )
    assert str(found.retention[0].basis[0]) == "FIELD 4" and found.roles["keeper"] == was.roles["keeper"]


def test_words_decide_nothing():
    found, was = laid(TENTS + WORDS), laid()
    assert (found.steps["give_bed"].by, found.steps["give_bed"].allowed) == (
        was.steps["give_bed"].by,
        was.steps["give_bed"].allowed,
    )
    assert found.roles["worker"].sees == was.roles["worker"].sees


def test_codes_of_a_list_have_words_of_the_profile():
    base = BASE.replace("facts:\n", "vocabularies: {why: {ill: {en: Ill}, cold: {en: Cold}}}\n\nfacts:\n", 1)
    found = laid(TENTS + "words: {vocabularies: {why: {ill: {en: Sick}}}}\n", base)
    assert found.vocabularies["why"] == {"ill": {"en": "Sick"}, "cold": {"en": "Cold"}}


def test_a_letter_for_which_a_profile_has_words_has_a_text_of_its_own():
    base = BASE + "letters: {slip: {to: person, fields: [site.name], title: {en: Slip}, basis: ACT 1}}\n"
    assert reader.letters_of(laid(base=base), "slip") == "letters"
    over = TENTS + "words: {letters: {slip: {title: {en: Slip of the field}}}}\n"
    assert reader.letters_of(laid(over, base), "slip") == "profiles/tents/letters"


def test_the_note_of_the_programme_for_reviewers_is_not_the_profiles():
    noted = BASE.replace("languages:", 'note: "of the house"\nlanguages:', 1)
    assert reader.read_text(noted, "beds").note == "of the house" and laid(base=noted).note == ""
    assert laid(TENTS + "note: of the field\n", noted).note == "of the field"


# ------------------------------------------------------------------------------------------------ left out
LESS = "without: {roles: guest_of_door, steps: [take_over]}\n"


def test_a_profile_leaves_out_what_the_programme_lets_it_and_no_list_names_it_any_more():
    found = laid(TENTS + LESS)
    assert "guest_of_door" not in found.roles and "take_over" not in found.steps
    assert (found.steps["knock"].by, found.facts["seen_on"].from_) == (("keeper",), ("keeper",))
    assert [str(x) for x in check.check(found) if not x.warn] == []


def test_a_code_that_is_left_out_is_no_answer():
    base = BASE.replace("facts:\n", "vocabularies: {why: {ill: {en: Ill}, cold: {en: Cold}}}\n\nfacts:\n", 1)
    base = base.replace("may_leave_out: {", "may_leave_out: {codes: why.cold, ")
    assert list(laid(TENTS + "without: {codes: why.cold}\n", base).vocabularies["why"]) == ["ill"]


def test_what_cannot_do_without_it_is_refused():
    base = BASE.replace("by: [guest_of_door, keeper], opens", "by: guest_of_door, opens")
    assert "N1 all that stands here is left out by the profile · leave this out too" in faults(
        TENTS + LESS, base
    )
    base = BASE.replace("may_leave_out: {", "may_leave_out: {facts: tired, ")
    assert "N1 all that stands here is left out" in faults(TENTS + "without: {facts: tired}\n", base)


# ------------------------------------------------------------------------------------------------ planted faults
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (WORKER, "{worker: {sees: {facts: none}}}", "Y2 a profile may not change 'roles.worker.sees.facts'"),
        (WORKER, "{worker: {is: officer}}", "Y2 a profile may not change 'roles.worker.is'"),
        (GIVE, "{allowed: fit, title: {en: x}", "Y2 a profile may not change 'steps.give_bed.allowed'"),
        (GIVE, "{needs: {place: doctor}", "Y2 a profile may not change 'steps.give_bed.needs.place'"),
        (GIVE, "{by: [keeper]", "Y2 a profile may not change 'steps.give_bed.by'"),
        (GIVE, "{recorded: yes", "N1 there is no 'recorded' in steps.give_bed of the programme"),
        ("give_bed:", "give_tent:", "N1 there is no 'give_tent' in steps of the programme · did you mean 'give_bed'?"),
        ("  facts:", "  rules: {a: b}\n  facts:", "Y2 a profile has no words for 'rules'"),
        ("[{basis: FIELD 4}]", "[{}, {}]", "Y3 retention has 1 rows, and here are 2"),
        ("  facts:", "  criteria: {may_sleep: {say: {en: x}}}\n  facts:", "N1 this profile puts another 'may_sleep'"),
    ],
)  # fmt: skip
def test_words_that_would_change_more_than_words_are_refused(old: str, new: str, said: str):
    assert old in WORDS
    assert said in faults(TENTS + WORDS.replace(old, new, 1))


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ("{roles: keeper}", "N1 a profile may not leave out 'keeper' of roles"),
        ("{steps: leave}", "N1 a profile may not leave out 'leave' of steps"),
        ("{codes: why.ill}", "N1 a profile may not leave out 'why.ill' of codes"),
        ("{criteria: may_sleep}", "Y2 a profile leaves no criteria out"),
        ("see_doctor", "Y3 what is left out is a mapping"),
    ],
)
def test_what_the_programme_does_not_let_it_leave_out_stays(without: str, said: str):
    assert said in faults(TENTS + f"without: {without}\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("closes_doors: night", "steps: {leave: {by: keeper}}", ":12:1 Y2 a profile may not change 'steps'"),
        ("closes_doors: night", "stages: {gone: {closed: left}}", "Y2 a profile may not change 'stages'"),
        ("closes_doors: night", "facts: {}", "Y2 a profile may not change 'facts'"),
        ("closes_doors: night", "closes_doors: nights", ":12:15 N1 the programme has no 'nights' among its doors"),
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
