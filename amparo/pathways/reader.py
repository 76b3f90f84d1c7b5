"""Reading a definition: text in, `Pathway` out, or one `DefinitionFault` with every fault found.

A line of a fault is `file:line:column CODE what · remedy`: Y1 form, Y2 key, Y3 type, N1 name. What a
definition means beyond that (rules, dead ends, clocks, privacy) is looked at by `amparo.pathways.check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from amparo.errors import DefinitionFault
from amparo.pathways import profiles as profiles_
from amparo.pathways.courts import completed
from amparo.pathways.findings import Finding, refuse
from amparo.pathways.forms import Around, Reading
from amparo.pathways.grammar import CHAPTERS, PATHWAY
from amparo.pathways.mismatch import mismatches
from amparo.pathways.model import Clock, Pathway, Step, Text, Where
from amparo.pathways.profiles import Overlay
from amparo.pathways.words import FACT_CLASSES, TAKEN
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq, compose
from amparo.pathways.yaml_form import read as read_form

Shared = Mapping[str, Mapping[str, Text]]
"""Shared vocabularies: `vocabulary/x` -> code -> title."""

SHARED_NAMES = ("substances", "languages", "needs", "answers")


def read_text(
    text: str | bytes, file: str, shared: Shared | None = None, over: Overlay | None = None
) -> Pathway:
    """The pathway that a text says, with a profile `over` it if one is given. `file` is the name used in findings.

    Raises `DefinitionFault` listing all that is wrong with form, keys, types and names.
    """
    vocabularies = shared_vocabularies() if shared is None else shared
    tree, findings = compose(text, file)
    if not isinstance(tree, Map):
        what, remedy = "this is no mapping of keys", "write `pathway: <id>` first"
        found = findings or [Finding(Where(file, 1, 1), "Y1", what, remedy)]
        raise DefinitionFault("\n".join(str(finding) for finding in found))
    tree, findings, said = _laid(tree, over, findings)
    reading = _reading(tree, vocabularies)
    reading.left_out = said.left_out
    reading.findings += [*findings, *_doubles(tree)]
    pathway = PATHWAY.read(reading, tree, Around(tree.where))
    refuse(reading.findings)
    refuse(mismatches(pathway))
    named = over.named if over else ""
    under = replace(pathway, profile=named, keeps=said.keeps, own_letters=said.letters)
    return _completed(under, vocabularies)


def _laid(
    tree: Map, over: Overlay | None, findings: list[Finding]
) -> tuple[Map, list[Finding], profiles_.Said]:
    """The tree with a profile over it. Where the profile's own form is wrong, that alone is said."""
    if over is None:
        return tree, findings, profiles_.Said()
    top, wrong = compose(over.text, over.file)
    if not isinstance(top, Map):
        what = "this is no mapping of keys"
        refuse(wrong or [Finding(Where(over.file, 1, 1), "Y1", what, "write `profile: <id>` first")])
    assert isinstance(top, Map)
    found = [*findings, *wrong]
    return profiles_.laid(tree, top, over.named, found), found, profiles_.said(top)


def read_folder(folder: Path | Traversable, shared: Shared | None = None, profile: str = "") -> Pathway:
    """The pathway of a programme's folder, which bears its id, under one of its profiles if named. A file that cannot
    be read is a fault.
    """
    text, over = _bytes(folder / "pathway.yaml"), overlay(folder, profile)
    pathway = read_text(text, f"{folder.name}/pathway.yaml", shared, over)
    if pathway.id != folder.name:
        what = f"this pathway calls itself '{pathway.id}' and lies in the folder '{folder.name}'"
        refuse([Finding(pathway.where, "N1", what, "give both one name")])
    return pathway


def _bytes(file: Path | Traversable) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DefinitionFault(f"{file}:1:1 Y1 this file cannot be read · {error.strerror}") from error


def overlay(folder: Path | Traversable, profile: str) -> Overlay | None:
    """The text of a profile of a programme's folder; None if none is named."""
    if not profile:
        return None
    known = _profiles(folder)
    if profile not in known:
        what = f"'{folder.name}' has no profile '{profile}'"
        raise DefinitionFault(f"{folder.name}:1:1 N1 {what} · known: {', '.join(known) or 'none'}")
    file = f"{folder.name}/profiles/{profile}.yaml"
    return Overlay(_bytes(folder / "profiles" / f"{profile}.yaml"), file, profile)


def programme(id: str, folders: tuple[Path, ...] = (), version: str = "", profile: str = "") -> Pathway:
    """A programme by its id: from a site's own folders, which go first, or shipped with this software.

    version: the one under which a case began; if it is not the present one, the published one of that name.
    profile: the one that a site has chosen, or under which a case began. Read once, so that the same request is
    answered with the same object.
    """
    present = _present(id, folders, profile)
    return present if version in ("", present.version) else _published(id, folders, version, profile)


@lru_cache(maxsize=32)
def _present(id: str, folders: tuple[Path, ...], profile: str) -> Pathway:
    return read_folder(placed(id, folders), profile=profile)


@lru_cache(maxsize=32)
def _published(id: str, folders: tuple[Path, ...], version: str, profile: str) -> Pathway:
    folder = placed(id, folders) / "versions" / version
    file = folder / "pathway.yaml"
    if not file.is_file():
        what = f"version {version} of '{id}' is not here"
        raise DefinitionFault(f"{id}:1:1 V1 {what} · put it back under versions/{version}")
    return read_text(file.read_bytes(), f"{id}/versions/{version}/pathway.yaml", over=overlay(folder, profile))


def profiles(name: str, folders: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """The ids of the profiles of a programme (its id, or its folder's path), in order."""
    return _profiles(placed(name, folders))


def letters_of(pathway: Pathway, letter: str) -> str:
    """Where in a programme's folder the text of a letter lies: of one that a profile replaces or words, with it."""
    replaced = pathway.profile and f"/profiles/{pathway.profile}." in pathway.letters[letter].where.file
    own = replaced or letter in pathway.own_letters
    return f"profiles/{pathway.profile}/letters" if own else "letters"


def _profiles(folder: Path | Traversable) -> tuple[str, ...]:
    there = folder / "profiles"
    files_ = there.iterdir() if there.is_dir() else ()
    return tuple(sorted(file.name.removesuffix(".yaml") for file in files_ if file.name.endswith(".yaml")))


def programmes(folders: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """The ids of all programmes there are, in order."""
    return tuple(sorted({folder.name for folder in _folders(folders)}))


def placed(name: str, folders: tuple[Path, ...] = ()) -> Path | Traversable:
    """The folder of a programme, by its id or by the path of the folder itself."""
    found = next((folder for folder in _folders(folders) if folder.name == name), None)
    if found is None and (Path(name) / "pathway.yaml").is_file():
        found = Path(name).resolve()
    if found is None:
        known = ", ".join(programmes(folders)) or "none"
        raise DefinitionFault(f"{name}:1:1 N1 there is no programme '{name}' · known: {known}")
    return found


def named(name: str, folders: tuple[Path, ...] = (), profile: str = "") -> Pathway:
    """A programme by its id, or by the path of its folder; under one of its profiles if named."""
    if name in programmes(folders):
        return programme(name, folders, profile=profile)
    return read_folder(placed(name, folders), profile=profile)


def home(pathway: Pathway, folders: tuple[Path, ...] = ()) -> Path | Traversable | None:
    """The folder from which `programme` read this very pathway; None if it came from elsewhere."""
    if pathway.id not in programmes(folders):
        return None
    if programme(pathway.id, folders, profile=pathway.profile) is not pathway:
        return None
    return placed(pathway.id, folders)


@lru_cache(maxsize=1)
def shared_vocabularies() -> Shared:
    """The vocabularies that every definition may use, with their titles."""
    folder = files("amparo") / "vocabulary"
    return {f"vocabulary/{name}": _titles(folder / f"{name}.yaml", name) for name in SHARED_NAMES}


def _titles(file: Traversable, name: str) -> Mapping[str, Text]:
    tree = read_form(file.read_bytes(), f"vocabulary/{name}.yaml")
    assert isinstance(tree, Map)
    return {code.text: _text(title) for code, title in tree.pairs}


def _text(node: Node) -> Text:
    assert isinstance(node, Map)
    return {key.text: words.text for key, words in node.pairs if isinstance(words, Scalar)}


def _folders(own: tuple[Path, ...]) -> Iterator[Path | Traversable]:
    for place in (*own, files("amparo") / "programmes"):
        for folder in place.iterdir():
            if (folder / "pathway.yaml").is_file():
                yield folder


# -------------------------------------------------------------------------------------------------- names
def _reading(tree: Map, shared: Shared) -> Reading:
    languages = tree.get("languages")
    named = tree.get("pathway")
    own = {name.text: _codes(node) for name, node in _pairs(tree.get("vocabularies"))}
    spaces = {space: _declared(tree.get(chapter)) for chapter, space in CHAPTERS.items()}
    here = tree.where
    spaces["vocabulary"] = {**spaces["vocabulary"], **dict.fromkeys(shared, here)}
    spaces["class"] = dict.fromkeys(FACT_CLASSES, here)
    spaces["need"] = dict.fromkeys(shared.get("vocabulary/needs", ()), here)
    spaces["owed"] = {f"obligations.{name}": where for name, where in spaces["obligation"].items()}
    spaces["term"] = dict(_terms(tree))
    spaces["quality"] = dict(_qualities(tree))
    spaces["code"] = dict(_coded(tree))
    id_ = named.text if isinstance(named, Scalar) else "this pathway"
    reading = Reading(id_, [key.text for key, _ in _pairs(languages)], spaces)
    reading.vocabularies = {**own, **{name: tuple(codes) for name, codes in shared.items()}}
    return reading


def _pairs(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.pairs if isinstance(node, Map) else ()


def _declared(node: Node | None) -> dict[str, Where]:
    return {key.text: key.where for key, _ in _pairs(node)}


def _codes(node: Node) -> tuple[str, ...]:
    if isinstance(node, Seq):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return tuple(key.text for key, _ in _pairs(node))


def _terms(tree: Map) -> Iterator[tuple[str, Where]]:
    """`step.term` and `choice.term` of every term of a step."""
    for name, step in _pairs(tree.get("steps")):
        choice = step.get("choice") if isinstance(step, Map) else None
        for term, _ in _pairs(step.get("terms") if isinstance(step, Map) else None):
            yield f"{name.text}.{term.text}", term.where
            if isinstance(choice, Scalar):
                yield f"{choice.text}.{term.text}", term.where


def _coded(tree: Map) -> Iterator[tuple[str, Where]]:
    """`vocabulary.code` of every code of the definition's own lists."""
    for name, node in _pairs(tree.get("vocabularies")):
        yield from ((f"{name.text}.{code.text}", code.where) for code, _ in _pairs(node))


def _qualities(tree: Map) -> Iterator[tuple[str, Where]]:
    for _, body in _pairs(tree.get("bodies")):
        included = body.get("must_include") if isinstance(body, Map) else None
        rows = included.items if isinstance(included, Seq) else (included,)
        named = [row.get("quality") for row in rows if isinstance(row, Map)]
        for word in [*named, body.get("chair") if isinstance(body, Map) else None]:
            if isinstance(word, Scalar):
                yield word.text, word.where


def _doubles(tree: Map) -> Iterator[Finding]:
    """Rules read facts, settings, derived values, rules and tables by name: no two may share one."""
    seen: dict[str, str] = {}
    for chapter in ("facts", "settings", "derived", "rules", "tables"):
        for name, where in _declared(tree.get(chapter)).items():
            if name in TAKEN:
                yield Finding(where, "N1", f"'{name}' is a word of the language", "choose another name")
            elif name in seen:
                what = f"'{name}' stands under {seen[name]} and under {chapter}"
                yield Finding(where, "N1", what, "rules could not tell them apart: choose another name")
            seen[name] = chapter


# ------------------------------------------------------------------------------------------------- completion
def _completed(pathway: Pathway, shared: Shared) -> Pathway:
    clocks = {name: replace(each, while_=_while(pathway, each)) for name, each in pathway.clocks.items()}
    return completed(replace(pathway, clocks=clocks, shared=shared))


def _while(pathway: Pathway, clock: Clock) -> tuple[str, ...]:
    """The stages in which a clock runs: those written, else those that its starts lead to, in file order."""
    if clock.while_:
        return clock.while_
    reached = {stage for start in clock.starts for stage in led_to(pathway, start)}
    return tuple(stage for stage in pathway.stages if stage in reached)


def led_to(pathway: Pathway, event: str) -> tuple[str, ...]:
    """The stages in which a case can be after an event of a clock: a step, `enter <stage>`, and so on."""
    kind, _, name = event.rpartition(" ")
    if kind == "enter":
        return (name,)
    if kind == "silent":
        return _where_asked(pathway, name)
    if kind:
        return open_stages(pathway)
    step = pathway.steps[name]
    targets = [branch.to for branch in step.to] or [""]
    return tuple(stage for to in targets for stage in ((to,) if to else left_from(pathway, step)))


def _where_asked(pathway: Pathway, fact: str) -> tuple[str, ...]:
    """The stages at which a step may write down that the giver of a fact did not answer."""
    askers = [
        name
        for name, step in pathway.steps.items()
        if any(ask.fact == fact and "no_answer" in ask.may_be for ask in step.asks)
    ]
    return tuple(dict.fromkeys(stage for name in askers for stage in led_to(pathway, name)))


def left_from(pathway: Pathway, step: Step) -> tuple[str, ...]:
    """The stages from which a step can be taken; for one that opens a case, the stage in which it begins."""
    if step.opens:
        return (step.opens,)
    if "any" in step.from_:
        return tuple(pathway.stages)
    return open_stages(pathway) if "any_open" in step.from_ else step.from_


def open_stages(pathway: Pathway) -> tuple[str, ...]:
    """The stages of cases that have not ended."""
    return tuple(name for name, stage in pathway.stages.items() if not stage.closed)
