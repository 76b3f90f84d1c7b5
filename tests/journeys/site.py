"""A training world, built once in a test run, and copies of it that are served and may be changed.

The world is that of one ordinary Tuesday, and its clock begins where its story ends, so that a journey is the same
on whatever day and at whatever hour it is run. A test may put the clock forward (`Site.at`).
"""

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

TODAY = "2026-11-24"
MAINLAND = ZoneInfo("Europe/Lisbon")
START_SECONDS = 60


@dataclass
class Site:
    """A served copy of the training world."""

    url: str
    data: Path  # what the server writes into: database, key ring, kept letters
    log: Path  # what the server printed
    server: list[subprocess.Popen[bytes]] = field(default_factory=list)
    people: dict[str, Any] = field(default_factory=dict)  # who is signed in at a plain browser, by login

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the building noted: the day, the second, the case of each story."""
        noted: dict[str, Any] = json.loads((self.data / "training.json").read_text())
        return noted

    @cached_property
    def accounts(self) -> dict[str, str]:
        """The account of each sign-in name."""
        with closing(sqlite3.connect(f"file:{self.data / 'amparo.sqlite3'}?mode=ro", uri=True)) as book:
            return dict(book.execute("SELECT username, id FROM people_account").fetchall())

    def case(self, story: str) -> str:
        """The number of a story's case."""
        return str(self.told["cases"][story])

    @property
    def now(self) -> datetime:
        """What the server's clock shows, on the mainland."""
        ahead = json.loads((self.data / "clock.json").read_text())["ahead"]
        return datetime.fromtimestamp(time.time() + ahead, MAINLAND)

    def at(self, when: datetime, case: str = "") -> datetime:
        """Put the clock to `when`, and let the clocks of all cases run up to it, or those of one case alone."""
        asked = f"{int(when.timestamp())}{f'&{case}' if case else ''}"
        with urllib.request.urlopen(f"{self.url}/journey/clock/?{asked}", timeout=120) as reply:
            reply.read()
        return when

    def put_without_ticking(self, when: datetime) -> None:
        """Let time pass while nothing is served."""
        assert not self.server, "stop it first"
        (self.data / "clock.json").write_text(json.dumps({"ahead": when.timestamp() - time.time()}))

    def later(self, **much: float) -> datetime:
        """Let so much time pass: `later(hours=3)`."""
        return self.at(self.now + timedelta(**much))

    def today(self, hour: int, minute: int = 0) -> datetime:
        """An hour of the day that the clock shows."""
        return self.now.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def start(self) -> None:
        """Serve. Raises with the end of its log if it does not answer."""
        with self.log.open("a") as log:
            self.server.append(
                subprocess.Popen(
                    _serve(self), env=environment(self.data), stdout=log, stderr=subprocess.STDOUT
                )
            )
        _await(self, self.server[-1])

    def stop(self) -> None:
        """Stop serving, as for an update of the machine."""
        server = self.server.pop()
        server.terminate()
        server.wait(timeout=30)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `amparo …` on the data of this site, as whoever runs the machine would."""
        return amparo(self.data, *words)


def environment(data: Path) -> dict[str, str]:
    """What a command of the program needs to run on this folder as a training world on SQLite."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "PG", "DJANGO_"))
    }
    return kept | {
        "AMPARO_DATA": str(data),
        "AMPARO_TRAINING": "1",
        "DJANGO_SETTINGS_MODULE": "amparo.settings",
    }


def amparo(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the program on this folder, with what it printed."""
    command = [sys.executable, "-c", "import amparo.commands, sys; sys.exit(amparo.commands.main())"]
    return subprocess.run([*command, *words], env=environment(data), capture_output=True, text=True)


def build(folder: Path) -> None:
    """Build the training world in `folder`. Raises with what the command said if it could not."""
    folder.mkdir(parents=True)
    done = amparo(folder, "demo", "--build-only", "--today", TODAY)
    if done.returncode:
        raise RuntimeError(
            f"The training world could not be built:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )


def built_once(folder: Path) -> Path:
    """The folder of the world, built by whichever test process comes first; the others wait for it."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = folder.with_suffix(".making")
            shutil.rmtree(making, ignore_errors=True)
            build(making)
            making.rename(folder)
    return folder


@contextmanager
def served(world: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy of `world`, made in `folder`, for as long as the block lasts."""
    data = folder / "data"
    shutil.copytree(world, data)
    site = Site(f"http://127.0.0.1:{_free_port()}", data, folder / "server.log")
    (data / "clock.json").write_text(json.dumps({"ahead": site.told["moment"] - time.time()}))
    try:
        site.start()
        site.at(site.now)
        yield site
    finally:
        while site.server:
            site.stop()


def _serve(site: Site) -> list[str]:
    address = site.url.removeprefix("http://")
    options = [
        "--bind",
        address,
        "--workers",
        "1",
        "--threads",
        "4",
        "--graceful-timeout",
        "5",
        "--no-control-socket",
    ]
    return [sys.executable, "-m", "gunicorn", *options, "tests.journeys.clocked:application"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(site: Site, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers anything at all. Raises with the end of its log if it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(site.url):
            return
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{site.log.read_text()[-4000:]}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
