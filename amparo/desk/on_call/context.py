"""What the page of who is on call draws, and the line that stands where somebody is to be called."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Fault, Form


@dataclass(frozen=True)
class Turn:
    """Somebody on call. name: '' where nobody is. dial: the phone as it is dialled. now: it is their turn."""

    name: str
    time: str
    phone: str = ""
    dial: str = ""
    now: bool = False


@dataclass(frozen=True)
class Call:
    """Who is on call for a role now, and whom to call if nobody answers: the next on the rota, then the office.
    office: its phone as it is dialled, '' if it has none.
    """

    role: str
    turn: Turn
    otherwise: str = ""
    next: Turn | None = None
    office: str = ""


@dataclass(frozen=True)
class RotaOf:
    """A role's turns, the present one first. form: for who may say who is on call."""

    role: str
    title: str
    turns: tuple[Turn, ...]
    form: Form | None


@dataclass(frozen=True)
class OnCallPage:
    """Every role of the programme that can be called."""

    rotas: tuple[RotaOf, ...]
    action: str
    faults: tuple[Fault, ...] = ()
    faults_title: str = ""
    key: str = ""
    seen: str = ""
    first: None = None
