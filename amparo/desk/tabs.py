"""What a browser's tab says of a page about a case: its number and which kind of page, in neutral words.

A tab is read by whoever looks at the screen: it holds no name, no programme, no title of a definition.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS: Mapping[str, Promise | str] = {
    "contact": gettext_lazy("contact"),
    "assign": gettext_lazy("who has it"),
    "step": gettext_lazy("form"),
    "choice": gettext_lazy("decision"),
    "step_readback": gettext_lazy("read back"),
    "choice_readback": gettext_lazy("read back"),
    "support": gettext_lazy("help"),
    "refer": gettext_lazy("help"),
    "obligations": gettext_lazy("what was agreed"),
    "consents": gettext_lazy("consents"),
    "consent": gettext_lazy("consents"),
    "consent_back": gettext_lazy("consents"),
    "sitting": gettext_lazy("sitting"),
    "letter": gettext_lazy("letter"),
    "team": gettext_lazy("people"),
    "past": gettext_lazy("what was agreed"),
    "annul": gettext_lazy("taking back"),
    "tell": gettext_lazy("facts"),
    "rights": gettext_lazy("requests"),
    "outside": gettext_lazy("told outside"),
    "who_saw": gettext_lazy("who saw what"),
}
"""By the name of the address. The file itself, and what has no word here, goes by its number alone."""


def of_case(file: str, address: str) -> str:
    """`File 2026-0012: contact`."""
    kind = KINDS.get(address)
    if kind is None:
        return _("File %(file)s") % {"file": file}
    return _("File %(file)s: %(page)s") % {"file": file, "page": kind}
