"""What the journeys serve: the program itself, in a process whose clock a test may put forward.

A case lasts months and a journey seconds, so a test says which second it is and lets the clocks run up to it,
as the worker of an installation does once a minute. Nothing else of the program knows. The clock is kept beside the
served world, so that a server that is stopped and started again goes on with it.
"""

import json
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

_kept = Path(os.environ["AMPARO_DATA"]) / "clock.json"
_really = time.time
_ahead = json.loads(_kept.read_text())["ahead"]


def _told() -> float:
    return _really() + _ahead


time.time = _told

from amparo.wsgi import application as program  # noqa: E402

# isort: split
from amparo.errors import KeyDestroyed  # noqa: E402
from amparo.ledger import ticking  # noqa: E402
from amparo.ledger.models import Heartbeat  # noqa: E402

PATH = "/journey/clock/"


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The program; and at one address of the journeys' own, its clock: put to a second, then ticked."""
    if environ["PATH_INFO"] != PATH:
        return program(environ, start)
    to, _, case = str(environ["QUERY_STRING"]).partition("&")
    _put(int(to or 0), case)
    start("200 OK", [("Content-Type", "text/plain")])
    return [str(int(time.time())).encode()]


def _put(to: int, case: str) -> None:
    global _ahead
    if to:
        _ahead = to - _really()
        _kept.write_text(json.dumps({"ahead": _ahead}))
    if case:
        _tick_one(case)
    else:
        ticking.tick()


def _tick_one(case: str) -> None:
    """The clocks of one case, where a journey of years looks at no other: they are caught up by the next whole tick."""
    now = int(time.time())
    with suppress(KeyDestroyed):
        ticking.look(case, now)
    Heartbeat.objects.filter(pk=1).update(at=now)
