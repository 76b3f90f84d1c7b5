"""Before typing, the audience: which roles will read a text, and which will not."""

from __future__ import annotations

from amparo.cases.model import Case
from amparo.cases.requests.base import STAFF
from amparo.lens.model import Subject, Viewer
from amparo.lens.sight import makers_of_notice, may, notice_seen, sees
from amparo.pathways.model import Names, Pathway


def readers(pathway: Pathway, case: Case, subject: Subject) -> tuple[Names, Names]:
    """Roles who will read the subject and roles who will not, in file order.

    Every role is asked as somebody with the usual relation of that role to a case (`sees.cases`), so that the
    line above a box says what the definition says and not who happens to be signed in. What is written of somebody who
    has not been asked is read, after a yes, by whoever reads an ordinary case.
    """
    asked = [(role, may(pathway, case, usual(pathway, role), subject, asked=True)) for role in pathway.roles]
    return tuple(r for r, yes in asked if yes), tuple(r for r, yes in asked if not yes)


def usual(pathway: Pathway, role: str) -> Viewer:
    """Somebody in this role with the relation to a case that the role usually has."""
    grant = sees(pathway, role)
    reach = grant.cases if grant else "none"
    relation = {
        "own": ("own",),
        "assigned": ("assigned", "site"),
        "sitting": ("sitting",),
        "site": ("site",),
        "programme": ("programme",),
    }
    person = pathway.roles[role].is_ == "person"
    return Viewer("", role, ("own",) if person else relation.get(reach, ()))


def sends(pathway: Pathway, role: str) -> bool:
    """Does this role work here and read a notice that goes out, so that it is theirs to see it on its way?"""
    there = Viewer("", role, ())
    seen = (notice_seen(pathway, there, n, makers_of_notice(pathway, n)) for n in pathway.notices)
    return pathway.roles[role].is_ in STAFF and any(seen)
