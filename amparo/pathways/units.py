"""Money, and how many digits a currency has after the point."""

from __future__ import annotations

from typing import NamedTuple


class Money(NamedTuple):
    """An amount in minor units (cents) of an ISO 4217 currency. Never a binary fraction."""

    minor: int
    currency: str


MINOR = {"JPY": 0, "CLP": 0, "ISK": 0, "KRW": 0, "TND": 3, "KWD": 3, "BHD": 3, "JOD": 3}
"""Digits after the point, where they are not two."""
