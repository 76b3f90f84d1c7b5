"""Random numbers with an address: Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1,
2, 3; SC11, 2011, doi 10.1145/2063384.2063405).

Nothing is remembered between draws: key and counter give four words of 32 bits, here two numbers of 52 bits. The same
person at the same place of their history draws the same number, in whatever order people are taken.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.bits import Whole, compiled

Words = NDArray[np.uint64]

M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
LOW, HALF, SPARE = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(12)
ONE = np.uint64(0x3FF0000000000000)
"""The bits of 1.0: with a random fraction they write a number from 1 to just below 2."""


@compiled
def words(c0: Whole, c1: Whole, c2: Whole, c3: Whole, k0: Whole, k1: Whole) -> tuple[Whole, Whole]:
    """Ten rounds: the four words, two by two, as (first << 32 | second)."""
    for _ in range(10):
        p0 = (c0 & LOW) * M0
        p1 = (c2 & LOW) * M1
        c0 = (p1 >> HALF) ^ c1 ^ k0
        c2 = (p0 >> HALF) ^ c3 ^ k1
        c1 = p1 & LOW
        c3 = p0 & LOW
        k0 = (k0 + W0) & LOW
        k1 = (k1 + W1) & LOW
    return ((c0 & LOW) << HALF) | c1, ((c2 & LOW) << HALF) | c3


@compiled
def blocks(
    people: Words, numbers: Words, stage: int, block: int, k0: Whole, k1: Whole, v1: Words, v2: Words, m: int
) -> None:
    """For m people the two draws of a block, as bits of numbers in [1, 2). `numbers`: which visit or event it is."""
    c0: Whole
    c2: Whole
    place, pair = np.uint64(stage), np.uint64(block)
    for i in range(m):
        c0 = people[i]
        c1 = place
        c2 = numbers[i]
        c3 = pair
        a = k0
        b = k1
        for _ in range(10):
            p0 = (c0 & LOW) * M0
            p1 = (c2 & LOW) * M1
            c0 = (p1 >> HALF) ^ c1 ^ a
            c2 = (p0 >> HALF) ^ c3 ^ b
            c1 = p1 & LOW
            c3 = p0 & LOW
            a = (a + W0) & LOW
            b = (b + W1) & LOW
        v1[i] = ((((c0 & LOW) << HALF) | c1) >> SPARE) | ONE
        v2[i] = ((((c2 & LOW) << HALF) | c3) >> SPARE) | ONE
