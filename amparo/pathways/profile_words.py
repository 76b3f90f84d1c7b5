"""The words of a profile, and what it leaves out: laid over the tree of a programme before anything is read.

Words are what people read, and the sources cited: a title, a sentence, a doubt, a basis. They decide nothing, so a
profile may put its own in the place of any. What it may leave out, the programme says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from amparo.pathways.findings import Finding, suggestion
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq

Findings = list[Finding]

WORDS = ("title", "say", "otherwise", "purpose", "of", "adds", "basis", "unverified", "note")
"""What a profile may say anew of anything that the programme names."""

CHAPTERS = (
    *("vocabularies", "settings", "roles", "bodies", "facts", "tables", "criteria", "doors", "stages"),
    *("boxes", "phases", "steps", "clocks", "obligations", "schedules", "responses", "sittings"),
    *("support", "consents", "letters", "notices", "places", "counts", "retention"),
)
"""Chapters in which there are words."""

NAMELESS = ("boxes", "responses", "retention")
"""Chapters that are no mapping of names: their words stand straight in them, or in the order of their rows."""

LEAVES_OUT = {"roles": "role", "facts": "fact", "steps": "step", "clocks": "clock", "letters": "letter"}
"""Chapter -> what each of its names is called: of these a programme may let a profile leave some out."""

CODES = "codes"
"""Codes of vocabularies that may be left out, each as `vocabulary.code`."""


# ------------------------------------------------------------------------------------------------ words
def worded(base: Map, over: Map, replaced: Mapping[str, tuple[str, ...]], findings: Findings) -> Map:
    """The programme's tree with the profile's words in it. replaced: chapter -> what it puts others in the place of,
    whose words stand there.
    """
    said = over.get("words")
    if said is None:
        return base
    if not isinstance(said, Map):
        findings.append(Finding(said.where, "Y3", "words are a mapping", "write chapter: {name: {title: …}}"))
        return base
    findings += _no_chapters(said)
    pairs = tuple((key, _chapter(key.text, node, said, replaced, findings)) for key, node in base.pairs)
    return Map(base.where, pairs)


def letters(over: Map) -> tuple[str, ...]:
    """The letters of which the profile has words: then their text is its own too."""
    said = over.get("words")
    named = said.get("letters") if isinstance(said, Map) else None
    return tuple(key.text for key, _ in named.pairs) if isinstance(named, Map) else ()


def _no_chapters(said: Map) -> Iterator[Finding]:
    for key, _ in said.pairs:
        if key.text not in CHAPTERS:
            what = f"a profile has no words for '{key.text}'"
            yield Finding(key.where, "Y2", what, suggestion(key.text, CHAPTERS))


def _chapter(
    name: str, base: Node, said: Map, replaced: Mapping[str, tuple[str, ...]], findings: Findings
) -> Node:
    over = said.get(name)
    if over is None or name not in CHAPTERS:
        return base
    for key, _ in over.pairs if isinstance(over, Map) else ():
        if key.text in replaced.get(name, ()):
            what = f"this profile puts another '{key.text}' in the place of the programme's"
            findings.append(Finding(key.where, "N1", what, "write its words there"))
    depth = 2 if name == "vocabularies" else 0 if name in NAMELESS else 1
    return _Words(findings).laid(base, over, name, depth)


class _Words:
    """Lays words over an element. `names`: how many keys on the way down are names and no keys of an element."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def laid(self, base: Node, over: Node, at: str, names: int) -> Node:
        if isinstance(base, Map) and isinstance(over, Map):
            return self._map(base, over, at, names)
        if (
            isinstance(base, Seq)
            and isinstance(over, Seq)
            and all(isinstance(row, Map) for row in over.items)
        ):
            return self._rows(base, over, at)
        what, remedy = f"a profile may not change '{at}'", "its words may be " + ", ".join(WORDS)
        return self._wrong(base, over, "Y2", what, remedy)

    def _rows(self, base: Seq, over: Seq, at: str) -> Node:
        if len(base.items) != len(over.items):
            what = f"{at} has {len(base.items)} rows, and here are {len(over.items)}"
            remedy = "write the words of each row, in their order, {} for none"
            return self._wrong(base, over, "Y3", what, remedy)
        rows = zip(base.items, over.items, strict=True)
        return Seq(base.where, tuple(self.laid(one, other, at, 0) for one, other in rows))

    def _map(self, base: Map, over: Map, at: str, names: int) -> Map:
        said: dict[str, tuple[Scalar, Node]] = {}
        for key, child in over.pairs:
            was = base.get(key.text)
            if names == 0 and key.text in WORDS:
                said[key.text] = (key, child)
            elif was is None:
                known = (*(WORDS if names == 0 else ()), *(k.text for k, _ in base.pairs))
                what = f"there is no '{key.text}' in {at} of the programme"
                self._wrong(base, key, "N1", what, suggestion(key.text, known))
            elif at.startswith("vocabularies.") and names == 1:
                said[key.text] = (key, child)
            else:
                inner = max(names - 1, 0) or int(key.text == "terms" or key.text == "columns")
                said[key.text] = (key, self.laid(was, child, f"{at}.{key.text}", inner))
        kept = tuple((key, said.get(key.text, (key, child))[1]) for key, child in base.pairs)
        added = tuple(pair for name, pair in said.items() if base.get(name) is None)
        return Map(base.where, (*kept, *added))

    def _wrong(self, base: Node, over: Node, code: str, what: str, remedy: str) -> Node:
        self.findings.append(Finding(over.where, code, what, remedy))
        return base


# ------------------------------------------------------------------------------------------------ left out
def left_out(over: Map) -> dict[str, frozenset[str]]:
    """What the profile leaves out: kind of thing -> names."""
    said = over.get("without")
    return {space: frozenset(x.text for x in _listed(said, chapter)) for chapter, space in LEAVES_OUT.items()}


def without(base: Map, over: Map, findings: Findings) -> Map:
    """The programme's tree without what the profile leaves out of the chapters. What still names it goes, or is
    refused, when it is read: see `forms.GONE`.
    """
    said, may = over.get("without"), base.get("may_leave_out")
    findings += _may_not(said, may)
    pairs = tuple(
        (key, _fewer(key.text, node, said)) for key, node in base.pairs if key.text != "may_leave_out"
    )
    return Map(base.where, pairs)


def _may_not(said: Node | None, may: Node | None) -> Iterator[Finding]:
    if said is None:
        return
    if not isinstance(said, Map):
        yield Finding(said.where, "Y3", "what is left out is a mapping", "write without: {steps: [name]}")
        return
    for key, _ in said.pairs:
        if key.text not in (*LEAVES_OUT, CODES):
            what, remedy = f"a profile leaves no {key.text} out", suggestion(key.text, (*LEAVES_OUT, CODES))
            yield Finding(key.where, "Y2", what, remedy)
        known = tuple(x.text for x in _listed(may, key.text))
        for name in _listed(said, key.text):
            if name.text not in known:
                what = f"a profile may not leave out '{name.text}' of {key.text}"
                yield Finding(
                    name.where, "N1", what, "the programme lets it only what stands under `may_leave_out`"
                )


def _listed(node: Node | None, chapter: str) -> tuple[Scalar, ...]:
    """The names under a chapter, of which one may stand alone."""
    found = node.get(chapter) if isinstance(node, Map) else None
    items = found.items if isinstance(found, Seq) else (found,)
    return tuple(item for item in items if isinstance(item, Scalar))


def _fewer(chapter: str, node: Node, said: Node | None) -> Node:
    if not isinstance(node, Map):
        return node
    if chapter == "vocabularies":
        gone = {x.text for x in _listed(said, CODES)}
        return Map(node.where, tuple((key, _codes(child, key.text, gone)) for key, child in node.pairs))
    gone = {x.text for x in _listed(said, chapter)}
    return Map(node.where, tuple(pair for pair in node.pairs if pair[0].text not in gone))


def _codes(node: Node, vocabulary: str, gone: set[str]) -> Node:
    if not isinstance(node, Map):
        return node
    return Map(node.where, tuple(pair for pair in node.pairs if f"{vocabulary}.{pair[0].text}" not in gone))
