"""The pages of the documentation, read once: which there are, their blocks, links and headings."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

FENCE = re.compile(r"^```(?P<kind>[\w-]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<to>[^)\s]+)\)")
PICTURE = re.compile(r"!\[(?P<says>[^\]]*)\]\((?P<to>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<words>.+)$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block. mark: the comment on the line before it, which readers do not see; '' if none."""

    kind: str
    text: str
    mark: str


@cache
def pages() -> tuple[Path, ...]:
    """Every page that people read: `docs/` and what lies beside the code."""
    return (*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")))


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A page without its blocks: what looks like a link in a block is none."""
    return FENCE.sub("", text(path))


def blocks(path: Path) -> tuple[Block, ...]:
    """The fenced blocks of a page, in order."""
    page = text(path)
    return tuple(Block(one["kind"], one["text"], _mark(page[: one.start()])) for one in FENCE.finditer(page))


def _mark(before: str) -> str:
    found = re.search(r"<!-- (?P<mark>[^>]+) -->\n\Z", before)
    return found["mark"] if found else ""


def anchors(path: Path) -> set[str]:
    """What `#…` may name on a page."""
    return {_anchor(one["words"]) for one in HEADING.finditer(prose(path))}


def _anchor(words: str) -> str:
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


def rows(path: Path, heading: str = "") -> list[list[str]]:
    """The rows of the tables on a page, or of those under one heading, without their head."""
    page = text(path)
    if heading:
        page = page.split(f"\n{heading}\n", 1)[1]
        page = re.split(r"^#+ ", page, maxsplit=1, flags=re.MULTILINE)[0]
    lines = page.splitlines()
    heads = {n - 1 for n, line in enumerate(lines) if re.match(r"^\|[-| :]+\|$", line)}
    return [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for n, line in enumerate(lines)
        if line.startswith("|") and n not in heads and n - 1 not in heads
    ]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
