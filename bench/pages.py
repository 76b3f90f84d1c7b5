"""The pages of the training world, 60 cases: queries and milliseconds of each, as the clerk and a member.

    .venv/bin/python -m bench.pages [--rounds 30]

The world is built first, in a temporary folder. Each page is asked warm, in one process, without the network:
what stands here is the program's own time. Templates and queries included; p50 and p95.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

COMMAND = [sys.executable, "-c", "import sys; from amparo.commands import main; sys.exit(main())"]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=30)
    rounds = asked.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "AMPARO_DATA": folder,
            "AMPARO_TRAINING": "1",
            "DJANGO_SETTINGS_MODULE": "amparo.settings",
        }
        subprocess.run([*COMMAND, "demo", "--build-only"], check=True, stdout=subprocess.DEVNULL)
        print(f"{'page':34s} {'queries':>8s} {'p50 ms':>8s} {'p95 ms':>8s}")
        for line in measured(rounds):
            print(line)
    return 0


def measured(rounds: int) -> Iterator[str]:
    """One line a page. Django is set up only now that its settings are in the environment."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client

    accounts = get_user_model()._default_manager

    def asking(login: str) -> Callable[[str], tuple[int, float]]:
        client = Client(HTTP_HOST="localhost")
        client.force_login(accounts.get(username=login))

        def ask(path: str) -> tuple[int, float]:
            counter = Counter()
            with connection.execute_wrapper(counter):
                begun = time.perf_counter()
                answer = client.get(path)
                took = time.perf_counter() - begun
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
            return counter.asked, took * 1000

        return ask

    clerk, member = asking("clerk"), asking("member")
    for name, ask, path in pages(clerk, member):
        ask(path)
        found = [ask(path) for _ in range(rounds)]
        times = [took for _, took in found]
        p95 = statistics.quantiles(times, n=20)[-1]
        yield f"{name:34s} {found[-1][0]:8d} {statistics.median(times):8.1f} {p95:8.1f}"


class Counter:
    """Counts the statements that go to the database."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.asked += 1
        return execute(sql, params, many, context)


def opens(ask: Callable[[str], tuple[int, float]], path: str) -> bool:
    """Is this page there for who asks?"""
    try:
        ask(path)
    except SystemExit:
        return False
    return True


def pages(clerk: Any, member: Any) -> Iterator[tuple[str, Any, str]]:
    """The pages of an ordinary morning."""
    from amparo.ledger.models import Summary

    cases = list(
        Summary.objects.filter(open=True, site="lisboa").order_by("case").values_list("case", flat=True)
    )
    some = cases[0]
    decision = next(
        path for path in (f"/case/{one}/choice/decision/" for one in cases) if opens(member, path)
    )
    yield "worklist, clerk", clerk, "/"
    yield "worklist, member", member, "/"
    yield "sittings", clerk, "/sittings/"
    yield "outbox", clerk, "/outbox/"
    yield "case file, clerk", clerk, f"/case/{some}/"
    yield "case file, member", member, f"/case/{some}/"
    yield "findings and decision, member", member, decision
    yield "who saw what", clerk, f"/case/{some}/who-saw/"


if __name__ == "__main__":
    sys.exit(main())
