"""The pages of a county court say no word of another country's court, whoever of its house reads them."""

import re
from collections.abc import Iterator

from tests.journeys.house import house
from tests.journeys.site import Site
from tests.journeys.web import Person, Seen, person
from tests.pathways.test_two_countries import ID, OF_AMERICA, OF_NEW_ZEALAND, PROFILE

PAGE = re.compile(r"/(?:case/[a-z0-9-]+/(?:[a-z_-]+/)*|places/|site/|new/|meetings/|tests/|which-door/)?$")
CASES = 2
"""How many files of cases one person opens. Of every other kind of page one is read, by whoever opens it first."""

ROLES = (
    "court_coordinator",
    "judge",
    "case_manager",
    "lawyer",
    "police_prosecutor",
    "peer",
    "tester",
    "district_judge",
)


def read(reader: Person, kinds: set[str]) -> Iterator[Seen]:
    """The worklist, some of its cases, and a page of each kind that nobody has read before."""
    met, left, files = {"/"}, ["/"], 0
    while left:
        path = left.pop(0)
        kind = re.sub(r"^/case/[a-z0-9-]+/", "/case/*/", path)
        files += kind == "/case/*/"
        if files > CASES if kind == "/case/*/" else kind in kinds:
            continue
        kinds |= {kind} - {"/", "/case/*/"}
        yield (page := reader.get(path))
        paths = (link.partition("?")[0].partition("#")[0].removeprefix(reader.url) for link in page.links)
        new = [p for p in dict.fromkeys(paths) if PAGE.fullmatch(p) and p not in met]
        met |= set(new)
        left += new


def said(page: Seen, words: re.Pattern[str]) -> list[str]:
    """What a page says of a country, with a little of what stands around it. A person may speak any language."""
    text = page.words.replace(" Māori ", " ")
    return [f"{page.path}: …{text[max(0, m.start() - 40) : m.end() + 40]}…" for m in words.finditer(text)]


def test_a_page_of_the_county_says_nothing_of_new_zealand_whoever_reads_it(site: Site) -> None:
    kinds = set[str]()
    readers = [person(site, house(ID, PROFILE).of(role)[0].login) for role in ROLES]
    pages = [page for reader in readers for page in read(reader, kinds)]
    assert len(kinds) > 20 and [line for page in pages for line in said(page, OF_NEW_ZEALAND)] == []


def test_a_page_of_new_zealand_says_nothing_of_the_county(site: Site) -> None:
    pages = list(read(person(site, house(ID).of("court_coordinator")[0].login), set()))
    assert len(pages) > 10 and [line for page in pages for line in said(page, OF_AMERICA)] == []
