"""What the page of services draws."""

from __future__ import annotations

from dataclasses import dataclass

from amparo.desk.context import Fault, Form, Nothing, Pair


@dataclass(frozen=True)
class Known:
    """What is known of a service now.

    free: the places, in words; '' where they are to be asked. told: since when. full: none was free when it told.
    ask: in the place of a number that is not there or too old to be sent across town for. line: way, hours, languages.
    takes: code -> yes or no, of what is known.
    """

    free: str = ""
    told: str = ""
    full: bool = False
    ask: Nothing | None = None
    line: str = ""
    takes: tuple[tuple[str, bool], ...] = ()

    @property
    def rank(self) -> int:
        """Free places first, then who is to be asked, then who is full."""
        return 2 if self.full else 1 if self.ask else 0


@dataclass(frozen=True)
class Service:
    """One service of the list."""

    id: str
    name: str
    helps: str
    phone: str
    dial: str
    known: Known
    pairs: tuple[Pair, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class ServicesPage:
    """Every service that this role may refer to; to a service, itself alone."""

    title: str
    lead: str
    services: tuple[Service, ...]
    action: str
    forms: tuple[Form, ...] = ()
    faults: tuple[Fault, ...] = ()
    faults_title: str = ""
    key: str = ""
    seen: str = ""
    first: None = None
