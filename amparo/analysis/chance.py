"""Monte Carlo error: how much a result would move with other people and other chances under the same inputs.

It is not the uncertainty of the inputs, and is reported apart from it. By the law of total variance, what is seen
between draws is the variance of the inputs *plus* the mean Monte Carlo variance within a draw; the second is taken
off (analysis of variance for patient-level models: O'Hagan, Stevenson, Madan, Health Economics 2007).

Where all draws use the same chances, Monte Carlo errors of the draws move together: they do not add to the spread
between draws, nor shrink with their number. Batches show this: with V the mean variance within a draw and W the
variance of the mean over draws, what is taken off is (V - W) D / (D - 1): all of V where draws have chances of
their own (W = V / D), nothing where they share them (W = V).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations of one difference, in its unit. None: not known.

    seen: between draws, all in all (None for one draw). inputs: what is left of it when chance is taken off. chance:
    Monte Carlo error of one draw. of_mean: Monte Carlo error of the mean over all draws. share: the part of the seen
    variance that is chance, from 0 to 1.
    """

    seen: float | None
    inputs: float | None
    chance: float | None
    of_mean: float | None
    share: float | None


def of_total(totals: Floats, sizes: Floats) -> Floats:
    """The Monte Carlo variance of a sum over independent batches: [D, B, ...] and sizes [B] to [D, ...].

    The variance between people is estimated from the batch means, each weighted by its people, with B - 1 degrees of
    freedom; the total of n people has n times that. At least two batches.
    """
    people = sizes.sum()
    size = sizes.reshape((1, -1, *(1,) * (totals.ndim - 2)))
    apart = totals / size - totals.sum(axis=1, keepdims=True) / people
    between = (size * apart**2).sum(axis=1) / (sizes.size - 1)
    return np.asarray(people * between)


def spread(draws: Floats, within: float | None, of_mean: float | None) -> Spread:
    """The spread of a difference whose value in each draw is `draws`, [D].

    within: mean Monte Carlo variance in a draw. of_mean: Monte Carlo variance of the mean over draws, where batches
    show it; else draws are taken to have chances of their own.
    """
    count = draws.size
    if within is None or not np.isfinite(within):
        within = None
    elif of_mean is None or not np.isfinite(of_mean):
        of_mean = within / count
    one, mean = _root(within), None if within is None else _root(of_mean)
    if count < 2:
        return Spread(None, None, one, mean, None)
    seen = float(draws.var(ddof=1))
    if within is None or of_mean is None:
        return Spread(_root(seen), None, one, mean, None)
    added = float(np.clip((within - of_mean) * count / (count - 1), 0.0, within))
    share = min(1.0, added / seen) if seen > 0 else 0.0
    return Spread(_root(seen), _root(max(0.0, seen - added)), one, mean, share)


def _root(variance: float | None) -> float | None:
    return None if variance is None else float(np.sqrt(variance))
