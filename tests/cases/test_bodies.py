"""A body decides only in an open session, complete enough, and with its votes."""

from amparo.cases.model import World
from tests.cases.play import ALL_FOR, EVERYWHERE, SEATS, Play, talking

FOUND = {"rests": False}


def session(*present: str, **who: object) -> Play:
    return talking().when("2024-03-06 10:00").sit(*present, **who).later()  # type: ignore[arg-type]


def test_without_a_session_nothing_is_decided():
    assert talking().decides("judge", FOUND).refused.code == "no_sitting"


def test_preparing_needs_no_session():
    assert talking().step("new_hour", facts={"hour": 1_709_800_000}).kinds()[-1] == "letter.due"


def test_two_are_enough_only_when_the_third_is_impeded_with_a_reason():
    assert session("ana", "bruno").decides("judge", FOUND).refused.code == "no_quorum"
    assert (
        session("ana", "bruno", impeded={"clara": "ill"}).decides("judge", FOUND).kinds()[-1] == "step.taken"
    )


def test_a_reason_that_is_not_on_the_list_impedes_nobody():
    play = talking().sit("ana", "bruno", impeded={"clara": "holiday"})
    assert play.refused.code == "not_allowed" and play.case.sitting is None


def test_one_alone_decides_nothing():
    play = session("ana", impeded={"bruno": "ill", "clara": "related"})
    assert play.decides("judge", FOUND).refused.detail == "too_few"


def test_a_vacant_seat_waits_until_it_is_settled_whether_it_counts():
    play = session("ana", "bruno", vacant=1)
    assert play.decides("judge", FOUND).refused.asks == (("setting empty_seat", "site"),)
    play.site = play.site._replace(settings={"empty_seat": False})
    settled = (
        Play(site=play.site)
        .open()
        .when("2024-03-05 09:00")
        .step("take_on", facts={"here": True})
        .sit("ana", "bruno", vacant=1)
    )
    assert settled.later().decides("judge", FOUND).refused.detail == "vacancy"


def test_the_majority_carries():
    play = session().decides("judge", FOUND, votes={"ana": "for", "bruno": "for", "clara": "against"})
    assert play.case.taken["judge"][0].data["votes"]["clara"] == "against"
    assert (
        session().decides("judge", FOUND, votes=dict(ALL_FOR, bruno="against", clara="against")).refused.code
        == "no_majority"
    )


def test_each_member_present_votes_or_abstains():
    play = session().decides("judge", FOUND, votes={"ana": "for", "bruno": "for"})
    assert (play.refused.detail, play.refused.params["silent"]) == ("votes", 1)


def test_on_a_tie_of_two_the_chair_decides():
    two = {"impeded": {"clara": "ill"}}
    assert (
        session("ana", "bruno", **two)
        .decides("judge", FOUND, votes={"ana": "for", "bruno": "against"})
        .kinds()
    )
    against = session("ana", "bruno", **two).decides("judge", FOUND, votes={"ana": "against", "bruno": "for"})
    assert against.refused.detail == "tie"


def test_dissent_is_kept_in_its_own_words():
    play = session().decides(
        "judge", FOUND, votes=dict(ALL_FOR, clara="against"), dissent={"clara": "Too soon."}
    )
    assert play.case.taken["judge"][0].data["dissent"] == {"clara": "Too soon."}


def test_a_recused_member_sits_no_more_in_this_case():
    play = session().ask("sit", role="member", do="recuse", who="clara", code="related").later()
    assert play.sit().refused.detail == "recused"
    assert play.sit("ana", "bruno").later().decides("judge", FOUND).kinds()[-1] == "step.taken"


def test_a_member_who_left_neither_sits_nor_sends():
    left = World(EVERYWHERE, {k: v for k, v in SEATS.items() if k != "ana"})
    assert session().decides("judge", FOUND, world=left).refused.detail == "mandate"
    gone = World(EVERYWHERE, {k: v for k, v in SEATS.items() if k != "clara"})
    assert session().decides("judge", FOUND, world=gone).refused.code == "no_quorum"


def test_a_member_who_is_not_present_does_not_send():
    play = session("ana", "bruno", impeded={"clara": "ill"})
    assert play.decides("judge", FOUND, actor="clara").refused.detail == "not_present"


def test_a_quality_that_the_members_lack_is_flagged_and_blocks_nothing():
    world = World(EVERYWHERE, {"ana": ("president",), "bruno": (), "clara": ()})
    play = talking()
    play.put(
        play.request(
            "clerk", (), verb="sit", args={"do": "open", "present": tuple(SEATS), "chair": "ana"}, world=world
        )
    )
    play.later().decides("judge", FOUND, world=world)
    assert [flag["detail"] for flag in play.case.unmet] == ["jurist"]


def test_a_quorum_lost_in_the_middle_stops_the_deciding():
    play = (
        session().decides("judge", FOUND).later().ask("sit", do="present", present=("ana", "bruno")).later()
    )
    assert play.decides("let_go").refused.code == "no_quorum"


def test_others_confirm_their_vote_from_their_own_sign_in_until_the_session_closes():
    play = session().decides("judge", FOUND).later().ask("sit", role="member", actor="bruno", do="confirm")
    assert play.case.sitting and play.case.sitting.confirmed[0]["vote"] == "for"
    play.later().ask("sit", role="member", actor="clara", do="dissent", words="I see it otherwise.")
    assert play.later().ask("sit", do="close", minutes="Short.").case.sitting is None
    assert play.later().ask("sit", role="member", actor="clara", do="confirm").refused.code == "no_sitting"


def test_what_nobody_voted_on_is_confirmed_by_nobody():
    assert session().ask("sit", role="member", do="confirm").refused.code == "no_such"


def test_a_session_is_set_moved_and_opened():
    play = talking().ask("sit", do="set", at=1_709_800_000, place="Room 1").later()
    play.ask("sit", do="move", at=1_709_900_000).later().sit().later()
    sitting = play.case.sitting
    assert sitting and (sitting.state, sitting.at, sitting.place) == ("open", 1_709_900_000, "Room 1")


def test_a_warden_opens_no_session():
    assert talking().ask("sit", role="warden", do="open", present=("ana",)).refused.code == "not_you"
