"""Chance that is the same each time, for as long as a fictional world is being built."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

NAMES = ("token_bytes", "token_hex", "choice")


@contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """Let ids, keys and nonces follow from a seed, so that two buildings of one world are alike.

    The key ring is none of it: a ring that anybody can work out must not lie where real words may come.
    """
    drawing = random.Random(seed)  # nothing sealed with what follows belongs to a real person

    def choice(items: Sequence[Any]) -> Any:
        return drawing.choice(items)

    def token_bytes(nbytes: int | None = None) -> bytes:
        return drawing.randbytes(nbytes or 32)

    def token_hex(nbytes: int | None = None) -> str:
        return token_bytes(nbytes).hex()

    kept = {name: getattr(secrets, name) for name in NAMES}
    _put({"token_bytes": token_bytes, "token_hex": token_hex, "choice": choice})
    try:
        yield
    finally:
        _put(kept)


def _put(functions: dict[str, Any]) -> None:
    for name, function in functions.items():
        setattr(secrets, name, function)
