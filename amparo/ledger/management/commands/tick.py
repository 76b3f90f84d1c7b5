from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amparo.errors import AmparoError
from amparo.ledger import book


class Command(BaseCommand):
    help = "Let clocks, boxes and retention catch up, once, and sign a checkpoint."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", type=int, help="epoch seconds, if not the present")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = book.tick(options["now"])
        except AmparoError as fault:
            raise CommandError(str(fault)) from fault
        if done.busy:
            self.stdout.write("Another tick is running.")
            return
        self.stdout.write(
            f"{done.cases} cases looked at, {done.events} events, {done.erased} erased, {_root(done.root)}."
        )
        for case, line in done.faults:
            self.stderr.write(f"{case}: {line}")
        if done.faults:
            raise CommandError(f"{len(done.faults)} cases could not be looked at; they are tried again.")


def _root(n: int) -> str:
    return f"root {n} signed" if n else "no new root"
