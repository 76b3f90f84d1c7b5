"""Follow the tutorial, and put into it what its commands print.

    .venv/bin/python -m tests.docs.tutorial_page

What a reader does not see stands in a comment before a block: `write: FILE`, `append: FILE`, `change: FILE`
(lines to take out and to put in). A line `…` in what a command prints stands for lines that are left out; then
only the lines that the page shows already, and the last one, are put in anew.
"""

import contextlib
import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from amparo import commands
from amparo.pathways import reader
from tests.docs import pages
from tests.docs.pages import Block

PAGE = pages.DOCS / "tutorial" / "first-programme.md"
LEFT_OUT = "…"


def followed(folder: Path) -> Iterator[tuple[Block, str]]:
    """Every command of the page and what it prints, the files written before it. To be run inside `folder`."""
    for block in pages.blocks(PAGE):
        if block.kind == "console":
            yield block, printed(block)
        else:
            write(folder, block)


def write(folder: Path, block: Block) -> None:
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


def fits(printed: str, said: str) -> bool:
    """Line by line the same; a line `…` on the page stands for lines that it leaves out."""
    parts = [re.escape(part) for part in re.split(r"^…\n", said, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)+".join(parts), printed) is not None


def printed(block: Block) -> str:
    """What a command prints. Definitions are read anew for each."""
    first = block.text.partition("\n")[0]
    assert first.startswith("$ amparo "), first
    reader._present.cache_clear()
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        commands.main(first.split()[2:])
    return told.getvalue()


def shortened(text: str, said: str) -> str:
    """What is printed, as far as the page shows it."""
    if LEFT_OUT not in said.splitlines():
        return text
    lines, kept = text.splitlines(), set(said.splitlines())
    cut = [line if line in kept or n == len(lines) else LEFT_OUT for n, line in enumerate(lines, 1)]
    return "".join(
        f"{line}\n" for n, line in enumerate(cut) if line != LEFT_OUT or cut[n - 1] != LEFT_OUT or not n
    )


def page() -> str:
    """The page with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        told = [(block, text) for block, text in followed(Path(folder))]
    text = pages.text(PAGE)
    for block, now in told:
        first, _, said = block.text.partition("\n")
        text = text.replace(
            f"```console\n{block.text}```", f"```console\n{first}\n{shortened(now, said)}```", 1
        )
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
