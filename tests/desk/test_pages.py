"""Pages as people meet them: through the whole program, without a browser."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from amparo.ledger import book, drafts
from amparo.people.models import Account, Person, Post, SettingEntry, Site
from tests.desk.conftest import PROGRAMME, As, a_report, findings, suspending, voted, words

DOOR = "/new/police_record/"


# ------------------------------------------------------------------------------------------------ signing in
def test_the_training_world_shows_whom_one_can_be(client: Client, signed_in: As) -> None:
    page = words(client.get("/signin/"))
    assert "Clerk Modelo" in page and "Coordinator" in page


def test_picking_somebody_signs_in_as_them(client: Client, signed_in: As) -> None:
    client.post("/signin/as/", {"account": "acc-clerk"})
    assert "Clerk Modelo" in words(client.get("/"))


def test_nobody_is_picked_in_production(client: Client, signed_in: As, settings: object) -> None:
    settings.AMPARO_TRAINING = False  # type: ignore[attr-defined]
    assert client.post("/signin/as/", {"account": "acc-clerk"}).status_code == 404


def test_who_is_not_signed_in_is_led_to_the_door(client: Client, reported: str) -> None:
    assert "/signin/" in client.get(f"/case/{reported}/")["Location"]


def test_signing_in_leads_nowhere_outside(client: Client, signed_in: As) -> None:
    answer = client.post("/signin/as/", {"account": "acc-clerk", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


# ------------------------------------------------------------------------------------------------ opening
def test_a_case_is_opened_in_two_presses(signed_in: As) -> None:
    officer = signed_in("officer")
    assert officer.post(DOOR, {**a_report(), "then": "write"})["Location"] == f"{DOOR}read-back/"
    assert "3.2 g" in words(officer.get(f"{DOOR}read-back/"))
    opened = officer.post(f"{DOOR}read-back/", follow=True)
    assert "Received" in words(opened) or "Opened" in words(opened)


def test_the_same_press_twice_opens_one_case(signed_in: As) -> None:
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(), "then": "write"})
    first = officer.post(f"{DOOR}read-back/")["Location"]
    officer.post(DOOR, {**a_report(), "then": "write"})
    assert officer.post(f"{DOOR}read-back/")["Location"] == first
    assert Person.objects.count() == 1


def test_a_refused_opening_keeps_every_word(signed_in: As) -> None:
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(**{"fact.age": ""}), "then": "write"})
    page = officer.get(f"{DOOR}?asked=1")
    assert "Sam Sample" in page.content.decode() and 'value="3,2"' in page.content.decode()
    assert 'id="refused"' in page.content.decode()
    assert Person.objects.count() == 0


def test_what_is_no_number_is_a_fault_at_its_field(signed_in: As) -> None:
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(**{"fact.age": "thirty"}), "then": "write"})
    page = officer.get(f"{DOOR}?asked=1").content.decode()
    assert 'href="#f-fact-age"' in page and 'value="thirty"' in page


def test_a_date_in_the_future_is_refused(signed_in: As) -> None:
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(**{"fact.occurred_at.year": "2099"}), "then": "write"})
    assert 'id="refused"' in officer.get(f"{DOOR}?asked=1").content.decode()


def test_a_door_that_is_not_mine_is_not_there(signed_in: As) -> None:
    assert signed_in("technician").get(DOOR).status_code == 404


def test_an_officer_is_not_told_that_somebody_is_known(signed_in: As, reported: str) -> None:
    officer = signed_in("officer")
    officer.post(DOOR, {**a_report(**{"person.name": "Alex Exemplo"}), "then": "keep"})
    assert "person.same" not in officer.get(DOOR).content.decode()


# -------------------------------------------------------------------------------------- the list and the file
def test_counts_add_up_to_all_open_cases(signed_in: As, reported: str) -> None:
    assert "= 1 open case" in words(signed_in("clerk").get("/"))


def test_lists_show_initials_and_the_file_the_name(signed_in: As, reported: str) -> None:
    clerk = signed_in("clerk")
    assert "Alex Exemplo" not in words(clerk.get("/?box=7"))
    assert "A. E." in words(clerk.get("/?box=7"))
    assert "Alex Exemplo" in words(clerk.get(f"/case/{reported}/"))


def test_a_case_is_found_by_name(signed_in: As, reported: str) -> None:
    assert book.number(reported) in words(signed_in("clerk").get("/?q=exemplo"))


def test_the_file_says_what_can_be_done_and_by_which_rule(signed_in: As, reported: str) -> None:
    page = words(signed_in("clerk").get(f"/case/{reported}/"))
    assert "Record received" in page and "130-A/2001" in page


def test_the_officer_learns_only_that_it_was_received(signed_in: As, in_hearing: str) -> None:
    page = words(signed_in("officer").get(f"/case/{in_hearing}/"))
    assert not any(x in page for x in ("Hearing", "register", "competent", "Clerk Modelo"))


def test_one_filled_button_a_screen(signed_in: As, in_hearing: str) -> None:
    for login in ("clerk", "technician", "president"):
        page = signed_in(login).get(f"/case/{in_hearing}/").content.decode()
        assert page.count('class="btn go"') + page.count("btn main go") + page.count("btn main ink") <= 1


def test_hidden_and_missing_cases_are_answered_alike(signed_in: As, reported: str) -> None:
    colleague = Account.objects.create_user("other", id="acc-other", name="Other Officer")
    Post.objects.create(
        account=colleague, site_id="lisboa", programme=PROGRAMME, role="police", from_day=date(2020, 1, 1)
    )
    client = signed_in("other")
    hidden, missing = client.get(f"/case/{reported}/"), client.get("/case/zzzz-zzzz-zzzz/")
    assert (
        (hidden.status_code, words(hidden)) == (missing.status_code, words(missing)) == (404, words(missing))
    )


def test_the_tab_names_file_and_page_and_nobody(signed_in: As, reported: str) -> None:
    clerk, number = signed_in("clerk"), book.number(reported)
    pages = {
        "": f"File {number}",
        "contact/": f"File {number}: contact",
        "facts/": f"File {number}: facts",
    }
    for page, said in pages.items():
        drawn = clerk.get(f"/case/{reported}/{page}").content.decode()
        assert drawn.split("<title>")[1].split("</title>")[0] == f"{said} · Amparo"


def test_the_way_back_from_a_form_names_the_file_so_that_no_step_is_taken_for_it(
    signed_in: As, reported: str
) -> None:
    page = signed_in("clerk").get(f"/case/{reported}/step/receive_record/")
    assert "Back to the file" in words(page)


def test_taking_a_case_is_one_press(signed_in: As, reported: str) -> None:
    clerk = signed_in("clerk")
    clerk.post(f"/case/{reported}/assign/")
    assert "Owner: Clerk Modelo" in words(clerk.get(f"/case/{reported}/"))


def test_names_are_blanked_by_one_press(signed_in: As, reported: str) -> None:
    clerk = signed_in("clerk")
    clerk.post("/blank/", {"next": f"/case/{reported}/"})
    assert '<body class="blank' in clerk.get(f"/case/{reported}/").content.decode()


def test_the_red_banner_shows_while_clocks_are_not_watched(signed_in: As, reported: str) -> None:
    clerk = signed_in("clerk")
    assert "not being watched" in words(clerk.get("/"))
    book.tick()
    assert "not being watched" not in words(clerk.get("/"))


# ------------------------------------------------------------------------------------------------ steps
def test_a_step_that_asks_nothing_is_read_back_by_its_own_page_and_written(
    signed_in: As, reported: str
) -> None:
    clerk, step = signed_in("clerk"), f"/case/{reported}/step/receive_record/"
    page = words(clerk.get(step))
    assert "Moves to" in page and "this page reads it back" in page and "Once written it stays" in page
    assert "Written today" in words(clerk.post(step, {"then": "write", "key": "k1", "seen": ""}, follow=True))


def test_what_is_typed_beside_it_is_read_back_on_a_page_of_its_own(signed_in: As, reported: str) -> None:
    clerk, step = signed_in("clerk"), f"/case/{reported}/step/receive_record/"
    earlier = {"happened.day": "1", "happened.month": "1", "happened.year": "2020", "happened.time": "10:00"}
    clerk.post(step, {"then": "keep", "key": "k1", "seen": "", **earlier})
    assert "this page reads it back" not in words(clerk.get(step))
    sent = clerk.post(step, {"then": "write", "key": "k1", "seen": "", **earlier})
    assert sent["Location"].endswith("asked=write"), "before the case was there"


def test_a_refusal_has_three_lines_and_the_focus(signed_in: As, in_hearing: str) -> None:
    president, step = signed_in("president"), f"/case/{in_hearing}/choice/decision/"
    president.post(
        step, {"then": "write", "key": "k", "seen": "", "fact.for_own_use": "yes", "reasons": "We heard."}
    )
    page = president.get(f"{step}?asked=1").content.decode()
    assert page.count("data-focus") == 1 and 'class="refusal"' in page
    assert "We heard." in page and 'class="summary"' not in page


def test_the_law_leaves_one_decision_and_says_why_not_the_others(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    president.post(step, {**findings(), "then": "check"})
    page = words(president.get(step))
    assert "1 required + 0 allowed" in page and "The law leaves one decision: Suspend provisionally." in page


def test_a_term_outside_the_law_is_refused_beside_its_field(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    president.post(step, {**suspending("30"), "then": "write"})
    page = president.get(f"{step}?asked=1").content.decode()
    assert "at most 2" in page and 'href="#at-f-term-suspend-length"' in page


def test_findings_and_decision_are_written_with_one_vote(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    second = president.post(step, {**voted(president, step, suspending("12")), "then": "write"})["Location"]
    assert "carried by the chair" in words(president.get(second))
    done = words(president.post(second, follow=True))
    assert "Provisionally suspended" in done and "Alex came and told us plainly." in done


def test_a_draft_is_kept_and_wiped_when_it_is_sent(signed_in: As, reported: str) -> None:
    clerk, step = signed_in("clerk"), f"/case/{reported}/step/receive_record/"
    clerk.post(step, {"then": "keep", "key": "k1"})
    assert "Saved as draft" in words(clerk.get(step)) and "Record received" in words(clerk.get("/drafts/"))
    clerk.post(f"{step}read-back/")
    assert drafts.mine(Account.objects.get(username="clerk")) == ()


def test_autosave_answers_when(signed_in: As, reported: str) -> None:
    answer = signed_in("clerk").post(f"/case/{reported}/step/receive_record/draft/", {"key": "k"})
    assert answer.json()["words"].startswith("Saved as draft")


def test_a_draft_is_seen_by_its_author_alone(signed_in: As, in_hearing: str) -> None:
    step = f"/case/{in_hearing}/choice/decision/"
    signed_in("president").post(step, {**findings(), "then": "keep"})
    assert "told us plainly" not in signed_in("jurist").get(step).content.decode()


def test_a_note_of_a_million_letters_is_refused_and_kept(signed_in: As, in_hearing: str) -> None:
    president, step = signed_in("president"), f"/case/{in_hearing}/choice/decision/"
    president.post(step, {**findings(), "reasons": "á" * 1_000_000, "then": "keep"})
    assert "á" * 1_000_000 in president.get(step).content.decode()


def test_a_conflict_shows_both_and_loses_nothing(signed_in: As, reported: str) -> None:
    step, seen = f"/case/{reported}/step/receive_record/", "2"
    clerk = signed_in("clerk")
    clerk.post(step, {"then": "keep", "key": "mine", "seen": seen})
    other = signed_in("clerk")
    other.post(f"{step}read-back/")
    clerk.post(step, {"then": "write", "key": "again", "seen": seen})
    page = clerk.get(f"{step}?asked=1")
    assert page.status_code == 200 and "Clerk Modelo" in words(page)


# ------------------------------------------------------------------------------------------- beside the steps
def test_a_sitting_opens_with_who_is_there(signed_in: As, in_hearing: str) -> None:
    typed = {
        "then": "open", "key": "s1", "seen": "", "who.acc-president": "here", "who.acc-jurist": "here",
        "who.acc-member": "away", "why.acc-member": "ill", "vacant": "0",
    }  # fmt: skip
    page = words(signed_in("president").post(f"/case/{in_hearing}/sitting/", typed, follow=True))
    assert "enough to decide" in page and "impeded: ill" in page


def test_a_member_confirms_from_their_own_sign_in(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    second = president.post(step, {**voted(president, step, suspending("12")), "then": "write"})["Location"]
    president.post(second)
    jurist, page = signed_in("jurist"), f"/case/{sitting}/sitting/"
    assert "Your own word on the vote" in words(jurist.get(page))
    typed = {
        "then": "confirm",
        "key": "c1",
        "seen": "",
        "vote": "against",
        "words": "Six months were enough.",
    }
    assert "Six months were enough." in words(jurist.post(page, typed, follow=True))


def test_needs_are_read_by_no_member(signed_in: As, in_hearing: str) -> None:
    typed = {
        "then": "note_need",
        "key": "n1",
        "seen": "",
        "kind": "housing",
        "words": "Somewhere with a door.",
    }
    page = words(signed_in("technician").post(f"/case/{in_hearing}/support/", typed, follow=True))
    assert "Somewhere with a door." in page
    assert "Somewhere" not in words(signed_in("president").get(f"/case/{in_hearing}/"))
    assert signed_in("president").get(f"/case/{in_hearing}/support/").status_code == 404


def test_the_outbox_says_who_is_told_and_on_which_ground(signed_in: As, in_hearing: str) -> None:
    page = words(signed_in("clerk").get("/outbox/"))
    assert "New case" in page and "central register" in page and "37(2)" in page


def test_the_newest_entry_can_be_taken_back_with_a_reason(signed_in: As, in_hearing: str) -> None:
    clerk, page = signed_in("clerk"), f"/case/{in_hearing}/annul/"
    assert words(clerk.get(page)).count("Take it back") == 1
    seq = clerk.get(page).content.decode().split('name="seq" value="')[1].split('"')[0]
    done = clerk.post(
        page, {"then": "write", "key": "a1", "seen": "", "seq": seq, "reason": "Wrong file."}, follow=True
    )
    assert "Taken back" in words(done)


def test_who_saw_what_lists_this_look_too(signed_in: As, reported: str) -> None:
    clerk = signed_in("clerk")
    clerk.get(f"/case/{reported}/")
    page = words(clerk.get(f"/case/{reported}/who-saw/"))
    assert "Clerk Modelo" in page and "the case file" in page


def test_a_setting_needs_its_source(signed_in: As) -> None:
    clerk = signed_in("clerk")
    typed = {"then": "setting", "name": "hearing_starts_from", "value.hearing_starts_from": "first_session"}
    clerk.post("/site/", typed)
    assert SettingEntry.objects.count() == 0
    dated = {
        "of.hearing_starts_from.day": "1",
        "of.hearing_starts_from.month": "2",
        "of.hearing_starts_from.year": "2026",
    }
    clerk.post("/site/", {**typed, "source.hearing_starts_from": "Order 3/2026", **dated})
    assert SettingEntry.objects.get().value == "first_session"


def test_a_member_enters_no_setting(signed_in: As) -> None:
    typed = {"then": "setting", "name": "hearing_starts_from", "value.hearing_starts_from": "first_session"}
    assert signed_in("jurist").post("/site/", typed).status_code == 404


@pytest.mark.parametrize("login", ["officer", "clerk", "technician", "president"])
@pytest.mark.parametrize("language", ["en", "pt"])
def test_every_page_of_a_case_stands_for_everybody(
    signed_in: As, sitting: str, login: str, language: str
) -> None:
    client = signed_in(login, language)
    pages = (
        "",
        "support/",
        "sitting/",
        "obligations/",
        "consents/",
        "contact/",
        "annul/",
        "facts/",
        "rights/",
        "who-saw/",
    )
    answers = {page: client.get(f"/case/{sitting}/{page}").status_code for page in pages}
    assert set(answers.values()) <= {200, 404}, answers


def test_findings_of_the_same_page_are_no_change_behind_ones_back(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    seen = president.get(step).content.decode().split('name="seen" value="')[1].split('"')[0]
    typed = voted(president, step, suspending("12", seen=seen))
    assert president.post(step, {**typed, "then": "write"})["Location"].endswith("read-back/")


# ------------------------------------------------------------------------------------------ what is not there
NOT_THERE = {
    "officer": ("sitting/", "annul/", "rights/", "contact/", "who-saw/", "support/", "choice/decision/"),
    "president": ("support/", "consents/"),
}


@pytest.mark.parametrize(("login", "page"), [(who, page) for who, all_ in NOT_THERE.items() for page in all_])
def test_a_page_that_a_role_has_no_use_for_is_not_there(
    signed_in: As, in_hearing: str, login: str, page: str
) -> None:
    found, none = (signed_in(login).get(f"/case/{c}/{page}") for c in (in_hearing, "no-such-case"))
    assert (found.status_code, none.status_code) == (404, 404)
    assert words(found) == words(none)


def test_a_case_of_somebody_elses_is_told_apart_from_none_by_nothing(
    signed_in: As, site: Site, reported: str
) -> None:
    other = Account.objects.create_user("officer.two", id="acc-other", name="Officer Two", demo=True)
    Post.objects.create(
        account=other, site=site, programme=PROGRAMME, role="police", from_day=date(2020, 1, 1)
    )
    found, none = (signed_in("officer.two").get(f"/case/{c}/") for c in (reported, "no-such-case"))
    assert (found.status_code, none.status_code) == (404, 404)
    assert words(found) == words(none)


# ----------------------------------------------------------------------------------- findings beside the main
def test_a_finding_beside_the_others_is_written_only_if_it_is_answered(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    president.post(step, {**findings(), "then": "check"})
    assert "Settle an unknown age" not in words(president.get(step))
    president.post(step, {**findings(**{"fact.sixteen": "yes"}), "then": "check"})
    assert "Settle an unknown age" in words(president.get(step))


def test_findings_alone_are_not_written_by_the_page_of_a_decision(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    held = president.post(step, {**findings(), "then": "write"})["Location"]
    assert held.endswith("?asked=write") and "Choose one decision" in words(president.get(held))
    assert president.get(f"{step}read-back/")["Location"].endswith("?asked=write")


def test_findings_go_on_alone_with_all_that_was_typed(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    alone = president.post(step, {**findings(), "then": "alone"})["Location"]
    assert alone == f"/case/{sitting}/step/find/" and "told us plainly" in words(president.get(alone))
    second = president.post(alone, {**voted(president, alone, findings(key="k9")), "then": "write"})[
        "Location"
    ]
    assert second.endswith("read-back/")
    assert "Written" in words(president.post(second, follow=True))


def test_votes_and_dissent_stand_in_the_file(signed_in: As, sitting: str) -> None:
    president, step = signed_in("president"), f"/case/{sitting}/choice/decision/"
    second = president.post(step, {**voted(president, step, suspending("12")), "then": "write"})["Location"]
    page = words(president.post(second, follow=True))
    assert "Jurist Hipótese: against" in page and "I would set six months." in page


def test_a_door_names_the_question_that_settles_most(signed_in: As) -> None:
    officer = signed_in("officer")
    assert "Ask next" in words(officer.get(DOOR))
