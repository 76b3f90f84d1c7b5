from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from amparo.errors import AmparoError
from amparo.ledger import book


class Command(BaseCommand):
    help = "Read the whole log and say whether it is what was written, and what no root protects yet."

    requires_system_checks = ()  # works before the installation is sound

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--roots", type=Path, help="the file of roots kept outside (default: the settings')"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = book.verify(options["roots"])
        except AmparoError as fault:
            raise CommandError(str(fault)) from fault
        for line in report.sentences:
            self.stdout.write(line)
        if report.faults:
            raise CommandError(f"{len(report.faults)} faults: the log is not what was written.")
