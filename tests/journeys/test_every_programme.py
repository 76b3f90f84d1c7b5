"""Every end of every programme and profile, by the forms of its desk: the shortest way that its examples know, walked
by the people of its house, from the opening on. One end of each is come to in Chromium (test_on_a_phone); Portugal's
ends have journeys of their own (test_each_end).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amparo.cases.examples import under
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from tests.cases.harvest import everything
from tests.journeys import test_each_end
from tests.journeys.house import HOUSES, house
from tests.journeys.site import Site
from tests.journeys.test_on_a_phone import GOOD
from tests.journeys.trade import stands
from tests.journeys.walker import Walker, at_post
from tests.journeys.ways import ends, ways
from tests.journeys.web import person

CANNOT: dict[tuple[str, str, str], str] = {}
"""Ends that no form reaches, each with its reason: there is none."""


STANDS_BEFORE = {
    ("nz-treatment-court", "", "imprisoned"): "tc_graduated",
    ("nz-treatment-court", "us-treatment-court", "imprisoned"): "tc_us_graduated",
}
"""Ends whose way is that of the end walked in Chromium but for its last line: it is typed on the case of this story."""


def pathway_of(name: str, profile: str) -> Pathway:
    return under(name)[profile] if profile else reader.programme(name)


def wiped_at_once(pathway: Pathway) -> set[str]:
    """The ends with which a case is wiped: nobody opens it any more, and that is how one sees that it ended so."""
    return {
        end for one in pathway.retention if (one.named, one.then) == ("at once", "wiped") for end in one.after
    }


ENDS = [(name, profile, end) for name, profile in HOUSES for end in ends(pathway_of(name, profile))]


@pytest.fixture(scope="module")
def walker(site: Site) -> Callable[[str, str], Walker]:
    """Somebody to walk a programme, in one world whose clock goes on by years."""
    ready = set[tuple[str, str]]()

    def of(name: str, profile: str) -> Walker:
        made = Walker(site, house(name, profile), pathway_of(name, profile))
        if (name, profile) not in ready:
            made.prepares()
            ready.add((name, profile))
        return made

    return of


PHONE = {(*house_, end) for house_, end in GOOD.items()}


@pytest.mark.parametrize(("name", "profile", "end"), [x for x in ENDS if x not in CANNOT.keys() | PHONE])
def test_by_the_forms_of_its_people_a_case_comes_to_this_end(
    walker: Callable[[str, str], Walker], name: str, profile: str, end: str
) -> None:
    walks = walker(name, profile)
    story = STANDS_BEFORE.get((name, profile, end))
    case = walks.walk(ways(name, profile)[end][0], walks.site.case(story) if story else "")
    title = walks.pathway.stages[end].title["en"]
    hands = sorted(walks.house.hands, key=lambda hand: hand not in walks.lately)
    readers = (person(walks.site, hand.login) for hand in hands)
    found = [stands(who, case) for who in readers if at_post(who, f"/case/{case}/").status == 200]
    gone = not found and end in wiped_at_once(walks.pathway)
    assert gone or any(title in one for one in found), f"nobody reads that it stands at {title}"


def test_no_end_of_any_programme_or_profile_is_left_out() -> None:
    """What is walked here and what is walked in the journeys of Portugal are all that there are."""
    walked = {*ENDS, *(("pt-dissuasion", "", end) for end in test_each_end.REACHED)} - CANNOT.keys()
    all_ = {(name, profile, end) for name, profile in everything() for end in ends(pathway_of(name, profile))}
    assert all_ == walked | CANNOT.keys()
    assert all(CANNOT.values())
