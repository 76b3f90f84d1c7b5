"""Commands about a running installation. Each is a Django management command of the room that it belongs to.

Django must be set up before a room with tables can be imported, so these are found by name and not imported
here.
"""

from __future__ import annotations

import argparse
import os
import re
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, ManagementUtility
from django.core.management.base import SystemCheckError, handle_default_options
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


_ISSUE = re.compile(r"^\S*: \(\S+\) (.+)$", re.MULTILINE)
"""One issue of Django's system checks: what it is about, its number, its words."""


def add(commands: Any) -> None:
    """One sub-command each; what follows the name is the management command's own."""
    for name, words in COMMANDS.items():
        one = commands.add_parser(name, help=words, add_help=False)
        one.set_defaults(run=run, name=name, passes_on=True)


def run(options: argparse.Namespace) -> int:
    """Run the management command; whatever it refuses becomes one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.settings")
    if options.name == "demo":  # its rooms exist only in the training world
        os.environ["AMPARO_TRAINING"] = "1"
    try:
        _execute(options.name, options.rest)
    except SystemCheckError as fault:
        raise AmparoError(" ".join(_ISSUE.findall(str(fault))) or str(fault)) from fault
    except (ImproperlyConfigured, CommandError) as fault:
        raise AmparoError(str(fault)) from fault
    except (OperationalError, ProgrammingError) as fault:
        raise AmparoError(
            f"The database is not ready: {fault}. Run `amparo migrate`, or look at AMPARO_DATA."
        ) from fault
    return 0


def _execute(name: str, rest: list[str]) -> None:
    """As Django does it, but errors are raised and not printed."""
    utility = ManagementUtility(["amparo", name, *rest])
    django.setup()
    command = utility.fetch_command(name)
    options = vars(command.create_parser("amparo", name).parse_args(rest))
    arguments = options.pop("args", ())
    handle_default_options(argparse.Namespace(**options))
    command.execute(*arguments, **options)
