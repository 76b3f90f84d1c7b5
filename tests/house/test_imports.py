"""Imports run down the floors, in the open, and never in a circle."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.house import source

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_imports_run_down_the_floors() -> None:
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])",
    ]
    told = subprocess.run(lint, cwd=source.ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("path", source.modules(), ids=source.name)
def test_no_import_of_ours_hides_in_a_function(path: Path) -> None:
    hidden = [f"line {node.lineno}" for node in _in_functions(source.tree(path)) if _ours(node)]
    assert not hidden, f"{source.name(path)} imports our own code inside a function: {', '.join(hidden)}"


def test_the_search_for_hidden_imports_finds_each_kind() -> None:
    planted = (
        "def f():\n import amparo.x\n from amparo import x\n from . import x\n import_module('amparo.x')\n"
    )
    assert len([node for node in _in_functions(ast.parse(planted)) if _ours(node)]) == 4


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("amparo", cache_dir=None, exclude_type_checking_imports=False)
    below = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert _circle(below) == ""


def test_the_search_for_circles_finds_one() -> None:
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == "a → b → c → a"


def _circle(below: dict[str, set[str]]) -> str:
    """The first circle found, as a sentence; empty if there is none."""
    try:
        TopologicalSorter(below).prepare()
    except CycleError as found:
        around: list[str] = found.args[1]
        start = around.index(min(around))
        around = around[start:-1] + around[:start]
        return " → ".join(reversed([*around, around[0]]))
    return ""


def _in_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for function in ast.walk(tree):
        if isinstance(function, Function):
            yield from (node for statement in function.body for node in ast.walk(statement))


def _ours(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(one.name.split(".")[0] == "amparo" for one in names)
        case ast.ImportFrom(module=module, level=level):
            return level > 0 or (module or "").split(".")[0] == "amparo"
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(name)), *_]
        ):
            return name.split(".")[0] in ("amparo", "")
        case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
            return name.split(".")[0] in ("amparo", "")
    return False
