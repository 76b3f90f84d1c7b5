"""Logarithm and discount as polynomials of our own, so that no machine's library can round them its own way.

Logarithm: the argument is brought to between the square roots of 1/2 and 2, then log g = 2 (z + z^3/3 + z^5/5 + …)
with z = (g - 1) / (g + 1), 11 terms: error below 4e-16 absolute. Discount: exp y = (exp y/16)^16, ten terms.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.bits import Whole, as_bits, as_float, compiled, fma

Words = NDArray[np.uint64]
Floats = NDArray[np.float64]

LN2 = math.log(2.0)
CUT, FRACTION, ROOT = (
    np.uint64(0x00095F619980C433),
    np.uint64(0x000FFFFFFFFFFFFF),
    np.uint64(0x3FE6A09E667F3BCD),
)
"""ROOT writes the square root of 1/2; CUT moves numbers below it into the next power of two."""
EXPONENT = np.uint64(52)

STEEPEST = 12.0
"""Discount exponents beyond this are refused: the polynomial is no longer good to 2^-36."""


@compiled
def exponentials(v: Words, w: Words, m: int) -> None:
    """Draws, as bits of f in [1, 2), become the bits of -log(2 - f): unit exponentials. `w`: a scratch as long."""
    f = v.view(np.float64)
    g = w.view(np.float64)
    for i in range(m):
        f[i] = 2.0 - f[i]
    for i in range(m):
        h = v[i] + CUT
        w[i] = (h & FRACTION) + ROOT
        v[i] = h >> EXPONENT
    for i in range(m):
        z = (g[i] - 1.0) / (g[i] + 1.0)
        y = z * z
        p = 1.0 / 21
        p = fma(p, y, 1.0 / 19)
        p = fma(p, y, 1.0 / 17)
        p = fma(p, y, 1.0 / 15)
        p = fma(p, y, 1.0 / 13)
        p = fma(p, y, 1.0 / 11)
        p = fma(p, y, 1.0 / 9)
        p = fma(p, y, 1.0 / 7)
        p = fma(p, y, 1.0 / 5)
        p = fma(p, y, 1.0 / 3)
        p = fma(p, y, 1.0)
        f[i] = fma(1023.0 - np.float64(np.int32(v[i])), LN2, -2.0 * z * p)


@compiled
def discounts(t: Floats, decay: float, d: Floats, m: int) -> None:
    """d = exp(16 x decay x t), for `decay` = -rate / 16 a second."""
    for i in range(m):
        y = decay * t[i]
        p = 1.0 / 362880
        p = fma(p, y, 1.0 / 40320)
        p = fma(p, y, 1.0 / 5040)
        p = fma(p, y, 1.0 / 720)
        p = fma(p, y, 1.0 / 120)
        p = fma(p, y, 1.0 / 24)
        p = fma(p, y, 1.0 / 6)
        p = fma(p, y, 0.5)
        p = fma(p, y, 1.0)
        p = fma(p, y, 1.0)
        p *= p
        p *= p
        p *= p
        d[i] = p * p


@compiled
def exponential(v: Whole) -> float:
    """The same for one draw."""
    h = as_bits(2.0 - as_float(v)) + CUT
    g = as_float((h & FRACTION) + ROOT)
    z = (g - 1.0) / (g + 1.0)
    y = z * z
    p = 1.0 / 21
    p = fma(p, y, 1.0 / 19)
    p = fma(p, y, 1.0 / 17)
    p = fma(p, y, 1.0 / 15)
    p = fma(p, y, 1.0 / 13)
    p = fma(p, y, 1.0 / 11)
    p = fma(p, y, 1.0 / 9)
    p = fma(p, y, 1.0 / 7)
    p = fma(p, y, 1.0 / 5)
    p = fma(p, y, 1.0 / 3)
    p = fma(p, y, 1.0)
    e: float = fma(1023.0 - np.float64(np.int64(h >> EXPONENT)), LN2, -2.0 * z * p)
    return e


@compiled
def discount(t: float, decay: float) -> float:
    """The same for one second."""
    y = decay * t
    p = 1.0 / 362880
    p = fma(p, y, 1.0 / 40320)
    p = fma(p, y, 1.0 / 5040)
    p = fma(p, y, 1.0 / 720)
    p = fma(p, y, 1.0 / 120)
    p = fma(p, y, 1.0 / 24)
    p = fma(p, y, 1.0 / 6)
    p = fma(p, y, 0.5)
    p = fma(p, y, 1.0)
    p = fma(p, y, 1.0)
    p *= p
    p *= p
    p *= p
    d: float = p * p
    return d
