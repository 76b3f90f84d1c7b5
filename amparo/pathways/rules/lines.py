"""Source in the making."""

from collections.abc import Iterator
from contextlib import contextmanager


class Lines:
    """Source in the making: its lines, its fresh numbers, and the variables that hold what `get` gave."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, str] = {}
        self.indent = ""
        self.count = 0

    def line(self, text: str) -> None:
        self.lines.append(self.indent + text)

    @contextmanager
    def indented(self) -> Iterator[None]:
        before, self.indent = self.indent, self.indent + "    "
        yield
        self.indent = before

    def fresh(self) -> int:
        self.count += 1
        return self.count

    def local(self, name: str) -> str:
        """The variable that holds what `get` gives for a name."""
        return self.names.setdefault(name, f"x{len(self.names)}")

    def loads(self) -> list[str]:
        return [f"{variable} = get({name!r})" for name, variable in self.names.items()]
