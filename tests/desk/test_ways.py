"""The fewest touches: the other ways from a page, the last question as a button, and who could have a case."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse

from amparo.ledger import drafts
from amparo.people.models import Account, Site
from tests.desk.conftest import browser_of, words
from tests.desk.test_panel import house, hui, item, referred, sitting, step
from tests.desk.test_worklist import row_of

__all__ = ["house", "hui"]


@pytest.fixture
def agreed(house: Site) -> str:
    """A referral that the sergeant agreed to: it waits for the provider."""
    case = referred()
    step("sergeant", case, "agree_referral", facts={"warning_not_enough": True})
    return case


def button(page: HttpResponse, words_said: str) -> str:
    """What the button of these words sends."""
    found = re.findall(r'<button[^>]*value="([^"]+)"[^>]*>([^<]+)', page.content.decode())
    return next(value for value, said in found if said.strip() == words_said)


def test_who_takes_a_referral_on_reads_what_it_came_with_and_nothing_of_the_person_harmed(
    agreed: str,
) -> None:
    page = words(browser_of("coordinator").get(f"/case/{agreed}/step/accept/"))
    assert "Refer to the panel Officer" in page and "Took a jacket." in page and "Age on the day 26" in page
    assert "Glad of it." not in page and "By letter." not in page


def test_a_refusal_of_the_referral_stands_beside_it_with_its_reasons_as_buttons(agreed: str) -> None:
    coordinator = browser_of("coordinator")
    page = coordinator.get(f"/case/{agreed}/step/accept/")
    typed = {"then": button(page, "Outside our area"), "key": "d1", "seen": ""}
    second = coordinator.post(f"/case/{agreed}/step/decline/", typed)["Location"]
    assert second.endswith("read-back/") and "Outside our area" in words(coordinator.get(second))


def test_a_draft_of_the_other_way_is_gone_on_with_and_not_lost(agreed: str) -> None:
    account = Account.objects.get(username="coordinator")
    drafts.save(account, f"case/{agreed}/step/decline", {"fact.declined_because": ["outside_area"]})
    page = browser_of("coordinator").get(f"/case/{agreed}/step/accept/").content.decode()
    assert f'href="/case/{agreed}/step/decline/"' in page and "way-decline" not in page


def test_a_plan_says_what_it_weighs_while_it_is_typed(hui: str) -> None:
    sitting(hui)
    typed = {**item(0, "apology"), **item(1, "community_work", hours="20"), "key": "k", "seen": ""}
    kept = browser_of("ana").post(f"/case/{hui}/choice/way_on/draft/", typed)
    assert kept.json()["load"] == {"plan_item": "2 items, hours: 20, over 4 weeks"}


def test_the_office_sees_who_carries_how_many_and_gives_a_case_away(agreed: str) -> None:
    coordinator = browser_of("coordinator")
    page = f"/case/{agreed}/assign/"
    assert "Coordinator carries 0 people" in words(coordinator.get(page))
    sent = coordinator.post(page, {"role": "coordinator", "who": "acc-coordinator", "key": "a"}, follow=True)
    assert "is yours" in words(sent)
    drawn = words(coordinator.get(page))
    assert "carries 1 person" in drawn and "has it" in drawn


def test_who_keeps_no_list_sees_nobodys_load(agreed: str) -> None:
    assert browser_of("officer").get(f"/case/{agreed}/assign/").status_code == 404


def test_the_form_of_the_next_step_is_one_press_from_the_list(reported: str) -> None:
    assert row_of(reported).next_href == f"/case/{reported}/step/receive_record/"
