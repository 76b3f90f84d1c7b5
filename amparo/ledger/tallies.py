"""Counts outside any case: *offered, said no; not offered, why*. Codes and the month; no name, no free text.

What is counted waits, sealed, under an id of its own; `tick` adds what earlier days left, all of it together and in an
order that says nothing. So no row of a tally stands in the database beside the case with which it was written.
"""

from __future__ import annotations

import json
import random
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import F

from amparo.cases.counting import Codes, Tallied, count, of_case
from amparo.cases.model import Case, Refusal
from amparo.errors import NotPermitted
from amparo.ledger import looking, looks
from amparo.ledger.chain import DAY
from amparo.ledger.locks import writing
from amparo.ledger.models import Tally, TallyWait
from amparo.lens import scope
from amparo.pathways.model import Pathway, Text
from amparo.people.keys import ring
from amparo.people.models import Account

MONTH = "month"
FEWEST = 5
"""Fewer than this are never shown as a number: a small number can be somebody."""
READERS = frozenset({"coordinator", "manager", "analyst"})
"""Platform roles that read counts, where their cases reach over the site."""
PLACE = "tally wait"


class Counted(NamedTuple):
    """One cell of a tally. n: how many; None where they are fewer than five."""

    name: str
    of: Text
    month: str
    codes: Codes
    n: int | None


class Waiting(NamedTuple):
    """What is kept of a count until it is added. day: on which it was counted, days since 1970 UTC."""

    day: int
    site: str
    pathway: str
    name: str
    month: str
    codes: str


# ------------------------------------------------------------------------------------------------ adding
def tally(
    actor: Account,
    site: str,
    programme: str,
    name: str,
    keeps: Mapping[str, Any],
    key: str,
    *,
    role: str = "",
    door: str = "",
    now: int | None = None,
) -> Refusal | None:
    """Add one to a count without a case; None once it is counted, or why it is not.

    `keeps`: plain codes by what the count keeps; nothing else of them is written. `key`: the same again on the same day
    counts once. Raises `NotPermitted` without such a role at the site.
    """
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    found = count(pathway, mine, name, keeps, door)
    if isinstance(found, Refusal):
        return found
    _wait(site, pathway.id, found, at, ring().tag("tally", f"{actor.pk}\0{key}"))
    return None


def add(site: str, pathway: Pathway, name: str, codes: Mapping[str, str], now: int) -> None:
    """Add one. Only the codes that the definition keeps are kept; a name it does not know raises `KeyError`."""
    kept = {key: codes[key] for key in pathway.counts[name].keeps if key in codes and key != MONTH}
    _wait(site, pathway.id, Tallied(name, kept), now)


def add_of_case(case: Case, name: str, now: int, by: str = "") -> None:
    """Add one that a step of a case counts; the codes are the case's own. by: the role that took the step."""
    _wait(case.site.code, case.pathway.id, of_case(case, name, now, by), now)


def _wait(site: str, pathway: str, one: Tallied, now: int, id_: bytes = b"") -> None:
    row = Waiting(now // DAY, site, pathway, one.name, month_of(now), json.dumps(one.codes, sort_keys=True))
    with writing():
        TallyWait.objects.bulk_create(
            [
                TallyWait(
                    id=id_ or secrets.token_bytes(16), sealed=ring().seal(json.dumps(row).encode(), PLACE)
                )
            ],
            ignore_conflicts=True,
        )


def month_of(now: int) -> str:
    """`2026-11`."""
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m")


# ------------------------------------------------------------------------------------------------ added together
def settle(now: int) -> int:
    """Add what earlier days counted, together and in no order; gives how many. `tick` calls it."""
    with writing():
        over = [(id_, row) for id_, row in _waiting() if row.day < now // DAY]
        sums = list(Counter(row[1:] for _, row in over).items())
        random.SystemRandom().shuffle(sums)
        for (site, pathway, name, month, codes), n in sums:
            row, _new = Tally.objects.get_or_create(
                site=site, pathway=pathway, name=name, month=month, codes=codes, defaults={"n": 0}
            )
            Tally.objects.filter(pk=row.pk).update(n=F("n") + n)
        TallyWait.objects.filter(id__in=[id_ for id_, _row in over]).delete()
    return len(over)


def _waiting() -> Iterator[tuple[bytes, Waiting]]:
    for row in TallyWait.objects.all():
        yield bytes(row.id), Waiting(*json.loads(ring().unseal(row.sealed, PLACE)))


# ------------------------------------------------------------------------------------------------ reading
def may_read(pathway: Pathway, role: str) -> bool:
    """Whether this role reads the counts of its site."""
    found = pathway.roles.get(role)
    return found is not None and found.is_ in READERS and scope(pathway, role) in ("site", "programme")


def tallies(
    actor: Account, site: str, programme: str, *, role: str = "", now: int | None = None
) -> tuple[Counted, ...]:
    """The counts of a site, newest month first; small numbers are not given. The look is logged.

    Raises `NotPermitted` for roles that do not read counts.
    """
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    if not may_read(pathway, mine):
        raise NotPermitted(looking.NO_ROLE)
    looks.note_list(actor.pk, [], at, {"role": mine, "what": "tallies", "purpose": "counts"})
    return tuple(_counted(pathway, key, n) for key, n in _sorted(of(site, pathway)))


def of(site: str, pathway: Pathway) -> Counter[tuple[str, str, str]]:
    """(name, month, codes) -> how many at a site, those that wait included."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in Tally.objects.filter(site=site, pathway=pathway.id):
        sums[row.name, row.month, row.codes] += row.n
    mine = (row for _, row in _waiting() if (row.site, row.pathway) == (site, pathway.id))
    sums.update((row.name, row.month, row.codes) for row in mine)
    return sums


def _sorted(sums: Counter[tuple[str, str, str]]) -> Iterable[tuple[tuple[str, str, str], int]]:
    by_name = sorted(sums.items())
    return sorted(by_name, key=lambda x: x[0][1], reverse=True)


def _counted(pathway: Pathway, key: tuple[str, str, str], n: int) -> Counted:
    name, month, codes = key
    titled = pathway.counts[name].of if name in pathway.counts else {}
    return Counted(name, titled, month, json.loads(codes), n if n >= FEWEST else None)


__all__ = ["Counted", "add", "add_of_case", "may_read", "month_of", "of", "settle", "tallies", "tally"]
