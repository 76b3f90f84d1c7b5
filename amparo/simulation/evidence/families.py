"""The families of distributions: quantiles, and their numbers from a middle and one more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Args = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """quantile, above: the numbers below, and above, which shares lie. shaped: args from middle, which, free number.

    free: between which the logarithm of the free number lies; of a normal, in widths of the interval. middles: the
    first is the usual one.
    """

    quantile: Callable[[Args, Floats], NDArray[Any]]
    above: Callable[[Args, Floats], NDArray[Any]]
    shaped: Callable[[float, str, float], Args] | None = None
    free: tuple[float, float] = (0.0, 0.0)
    middles: tuple[str, ...] = ("mean",)


# ------------------------------------------------------------------------------------------------- families
def _beta(middle: float, which: str, size: float) -> Args:
    return middle * size, (1 - middle) * size


def _gamma(middle: float, which: str, shape: float) -> Args:
    """Shape and scale."""
    centre = shape if which == "mean" else float(special.gammaincinv(shape, 0.5))
    return shape, middle / centre


def _lognormal(middle: float, which: str, log_sd: float) -> Args:
    """Log of the median, and the standard deviation of the log."""
    return log(middle) - (log_sd**2 / 2 if which == "mean" else 0.0), log_sd


def _weibull(middle: float, which: str, shape: float) -> Args:
    """Shape and scale."""
    centre = exp(lgamma(1 + 1 / shape)) if which == "mean" else log(2) ** (1 / shape)
    return shape, middle / centre


def _stretched(args: Args, hazard: Floats) -> Floats:
    return np.asarray(args[1] * hazard ** (1 / args[0]), dtype=np.float64)


def _triangle(args: Args, share: Floats) -> Floats:
    low, mode, high = args
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - share) * (high - low) * (high - mode))
    return np.where(share < turn, rising, falling)


def _sorted(args: Args, share: Floats) -> Floats:
    """Each of the numbers as likely."""
    numbers: Floats = np.sort(np.asarray(args, dtype=np.float64))
    places = np.minimum((share * len(numbers)).astype(np.int64), len(numbers) - 1)
    return np.asarray(numbers[places], dtype=np.float64)


def _piecewise_above(args: Args, share: Floats) -> Floats:
    """Between two durations the hazard is the same; after the last it goes on, or all are done."""
    spans, hazards = np.asarray(args[::2]), np.asarray(args[1::2])
    wanted = -np.log(share)
    last = (spans[-1] - spans[-2]) / (hazards[-1] - hazards[-2])
    beyond = spans[-1] + (wanted - hazards[-1]) * last
    return np.asarray(
        np.where(wanted <= hazards[-1], np.interp(wanted, hazards, spans), beyond), dtype=np.float64
    )


FAMILIES: Mapping[str, Family] = {
    "beta": Family(
        lambda a, u: special.betaincinv(a[0], a[1], u),
        lambda a, u: special.betainccinv(a[0], a[1], u),
        _beta,
        (-6.0, 25.0),
    ),
    "gamma": Family(
        lambda a, u: a[1] * special.gammaincinv(a[0], u),
        lambda a, u: a[1] * special.gammainccinv(a[0], u),
        _gamma,
        (-3.0, 25.0),
        ("mean", "median"),
    ),
    "lognormal": Family(
        lambda a, u: np.exp(a[0] + a[1] * special.ndtri(u)),
        lambda a, u: np.exp(a[0] - a[1] * special.ndtri(u)),
        _lognormal,
        (-14.0, 3.0),
        ("median", "mean"),
    ),
    "normal": Family(
        lambda a, u: a[0] + a[1] * special.ndtri(u),
        lambda a, u: a[0] - a[1] * special.ndtri(u),
        lambda middle, which, sd: (middle, sd),
        (-14.0, 3.0),
        ("mean", "median"),
    ),
    "weibull": Family(
        lambda a, u: _stretched(a, -np.log1p(-u)),
        lambda a, u: _stretched(a, -np.log(u)),
        _weibull,
        (-2.5, 6.0),
        ("mean", "median"),
    ),
    "exponential": Family(
        lambda a, u: a[0] * -np.log1p(-u), lambda a, u: a[0] * -np.log(u), middles=("mean", "median")
    ),
    "uniform": Family(lambda a, u: a[0] + (a[1] - a[0]) * u, lambda a, u: a[1] - (a[1] - a[0]) * u),
    "triangular": Family(_triangle, lambda a, u: _triangle(a, 1 - u)),
    "empirical": Family(_sorted, lambda a, u: _sorted(a, 1 - u)),
    "piecewise": Family(lambda a, u: _piecewise_above(a, 1 - u), _piecewise_above),
    "fixed": Family(lambda a, u: np.full(np.shape(u), a[0]), lambda a, u: np.full(np.shape(u), a[0])),
}
