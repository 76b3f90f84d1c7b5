"""Several small forms on one page ask the same things: each control gets an id of its own, so that labels
find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import count
from typing import Any, TypeVar, cast

from amparo.desk.context import Control, Form

Page = TypeVar("Page")


def unique(page: Page) -> Page:
    """The page with the ids of its second and later forms numbered. The first form keeps its ids: faults
    lead there.
    """
    return cast(Page, _walked(page, count()))


def _walked(part: Any, numbers: Iterator[int]) -> Any:
    if isinstance(part, Form):
        n = next(numbers)
        return _marked(part, f"{n}-") if n else part
    if isinstance(part, tuple) and not hasattr(part, "_fields"):
        return tuple(_walked(one, numbers) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return _same_but(part, {f.name: _walked(getattr(part, f.name), numbers) for f in fields(part)})
    return part


def _marked(part: Any, mark: str) -> Any:
    if isinstance(part, tuple) and not hasattr(part, "_fields"):
        return tuple(_marked(one, mark) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        changed = {f.name: _marked(getattr(part, f.name), mark) for f in fields(part)}
        if isinstance(part, Control):
            changed["id"] = f"{mark}{part.id}"
        return _same_but(part, changed)
    return part


def _same_but(part: Any, values: dict[str, Any]) -> Any:
    """The same object where nothing changed: pages are plain data, and most of a page is no form."""
    differs = {name: value for name, value in values.items() if value is not getattr(part, name)}
    return replace(part, **differs) if differs else part
