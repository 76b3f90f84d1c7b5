"""`kill -9` during concurrent submissions, with retries: every acknowledged one present exactly once, chain
verifies.

    python -m bench.ledger_kill [--submissions 2000] [--processes 4] [--kills 12]

Four processes send from one list, several of them to the same case at once. Each writes what was
acknowledged to a file of its own; at random moments one is killed and started again, and sends what it has
no acknowledgement for with the same keys, and a tenth of what it has. With `AMPARO_DATABASE=postgresql` the
same on PostgreSQL (`tools/with_postgres.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench import ledger_world as world

CASES = 100


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--submissions", type=int, default=2000)
    asked.add_argument("--processes", type=int, default=4)
    asked.add_argument("--kills", type=int, default=12)
    asked.add_argument("--worker", nargs=2)
    options = asked.parse_args()
    if options.worker:
        return work(Path(options.worker[0]), int(options.worker[1]))
    return measure(options.submissions, options.processes, options.kills)


# ---------------------------------------------------------------------------------------- the sending process
def work(folder: Path, me: int) -> int:
    """Send my part of the list; acknowledge each on disk before the next."""
    world.begin(str(folder))
    jobs = [job for job in json.loads((folder / "jobs.json").read_text()) if job["by"] == me]
    path = folder / f"acknowledged.{me}"
    done = acknowledged(path)
    with path.open("a") as file:
        file.truncate(len("".join(f"{line}\n" for line in path.read_text().split("\n")[:-1])))
        for job in jobs:
            known = done.get(job["key"])
            if known and random.random() > 0.1:
                continue
            answer = send(job)
            if known and known != list(answer[:2]):
                print(f"{job['key']} was written twice: {known} {answer}", file=sys.stderr)
                return 1
            file.write(json.dumps({"key": job["key"], "case": answer[0], "seq": answer[1]}) + "\n")
            file.flush()
            os.fsync(file.fileno())
    return 0


def send(job: dict[str, Any]) -> tuple[str, int]:
    from amparo.ledger import book

    if job["case"]:
        done = book.record(world.account("clerk"), job["case"], world.tried(job["key"]), job["key"])
    else:
        now = world.present()
        done = book.record(
            world.account("officer"),
            None,
            world.report(now),
            job["key"],
            programme=world.PROGRAMME,
            site=world.SITE,
        )
    assert isinstance(done, book.Recorded), done
    return done.case_id, done.seq


def acknowledged(path: Path) -> dict[str, list[Any]]:
    """What was acknowledged; a line that the kill cut off does not count."""
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    return {row["key"]: [row["case"], row["seq"]] for row in map(json.loads, lines)}


# -------------------------------------------------------------------------------------- the measuring process
def measure(submissions: int, processes: int, kills: int) -> int:
    folder = world.begin()
    world.build()
    openings = [{"key": f"open {n}", "case": None, "by": n % processes} for n in range(CASES)]
    begun = time.perf_counter()
    killed = run(folder, openings, processes, kills // 4)
    cases = [row[0] for n in range(processes) for row in acknowledged(folder / f"acknowledged.{n}").values()]
    steps = [
        {"key": f"step {n}", "case": cases[(n // processes) % len(cases)], "by": n % processes}
        for n in range(submissions - CASES)
    ]
    killed += run(folder, openings + steps, processes, kills - kills // 4)
    seconds = time.perf_counter() - begun
    return judge(folder, openings + steps, processes, killed, seconds)


def run(folder: Path, jobs: list[dict[str, Any]], processes: int, kills: int) -> int:
    """Let the processes send until all is acknowledged, killing one now and then; gives how many were
    killed.
    """
    (folder / "jobs.json").write_text(json.dumps(jobs))
    running = {n: start(folder, n) for n in range(processes)}
    killed = 0
    while running:
        time.sleep(random.uniform(0.4, 1.2))
        if killed < kills:
            victim = random.choice(list(running))
            if running[victim].poll() is None:
                running[victim].send_signal(signal.SIGKILL)
                running[victim].wait()
                killed += 1
                running[victim] = start(folder, victim)
        ended = {n: process.poll() for n, process in running.items() if process.poll() is not None}
        if any(code for code in ended.values()):
            sys.exit(f"a sending process failed: {ended}")
        running = {n: process for n, process in running.items() if n not in ended}
    return killed


def start(folder: Path, me: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bench.ledger_kill", "--worker", str(folder), str(me)])


def judge(folder: Path, jobs: list[dict[str, Any]], processes: int, killed: int, seconds: float) -> int:
    """Count what the log holds against what was acknowledged."""
    from amparo.ledger import book, casefile
    from amparo.ledger.models import EventRow, Head

    acks = {
        key: row for n in range(processes) for key, row in acknowledged(folder / f"acknowledged.{n}").items()
    }
    written: Counter[str] = Counter()
    for case in Head.objects.values_list("pk", flat=True):
        for event in casefile.load(case).log.events:
            if event.kind == "contact.tried":
                written[event.data["result"]] += 1
    openings = sum(job["case"] is None for job in jobs)
    report, differences = book.verify(), book.rebuild()
    verdicts = {
        "acknowledged": len(acks) == len(jobs),
        "each step once": set(written) == {job["key"] for job in jobs if job["case"]}
        and set(written.values()) == {1},
        "each case once": Head.objects.count() == openings,
        "each key once": EventRow.objects.filter(idem__isnull=False).count() == len(jobs),
        "chain verifies": not report.faults,
        "rebuild equals live": not [found for found in differences if found.what != "look"],
    }
    print(
        f"{len(jobs)} submissions, {processes} processes, {killed} killed, {seconds:.1f} s,"
        f" {len(jobs) / seconds:.0f}/s"
    )
    for name, holds in verdicts.items():
        print(f"{name}: {'yes' if holds else 'NO'}")
    return 0 if all(verdicts.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
