"""From a letter's fields to its PDF: typst, tagged for screen readers (PDF/UA-1), the same bytes for the same
letter.

A character that no installed font has is named, never printed as an empty square.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

import typst

from amparo.errors import AmparoError

FRAME = "frame.typ"
_NO_FONT = re.compile(r"the text `\"(?P<text>.+?)\"` could not be displayed")


class NoFont(AmparoError):
    """A name or text holds characters that no installed font has; a typed transliteration is asked for.

    `text` is the text that cannot be shown.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"No installed font can print “{text}”. Type how it is written in Latin letters, and print again."
        )


def pdf(words: bytes, data: Mapping[str, Any], made: int) -> bytes:
    """The letter as PDF bytes. `words`: the letter's template; `data`: see `letter_frame.typ`; `made`: epoch
    seconds.

    Raises NoFont; AmparoError where the template itself does not compile (its author's fault, named).
    """
    frame = resources.files("amparo.ledger").joinpath("letter_frame.typ").read_bytes()
    files: Any = {"main": words, FRAME: frame}  # typst's stubs do not know that it takes files by name
    try:
        made_pdf: bytes = typst.compile(
            files, sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"], timestamp=made
        )
    except typst.TypstError as fault:
        raise _understood(fault) from fault
    return made_pdf


def _understood(fault: Exception) -> AmparoError:
    found = _NO_FONT.search(str(fault))
    if found is None:
        return AmparoError(f"The template of this letter does not compile: {fault}")
    return NoFont(re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda m: chr(int(m.group(1), 16)), found.group("text")))
