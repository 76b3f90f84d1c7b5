"""Who plays in examples: one account for each role, the members of each body with their qualities, all with a
mandate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from amparo.cases.model import Case, Request, World
from amparo.cases.requests.base import STAFF
from amparo.pathways.model import Body, Names, Pathway

EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")


class Sat(NamedTuple):
    """Who is there: accounts present, impeded with their reasons, vacant seats; qualities that nobody has, and those
    that the last of those present lacks.
    """

    present: Names
    impeded: Mapping[str, str]
    vacant: int
    lacks: Names = ()
    lacks_one: Names = ()


class Cast(NamedTuple):
    """roles: `by` -> (account, role). members: of the first body, the chair first. mandates: account -> qualities.

    spare: one more account for each of its seats, with a mandate and every quality: who sits in another's place.
    """

    roles: Mapping[str, tuple[str, str]]
    members: Names
    mandates: Mapping[str, Names]
    clerk: tuple[str, str]
    sitting: str
    spare: Names = ()

    def actor(self, by: str) -> tuple[str, str]:
        """The account and role of a `by`; whoever keeps the file where nobody is named."""
        return self.roles.get(by, (by, by)) if by else self.clerk

    def another(self, actor: str, role: str) -> str:
        """A second account of the same role, for whom an older page is still open."""
        of_role = (m for m in self.members if m != actor and m.rpartition("-")[0] == role)
        return next(of_role, f"{role}-2") if actor in self.members else f"{role}-2"

    def sits(self, written: Mapping[str, Any]) -> Sat:
        """`{present: 2, impeded: [ill], vacant: 0}` as accounts."""
        n = int(written.get("present", len(self.members)))
        reasons = written.get("impeded", ())
        codes, lacks = _listed(reasons), _listed(written.get("lacks", ()))
        impeded = dict(zip(self.members[n:], codes, strict=False))
        present = self._seated(self.members[:n], _listed(written.get("instead", ())))
        lacks_one = _listed(written.get("lacks_one", ()))
        return Sat(present, impeded, int(written.get("vacant", 0)), lacks, lacks_one)

    def _seated(self, present: Names, instead: Names) -> Names:
        """Those present, another sitting in the place of each that is named."""
        others = dict(zip((m for m in present if m in instead), self.spare, strict=False))
        return tuple(others.get(m, m) for m in present)

    def without(self, wanted: Sat) -> Mapping[str, Names]:
        """The mandates where nobody has the one qualities, and the last of those present lacks the others."""
        last = wanted.present[-1:]
        return {
            who: tuple(q for q in has if q not in (*wanted.lacks, *(wanted.lacks_one if who in last else ())))
            for who, has in self.mandates.items()
        }

    def is_so(self, case: Case, wanted: Sat) -> bool:
        s = case.sitting
        if s is None or s.state != "open" or (s.present, s.impeded, s.vacant) != wanted[:3]:
            return False
        mandates = self.without(wanted)
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
        world = World(EVERYWHERE, self.without(wanted))
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
    spare: Names = ()
    mandates: dict[str, Names] = {}
    for name, body in pathway.bodies.items():
        one = next(iter(body.made_of))
        seats = [f"{role}-{n}" for role, number in body.made_of.items() for n in range(1, number + 1)]
        roles[name] = (seats[0], one)
        more = tuple(f"{one}-{len(seats) + n}" for n in range(1, len(seats) + 1))
        members, spare = members or seats, spare or more
        mandates |= _qualities(body, seats) | dict.fromkeys(more, tuple(x.quality for x in body.must_include))
    sitting = next(iter(pathway.sittings), "")
    return Cast(roles, tuple(members), mandates, _clerk(pathway, roles), sitting, spare)


def _qualities(body: Body, seats: list[str]) -> dict[str, Names]:
    """Each quality goes to as many members as it asks, one after another; the chair has its own."""
    free = seats[1:] if body.chair else seats
    found: dict[str, Names] = dict.fromkeys(seats, ())
    turn = 0
    for wanted in body.must_include:
        for _ in range(min(wanted.number, len(seats))):
            who = free[turn % len(free)]
            found[who] = (*found[who], wanted.quality)
            turn += 1
    return {**found, **({seats[0]: (body.chair,)} if body.chair else {})}


def _clerk(pathway: Pathway, roles: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Who keeps the file: the coordinator or clerk, else the first of the staff, else the first role."""
    for wanted in (("coordinator", "clerk"), tuple(STAFF)):
        for name, role in pathway.roles.items():
            if role.is_ in wanted:
                return roles[name]
    return next(iter(roles.values()), ("", ""))
