"""The log of one case: loaded, and appended to. Nothing else writes an event."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

from amparo.cases import about
from amparo.cases.model import Event
from amparo.errors import KeyDestroyed, LedgerFault, NotPermitted, WrongKey
from amparo.ledger import chain
from amparo.ledger import others as other_people
from amparo.ledger.chain import Entry, Link
from amparo.ledger.models import CaseKey, EventRow, Head
from amparo.ledger.others import Other
from amparo.pathways.model import Pathway
from amparo.people.keys import ring
from amparo.people.seal import Kept, new_key

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter is taken for another when a case number is read aloud."""
NOT_HERE = "There is no such case for you."


@dataclass(frozen=True, slots=True)
class Log:
    """A case's entries, its keys by number, and the end of its chain. person: whom the case is about, '' if
    nobody. others: who else is in it; their keys stand among `keys` under numbers below zero.
    """

    case: str
    keys: Mapping[int, bytes]
    end: Link
    events: tuple[Event, ...] = ()
    person: str = ""
    last_recorded: int = 0
    others: tuple[Other, ...] = ()


def new_case_id() -> str:
    """A random number for a case, in three groups: `7k4m-2qxd-91tz` (60 bits). It says nothing of when or
    where.
    """
    letters = "".join(secrets.choice(LETTERS) for _ in range(12))
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


def begin(case: str) -> Log:
    """The empty log of a new case with a key of its own. Raises `IntegrityError` if the number is taken."""
    key = new_key()
    CaseKey.objects.create(case=case, number=1, wrapped=ring().wrap(key, key_place(case, 1)))
    Head.objects.create(case=case, seq=0, hash=chain.START, marked=0)
    return Log(case, {1: key}, Link(0, chain.START))


def load(case: str, *, lock: bool = False) -> Log:
    """The whole log of a case. With `lock` nobody else writes to it until the transaction ends.

    Raises `NotPermitted` if there is no such case, `KeyDestroyed` if its words were erased, `LedgerFault`
    if an entry was altered, moved or removed.
    """
    while True:
        end = _head(case, lock=lock)
        keys, others = keys_of(case), other_people.of_case(case)
        rows = list(EventRow.objects.filter(case=case).order_by("seq"))
        try:
            ensure_whole(case, rows, end)
        except LedgerFault:
            if _head(case, lock=lock) == end:
                raise
            continue  # somebody wrote between the two reads: they are made again
        return _log(case, keys, rows, others)


def _head(case: str, *, lock: bool) -> Link:
    heads = Head.objects.select_for_update() if lock else Head.objects.all()
    head = heads.filter(pk=case).first()
    if head is None:
        raise NotPermitted(NOT_HERE)
    return Link(head.seq, bytes(head.hash))


def load_many(cases: Iterable[str]) -> dict[str, Log]:
    """The logs of several cases in three queries. One that was erased, or changed from outside, is not
    among them.
    """
    wanted = list(cases)
    heads = {head.case: Link(head.seq, bytes(head.hash)) for head in Head.objects.filter(pk__in=wanted)}
    keys: dict[str, dict[int, Kept | None]] = {}
    for case, number, wrapped in CaseKey.objects.filter(case__in=wanted).values_list(
        "case", "number", "wrapped"
    ):
        keys.setdefault(case, {})[number] = wrapped
    rows: dict[str, list[EventRow]] = {}
    for row in EventRow.objects.filter(case__in=wanted).order_by("case", "seq"):
        rows.setdefault(row.case, []).append(row)
    found: dict[str, Log] = {}
    others = other_people.of_cases(wanted)
    for case in heads.keys() & rows.keys() & keys.keys():
        with suppress(KeyDestroyed, LedgerFault):
            try:
                ensure_whole(case, rows[case], heads[case])
            except LedgerFault:
                found[case] = load(case)  # somebody may have written between the reads
            else:
                found[case] = _log(case, _unwrapped(case, keys[case]), rows[case], others.get(case, ()))
    return found


def _log(case: str, keys: Mapping[int, bytes], rows: list[EventRow], others: tuple[Other, ...]) -> Log:
    keys = {**keys, **_theirs(others)}
    try:
        entries = [chain.opened(row, keys) for row in rows]
    except WrongKey as fault:
        raise LedgerFault(
            f"An entry of case {case} does not open: it was altered, or the key ring is another."
        ) from fault
    person = next((entry.person for entry in entries if entry.person), "")
    events = tuple(entry.event for entry in entries)
    end = Link(rows[-1].seq, bytes(rows[-1].hash)) if rows else Link(0, chain.START)
    return Log(case, keys, end, events, person, events[-1].recorded if events else 0, others)


def _theirs(others: Iterable[Other]) -> dict[int, bytes]:
    """The keys of other people in the case, of those who were not erased."""
    return {one.key_number: one.key for one in others if one.key is not None}


def ensure_whole(case: str, rows: list[EventRow], end: Link) -> None:
    """Raises `LedgerFault` if the chain is broken or does not end where the case's head says."""
    found = Link(rows[-1].seq, bytes(rows[-1].hash)) if rows else Link(0, chain.START)
    whole = found == end and len(rows) == end.seq and (not rows or bytes(rows[0].prev) == chain.START)
    linked = all(bytes(after.prev) == bytes(before.hash) for before, after in pairwise(rows))
    if not (whole and linked and all(chain.digest(row) == bytes(row.hash) for row in rows)):
        raise LedgerFault(
            f"The log of case {case} was changed from outside. Nothing is read from it or written to it."
        )


def append(
    log: Log, events: Iterable[Event], *, pathway: Pathway, idem: bytes | None = None, person: str = ""
) -> Log:
    """Write events after the end of the log, in order, and move the head; gives the log with them, as read
    back.

    Who else they are about comes into the case with them. idem stands on the last one. Raises `IntegrityError` if
    somebody wrote first, `LedgerFault` if the events do not follow the log's end.
    """
    entries = _entries(tuple(events), idem, person or "")
    if not entries:
        return log
    log, entries = _about_others(log, entries, pathway)
    if [entry.event.seq for entry in entries] != list(range(log.end.seq + 1, log.end.seq + 1 + len(entries))):
        raise LedgerFault(f"Entries for case {log.case} do not follow its log.")
    rows = _chained(log, entries, idem)
    EventRow.objects.bulk_create(rows)
    end = Link(rows[-1].seq, bytes(rows[-1].hash))
    move_head(log, end)
    kept = tuple(chain.opened(row, log.keys).event for row in rows)
    return replace(
        log, end=end, events=log.events + kept, person=log.person or person, last_recorded=kept[-1].recorded
    )


def _about_others(log: Log, entries: list[Entry], pathway: Pathway) -> tuple[Log, list[Entry]]:
    """Each entry with the other person whom it is about; one of whom nothing was known yet comes in now."""
    made: list[Entry] = []
    for entry in entries:
        role = about.party_of(pathway, entry.event)
        log = with_other(log, role) if role else log
        one = other_people.present(log.others, role) if role else None
        made.append(entry._replace(other=one.number) if one else entry)
    return log, made


def with_other(log: Log, role: str) -> Log:
    """The log with somebody else in this role: who is there already, or one who comes in now."""
    if other_people.present(log.others, role) is not None:
        return log
    others = (*log.others, other_people.enter(log.case, role))
    return replace(log, others=others, keys={**log.keys, **_theirs(others)})


def _entries(events: tuple[Event, ...], idem: bytes | None, person: str) -> list[Entry]:
    entries = [Entry(event) for event in events]
    if entries and person:
        entries[0] = entries[0]._replace(person=person)
    if entries and idem:
        entries[-1] = entries[-1]._replace(of=len(entries))
    return entries


def _chained(log: Log, entries: list[Entry], idem: bytes | None) -> list[EventRow]:
    rows: list[EventRow] = []
    for n, entry in enumerate(entries, 1):
        prev = bytes(rows[-1].hash) if rows else log.end.hash
        rows.append(chain.sealed(entry, log.keys, prev, idem if n == len(entries) else None))
    return rows


def move_head(log: Log, end: Link) -> None:
    """Raises `LedgerFault` if the head is not where the log was read: that would be a writer without the
    lock.
    """
    moved = Head.objects.filter(pk=log.case, seq=log.end.seq).update(seq=end.seq, hash=end.hash)
    if moved != 1:
        raise LedgerFault(f"Case {log.case} was written to by somebody else at the same moment.")


def written_with(idem: bytes) -> tuple[str, int, int] | None:
    """(case, first seq, last seq) of the request that this idempotency tag stands on; None if it was never
    written.
    """
    row = EventRow.objects.filter(idem=idem).first()
    if row is None:
        return None
    of = chain.opened(row, {**keys_of(row.case), **_theirs(other_people.of_case(row.case))}).of
    return row.case, row.seq - of + 1, row.seq


# ------------------------------------------------------------------------------------------------ keys
def keys_of(case: str) -> Mapping[int, bytes]:
    """The case's keys by number. Raises `KeyDestroyed` if it was erased."""
    return _unwrapped(case, dict(CaseKey.objects.filter(case=case).values_list("number", "wrapped")))


def _unwrapped(case: str, wrapped: Mapping[int, Kept | None]) -> Mapping[int, bytes]:
    if not wrapped or any(key is None for key in wrapped.values()):
        raise KeyDestroyed(f"The words of case {case} were erased.")
    return {number: ring().unwrap(key, key_place(case, number)) for number, key in wrapped.items()}


def newest_key(case: str) -> bytes:
    """The key under which new words of the case are sealed. Raises `KeyDestroyed`."""
    keys = keys_of(case)
    return keys[max(keys)]


def key_place(case: str, number: int) -> str:
    return f"case-key {case} {number}"
