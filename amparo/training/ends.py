"""Whether the stories of a world ended as they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amparo.cases import clocks, read
from amparo.cases.index import is_open
from amparo.cases.model import Case
from amparo.errors import KeyDestroyed
from amparo.ledger import casefile
from amparo.training.world import Written


def otherwise(story: str, wanted: Written, case_id: str, moment: int) -> Iterator[str]:
    """What of a story's end is not as it says, a sentence each."""
    try:
        case = casefile.load(case_id, now=moment).case
    except KeyDestroyed:
        if wanted.get("erased") != "yes":
            yield f"Story {story}: its words were erased."
        return
    found = stands(case, moment)
    for key, value in wanted.items():
        if not _holds(value, found.get(key)):
            yield f"Story {story}: {key} is {found.get(key, 'not known')}, not {value}."


def _holds(wanted: Any, found: Any) -> bool:
    return all(one in (found or ()) for one in wanted) if isinstance(wanted, list) else bool(wanted == found)


def stands(case: Case, moment: int) -> dict[str, Any]:
    """Where a case stands: its stage, its box by its English title, and its clocks by how they stand."""
    live = is_open(case.pathway, case.stage) and not case.died
    box = case.pathway.boxes[read.box(case, moment)].title["en"] if live else ""
    states: dict[str, list[str]] = {}
    for clock in case.pathway.clocks:
        states.setdefault(clocks.state(case, clock, moment)[0], []).append(clock)
    states["running"] = [clock for clock in case.pathway.clocks if clocks.running(case, clock, moment)]
    return {"stage": case.stage, "box": box, "died": "yes" if case.died else "no", **states}
