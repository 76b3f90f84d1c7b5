"""The outbox in a shared room, and on a phone."""

from __future__ import annotations

import re

from tests.desk.conftest import As, a_report


def test_a_name_in_the_outbox_can_be_blanked(signed_in: As) -> None:
    officer, door = signed_in("officer"), "/new/police_record/"
    officer.post(door, {**a_report(handed=""), "then": "write"})
    officer.post(f"{door}read-back/")
    page = signed_in("clerk").get("/outbox/").content.decode()
    assert "Sam Sample" in page
    assert "Sam Sample" not in re.sub(r'<span class="nm-long">[^<]*</span>', "", page)


def test_what_goes_to_an_office_names_the_office(signed_in: As, in_hearing: str) -> None:
    page = signed_in("clerk").get("/outbox/").content.decode()
    assert "<td>central register</td>" in page
