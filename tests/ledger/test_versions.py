"""A case stays on the definition under which it began."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from amparo.errors import LedgerFault
from amparo.ledger import book
from amparo.ledger.models import Definition
from amparo.pathways.reader import programme
from tests.ledger.conftest import MONDAY, PROGRAMMES, TUESDAY, do, recorded


@pytest.fixture
def newer(settings: Any, tmp_path: Path) -> Any:
    """Puts version 2 in the place of version 1: there, everybody is invited by the technician."""

    def put() -> None:
        folder = tmp_path / "garden"
        folder.mkdir()
        text = (PROGRAMMES[0] / "garden" / "pathway.yaml").read_text()
        text = text.replace('version: "1"', 'version: "2"')
        text = text.replace("invite:   {by: clerk", "invite:   {by: technician")
        (folder / "pathway.yaml").write_text(text)
        settings.AMPARO_PROGRAMMES = (tmp_path,)
        assert programme("garden", (tmp_path,)).version == "2"

    return put


def test_an_older_case_goes_on_as_it_began(opened, clerk, newer):
    case = opened().case_id
    newer()
    assert (
        recorded(book.record(clerk, case, do("clerk", "invite"), "k", now=TUESDAY)).events[0].version == "1"
    )


def test_a_new_case_begins_under_the_newer_version(opened, clerk, newer):
    opened()
    newer()
    assert opened("second", person=None).events[0].version == "2"
    assert set(Definition.objects.values_list("version", flat=True)) == {"1", "2"}


def test_lists_hold_cases_of_both_versions(opened, clerk, newer):
    first = opened().case_id
    newer()
    second = opened("second", person=None).case_id
    assert {row.case for row in book.worklist(clerk, "lisboa", "garden", now=TUESDAY).rows} == {first, second}
    assert book.tick(MONDAY + 20 * 86400).faults == () and book.rebuild(MONDAY + 20 * 86400) == ()


def test_a_version_that_is_lost_is_named(opened, clerk, newer):
    case = opened().case_id
    newer()
    Definition.objects.all().delete()
    with pytest.raises(LedgerFault, match="garden 1"):
        book.read(clerk, case, "", now=TUESDAY)
