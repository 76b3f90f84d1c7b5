"""The key ring of this installation, read once for each file."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from amparo.people.seal import KeyRing, new_ring, read_ring, write_ring


def ring() -> KeyRing:
    """The ring named by the settings. Raises `AmparoError` with one line if it is missing."""
    return _ring_at(settings.AMPARO_KEY_FILE)


@lru_cache(maxsize=8)
def _ring_at(path: str | Path) -> KeyRing:
    return read_ring(Path(path))


def ensure_ring() -> KeyRing:
    """The ring, made if the file is not there yet: for `demo` and a first `migrate`, never for a running
    server.
    """
    path = Path(settings.AMPARO_KEY_FILE)
    if not path.exists():
        write_ring(path, new_ring())
    return ring()


def rotate() -> KeyRing:
    """Wrap with a fresh key from now on. What older keys wrapped still opens."""
    path = Path(settings.AMPARO_KEY_FILE)
    write_ring(path, read_ring(path).rotated(), replace=True)
    _ring_at.cache_clear()
    return ring()
