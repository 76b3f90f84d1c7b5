"""Synthetic people are always the same ones, and as many of each sort as the evidence says."""

import numpy as np
import pytest

from amparo.errors import DefinitionFault, SimulationFault
from amparo.simulation.evidence.draw import draws
from amparo.simulation.evidence.population import Crowd, codes, people, philox
from amparo.simulation.life_tables import life_table, life_tables, read_life_tables
from tests.simulation.on_the_ferry import evidence


def made(first: int = 0, number: int = 40_000, seed: int = 5, draw: int = 0) -> dict[str, np.ndarray]:
    row = draws(evidence(), 3, 1).row(draw)
    return people(evidence(), row, first, number, seed)


def test_people_do_not_depend_on_the_chunk() -> None:
    whole, part = made(), made(first=30_000, number=100)
    assert all((whole[name][30_000:30_100] == part[name]).all() for name in whole)


def test_a_crowd_is_the_same_people_in_every_draw() -> None:
    crowd = Crowd(evidence(), 10, 500, 5)
    for draw in (0, 1):
        again = crowd.people(draws(evidence(), 3, 1).row(draw))
        assert all((again[name] == column).all() for name, column in made(10, 500, 5, draw).items())


def test_columns_hold_codes_and_ages() -> None:
    assert codes(evidence()) == {"sex": ("male", "female"), "age": ("15", "25"), "drinks": ("no", "yes")}
    assert {name: column.dtype.name for name, column in made(number=3).items()} == {
        "sex": "int16",
        "age": "float64",
        "drinks": "int16",
    }


def test_shares_are_met() -> None:
    found = made()
    assert np.mean(found["sex"] == 0) == pytest.approx(0.6, abs=0.01)
    assert np.mean(found["age"] < 25) == pytest.approx(0.25, abs=0.01)


def test_ages_fill_their_bands_evenly() -> None:
    ages = made()["age"]
    assert (ages.min() >= 15, ages.max() < 65) == (True, True)
    older = ages[ages >= 25]
    assert older.mean() == pytest.approx(45, abs=0.3)


def test_a_column_differs_by_an_earlier_one() -> None:
    found = made()
    young = found["age"] < 25
    assert found["drinks"][young].sum() == 0
    assert found["drinks"][~young].mean() == pytest.approx(0.1, abs=0.01)


def test_columns_are_drawn_apart_from_each_other() -> None:
    found = made()
    assert abs(np.corrcoef(found["sex"], found["age"])[0, 1]) < 0.02


def test_another_draw_of_the_parameters_changes_few() -> None:
    base, other = made()["sex"], made(draw=1)["sex"]
    assert 0 < np.mean(base != other) < 0.1


def test_nobody_is_not_simulated() -> None:
    with pytest.raises(SimulationFault, match="there is nobody to simulate"):
        made(number=0)


def test_the_generator_gives_its_published_answer() -> None:
    """Salmon and others, known answers of philox4x32 with ten rounds: all bits zero, all bits set."""
    zero, full = np.zeros(1, np.uint64), np.full(1, 0xFFFFFFFF, np.uint64)
    assert [int(word[0]) for word in philox((zero,) * 4, 0)] == [0x6627E8D5E169C58D, 0xBC57AC4C9B00DBD8]
    assert [int(word[0]) for word in philox((full,) * 4, 2**64 - 1)] == [
        0x408F276D41C83B0E,
        0xA20BC7C66D5451FD,
    ]


# -------------------------------------------------------------------------------------------------- life tables
def test_a_life_table_tells_deaths_a_year() -> None:
    table = life_table("PT-2020-25")
    assert table.rate("male", 37.5) == pytest.approx(0.00095)
    assert table.rate("female", 12) == table.rate("female", 15)
    assert table.at("male", np.array([15.0, 44.9, 99.0])) == pytest.approx([0.00028, 0.00158, 0.2211])


def test_each_country_of_the_programmes_has_one() -> None:
    assert {table.place for table in life_tables().values()} == {"PT", "NZ", "US"}
    assert all("Population Prospects" in table.source for table in life_tables().values())


def test_men_die_earlier_than_women_everywhere() -> None:
    for table in life_tables().values():
        assert all(m > w for m, w in zip(table.rates["male"], table.rates["female"], strict=True))


def test_an_unknown_table_is_a_sentence() -> None:
    with pytest.raises(DefinitionFault, match="there is no life table 'PT' · did you mean|known"):
        life_table("PT")


def test_a_row_as_long_as_the_ages_is_wanted() -> None:
    text = "source: {title: x}\nages: [15, 20]\ntables: {X: {place: X, male: [1], female: [1, 2]}}\n"
    with pytest.raises(DefinitionFault, match="x: X, male: 1 rates for 2 ages · write one for each, from 0"):
        read_life_tables(text, "x")
