"""Who plays a programme in the training world, from its `training.yaml`: by role, with account and sign-in name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from amparo.pathways import reader


@dataclass(frozen=True)
class Hand:
    """Somebody of the house."""

    role: str
    account: str
    login: str


@dataclass(frozen=True)
class House:
    """A place of the training world that does a programme. keeper: the role that gives others their part in a case."""

    programme: str
    profile: str
    site: str
    zone: str
    keeper: str = ""
    area: str = ""
    currency: str = "NZD"
    first: tuple[str, ...] = ()  # who plays their role before others of it
    enters: tuple[tuple[str, str], ...] = ()  # settings that the keeper enters first: more places than wait
    hands: tuple[Hand, ...] = field(default=())

    def of(self, role: str) -> list[Hand]:
        """Those who hold a role, whoever is preferred first."""
        return sorted((h for h in self.hands if h.role == role), key=lambda h: h.login not in self.first)


@cache
def house(programme: str, profile: str = "") -> House:
    """The house of a programme, with its people."""
    place = HOUSES[programme, profile]
    return House(**{**place.__dict__, "hands": tuple(_hands(place))})


def _hands(place: House) -> Iterator[Hand]:
    staff: dict[str, Any] = yaml.safe_load((reader.placed(place.programme) / "training.yaml").read_text())[
        "staff"
    ]
    for key, told in staff.items():
        if told["site"] == place.site:
            yield Hand(told["role"], f"acc-{told.get('is', key)}", told["login"])


MORE_PLACES = (("places_in_court", "60"),)

HOUSES = {
    (h.programme, h.profile): h
    for h in (
        House("nz-panel", "", "tamaki", "Pacific/Auckland", keeper="coordinator", area="harbourside"),
        House("nz-treatment-court", "", "te-awa", "Pacific/Auckland", keeper="court_coordinator",
              enters=MORE_PLACES),
        House("nz-treatment-court", "us-treatment-court", "prairie-county", "America/Chicago",
              keeper="court_coordinator", currency="USD", enters=MORE_PLACES),
        House(
            "nz-warning",
            "",
            "tamaki",
            "Pacific/Auckland",
            area="harbourside",
            first=("tamaki.officer2", "tamaki.sergeant2"),
        ),
        House("prosecution", "", "tamaki", "Pacific/Auckland", area="harbourside"),
        House("us-lead", "", "modelton", "America/Los_Angeles", keeper="manager", currency="USD"),
    )
}  # fmt: skip
