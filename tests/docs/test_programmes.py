"""Each programme has its page, and the page says what its definition leaves open."""

import pytest

from amparo.desk.site import view as site
from amparo.ledger import tallies
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from tests.docs import pages, programmes_page

PROGRAMMES = reader.programmes()
OPEN = [
    (programme, heading, definition)
    for programme in PROGRAMMES
    for heading, definition in (
        ("## Settings that nobody has entered", reader.programme(programme)),
        *(
            (f"## The same under the profile `{name}`", programmes_page.profile(programme, name))
            for name in programmes_page.profiles(programme)
        ),
    )
]


def test_every_programme_has_its_page_and_every_page_its_programme() -> None:
    found = {path.stem for path in programmes_page.FOLDER.glob("*.md")} - {"README"}
    assert found == set(PROGRAMMES)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_page_is_what_the_definition_says(programme: str) -> None:
    text = pages.text(programmes_page.FOLDER / f"{programme}.md")
    remedy = "run: .venv/bin/python -m tests.docs.programmes_page"
    assert text == programmes_page.page(programme).rstrip("\n") + "\n", remedy


@pytest.mark.parametrize(
    ("programme", "heading", "definition"), OPEN, ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_setting_without_a_value_is_listed(programme: str, heading: str, definition: Pathway) -> None:
    rows = pages.rows(programmes_page.FOLDER / f"{programme}.md", heading)
    listed = {row[0].strip("`") for row in rows} - {"none"}
    assert listed == {name for name, one in definition.settings.items() if one.value is None}


def test_who_keeps_a_programme_is_asked_as_the_program_asks_it() -> None:
    assert set(site.ENTERS) == programmes_page.ENTERS
    assert programmes_page.READERS == tallies.READERS


def test_a_setting_without_a_value_is_found() -> None:
    assert "kept_for" in programmes_page.unset(reader.programme("nz-warning"))
    assert "dispute_window" not in programmes_page.unset(reader.programme("nz-warning"))


def test_a_doubt_deep_inside_an_element_is_found() -> None:
    assert "penalty" in programmes_page.uncertain(reader.programme("nz-warning"))["criteria"]
