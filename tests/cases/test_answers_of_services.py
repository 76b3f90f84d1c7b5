"""A referral with its link, the law's own sentence in its text, a call that is no answer, what follows a contact."""

from __future__ import annotations

from dataclasses import replace

from amparo.cases.model import Referral, Site
from amparo.cases.requests.support import added
from amparo.pathways.model import SettingRef
from tests.cases.play import SITE, Play, quay, talking

SENTENCE = {"en": "Nobody may pass this on.", "pt": "Ninguém pode passar isto a outros."}
YES = {"kind": "housing", "to": "shelter one", "says": "A bed for one.", "agreed": True}


def strict(site: Site = SITE) -> Play:
    """The quay, with a consent to which a law adds its sentence while a setting does not say that it is not so."""
    p = quay()
    asked = replace(p.consents["contact_shelter"], regime=SettingRef("empty_seat"), adds=SENTENCE)
    play = Play(replace(p, consents={**p.consents, "contact_shelter": asked}), site)
    return play.open({}).when("2024-03-05 09:00").step("take_on", facts={"here": True})


def sent(play: Play) -> Referral:
    (one,) = play.case.referrals.values()
    return one


def referred() -> Play:
    return talking().ask("refer", role="helper", link="abc", **YES)


# ------------------------------------------------------------------------------------------------ the law's sentence
def test_the_sentence_that_the_law_adds_is_part_of_the_text_in_the_language_asked_for():
    play = strict().ask("refer", role="helper", signature="paper 1", language="pt", **YES)
    assert sent(play).says == f"A bed for one. {SENTENCE['pt']}"


def test_in_a_language_that_it_lacks_the_first_one_stands():
    play = strict()
    assert added(play.case, "contact_shelter", "fi", play.t) == SENTENCE["en"]


def test_where_the_regime_does_not_apply_nothing_is_added_and_nobody_signs():
    play = strict(Site("quay-one", SITE.zone, {"empty_seat": False})).ask("refer", role="helper", **YES)
    assert sent(play).says == "A bed for one."


def test_a_yes_that_the_law_wants_signed_is_not_enough_unsigned():
    play = strict().ask("refer", role="helper", **YES)
    assert (play.refused.code, play.refused.field) == ("missing", "signature") and not play.case.referrals


# ------------------------------------------------------------------------------------------------ the link
def test_a_link_is_written_with_the_referral_and_never_printed():
    one = sent(referred())
    assert one.link == "abc" and "abc" not in repr(one)


def test_the_newest_link_alone_counts():
    play = referred()
    play.ask("link_answer", role="helper", id=sent(play).id, link="def")
    assert play.kinds() == ["referral.linked"] and sent(play).link == "def"


def test_a_link_is_for_who_refers_and_only_while_an_answer_is_awaited():
    play = referred()
    assert play.ask("link_answer", role="clerk", id=sent(play).id, link="x").refused.code == "not_you"
    assert play.ask("link_answer", role="helper", id=sent(play).id).refused.code == "missing"
    assert play.ask("link_answer", role="helper", id="r99", link="x").refused.code == "no_such"
    play.ask("answer", role="helper", id=sent(play).id, answer="accepted")
    assert play.ask("link_answer", role="helper", id=sent(play).id, link="x").refused.code == "no_such"


# ------------------------------------------------------------------------------------------------ the answer
def test_to_be_called_first_is_no_answer_and_the_time_runs_on():
    play = referred()
    due = sent(play).due
    play.ask("answer", role="shelter", id=sent(play).id, answer="call", where="555 0100")
    assert play.kinds() == ["referral.asks_call"]
    assert (sent(play).state, sent(play).due) == ("sent", due)
    assert [a["answer"] for a in sent(play).answers] == ["call"]


def test_only_who_may_answer_may_ask_to_be_called():
    play = referred()
    assert play.ask("answer", role="clerk", id=sent(play).id, answer="call").refused.code == "not_you"


def test_an_answer_keeps_where_who_said_it_and_their_words():
    play = referred()
    told = {"where": "Lower bell", "said_by": "front desk", "words": "There is a yard."}
    play.ask("answer", role="shelter", id=sent(play).id, answer="accepted", **told)
    assert {k: sent(play).answers[-1][k] for k in told} == told


# ------------------------------------------------------------------------------------------------ contact
def test_what_is_added_after_a_try_is_neither_a_try_nor_a_contact():
    play = talking().ask("contact", do="tried", channel="visit", result="no_answer", where="doorway")
    play.ask("add_to_contact", words="Her dog was there.", next="2024-03-07")
    assert [c["made"] for c in play.case.contacts] == [False, None]
    assert play.case.contacts[0]["where"] == "doorway"


def test_nothing_is_added_by_nobody_and_no_empty_words():
    play = talking()
    assert play.ask("add_to_contact", role="warden", words="x").refused.code == "not_you"
    assert play.ask("add_to_contact").refused.code == "missing"
