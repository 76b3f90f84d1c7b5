"""A definition's sentence as it is read at a site: what it names in braces is said with the value that holds there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.desk.typed import Drawing
from amparo.desk.words import pick
from amparo.pathways import in_text
from amparo.pathways.model import Text


def said(d: Drawing, settings: Mapping[str, Any], text: Text | str, name: str = "") -> str:
    """The text in the page's language. settings: what the site entered, held form; `name` where there is no text."""

    def value(setting: str) -> str:
        plain = in_text.plain(d.pathway, setting, settings)
        shown = None if plain is None else d.show(d.pathway.settings[setting].type, plain)
        return _("[not yet entered by the site]") if shown is None else shown

    return in_text.filled(d.pathway, pick(text, name), value)
