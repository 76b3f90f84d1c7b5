"""What comes first, and which of several: loops over the people of a wave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.bits import Whole, ceil, compiled, fma
from amparo.simulation.tables import KNOTS, LOWEST, SUB_BITS

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = NDArray[np.uint64]
Bytes = NDArray[np.uint8]


@compiled
def choose(
    share: Ints,
    shares: Floats,
    flat: Bytes,
    whole: bool,
    sort: Ints,
    u: Floats,
    run: Floats,
    which: Longs,
    m: int,
) -> int:
    """Which row of a group, by cumulative share. `whole`: of whatever they sum to; else shares that do not fill one
    leave none (-1). Gives the first of the people whose shares are all zero, or -1.
    """
    if whole:
        for i in range(m):
            run[i] = 0.0
        for r in range(len(share)):
            _add_share(share[r], shares, flat, sort, run, m)
        for i in range(m):
            if not run[i] > 0.0:
                return i
        for i in range(m):
            u[i] *= run[i]
    for i in range(m):
        run[i] = 0.0
        which[i] = -1
    for r in range(len(share)):
        for i in range(m):
            which[i] = r if u[i] >= run[i] else which[i]
        _add_share(share[r], shares, flat, sort, run, m)
    for i in range(m):
        which[i] = which[i] if u[i] < run[i] else -1
    return -1


@compiled
def _add_share(row: int, shares: Floats, flat: Bytes, sort: Ints, run: Floats, m: int) -> None:
    """Adds each person's share of a row; a row without one counts as one."""
    if row < 0 or flat[row]:
        x = 1.0 if row < 0 else shares[row, 0]
        for i in range(m):
            run[i] += x
    else:
        share = shares[row]
        for i in range(m):
            run[i] += share[sort[i]]


@compiled
def durations(inverse: Floats, e: Floats, w: Words, x: Floats, m: int) -> None:
    """x = the duration whose cumulative hazard is e: by the line between the two knots beside e."""
    f = x.view(np.int64)
    for i in range(m):
        x[i] = e[i]
    for i in range(m):
        b = (f[i] >> (52 - SUB_BITS)) - ((1023 + LOWEST) << SUB_BITS)
        w[i] = np.uint64(min(max(b, 0), KNOTS - 2))
    for i in range(m):
        b = np.int64(w[i])
        x[i] = fma(e[i], inverse[2 * b + 1], inverse[2 * b])


@compiled
def sooner_hazard(e: Floats, scale: float, now: Floats, r: int, best: Floats, pick: Longs, m: int) -> None:
    """Takes what comes after e x scale, rounded up, at least a second, where it is before the best so far."""
    for i in range(m):
        y = ceil(e[i] * scale)
        x = now[i] + (1.0 if y < 1.0 else y)
        sooner = x < best[i]
        best[i] = x if sooner else best[i]
        pick[i] = r if sooner else pick[i]


@compiled
def sooner(x: Floats, r: int, best: Floats, pick: Longs, m: int) -> None:
    """Takes x where it is before the best so far."""
    for i in range(m):
        sooner = x[i] < best[i]
        best[i] = x[i] if sooner else best[i]
        pick[i] = r if sooner else pick[i]


@compiled
def sooner_of(x: Floats, which: Longs, best: Floats, pick: Longs, m: int) -> None:
    """The same where each has a row of their own."""
    for i in range(m):
        sooner = x[i] < best[i]
        best[i] = x[i] if sooner else best[i]
        pick[i] = which[i] if sooner else pick[i]


@compiled
def add(fixed: Longs, offset: Whole, sum_: Longs, m: int) -> None:
    """Adds whole numbers that stand above an offset."""
    total: Whole = np.int64(0)
    for i in range(m):
        total += fixed[i] - offset
    sum_[0] += total
