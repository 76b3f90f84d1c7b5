"""What is wrong with a definition: one line that says where, what, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from amparo.errors import DefinitionFault
from amparo.pathways.model import Where


class Finding(NamedTuple):
    """One fault (or warning) of a definition. `code` is explained in `docs/reference/language.md`.

    As a text it is the line that `amparo check` prints: `file:line:column CODE what · remedy`.
    """

    where: Where
    code: str
    what: str
    remedy: str
    warn: bool = False

    def __str__(self) -> str:
        warning = "warning: " if self.warn else ""
        return f"{self.where} {self.code} {warning}{self.what} · {self.remedy}"


def refuse(findings: Iterable[Finding]) -> None:
    """Raise one `DefinitionFault` with a line for each finding, in the order of the text. Nothing if none."""
    lines = [str(finding) for finding in sorted(set(findings))]
    if lines:
        raise DefinitionFault("\n".join(lines))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one, '' if none is like it."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def suggestion(word: str, known: Iterable[str]) -> str:
    """The remedy for an unknown word: the nearest known one, else the first known ones."""
    names = list(dict.fromkeys(known))
    near = nearest(word, names)
    if near:
        return f"did you mean '{near}'?"
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"known: {shown}" if names else "none is declared"
