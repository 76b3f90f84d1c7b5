"""Life tables: how often people die at each age, by sex, in a country's whole population.

They stand in `life_tables.yaml`, with their source. A table that evidence names (`life_table: PT-2020-25`) is one of
these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from amparo.errors import DefinitionFault
from amparo.pathways.findings import suggestion
from amparo.pathways.yaml_form import plain, read

SEXES = ("female", "male")


@dataclass(frozen=True, slots=True)
class LifeTable:
    """Death rates a year. ages: from which each rate holds, the last for good. rates: sex -> rate by age band."""

    name: str
    place: str
    source: str
    ages: tuple[int, ...]
    rates: Mapping[str, tuple[float, ...]]

    def rate(self, sex: str, age: float) -> float:
        """Deaths a year of people of this sex and age; of those younger than the table, those of its first age."""
        band = int(np.searchsorted(self.ages, age, side="right")) - 1
        return self.rates[sex][max(band, 0)]

    def at(self, sex: str, ages: NDArray[np.float64]) -> NDArray[np.float64]:
        """Deaths a year at each of these ages."""
        bands = np.maximum(np.searchsorted(self.ages, ages, side="right") - 1, 0)
        return np.asarray(self.rates[sex], dtype=np.float64)[bands]


@lru_cache(maxsize=1)
def life_tables() -> Mapping[str, LifeTable]:
    """All tables there are, by name."""
    file = files("amparo.simulation") / "life_tables.yaml"
    return read_life_tables(file.read_bytes(), "simulation/life_tables.yaml")


def life_table(name: str) -> LifeTable:
    """A table by its name. Raises `DefinitionFault` if there is none."""
    known = life_tables()
    if name not in known:
        raise DefinitionFault(f"there is no life table '{name}' · {suggestion(name, known)}")
    return known[name]


def read_life_tables(text: str | bytes, file: str) -> Mapping[str, LifeTable]:
    """The tables that a text says. Raises `DefinitionFault` where a row is not as long as the ages, or not a number."""
    said = plain(read(text, file))
    assert isinstance(said, dict)
    ages = tuple(int(age) for age in said["ages"])
    return {
        name: _table(name, ages, row, said["source"]["title"], file) for name, row in said["tables"].items()
    }


def _table(name: str, ages: tuple[int, ...], row: Mapping[str, object], source: str, file: str) -> LifeTable:
    rates = {sex: _rates(row[sex], f"{file}: {name}, {sex}", len(ages)) for sex in SEXES}
    return LifeTable(name, str(row["place"]), source, ages, rates)


def _rates(texts: object, whose: str, number: int) -> tuple[float, ...]:
    """Written for 1 000 people, held for one."""
    assert isinstance(texts, list)
    try:
        rates = tuple(float(text) / 1000 for text in texts)
    except ValueError as error:
        raise DefinitionFault(
            f"{whose}: this is no rate: {error} · write a number for 1 000 people"
        ) from error
    if len(rates) != number or min(rates) < 0:
        raise DefinitionFault(f"{whose}: {len(rates)} rates for {number} ages · write one for each, from 0")
    return rates
