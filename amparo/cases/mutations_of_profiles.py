"""Every small change of a profile: what it lays over its programme taken off again, or changed itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from amparo.cases.changes import Mutant
from amparo.cases.mutations import mutants
from amparo.pathways.model import Criterion, Element, Pathway, Setting
from amparo.pathways.profiles import REPLACES


def of_profile(pathway: Pathway, laid: Pathway) -> Iterator[Mutant]:
    """The changes of `laid`, which is `pathway` with a profile over it: only of what stands in the profile."""
    yield from _taken_off(pathway, laid)
    yield from (
        one for one in mutants(laid) if _of_profile(one.where.file, laid) and not _is_the_programmes(one)
    )


def _is_the_programmes(one: Mutant) -> bool:
    """Who may enter a setting, and within which limits, no profile says."""
    chapter, _, field = one.at.partition(".")
    return chapter == "settings" and field.partition(".")[2] in ("site_may", "limits")


def _of_profile(file: str, laid: Pathway) -> bool:
    return f"/profiles/{laid.profile}." in file


def _taken_off(pathway: Pathway, laid: Pathway) -> Iterator[Mutant]:
    """Each setting, door and element, as the programme has it without the profile."""
    for chapter in ("settings", "doors", *REPLACES):
        was: dict[str, Any] = getattr(pathway, chapter)
        for name, element in getattr(laid, chapter).items():
            if _of_profile(_place(element), laid) and not _decides_alike(element, was[name]):
                changed: dict[str, Any] = {chapter: {**getattr(laid, chapter), name: was[name]}}
                words = frozenset({name})
                at = f"{chapter}.{name}"
                yield Mutant(
                    at,
                    "as without the profile",
                    element.where,
                    words,
                    frozenset(),
                    replace(laid, **changed),
                    True,
                )


def _decides_alike(one: Element, other: Element) -> bool:
    """Do they differ in titles, citations and doubts alone, which no example can miss?"""
    if isinstance(one, Setting) and isinstance(other, Setting):
        return (one.value, one.limits) == (other.value, other.limits)
    if isinstance(one, Criterion) and isinstance(other, Criterion) and one.holds and other.holds:
        return one.holds.text == other.holds.text
    return False


def _place(element: Element) -> str:
    """The file in which an element stands; of a door, the file that closes it."""
    rule = getattr(element, "open_if", None)
    return str(rule.where.file if rule is not None else element.where.file)
