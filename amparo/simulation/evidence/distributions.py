"""Distributions fitted to what is known of a number: its value and an interval, or parameters of the family.

A family has two numbers to settle. The value fixes one (its mean; of a lognormal, its median), and the other is found
so that the interval's ends are met as nearly as can be. How far they are missed is the fit's error. `spread_of` fits
how sure a number is, `people_of` how people's durations differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, isfinite, log, log1p, sqrt

import numpy as np
from scipy.optimize import minimize_scalar

from amparo.simulation.evidence.families import FAMILIES, Args, Floats
from amparo.simulation.evidence.model import Spread, Value
from amparo.simulation.evidence.units import LIMITS, NOUNS, Unit, written

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "share": ("fixed", "beta", "dirichlet", "uniform", "triangular", "empirical"),
    "ratio": ("fixed", "lognormal", "gamma", "uniform", "triangular", "empirical"),
    "rate": ("fixed", "gamma", "lognormal", "uniform", "triangular", "empirical"),
    "count": ("fixed", "gamma", "lognormal", "uniform", "triangular", "empirical"),
    "duration": ("fixed", "lognormal", "gamma", "uniform", "triangular", "empirical"),
    "utility": ("fixed", "beta", "normal", "uniform", "triangular", "empirical"),
    "number": ("fixed", "normal", "lognormal", "gamma", "beta", "uniform", "triangular", "empirical"),
    "money": ("fixed", "gamma", "lognormal", "normal", "uniform", "triangular", "empirical"),
    "money_rate": ("fixed", "gamma", "lognormal", "normal", "uniform", "triangular", "empirical"),
}
"""By kind of unit, the families that keep within its limits."""
PEOPLE = (
    "fixed",
    "exponential",
    "weibull",
    "gamma",
    "lognormal",
    "uniform",
    "triangular",
    "piecewise",
    "empirical",
)
"""Families of people's durations."""
SCALES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "beta": (("n",), ("sd",), ("alpha", "beta")),
    "gamma": (("shape",), ("events",), ("sd",)),
    "lognormal": (("log_sd",), ("sd",)),
    "normal": (("sd",),),
    "weibull": (("shape",),),
    "uniform": (("low", "high"),),
    "triangular": (("low", "high"),),
    "dirichlet": (("n",),),
}
"""By family, the parameters of which one set settles it beside the value."""
WORST = 0.5
"""A fit whose ends lie further off than half the interval's width is none."""
FAR = 0.1
"""From here on, a fit's error is worth a warning."""
OFF = 0.25
"""By how much the value of a `piecewise` or `empirical` duration may differ from what its numbers say."""


class Unfit(ValueError):
    """A distribution that cannot be fitted. The text says why; after the colon, the remedy."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A distribution with its numbers settled. args: by family, see FAMILIES. error: of the fit, by interval width."""

    family: str
    args: Args
    error: float = 0.0

    def quantile(self, share: Floats) -> Floats:
        """The numbers below which these shares lie. share: in (0, 1)."""
        return np.asarray(FAMILIES[self.family].quantile(self.args, share), dtype=np.float64)

    def above(self, share: Floats) -> Floats:
        """The numbers above which these shares lie; exact far out."""
        return np.asarray(FAMILIES[self.family].above(self.args, share), dtype=np.float64)


# ---------------------------------------------------------------------------------------------------- fitting
def spread_of(value: Value) -> Fitted:
    """How sure a value is. Of a `dirichlet`, the beta that it is by itself. Raises `Unfit`."""
    _within(value.value, value.unit, f"the value {value.text}")
    spread = value.sure
    if spread.as_ not in ALLOWED[value.unit.kind]:
        known = ", ".join(ALLOWED[value.unit.kind])
        raise Unfit(f"no {_noun(value.unit)} is {spread.as_}: write as: one of {known}")
    fitted = fit(value.value, spread, value.unit)
    _all_within(fitted, value.unit)
    return fitted


def people_of(value: Value) -> Fitted:
    """How people's durations differ. Raises `Unfit`."""
    if value.unit.kind != "duration":
        raise Unfit(f"'{value.name}' is no duration: write one, such as 30 days")
    if value.value <= 0:
        raise Unfit(f"{value.text} is no duration: write one longer than nothing")
    spread = value.people
    if spread.as_ not in PEOPLE:
        raise Unfit(f"no duration is {spread.as_}: write as: one of {', '.join(PEOPLE)}")
    fitted = fit(value.value, spread, value.unit)
    _all_within(fitted, value.unit)
    return fitted


def fit(middle: float, spread: Spread, unit: Unit) -> Fitted:
    """A family through its middle and what else is known of it. Raises `Unfit`."""
    _ask_only_one(spread)
    match spread.as_:
        case "fixed":
            return Fitted("fixed", (middle,))
        case "exponential":
            return Fitted("exponential", (middle / (log(2) if _middle(spread) == "median" else 1.0),))
        case "empirical":
            return _numbers(middle, spread, unit)
        case "piecewise":
            return _pieces(middle, spread, unit)
    if spread.parameters:
        return _by_parameters(middle, spread, unit)
    if spread.interval is None:
        known = " or ".join("{" + ", ".join(names) + "}" for names in SCALES[spread.as_])
        raise Unfit(
            f"nothing says how wide this {spread.as_} is: write interval and level, or parameters: {known}"
        )
    return _by_interval(middle, spread, spread.interval, unit)


def _ask_only_one(spread: Spread) -> None:
    """What is written must be what the family takes, and no more."""
    takes = {"fixed": (), "exponential": (), "empirical": ("draws",), "piecewise": ("done",)}
    known = takes.get(spread.as_, ("interval", "parameters"))
    said = [name for name in ("interval", "parameters", "draws", "done") if getattr(spread, name)]
    for name in said:
        if name not in known:
            what = (
                "nothing says which distribution this is"
                if spread.as_ == "fixed"
                else f"{spread.as_} has no {name}"
            )
            raise Unfit(
                f"{what}: " + (f"write as: beside {name}" if spread.as_ == "fixed" else f"remove {name}")
            )
    if len(said) > 1:
        raise Unfit(f"{' and '.join(said)} stand beside each other: keep one of them")
    if (spread.level is None) != (spread.interval is None):
        raise Unfit("interval and level go together: write both, level: 0.95")


def _middle(spread: Spread) -> str:
    middles = FAMILIES[spread.as_].middles
    if spread.middle and spread.middle not in middles:
        raise Unfit(f"a {spread.as_} is fitted to its {middles[0]}: remove middle: {spread.middle}")
    return spread.middle or middles[0]


def _by_interval(middle: float, spread: Spread, interval: tuple[float, float], unit: Unit) -> Fitted:
    low, high = interval
    level = spread.level or 1.0
    if not low <= middle <= high:
        ends = f"{written(low, unit)} to {written(high, unit)}"
        raise Unfit(
            f"{written(middle, unit)} lies outside its interval, {ends}: mend the value or the interval"
        )
    if spread.as_ in ("uniform", "triangular"):
        return Fitted(spread.as_, _bounded(spread.as_, middle, low, high, level))
    if level >= 1:
        raise Unfit(f"no interval holds all of a {spread.as_}: write a level below 1")
    family = "beta" if spread.as_ == "dirichlet" else spread.as_
    _possible(family, middle)
    which = _middle(spread) if spread.as_ != "dirichlet" else "mean"
    args = _searched(family, middle, which, low, high, level)
    fitted = Fitted(family, args, _error(Fitted(family, args), low, high, level))
    if fitted.error > WORST:
        raise Unfit(
            f"no {family} through {written(middle, unit)} has this interval: {_nearest(fitted, level, unit)}"
        )
    return fitted


def _bounded(family: str, middle: float, low: float, high: float, level: float) -> Args:
    """Of which the interval holds its level: a uniform widens on both sides alike, a triangle by its sides."""
    if family == "uniform":
        more = (high - low) * (1 / level - 1) / 2
        return low - more, high + more
    wider = 1 / (1 - sqrt(1 - level)) if level < 1 else 1.0
    return middle - wider * (middle - low), middle, middle + wider * (high - middle)


def _searched(family: str, middle: float, which: str, low: float, high: float, level: float) -> Args:
    """The args whose quantiles lie nearest to the interval's ends: least squares, first on a grid, then within it."""
    known = FAMILIES[family]
    shaped = known.shaped
    assert shaped is not None
    at, ends, width = np.array([(1 - level) / 2, (1 + level) / 2]), np.array([low, high]), high - low
    unit = width if family == "normal" else 1.0

    def missed(free: float) -> float:
        with np.errstate(over="ignore"):
            found = known.quantile(shaped(middle, which, exp(free) * unit), at)
        miss = float(np.sum(((found - ends) / width) ** 2))
        return miss if isfinite(miss) else 1e300

    grid = np.linspace(*known.free, 80)
    best = int(np.argmin([missed(free) for free in grid]))
    near = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    free = float(minimize_scalar(missed, bounds=near, method="bounded", options={"xatol": 1e-9}).x)
    return shaped(middle, which, float(f"{exp(free) * unit:.6g}"))


def _error(fitted: Fitted, low: float, high: float, level: float) -> float:
    ends = fitted.quantile(np.array([(1 - level) / 2, (1 + level) / 2]))
    return float(np.max(np.abs(ends - [low, high])) / (high - low))


def _nearest(fitted: Fitted, level: float, unit: Unit) -> str:
    low, high = fitted.quantile(np.array([(1 - level) / 2, (1 + level) / 2]))
    return f"the nearest runs from {written(low, unit)} to {written(high, unit)}"


def _by_parameters(middle: float, spread: Spread, unit: Unit) -> Fitted:
    given = spread.parameters
    if tuple(sorted(given)) not in {tuple(sorted(names)) for names in SCALES[spread.as_]}:
        known = " or ".join("{" + ", ".join(names) + "}" for names in SCALES[spread.as_])
        raise Unfit(f"a {spread.as_} is not settled by {', '.join(given)}: write parameters: {known}")
    if spread.as_ in ("uniform", "triangular"):
        return _bounds(middle, spread.as_, given["low"], given["high"], unit)
    for name, number in given.items():
        if number <= 0:
            raise Unfit(f"{name} is {number:.6g}: write a number above 0")
    family = "beta" if spread.as_ == "dirichlet" else spread.as_
    _possible(family, middle)
    if "alpha" in given:
        return _of_counts(middle, given["alpha"], given["beta"])
    shaped = FAMILIES[family].shaped
    assert shaped is not None
    which = _middle(spread) if spread.as_ != "dirichlet" else "mean"
    return Fitted(family, shaped(middle, which, _free(family, middle, which, given)))


def _free(family: str, middle: float, which: str, given: Mapping[str, float]) -> float:
    """The free number of a family, from the parameter that is given."""
    if "sd" not in given:
        return next(iter(given.values()))
    sd = given["sd"]
    if family == "normal":
        return sd
    if which != ("median" if family == "lognormal" else "mean"):
        if family != "lognormal":
            raise Unfit("sd goes with the mean: remove middle, or give another parameter")
        return sqrt(log1p((sd / middle) ** 2))
    if family == "gamma":
        return (middle / sd) ** 2
    if family == "lognormal":  # w = exp(s²) of the median m: m² w (w - 1) = sd²
        return sqrt(log((1 + sqrt(1 + 4 * (sd / middle) ** 2)) / 2))
    size = middle * (1 - middle) / sd**2 - 1
    if size <= 0:
        raise Unfit(f"no beta with this value has an sd of {sd:.6g}: write a smaller one")
    return size


def _of_counts(middle: float, alpha: float, beta: float) -> Fitted:
    mean = alpha / (alpha + beta)
    if abs(mean - middle) > 0.005:
        raise Unfit(f"this beta has the mean {mean:.4g}, and the value is {middle:.6g}: make them agree")
    return Fitted("beta", (alpha, beta))


def _bounds(middle: float, family: str, low: float, high: float, unit: Unit) -> Fitted:
    if not low <= middle <= high or low == high:
        ends = f"{written(low, unit)} to {written(high, unit)}"
        raise Unfit(f"{written(middle, unit)} does not lie between its bounds, {ends}: mend one of them")
    return Fitted(family, (low, high) if family == "uniform" else (low, middle, high))


def _possible(family: str, middle: float) -> None:
    if family == "beta" and not 0 < middle < 1:
        raise Unfit(
            f"a beta lies between 0 and 1, and the value is {middle:.6g}: write as: fixed, or triangular"
        )
    if family in ("gamma", "lognormal", "weibull") and middle <= 0:
        raise Unfit(f"a {family} lies above 0, and the value is {middle:.6g}: write as: fixed, or uniform")


def _numbers(middle: float, spread: Spread, unit: Unit) -> Fitted:
    if len(spread.draws) < 2:
        raise Unfit("an empirical distribution needs numbers: write draws: [..], two or more")
    mean = sum(spread.draws) / len(spread.draws)
    if mean and abs(middle / mean - 1) > OFF:
        raise Unfit(
            f"the draws have the mean {written(mean, unit)}, and the value is {written(middle, unit)}: make them agree"
        )
    return Fitted("empirical", spread.draws)


def _pieces(middle: float, spread: Spread, unit: Unit) -> Fitted:
    """Durations and cumulative hazards by turns, from nothing on. A last share of 1 is drawn out evenly."""
    if not spread.done:
        raise Unfit("nothing says when people are done: write done: {7 days: 0.14, 1 month: 0.43}")
    args = [0.0, 0.0]
    for span, share in spread.done.items():
        args += _evened(args, span) if share == 1 else [span, -log1p(-share)]
    fitted = Fitted("piecewise", tuple(args))
    half = float(fitted.quantile(np.array([0.5]))[0])
    if abs(middle / half - 1) > OFF:
        said = f"half are done by {written(half, unit)}, and the value is {written(middle, unit)}"
        raise Unfit(f"{said}: write the median as the value")
    return fitted


def _evened(args: list[float], end: float) -> list[float]:
    """The rest are done evenly until the end: sixteen pieces, the last of which leaves a millionth for later."""
    begin, hazard = args[-2], args[-1]
    left = [max(1 - step / 16, 1e-6) for step in range(1, 17)]
    return [
        number
        for step, share in enumerate(left, 1)
        for number in (begin + (end - begin) * step / 16, hazard - log(share))
    ]


def _within(number: float, unit: Unit, what: str) -> None:
    low, high = LIMITS.get(unit.kind, (-float("inf"), float("inf")))
    if not low <= number <= high:
        side = f"above {high:g}" if number > high else f"below {low:g}"
        raise Unfit(f"{what} is {side}, and no {_noun(unit)} is: mend it")
    if not isfinite(number):
        raise Unfit(f"{what} is no number: mend it")


def _all_within(fitted: Fitted, unit: Unit) -> None:
    """Bounded families end inside the unit's limits."""
    if fitted.family in ("uniform", "triangular"):
        for end in (fitted.args[0], fitted.args[-1]):
            _within(end, unit, f"this {fitted.family}, which reaches {written(end, unit)},")
    if fitted.family == "empirical":
        for number in (min(fitted.args), max(fitted.args)):
            _within(number, unit, f"the draw {written(number, unit)}")


def settled(numbers: Floats) -> Floats:
    """Rounded to 40 bits, about 12 digits: the last digits of a library's functions differ between machines."""
    part, power = np.frexp(numbers)
    return np.asarray(np.ldexp(np.rint(part * 2.0**40), power - 40), dtype=np.float64)


def _noun(unit: Unit) -> str:
    return NOUNS.get(unit.kind, unit.kind)
