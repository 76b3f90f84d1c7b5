"""Commands about a running installation. Each is a Django management command of the room that it belongs to.

Django must be set up before a room with tables can be imported, so these are found by name and not imported
here.
"""

from __future__ import annotations

import argparse
import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line
from django.db import OperationalError, ProgrammingError

from amparo.errors import AmparoError

COMMANDS = {
    "migrate": "make or update the tables",
    "verify": "read the whole log and report anything altered, removed, reordered or cut off",
    "rebuild": "make the worklist's summaries anew from the log",
    "tick": "let the clocks of all cases run up to now, once; carries out retention",
    "worker": "tick for ever, once a minute",
    "demo": "build the fictional training world if it is not there, and serve it",
    "serve": "serve the pages (production: behind your own web server)",
    "createkeys": "make the key ring of a new installation",
    "site": "make or change a site",
    "account": "make or change an account, its posts and mandates",
    "leave": "let an account go, once its cases are in other hands",
}


def add(commands: Any) -> None:
    """One sub-command each; what follows the name is the management command's own."""
    for name, words in COMMANDS.items():
        one = commands.add_parser(name, help=words, add_help=False)
        one.add_argument("rest", nargs=argparse.REMAINDER)
        one.set_defaults(run=run, name=name)


def run(options: argparse.Namespace) -> int:
    """Hand over to Django; its own errors become one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")
    try:
        execute_from_command_line(["amparo", options.name, *options.rest])
    except (ImproperlyConfigured, CommandError) as fault:
        raise AmparoError(str(fault)) from fault
    except (OperationalError, ProgrammingError) as fault:
        raise AmparoError(
            f"The database is not ready: {fault}. Run `amparo migrate`, or look at AMPARO_DATA."
        ) from fault
    return 0
