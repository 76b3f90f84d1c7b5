"""The range of past agreements at one provider, counted over the cases that the viewer may see, and no others.

No case is named and none can be told: of fewer than five nothing is said. The look is that of the case it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from amparo.cases import past
from amparo.cases.past import Range
from amparo.errors import NotPermitted
from amparo.ledger import casefile, log, looking, ties
from amparo.ledger.casefile import CaseFile
from amparo.ledger.memo import remembering
from amparo.ledger.models import Summary
from amparo.lens import Subject, scope
from amparo.lens.sight import fact_seen, obligation_granted, obligation_seen
from amparo.pathways.model import Pathway
from amparo.people.models import Account

YEARS_BACK = 2
LONG_AGO = YEARS_BACK * 365 * 86_400
"""Seconds: what was agreed before that is no measure of today."""


class Past(NamedTuple):
    """range: None where there are too few. matter: fact -> code, of what counts as similar; {} if nothing is coded."""

    range: Range | None
    matter: Mapping[str, str]


def may_see(pathway: Pathway, role: str, kind: str) -> bool:
    """May this role ask: it sees the site's cases, and what was agreed in them?"""
    return scope(pathway, role) in ("site", "programme") and obligation_granted(pathway, role, kind)


def past_agreements(actor: Account, case_id: str, kind: str, *, role: str, now: int | None = None) -> Past:
    """The range for cases like this one. Raises `NotPermitted` for who may not ask."""
    at = looking.present(now)
    held = casefile.load(case_id, now=at)
    viewer = looking.seen_as(held, actor, role, at)
    if kind not in held.pathway.obligations or not may_see(held.pathway, viewer.role, kind):
        raise NotPermitted(log.NOT_HERE)
    read = past.matter(held.pathway, held.case, at)
    wanted = {
        name: code
        for name, code in read.items()
        if fact_seen(held.pathway, held.case, viewer, Subject("fact", name))
    }
    with remembering():
        found = [
            past.weight(held.pathway.obligations[kind], items)
            for other in _others(held, actor, viewer.role, kind, at)
            if past.is_similar(held.pathway, wanted, other.case, at)
            and (items := past.first_agreed(other.case, kind))
            and items[0].at >= at - LONG_AGO
        ]
    return Past(past.spread(found), wanted)


def _others(held: CaseFile, actor: Account, role: str, kind: str, now: int) -> Iterator[CaseFile]:
    """The other cases of the same site, open or ended, in which this viewer reads what was agreed."""
    rows = Summary.objects.filter(site=ties.where(held.case), pathway=held.pathway.id).exclude(
        case=held.case.id
    )
    for other in casefile.load_listed(rows, now):
        viewer = looking.seeing(other, actor, role, now)
        if viewer is None:
            continue
        if kind in other.pathway.obligations and obligation_seen(other.pathway, other.case, viewer, kind):
            yield other
