"""The tutorial is followed to the letter: files are written, commands run, and each prints what it says."""

from pathlib import Path

import pytest

from tests.docs import pages, tutorial_page
from tests.docs.pages import Block


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # a worker of xdist has threads of its own
def test_the_tutorial_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for block, printed in tutorial_page.followed(tmp_path):
        first, _, said = block.text.partition("\n")
        assert tutorial_page.fits(printed, said), f"{first}\n{printed}\nsee tests/docs/tutorial_page.py"


def test_it_ends_with_nothing_unproved() -> None:
    last = [one for one in pages.blocks(tutorial_page.PAGE) if one.kind == "console"][-1]
    assert last.text.endswith(", 0 not noticed\n")


def test_no_block_of_the_tutorial_is_left_out() -> None:
    found = pages.blocks(tutorial_page.PAGE)
    assert [one.text for one in found if one.kind != "console" and not one.mark] == []
    assert sum(one.kind == "console" for one in found) >= 5


def test_a_change_that_does_not_fit_is_found(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a: 1\n")
    with pytest.raises(AssertionError):
        tutorial_page.write(tmp_path, Block("diff", "-a: 2\n+a: 3\n", "change: x"))


def test_lines_left_out_are_some_and_the_others_are_looked_at() -> None:
    assert tutorial_page.fits("a\nb\nc\nd\n", "a\n…\nd\n")
    assert not tutorial_page.fits("a\nd\n", "a\n…\nd\n")
    assert not tutorial_page.fits("a\nb\nc\nx\n", "a\n…\nd\n")
