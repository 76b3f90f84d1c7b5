"""A page's mark says how far it had read, and to nobody else."""

import pytest

from amparo.ledger.marks import mark, marked


def test_a_mark_is_read_again() -> None:
    assert marked(mark(41)) == 41


def test_no_two_marks_are_alike_so_that_none_tells_whether_something_happened() -> None:
    assert mark(41) != mark(41) and "41" not in mark(41)


@pytest.mark.parametrize("text", ["", "41", "x" * 80, "é", mark.__name__])
def test_what_is_no_mark_is_nothing(text: str) -> None:
    assert marked(text) is None
