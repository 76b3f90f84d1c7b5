"""Who may see what of a case: nothing that tells of health reaches a role that may not know it."""

from __future__ import annotations

import pytest

from amparo.cases.model import Consent, Refusal
from amparo.errors import NotPermitted
from amparo.lens import Subject, filtered, may, readers, sees_case
from amparo.lens.examples_hook import seen
from amparo.lens.readers import usual
from amparo.lens.sight import class_seen
from tests.lens import cast
from tests.lens.cast import SITE, Do, Request, in_treatment, reported, steps

P = cast.pathway()
OUTSIDE = ("police", "judicial", "service", "support_service", "beneficiary", "enforcement")
NOBODY = ("commission_elsewhere", "register", "therapist")
HEALTH = ("canary-notes", "canary-summary", "canary-band", "canary-need", "canary-refusal", "canary-yes")
TELLING = ("dependent", "treatment", "suspend", "prior_entry", "register_asked", "limitation", "hearing")


@pytest.mark.parametrize("role", OUTSIDE)
def test_no_outside_party_finds_a_canary_or_a_word_that_tells(role: str) -> None:
    drawn = repr(in_treatment().seen_by(role, "o1" if role == "police" else "someone")._replace(offers=()))
    told = () if role in ("service", "support_service") else TELLING  # a service knows that it treats
    assert [word for word in (*HEALTH, "canary-reasons", "canary-dissent", *told) if word in drawn] == []


@pytest.mark.parametrize("role", NOBODY)
def test_who_sees_no_case_is_told_nothing_not_even_that_there_is_one(role: str) -> None:
    with pytest.raises(NotPermitted, match="no such case"):
        in_treatment().seen_by(role)


def test_the_officer_sees_the_same_page_whatever_became_of_the_person() -> None:
    before, after = (s.seen_by("police", "o1") for s in (_received(), in_treatment()))
    assert before == after and before.offers


def test_members_read_the_summary_written_for_them_and_neither_notes_nor_scores_nor_refusals_of_help() -> (
    None
):
    drawn = repr(in_treatment().seen_by("member", "m2"))
    found = {word for word in HEALTH if word in drawn}
    assert found == {"canary-summary", "canary-yes"}
    assert in_treatment().seen_by("member", "m2").support == ()


def test_the_clerk_reads_what_the_law_lets_them_know_of_health_and_nothing_more() -> None:
    drawn = in_treatment().seen_by("clerk", "k1")
    assert {f.name for f in drawn.facts if f.class_ == "health"} == {
        "dependent",
        "accepts_treatment",
        "service_report",
    }
    assert drawn.hidden == ("social", "health")
    assert not {"canary-notes", "canary-band", "canary-refusal"} & {w for w in HEALTH if w in repr(drawn)}


def test_the_technical_team_reads_what_it_wrote() -> None:
    drawn = repr(in_treatment().seen_by("technician", "t1"))
    assert all(word in drawn for word in ("canary-notes", "canary-summary", "canary-band", "canary-refusal"))


def test_a_hidden_class_is_named_but_never_counted() -> None:
    assert in_treatment().seen_by("member", "m1").hidden == ("contact", "health")
    assert reported().seen_by("member", "m1").hidden == ("contact", "health")


def test_dissent_stands_in_the_minutes_for_who_may_read_them() -> None:
    decided = next(
        e for e in in_treatment().seen_by("member", "m1").timeline if e.name == "suspend_with_treatment"
    )
    assert dict(decided.dissent) == {"m3": "canary-dissent"} and dict(decided.votes)["m1"] == "for"


def test_a_refusal_shuts_the_leaves_that_a_role_may_not_know() -> None:
    answer = in_treatment().ask(steps("o1", "police", Do("accept", {"competent_here": True})))
    assert isinstance(answer, Refusal) and answer.code == "not_you"
    case = in_treatment().case
    assert case is not None
    shut = filtered(
        P, case, usual(P, "police"), answer._replace(code="not_allowed", asks=(("dependent", "commission"),))
    )
    assert shut.code == "not_here" and shut.asks == () and shut.because == ()


def test_a_text_says_before_it_is_typed_who_will_read_it() -> None:
    case = in_treatment().case
    assert case is not None
    will, will_not = readers(P, case, Subject("fact", "psychosocial_notes"))
    assert will == ("technician", "person") and {"member", "clerk", "police"} <= set(will_not)


def test_a_named_fact_taken_away_from_a_class_stays_hidden() -> None:
    case = in_treatment().case
    assert case is not None
    assert not may(P, case, usual(P, "member"), Subject("fact", "representative_agrees"))
    assert not may(P, case, usual(P, "member"), Subject("fact", "sex"))


def test_an_assigned_role_sees_no_case_that_is_not_theirs() -> None:
    case = in_treatment().case
    assert case is not None
    assert not sees_case(P, case, usual(P, "defender")._replace(relation=("site",)))
    assert sees_case(P, case, usual(P, "defender"))


def test_the_police_learn_only_that_the_record_was_received() -> None:
    story = in_treatment()
    assert story.case is not None
    names = seen(P, SITE, story.case, story.events, "police", story.now)
    assert names - set(cast.REPORT) == {"case", "opened", "report", "police_record", "summons"}


def test_who_may_see_nothing_is_given_no_names() -> None:
    story = in_treatment()
    assert story.case is not None
    assert seen(P, SITE, story.case, story.events, "register", story.now) == frozenset()


def _received() -> cast.Story:
    story = cast.Story()
    opening = steps("o1", "police", Do("report", cast.REPORT, handed=("summons",)), door="police_record")
    return story.do(opening, 0).do(steps("k1", "clerk", Do("receive_record")))


def test_an_example_can_ask_as_somebody_who_has_no_part_in_the_case() -> None:
    story = reported()
    assert story.case is not None
    asked = (P, SITE, story.case, story.events, "police", story.now)
    assert "report" in seen(*asked)
    assert seen(*asked, ("site",)) == frozenset()


def test_a_step_taken_too_early_tells_the_officer_nothing_of_what_happened_since() -> None:
    late = steps("o1", "police", Do("complete_record", {}))._replace(happened_at=cast.T + cast.HOUR)
    answer = in_treatment().ask(late)
    case = in_treatment().case
    assert isinstance(answer, Refusal) and case is not None
    shut = filtered(P, case, usual(P, "police"), answer)
    assert (shut.code, shut.because, shut.instead) == ("not_here", (), ())


def test_the_officer_is_told_which_of_their_own_questions_are_unanswered() -> None:
    story = cast.Story()
    answer = story.ask(steps("o1", "police", Do("report", {}), door="police_record"), 0)
    assert isinstance(answer, Refusal) and answer.code == "ask"
    case = reported().case
    assert case is not None
    shown = filtered(P, case, usual(P, "police"), answer)
    assert {name for name, _ in shown.asks} >= {"occurred_at", "substances", "own_use"}


def _service_sees(until: int | None, at: int) -> bool:
    case = in_treatment().case
    assert case is not None
    given = Consent("c1", "treatment_contact", "off-1", ("identity", "contact"), cast.T, until, None, "")
    held = case._replace(consents={"c1": given})
    viewer = usual(P, "service")._replace(office="off-1", at=at)
    return may(P, held, viewer, Subject("fact", "born")) and class_seen(P, held, viewer, "identity")


def test_a_consent_opens_what_it_is_about_to_the_office_it_names_while_it_lasts() -> None:
    assert _service_sees(None, cast.T) and _service_sees(cast.T + 5, cast.T + 5)
    assert not _service_sees(cast.T + 5, cast.T + 6)


@pytest.mark.parametrize(
    ("role", "reads"), [("clerk", True), ("technician", True), ("member", False), ("police", False)]
)
def test_that_a_phone_number_was_put_right_is_read_by_who_may_call(role: str, reads: bool) -> None:
    story = cast.grown()
    story.do(Request("change_channel", "k1", "clerk", args={"channel": "phone", "words": "New number."}))
    told = [e.name for e in story.seen_by(role, "x").timeline]
    assert ("change_channel" in told) is reads


def test_an_outside_party_never_reads_who_told_or_wrote_something() -> None:
    for role in ("service", "enforcement", "representative", "beneficiary"):
        drawn = in_treatment().seen_by(role, "someone")
        assert {(f.given_by, f.by) for f in drawn.facts} <= {("", "")}
        assert {e.who for e in drawn.timeline} <= {"office", "person", "clock"}
        assert [e for e in drawn.timeline if e.kind == "fact.told"] == []
