"""The cases of a site in which somebody may see a test: asked for today, to be classed, or read. Only those that stand
on the page are written into the disclosure log.
"""

from __future__ import annotations

from amparo.ledger import looking, looks
from amparo.ledger.looking import Row
from amparo.people.models import Account


def tested(
    actor: Account, site: str, programme: str, *, role: str = "", now: int | None = None
) -> tuple[Row, ...]:
    """The cases with a test that this actor may see now, in the order of their list. Who only collects is shown the
    tests of the present day. Raises `NotPermitted` without a role at the site.
    """
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    if not pathway.schedules:
        return ()
    found = looking.rows_of(looking.every(actor, site, pathway, mine, at), actor, mine, at)
    rows = tuple(row for row in found if row.view.tests)
    shown = {"role": mine, "what": "tests", "purpose": "tests"}
    looks.note_list(actor.pk, [row.case for row in rows], at, shown)
    return rows
