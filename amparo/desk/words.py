"""Words from the definition, and joining them into sentences. The frame's own words are gettext's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.pathways import sentences
from amparo.pathways.model import Cites, Pathway, Text

Words = str | Promise


def language() -> str:
    """The language of this page, as definitions name it (`pt`, not `pt-pt`)."""
    return (get_language() or "en").split("-")[0]


def pick(text: Text | str, name: str = "") -> str:
    """The text in the page's language. A definition is complete in each of its languages; another one
    stands in only
    where the page's language is none of them, and `name` where there is no text at all."""
    if isinstance(text, str):
        return text or readable(name)
    found = text.get(language()) or next(iter(text.values()), "")
    return found or readable(name)


def readable(name: str) -> str:
    """A name as a reader may see it when nobody gave it a title: `waiting_list` → `Waiting list`."""
    return name.replace("_", " ").capitalize()


def listed(parts: Iterable[Words]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = [str(p) for p in parts if p]
    if len(items) < 2:
        return "".join(items)
    return _("%(most)s and %(last)s") % {"most": ", ".join(items[:-1]), "last": items[-1]}


def either(parts: Iterable[Words]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    items = [str(p) for p in parts if p]
    if len(items) < 2:
        return "".join(items)
    return _("%(most)s or %(last)s") % {"most": ", ".join(items[:-1]), "last": items[-1]}


def cited(pathway: Pathway, basis: Cites) -> str:
    """Citations as read on a page: each source once, by its short title, then its places."""
    by_source: dict[str, list[str]] = {}
    for c in dict.fromkeys(basis):
        by_source.setdefault(c.source, []).append(c.place)
    return " · ".join(
        _cite(pathway, source, [p for p in places if p]) for source, places in by_source.items()
    )


def _cite(pathway: Pathway, source: str, places: list[str]) -> str:
    if source == "house":
        return _("house rule")
    if source == "site":
        return _("this site’s setting")
    known = pathway.sources.get(source)
    title = short_source(pick(known.title, source)) if known else source
    if not places:
        return title
    place = sentences.places(known, places, language()) if known else ", ".join(places)
    return _("%(source)s %(place)s") % {"source": title, "place": place}


DATED = re.compile(r",| \(| (?:of|de) \d")


def short_source(title: str) -> str:
    """A source's title up to its date or subject: `Law 30/2000 of 29 November` → `Law 30/2000`."""
    return DATED.split(title, maxsplit=1)[0]


def role_title(pathway: Pathway, role: str) -> str:
    """A role, body or outside party by its title in the definition."""
    found = pathway.roles.get(role) or pathway.bodies.get(role)
    return pick(found.title, role) if found else readable(role)


def post_words(pathway: Pathway, role: str) -> str:
    """A post by its role and programme: somebody may have the same role in two programmes of one site."""
    return _("%(role)s, %(programme)s") % {
        "role": role_title(pathway, role),
        "programme": lower_first(pick(pathway.title, pathway.id)),
    }


def code_title(pathway: Pathway, vocabulary: str, code: str) -> str:
    """A code by its title: of the pathway's own list, or of a shared one."""
    own: Mapping[str, Mapping[str, Text]] = pathway.vocabularies
    titles = own.get(vocabulary) or pathway.shared.get(vocabulary) or {}
    return pick(titles.get(code) or {}, code)


def initials(name: str) -> str:
    """`Alex Exemplo` → `A. E.`; a name without letters keeps its first sign."""
    parts = [p for p in name.replace("-", " ").split() if p]
    return " ".join(f"{p[0].upper()}." for p in parts)


def lower_first(words: str) -> str:
    """For a title inside a sentence: `Accepts treatment` → `accepts treatment`; a name keeps its capital."""
    return sentences.inside(words)
