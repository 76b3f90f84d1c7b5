"""The discounting convention, in one place.

One unit t years from the start is worth (1 + r)^-t today. Time is continuous, so the rate in an integral is
ln(1 + r), not r: a year of life from t = 0 to 1 at 3 % is worth (1 - 1.03^-1) / ln 1.03 = 0.98537. Costs, years of
full health and everything else discounted follow the same rule with the same rate, and every result is kept
undiscounted too. The frequent shortcut exp(-r t) is *not* used: at 3 % over ten years it gives 0.2 % less.

A year is 365.25 days of 86,400 seconds. A cost that falls at one moment is discounted to that moment; one that runs
with time is discounted continuously over it. There is no half-cycle correction, since there are no cycles.
"""

from __future__ import annotations

import math

from amparo.analysis.model import AnalysisFault


def continuous(rate: float) -> float:
    """The continuous rate a year, ln(1 + r), for a yearly rate such as 0.03."""
    if not (math.isfinite(rate) and rate > -1.0):
        raise AnalysisFault(f"A discount rate of {rate} a year has no meaning: give one such as 0.03.")
    return math.log1p(rate)


def factor(years: float, rate: float) -> float:
    """What one unit `years` from the start is worth today: (1 + r)^-t."""
    return math.exp(-continuous(rate) * years)


def stretch(start: float, end: float, rate: float) -> float:
    """What one unit a year from `start` to `end` (in years) is worth today, in years."""
    steady = continuous(rate)
    if steady == 0.0:
        return end - start
    return (factor(start, rate) - factor(end, rate)) / steady
