"""Settings named in a text: `within {name_of_a_setting}` is said with the value that holds where it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from amparo.pathways import values
from amparo.pathways.model import Dated, Pathway, Text

IN_TEXT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""`{name}` in a text shows a setting's value."""


def named(text: Text) -> frozenset[str]:
    """The settings that a text names, in any language."""
    return frozenset(name for words in text.values() for name in IN_TEXT.findall(words))


def filled(pathway: Pathway, words: str, say: Callable[[str], str]) -> str:
    """The words with each setting as `say` puts it; what names no setting of the pathway stays as it is written."""
    return IN_TEXT.sub(lambda found: say(found[1]) if found[1] in pathway.settings else found[0], words)


def plain(pathway: Pathway, name: str, entered: Mapping[str, Any]) -> Any:
    """The plain value of a setting: as the site entered it (held form, by name), else the definition's, of several
    periods the newest; None if it is unset.
    """
    setting = pathway.settings[name]
    held = entered.get(name) if setting.site_may else None
    held = setting.value if held is None else held
    if isinstance(held, tuple) and held and isinstance(held[-1], Dated):
        held = held[-1].value
    return None if held is None else values.encode(setting.type, held)
