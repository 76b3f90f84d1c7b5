"""The fictional world as it is written: sites, staff, people, and the story of each case.

It lies beside the definition of a programme, in `training.yaml`, which names the files with the stories.
Everything in it is read as text; times are told from the day of building (`amparo.training.times`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from amparo.errors import AmparoError
from amparo.pathways import reader, yaml_form
from amparo.pathways.model import Text

FILE = "training.yaml"
Written = Mapping[str, Any]
Folder = Path | Traversable


class Story(NamedTuple):
    """How one case came about: who opened it, every request since, and where it must stand when all is told.

    leaves: letters and notices that are not seen to by routine.
    """

    name: str
    shows: Text
    site: str
    person: str
    opens: Written
    lines: tuple[Written, ...]
    then: Written
    leaves: tuple[str, ...] = ()


class Stop(NamedTuple):
    """One stop of the tour: who signs in, on which page, with the case of which story, what to do and see.

    `{case}` in page and text is the number of that case.
    """

    who: str
    story: str
    page: str
    do: Text


class World(NamedTuple):
    """All that `build` needs. moment: hour of the day of building at which the world is handed over.

    holidays: named lists of rules for free days, which a site names. sites, offices, staff, people: by a key
    of their own; a site's key is its code. settings: what the sites entered, and in `unset` what they left
    open, each with what it shows. routine: what is done of itself (`amparo.training.routine`).
    beside: the programme whose sites, offices and people this world shares; `there` names those of its keys
    that are settled with that one. Somebody of the staff who `is` an account of the other world has a second
    post there, in this programme. on_call: whose turn it is to be called, in which role, from when.
    """

    programme: str
    moment: str
    holidays: Mapping[str, Written]
    sites: Mapping[str, Written]
    offices: Mapping[str, Written]
    staff: Mapping[str, Written]
    people: Mapping[str, Written]
    settings: Written
    routine: Written
    stories: tuple[Story, ...]
    tour: tuple[Stop, ...]
    beside: str = ""
    there: frozenset[str] = frozenset()
    on_call: tuple[Written, ...] = ()


SHARED = ("holidays", "sites", "offices", "people")
"""What a world takes over from the one that it stands beside."""


def worlds(folders: tuple[Path, ...] = ()) -> tuple[World, ...]:
    """The worlds of all programmes that have one, each after the one that it stands beside."""
    found = ((name, reader.placed(name, folders)) for name in reader.programmes(folders))
    alone = {name: read(name, place) for name, place in found if (place / FILE).is_file()}
    _ensure_named_once(story.name for world in alone.values() for story in world.stories)
    first = [world for world in alone.values() if not world.beside]
    return (*first, *(_joined(world, alone) for world in alone.values() if world.beside))


def _joined(world: World, others: Mapping[str, World]) -> World:
    """A world with all that stands in the one beside it. Raises `AmparoError` where that is not there."""
    other = others.get(world.beside)
    if other is None or other.beside:
        raise AmparoError(f"{world.programme} stands beside {world.beside}, which has no world of its own.")
    shared: dict[str, Any] = {name: {**getattr(other, name), **getattr(world, name)} for name in SHARED}
    there = frozenset(key for name in SHARED for key in getattr(other, name))
    return world._replace(**shared, there=there)


def read(programme: str, place: Folder) -> World:
    """The world of one programme. Raises `AmparoError` naming what cannot be read."""
    top = _written(place, FILE)
    told = [_with_shared(top, _written(place, name)) for name in top.get("stories", ())]
    stories = tuple(story for part in told for story in _stories(part))
    _ensure_named_once(story.name for story in stories)
    return World(
        programme=programme,
        moment=top["moment"],
        holidays=top.get("holidays", {}),
        sites=top.get("sites", {}),
        offices=top.get("offices", {}),
        staff=top["staff"],
        people=top.get("people", {}),
        settings=top["settings"],
        routine=top["routine"],
        stories=stories,
        tour=tuple(Stop(stop["who"], stop["story"], stop["page"], _languages(stop)) for stop in top["tour"]),
        beside=top.get("beside", ""),
        on_call=tuple(top.get("on_call", ())),
    )


def _written(place: Folder, name: str) -> Written:
    tree = yaml_form.plain(yaml_form.read((place / name).read_bytes(), name))
    if not isinstance(tree, dict):
        raise AmparoError(f"{name} is no list of names and what stands under them.")
    return tree


def _with_shared(top: Written, part: Written) -> Written:
    """A file of stories, with the openings and histories that all files may use."""
    shared = {name: {**top.get(name, {}), **part.get(name, {})} for name in ("openings", "histories")}
    return {**part, **shared}


def _languages(written: Written) -> Text:
    return {key: words for key, words in written.items() if key in ("en", "pt")}


def _ensure_named_once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise AmparoError(f"Two stories are called {name}.")
        seen.add(name)


# ------------------------------------------------------------------------------------------------ stories
def _stories(part: Written) -> Iterable[Story]:
    for written in part["stories"]:
        try:
            yield _story(part, written)
        except KeyError as missing:
            raise AmparoError(
                f"Story {written.get('story', '?')}: {missing} is missing or not known."
            ) from missing


def _story(part: Written, written: Written) -> Story:
    histories = part.get("histories", {})
    return Story(
        name=written["story"],
        shows=written["shows"],
        site=written["site"],
        person=written["person"],
        opens=_opening(part.get("openings", {}), written["opens"]),
        lines=tuple(line for one in written.get("when", ()) for line in _lines(histories, one)),
        then=written["then"],
        leaves=tuple(written.get("leaves", ())),
    )


def _opening(openings: Written, written: Written) -> Written:
    """An opening, with what differs from the one it uses: facts one by one, everything else as a whole."""
    if "use" not in written:
        return written
    base = _opening(openings, openings[written["use"]])
    facts = {**base.get("facts", {}), **written.get("facts", {})}
    kept = {name: value for name, value in facts.items() if value != "left_out"}
    return {**base, **{key: value for key, value in written.items() if key != "use"}, "facts": kept}


def _lines(histories: Written, written: Written) -> Iterable[Written]:
    """A line, or the lines of a history: the first of them at the time that the use gives, if any."""
    if "use" not in written:
        yield written
        return
    inside = [line for one in histories[written["use"]] for line in _lines(histories, one)]
    for n, line in enumerate(inside):
        yield {**line, "at": written["at"]} if n == 0 and "at" in written else line
