import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

EVERY = 60


class Command(BaseCommand):
    help = "Tick once a minute, for as long as it runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, default=EVERY, help="seconds between ticks")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                call_command("tick", stdout=self.stdout, stderr=self.stderr)
            except (CommandError, DatabaseError) as fault:
                # The worker goes on: what failed is tried again, and pages say in red when ticks stop going
                # through.
                self.stderr.write(
                    f"{type(fault).__name__}: {fault}" if isinstance(fault, CommandError) else "database"
                )
            close_old_connections()
            time.sleep(options["every"])
