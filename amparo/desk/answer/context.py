"""What a service sees behind its link."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Fault, Pair, Row


@dataclass(frozen=True)
class House:
    """Who asks: the site's name, where it is and how to ring it. Nothing of the program."""

    name: str
    where: str


@dataclass(frozen=True)
class Choice:
    """One of the four answers, with what it means and what it asks."""

    value: str
    title: str
    means: str
    checked: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class AnswerPage:
    """state: open, answered, called, or closed; of a closed page nothing else is filled in. free: what the service may
    say of its places, which concerns nobody in particular.
    """

    state: str
    title: str
    house: House | None = None
    lead: str = ""
    says: str = ""
    choices: tuple[Choice, ...] = ()
    words: Row | None = None
    pairs: tuple[Pair, ...] = ()
    faults: tuple[Fault, ...] = ()
    why: str = ""
    instead: str = ""
    free: tuple[Row, ...] = ()
