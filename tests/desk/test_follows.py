"""What follows from what a role reads stands beside what was told."""

from __future__ import annotations

from tests.desk.conftest import As, words


def test_the_amount_beside_the_table_stands_before_who_decides(signed_in: As, in_hearing: str) -> None:
    page = words(signed_in("president").get(f"/case/{in_hearing}/choice/decision/"))
    assert "Amount beside the ten-day table" in page


def test_the_file_says_what_follows_from_the_facts(signed_in: As, in_hearing: str) -> None:
    page = words(signed_in("president").get(f"/case/{in_hearing}/"))
    assert "What follows from it" in page and "Amount beside the ten-day table" in page
