"""From events to the state of a case."""

import pytest

from amparo.cases.events import KINDS
from amparo.cases.fold import APPLY, fold
from amparo.errors import UnknownEvent
from tests.cases.play import Play, at, quay, resting, talking


def test_a_log_folded_whole_or_piece_by_piece_is_the_same_case():
    play = resting()
    half = fold(play.pathway, play.site, play.log[:9])
    assert fold(play.pathway, play.site, play.log[9:], half) == play.case


def test_what_nobody_has_told_is_not_known():
    assert Play().open().value("entry") is None


def test_the_latest_telling_counts_as_of_its_own_time():
    play = talking().ask("tell", fact="born", value="2000-01-01", given_by="person")
    play.later().ask("tell", fact="born", value="1999-01-01", given_by="person", as_of=at("2024-03-04 23:00"))
    assert play.value("born") == "2000-01-01"


def test_an_age_that_nobody_told_follows_from_the_birth():
    play = Play().open({"age": 24}).ask("tell", fact="born", value="2000-01-01", given_by="person")
    assert play.value("age") == 24
    other = Play()
    other.open({"born": "2000-01-01"}).ask("correct", role="warden", fact="age", nothing="not_known")
    assert other.value("age") == 24


def test_a_fact_that_does_not_apply_is_not_known_to_rules():
    play = talking().when("2024-03-06 10:00").sit().decides("judge", {"rests": False, "agrees": True})
    assert play.group("rest") == "not_allowed"


def test_settings_are_resolved_when_the_case_opens():
    assert talking().case.settings["longest"] == (6, "months")


def test_a_setting_entered_later_counts_from_the_next_step_on():
    play = talking()
    play.site = play.site._replace(settings={"empty_seat": True})
    play.when("2024-03-06 10:00").sit("ana", "bruno", vacant=1).later().decides("judge", {"rests": False})
    assert play.kinds()[-1] == "step.taken" and play.case.settings["empty_seat"] is True


def test_a_log_begins_with_an_opening():
    play = talking()
    with pytest.raises(UnknownEvent, match="a case begins with case.opened"):
        fold(play.pathway, play.site, play.log[1:])


def test_an_unknown_kind_of_event_is_never_folded_past():
    play = talking()
    strange = play.log[-1]._replace(seq=99, kind="tea.served")
    with pytest.raises(UnknownEvent, match="tea.served"):
        fold(play.pathway, play.site, (*play.log, strange))


def test_an_annulment_is_folded_from_the_whole_log():
    play = talking().step("new_hour", facts={"hour": at("2024-03-07 10:00")}).later()
    before = play.case
    play.ask("annul", step="new_hour", reason="wrong case")
    with pytest.raises(ValueError, match="whole log"):
        fold(play.pathway, play.site, play.log[-1:], before)


def test_every_kind_of_the_vocabulary_is_folded_and_no_other():
    assert set(APPLY) | {"case.opened"} == set(KINDS)


def test_every_kind_has_its_sentence_in_both_languages():
    assert all(kind.says["en"] and kind.says["pt"] for kind in KINDS.values())


def test_the_payload_of_every_event_holds_only_declared_keys():
    for play in (resting(), talking().ask("note_need", role="helper", kind="housing", words="a bed")):
        for event in play.log:
            assert set(event.data) <= set(KINDS[event.kind].holds) | {"step_seq"}, event


def test_a_decision_keeps_the_tellings_on_which_it_rests():
    play = resting()
    rests_on = play.case.taken["rest"][0].data["rests_on"]
    assert rests_on["entry"] == play.case.tellings["entry"][0].seq


def test_the_quay_is_read_without_a_fault():
    assert quay().id == "quay-talk"
