"""The training world, built once for the tests of a file and taken back afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from amparo.people import keys
from amparo.people.seal import ring_from, write_ring
from amparo.training import build
from amparo.training.build import Built

TODAY = date(2026, 3, 4)
"""A Wednesday."""


@contextmanager
def installation(folder: Path) -> Iterator[None]:
    """A data folder of its own, with a key ring that is the same in each."""
    folder.mkdir(exist_ok=True)
    changed = {
        "DATA": folder,
        "AMPARO_KEY_FILE": folder / "keys.json",
        "AMPARO_CHECKPOINT_FILE": folder / "checkpoints.jsonl",
        "AMPARO_LOCK_FILE": folder / "amparo.lock",
    }
    with override_settings(**changed):
        write_ring(folder / "keys.json", ring_from(b"the same ring for two buildings"))
        yield
        keys._ring_at.cache_clear()


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Build = Callable[..., Any]
"""A block in which the world of a day is there. Its tests are marked `django_db`: each takes back its own."""


@pytest.fixture(scope="module")
def build_in(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Build:
    """A block in which the world of a day is there."""

    @contextmanager
    def built(today: date, now: int | None = None, only: tuple[str, ...] = ()) -> Iterator[Built]:
        with (
            django_db_blocker.unblock(),
            installation(tmp_path_factory.mktemp("world")),
            taken_back(),
        ):
            yield build.build(today, lambda line: None, now, only)

    return built


@pytest.fixture(scope="module")
def world(build_in: Build) -> Iterator[Built]:
    """The world of a Wednesday."""
    with build_in(TODAY) as built:
        yield built
