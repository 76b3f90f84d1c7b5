"""Numbers as people say them: rounded to what can be known, with the words of more and fewer."""

from __future__ import annotations

import math
import textwrap

from amparo.analysis.differences import Difference
from amparo.analysis.model import Measure

WIDTH = 100
"""Columns of every text."""

FEW = 0.005
"""Below this, a number in every 1,000 people is called none."""


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of at most WIDTH columns."""
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def bullet(text: str) -> list[str]:
    """The text as a point of a list."""
    return wrapped(text, "- ", "  ")


def step(size: float) -> float:
    """The step to which a group of numbers is rounded whose largest has this size: three figures, at most two after the
    point.
    """
    if size >= 10.0:
        return 10.0 ** max(0, math.floor(math.log10(size)) - 2)
    return 0.1 if size >= 1.0 else 0.01


def number(x: float, size: float | None = None) -> str:
    """A number without its sign, rounded as befits `size` (its own if none is given): `1,240`, `0.4`, `0.03`."""
    largest = abs(x) if size is None else size
    unit = step(largest)
    after = 0 if unit >= 1.0 else round(-math.log10(unit))
    return f"{abs(round(x / unit) * unit):,.{after}f}"


def money(x: float, currency: str) -> str:
    """A sum of money with its sign where it is below zero."""
    sign = "-" if round(x, 2) < 0 else ""
    return f"{sign}{currency} {number(x)}".strip()


def quantity(x: float, unit: str) -> str:
    """An assumption's value with its unit: a share as `31 in 100`, a ratio as `0.4 times`."""
    if unit == "share":
        return f"{number(100 * x)} in 100"
    sign = "-" if x < 0 else ""
    said = sign + (f"{x:.3g}".lstrip("-") if abs(x) < 1 else number(x))
    return f"{said} times" if unit == "ratio" else f"{said} {unit}".strip()


def in_words(d: Difference) -> str:
    """A difference with its interval: `about 150 fewer, between 118 and 171`; `between 2.1 fewer and 0.4 more`.

    Where more and fewer both lie inside, no middle is said. One draw has no interval, and says so.
    """
    if d.low is None or d.high is None:
        if d.middle == 0.0:
            return "the same; one draw, so there is no interval"
        return f"about {_side(d.middle, d.measure, abs(d.middle))}; one draw, so there is no interval"
    if d.low == d.high == 0.0:
        return "the same in every draw"
    size = max(abs(d.low), abs(d.high))
    if size < FEW:
        return "the same, to within 0.01"
    if d.crosses:
        return f"between {_side(d.low, d.measure, size)} and {_side(d.high, d.measure, size, unit=False)}"
    near, far = sorted((abs(d.low), abs(d.high)))
    between = f"between {number(near, size)} and {number(far, size)}"
    return f"about {_side(d.middle, d.measure, size, d.low + d.high)}, {between}"


def _side(x: float, m: Measure, size: float, way: float | None = None, *, unit: bool = True) -> str:
    """One number with its direction; `way` gives the direction where the number itself is zero."""
    word = m.down if (x if way is None else way) < 0 else m.up
    currency = f"{m.unit} " if m.money and unit else ""
    return f"{currency}{number(x, size)} {word}"
