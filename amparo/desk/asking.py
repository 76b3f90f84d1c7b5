"""Rows of small forms, each in one line."""

from __future__ import annotations

from collections.abc import Iterable

from amparo.desk.context import Audience, Control, Option, Row
from amparo.desk.drawing import control
from amparo.desk.scene import Scene
from amparo.desk.typed import field_id, one
from amparo.pathways.model import Type

INSTANT, DATE, COUNT, TEXT = Type("instant"), Type("date"), Type("count"), Type("text")


def line(scene: Scene, name: str, label: str, why: str = "") -> Row:
    """One line of text that is no free text: a room, a number, a proof."""
    return Row(Control("line", name, field_id(name), label, one(scene.typed, name)), why=why)


def words(scene: Scene, name: str, label: str, readers: Audience, why: str = "") -> Row:
    """A free-text box with its readers above it."""
    drawn = Control(
        "words", name, field_id(name), label, (scene.typed.get(name) or ("",))[-1], audience=readers
    )
    return Row(drawn, why=why, wide=True)


def of_type(scene: Scene, type_: Type, name: str, label: str, why: str = "") -> Row:
    """A question of a type."""
    return Row(control(scene.d, type_, name, label, scene.typed), why=why)


def pick_one(scene: Scene, name: str, label: str, options: Iterable[tuple[str, str]], why: str = "") -> Row:
    """One of several answers, drawn by how many and how long they are."""
    chosen = one(scene.typed, name)
    drawn = tuple(Option(value, said, value == chosen) for value, said in options)
    short = len(drawn) <= 4 and sum(len(o.words) for o in drawn) <= 40
    kind = "select" if len(drawn) >= 8 else "segments" if short else "answers"
    return Row(Control(kind, name, field_id(name), label, options=drawn, wide="across"), why=why)


def pick_some(scene: Scene, name: str, label: str, options: Iterable[tuple[str, str]], why: str = "") -> Row:
    """Any of several answers."""
    chosen = set(scene.typed.get(name) or ())
    drawn = tuple(Option(value, said, value in chosen) for value, said in options)
    return Row(Control("checks", name, field_id(name), label, options=drawn, wide="across"), why=why)
