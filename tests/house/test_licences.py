"""What Amparo runs with: no more than is pinned, and nothing that asks for more than our own licence does."""

import ast
import re
import sys
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house import source

PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|0BSD|MPL|Mozilla|Unlicense)\b", re.I
)
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|GNU|EUPL|SSPL|Commons Clause)", re.I)


def pinned(name: str) -> list[str]:
    """The packages of a pinned list that this machine installs."""
    lines = (source.ROOT / "requirements" / name).read_text().splitlines()
    wanted = [Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[a-z]", line)]
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate()]


def licence(package: Distribution) -> str:
    """What a package says of its licence, in the newer way or the older; else its licence file begins so."""
    data = package.metadata
    classified = [line for line in data.get_all("Classifier", []) if line.startswith("License ::")]
    said = [data.get("License-Expression") or "", (data.get("License") or "")[:200], *classified]
    return " / ".join(filter(None, said)) or _first_lines(package)


def _first_lines(package: Distribution) -> str:
    texts = [
        Path(str(package.locate_file(file))) for file in package.files or () if "LICEN" in file.name.upper()
    ]
    return " / ".join(text.read_text(encoding="utf-8")[:200] for text in texts)


@pytest.mark.parametrize("name", pinned("base.txt"))
def test_what_a_running_site_needs_is_permissive(name: str) -> None:
    said = licence(distribution(name))
    assert PERMISSIVE.search(said) and not COPYLEFT.search(said), f"{name}: {said or 'says nothing'}"


def test_the_driver_for_postgresql_is_the_one_exception() -> None:
    assert "psycopg" not in " ".join(pinned("base.txt"))
    others = [name for name in pinned("postgres.txt") if not name.startswith("psycopg")]
    assert [name for name in others if COPYLEFT.search(licence(distribution(name)))] == []


def test_pinned_lists_name_every_hash_and_no_place() -> None:
    for path in (source.ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        assert "://" not in text
        packages, pinned_ones = (
            re.findall(r"^\w", text, re.M),
            re.findall(r"^\S+==.*\\\n    --hash=sha256:", text, re.M),
        )
        assert len(packages) == len(pinned_ones) > 0, path.name


def test_the_program_imports_only_what_a_site_installs() -> None:
    owners = packages_distributions()
    installed = {_plain(name) for name in (*pinned("base.txt"), *pinned("postgres.txt"))}
    foreign = {
        name
        for name in _imported() - {"amparo"}
        if not installed & {_plain(one) for one in owners.get(name, ())}
    }
    assert foreign == set()


def _imported() -> set[str]:
    """The top names of everything the package imports, the standard library aside."""
    nodes = [node for path in source.modules() for node in ast.walk(source.tree(path))]
    plain = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    from_ = {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.split(".")[0] for name in plain | from_} - sys.stdlib_module_names


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
