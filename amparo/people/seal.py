"""Sealing: what makes words unreadable to whoever has the database and not the keys.

Everything is AES-256-GCM under a key of its own, one a person and one a case. Those keys lie in the database
*wrapped* by the key ring, a file outside it. Each ciphertext is bound to its place (`case 3f…, entry 4`):
moved elsewhere, altered or opened with another key it raises `WrongKey` and nothing is given back instead.
Destroying a wrapped key destroys the words; `KeyDestroyed` says so when they are asked for.

Exact matches without reading are found by *tags*: HMAC-SHA-256 under a key of the ring, one domain for each
use.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.errors import AmparoError, KeyDestroyed, WrongKey

KEY_BYTES = 32
NONCE_BYTES = 12
RING_NUMBER_BYTES = 4
Kept = bytes | memoryview
"""What a column gives back: PostgreSQL's driver gives views of bytes."""


def new_key() -> bytes:
    """A fresh key for one person or one case."""
    return secrets.token_bytes(KEY_BYTES)


def encrypt(key: bytes, plain: bytes, place: str) -> tuple[bytes, bytes]:
    """(nonce, ciphertext) of `plain`, bound to `place`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce, AESGCM(key).encrypt(nonce, plain, place.encode())


def decrypt(key: bytes, nonce: bytes, sealed: bytes, place: str) -> bytes:
    """The words sealed at `place`. Raises `WrongKey` if key, place or ciphertext are not the ones of the
    sealing.
    """
    try:
        return AESGCM(key).decrypt(nonce, sealed, place.encode())
    except (InvalidTag, ValueError) as fault:
        raise WrongKey(f"What is kept at {place.split()[0]} does not open: wrong key, or altered.") from fault


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """`plain` sealed at `place`, nonce first: one value for one column."""
    nonce, sealed = encrypt(key, plain, place)
    return nonce + sealed


def unseal(key: bytes, kept: Kept, place: str) -> bytes:
    """What `seal` kept at `place`. Raises `WrongKey`."""
    whole = bytes(kept)
    return decrypt(key, whole[:NONCE_BYTES], whole[NONCE_BYTES:], place)


class KeyRing(NamedTuple):
    """The installation's keys, read from one file that only its owner may read.

    wrapping: number -> key. Only `current` wraps; older ones still open, until everything is wrapped anew.
    tagging: the key from which tags are derived (it cannot be changed without tagging everything anew).
    signing: the seed of the Ed25519 key that signs checkpoints.
    """

    current: int
    wrapping: Mapping[int, bytes]
    tagging: bytes
    signing: bytes

    def wrap(self, key: bytes, place: str) -> bytes:
        """A person's or a case's key as it may lie in the database: ring number, then the sealed key."""
        number = self.current.to_bytes(RING_NUMBER_BYTES, "big")
        return number + seal(self.wrapping[self.current], key, place)

    def unwrap(self, wrapped: Kept | None, place: str) -> bytes:
        """The key wrapped at `place`. None was destroyed: raises `KeyDestroyed`. Raises `WrongKey`
        otherwise.
        """
        if not wrapped:
            raise KeyDestroyed("The words were erased: their key has been destroyed.")
        wrapped = bytes(wrapped)
        number = int.from_bytes(wrapped[:RING_NUMBER_BYTES], "big")
        if number not in self.wrapping:
            raise WrongKey(
                f"The key ring has no key number {number}: it is not the ring this was written with."
            )
        return unseal(self.wrapping[number], wrapped[RING_NUMBER_BYTES:], place)

    def seal(self, plain: bytes, place: str) -> bytes:
        """`plain` sealed under the ring itself: for what belongs to no case and no person."""
        return self.wrap(plain, place)

    def unseal(self, kept: Kept, place: str) -> bytes:
        return self.unwrap(kept, place)

    def tag(self, domain: str, text: str) -> bytes:
        """The tag of `text` in `domain`: equal texts have equal tags, and nobody without the ring can make
        one.
        """
        return hmac.digest(self.tagging, f"{domain}\0{text}".encode(), "sha256")

    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs checkpoints."""
        return Ed25519PrivateKey.from_private_bytes(self.signing)

    def rotated(self) -> KeyRing:
        """The ring with one more wrapping key, which wraps from now on."""
        number = max(self.wrapping) + 1
        return self._replace(current=number, wrapping={**self.wrapping, number: new_key()})


def new_ring() -> KeyRing:
    """A ring for a new installation."""
    return KeyRing(1, {1: new_key()}, new_key(), new_key())


def ring_from(seed: bytes) -> KeyRing:
    """The ring that follows from `seed`: only for worlds that are invented anew from the same beginning."""

    def part(name: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, None, name.encode()).derive(seed)

    return KeyRing(1, {1: part("wrapping 1")}, part("tagging"), part("signing"))


def read_ring(path: Path) -> KeyRing:
    """The ring kept in the file. Raises `AmparoError` with one line if there is none or it cannot be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        wrapping = {int(number): base64.b64decode(key) for number, key in kept["wrapping"].items()}
        return KeyRing(
            int(kept["current"]),
            wrapping,
            base64.b64decode(kept["tagging"]),
            base64.b64decode(kept["signing"]),
        )
    except FileNotFoundError as fault:
        raise AmparoError(
            f"There is no key ring at {path}: put it back, or make one for a new database."
        ) from fault
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise AmparoError(f"The key ring at {path} cannot be read.") from fault


def write_ring(path: Path, ring: KeyRing, *, replace: bool = False) -> None:
    """Keep the ring in the file, for its owner only. An existing ring is never overwritten unless
    `replace`.
    """
    kept = {
        "current": ring.current,
        "wrapping": {str(number): base64.b64encode(key).decode() for number, key in ring.wrapping.items()},
        "tagging": base64.b64encode(ring.tagging).decode(),
        "signing": base64.b64encode(ring.signing).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    _write_for_owner(draft, json.dumps(kept, indent=1))
    try:
        os.replace(draft, path) if replace else os.link(draft, path)
    except FileExistsError as fault:
        raise AmparoError(f"There is a key ring at {path} already: it is not overwritten.") from fault
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


def _write_for_owner(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def fingerprint(ring: KeyRing) -> str:
    """Eight letters by which two people can tell whether they hold the same ring, without showing it."""
    return sha256(ring.tagging + ring.signing).hexdigest()[:8]
