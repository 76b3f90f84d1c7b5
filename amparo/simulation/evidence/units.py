"""Units of evidence, and how a written number becomes a plain one.

Held are: durations in seconds, rates in events a year, sums of money in whole units of their currency (`50.0` for
EUR 50.00), money for a time in whole units a year; shares, ratios, counts, utilities and numbers as they stand. A year
is 365.25 days and a month its twelfth part: evidence is about spans, not about a calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY = 86_400.0
YEAR = 365.25 * DAY
SECONDS = {
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "day": DAY,
    "week": 7 * DAY,
    "month": YEAR / 12,
    "year": YEAR,
}
"""Seconds of a unit of time, by its singular."""

PLAIN = ("share", "ratio", "count", "utility", "number", "duration", "money")
"""Units that are one word."""

SAID = "share, ratio, count, utility, number, duration, money, per year (or per 1000 years, per month …), money per day"
NUMBER = r"-?\d{1,15}(?:\.\d{1,12})?"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is a number of. factor: held = written x factor.

    kind: one of PLAIN, `rate` (events for a time) or `money_rate` (money for a time).
    """

    kind: str
    text: str = ""
    factor: float = 1.0

    @property
    def timed(self) -> bool:
        """Is it for a time: held a year?"""
        return self.kind in ("rate", "money_rate")


def parse_unit(text: str) -> Unit:
    """The unit that a text names. Raises ValueError with a sentence."""
    if text in PLAIN:
        return Unit(text, text)
    match = re.fullmatch(r"(money )?per (?:(\d{1,9}) )?(?:person )?(day|week|month|year)s?", text)
    if not match or match[2] == "0":
        raise ValueError(f"'{text}' is no unit: write {SAID}")
    factor = YEAR / SECONDS[match[3]] / int(match[2] or 1)
    return Unit("money_rate" if match[1] else "rate", text, factor)


def unit_of(text: str) -> Unit | None:
    """The unit that a written number carries itself: `30 days`, `EUR 50.00`; None of a bare number."""
    if re.fullmatch(rf"[A-Z]{{3}} *{NUMBER}", text):
        return Unit("money", "money")
    if re.fullmatch(rf"{NUMBER} *[a-z]+", text):
        return Unit("duration", "duration")
    return None


def parse_number(text: str, unit: Unit) -> float:
    """The held number of a written one. Raises ValueError with a sentence that says what was expected."""
    if unit.kind == "duration":
        return parse_span(text)
    amount = text
    if unit.kind in ("money", "money_rate"):
        amount = re.sub(r"^[A-Z]{3} *", "", text)
    if not re.fullmatch(NUMBER, amount):
        raise ValueError(f"'{text}' is no {NOUNS[unit.kind]}: write {EXAMPLES[unit.kind]}")
    return float(amount) * unit.factor


def currency_of(text: str) -> str:
    """The currency written before a sum, '' if none is."""
    match = re.match(r"[A-Z]{3}(?= *-?\d)", text)
    return match[0] if match else ""


def parse_span(text: str) -> float:
    """Seconds of `30 days`, `1.5 h`, `6 months`. Raises ValueError with a sentence."""
    match = re.fullmatch(rf"({NUMBER}) *([a-z]+)?", text)
    unit = (match[2] or "") if match else ""
    seconds = SECONDS.get(unit) or SECONDS.get(unit.removesuffix("s"))
    if not match or seconds is None:
        raise ValueError(f"'{text}' is no duration: write {EXAMPLES['duration']}")
    return float(match[1]) * seconds


def written(number: float, unit: Unit) -> str:
    """A held number as people read it: `30 days`, `0.82`, `1.05 per year`."""
    if unit.kind != "duration":
        return f"{number / unit.factor:.6g}" + (f" {unit.text}" if unit.timed else "")
    name = next((name for name in ("year", "month", "day", "h") if abs(number) >= SECONDS[name]), "s")
    if name in ("year", "month") and abs(number) < 2 * SECONDS[name]:
        name = "day"
    amount = f"{number / SECONDS[name]:.4g}"
    return f"{amount} {name}{'' if name in ('h', 's') or amount == '1' else 's'}"


NOUNS = {
    "share": "share",
    "ratio": "ratio",
    "count": "count",
    "utility": "utility",
    "number": "number",
    "rate": "rate",
    "money": "sum of money",
    "money_rate": "sum of money for a time",
}
EXAMPLES = {
    "share": "a number from 0 to 1, 0.82",
    "ratio": "a number above 0, 0.47",
    "count": "a number from 0, 50",
    "utility": "a number up to 1, 0.74",
    "number": "a number, 0.5",
    "rate": "a number from 0, 0.0127",
    "money": "the currency and the sum, EUR 50.00",
    "money_rate": "the currency and the sum, EUR 40.10",
    "duration": "a number and its unit, 30 days or 6 h",
}
LIMITS: dict[str, tuple[float, float]] = {
    "share": (0.0, 1.0),
    "ratio": (0.0, float("inf")),
    "count": (0.0, float("inf")),
    "rate": (0.0, float("inf")),
    "duration": (0.0, float("inf")),
    "utility": (-float("inf"), 1.0),
}
"""Between which held numbers a number of a kind lies; the others have no limits."""
