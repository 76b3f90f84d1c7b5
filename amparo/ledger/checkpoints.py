"""Signed checkpoints over the heads of the cases that changed.

A chain of its own proves that nothing inside a case was altered, but not that a case's last entries, or a
whole case, were not removed. So each tick writes the heads that moved, hashes them with the root before,
signs the root, and lets it leave the building: a line in a file, best on another machine. What follows
the last root is not protected yet.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db.models import F

from amparo.errors import LedgerFault
from amparo.ledger.chain import START
from amparo.ledger.locks import writing
from amparo.ledger.models import Checkpoint, Head, Mark
from amparo.people.keys import ring

AT_ONCE = 2000


class Root(NamedTuple):
    """A root as it left the building."""

    n: int
    at: int
    items: int
    root: str
    signature: str


def write(now: int) -> Root | None:
    """A checkpoint over every head that moved since the last one; None if none did. Exported to the file."""
    with writing():
        heads = list(Head.objects.select_for_update().filter(seq__gt=F("marked")).order_by("case"))
        if not heads:
            return None
        last = Checkpoint.objects.order_by("-n").first()
        made = _made(heads, last, now)
        made.save(force_insert=True)
        marks = [Mark(case=head.case, n=made.n, seq=head.seq, hash=head.hash) for head in heads]
        Mark.objects.bulk_create(marks, batch_size=AT_ONCE)
        Head.objects.filter(seq__gt=F("marked"), case__in=[head.case for head in heads]).update(
            marked=F("seq")
        )
    export()
    return as_root(made)


def _made(heads: list[Head], last: Checkpoint | None, now: int) -> Checkpoint:
    n, prev = (last.n + 1, bytes(last.root)) if last else (1, START)
    root = root_of(prev, ((head.case, head.seq, bytes(head.hash)) for head in heads))
    signature = ring().signing_key().sign(signed(n, now, root))
    return Checkpoint(n=n, at=now, items=len(heads), prev=prev, root=root, signature=signature)


def root_of(prev: bytes, items: Iterable[tuple[str, int, bytes]]) -> bytes:
    """SHA-256 of the root before and of each (case, seq, head), in order of case."""
    whole = sha256(prev)
    for case, seq, hash_ in items:
        whole.update(f"{case} {seq} ".encode() + hash_)
    return whole.digest()


def signed(n: int, at: int, root: bytes) -> bytes:
    """What the signature is made over."""
    return f"amparo checkpoint {n} {at} ".encode() + root


def holds(checkpoint: Checkpoint, public: Ed25519PublicKey) -> bool:
    """Whether the signature is ours."""
    try:
        public.verify(
            bytes(checkpoint.signature), signed(checkpoint.n, checkpoint.at, bytes(checkpoint.root))
        )
    except InvalidSignature:
        return False
    return True


# ------------------------------------------------------------------------------------------------ outside
def as_root(row: Checkpoint) -> Root:
    return Root(row.n, row.at, row.items, bytes(row.root).hex(), bytes(row.signature).hex())


def export() -> None:
    """Write every root that the file does not have yet, one line each, safely on disk."""
    path = Path(settings.AMPARO_CHECKPOINT_FILE)
    known = read_file(path)
    missing = Checkpoint.objects.filter(n__gt=known[-1].n if known else 0).order_by("n")
    lines = "".join(json.dumps(as_root(row)._asdict()) + "\n" for row in missing)
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.truncate(_whole_lines(path))
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())


def _whole_lines(path: Path) -> int:
    """The length of a file up to its last line end: what a crash cut off is written again."""
    return path.read_bytes().rfind(b"\n") + 1


def read_file(path: Path) -> list[Root]:
    """The roots in a file, in order. A last line that was cut off by a crash is left out.

    Raises `LedgerFault` for a file that is none.
    """
    if not path.exists():
        return []
    lines = path.read_text("utf-8").split("\n")
    return [_root(path, n, line) for n, line in enumerate(lines[:-1], 1)]


def _root(path: Path, n: int, line: str) -> Root:
    try:
        held: dict[str, Any] = json.loads(line)
        return Root(**held)
    except (ValueError, TypeError) as fault:
        raise LedgerFault(f"{path}, line {n}: not a root of this ledger.") from fault
