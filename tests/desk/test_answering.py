"""A service that was asked finds the question first, on its list and in the file; then how its waits go on."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from amparo.desk import answering
from amparo.desk.scene import Scene
from amparo.pathways.reader import programme
from amparo.people.models import Account, Post
from tests.desk.conftest import PROGRAMME, As, words
from tests.desk.test_support import Support

__all__ = ["support"]


@pytest.fixture
def support(signed_in: As, in_hearing: str) -> Support:
    return Support(signed_in, in_hearing)


def referral(state: str, due: int | None, next_: str = "") -> Any:
    answers = ({"answer": "waiting", "next": next_},) if next_ else ()
    return SimpleNamespace(
        what="referral", state=state, due=due, answers=answers, title={"en": "Housing"}, kind="housing"
    )


def scene(role: str, *support: Any) -> Scene:
    view: Any = SimpleNamespace(support=support)
    at: Any = SimpleNamespace(zone="Europe/Lisbon")
    return cast(Scene, SimpleNamespace(pathway=programme(PROGRAMME), role=role, view=view, d=at))


def test_a_question_without_an_answer_stands_before_a_wait_and_both_before_nothing() -> None:
    asked, wait, over = (
        referral("sent", 900),
        referral("waiting", None, "1970-01-01"),
        referral("declined", 1),
    )
    assert answering.wanted(scene("support_service", over, wait, asked)) == (asked, wait)


def test_who_sends_referrals_is_asked_for_no_answer() -> None:
    assert answering.wanted(scene("technician", referral("sent", 900))) == ()


def test_the_shelter_finds_what_it_was_asked_first(support: Support, signed_in: As) -> None:
    support.press("refer")
    shelter = Account.objects.create_user(
        "shelter", id="acc-shelter", name="Shelter Prova", office_id="off-bed"
    )
    Post.objects.create(
        account=shelter,
        site_id="lisboa",
        programme=PROGRAMME,
        role="support_service",
        from_day=date(2020, 1, 1),
    )
    case = support.page.removesuffix("support/")
    listed, file = signed_in("shelter").get("/"), signed_in("shelter").get(case)
    assert "Answer the referral: " in words(listed)
    said = words(file)
    assert said.index("Next Answer the referral") < said.index("What can be done now Answer the referral")
    assert f'href="{support.page}">Answer<' in file.content.decode()
