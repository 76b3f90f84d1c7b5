"""What a production installation must not have: the known secret, no key ring, an account of the training
world.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from amparo.errors import AmparoError
from amparo.people.seal import read_ring

OTHERS_MAY = 0o077


def faults() -> Iterator[tuple[str, str]]:
    """(code, one line) for each thing with which production must not start. The training world has none."""
    if settings.AMPARO_TRAINING:
        return
    if settings.SECRET_KEY == settings.AMPARO_DEFAULT_SECRET:
        yield (
            "E001",
            "AMPARO_SECRET_KEY is not set: sessions would be signed with a secret that everybody knows.",
        )
    yield from _ring_faults(Path(settings.AMPARO_KEY_FILE))
    if _has_demo_accounts():
        yield (
            "E004",
            "This database has accounts of the training world: use a database of its own for real cases.",
        )


def _ring_faults(path: Path) -> Iterator[tuple[str, str]]:
    try:
        read_ring(path)
    except AmparoError as fault:
        yield "E002", str(fault)
        return
    if path.stat().st_mode & OTHERS_MAY:
        yield "E003", f"Others than its owner may read the key ring at {path}: chmod 600 it."


def _has_demo_accounts() -> bool:
    """Whether a demo account is in the database; a database without tables has none."""
    try:
        return bool(apps.get_model("people", "Account")._default_manager.filter(demo=True).exists())
    except DatabaseError:
        return False


def ensure_safe_start() -> None:
    """Raises `ImproperlyConfigured` with one clear line if this installation would put people at risk."""
    for _, line in faults():
        raise ImproperlyConfigured(line)


def check_safe_start(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The same as a system check, so that `check` and every command say it too."""
    return [Error(line, id=f"amparo.{code}") for code, line in faults()]
