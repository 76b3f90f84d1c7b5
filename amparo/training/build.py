"""Building the training world: everybody is settled, every story is told, and what came of it is noted.

All of it is one transaction: a building that is killed leaves nothing behind, and the next one begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from amparo.errors import AmparoError
from amparo.ledger import checkpoints, definitions, papers, ticking
from amparo.ledger.memo import remembering
from amparo.ledger.models import Head
from amparo.pathways import calendar
from amparo.people.models import Account
from amparo.training import ends, settle, times, world
from amparo.training.chance import drawn_from
from amparo.training.play import LAST_HOURS, Player
from amparo.training.routine import Routine
from amparo.training.times import When
from amparo.training.world import World

SEED = "amparo training world 1"
HISTORY = timedelta(days=760)
"""How far back the stories and the entered settings reach."""
NOTE = "training.json"
NOT_EMPTY = (
    "There are accounts, cases or roots of a ledger here already. A training world needs a database of its"
    " own: set AMPARO_DATA to a new folder, and no AMPARO_CHECKPOINT_FILE."
)


class Built(NamedTuple):
    """What was built: as of which day and second, the case of each story, the stages that cases have been in
    (by programme).

    otherwise: what did not end as its story says, a sentence each. None of it should be.
    """

    today: str
    moment: int
    cases: Mapping[str, str]
    stages: Mapping[str, tuple[str, ...]]
    otherwise: tuple[str, ...]


def is_built() -> bool:
    """Whether this database holds a training world."""
    return Account.objects.filter(demo=True).exists()


def build(
    today: date, seen: Callable[[str], None], now: int | None = None, only: tuple[str, ...] = ()
) -> Built:
    """Build the worlds of all programmes as of a day. Raises `AmparoError` with the story that cannot be.

    now: nothing of it lies after this second, where the day is still young. only: of these programmes alone, with
    those that they stand beside.
    """
    told = _worlds()
    _ensure_reached(told, today)
    _ensure_empty()
    with drawn_from(SEED), _roots_held_back(), transaction.atomic():
        players: list[Player] = []
        lines: list[str] = []
        for one in _chosen(told, only):
            players.append(_played(one, _day(one, today, now), now, seen))
            lines += _otherwise(players[-1])  # before the next world's clocks go on
        built = _built(players, today, tuple(lines))
        note().write_text(json.dumps(built._asdict(), indent=1), "utf-8")
    checkpoints.export()
    for line in built.otherwise:
        seen(line)
    return built


@contextmanager
def _roots_held_back() -> Iterator[None]:
    """Until the block ends, roots go to a file that is thrown away: what is not committed has no root."""
    named = settings.AMPARO_CHECKPOINT_FILE
    with TemporaryDirectory() as folder:
        settings.AMPARO_CHECKPOINT_FILE = Path(folder) / "roots.jsonl"
        try:
            yield
        finally:
            settings.AMPARO_CHECKPOINT_FILE = named


def _ensure_empty() -> None:
    roots = Path(settings.AMPARO_CHECKPOINT_FILE)
    if Account.objects.exists() or Head.objects.exists() or checkpoints.read_file(roots):
        raise AmparoError(NOT_EMPTY)


def ensure_reaches(today: date) -> None:
    """Raises `AmparoError` for a day whose histories would begin before a definition holds."""
    _ensure_reached(_worlds(), today)


def _ensure_reached(told: Iterable[World], today: date) -> None:
    for one in told:
        begins = papers.pathway_of(one.programme).in_force.from_
        if today - HISTORY < begins:
            raise AmparoError(
                f"Histories reach {HISTORY.days} days back; {one.programme} holds since {begins}."
            )


def local_day(now: int) -> date:
    """The civil day that a building begun at an instant is named after."""
    return calendar.day_of(now, "UTC")


def _day(one: World, today: date, now: int | None) -> date:
    """The day as of which a world is built: where it is built for this moment, the day that it is there.

    While the world's own hour of that day is further off than its last hours can be squeezed, the day before.
    """
    if now is None:
        return today
    zone = next(iter(one.sites.values()))["zone"]
    day = calendar.day_of(now, zone)
    handed_over = times.instant(f"today {one.moment}", When(day, zone))
    return day if handed_over is None or handed_over - LAST_HOURS < now else day - timedelta(days=1)


def _worlds() -> tuple[World, ...]:
    """All that there is to build. Raises `AmparoError` if there is nothing."""
    return _chosen(world.worlds(definitions.folders()), ())


def _chosen(found: tuple[World, ...], only: tuple[str, ...]) -> tuple[World, ...]:
    """The worlds that are named, and those beside which they stand. Raises `AmparoError` for a name that none has."""
    strange = set(only) - {one.programme for one in found}
    if strange or not found:
        raise AmparoError(f"No programme here has a training world{_named(strange)}.")
    wanted = {*only, *(one.beside for one in found if one.programme in only)}
    return tuple(one for one in found if one.programme in wanted) if only else found


def _named(programmes: set[str]) -> str:
    return f" and is called {', '.join(sorted(programmes))}" if programmes else ""


def note() -> Path:
    """Where the number of each story's case is kept, for the tour and for tests."""
    return Path(settings.DATA) / NOTE


def noted() -> Built:
    """What `build` wrote down."""
    return Built(**json.loads(note().read_text("utf-8")))


def unbuild() -> None:
    """Take away a training world, and nothing else. Raises `AmparoError` where that is not ours to do."""
    if connection.vendor != "sqlite":
        raise AmparoError(
            "Only a training world in a file of its own can be taken away: drop this database yourself."
        )
    if Account.objects.filter(demo=False).exists():
        raise AmparoError("This database has accounts of real people: nothing is taken away.")
    connection.close()
    name = str(settings.DATABASES["default"]["NAME"])
    files = [Path(name + end) for end in ("", "-wal", "-shm")]
    for path in (*files, Path(settings.AMPARO_CHECKPOINT_FILE), note()):
        path.unlink(missing_ok=True)


def _played(one: World, today: date, now: int | None, seen: Callable[[str], None]) -> Player:
    pathway = papers.pathway_of(one.programme)
    seen(f"{one.programme}: {len(one.sites)} sites, {len(one.staff)} staff, {len(one.people)} people")
    settle.settle(one, pathway, today)
    seen(f"{one.programme}: telling {len(one.stories)} stories, day by day until {today}")
    player = Routine(one, pathway, today, now, seen)
    with remembering():  # everybody is settled: what `people` says of a day stays the same from here on
        player.play()
    return player


def _built(players: list[Player], today: date, otherwise: tuple[str, ...]) -> Built:
    moment = max(player.moment for player in players)
    ticking.tick(moment)  # the worlds are handed over together
    return Built(
        today.isoformat(),
        moment,
        {one.story.name: one.case_id for player in players for one in player.told},
        {player.pathway.id: _stages(player) for player in players},
        otherwise,
    )


def _stages(player: Player) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stage for one in player.told for stage in one.stages))


def _otherwise(player: Player) -> Iterator[str]:
    for one in player.told:
        yield from ends.otherwise(one.story.name, one.story.then, one.case_id, player.moment)
