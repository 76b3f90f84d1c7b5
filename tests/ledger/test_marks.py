"""A page's mark says how far it had read, and to nobody else."""

import pytest

from amparo.ledger.marks import item, item_of, mark, marked


def test_a_mark_is_read_again() -> None:
    assert marked(mark(41)) == 41


def test_no_two_marks_are_alike_so_that_none_tells_whether_something_happened() -> None:
    assert mark(41) != mark(41) and "41" not in mark(41)


@pytest.mark.parametrize("text", ["", "41", "x" * 80, "é", mark.__name__])
def test_what_is_no_mark_is_nothing(text: str) -> None:
    assert marked(text) is None


def test_a_letter_stands_in_an_address_as_a_mark_that_tells_nothing_of_its_number() -> None:
    assert item_of(item("l15")) == "l15"
    assert item("l15") != item("l15") and "l15" not in item("l15") and "=" not in item("l15")


@pytest.mark.parametrize("text", ["", "l15", "x" * 80, "é"])
def test_what_is_no_mark_of_an_item_is_nothing(text: str) -> None:
    assert item_of(text) is None


def test_a_mark_of_a_page_is_no_mark_of_an_item() -> None:
    assert item_of(mark(15)) is None and marked(item("15")) is None
