"""Everybody who was told something of a case: whom a correction must reach, one copy each.

Within the case these are notices sent, letters to others than the person's own side, referrals, and what was told in
an emergency. What lies outside it (an office whose people looked at the file, under a consent) is stated in
`World.told`. A consent alone tells nobody anything: who was never told is not told by a correction.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.cases.model import Case
from amparo.pathways.model import Names, Pathway

NO_RECIPIENTS = frozenset({"person", "supporter", "lawyer", "harmed"})
"""Platform roles of the person, whoever stands beside them, and who was harmed: written to, and not as recipients."""


def recipients(case: Case, told: Names = (), corrects: Names = ()) -> Names:
    """Roles, offices and names that were told, each once, in the order of the case's parts.

    corrects: only who was sent one of these notices, so that nobody learns from a correction what was never told.
    """
    found = dict.fromkeys(_sent(case, corrects) if corrects else (*_told(case), *told))
    return tuple(x for x in found if x and not _own_side(case.pathway, x))


def _told(case: Case) -> Iterator[str]:
    yield from (x.to for x in case.notices.values() if x.state in ("sent", "received"))
    yield from (x.to for x in case.letters.values() if x.state in ("made", "delivered"))
    yield from (x.to for x in case.referrals.values())
    yield from (str(x["to"]) for x in case.disclosed)


def _sent(case: Case, kinds: Names) -> Iterator[str]:
    yield from (x.to for x in case.notices.values() if x.notice in kinds and x.state in ("sent", "received"))


def _own_side(pathway: Pathway, to: str) -> bool:
    role = pathway.roles.get(to)
    return role is not None and role.is_ in NO_RECIPIENTS
