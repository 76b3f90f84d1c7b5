"""For a change that no example notices: one that would, in the file's own form, for a jurist to accept or refuse.

It is found by trying: first whether one of the examples, looked at more closely, already goes otherwise; then
variations of them, drawn always in the same order, until the definition and its change answer differently. What is
found is made as short as it can be, and expects what the definition as it stands does. It says what *is*, never what
ought to be: whether that is the law, a person decides.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from amparo.cases import telling_apart
from amparo.cases.examples import Seen, State, examples_file, put, run_example
from amparo.cases.expected import refusal_differs
from amparo.cases.lines import Fault
from amparo.cases.model import Refusal
from amparo.cases.mutations import Mutant
from amparo.cases.script import Script, read_tree
from amparo.cases.telling_apart import FAULTS, Expectation
from amparo.cases.variations import Draft, Pool, days_of, drafts, node, read_by
from amparo.cases.variations import kind as does
from amparo.errors import DefinitionFault
from amparo.pathways.model import Pathway
from amparo.pathways.yaml_form import Map, read

TRIES = 3000
"""Variations looked at for one change."""

CLOSELY = 60
"""Examples that are looked at line by line first: those with most words in common with the change."""

NEXT = 8
"""Examples in which the facts that a change names are told as each that they may be."""

MOST_SHORTER = 60
"""Times that something is left out of what was found."""

UNREAD = (DefinitionFault, Fault, *FAULTS)


class Told(NamedTuple):
    """A draft that tells a change from the definition: cut after the line that does, with what is then expected."""

    draft: Draft
    refused: Mapping[str, Any] | None  # of the last line; None where it is taken
    then: Expectation


class Played(NamedTuple):
    state: State
    refused: Refusal | None


class Book(NamedTuple):
    """What the search has before it. site: the site of the file, as written."""

    pathway: Pathway
    mutant: Mutant
    site: Any
    drafts: tuple[Draft, ...]
    seen: Seen | None
    memory: dict[Any, Played | None]


def propose(
    name: str,
    pathway: Pathway,
    mutant: Mutant,
    seen: Seen | None = None,
    folders: tuple[Path, ...] = (),
    tries: int = TRIES,
) -> str:
    """An example that holds under this pathway and not under its change, as lines of a file; '' where none is found."""
    tree = read(examples_file(name, folders).read_bytes(), "examples.yaml")
    assert isinstance(tree, Map)
    found = search(tree, pathway, mutant, seen, tries)
    return text_of(found, pathway, mutant) if found else ""


def search(
    tree: Map, pathway: Pathway, mutant: Mutant, seen: Seen | None = None, tries: int = TRIES
) -> dict[str, Any] | None:
    """The example found, as it is written but for its sentence, made as short as it can be."""
    whole = tuple(drafts(tree, pathway.profile))
    site = next((value for key, value in tree.pairs if key.text == "site"), node({}))
    book = Book(pathway, mutant, site, whole, seen, {})
    for draft in _candidates(book, tries):
        found = _tells(book, draft)
        if found and _holds(book, found):
            return written(book, _shortest(book, found))
    return None


def _candidates(book: Book, tries: int) -> Iterator[Draft]:
    """The examples themselves, the nearest ones first and with every beginning; then variations."""
    element = _element(book.pathway, book.mutant)
    matter = read_by(element, book.pathway) | book.mutant.words
    near = sorted(book.drafts, key=lambda d: -sum(word in str(d.lines) for word in matter))
    for draft in near[:CLOSELY]:
        first = 1 if draft.opens else 0
        yield from (draft._replace(lines=draft.lines[:n]) for n in range(max(first, 1), len(draft.lines) + 1))
    pool = Pool(book.pathway, book.drafts, matter, days_of(element, book.pathway))
    draw = random.Random(book.mutant.at)
    own = sorted(book.mutant.words & set(book.pathway.facts))
    for draft in near[:NEXT]:
        yield from pool.each_told(draft, own)
        yield from pool.each_day(draft)
    opening = [d for d in near if d.opens] or near
    for _ in range(tries if opening else 0):
        yield pool.varied(opening[min(int(draw.expovariate(0.12)), len(opening) - 1)], draw)


def _element(pathway: Pathway, mutant: Mutant) -> Any:
    """The element that was changed."""
    chapter, _, rest = mutant.at.partition(".")
    found = getattr(pathway, chapter, ())
    return found.get(rest.partition(".")[0], ()) if isinstance(found, Mapping) else found


# ------------------------------------------------------------------------------------------------ telling apart
def _tells(book: Book, draft: Draft) -> Told | None:
    """The draft up to the first line at which the two part; None if they never do, or it cannot be read."""
    right, wrong = _play(book, book.pathway, draft), _play(book, book.mutant.pathway, draft)
    for n, one in enumerate(right):
        if one is None:
            return None
        other = wrong[n] if n < len(wrong) else None
        refused = _said_otherwise(one.refused, other.refused if other else None)
        if other is None or bool(one.refused) != bool(other.refused) or refused:
            return Told(draft._replace(lines=draft.lines[: n + 1]), refused or None, _stage(one))
    return _by_state(book, draft, right, wrong)


def _said_otherwise(right: Refusal | None, wrong: Refusal | None) -> dict[str, Any]:
    """What of a refusal has to be expected so that the other answer is not the same; {} where it is, or was taken."""
    if right is None:
        return {}
    whole = telling_apart.of_refusal(right)
    code = {"code": whole["code"]}
    if wrong is None or wrong.code != right.code:
        return code
    for key in whole:
        one = {**code, key: whole[key]}
        if refusal_differs(wrong, one):
            return one
    more = [name for name, _ in wrong.asks if name not in whole.get("asks", ())]
    return {**code, "never_asks": more} if more else {}


def _by_state(
    book: Book, draft: Draft, right: list[Played | None], wrong: list[Played | None]
) -> Told | None:
    """No line is answered otherwise: what is the case after the last one?"""
    one, other = right[-1] if right else None, wrong[-1] if wrong else None
    if one is None or other is None or one.refused or one.state.case is None:
        return None
    then = telling_apart.of_state(book.pathway, one.state, other.state, book.mutant.pathway, book.seen)
    return Told(draft, None, then) if then else None


def _stage(played: Played) -> Expectation:
    return {"stage": played.state.case.stage} if played.state.case else {}


def _play(book: Book, pathway: Pathway, draft: Draft) -> list[Played | None]:
    """What came of each line; None last where something could not be read, or fell apart."""
    try:
        script = read_tree(_tree(book.site, draft.written()), pathway)
    except UNREAD:
        return [None]
    example, found = script.examples[0], list[Played | None]()
    state = State(None, (), {}, example.site, 0)
    key: tuple[Any, ...] = (id(pathway), example.site_key)
    for line in example.lines:
        key = (*key, line.key)
        if key not in book.memory:
            try:
                book.memory[key] = Played(*put(pathway, script, state, line))
            except (*FAULTS, AssertionError):
                book.memory[key] = None
        played = book.memory[key]
        found.append(played)
        if played is None:
            break
        state = played.state
        if state.case is None and not _counts(line):
            break
    return found


def _counts(line: Any) -> bool:
    return bool(line.request.verb == "count")


def _tree(site: Any, written: Mapping[str, Any]) -> Map:
    case = node({"example": "proposed", **written})
    found = node({"cases": []})
    assert isinstance(found, Map)
    cases = (found.pairs[0][0], type(found.pairs[0][1])(found.where, (case,)))  # type: ignore[arg-type]
    head = node({"site": ""})
    assert isinstance(head, Map)
    return Map(found.where, ((head.pairs[0][0], site), cases))


def _holds(book: Book, told: Told) -> bool:
    """The example as it will be printed holds, and its change fails it."""
    try:
        right = _run(book, book.pathway, told)
    except UNREAD:
        return False
    try:
        return not right and bool(_run(book, book.mutant.pathway, told))
    except (*UNREAD, AssertionError):
        return True


def _run(book: Book, pathway: Pathway, told: Told) -> tuple[str, ...]:
    script: Script = read_tree(_tree(book.site, written(book, told)), pathway)
    return run_example(pathway, script, script.examples[0], book.seen)


# ------------------------------------------------------------------------------------------------ as it is printed
def written(book: Book, told: Told) -> dict[str, Any]:
    """The example with what is expected of it, but for its sentence."""
    lines = list(told.draft.lines)
    right = _play(book, book.pathway, told.draft)
    for n, played in enumerate(right[:-1]):
        if played is not None and played.refused:
            lines[n] = {**lines[n], "refused": {"code": played.refused.code}}
    if told.refused is not None:
        lines[-1] = {**lines[-1], "refused": dict(told.refused)}
    shown = told.draft._replace(lines=tuple(lines)).written()
    return {**shown, **({"then": told.then} if told.then else {})}


# ------------------------------------------------------------------------------------------------ made short
def _shortest(book: Book, told: Told) -> Told:
    """Each thing is left out that can be, one after another, until nothing can be left out of it any more."""
    for _ in range(MOST_SHORTER):
        smaller = (_tells(book, draft) for draft in _smaller(told.draft))
        fitting = (x for x in smaller if x and _alike(x, told) and _size(x) < _size(told) and _holds(book, x))
        found = next(fitting, None)
        if found is None:
            break
        told = found
    return told


def _alike(one: Told, other: Told) -> bool:
    """Taken as before, or refused as before: nothing is left out only so that it is asked for."""
    codes = [x.refused["code"] if x.refused else "" for x in (one, other)]
    return codes[0] == codes[1]


def _size(told: Told) -> tuple[int, int]:
    return len(told.draft.lines), len(str(told.draft.written())) + len(str(told.then))


def _smaller(draft: Draft) -> Iterator[Draft]:
    """A line less; then one thing less in what stands around, or in a line."""
    first = 1 if draft.opens else 0
    for n in range(len(draft.lines) - 1, first - 1, -1):
        yield draft._replace(lines=(*draft.lines[:n], *draft.lines[n + 1 :]))
    for key, value in draft.around.items():
        yield draft._replace(around={k: v for k, v in draft.around.items() if k != key})
        if isinstance(value, Mapping):
            for k in value:
                rest = {x: y for x, y in value.items() if x != k}
                yield draft._replace(around={**draft.around, key: rest})
    for n, line in enumerate(draft.lines):
        for shorter in _shorter(line):
            yield draft._replace(lines=(*draft.lines[:n], shorter, *draft.lines[n + 1 :]))


def _shorter(line: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, value in line.items():
        if key not in (does(line), "step", "by", "at", "door"):
            yield {k: v for k, v in line.items() if k != key}
        if isinstance(value, Mapping):
            for k in value:
                yield {**line, key: {x: y for x, y in value.items() if x != k}}


# ------------------------------------------------------------------------------------------------ YAML
def text_of(shown: Mapping[str, Any], pathway: Pathway, mutant: Mutant) -> str:
    """Lines of a file of examples, to be put under `cases:`."""
    rows = [f"  - example: {quoted(f'Proposed: {mutant.at}, {mutant.what}')}"]
    rows += [f"    profile: {pathway.profile}"] if pathway.profile else []
    for key, value in shown.items():
        rows += (
            ["    when:", *(f"      - {flow(x)}" for x in value)]
            if key == "when"
            else [f"    {key}: {flow(value)}"]
        )
    return "\n".join(rows)


def flow(written: Any) -> str:
    """A value in one line."""
    if isinstance(written, Mapping):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in written.items()) + "}"
    if isinstance(written, list | tuple):
        return "[" + ", ".join(map(flow, written)) + "]"
    return quoted(str(written))


def quoted(text: str) -> str:
    """Plain where that can be misread by nobody."""
    inner = text.strip()
    safe = (
        bool(inner) and inner == text and not set(text) & set("{}[],&*#?|<>=!%@`\"'\\\n") and ": " not in text
    )
    safe = safe and text[0] not in "-:" and not text.endswith(":")
    return text if safe else '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
