"""What is usual where a site stands: its paper, and the languages that are asked by name."""

import pytest

from amparo.people import country


@pytest.mark.parametrize(
    ("zone", "here", "paper"),
    [
        ("America/Denver", "US", "us-letter"),
        ("Pacific/Honolulu", "US", "us-letter"),
        ("America/Sao_Paulo", "BR", "a4"),
        ("Pacific/Auckland", "NZ", "a4"),
        ("Atlantic/Azores", "PT", "a4"),
        ("UTC", "", "a4"),
    ],
)
def test_a_site_prints_on_the_paper_of_its_country(zone: str, here: str, paper: str) -> None:
    assert (country.of_zone(zone), country.paper(zone)) == (here, paper)


@pytest.mark.parametrize(
    ("zone", "asked"),
    [
        ("America/Chicago", ["es", "ht", "other"]),
        ("Pacific/Auckland", ["es", "mi", "sm", "other"]),
        ("Europe/Lisbon", ["es", "kea", "other"]),
        ("UTC", ["es", "mi", "sm", "kea", "ht", "other"]),
    ],
)
def test_a_language_of_one_corner_of_the_world_is_asked_by_name_there(zone: str, asked: list[str]) -> None:
    assert list(country.spoken(zone, ["es", "mi", "sm", "kea", "ht", "other"])) == asked
