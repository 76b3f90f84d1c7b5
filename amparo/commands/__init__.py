"""`amparo …`: one function a command. Each exits 0 on success, and non-zero with one clear line otherwise."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from amparo import __version__
from amparo.commands import definitions, running, simulation
from amparo.errors import AmparoError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    grammar = parser()
    options, rest = grammar.parse_known_args(arguments)
    if rest and not options.passes_on:
        grammar.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    try:
        return int(options.run(options))
    except AmparoError as fault:
        print(fault, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe went away: no traceback, and no second error at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = argparse.ArgumentParser(
        prog="amparo", description="Runs programmes that answer drug use with support before punishment."
    )
    top.add_argument("--version", action="version", version=f"amparo {__version__}")
    top.set_defaults(passes_on=False)
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    definitions.add(commands)
    running.add(commands)
    simulation.add(commands)
    return top
