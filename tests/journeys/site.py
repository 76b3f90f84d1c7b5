"""A training world, built once in a test run, and copies of it that are served and may be changed."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A served copy of the training world."""

    url: str
    data: Path  # what the server writes into: database, key ring, kept letters
    log: Path  # what the server printed


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


def build(folder: Path) -> None:
    """Build the training world in `folder`. Raises with what the command said if it could not."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-c", "import amparo.commands, sys; sys.exit(amparo.commands.main())"]
    done = subprocess.run(
        [*command, "demo", "--build-only"], env=environment(folder), capture_output=True, text=True
    )
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
    with site.log.open("w") as log:
        server = subprocess.Popen(_serve(site), env=environment(data), stdout=log, stderr=subprocess.STDOUT)
    try:
        _await(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


def _serve(site: Site) -> list[str]:
    address = site.url.removeprefix("http://")
    options = ["--bind", address, "--workers", "1", "--threads", "4", "--graceful-timeout", "5"]
    return [sys.executable, "-m", "gunicorn", *options, "amparo.wsgi:application"]


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
