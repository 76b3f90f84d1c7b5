"""The training world of the three doors: what each of its people finds there, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from amparo.cases import read
from amparo.errors import KeyDestroyed
from amparo.ledger import book, casefile, letters, papers
from amparo.ledger.models import Coarse
from amparo.people.models import Account
from amparo.training import world as worlds
from amparo.training.build import Built

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PROGRAMME, SITE = "us-lead", "modelton"


@pytest.fixture(scope="module")
def county(build_in) -> Iterator[Built]:
    """The world of this programme alone, on a Wednesday."""
    patch = pytest.MonkeyPatch()
    alone = tuple(one for one in worlds.worlds() if one.programme == PROGRAMME)
    patch.setattr(worlds, "worlds", lambda folders=(): alone)
    try:
        with build_in(date(2026, 3, 4)) as built:
            yield built
    finally:
        patch.undo()


def somebody(login: str) -> Account:
    return Account.objects.get(username=f"lead.{login}")


def listed(county: Built, login: str) -> set[str]:
    """The stories that stand on somebody's list."""
    names = {case: story for story, case in county.cases.items()}
    found: set[str] = set()
    after = ""
    while True:
        page = book.worklist(somebody(login), SITE, PROGRAMME, None, after, now=county.moment)
        found |= {names[row.case] for row in page.rows}
        after = page.after
        if not after:
            return found


def test_every_story_ends_as_it_says_at_every_stage(county: Built) -> None:
    stages = papers.pathway_of(PROGRAMME).stages
    assert county.otherwise == () and len(county.cases) >= 45
    assert set(county.stages[PROGRAMME]) == set(stages)


def test_an_approach_that_ended_is_gone_and_one_stands_on_a_count(county: Built) -> None:
    for story in ("lead_never_asked", "lead_asked_no", "lead_not_found"):
        with pytest.raises(KeyDestroyed):
            casefile.load(county.cases[story])
    assert Coarse.objects.filter(pathway=PROGRAMME, stage="", area="").count() >= 3


@pytest.mark.parametrize(
    "login", ["officer", "officer2", "sergeant", "liaison", "prosecutor", "court", "shop"]
)
def test_no_authority_and_nobody_outside_finds_who_came_by_the_community_door(
    county: Built, login: str
) -> None:
    told = {story for story, case in county.cases.items() if _door(case) == "community"}
    assert told and not listed(county, login) & told


def _door(case: str) -> str:
    try:
        return casefile.load(case).case.door
    except KeyDestroyed:
        return ""


def test_the_officer_finds_their_own_referrals_whatever_became_of_them(county: Built) -> None:
    found = listed(county, "officer")
    assert {"lead_waits_now", "lead_no_at_handoff", "lead_liaison_may_know"} <= found
    assert "lead_waits_too_long" not in found


def test_the_prosecutor_finds_every_charge_of_the_arrest_door_and_none_besides(county: Built) -> None:
    found = listed(county, "prosecutor")
    assert {"lead_said_no_held", "lead_left_held", "lead_waits_now", "lead_moved", "lead_not_filed"} <= found
    assert not {"lead_social_new", "lead_came_back"} & found


def test_the_liaison_finds_whom_a_live_consent_names(county: Built) -> None:
    assert listed(county, "liaison") == {"lead_liaison_may_know"}
    assert listed(county, "court") == {"lead_agency_and_court"}


def test_who_is_sought_and_whose_charge_stands_lies_in_a_box_of_the_manager(county: Built) -> None:
    titles = {
        "lead_quiet_and_late": "Looking for them",
        "lead_said_no_held": "Ended, and a charge or a review stands",
    }
    boxes = papers.pathway_of(PROGRAMME).boxes
    for story, title in titles.items():
        case = casefile.load(county.cases[story], now=county.moment).case
        assert boxes[read.box(case, county.moment)].title["en"] == title
        assert story in listed(county, "manager")


def test_a_letter_to_who_reads_spanish_is_in_spanish(county: Built) -> None:
    held = casefile.load(county.cases["lead_second_meeting_today"], now=county.moment)
    for copy in held.case.letters.values():
        language = letters.language_of(held.pathway, letters.addressee(held, copy), "en")
        assert (language, letters.render(held, copy, language, county.moment)[:5]) == ("es", b"%PDF-")


def test_a_letter_on_how_somebody_is_doing_prints_in_both_languages(county: Built) -> None:
    held = casefile.load(county.cases["lead_letter"], now=county.moment)
    (copy,) = (one for one in held.case.letters.values() if one.letter == "status_letter")
    assert all(letters.render(held, copy, language, county.moment) for language in ("en", "es"))


EVERYBODY = (
    ("officer", "sergeant", "manager", "casemanager", "outreach")
    + ("prosecutor", "clinic", "liaison", "court", "privacy")
)  # fmt: skip


@pytest.mark.parametrize("login", EVERYBODY)
def test_every_page_of_a_case_opens_for_who_finds_it(county: Built, login: str, client: Client) -> None:
    client.force_login(somebody(login))
    assert client.get("/", follow=True).status_code == 200
    for story in sorted(listed(county, login)):
        page = client.get(f"/case/{county.cases[story]}/", follow=True)
        assert page.status_code == 200, story


@pytest.mark.parametrize("login", ["officer", "officer2", "prosecutor"])
def test_no_page_of_police_or_prosecutor_says_where_a_case_stands(
    county: Built, login: str, client: Client
) -> None:
    stages = papers.pathway_of(PROGRAMME).stages.items()
    told = {stage.title["en"] for name, stage in stages if name not in ("handoff", "active", "referred")}
    client.force_login(somebody(login))
    stories = (
        "lead_said_no_held",
        "lead_left_held",
        "lead_quiet_and_late",
        "lead_no_at_handoff",
        "lead_not_filed",
    )
    pages = ["/", *(f"/case/{county.cases[s]}/" for s in stories if s in listed(county, login))]
    assert len(pages) > 1
    for page in pages:
        words = client.get(page, follow=True).content.decode()
        assert not [title for title in told if title in words], page
