"""The page of commands lists what there is: every command, every option, no other."""

import argparse
import re

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from amparo import commands
from amparo.commands import simulating, studying
from amparo.commands.running import COMMANDS
from tests.docs import pages

PAGE = pages.DOCS / "reference" / "commands.md"
HEADING = re.compile(r"^## amparo (?P<name>\w+)$", re.MULTILINE)
CALLED = re.compile(r"(?:^|bin/|\$ )amparo (?P<rest>[a-z]+(?: [^`\n]*)?)", re.MULTILINE)
DJANGOS = {"migrate"}
"""Commands of Django's own: their options are not listed."""


def there() -> dict[str, argparse.ArgumentParser]:
    """The sub-commands of `amparo`, each with the parser that knows its options."""
    top = next(a for a in commands.parser()._actions if isinstance(a, argparse._SubParsersAction))
    own = {"simulate": simulating.grammar(), "study": studying.grammar()}
    return {
        name: _django(name) if name in COMMANDS else own.get(name, one) for name, one in top.choices.items()
    }


def _django(name: str) -> argparse.ArgumentParser:
    return load_command_class(get_commands()[name], name).create_parser("amparo", name)


def listed(name: str) -> set[str]:
    """The options and arguments in a command's table: `--file`, `PROGRAMME`."""
    heading = f"## amparo {name}" if name else "## amparo"
    cells = (row[0].strip("`").partition(" ")[0] for row in pages.rows(PAGE, heading))
    return {cell.rstrip("…") for cell in cells}


def known(parser: argparse.ArgumentParser) -> set[str]:
    """The options and arguments that a command has of its own."""
    base = BaseCommand().create_parser("amparo", "any")
    common = {word for action in base._actions for word in action.option_strings} | {"-h", "--help"}
    options = {word for action in parser._actions for word in action.option_strings} - common
    return options | {action.dest.upper() for action in parser._actions if not action.option_strings}


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    assert sorted(HEADING.findall(pages.text(PAGE))) == sorted(there())


@pytest.mark.parametrize("name", sorted(set(HEADING.findall(pages.text(PAGE))) - DJANGOS))
def test_the_options_of_a_command_are_listed(name: str) -> None:
    assert listed(name) == known(there()[name])


def test_the_options_of_the_whole_are_listed() -> None:
    assert listed("") == {"--version"}
    with pytest.raises(SystemExit) as left:
        commands.main(["--version"])
    assert left.value.code == 0


def test_commands_named_anywhere_in_the_documentation_exist() -> None:
    strange = {
        f"{pages.name(page)}: amparo {word}"
        for page in pages.pages()
        for word in _called(pages.text(page))
        if word not in there()
    }
    assert strange == set()


def test_options_named_anywhere_in_the_documentation_exist() -> None:
    strange = [
        f"{pages.name(page)}: amparo {found['rest']}"
        for page in pages.pages()
        for found in CALLED.finditer(_code(pages.text(page)))
        for option in re.findall(r"(?<=\s)--[a-z-]+", found["rest"])
        if option not in known(there()[found["rest"].split()[0]]) | {"--help"}
    ]
    assert strange == []


def _called(text: str) -> set[str]:
    return {found["rest"].split()[0] for found in CALLED.finditer(_code(text))}


def _code(text: str) -> str:
    """What stands in blocks and between backticks: only there `amparo` is the command."""
    fenced = [one["text"] for one in pages.FENCE.finditer(text)]
    return "\n".join([*fenced, *re.findall(r"`(?:\S*/)?(amparo [^`\n]+)`", pages.FENCE.sub("", text))])
