"""What a list and a file lead to first: who stands waiting, who was just let out, the work; and never the end."""

import re

from tests.journeys.house import house
from tests.journeys.site import Site
from tests.journeys.web import Person, person

CASE = re.compile(r"/case/[a-z0-9-]+/$")


def of(site: Site, programme: str, role: str) -> Person:
    return person(site, house(programme).of(role)[0].login)


def cases(reader: Person, path: str) -> list[str]:
    """The cases of a list, as they stand on it."""
    paths = (link.partition("?")[0].removeprefix(reader.url) for link in reader.get(path).links)
    return list(dict.fromkeys(p for p in paths if CASE.fullmatch(p)))


def can(words: str) -> str:
    """What a file says can be done now."""
    return words.partition("What can be done now")[2].partition("What happened")[0]


def test_who_stands_there_with_an_officer_comes_before_our_own_rhythms(site: Site) -> None:
    manager = of(site, "us-lead", "manager")
    shown = cases(manager, "/")
    handoffs, participants = (set(cases(manager, f"/?box={n}")) & set(shown) for n in (0, 6))
    assert handoffs and participants
    assert max(map(shown.index, handoffs)) < min(map(shown.index, participants))


def test_an_approach_leads_to_the_asking_and_not_to_a_yes(site: Site) -> None:
    outreach = of(site, "us-lead", "outreach")
    told = cases(outreach, "/?box=1")[0]
    first = outreach.get(told).words.partition("What can be done now")[0]
    assert "Find and ask the person" in first and "Asked and interested" not in first


def test_a_file_of_who_takes_part_leads_to_a_contact_and_to_no_end(site: Site) -> None:
    worker = of(site, "us-lead", "case_manager")
    pages = (worker.get(path).words for path in cases(worker, "/"))
    active = [can(page) for page in pages if "Active, since" in page and "Nothing in this case waits" not in page]
    assert active
    for page in active:
        assert 0 <= page.find("Contact or attempt") < page.find("The person ends it"), page


def test_who_was_let_out_is_made_safe_before_all_else(site: Site) -> None:
    released = set(cases(of(site, "nz-treatment-court", "court_coordinator"), "/?box=0"))
    worker = of(site, "nz-treatment-court", "case_manager")
    mine = [path for path in cases(worker, "/") if path in released]
    assert mine
    for path in mine:
        said = can(worker.get(path).words)
        assert said.lstrip().startswith("Overdose safety after release")
