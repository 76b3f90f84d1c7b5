"""What the other requests share: the wish with its arguments, who may make it, and how it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from amparo.cases import words
from amparo.cases.index import is_open
from amparo.cases.model import Case, Reason, Refusal
from amparo.cases.writer import Writer
from amparo.pathways.model import Cite, Cites, Pathway

STAFF = frozenset(
    {
        "supervisor",
        "coordinator",
        "clerk",
        "case_worker",
        "clinician",
        "member",
        "chair",
        "facilitator",
        "peer",
        "reviewer",
        "manager",
        "probation",
        "privacy_officer",
    }
)
"""Platform roles of those who work on cases at a site."""

HOUSE: Cites = (Cite("house", ""),)


class Wish(NamedTuple):
    """A request other than steps, at time t."""

    w: Writer
    verb: str
    args: Mapping[str, Any]
    actor: str
    role: str
    t: int

    @property
    def case(self) -> Case:
        return self.w.case

    @property
    def pathway(self) -> Pathway:
        return self.w.pathway

    def text(self, name: str) -> str:
        """A text argument without blanks around it, '' if it was not given."""
        return str(self.args.get(name) or "").strip()


def no(
    q: Wish,
    code: str,
    detail: str = "",
    *,
    basis: Cites = (),
    because: tuple[Reason, ...] = (),
    asks: tuple[tuple[str, str], ...] = (),
    instead: tuple[tuple[str, Any], ...] = (),
    field: str = "",
    **params: Any,
) -> Refusal:
    """A refusal of this request."""
    return words.refusal(
        q.pathway,
        code,
        detail,
        q.verb,
        basis=basis,
        because=because,
        asks=asks,
        instead=instead,
        field=field,
        params={**params, "request": q.verb},
    )


def is_staff(q: Wish) -> bool:
    """Does the actor work on cases at the site? The ledger itself writes with an empty role."""
    role = q.pathway.roles.get(q.role)
    return (q.role == "" and q.actor == "ledger") or (role is not None and role.is_ in STAFF)


def staff(q: Wish) -> Refusal | None:
    """Staff of the site, in the relation that their role has to cases."""
    return None if is_staff(q) and reaches(q) else no(q, "not_you", "verb")


def among(q: Wish, roles: Iterable[str]) -> Refusal | None:
    """One of these roles, in its relation to the case."""
    named = tuple(roles)
    if q.role in named and reaches(q):
        return None
    return no(q, "not_you", "verb", instead=tuple(("role", r) for r in named))


def reaches(q: Wish) -> bool:
    """Does the actor stand to the case as the role must?"""
    role = q.pathway.roles.get(q.role)
    wanted = role.sees.cases if role and role.sees else "none"
    relation = q.w.request.world.relation
    if wanted == "assigned" and not q.case.assigned.get(q.role) and "site" in relation:
        return True
    return wanted == "none" or wanted in relation


def running(q: Wish) -> Refusal | None:
    """The case goes on."""
    if q.case.died:
        return no(q, "not_here", "died", basis=HOUSE)
    return None if is_open(q.pathway, q.case.stage) else no(q, "not_here", "ended", basis=HOUSE)


def need(q: Wish, *names: str) -> Refusal | None:
    """Arguments that must be given."""
    lacking = next((n for n in names if not q.text(n)), None)
    return no(q, "missing", "field", field=lacking, thing=lacking) if lacking else None


def first(*refused: Refusal | None) -> Refusal | None:
    """The first refusal, None if all pass."""
    return next((r for r in refused if r is not None), None)
