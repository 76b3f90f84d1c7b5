"""How one entry of a case's log is sealed, chained and opened again.

The hash is taken over the ciphertext and everything that stands in clear, so the chain still verifies
when the key is gone. What is sealed is bound to its place in its case: an entry moved elsewhere does not
open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from amparo.cases.model import Event
from amparo.ledger.models import EventRow
from amparo.people.seal import decrypt, encrypt

START = b"\0" * 32
"""The hash before the first entry of a case."""
IN_CLEAR = 0
"""The key number of an entry that is not sealed: only `case.erased`."""
DAY = 86400


class Entry(NamedTuple):
    """An event with what the ledger seals beside it: `person` (on opening), `of` (how many events its
    request caused).
    """

    event: Event
    person: str = ""
    of: int = 0


class Link(NamedTuple):
    """The end of a case's chain."""

    seq: int
    hash: bytes


def digest(row: EventRow) -> bytes:
    """SHA-256 over the entry before and all columns of this one, each with its length."""
    parts = (
        bytes(row.prev), row.case.encode(), str(row.seq).encode(), str(row.day).encode(),
        str(row.key).encode(), bytes(row.nonce), row.version.encode(), bytes(row.idem or b""),
        bytes(row.sealed),
    )  # fmt: skip
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


def sealed(entry: Entry, keys: Mapping[int, bytes], prev: bytes, idem: bytes | None) -> EventRow:
    """The row of an entry that follows the hash `prev`, sealed under the newest key of the case."""
    event, number = entry.event, max(keys)
    row = _row(event, number, prev, idem)
    row.nonce, row.sealed = encrypt(keys[number], encoded(entry), place(row))
    row.hash = digest(row)
    return row


def in_clear(event: Event, prev: bytes) -> EventRow:
    """The row of `case.erased`, the one entry that may be read without a key."""
    row = _row(event, IN_CLEAR, prev, None)
    row.nonce, row.sealed = b"", encoded(Entry(event))
    row.hash = digest(row)
    return row


def _row(event: Event, number: int, prev: bytes, idem: bytes | None) -> EventRow:
    return EventRow(
        case=event.case,
        seq=event.seq,
        day=event.recorded // DAY,
        key=number,
        version=event.version,
        prev=prev,
        idem=idem,
    )


def opened(row: EventRow, keys: Mapping[int, bytes]) -> Entry:
    """The entry that a row holds. Raises `WrongKey` if it does not open in its place."""
    if row.key == IN_CLEAR:
        return decoded(row, bytes(row.sealed))
    return decoded(row, decrypt(keys[row.key], bytes(row.nonce), bytes(row.sealed), place(row)))


def place(row: EventRow) -> str:
    """Where an entry stands: what its ciphertext is bound to."""
    return f"entry {row.case} {row.seq} {row.day} {row.key} {row.version}"


def encoded(entry: Entry) -> bytes:
    """The sealed part of an entry as canonical JSON."""
    event = entry.event
    kept: dict[str, Any] = {
        "at": event.at, "recorded": event.recorded, "actor": event.actor, "role": event.role,
        "kind": event.kind, "data": event.data,
    }  # fmt: skip
    if entry.person:
        kept["person"] = entry.person
    if entry.of:
        kept["of"] = entry.of
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decoded(row: EventRow, plain: bytes) -> Entry:
    kept = json.loads(plain)
    event = Event(
        row.case, row.seq, kept["at"], kept["recorded"], kept["actor"], kept["role"], kept["kind"],
        kept["data"], row.version,
    )  # fmt: skip
    return Entry(event, kept.get("person", ""), kept.get("of", 0))
