"""A distribution goes through its value and holds what its interval says; what cannot be fitted is a sentence."""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from scipy import stats

from amparo.pathways.model import Where
from amparo.simulation.evidence.distributions import Fitted, Unfit, fit, people_of, settled, spread_of
from amparo.simulation.evidence.durations import duration, inverse_row, knots
from amparo.simulation.evidence.model import Spread, Value
from amparo.simulation.evidence.units import DAY, Unit, parse_number, parse_unit, written
from amparo.simulation.tables import EXPONENTIAL, FIXED
from tests.simulation.on_the_ferry import evidence

HERE = Where("x.yaml", 1, 1)
SHARE, NUMBER, TIME = Unit("share", "share"), Unit("number", "number"), Unit("duration", "duration")


def spread(as_: str, **known: object) -> Spread:
    return replace(Spread(where=HERE, as_=as_), **known)  # type: ignore[arg-type]


def value(number: float, unit: Unit, as_: str = "fixed", **known: object) -> Value:
    made = Value(
        name="it", of="ferry", where=HERE, text=written(number, unit), value=number, unit=unit, quality="B"
    )
    return replace(made, as_=as_, **known)  # type: ignore[arg-type]


FITS = [
    ("beta", 0.82, (0.81, 0.83), 0.95),
    ("beta", 0.02, (0.0054, 0.0435), 0.95),
    ("gamma", 12.0, (8.0, 17.0), 0.9),
    ("lognormal", 0.47, (0.42, 0.53), 0.95),
    ("normal", -0.043, (-0.079, -0.006), 0.95),
    ("weibull", 30.0, (4.95, 66.5), 0.9),
    ("triangular", 0.3, (0.1, 0.6), 0.8),
    ("uniform", 0.3, (0.1, 0.6), 0.8),
]


@pytest.mark.parametrize(("family", "middle", "interval", "level"), FITS)
def test_the_interval_holds_its_level(
    family: str, middle: float, interval: tuple[float, float], level: float
) -> None:
    fitted = fit(middle, spread(family, interval=interval, level=level), NUMBER)
    numbers = fitted.quantile((np.arange(20_000) + 0.5) / 20_000)
    held = float(np.mean((numbers >= interval[0]) & (numbers <= interval[1])))
    assert held == pytest.approx(level, abs=0.01)


@pytest.mark.parametrize(("family", "middle", "interval", "level"), FITS[:6])
def test_the_value_is_the_middle(
    family: str, middle: float, interval: tuple[float, float], level: float
) -> None:
    fitted = fit(middle, spread(family, interval=interval, level=level), NUMBER)
    numbers = fitted.quantile((np.arange(50_000) + 0.5) / 50_000)
    found = np.median(numbers) if family == "lognormal" else np.mean(numbers)
    assert float(found) == pytest.approx(middle, rel=1e-3)


def test_a_fit_tells_how_far_its_ends_lie_off() -> None:
    even = fit(0.82, spread("beta", interval=(0.81, 0.83), level=0.95), SHARE)
    odd = fit(30.0, spread("gamma", interval=(25.0, 60.0), level=0.9), NUMBER)
    ends = odd.quantile(np.array([0.05, 0.95]))
    assert even.error < 0.01
    assert odd.error == pytest.approx(float(np.max(np.abs(ends - [25, 60]))) / 35)
    assert odd.error > 0.1


def test_no_other_width_meets_an_interval_better() -> None:
    odd = fit(30.0, spread("gamma", interval=(25.0, 60.0), level=0.9), NUMBER)
    shape = odd.args[0]
    assert _missed(shape) < min(_missed(shape * 1.01), _missed(shape / 1.01))


def _missed(shape: float) -> float:
    low, high = stats.gamma(shape, scale=30 / shape).ppf([0.05, 0.95])
    return float((low - 25) ** 2 + (high - 60) ** 2)


def test_families_agree_with_those_of_scipy() -> None:
    at = np.array([0.001, 0.3, 0.5, 0.975])
    for fitted, known in (
        (Fitted("beta", (3.0, 7.0)), stats.beta(3, 7)),
        (Fitted("gamma", (2.5, 4.0)), stats.gamma(2.5, scale=4)),
        (Fitted("lognormal", (1.0, 0.4)), stats.lognorm(0.4, scale=exp(1))),
        (Fitted("normal", (1.0, 2.0)), stats.norm(1, 2)),
        (Fitted("weibull", (0.62, 10.0)), stats.weibull_min(0.62, scale=10)),
        (Fitted("exponential", (5.0,)), stats.expon(scale=5)),
        (Fitted("uniform", (2.0, 5.0)), stats.uniform(2, 3)),
        (Fitted("triangular", (1.0, 2.0, 5.0)), stats.triang(0.25, loc=1, scale=4)),
    ):
        assert fitted.quantile(at) == pytest.approx(known.ppf(at), rel=1e-9)
        assert fitted.above(at) == pytest.approx(known.isf(at), rel=1e-9)


PARAMETERS = [
    ("beta", 0.2, {"n": 50.0}, 0.2 * 0.8 / 51),
    ("beta", 0.2, {"alpha": 10.0, "beta": 40.0}, 0.2 * 0.8 / 51),
    ("beta", 0.2, {"sd": 0.1}, 0.01),
    ("gamma", 6.0, {"events": 9.0}, 4.0),
    ("gamma", 6.0, {"sd": 2.0}, 4.0),
    ("lognormal", 2.0, {"sd": 1.5}, 2.25),
    ("normal", 2.0, {"sd": 1.5}, 2.25),
]


@pytest.mark.parametrize(("family", "middle", "given", "variance"), PARAMETERS)
def test_parameters_settle_a_family(
    family: str, middle: float, given: dict[str, float], variance: float
) -> None:
    fitted = fit(middle, spread(family, parameters=given), NUMBER)
    numbers = fitted.quantile((np.arange(50_000) + 0.5) / 50_000)
    assert float(np.var(numbers)) == pytest.approx(variance, rel=5e-3)


UNFIT = [
    (value(0.9, SHARE, "beta", interval=(0.1, 0.2), level=0.95), "0.9 lies outside its interval, 0.1 to 0.2"),
    (value(1.2, SHARE), "the value 1.2 is above 1, and no share is"),
    (value(-3.0, parse_unit("per year")), "the value -3 per year is below 0, and no rate is"),
    (value(0.5, SHARE, "gamma", parameters={"shape": 2.0}), "no share is gamma"),
    (value(0.5, SHARE, "beta"), "nothing says how wide this beta is"),
    (value(0.5, SHARE, interval=(0.1, 0.9), level=0.9), "nothing says which distribution this is"),
    (value(0.5, SHARE, "beta", interval=(0.1, 0.9)), "interval and level go together"),
    (value(0.5, SHARE, "beta", interval=(0.1, 0.9), level=1.0), "no interval holds all of a beta"),
    (value(0.0, SHARE, "beta", parameters={"n": 5.0}), "a beta lies between 0 and 1"),
    (value(0.5, SHARE, "beta", parameters={"n": 0.0}), "n is 0"),
    (value(0.5, SHARE, "beta", parameters={"shape": 1.0}), "a beta is not settled by shape"),
    (value(0.5, SHARE, "beta", parameters={"sd": 0.6}), "no beta with this value has an sd of 0.6"),
    (value(0.5, SHARE, "beta", parameters={"alpha": 1.0, "beta": 3.0}), "this beta has the mean 0.25"),
    (value(0.5, SHARE, "beta", interval=(0.1, 0.9), level=0.9, draws=(1.0, 2.0)), "beta has no draws"),
    (value(0.5, SHARE, "uniform", interval=(0.0, 0.9), level=0.5), "which reaches -0.45, is below 0"),
    (
        value(0.5, SHARE, "triangular", parameters={"low": 0.6, "high": 0.9}),
        "does not lie between its bounds",
    ),
    (value(0.5, SHARE, "empirical", draws=(0.5,)), "an empirical distribution needs numbers"),
    (value(0.5, SHARE, "empirical", draws=(0.1, 0.2)), "the draws have the mean 0.15"),
    (value(0.5, SHARE, "empirical", draws=(-0.5, 1.5)), "the draw -0.5 is below 0"),
    (
        value(80.0, NUMBER, "lognormal", interval=(1.0, 81.0), level=0.95),
        "no lognormal through 80 has this interval",
    ),
    (
        value(0.5, SHARE, "beta", middle="median", interval=(0.1, 0.9), level=0.9),
        "a beta is fitted to its mean",
    ),
]


@pytest.mark.parametrize(("bad", "said"), UNFIT, ids=[said for _, said in UNFIT])
def test_what_cannot_be_fitted_is_a_sentence_with_its_remedy(bad: Value, said: str) -> None:
    with pytest.raises(Unfit) as unfit:
        spread_of(bad)
    assert said in str(unfit.value) and ": " in str(unfit.value)


def test_no_duration_of_people_is_normal() -> None:
    with pytest.raises(Unfit, match="no duration is normal"):
        people_of(value(30 * DAY, TIME, "normal", parameters={"sd": DAY}))


def test_only_durations_differ_between_people() -> None:
    with pytest.raises(Unfit, match="'it' is no duration"):
        people_of(value(0.5, SHARE))


# --------------------------------------------------------------------------------------------- people's durations
def test_a_duration_is_fixed_unless_it_says_more() -> None:
    made = duration(value(30 * DAY, TIME))
    assert (made.kind, made.scale) == (FIXED, 1.0)


def test_an_exponential_of_a_median_is_longer_by_its_logarithm() -> None:
    assert duration(value(30 * DAY, TIME, "exponential")).scale == 1.0
    made = duration(value(30 * DAY, TIME, "exponential", middle="median"))
    assert made.kind == EXPONENTIAL
    assert made.scale == pytest.approx(1 / log(2))


def test_a_weibull_grows_with_a_power_of_its_hazard() -> None:
    made = duration(value(10 * DAY, TIME, "weibull", parameters={"shape": 0.5}))
    at = np.array([1e-6, 0.1, 1.0, 30.0])
    assert made.unit(at) == pytest.approx(at**2 / 2, rel=1e-6)  # the mean of this shape is twice its scale


def test_pieces_are_met_where_they_are_written() -> None:
    done = {7 * DAY: 0.14, 30 * DAY: 0.43, 90 * DAY: 0.64}
    made = duration(value(45 * DAY, TIME, "piecewise", done=done))
    at = -np.log1p(-np.array(list(done.values())))
    assert made.unit(at) * 45 * DAY == pytest.approx(np.array(list(done)))


def test_beyond_the_last_piece_its_hazard_goes_on() -> None:
    made = duration(value(10 * DAY, TIME, "piecewise", done={10 * DAY: 0.5, 20 * DAY: 0.75}))
    assert float(made.unit(np.array([log(8)]))[0]) == pytest.approx(3)


def test_a_last_piece_of_all_ends_there() -> None:
    made = duration(value(10 * DAY, TIME, "piecewise", done={10 * DAY: 0.5, 20 * DAY: 1.0}))
    late = made.unit(np.array([log(4), 13.0]))
    assert late == pytest.approx([1.5, 2.0], abs=0.01)


def test_the_value_of_pieces_is_their_median() -> None:
    with pytest.raises(Unfit, match="half are done by 10 days, and the value is 20 days"):
        people_of(value(20 * DAY, TIME, "piecewise", done={10 * DAY: 0.5, 20 * DAY: 0.75}))


@pytest.mark.parametrize("name", ["thought", "slack"])
def test_a_row_of_the_inverse_says_the_same_as_its_duration(name: str) -> None:
    made = duration(evidence().values[name])
    row = inverse_row(made)
    at = np.sqrt(knots()[:-1] * knots()[1:])
    line = row[:-1, 0] + row[:-1, 1] * at
    assert line == pytest.approx(made.unit(at), rel=2e-3)


def test_settling_keeps_twelve_digits() -> None:
    numbers = np.array([1 / 3, 1e-9 / 7, -123456.789, 0.0])
    assert settled(numbers) == pytest.approx(numbers, rel=1e-12)
    assert (settled(numbers * (1 + 1e-15)) == settled(numbers)).all()


# -------------------------------------------------------------------------------------------------------- units
@pytest.mark.parametrize(
    ("text", "number"),
    [("per year", 1), ("per 1000 years", 0.001), ("per month", 12), ("per 100 person years", 0.01)],
)
def test_rates_are_a_year(text: str, number: float) -> None:
    assert parse_number("1", parse_unit(text)) == pytest.approx(number)


@pytest.mark.parametrize(
    ("seconds", "text"), [(30 * DAY, "30 days"), (DAY, "1 day"), (3600.0, "1 h"), (730.5 * DAY, "2 years")]
)
def test_a_duration_is_told_as_people_say_it(seconds: float, text: str) -> None:
    assert written(seconds, TIME) == text
