import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from amparo.people.guard import ensure_safe_start


class Command(BaseCommand):
    help = "Serve the pages with gunicorn, on this machine alone unless told otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--bind", default="127.0.0.1:8000", help="address and port (default: 127.0.0.1:8000)"
        )
        parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
        parser.add_argument("--threads", type=int, default=4, help="threads in each (default: 4)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ensure_safe_start()
        except ImproperlyConfigured as fault:
            raise CommandError(str(fault)) from fault
        arguments = [
            sys.executable, "-m", "gunicorn", "amparo.wsgi:application", "--bind", options["bind"],
            "--workers", str(options["workers"]), "--threads", str(options["threads"]),
        ]  # fmt: skip
        sys.stdout.flush()
        os.execv(sys.executable, arguments)
