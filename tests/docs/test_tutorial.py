"""The tutorial is followed to the letter: files are written, commands run, and each prints what it says.

What a reader does not see stands in a comment before a block: `write: FILE`, `append: FILE`, `change: FILE`
(lines to take out and to put in).
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from amparo import commands
from amparo.pathways import reader
from tests.docs import pages
from tests.docs.pages import Block

PAGE = pages.DOCS / "tutorial" / "first-programme.md"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which the reader of the tutorial works."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    reader._present.cache_clear()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # a worker of xdist has threads of its own
def test_the_tutorial_can_be_followed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n, block in enumerate(pages.blocks(PAGE), 1):
        if block.kind == "console":
            printed, said = _run(block, capsys)
            assert _fits(printed, said), f"block {n} prints:\n{printed}"
        else:
            _write(folder, block)


def test_no_block_of_the_tutorial_is_left_out() -> None:
    found = pages.blocks(PAGE)
    assert [one.text for one in found if one.kind != "console" and not one.mark] == []
    assert sum(one.kind == "console" for one in found) >= 5


def test_a_change_that_does_not_fit_is_found(folder: Path) -> None:
    (folder / "x").write_text("a: 1\n")
    with pytest.raises(AssertionError):
        _write(folder, Block("diff", "-a: 2\n+a: 3\n", "change: x"))


def _write(folder: Path, block: Block) -> None:
    how, _, name = block.mark.partition(": ")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = {"write": _anew, "append": _appended, "change": _changed}[how](before, block.text)
    path.write_text(after, encoding="utf-8")


def _anew(before: str, text: str) -> str:
    assert before == "", "written once"
    return text


def _appended(before: str, text: str) -> str:
    assert before, "there is something to go on from"
    return before + text


def _changed(before: str, text: str) -> str:
    """Lines with `-` are taken out, lines with `+` put in their place; the others say where."""
    lines = text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if not line.startswith("+"))
    new = "".join(line[1:] for line in lines if not line.startswith("-"))
    assert before.count(old) == 1, f"this stands there once: {old}"
    return before.replace(old, new)


def _fits(printed: str, said: str) -> bool:
    """Line by line the same; a line `…` on the page stands for lines that it leaves out."""
    parts = [re.escape(part) for part in re.split(r"^…\n", said, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)+".join(parts), printed) is not None


def test_lines_left_out_are_some_and_the_others_are_looked_at() -> None:
    assert _fits("a\nb\nc\nd\n", "a\n…\nd\n")
    assert not _fits("a\nd\n", "a\n…\nd\n")
    assert not _fits("a\nb\nc\nx\n", "a\n…\nd\n")


def _run(block: Block, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """What a command prints, and what the page says that it prints. Definitions are read anew for each."""
    first, _, said = block.text.partition("\n")
    assert first.startswith("$ amparo "), first
    reader._present.cache_clear()
    commands.main(first.split()[2:])
    printed = capsys.readouterr()
    return printed.out + printed.err, said
