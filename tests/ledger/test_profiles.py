"""A site chooses a profile; a case keeps the one under which it opened."""

from datetime import date

from amparo.cases.model import Do, Refusal, Request
from amparo.ledger import book, definitions, papers
from amparo.ledger.casefile import load
from amparo.ledger.models import Definition
from amparo.people import staff
from amparo.people.models import Account, SettingEntry, Site
from tests.ledger.conftest import at, recorded
from tests.ledger.test_waiting import SINCE, House, P, house, keeper

__all__ = ["house", "keeper"]


def chooses(site: Site, keeper: Account, profile: str, since: date = SINCE) -> None:
    said = {"source": "The board", "source_date": since, "from_day": since, "by": keeper}
    SettingEntry.objects.create(site=site, programme=P, name=staff.PROFILE, value=profile, **said)


def test_a_site_without_a_choice_does_the_programme_as_it_stands(house: House):
    assert papers.pathway_at(P, "lisboa", house.now).profile == ""
    assert load(house.comes(), now=house.now).pathway.profile == ""


def test_new_cases_open_under_the_profile_that_the_site_has_chosen(house: House, site: Site, keeper: Account):
    chooses(site, keeper, "tents")
    case = load(house.comes(), now=house.now)
    assert case.log.events[0].data["profile"] == "tents" and case.log.events[0].data["settings"]["beds"] == 3
    assert case.pathway.title == {"en": "Field of tents"}
    assert book.read(keeper, case.case.id, "", now=house.now).profile == "tents"


def test_a_case_keeps_the_profile_under_which_it_opened(house: House, site: Site, keeper: Account):
    before = house.comes()
    chooses(site, keeper, "tents")
    after = house.comes()
    assert [load(one, now=house.now).pathway.profile for one in (before, after)] == ["", "tents"]
    recorded(house.does(before, "admit", {"fit": True}))
    assert load(before, now=house.now).pathway.settings["beds"].value == 2


def test_a_door_that_the_profile_closes_opens_no_case(house: House, site: Site, keeper: Account):
    chooses(site, keeper, "tents")
    request = Request("steps", "", "keeper", (Do("sleep_over", {"seen_on": "2026-03-02"}),), door="night")
    answer = book.record(keeper, None, request, "k", programme=P, site="lisboa", now=at("2026-03-02 22:00"))
    assert isinstance(answer, Refusal) and answer.detail == "closed"


def test_a_profile_that_is_gone_is_read_from_what_was_kept(
    house: House, site: Site, keeper: Account, monkeypatch
):
    chooses(site, keeper, "tents")
    case = house.comes()
    assert Definition.objects.filter(pathway="beds@tents", version="1").exists()
    monkeypatch.setattr(definitions, "profiles", lambda name, folders: ())
    kept = load(case, now=house.now).pathway
    assert (kept.profile, kept.settings["beds"].value, kept.title) == ("tents", 3, {"en": "Field of tents"})
