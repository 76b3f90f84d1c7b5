"""Letters as they were sent: rendered once, those bytes kept, sealed under the case's key."""

from __future__ import annotations

from django.db import transaction

from amparo.errors import LedgerFault
from amparo.ledger import log
from amparo.ledger.models import LetterBytes
from amparo.people.keys import ring
from amparo.people.seal import seal, unseal


def keep_letter(case: str, letter_id: str, content: bytes, key: bytes | None = None) -> None:
    """Keep the bytes of a letter, under the case's key or the one given (of another person to whom it goes). The same
    bytes again change nothing; other bytes raise `LedgerFault`.
    """
    with transaction.atomic():
        there = letter_bytes(case, letter_id, key)
        if there is not None and there != content:
            raise LedgerFault("This letter was opened or handed over already: its bytes do not change.")
        if there is None:
            sealed = seal(key or log.newest_key(case), content, _place(case, letter_id))
            LetterBytes.objects.create(case=case, tag=_tag(case, letter_id), sealed=sealed)


def letter_bytes(case: str, letter_id: str, key: bytes | None = None) -> bytes | None:
    """The kept bytes, None if the letter was never opened. Raises `KeyDestroyed` once the case was erased."""
    row = LetterBytes.objects.filter(case=case, tag=_tag(case, letter_id)).first()
    return unseal(key or log.newest_key(case), row.sealed, _place(case, letter_id)) if row else None


def _tag(case: str, letter_id: str) -> bytes:
    return ring().tag("letter", f"{case}\0{letter_id}")


def _place(case: str, letter_id: str) -> str:
    return f"letter {case} {letter_id}"
