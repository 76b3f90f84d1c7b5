"""Every page can be reached, leads somewhere, and is short enough to be read."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs import pages

LONGEST = 150
"""Lines of a page, what is shown in blocks aside; references are looked up, not read."""
LARGEST_PICTURE = 200_000
"""Bytes."""


@pytest.mark.parametrize("page", pages.pages(), ids=pages.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    assert [to for to in _links(page) if not _leads(page, to)] == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, fresh = set(), [pages.ROOT / "README.md"]
    while fresh:
        page = fresh.pop()
        reached.add(page)
        fresh += [to for to in _pages_linked(page) if to not in reached]
    assert [pages.name(page) for page in pages.pages() if page not in reached] == []


@pytest.mark.parametrize("page", [p for p in pages.pages() if "reference" not in p.parts], ids=pages.name)
def test_a_page_is_short_enough_to_be_read(page: Path) -> None:
    assert len(pages.prose(page).splitlines()) <= LONGEST


def test_pictures_are_there_small_and_told_in_words() -> None:
    found = [(page, one) for page in pages.pages() for one in pages.PICTURE.finditer(pages.prose(page))]
    assert found, "the README shows the program"
    for page, one in found:
        assert len(one["says"]) > 20, f"{pages.name(page)}: {one['to']} is not told in words"
        assert (page.parent / one["to"]).stat().st_size < LARGEST_PICTURE


def test_a_link_to_nowhere_is_found() -> None:
    page = pages.ROOT / "README.md"
    assert not _leads(page, "docs/nowhere.md")
    assert not _leads(page, "README.md#no-such-heading")


def _links(page: Path) -> list[str]:
    """Links inside the project; what lies on the net is not asked for by a test."""
    found = [one["to"] for one in pages.LINK.finditer(pages.prose(page))]
    return [to for to in found if "://" not in to and not to.startswith("mailto:")]


def _leads(page: Path, to: str) -> bool:
    path, _, anchor = unquote(to).partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not target.is_relative_to(pages.ROOT):
        return False
    return not anchor or anchor in pages.anchors(target)


def _pages_linked(page: Path) -> list[Path]:
    linked = [(page.parent / to.partition("#")[0]).resolve() for to in _links(page)]
    return [to for to in linked if to.suffix == ".md" and to.is_file()]
