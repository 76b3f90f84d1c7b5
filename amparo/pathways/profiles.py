"""A profile laid over a programme: other settings, closed doors, other words for anything, and others in the place of
what the programme lets it replace or leave out. It changes nothing else: no step, and nothing of who sees what.

It is laid over as text, element by element, before anything is read: so a profile's programme is read, checked and run
as any other, and each finding names the line of the file in which it stands. What rests on a law that the profile does
not name as its own source is the site's rule there: no law of one country is printed as the law of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from amparo.pathways import profile_words as words
from amparo.pathways.findings import Finding, suggestion
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq

Findings = list[Finding]

REPLACES = ("phases", "criteria", "bodies", "consents", "letters")
"""Chapters of which a profile replaces what is marked `profile: may_replace`."""

HEAD = (
    "profile",
    "for",
    "title",
    "in_force",
    "note",
    "sources",
    "settings",
    "closes_doors",
    "words",
    "without",
)
MUST = ("profile", "for", "title", "in_force")
OF_A_SETTING = ("value", "unset", "limits", "basis", "unverified", "note")
"""What a profile says of a setting; its type and title are the programme's."""

KEEP = "keep"
"""In the place of a setting or of what may be replaced: the profile keeps the programme's, and says so."""

BUILT_IN = ("house", "site", "consent")
"""First words of a citation that name no source."""


class Overlay(NamedTuple):
    """The text of a profile, and the name of its file for findings. named: the id that its file bears."""

    text: str | bytes
    file: str
    named: str


class Said(NamedTuple):
    """What the reader needs to know of a profile beside the tree that it makes.

    keeps: the settings and elements that it keeps and names. letters: those with a text of its own. left_out: kind
    of thing -> names.
    """

    keeps: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    left_out: Mapping[str, frozenset[str]] = {}


def said(over: Map) -> Said:
    """What a profile keeps, words and leaves out."""
    chapters = [
        (name, key, child) for name in ("settings", *REPLACES) for key, child in _pairs(over.get(name))
    ]
    keeps = tuple(f"{name}.{key.text}" for name, key, child in chapters if _says(child) == KEEP)
    return Said(keeps, words.letters(over), words.left_out(over))


def laid(base: Map, over: Map, named: str, findings: Findings) -> Map:
    """The programme's tree with the profile's over it; what the profile may not say is added to the findings."""
    findings += [*_head(base, over, named), *_foreign(over)]
    own = {key.text for key, _ in _pairs(over.get("sources"))}
    base = words.without(base, over, findings)
    base = Map(
        base.where, tuple((key, _own_law(node, own)) for key, node in base.pairs if key.text != "note")
    )
    base = words.worded(base, over, {name: _replaced(over, name) for name in REPLACES}, findings)
    pairs = base.pairs
    laid_over: dict[str, Callable[[Node], Node]] = {
        "settings": lambda node: _settings(node, over, findings),
        "doors": lambda node: _doors(node, over, findings),
        **{name: _replacing(name, over, findings) for name in REPLACES},
    }
    for name in ("title", "in_force"):
        pairs = _with(pairs, name, over.get(name))
    sources = over.get("sources") or Map(over.where, ())
    pairs = _with(pairs, "sources", sources)
    note = [pair for pair in over.pairs if pair[0].text == "note"]
    found = tuple((key, laid_over[key.text](node) if key.text in laid_over else node) for key, node in pairs)
    findings += _missing_chapters(base, over)
    return Map(base.where, (*found, *note))


Pairs = tuple[tuple[Scalar, Node], ...]


def _pairs(node: Node | None) -> Pairs:
    return node.pairs if isinstance(node, Map) else ()


def _with(pairs: Pairs, name: str, node: Node | None) -> Pairs:
    """The pairs with another node under a name, in its place."""
    if node is None:
        return pairs
    return tuple((key, node if key.text == name else child) for key, child in pairs)


def _replaced(over: Map, chapter: str) -> tuple[str, ...]:
    return tuple(key.text for key, child in _pairs(over.get(chapter)) if _says(child) != KEEP)


def _says(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


# ------------------------------------------------------------------------------------------------ what it may say
def _head(base: Map, over: Map, named: str) -> Iterator[Finding]:
    for name in MUST:
        if over.get(name) is None:
            yield Finding(over.where, "Y2", f"a profile lacks '{name}'", f"write {name}: …")
    whose, of, here = base.get("pathway"), over.get("for"), over.get("profile")
    if of is not None and _says(of) != _says(whose):
        what = f"this profile is for '{_says(of)}' and lies with '{_says(whose)}'"
        yield Finding(of.where, "N1", what, "put it into the folder of its programme")
    if here is not None and _says(here) != named:
        what = f"this profile calls itself '{_says(here)}' and its file is named '{named}'"
        yield Finding(here.where, "N1", what, "give both one name")


def _foreign(over: Map) -> Iterator[Finding]:
    for key, _ in over.pairs:
        if key.text not in (*HEAD, *REPLACES):
            what = f"a profile may not change '{key.text}'"
            remedy = (
                "a profile says " + ", ".join((*HEAD[4:], *REPLACES)) + "; else change the programme itself"
            )
            yield Finding(key.where, "Y2", what, remedy)


def _missing_chapters(base: Map, over: Map) -> Iterator[Finding]:
    for name in ("settings", *REPLACES):
        if base.get(name) is None:
            for key, _ in _pairs(over.get(name)):
                yield _unknown(key, name, ())


def _unknown(key: Scalar, chapter: str, known: tuple[str, ...]) -> Finding:
    what = f"the programme has no '{key.text}' among its {chapter}"
    return Finding(key.where, "N1", what, suggestion(key.text, known))


# ------------------------------------------------------------------------------------------------ settings, doors
def _settings(node: Node, over: Map, findings: Findings) -> Node:
    """Each setting that the profile names: its value, basis and doubts are the profile's, the rest stays."""
    known = tuple(key.text for key, _ in _pairs(node))
    findings += [
        _unknown(key, "settings", known) for key, _ in _pairs(over.get("settings")) if key.text not in known
    ]
    said = {key.text: (key, value) for key, value in _pairs(over.get("settings")) if _says(value) != KEEP}
    return Map(
        node.where,
        tuple(
            (said[key.text][0], _setting(child, said[key.text][1], findings))
            if key.text in said
            else (key, child)
            for key, child in _pairs(node)
        ),
    )


def _setting(base: Node, over: Node, findings: Findings) -> Node:
    if not isinstance(over, Map) or not isinstance(base, Map):
        findings.append(
            Finding(over.where, "Y3", "a setting is a mapping here", "write {value: …, basis: …}, or keep")
        )
        return base
    for key, _ in over.pairs:
        if key.text not in OF_A_SETTING:
            what = f"a profile may not change the '{key.text}' of a setting"
            findings.append(Finding(key.where, "Y2", what, "it may say " + ", ".join(OF_A_SETTING)))
    kept = tuple((key, child) for key, child in base.pairs if key.text not in OF_A_SETTING)
    return Map(over.where, (*kept, *((key, child) for key, child in over.pairs if key.text in OF_A_SETTING)))


def _doors(node: Node, over: Map, findings: Findings) -> Node:
    """A door that the profile closes is open on no day."""
    listed = over.get("closes_doors")
    names = listed.items if isinstance(listed, Seq) else (listed,) if listed is not None else ()
    closed = {item.text: item for item in names if isinstance(item, Scalar)}
    known = tuple(key.text for key, _ in _pairs(node))
    findings += [_unknown(item, "doors", known) for name, item in closed.items() if name not in known]
    return Map(
        node.where,
        tuple(
            (key, _shut(child, closed[key.text]) if key.text in closed else child)
            for key, child in _pairs(node)
        ),
    )


def _shut(door: Node, by: Scalar) -> Node:
    rule = (Scalar(by.where, "open_if"), Scalar(by.where, "false", '"', by.where.line))
    return Map(door.where, (*((k, child) for k, child in _pairs(door) if k.text != "open_if"), rule))


# ------------------------------------------------------------------------------------------------ what is replaced
class _replacing:
    """The elements of a chapter that the profile puts in the place of the programme's."""

    def __init__(self, chapter: str, over: Map, findings: Findings) -> None:
        self.chapter, self.findings = chapter, findings
        self.said = {key.text: (key, value) for key, value in _pairs(over.get(chapter))}

    def __call__(self, node: Node) -> Node:
        known = {key.text: child for key, child in _pairs(node)}
        for name, (key, _) in self.said.items():
            if name not in known:
                self.findings.append(_unknown(key, self.chapter, tuple(known)))
            elif not _may_replace(known[name]):
                what = f"a profile may not replace '{name}' of {self.chapter}"
                remedy = "the programme lets it only where it says `profile: may_replace`"
                self.findings.append(Finding(key.where, "N1", what, remedy))
        put = {name: pair for name, pair in self.said.items() if _says(pair[1]) != KEEP}
        return Map(node.where, tuple(put.get(key.text, (key, child)) for key, child in _pairs(node)))


def _may_replace(node: Node) -> bool:
    return isinstance(node, Map) and _says(node.get("profile")) == "may_replace"


# ------------------------------------------------------------------------------------------------ whose law it is
def _own_law(node: Node, own: set[str]) -> Node:
    """A tree in which every citation of a source that the profile does not name is the site's rule."""
    if isinstance(node, Seq):
        return Seq(node.where, tuple(_own_law(item, own) for item in node.items))
    if isinstance(node, Scalar):
        return node
    cites = {"basis", "ground"}
    return Map(
        node.where,
        tuple(
            (k, _cited(child, own) if k.text in cites else _own_law(child, own)) for k, child in node.pairs
        ),
    )


def _cited(node: Node, own: set[str]) -> Node:
    if isinstance(node, Scalar):
        known = node.text.partition(" ")[0] in (*own, *BUILT_IN)
        return node if known else Scalar(node.where, "site", "", node.last_line)
    if not isinstance(node, Seq):
        return node
    cites = [_cited(item, own) for item in node.items]
    once: Mapping[str, Node] = {_says(item): item for item in reversed(cites)}
    kept = tuple(item for item in cites if once[_says(item)] is item)
    return kept[0] if len(kept) == 1 else Seq(node.where, kept)
