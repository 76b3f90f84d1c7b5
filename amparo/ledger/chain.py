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

from amparo.cases.about import without_words
from amparo.cases.model import Event
from amparo.ledger.models import EventRow
from amparo.people.seal import decrypt, encrypt, seal, unseal

START = b"\0" * 32
"""The hash before the first entry of a case."""
IN_CLEAR = 0
"""The key number of an entry that is not sealed: only `case.erased`."""
SIZE = 4
"""Bytes of a number inside an entry about another person."""
DAY = 86400


class Entry(NamedTuple):
    """An event with what the ledger seals beside it: `person` (on opening), `of` (how many events its
    request caused). `other`: the number of the other person whom it is about, 0 if it is about nobody else.
    """

    event: Event
    person: str = ""
    of: int = 0
    other: int = 0


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
    """The row of an entry that follows the hash `prev`, sealed under the newest key of the case; what is about another
    person, under theirs.
    """
    if entry.other:
        return _sealed_apart(entry, keys, prev, idem)
    event, number = entry.event, max(keys)
    row = _row(event, number, prev, idem)
    row.nonce, row.sealed = encrypt(keys[number], encoded(entry), place(row))
    row.hash = digest(row)
    return row


def _sealed_apart(entry: Entry, keys: Mapping[int, bytes], prev: bytes, idem: bytes | None) -> EventRow:
    """Two ciphertexts: the case's, with all but the words about the other person; and theirs, with everything.

    So the case stands when their key is gone, and what is theirs when the case's is.
    """
    row, number = _row(entry.event, -entry.other, prev, idem), max(keys)
    kept = seal(keys[number], encoded(entry._replace(event=without_words(entry.event))), f"{place(row)} case")
    theirs = seal(keys[-entry.other], encoded(entry), f"{place(row)} theirs")
    lengths = (number.to_bytes(SIZE, "big"), len(kept).to_bytes(SIZE, "big"))
    row.nonce, row.sealed = b"", b"".join((*lengths, kept, theirs))
    row.hash = digest(row)
    return row


def _parts(row: EventRow) -> tuple[int, bytes, bytes]:
    """Of an entry about another person: the number of the case's key, the case's part, and theirs."""
    whole = bytes(row.sealed)
    number, length = (int.from_bytes(whole[n * SIZE : (n + 1) * SIZE], "big") for n in (0, 1))
    return number, whole[2 * SIZE : 2 * SIZE + length], whole[2 * SIZE + length :]


def opened_apart(row: EventRow, key: bytes) -> Entry:
    """What an entry holds about another person, by their key alone: also after its case was erased."""
    return decoded(row, unseal(key, _parts(row)[2], f"{place(row)} theirs"))


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
    if row.key < 0:
        number, kept, _ = _parts(row)
        whole = keys.get(row.key)
        plain = unseal(keys[number], kept, f"{place(row)} case")
        return decoded(row, plain) if whole is None else opened_apart(row, whole)
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
