"""A smooth curve of an answer against one assumption, from the draws alone.

Restricted cubic splines (linear outside the outer knots) with knots at quantiles of the assumption, fitted by least
squares. How many knots, or a line, or no dependence at all, is chosen by the Bayesian information criterion, so that
an assumption that does nothing is said to do nothing. Means over the draws are kept exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from amparo.analysis.model import AnalysisFault, Floats

FEWEST = 20
"""Draws below which no curve is fitted."""

KNOTS = (3, 4, 5, 7)
OUTER = 0.05
"""The outer knots stand at this quantile and at its mirror."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A fitted curve: fitted [D] at the draws; `at` anywhere; explained: the share of the variance, 0 to 1."""

    fitted: Floats
    explained: float
    middle: float
    scale: float
    knots: Floats
    weights: Floats

    def at(self, x: Floats) -> Floats:
        """The curve at other values of the assumption; straight beyond the outer knots."""
        basis = _basis((x - self.middle) / self.scale, self.knots, self.weights.size)
        return np.asarray(np.einsum("dm,m->d", basis, self.weights))


def fit(x: Floats, y: Floats) -> Curve:
    """The curve of y [D] against x [D] that the draws support. Raises AnalysisFault below FEWEST draws."""
    return fits(x, y[:, None])[0]


def fits(x: Floats, ys: Floats) -> tuple[Curve, ...]:
    """The curve of every column of ys, [D, n], against x, [D]: each as `fit` gives it, worked out together."""
    if x.size < FEWEST:
        raise AnalysisFault(f"{x.size} draws can't show what an assumption does: run at least {FEWEST}.")
    middle, scale = float(x.mean()), float(x.std())
    varied = scale > 1e-12 * max(1.0, abs(middle))
    z = (x - middle) / scale if varied else np.zeros_like(x)
    shapes = tuple(_shapes(z)) if varied else (_LEVEL,)
    tried = [_fitted(z, ys, knots, width) for knots, width in shapes]
    best = np.argmin([_criterion(ys, fitted, len(weights)) for weights, fitted in tried], axis=0)
    unit = scale if varied else 1.0
    return tuple(
        Curve(
            fitted=tried[s][1][:, n],
            explained=_explained(ys[:, n], tried[s][1][:, n]),
            middle=middle,
            scale=unit,
            knots=shapes[s][0],
            weights=tried[s][0][:, n],
        )
        for n, s in enumerate(int(b) for b in best)
    )


_LEVEL: tuple[Floats, int] = (np.zeros(0), 1)
_LINE: tuple[Floats, int] = (np.zeros(0), 2)


def _shapes(z: Floats) -> Iterator[tuple[Floats, int]]:
    """Knots and number of weights of each curve tried: none, a line, splines."""
    yield _LEVEL
    yield _LINE
    values = np.unique(z).size
    for number in (n for n in KNOTS if n <= values):
        knots = np.unique(np.quantile(z, np.linspace(OUTER, 1.0 - OUTER, number)))
        if knots.size == number and number + FEWEST // 2 <= z.size:
            yield knots, number


def _basis(z: Floats, knots: Floats, width: int) -> Floats:
    """Columns: one, z, and the cubic pieces that are straight beyond the outer knots."""
    columns = [np.ones_like(z), z][:width]
    if knots.size:
        last, before = knots[-1], knots[-2]
        end = _cube(z - last)
        for knot in knots[:-2]:
            bend = _cube(z - knot) - (_cube(z - before) * (last - knot) - end * (before - knot)) / (
                last - before
            )
            columns.append(bend)
    return np.stack(columns, axis=1)


def _cube(z: Floats) -> Floats:
    return np.asarray(np.maximum(z, 0.0) ** 3)


def _fitted(z: Floats, ys: Floats, knots: Floats, width: int) -> tuple[Floats, Floats]:
    """Weights, [width, n], and what they give, [D, n]: least squares by orthogonal columns.

    Own sums, not a library's that spreads over threads: a few columns gain nothing from them, and the order of adding
    stays the same everywhere.
    """
    basis = _basis(z, knots, width)
    columns, upper = _orthogonal(basis)
    along = np.einsum("dm,dn->mn", columns, ys)
    weights: Floats = np.asarray(np.linalg.solve(upper, along), dtype=np.float64)
    return weights, np.einsum("dm,mn->dn", columns, along)


def _orthogonal(basis: Floats) -> tuple[Floats, Floats]:
    """Orthonormal columns Q and the triangle R with basis = Q R (Gram and Schmidt, each column twice).

    A column that the others make up adds nothing: zero in Q, one in R.
    """
    columns, upper = np.zeros_like(basis), np.zeros((basis.shape[1], basis.shape[1]))
    for k in range(basis.shape[1]):
        rest = basis[:, k].copy()
        for _ in range(2):
            along = np.einsum("dm,d->m", columns[:, :k], rest)
            rest -= np.einsum("dm,m->d", columns[:, :k], along)
            upper[:k, k] += along
        left = np.sqrt(np.square(rest).sum())
        known = left <= 1e-10 * np.sqrt(np.square(basis[:, k]).sum())
        upper[k, k] = 1.0 if known else left
        columns[:, k] = 0.0 if known else rest / left
    return columns, upper


def _explained(y: Floats, fitted: Floats) -> float:
    total = float(((y - y.mean()) ** 2).sum())
    if not total > 0:
        return 0.0
    return min(1.0, max(0.0, 1.0 - float(((y - fitted) ** 2).sum()) / total))


def _criterion(ys: Floats, fitted: Floats, width: int) -> Floats:
    """The Bayesian information criterion of every column; a rest below rounding counts as rounding."""
    rest = ((ys - fitted) ** 2).mean(axis=0)
    floor = np.maximum(1e-300, 1e-24 * (ys**2).mean(axis=0))
    return np.asarray(len(ys) * np.log(np.maximum(rest, floor)) + width * np.log(len(ys)))
