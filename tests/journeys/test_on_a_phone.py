"""Each programme once from its opening to its ordinary good end, typed on a phone by the people of its house, in
Chromium: every page fits the screen, and axe finds nothing on any kind of page.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.house import house
from tests.journeys.site import Site
from tests.journeys.trade import stands
from tests.journeys.typist import Typist
from tests.journeys.walker import Walker
from tests.journeys.ways import ways
from tests.journeys.web import Person, person

GOOD = {
    ("nz-warning", ""): "settled",
    ("nz-panel", ""): "no_charge",
    ("nz-treatment-court", ""): "sentenced",
    ("nz-treatment-court", "us-treatment-court"): "sentenced",
    ("prosecution", ""): "discharged",
    ("us-lead", ""): "inactive",
}
"""The end at which a case that went well stands. Portugal's is walked in `test_the_main_job`."""

LOOKED = set[str]()


@pytest.fixture
def phones(site: Site, browser: Browser) -> Iterator[dict[str, Typist]]:
    """A phone for each person of the house who takes part."""
    complaints, mine = list[str](), dict[str, Typist]()

    class Phones(dict[str, Typist]):
        def __missing__(self, login: str) -> Typist:
            self[login] = Typist(site, login, browser, LOOKED, complaints)
            return self[login]

    mine = Phones()
    yield mine
    for one in mine.values():
        one.page.context.close()
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(("name", "profile"), GOOD, ids=lambda x: x or "-")
def test_a_case_that_goes_well_is_taken_through_on_a_phone(
    site: Site, phones: dict[str, Typist], name: str, profile: str
) -> None:
    def plays(_site: Site, login: str) -> Person:
        return phones[login]

    end = GOOD[name, profile]
    way = ways(name, profile)[end][0]
    walker = Walker(site, house(name, profile), way.pathway, plays)
    walker.prepares()
    case = walker.walk(way)
    title = way.pathway.stages[end].title["en"]
    seen = [stands(person(site, hand.login), case) for hand in walker.lately]
    assert any(title in one for one in seen), seen
