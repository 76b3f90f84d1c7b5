"""Commands about definitions: they read files and print; no database."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from amparo.cases import examples, mutants, propose
from amparo.errors import AmparoError
from amparo.lens import examples_hook
from amparo.pathways import check, reader


def add(commands: Any) -> None:
    """check, examples."""
    one = commands.add_parser(
        "check", help="read definitions and report every fault, with its place and remedy"
    )
    one.add_argument(
        "programme",
        nargs="*",
        help="a programme's id, or the path of its folder; all shipped ones if none is named",
    )
    one.set_defaults(run=check_programmes)
    one = commands.add_parser(
        "examples", help="run the examples of definitions; the last line is `N held, M failed`"
    )
    one.add_argument("programme", nargs="*")
    one.add_argument("--file", type=Path, help="examples kept elsewhere, for the one programme named")
    one.add_argument(
        "--mutate",
        action="store_true",
        help="change the definition, one thing at a time, and print every change that no example notices",
    )
    one.add_argument(
        "--propose",
        action="store_true",
        help="with --mutate: for each such change print an example that would notice it, to be accepted or refused",
    )
    one.set_defaults(run=run_examples)


def named(options: argparse.Namespace) -> tuple[str, ...]:
    """The programmes named, or all that are shipped."""
    return tuple(options.programme) or reader.programmes(folders())


def folders() -> tuple[Path, ...]:
    """Where this installation keeps programmes of its own (`AMPARO_PROGRAMMES`)."""
    return tuple(Path(one) for one in os.environ.get("AMPARO_PROGRAMMES", "").split(os.pathsep) if one)


def check_programmes(options: argparse.Namespace) -> int:
    errors = 0
    for name in named(options):
        for profile in ("", *reader.profiles(name, folders())):
            pathway = reader.named(name, folders(), profile)
            errors += _found(name, profile, check.check(pathway))
    return 1 if errors else 0


def _found(name: str, profile: str, findings: tuple[check.Finding, ...]) -> int:
    """Prints the findings of a programme, or of one of its profiles; how many of them are errors."""
    for finding in findings:
        print(finding)
    wrong = sum(not finding.warn for finding in findings)
    print(f"{name}{f' with {profile}' if profile else ''}: {wrong} errors, {len(findings) - wrong} warnings")
    return wrong


def run_examples(options: argparse.Namespace) -> int:
    if options.file and len(options.programme) != 1:
        raise AmparoError("`--file` goes with exactly one programme: amparo examples --file FILE PROGRAMME")
    if options.propose and not options.mutate:
        raise AmparoError("`--propose` goes with `--mutate`: amparo examples --mutate --propose PROGRAMME")
    return mutate(options) if options.mutate else hold(options)


def hold(options: argparse.Namespace) -> int:
    held = failed = 0
    for name in named(options):
        report = examples.run_programme(name, options.file, examples_hook.seen, folders())
        for line in report.lines:
            print(line)
        held, failed = held + report.held, failed + report.failed
    print(f"{held} held, {failed} failed")
    return 1 if failed or not held else 0


def mutate(options: argparse.Namespace) -> int:
    survivors = 0
    for name in named(options):
        report = mutants.mutate(name, examples_hook.seen, folders=folders())
        for line in report.lines:
            print(line)
        if options.propose:
            proposed(name, report)
        survivors += report.survived
    return 1 if survivors else 0


def proposed(name: str, report: mutants.Report) -> None:
    """For each change that no example notices, an example that would; it says so where none is found."""
    for pathway, mutant in report.left:
        found = propose.propose(name, pathway, mutant, examples_hook.seen, folders())
        print(found or f"{mutant.where} {mutant.at}: {mutant.what} · no example found that would notice it")
