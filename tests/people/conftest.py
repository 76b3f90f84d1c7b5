"""A key ring of its own for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amparo.people import keys
from amparo.people.seal import new_ring, write_ring


@pytest.fixture(autouse=True)
def ring_file(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.AMPARO_KEY_FILE = tmp_path / "keys.json"
    write_ring(settings.AMPARO_KEY_FILE, new_ring())
    yield settings.AMPARO_KEY_FILE
    keys._ring_at.cache_clear()
