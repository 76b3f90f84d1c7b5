"""Put into each page of `docs/programmes/` what its definition and its training world say.

    .venv/bin/python -m tests.docs.programmes_page

What stands before the mark is written by hand. `tests/docs/test_programmes.py` fails while a page is not what this
makes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from amparo.cases.requests.exceptional import KEEPERS
from amparo.lens import sight
from amparo.pathways import reader
from amparo.pathways.model import Element, Pathway, Setting
from amparo.training import world
from tests.docs import pages

FOLDER = pages.DOCS / "programmes"
MARK = "<!-- from here on made by tests/docs/programmes_page.py -->\n"
CHAPTERS = (
    "settings", "roles", "bodies", "facts", "tables", "derived", "rules", "criteria", "doors", "stages", "steps",
    "clocks", "obligations", "sittings", "consents", "letters", "notices", "places", "counts", "retention",
    "schedules",
)  # fmt: skip
ENTERS = frozenset({"coordinator", "manager", "supervisor", "chair"})
READERS = frozenset({"coordinator", "manager", "analyst"})
"""Kinds of role that enter a site's settings, and that read counts: as the desk and the ledger have them."""


def page(programme: str) -> str:
    """The page with its made part anew. Raises if the mark is not there."""
    before, mark, _ = (FOLDER / f"{programme}.md").read_text(encoding="utf-8").partition(MARK)
    assert mark, f"{programme}.md lacks its mark"
    return before + mark + "\n" + "\n".join(made(reader.programme(programme)))


def made(pathway: Pathway) -> Iterator[str]:
    yield from _doors(pathway)
    yield from _keeping(pathway)
    yield from _unset("Settings that nobody has entered", unset(pathway))
    for name in profiles(pathway.id):
        yield from _unset(f"The same under the profile `{name}`", unset(profile(pathway.id, name)))
    yield from _unverified(pathway)
    yield from _sources(pathway)
    yield from _logins(pathway)


def unset(pathway: Pathway) -> dict[str, Setting]:
    """The settings of a definition that have no value until a site enters one."""
    return {name: one for name, one in pathway.settings.items() if one.value is None}


def profiles(programme: str) -> list[str]:
    place = Path(str(reader.placed(programme)))
    return sorted(path.stem for path in (place / "profiles").glob("*.yaml"))


@cache
def profile(programme: str, name: str) -> Pathway:
    return reader.programme(programme, profile=name)


def uncertain(pathway: Pathway) -> dict[str, list[str]]:
    """What is marked unverified, by chapter; unset settings have their own table."""
    found = {chapter: list(_marked(getattr(pathway, chapter))) for chapter in CHAPTERS}
    without = unset(pathway)
    found["settings"] = [name for name in found["settings"] if name not in without]
    return {chapter: names for chapter, names in found.items() if names}


def _marked(chapter: Mapping[str, Element] | Iterable[Any]) -> Iterator[str]:
    """The names of elements that are marked or hold a part which is; a line of retention is named by its stages."""
    if isinstance(chapter, Mapping):
        yield from (name for name, one in chapter.items() if _doubt(one))
    else:
        yield from (", ".join(line.after) for line in chapter if _doubt(line))


def _doubt(part: Any) -> bool:
    if isinstance(part, Mapping):
        return any(map(_doubt, part.values()))
    if isinstance(part, tuple):
        return any(map(_doubt, part))
    if not is_dataclass(part):
        return False
    return bool(getattr(part, "unverified", "")) or any(
        _doubt(getattr(part, one.name)) for one in fields(part)
    )


def _table(heading: str, *head: str) -> Iterator[str]:
    yield from (f"## {heading}", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|")


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _doors(pathway: Pathway) -> Iterator[str]:
    yield from _table("Ways in", "door", "first step", "by", "shut while")
    for name, door in pathway.doors.items():
        step = pathway.steps[door.opens_with]
        roles = ", ".join(pathway.roles[role].title["en"] for role in step.by)
        shut = f"not `{door.open_if.text}`" if door.open_if else ""
        yield _cells(f"{door.title['en']} (`{name}`)", step.title["en"], roles, shut)
    yield ""


def _keeping(pathway: Pathway) -> Iterator[str]:
    """Who keeps the programme at a site. Where nobody does, the page says so."""
    yield from _table("Who keeps it at a site", "task", "roles")
    tasks = {
        "enters settings": (ENTERS, _reads_all),
        "reads counts": (READERS, _near),
        "answers legal demands, looks at emergencies": (KEEPERS, _near),
    }
    for task, (kinds, fits) in tasks.items():
        roles = (one.title["en"] for n, one in pathway.roles.items() if one.is_ in kinds and fits(pathway, n))
        yield _cells(task, ", ".join(roles) or "nobody")
    yield ""


def _reads_all(pathway: Pathway, role: str) -> bool:
    return sight.reads_all(pathway, role)


def _near(pathway: Pathway, role: str) -> bool:
    return sight.scope(pathway, role) in ("site", "programme")


def _unset(heading: str, settings: Mapping[str, Setting]) -> Iterator[str]:
    yield from _table(heading, "setting", "what it is", "basis", "what is known")
    for name, one in settings.items():
        basis = ", ".join(f"{cite.source} {cite.place}".strip() for cite in one.basis)
        yield _cells(f"`{name}`", one.title["en"], basis, _words(one.unverified) or one.note)
    if not settings:
        yield _cells("none", "", "", "")
    yield ""


def _words(text: Any) -> str:
    return text if isinstance(text, str) else text.get("en", "")


def _unverified(pathway: Pathway) -> Iterator[str]:
    yield from _table("Marked unverified", "chapter", "elements")
    for chapter, names in uncertain(pathway).items():
        yield _cells(chapter, ", ".join(f"`{name}`" for name in names))
    yield ""


def _sources(pathway: Pathway) -> Iterator[str]:
    yield from _table("Sources", "key", "title", "read")
    for key, one in pathway.sources.items():
        yield _cells(key, _words(one.title), one.read.replace("_", " "))
    yield ""


def _logins(pathway: Pathway) -> Iterator[str]:
    """Everybody of the staff; those of the tour are marked."""
    there = next(one for one in world.worlds() if one.programme == pathway.id)
    tour = {stop.who for stop in there.tour}
    yield from _table("Logins of the training world", "login", "role", "in the tour")
    for key, one in there.staff.items():
        role = _as_done_at(there, pathway, one["site"]).roles[one["role"]].title["en"]
        yield _cells(f"`{one.get('login', key)}`", role, "yes" if key in tour else "")
    yield ""


def _as_done_at(there: world.World, pathway: Pathway, site: str) -> Pathway:
    """The definition under the profile that the site of the training world has entered, if it has."""
    entered = [row["values"].get("@profile", "") for row in there.settings["entered"] if row["site"] == site]
    name = next(filter(None, entered), "")
    return profile(pathway.id, name) if name else pathway


if __name__ == "__main__":
    for one in reader.programmes():
        (FOLDER / f"{one}.md").write_text(page(one).rstrip("\n") + "\n", encoding="utf-8")
