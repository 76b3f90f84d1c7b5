from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from amparo.errors import AmparoError
from amparo.people.keys import ring
from amparo.people.seal import fingerprint, new_ring, write_ring


class Command(BaseCommand):
    help = "Make the key ring of a new installation. Keep a copy apart from the database's."

    requires_system_checks = ()  # works before the installation is sound

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--show", action="store_true", help="only print the fingerprint of the ring there is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.AMPARO_KEY_FILE)
        try:
            if not options["show"]:
                write_ring(path, new_ring())
            self.stdout.write(f"Key ring {fingerprint(ring())} at {path}")
        except AmparoError as fault:
            raise CommandError(str(fault)) from fault
