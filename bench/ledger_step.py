"""A whole step through the ledger: idempotency, load, fold, world, decide, seal, chain, summary. p50 and p99.

    python -m bench.ledger_step [--seconds 5] [--clients 1 8]

Each client is a process of its own that takes steps on its own cases, with the durability of the settings
(SQLite FULL).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from bench import ledger_world as world

WARM_UP = 5
CASES = 10


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seconds", type=float, default=5)
    asked.add_argument("--clients", type=int, nargs="*", default=[1, 8])
    asked.add_argument("--client", nargs=3)
    options = asked.parse_args()
    if options.client:
        return client(Path(options.client[0]), options.client[1], float(options.client[2]))
    folder = world.begin()
    world.build()
    print("clients  steps/s  p50 ms  p95 ms  p99 ms  max ms")
    for clients in options.clients:
        print(measure(folder, clients, options.seconds))
    return 0


def measure(folder: Path, clients: int, seconds: float) -> str:
    command = [sys.executable, "-m", "bench.ledger_step", "--client", str(folder)]
    running = [
        subprocess.Popen([*command, f"{clients}-{n}", str(seconds)], stdout=subprocess.PIPE)
        for n in range(clients)
    ]
    took = sorted(x for process in running for x in json.loads(process.communicate()[0]))
    if any(process.returncode for process in running):
        sys.exit("a client failed")
    p50, p95, p99 = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.95, 0.99))
    return (
        f"{clients:7}  {len(took) / seconds:7.0f}  {p50:6.1f}  {p95:6.1f}  {p99:6.1f}  {took[-1] * 1000:6.0f}"
    )


def client(folder: Path, me: str, seconds: float) -> int:
    """Open some cases, then take steps on them in turn; prints the seconds that each took."""
    world.begin(str(folder))
    from amparo.ledger import book

    officer, clerk = world.account("officer"), world.account("clerk")
    cases = []
    for n in range(CASES):
        opening = world.report(world.present())
        done = book.record(officer, None, opening, f"{me} {n}", programme=world.PROGRAMME, site=world.SITE)
        assert isinstance(done, book.Recorded), done
        cases.append(done.case_id)
    took: list[float] = []
    n, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        before = time.perf_counter()
        done = book.record(clerk, cases[n % CASES], world.tried(f"try {n}"), f"{me} step {n}")
        took.append(time.perf_counter() - before)
        assert isinstance(done, book.Recorded), done
        n += 1
        if n % 200 == 0:
            cases = cases[1:] + [_fresh(officer, f"{me} fresh {n}")]
    print(json.dumps(took[WARM_UP:]))
    return 0


def _fresh(officer: object, key: str) -> str:
    from amparo.ledger import book

    done = book.record(
        officer,
        None,
        world.report(world.present()),
        key,
        programme=world.PROGRAMME,
        site=world.SITE,  # type: ignore[arg-type]
    )
    assert isinstance(done, book.Recorded), done
    return done.case_id


if __name__ == "__main__":
    sys.exit(main())
