"""Who of a body is in the room, who is impeded, and how each votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from amparo.errors import AmparoError
from amparo.pathways.model import Body
from amparo.training.world import Written

Mandates = Mapping[str, tuple[str, ...]]


class Bench(NamedTuple):
    """The members present, the chair first; the impeded with their reasons; votes and dissent by account."""

    present: tuple[str, ...]
    impeded: Mapping[str, str]
    vacant: int
    votes: Mapping[str, str]
    dissent: Mapping[str, str]

    @property
    def chair(self) -> str:
        return self.present[0]


def bench(written: Written, mandates: Mandates, body: Body) -> Bench:
    """From `{present: 2, impeded: [ill], votes: {for: 1, against: 1, chair: for}, dissent: ["…"]}`.

    What is left out: as many as sit are present, and all present vote for. Raises `AmparoError` if nobody may sit.
    """
    members = sorted(mandates, key=lambda member: body.chair not in mandates[member])
    if not members:
        raise AmparoError("nobody has a mandate that day")
    number = int(written.get("present", min(len(members), body.sits_with)))
    present, away = tuple(members[:number]), members[number:]
    votes = _votes(written.get("votes", {}), present)
    against = (member for member, vote in votes.items() if vote == "against")
    return Bench(
        present,
        dict(zip(away, written.get("impeded", ()), strict=False)),
        int(written.get("vacant", 0)),
        votes,
        dict(zip(against, written.get("dissent", ()), strict=False)),
    )


def _votes(written: Written, present: tuple[str, ...]) -> dict[str, str]:
    """Counted votes dealt out: the chair's own as said, the others' in order."""
    counted: dict[str, Any] = {way: int(written.get(way, 0)) for way in ("for", "against", "abstain")}
    dealt = [way for way, n in counted.items() for _ in range(n)] or ["for"] * len(present)
    first = written.get("chair", dealt[0])
    dealt.remove(first)
    return dict(zip(present, [first, *dealt], strict=True))
