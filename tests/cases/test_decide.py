"""Each check of a step, in order: what it refuses, with the rule, the facts and the way out."""

from amparo.cases.model import Do, Nothing_, World
from amparo.cases.offers import recorded
from tests.cases.play import EVERYWHERE, SEATS, SITE, Play, at, judged, money, months, owing, resting, talking


# ------------------------------------------------------------------------------------------------ 1 known, 2 in time
def test_no_case_opens_before_the_law_is_in_force():
    play = Play(start="2023-12-31 12:00").open({"found_at": at("2023-12-31 11:00")})
    assert play.refused.code == "not_in_force"


def test_no_case_opens_by_a_step_that_is_not_the_doors():
    play = Play()
    play.put(play.request("clerk", (Do("take_on"),), door="quay"))
    assert (play.refused.code, play.refused.detail) == ("no_such_step", "door")


def test_a_step_that_the_programme_lacks_is_refused():
    assert talking().step("dance").refused.code == "no_such_step"


def test_nothing_is_written_for_the_future():
    assert (
        talking().step("second_look", "helper", happened_at=at("2024-03-05 11:00")).refused.code
        == "not_in_the_future"
    )


def test_a_step_from_before_the_stage_changed_is_refused_with_two_ways_out():
    play = talking().step(
        "new_hour", facts={"hour": at("2024-03-07 10:00")}, happened_at=at("2024-03-05 08:00")
    )
    assert play.refused.code == "out_of_order"
    assert {("verb", "annul"), ("verb", "correct")} <= set(play.refused.instead)


def test_a_step_entered_late_is_judged_as_of_its_own_time():
    play = talking().when("2024-03-08 12:00").step("did_not_come", happened_at=at("2024-03-06 10:30:00"))
    assert play.refused.code == "not_yet"
    assert play.step("did_not_come", happened_at=at("2024-03-06 10:30:01")).case.stage == "away"


# ------------------------------------------------------------------------------------------------ 3 fresh
def test_a_page_opened_before_the_register_answered_is_refused_naming_who_changed_what():
    play = Play().open().when("2024-03-05 09:00").step("take_on", facts={"here": True}).sit().later()
    seen = play.case.seq
    play.step("ask_register", "helper", {"entry": True}).later()
    play.decides("judge", {"rests": True, "agrees": True}).later()
    play.decides(
        "rest",
        terms={"length": months(1)},
        accepted={"agrees": ""},
        items=({"kind": "attendance"},),
        seen=seen,
    )
    assert play.refused.code == "changed"
    assert ("entry", "helper") in {(r.name, r.given_by) for r in play.refused.because}


def test_what_this_step_does_not_read_conflicts_with_nothing():
    play = talking()
    seen = play.case.seq
    play.ask("note_need", role="helper", kind="housing", words="a bed").later()
    assert (
        play.step("new_hour", facts={"hour": at("2024-03-07 10:00")}, seen=seen).kinds()[-1] == "letter.due"
    )


def test_ones_own_words_are_no_conflict_and_a_case_that_has_moved_is():
    play = talking()
    seen = play.case.seq
    play.step("new_hour", facts={"hour": at("2024-03-07 10:00")}).later()
    assert (
        play.step("new_hour", facts={"hour": at("2024-03-08 10:00")}, seen=seen).kinds()[-1] == "letter.due"
    )
    moved = Play().open()
    seen = moved.case.seq
    moved.step("take_on", facts={"here": True}).later()
    assert moved.step("new_hour", facts={"hour": at("2024-03-08 10:00")}, seen=seen).refused.code == "changed"


def test_a_list_does_not_conflict_with_itself():
    play = talking().when("2024-03-06 10:00").sit()
    find, rest = (
        Do("judge", {"rests": True, "agrees": True}),
        Do("rest", terms={"length": months(1)}, accepted={"agrees": ""}, items=({"kind": "attendance"},)),
    )
    assert (
        play.later().steps(find, rest, votes=dict.fromkeys(SEATS, "for"), seen=play.case.seq).case.stage
        == "resting"
    )


# ------------------------------------------------------------------------------------------------ 4 who
def test_the_wrong_role_is_told_who_can():
    play = Play().open().step("take_on", "warden", {"here": True})
    assert play.refused.code == "not_you" and play.refused.instead == (("role", "clerk"),)


def test_a_role_that_sees_only_its_own_cases_acts_only_in_those():
    play = Play().open()
    play.put(play.request("clerk", (Do("take_on", {"here": True}),), world=World(("own",), SEATS)))
    assert play.refused.detail == "relation"


def test_who_set_the_hour_takes_no_second_look():
    play = talking().step("new_hour", "helper", {"hour": at("2024-03-07 10:00")}).later()
    assert play.step("second_look", "helper").refused.detail == "apart"
    assert play.step("second_look", "helper", actor="another").kinds()[-1] == "step.taken"


# ------------------------------------------------------------------------------------------------ 5 where, 6 when
def test_a_step_of_another_stage_names_the_way_there():
    play = Play().open().step("second_look", "helper")
    assert (play.refused.code, play.refused.instead) == ("not_here", (("step", "take_on"),))


def test_a_step_is_taken_no_more_often_than_it_may():
    play = talking().step("second_look", "helper").later().step("second_look", "helper", actor="another")
    assert play.refused.detail == "times"


def test_a_held_case_stands_still():
    play = talking().ask("hold", rule="a lawsuit").later().step("second_look", "helper")
    assert play.refused.detail == "held"
    assert play.ask("release").later().step("second_look", "helper").kinds()[0] == "step.taken"


# ------------------------------------------------------------------------------------------------ 8 told
def test_a_question_without_an_answer_is_named_with_whom_to_ask():
    assert talking().step("new_hour").refused.asks == (("hour", "clerk"),)


def test_a_nothing_answers_only_where_the_question_takes_it():
    play = Play().open({"age": Nothing_("not_known")})
    assert play.case.stage == "found"
    assert talking().step("new_hour", facts={"hour": Nothing_("not_known")}).refused.detail == "nothing"


def test_an_acceptance_is_yes_or_no_and_never_silence():
    play = (
        talking()
        .when("2024-03-06 10:00")
        .sit()
        .decides("judge", {"rests": True, "agrees": Nothing_("refused")})
    )
    assert play.refused.detail == "acceptance"


def test_a_finding_is_not_anybodys_to_tell():
    assert talking().ask("tell", fact="rests", value=True, given_by="panel").refused.detail == "finding"
    assert talking().step("new_hour", facts={"hour": 1, "rests": True}).refused.code == "ask"


def test_a_value_of_another_kind_or_beyond_all_limits_is_refused():
    assert Play().open({"age": 300}).refused.detail == "limits"
    assert Play().open({"age": "old"}).refused.detail == "bad_value"
    assert Play().open({"shoe": 42}).refused.detail == "no_such_fact"
    assert Play().open({"found_at": at("2030-01-01 10:00")}).refused.detail == "future"


def test_a_word_is_whose_it_is():
    assert Play().open({"entry": True}).refused.detail == "whose_word"
    assert (
        talking().step("new_hour", facts={"hour": 1}, given_by={"hour": "person"}).refused.detail
        == "whose_word"
    )


# ------------------------------------------------------------------------------------------------ 9 needs
def test_a_criterion_that_fails_says_what_instead():
    play = Play().open({"age": 12}).step("take_on", facts={"here": True})
    assert (play.refused.code, play.refused.params["criterion"]) == ("not_allowed", "grown")
    assert play.lines()[2] == "A talk with the family instead."


def test_a_criterion_not_known_asks_for_what_is_behind_it():
    play = Play().open({"age": Nothing_("not_known")}).step("take_on", facts={"here": True})
    assert play.refused.code == "not_yet" and {"age", "born"} <= {f for f, _ in play.refused.asks}


def test_a_criterion_may_be_waived_with_a_reason_by_whom_the_law_names():
    play = Play().open({"age": 12})
    assert (
        play.step("take_on", facts={"here": True}, waived=("grown",), reasons="").refused.code
        == "not_allowed"
    )
    assert (
        play.step(
            "take_on", facts={"here": True}, waived=("grown",), reasons="A brother of 18 is there."
        ).case.stage
        == "talking"
    )


def test_a_yes_given_earlier_is_asked_anew():
    play = judged(True).later().decides("rest", terms={"length": months(1)}, items=({"kind": "attendance"},))
    assert (play.refused.code, play.refused.field) == ("missing", "accepted.agrees")


def test_reasons_items_and_the_floor_must_be_stated():
    play = judged(True).later()
    given = {"terms": {"length": months(1)}, "accepted": {"agrees": "I do."}}
    assert play.decides("rest", **given).refused.field == "items"
    assert (
        play.decides("rest", **given, items=({"kind": "attendance"},), reasons=" ").refused.field == "reasons"
    )


def test_nobody_stays_away_who_was_not_told_in_time():
    play = Play().open(handed=()).when("2024-03-05 09:00").step("take_on", facts={"here": True})
    play.when("2024-03-06 10:40").ask("deliver", letter="slip", how="by_hand")
    assert play.later().step("did_not_come").refused.field == "notice"


def test_a_letter_without_proof_notifies_nobody():
    play = Play().open(handed=()).when("2024-03-05 09:00").step("take_on", facts={"here": True}).later()
    play.ask("deliver", letter="slip", how="post")
    assert play.when("2024-03-06 10:31").step("did_not_come").refused.field == "notice"


def test_each_addressee_who_is_in_the_case_must_have_been_told():
    world = World(EVERYWHERE, SEATS, parties=("person", "guardian"))
    play = Play().open(world=world).when("2024-03-05 09:00").step("take_on", facts={"here": True})
    assert [x.to for x in play.case.letters.values()] == ["person", "guardian"]
    assert play.when("2024-03-06 10:31").step("did_not_come").refused.field == "notice"


# ------------------------------------------------------------------------------------------------ 10, 11
def test_what_the_rule_forbids_is_refused_with_the_facts_that_decided():
    play = judged(True).later().decides("let_go")
    assert play.refused.code == "not_allowed"
    assert [(r.name, r.value, r.given_by) for r in play.refused.because] == [("rests", True, "panel")]


def test_a_required_decision_leaves_no_other():
    play = (
        judged(True)
        .later()
        .decides(
            "charge_sum",
            {"light": True},
            terms={"sum": money("EUR 6.00")},
            items=({"kind": "service", "due": "2024-04-06"},),
        )
    )
    assert play.refusals("charge_sum", "member", {"light": True}) >= {"must_be", "not_allowed"}
    assert ("step", "rest") in {
        way for x in [play.refused] for way in x.instead
    } or play.refused.code == "not_allowed"


def test_while_it_is_not_known_what_is_required_nothing_else_is_decided():
    play = (
        Play()
        .open()
        .when("2024-03-05 09:00")
        .step("take_on", facts={"here": True})
        .when("2024-03-06 10:00")
        .sit()
    )
    play.decides("judge", {"rests": True, "agrees": True}).later()
    assert play.offers()["rest"].group == "open"
    play.decides(
        "charge_sum",
        {"light": True},
        terms={"sum": money("EUR 6.00")},
        items=({"kind": "service", "due": "2024-04-06"},),
    )
    assert play.refused.code in ("not_allowed", "not_yet")


# ------------------------------------------------------------------------------------------------ 12, 13
def test_a_term_outside_its_bounds_names_the_bound():
    play = (
        judged(True)
        .later()
        .decides(
            "rest", terms={"length": months(7)}, accepted={"agrees": ""}, items=({"kind": "attendance"},)
        )
    )
    assert (play.refused.code, play.refused.params["most"]) == ("outside", {"n": 6, "unit": "months"})


def test_a_bound_that_nobody_has_entered_waits_for_the_site():
    play = (
        judged(False)
        .later()
        .decides(
            "charge_sum",
            {"light": False},
            terms={"sum": money("EUR 6.00")},
            items=({"kind": "service", "due": "2024-04-06"},),
        )
    )
    assert (play.refused.code, play.refused.asks) == ("not_yet", (("setting dearest", "site"),))


def test_another_currency_is_no_sum_here():
    play = (
        judged(False)
        .later()
        .decides(
            "charge_sum",
            {"light": True},
            terms={"sum": money("USD 6.00")},
            items=({"kind": "service", "due": "2024-04-06"},),
        )
    )
    assert play.refused.code == "outside"


def test_a_term_left_out_must_be_given_unless_it_is_optional():
    play = (
        judged(False)
        .later()
        .decides("charge_sum", {"light": True}, items=({"kind": "service", "due": "2024-04-06"},))
    )
    assert (play.refused.code, play.refused.field) == ("missing", "sum")


def test_where_the_case_goes_follows_from_the_facts():
    assert owing().later().step("branch_off").case.stage == "over"


# ------------------------------------------------------------------------------------------------ what a step causes
def test_a_step_tells_hands_over_and_makes_known_in_one_go():
    assert Play().open().kinds() == [
        "case.opened",
        "fact.told",
        "fact.told",
        "fact.told",
        "step.taken",
        "letter.due",
        "letter.delivered",
    ]
    told = Play().open().when("2024-03-05 09:00").step("take_on", facts={"here": True})
    assert [e.data["notice"] for e in told.log if e.kind == "notice.due"] == ["told_new"]


def test_the_law_of_the_day_decides_whom_a_step_tells():
    play = (
        Play(start="2024-01-02 10:00")
        .open({"found_at": at("2023-12-31 23:00")})
        .later()
        .step("take_on", facts={"here": True})
    )
    assert {x.notice for x in play.case.notices.values()} == {"told_new", "told_old"}


def test_a_step_may_set_a_fact_by_itself():
    assert resting(3).when("2024-06-07 09:00").step("finish").value("done_on") == "2024-06-07"


def test_who_takes_a_step_in_the_owners_role_takes_the_case_on():
    play = Play().open().step("take_on", facts={"here": True})
    assert play.case.assigned == {"clerk": "clerk"}


def test_what_an_authority_did_is_written_down_also_while_the_case_is_held():
    held = talking().ask("hold", rule="a lawsuit").later()
    assert recorded(held.pathway, held.case, "clerk", held.t) == ("court_order",)
    assert held.step("court_order").kinds() == ["step.taken"]


def test_a_recorded_step_is_written_and_its_unmet_rule_flagged():
    play = talking().step("court_order")
    assert play.kinds() == ["step.taken"] and play.case.unmet[0]["because"] == ["entry"]


def test_a_list_is_all_or_nothing():
    play = talking().when("2024-03-06 10:00").sit().later()
    before = len(play.log)
    play.steps(Do("judge", {"rests": True, "agrees": True}), Do("let_go"), votes=dict.fromkeys(SEATS, "for"))
    assert play.refused.step == "let_go" and len(play.log) == before


def test_an_ended_case_opens_again_only_by_its_own_step():
    play = talking().when("2024-03-06 10:31").step("did_not_come").later()
    assert play.step("second_look", "helper").refused.detail == "closed"
    assert play.step("think_again").case.stage == "found"


def test_a_file_moves_to_another_site_and_is_received_there():
    play = Play().open().ask("tell", fact="here", value=False).later()
    assert play.step("move_away").refused.field == "to_site"
    play.step("move_away", world=World(EVERYWHERE, SEATS, transfer_to="quay-two")).later()
    assert (play.case.to_site, play.case.assigned) == ("quay-two", {})
    play.site = SITE._replace(code="quay-two", zone="Atlantic/Azores")
    play.step("arrived")
    assert play.kinds()[0] == "case.received" and play.case.site.zone == "Atlantic/Azores"
    assert play.case.runs["year"][-1].zone == "Europe/Lisbon" and play.clock("moved") == "met"
