"""Words of a definition inside a sentence of this software: a title that no longer begins one, a place in a law."""

from __future__ import annotations

from collections.abc import Sequence

from amparo.pathways.model import Source
from amparo.pathways.words import ALWAYS_CAPITAL, BEFORE_NAMES


def inside(title: str) -> str:
    """A title as it stands inside a sentence: `Accepts treatment` → `accepts treatment`.

    Its first word keeps a capital that is not the sentence's: of a name of several words (`District Court judge`,
    `Guinea-Bissau Creole`), of an abbreviation (`GHB`), of a language, of `I`.
    """
    first, _, rest = title.partition(" ")
    keeps = first in (*ALWAYS_CAPITAL, "I") or _abbreviation(first) or _in_name(first, rest.partition(" ")[0])
    return title if keeps else title[:1].lower() + title[1:]


def _abbreviation(word: str) -> bool:
    return len(word) > 1 and word[:2].isalpha() and word[:2].isupper()


def _in_name(first: str, second: str) -> bool:
    """Does a word go on with a capital: is it the first of a name? `A` and `ASSIST` go on with none."""
    goes_on = second[:1].isupper() and second[1:2].islower() and second not in ALWAYS_CAPITAL
    hyphened = any(part[:1].isupper() for part in first.split("-")[1:])
    return hyphened or (goes_on and first.lower() not in BEFORE_NAMES)


def places(source: Source, found: Sequence[str], language: str) -> str:
    """Places in a source as the source marks them: `arts. 11(1), 13`, `s 24A`, `§ 2.31`."""
    marks = source.marks if len(found) > 1 and source.marks else source.mark
    mark = marks.get(language) or next(iter(marks.values()), "")
    return f"{mark} {', '.join(found)}".strip()
