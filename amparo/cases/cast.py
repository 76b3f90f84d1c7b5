"""Who plays in examples: one account for each role, the members of each body with their qualities, all with a
mandate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from amparo.cases.model import Case, Request, World
from amparo.cases.requests.base import STAFF
from amparo.pathways.model import Names, Pathway

EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")


class Sat(NamedTuple):
    """Who is there: accounts present, impeded with their reasons, vacant seats, qualities that nobody has."""

    present: Names
    impeded: Mapping[str, str]
    vacant: int
    lacks: Names = ()


class Cast(NamedTuple):
    """roles: `by` -> (account, role). members: of the first body, the chair first. mandates: account -> qualities."""

    roles: Mapping[str, tuple[str, str]]
    members: Names
    mandates: Mapping[str, Names]
    clerk: tuple[str, str]
    sitting: str

    def actor(self, by: str) -> tuple[str, str]:
        """The account and role of a `by`; whoever keeps the file where nobody is named."""
        return self.roles.get(by, (by, by)) if by else self.clerk

    def another(self, actor: str, role: str) -> str:
        """A second account of the same role, for whom an older page is still open."""
        return self.members[1] if actor in self.members else f"{role}-2"

    def sits(self, written: Mapping[str, Any]) -> Sat:
        """`{present: 2, impeded: [ill], vacant: 0}` as accounts."""
        n = int(written.get("present", len(self.members)))
        reasons = written.get("impeded", ())
        codes, lacks = _listed(reasons), _listed(written.get("lacks", ()))
        impeded = dict(zip(self.members[n:], codes, strict=False))
        return Sat(self.members[:n], impeded, int(written.get("vacant", 0)), lacks)

    def without(self, lacks: Names) -> Mapping[str, Names]:
        """The mandates, as they are where nobody has these qualities."""
        return {who: tuple(q for q in has if q not in lacks) for who, has in self.mandates.items()}

    def is_so(self, case: Case, wanted: Sat) -> bool:
        s = case.sitting
        if s is None or s.state != "open" or (s.present, s.impeded, s.vacant) != wanted[:3]:
            return False
        mandates = self.without(wanted.lacks)
        return all(tuple(s.members.get(who, ())) == mandates[who] for who in wanted.present)

    def opens(self, wanted: Sat, at: int | None) -> Request:
        """Opens the sitting, or states anew who is there."""
        args = {
            "do": "open",
            "kind": self.sitting,
            "present": wanted.present,
            "impeded": wanted.impeded,
            "vacant": wanted.vacant,
            "chair": self.members[0],
        }
        world = World(EVERYWHERE, self.without(wanted.lacks))
        return Request("sit", *self.clerk, happened_at=at, world=world, args=args)

    def closes(self, at: int | None) -> Request:
        """Closes the sitting."""
        world = World(EVERYWHERE, self.mandates)
        return Request("sit", *self.clerk, happened_at=at, world=world, args={"do": "close"})

    def votes(self, written: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """Each present member's vote (all for, unless it is said), and the dissent of those who wrote some."""
        present = self.sits(written).present
        said = written.get("votes")
        if said is None:
            return dict.fromkeys(present, "for"), self._dissent(written, present)
        left = [v for v in ("for", "against", "abstain") for _ in range(int(said.get(v, 0)))]
        chair = said.get("chair")
        if chair in left:
            left.remove(chair)
            left.insert(0, chair)
        votes = dict(zip(present, left, strict=False))
        against = tuple(m for m in reversed(present) if votes.get(m) == "against") or present[::-1]
        return votes, self._dissent(written, against)

    def _dissent(self, written: Mapping[str, Any], who: Names) -> dict[str, str]:
        words = written.get("dissent", ())
        return dict(zip(who, (words,) if isinstance(words, str) else words, strict=False))


def _listed(written: Any) -> Names:
    return (written,) if isinstance(written, str) else tuple(written)


def cast(pathway: Pathway) -> Cast:
    """The cast of a pathway. With several bodies, each has its members; sittings are of the first kind for it."""
    roles = {name: (f"{name}-1", name) for name in pathway.roles}
    members: list[str] = []
    mandates: dict[str, Names] = {}
    for name, body in pathway.bodies.items():
        one = next(iter(body.made_of))
        seats = [f"{one}-{n}" for n in range(1, sum(body.made_of.values()) + 1)]
        roles[name] = (seats[0], one)
        members = members or seats
        qualities = [x.quality for x in body.must_include for _ in range(x.number)]
        with_quality = {who: (q,) for who, q in zip(seats[1:], qualities, strict=False)}
        mandates |= {**dict.fromkeys(seats, ()), **with_quality}
        mandates |= {seats[0]: (body.chair,)} if body.chair else {}
    sitting = next(iter(pathway.sittings), "")
    return Cast(roles, tuple(members), mandates, _clerk(pathway, roles), sitting)


def _clerk(pathway: Pathway, roles: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Who keeps the file: the coordinator or clerk, else the first of the staff, else the first role."""
    for wanted in (("coordinator", "clerk"), tuple(STAFF)):
        for name, role in pathway.roles.items():
            if role.is_ in wanted:
                return roles[name]
    return next(iter(roles.values()), ("", ""))
