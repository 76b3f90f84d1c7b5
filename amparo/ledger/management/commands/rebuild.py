from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amparo.errors import AmparoError
from amparo.ledger import book


class Command(BaseCommand):
    help = "Make summaries, ties and looks anew from the log, and say which were not what the log says."

    requires_system_checks = ()  # works before the installation is sound

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", type=int, help="epoch seconds, if not the present")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = book.rebuild(options["now"])
        except AmparoError as fault:
            raise CommandError(str(fault)) from fault
        for difference in found:
            self.stdout.write(f"{difference.case}: {difference.what} made anew")
        self.stdout.write(
            f"{len(found)} differences, all made anew." if found else "Everything was as the log says."
        )
