"""A case as it is held while something is done with it: its log, its state, its pathway and its site."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from amparo.cases.fold import after, fold
from amparo.cases.model import Case, Event, Site
from amparo.errors import NotPermitted
from amparo.ledger import log, papers, summary
from amparo.ledger.log import Log
from amparo.ledger.models import Summary
from amparo.pathways.model import Pathway


class CaseFile(NamedTuple):
    """A case, read and folded."""

    log: Log
    case: Case
    pathway: Pathway
    site: Site


def load(case_id: str, *, lock: bool = False, now: int | None = None) -> CaseFile:
    """A case as its log has it, with what its site has entered by `now` (the present). Raises
    `NotPermitted`, `KeyDestroyed`, `LedgerFault`.
    """
    loaded = log.load(case_id, lock=lock)
    row = Summary.objects.filter(pk=case_id).first()
    if row is None or not loaded.events:
        raise NotPermitted(log.NOT_HERE)
    return unfolded(loaded, row.pathway, row.site, int(time.time()) if now is None else now)


def load_listed(rows: Iterable[Summary], now: int) -> Iterator[CaseFile]:
    """The cases of a list, in its order, read together. Erased and broken ones are left out: `verify`
    names those.
    """
    listed = list(rows)
    logs = log.load_many([row.case for row in listed])
    for row in listed:
        if row.case in logs:
            yield unfolded(logs[row.case], row.pathway, row.site, now)


def unfolded(loaded: Log, pathway_name: str, site_code: str, now: int) -> CaseFile:
    """The state of a loaded log."""
    first = loaded.events[0]
    pathway = papers.pathway_of(pathway_name, first.version, first.data.get("profile", ""))
    site = papers.site_on_paper(site_code, pathway, now=max(now, loaded.last_recorded))
    return CaseFile(loaded, fold(pathway, site, loaded.events), pathway, site)


def write(held: CaseFile, events: Iterable[Event], now: int, *, idem: bytes | None = None) -> CaseFile:
    """Append events and write what is derived from them, in the same transaction."""
    grown = log.append(held.log, events, pathway=held.pathway, idem=idem)
    new = len(grown.events) - len(held.log.events)
    case = after(held.pathway, held.site, grown.events, new, held.case)
    summary.write(grown, case, now)
    return held._replace(log=grown, case=case)
