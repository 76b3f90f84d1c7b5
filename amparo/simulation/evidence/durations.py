"""People's durations as kernels read them: a scale in seconds, and how long for each cumulative hazard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.evidence.distributions import Fitted, people_of, settled
from amparo.simulation.evidence.model import Value
from amparo.simulation.tables import EXPONENTIAL, FIXED, KNOTS, LOWEST, SUB_BITS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Duration:
    """kind: EXPONENTIAL, FIXED, or 0 for one that needs a table. scale: seconds for each second of the value drawn.

    A duration is scale x value x unit(h), with h a unit exponential.
    """

    kind: int
    scale: float
    fitted: Fitted
    value: float

    def unit(self, hazard: Floats) -> Floats:
        """How many times the scaled value the duration is, at which this much hazard has been passed."""
        if self.kind == FIXED:
            return np.ones_like(hazard)
        if self.kind == EXPONENTIAL:
            return hazard
        with np.errstate(divide="ignore", invalid="ignore"):  # of the two, the one that is not taken
            soon, late = self.fitted.quantile(-np.expm1(-hazard)), self.fitted.above(np.exp(-hazard))
        return np.where(hazard < 0.5, soon, late) / self.value


def duration(value: Value) -> Duration:
    """How people's durations differ. Raises `Unfit` where the value is none, or none can be fitted."""
    fitted = people_of(value)
    if fitted.family == "fixed":
        return Duration(FIXED, 1.0, fitted, value.value)
    if fitted.family == "exponential":
        return Duration(EXPONENTIAL, fitted.args[0] / value.value, fitted, value.value)
    return Duration(0, 1.0, fitted, value.value)


def knots() -> Floats:
    """The cumulative hazards at which `Tables.inverse` is known: [KNOTS]."""
    return np.array([_knot(number) for number in range(KNOTS)])


def _knot(number: int) -> float:
    exponent, part = divmod(number, 1 << SUB_BITS)
    return float(2.0 ** (LOWEST + exponent) * (1 + part / (1 << SUB_BITS)))


def inverse_row(made: Duration) -> Floats:
    """The row of `Tables.inverse` of a duration: [KNOTS, 2], from each knot its line's value at no hazard, and slope.

    Below the first knot its line goes on; so does the last beyond the last knot.
    """
    at = knots()
    long = settled(made.unit(at))
    slope = np.diff(long) / np.diff(at)
    slope = np.append(slope, slope[-1])  # two operations each: the same bytes wherever they are done
    return np.stack([long - slope * at, slope], axis=1)
