"""Show how long and how deep our functions, modules and tests are, beside what calm repositories measure.

    make house

Nothing here passes or fails. Look at it before finishing; never cut a good function in two to please it.
"""

import ast
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

Function = ast.FunctionDef | ast.AsyncFunctionDef
DEEPER = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


@dataclass(frozen=True)
class Measured:
    """One function as it stands in its file."""

    where: str
    lines: int
    depth: int
    parameters: int


def main() -> None:
    ours = [measure(path, node) for path, node in functions(ROOT / "amparo")]
    tests = [measure(path, node) for path, node in functions(ROOT / "tests") if node.name.startswith("test_")]
    modules = {
        name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python(ROOT / "amparo")
    }
    show(ours, tests, modules)


def python(folder: Path) -> list[Path]:
    """The Python files below a folder; migrations are written by a machine."""
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def functions(folder: Path) -> Iterator[tuple[Path, Function]]:
    """Every function and method below a folder, with its file."""
    for path in python(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield path, node


def measure(path: Path, node: Function) -> Measured:
    """The length is that of the whole function, from `def` to its last line."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return Measured(
        where=f"{name(path)}:{node.lineno} {node.name}",
        lines=(node.end_lineno or node.lineno) - node.lineno + 1,
        depth=deepest(node.body),
        parameters=len([one for one in arguments if one.arg not in ("self", "cls")]),
    )


def deepest(body: Sequence[ast.stmt]) -> int:
    """How many blocks lie inside one another, at most; a function inside a function is counted by itself."""
    return max((_depth(statement) for statement in body), default=0)


def _depth(statement: ast.stmt) -> int:
    if isinstance(statement, (*DEEPER, ast.ClassDef)):
        return isinstance(statement, DEEPER) + max(deepest(block) for block in _blocks(statement))
    return 0


def _blocks(statement: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    """The bodies of a statement. `elif` is an `if` alone in an `else`, and no deeper than its `if`."""
    for field in ("body", "orelse", "finalbody"):
        block: list[ast.stmt] = getattr(statement, field, [])
        chained = field == "orelse" and len(block) == 1 and isinstance(block[0], ast.If)
        yield from _blocks(block[0]) if chained else [block]
    for part in [*getattr(statement, "handlers", []), *getattr(statement, "cases", [])]:
        yield part.body


def show(ours: list[Measured], tests: list[Measured], modules: dict[str, int]) -> None:
    """Print the table and the longest of each kind."""
    flat = 100 * sum(one.depth <= 2 for one in ours) / len(ours)
    print("                              ours             calm repositories")
    print(f"function lines, median/p90/max  {spread([one.lines for one in ours]):15}  6 / 22 / few above 40")
    print(f"  above 40                      {sum(one.lines > 40 for one in ours)} of {len(ours)}")
    print(f"nesting of at most 2            {flat:.0f} %             95 %")
    print(f"parameters, median/p90/max      {spread([one.parameters for one in ours])}")
    print(f"module lines, median/p90/max    {spread(list(modules.values())):15}  at most 400")
    print(f"test lines, median/p90/max      {spread([one.lines for one in tests]):15}  at most 8")
    longest("Longest functions", {one.where: one.lines for one in ours})
    longest("Longest modules", modules)
    longest("Deepest functions", {one.where: one.depth for one in ours})
    longest("Most parameters", {one.where: one.parameters for one in ours})
    longest("Longest tests", {one.where: one.lines for one in tests})


def spread(numbers: list[int]) -> str:
    """Median / ninth decile / largest."""
    if len(numbers) < 2:
        return " / ".join(map(str, numbers)) or "none"
    return f"{statistics.median(numbers):g} / {statistics.quantiles(numbers, n=10)[8]:.0f} / {max(numbers)}"


def longest(title: str, numbers: dict[str, int]) -> None:
    print(f"\n{title}")
    for what in sorted(numbers, key=lambda one: (-numbers[one], one))[:5]:
        print(f"  {numbers[what]:5}  {what}")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
