"""Synthetic people, made from the columns of the population with addressed draws: chunk by chunk, always the same ones.

What a person is depends on the seed, the person's number, the names of the columns and one draw of the parameters:
never on the chunk, nor on which columns come after.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.evidence.check_names import codes_of
from amparo.simulation.evidence.draw import Row, number_of, shares_of
from amparo.simulation.evidence.model import Column, Evidence, Ref
from amparo.simulation.tables import PEOPLE

Floats = NDArray[np.float64]
Codes = NDArray[np.int16]
Words = NDArray[np.uint64]
Column_ = NDArray[np.generic]
BLOCK = 8192
"""People whose words are drawn at once: few enough to stay in the cache."""

M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = 0x9E3779B9, 0xBB67AE85
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def people(evidence: Evidence, row: Row, first: int, number: int, seed: int) -> dict[str, Column_]:
    """The columns of people `first` to `first + number - 1` in one draw of the parameters.

    Age bands give ages in years (float64), every other column the number of its code (int16, in the order of
    `codes`). Raises `SimulationFault` where there is no population, or nobody in it.
    """
    return Crowd(evidence, first, number, seed).people(row)


class Crowd:
    """Some people before any number of the evidence is known: their random numbers, kept for many draws of it.

    16 bytes a person and column.
    """

    def __init__(self, evidence: Evidence, first: int, number: int, seed: int) -> None:
        if evidence.population is None:
            what = f"{evidence.pathway}: there is no population"
            raise SimulationFault(f"{what} · write population, or use another's")
        if number < 1 or first < 0:
            raise SimulationFault("there is nobody to simulate · ask for one person or more")
        self.columns = evidence.population.columns
        self.orders = codes(evidence)
        self._drawn = {name: uniforms(first, number, seed, name) for name in self.columns}

    def people(self, row: Row) -> dict[str, Column_]:
        """Their columns in one draw of the parameters, as `people` gives them."""
        made: dict[str, Column_] = {}
        known: dict[str, Codes] = {}
        for name, column in self.columns.items():
            which, within = self._drawn[name]
            known[name] = self._codes(column, row, which, known)
            made[name] = _ages(column, known[name], within) if column.bands else known[name]
        return made

    def _codes(self, column: Column, row: Row, which: Floats, known: Mapping[str, Codes]) -> Codes:
        """The number of each person's code, by the shares of the column, or of people of their sort."""
        order = codes_of(column)
        if column.choose or column.bands or column.share is not None:
            made = _chosen(column, order, row, which)
        else:
            made = np.zeros(len(which), dtype=np.int16)
        for other, sorts in column.by.items():
            for code, some in sorts.items():
                of = known[other] == self.orders[other].index(code)
                made[of] = _chosen(some, order, row, which[of])
        return made


def codes(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """The codes of each column in the order of their numbers; of ages, the first age of each band."""
    if evidence.population is None:
        return {}
    return {name: codes_of(column) for name, column in evidence.population.columns.items()}


def _chosen(column: Column, order: tuple[str, ...], row: Row, which: Floats) -> Codes:
    """The first code whose cumulative share exceeds each number."""
    shares = _shares(column, row)
    steps = np.cumsum([shares.get(code, 0.0) for code in order])
    if steps[-1] <= 0:
        raise SimulationFault("all shares of a column are 0 in this draw · mend its values")
    made = np.zeros(len(which), dtype=np.int16)
    for step in steps[:-1] / steps[-1]:  # few codes: comparing all is faster than searching for each
        made += which >= step
    return made


def _shares(column: Column, row: Row) -> dict[str, float]:
    if column.share is not None:
        yes = number_of(column.share, row)
        return {"no": 1 - yes, "yes": yes}
    named: dict[str, Ref] = dict(column.choose) or {str(age): ref for age, ref in column.bands.items()}
    return shares_of(named, row)[0]


def _ages(column: Column, band: Codes, within: Floats) -> Floats:
    """Ages in years: within a band all are as likely."""
    starts = np.array([*column.bands, column.until], dtype=np.float64)
    return np.asarray(starts[band] + within * (starts[band + 1] - starts[band]), dtype=np.float64)


def uniforms(first: int, number: int, seed: int, name: str) -> tuple[Floats, Floats]:
    """Two numbers in [0, 1) for each person and column: Philox4x32-10 (Salmon and others, SC11, 2011) at the counter
    (person, PEOPLE, the name's check sum, 0), key the seed; 52 bits each, as kernels draw them.
    """
    one, two = np.empty(number), np.empty(number)
    place, column = np.uint64(PEOPLE), np.uint64(crc32(name.encode()))
    for start in range(0, number, BLOCK):
        end = min(start + BLOCK, number)
        person = np.arange(first + start, first + end, dtype=np.uint64)
        there = np.zeros_like(person)
        pair = philox((person, there + place, there + column, there), seed)
        one[start:end], two[start:end] = _fraction(pair[0]), _fraction(pair[1])
    return one, two


def philox(counter: tuple[Words, Words, Words, Words], seed: int) -> tuple[Words, Words]:
    """The four words of each block, two by two."""
    c0, c1, c2, c3 = counter
    k0, k1 = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
    for _ in range(10):
        p0, p1 = c0 * M0, c2 * M1
        c0, c1, c2, c3 = (
            (p1 >> HALF) ^ c1 ^ np.uint64(k0),
            p1 & LOW,
            (p0 >> HALF) ^ c3 ^ np.uint64(k1),
            p0 & LOW,
        )
        k0, k1 = (k0 + W0) & 0xFFFFFFFF, (k1 + W1) & 0xFFFFFFFF
    return (c0 << HALF) | c1, (c2 << HALF) | c3


def _fraction(words: Words) -> Floats:
    return np.asarray((words >> np.uint64(12)).astype(np.float64) * 2.0**-52, dtype=np.float64)
