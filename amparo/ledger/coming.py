"""The open cases of a site that stand on the list of days to come. Only those are written into the disclosure log."""

from __future__ import annotations

from collections.abc import Callable

from amparo.ledger import looking, looks
from amparo.ledger.looking import Row
from amparo.people.models import Account


def coming(
    actor: Account,
    site: str,
    programme: str,
    stands: Callable[[Row], bool],
    *,
    role: str = "",
    now: int | None = None,
) -> tuple[Row, ...]:
    """The cases that this actor sees and for which `stands` says yes. Raises `NotPermitted` without a role at the
    site.
    """
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    found = looking.rows_of(looking.every(actor, site, pathway, mine, at), actor, mine, at)
    rows = tuple(row for row in found if stands(row))
    shown = {"role": mine, "what": "days", "purpose": "days to come"}
    looks.note_list(actor.pk, [row.case for row in rows], at, shown)
    return rows
