"""Serving the training world on this machine: one server process, and a thread that lets the clocks run."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from amparo.errors import AmparoError
from amparo.ledger import ticking

HERE = "127.0.0.1"
TICKS_EVERY = 60
STOPS_WITHIN = 10
"""Seconds, both."""


def ensure_free(port: int) -> None:
    """Raises `AmparoError` with one line if somebody else serves there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, port))
        except OSError as fault:
            raise AmparoError(
                f"Port {port} is taken on this machine. Try: amparo demo --port {port + 1}"
            ) from fault


def serve(port: int, complain: Callable[[str], object]) -> None:
    """Serve until somebody stops it with Ctrl-C."""
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_tick_for_ever, args=(complain,), daemon=True).start()
    options = ["--bind", f"{HERE}:{port}", "--workers", "1", "--threads", "4", "--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *options, "amparo.wsgi:application"])
    try:
        server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.terminate()
        server.wait(STOPS_WITHIN)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _tick_for_ever(complain: Callable[[str], object]) -> None:
    """What fails is tried again: pages say in red when ticks stop going through."""
    waiting = threading.Event()
    while not waiting.wait(TICKS_EVERY):
        try:
            ticking.tick()
        except (AmparoError, DatabaseError) as fault:
            complain(f"The clocks could not run: {type(fault).__name__}.")
        close_old_connections()
