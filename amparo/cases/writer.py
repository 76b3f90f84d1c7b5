"""The events of one request while they are being made: numbered, dated, and folded one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from amparo.cases.fold import apply
from amparo.cases.model import Case, Event, Request, Site
from amparo.pathways.model import Pathway


class Writer:
    """Appends events of a request to a case on paper. `case` is always the state after the last of them."""

    def __init__(
        self,
        pathway: Pathway,
        site: Site,
        case: Case | None,
        case_id: str,
        request: Request,
        t: int,
        now: int,
    ) -> None:
        self.pathway, self.site, self.case_id, self.request, self.t, self.now = (
            pathway,
            site,
            case_id,
            request,
            t,
            now,
        )
        self.state = case
        self.loaded = case.seq if case else 0
        self.events: list[Event] = []

    @property
    def case(self) -> Case:
        assert self.state is not None
        return self.state

    @property
    def next_seq(self) -> int:
        return (self.state.seq if self.state else 0) + 1

    def take(self, events: Iterable[Event]) -> None:
        """Events that are made already, such as those of a tick."""
        for event in events:
            self.state = apply(self.pathway, self.site, self.state, event)
            self.events.append(event)

    def add(self, kind: str, data: Mapping[str, Any]) -> Event:
        """One more event of this request, as of its time."""
        r = self.request
        event = Event(
            self.case_id, self.next_seq, self.t, self.now, r.actor, r.role, kind, data, self.pathway.version
        )
        self.take((event,))
        return event

    def add_own(self, kind: str, data: Mapping[str, Any], letter: str) -> Event:
        """One more event with an id of its own: a letter for its kind, and its number."""
        return self.add(kind, {"id": f"{letter}{self.next_seq}", **data})
