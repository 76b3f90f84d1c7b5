import locale
import os
import time
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from amparo.errors import AmparoError
from amparo.ledger import ticking
from amparo.people.keys import ensure_ring
from amparo.training import build, serving, tour
from amparo.training.build import Built


class Command(BaseCommand):
    help = "Build the fictional training world if it is not there yet, and serve it on this machine."
    requires_system_checks: list[str] = []  # the key ring is made here

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--build-only", action="store_true", help="build it and stop")
        parser.add_argument("--fresh", action="store_true", help="take the old training world away first")
        parser.add_argument(
            "--only", action="append", default=[], metavar="PROGRAMME", help="build this programme alone"
        )
        parser.add_argument("--port", type=int, default=8000, help="where to serve (default: 8000)")
        parser.add_argument("--today", type=_day, help="the day as of which it is built (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.AMPARO_TRAINING:
            raise CommandError("The training world is kept apart from real cases: set AMPARO_TRAINING=1.")
        try:
            self.programmes = tuple(options["only"])
            self._run(options["build_only"], options["fresh"], options["port"], options["today"])
        except AmparoError as fault:
            raise CommandError(str(fault)) from fault

    def _run(self, only: bool, fresh: bool, port: int, today: date | None) -> None:
        if not only:
            serving.ensure_free(port)
        now = int(time.time())
        here = build.local_day(now)
        # A day that is named is built whole, the same at every hour; otherwise nothing of it lies in the future.
        built = self._world(today or here, now if today is None else None, fresh)
        if only:
            return
        ticking.tick()
        self._greet(built, port)
        serving.serve(port, self.stderr.write)

    def _world(self, today: date, now: int | None, fresh: bool) -> Built:
        """The world that is there, or a new one."""
        Path(settings.DATA).mkdir(mode=0o700, parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, skip_checks=True)
        ensure_ring()
        if fresh and build.is_built():
            build.ensure_reaches(today)
            build.unbuild()
            call_command("migrate", verbosity=0, skip_checks=True)
        if not build.is_built():
            return self._new(today, now)
        built = build.noted()
        if built.today != today.isoformat():
            self.stdout.write(
                f"This world is of {built.today}. For one of {today}, add: --fresh --today {today}"
            )
        return built

    def _new(self, today: date, now: int | None) -> Built:
        began = time.monotonic()
        built = build.build(today, lambda line: self.stdout.write(line), now, self.programmes)
        self.stdout.write(f"{len(built.cases)} cases, built in {time.monotonic() - began:.0f} s.\n")
        return built

    def _greet(self, built: Built, port: int) -> None:
        language = "pt" if _language().startswith("pt") else "en"
        address = f"http://localhost:{port}"
        lines = [
            *tour.people(language, date.fromisoformat(built.today)),
            "",
            *tour.stops(language, built, address),
        ]
        self.stdout.write("\n".join(["", *lines, "", f"  {address}/", ""]))
        self.stdout.flush()


def _language() -> str:
    return os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or "en"


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as fault:
        raise ArgumentTypeError(f"'{written}' is no day: write 2026-03-04") from fault
