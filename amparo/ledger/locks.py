"""Taking turns. On SQLite the operating system's lock is taken before the database's.

SQLite's own waiting is unfair: with eight clients some wait for seconds while others pass. A file lock
queues them. PostgreSQL locks the case's row instead (`log.load`), so different cases are written side by
side.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

_held = threading.local()


@contextmanager
def writing() -> Iterator[None]:
    """One transaction that writes. All of it is kept, or nothing."""
    if getattr(_held, "depth", 0) or connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    with exclusive(Path(settings.AMPARO_LOCK_FILE)), transaction.atomic():
        _held.depth = 1
        try:
            yield
        finally:
            _held.depth = 0


@contextmanager
def alone(path: Path, number: int) -> Iterator[None]:
    """One at a time, on every machine that shares the database. Raises `BlockingIOError` if it is taken."""
    with exclusive(path, wait=False), _advisory(number):
        yield


@contextmanager
def _advisory(number: int) -> Iterator[None]:
    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise BlockingIOError("another machine holds the lock")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def in_turn(name: str) -> None:
    """Until the transaction ends nobody else passes here with the same name. On SQLite, who writes is alone already."""
    if connection.vendor == "sqlite":
        return
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


@contextmanager
def exclusive(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock file. Without `wait`, raises `BlockingIOError` if somebody else holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)  # closing gives the lock back, also when the process is killed
