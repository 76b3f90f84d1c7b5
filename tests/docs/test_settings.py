"""The page of settings is what the settings are."""

import ast
import re

from amparo import settings
from tests.docs import pages

PAGE = pages.DOCS / "reference" / "settings.md"
VARIABLE = re.compile(r"\bAMPARO_[A-Z_]+\b")


def test_the_page_names_the_variables_of_the_settings_in_their_order() -> None:
    assert _first_cells(pages.text(PAGE)) == _first_cells(settings.__doc__ or "")


def test_the_settings_read_no_variable_that_the_page_lacks() -> None:
    known = {*_first_cells(pages.text(PAGE)), *re.findall(r"`(PG[A-Z]+)`", pages.text(PAGE))}
    assert _read() - known == set()


def test_a_variable_named_anywhere_in_the_documentation_exists() -> None:
    known = {*_first_cells(pages.text(PAGE)), "AMPARO_WORLD"}  # of the journeys: tests/journeys/conftest.py
    strange = {
        f"{pages.name(page)}: {word}"
        for page in pages.pages()
        for word in _variables(pages.text(page)) - known
    }
    assert strange == set()


def _first_cells(table: str) -> list[str]:
    return re.findall(r"^\| `(AMPARO_\w+)` \|", table, re.MULTILINE)


def _variables(text: str) -> set[str]:
    return set(VARIABLE.findall(text))


def _read() -> set[str]:
    """The names that the module asks the environment for."""
    tree = ast.parse((pages.ROOT / "amparo" / "settings.py").read_text(encoding="utf-8"))
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_environ(node.func)]
    return {ast.literal_eval(node.args[0]) for node in asked}


def _is_environ(called: ast.expr) -> bool:
    return ast.unparse(called) == "os.environ.get"
