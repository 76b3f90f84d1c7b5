"""V1: what was published stays as it was; one version is in force on a day; a name is never lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from amparo.errors import DefinitionFault
from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding
from amparo.pathways.model import Element, Pathway, Where
from amparo.pathways.reader import read_text
from amparo.pathways.yaml_form import Map, Scalar, read

KEPT = ("facts", "stages", "steps", "doors", "clocks", "settings", "letters", "obligations")
"""Chapters whose names stand in the logs of cases."""


def findings(look: Look) -> Iterator[Finding]:
    if look.folder is not None:
        yield from _changed(look.folder)
    yield from _in_force(look)
    for before in look.before:
        yield from _lost(look.pathway, before)


def published(folder: Path | Traversable | None) -> tuple[Pathway, ...]:
    """The published versions of a programme, in order of their first day. One that cannot be read is left
    out.
    """
    found = []
    for each in _folders(folder):
        text = (each / "pathway.yaml").read_bytes()
        try:
            found.append(read_text(text, f"versions/{each.name}/pathway.yaml"))
        except DefinitionFault:
            continue
    return tuple(sorted(found, key=lambda pathway: pathway.in_force.from_))


def digest(folder: Path | Traversable) -> str:
    """SHA-256 over the names and bytes of all files of a published version."""
    total = hashlib.sha256()
    for name, content in sorted(_files(folder, "")):
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _folders(folder: Path | Traversable | None) -> list[Path | Traversable]:
    versions = folder / "versions" if folder is not None else None
    if versions is None or not versions.is_dir():
        return []
    return [each for each in versions.iterdir() if (each / "pathway.yaml").is_file()]


def _files(folder: Path | Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        name = f"{prefix}{each.name}"
        if each.is_dir():
            yield from _files(each, f"{name}/")
        else:
            yield name, each.read_bytes()


def _changed(folder: Path | Traversable) -> Iterator[Finding]:
    kept = folder / "versions" / "hashes.yaml"
    where = Where("versions/hashes.yaml", 1, 1)
    known = _hashes(kept.read_bytes()) if kept.is_file() else {}
    there = {each.name: each for each in _folders(folder)}
    for version, (place, stated) in known.items():
        if version not in there:
            yield Finding(place, "V1", f"published version {version} is gone", "put it back as it was")
        elif digest(there[version]) != stated:
            what = f"published version {version} was changed"
            yield Finding(place, "V1", what, "put it back as it was, and publish a new version")
    for version in sorted(there.keys() - known.keys()):
        what = f"version {version} lies among the published ones without a hash"
        yield Finding(where, "V1", what, "publish it, or remove it")


def _hashes(text: bytes) -> Mapping[str, tuple[Where, str]]:
    tree = read(text, "versions/hashes.yaml")
    pairs = tree.pairs if isinstance(tree, Map) else ()
    return {key.text: (key.where, node.text) for key, node in pairs if isinstance(node, Scalar)}


def _in_force(look: Look) -> Iterator[Finding]:
    others = [before for before in look.before if before.version != look.pathway.version]
    ordered = sorted([*others, look.pathway], key=lambda pathway: pathway.in_force.from_)
    for one, other in zip(ordered, ordered[1:], strict=False):
        if (one.in_force.until or date.max) >= other.in_force.from_:
            what = f"versions {one.version} and {other.version} are both in force on {other.in_force.from_}"
            yield Finding(look.pathway.where, "V1", what, f"end {one.version} the day before")


def _lost(pathway: Pathway, before: Pathway) -> Iterator[Finding]:
    for chapter in KEPT:
        old: Mapping[str, Element] = getattr(before, chapter)
        new: Mapping[str, Element] = getattr(pathway, chapter)
        names = {*new, *(element.was for element in new.values())}
        for name in old.keys() - names:
            what = f"'{name}' of {chapter} in version {before.version} is gone"
            yield Finding(pathway.where, "V1", what, f"keep it, or write was: {name} where it is renamed")
