"""The shipped programmes can be read and stand up to every check."""

import time

import pytest

from amparo.pathways import reader
from amparo.pathways.check import check


@pytest.mark.parametrize("name", reader.programmes())
def test_a_shipped_programme_has_no_error_and_is_checked_in_seconds(name: str) -> None:
    began = time.process_time()
    found = check(reader.programme(name))
    assert [str(finding) for finding in found if not finding.warn] == []
    assert time.process_time() - began < 20
