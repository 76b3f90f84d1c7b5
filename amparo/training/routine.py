"""What happens of itself in every story, so that nobody has to write it down each time.

Sittings are opened with those who sit and closed after the last decision; letters of a decision are handed
over in the room; notices leave with the post of the day, and their receipts come back. A story's `leaves`
names the letters and notices that it sees to by itself, or that are still to be seen to at the end; `tests`: the
tests that the lot asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from amparo.cases import testing
from amparo.cases.model import Event, Refusal, Request
from amparo.errors import AmparoError
from amparo.training import lines
from amparo.training.bench import Bench
from amparo.training.play import Player, Told
from amparo.training.world import Written

MINUTE = 60
AT_ONCE, HANDED_AFTER, CLOSED_AFTER = 2 * MINUTE, 15 * MINUTE, 25 * MINUTE
FALLS_AWAY = ("no_such", "not_here")
"""Refusals with which a routine act falls away: the story saw to it already, or the case has ended."""


class Routine(Player):
    """A player that does the routine of a world."""

    def seated(self, told: Told, seats: Bench, at: int) -> None:
        """Open a sitting with these members, unless they sit already."""
        assert told.case is not None
        now = told.case.sitting
        if now is None or now.state != "open" or (now.present, now.impeded) != (seats.present, seats.impeded):
            who = {
                "present": seats.present,
                "impeded": seats.impeded,
                "vacant": seats.vacant,
                "chair": seats.chair,
            }
            kinds = self.ways[told.site].sittings
            args = {"do": "open", "kind": next(iter(kinds)), **who} if kinds else {"do": "open", **who}
            self._do(told, "sits", Request("sit", "", "", args=args), at)

    def decided(self, told: Told, at: int) -> None:
        told.decided = at
        self.later(at + CLOSED_AFTER, partial(self._close, told, at))

    def _close(self, told: Told, decided: int, at: int) -> None:
        if told.decided == decided:
            minutes = self.world.routine["given"]["minutes"]
            self._do(told, "sits", Request("sit", "", "", args={"do": "close", "minutes": minutes}), at)

    def written(self, told: Told, events: tuple[Event, ...], at: int) -> None:
        """Whatever became due is seen to."""
        withheld = {event.data["id"] for event in events if event.kind == "notice.withheld"}
        for event in events:
            if event.data.get("id") not in withheld:
                self._follow(told, event, at)

    def _follow(self, told: Told, event: Event, at: int) -> None:
        id_, routine = event.data.get("id", ""), self.world.routine
        if event.kind == "letter.due" and self._seen_to(
            told, event.data["letter"], routine["hands"]["letters"]
        ):
            args = {"id": id_, **routine["given"]["proof"]}
            self.later(at + HANDED_AFTER, partial(self._paper, told, "hands", "deliver", args))
        if event.kind == "notice.due" and self._seen_to(told, event.data["notice"]):
            args = {"id": id_, "how": routine["sends"]["how"]}
            leaves = (
                at + AT_ONCE if event.data["notice"] in routine["sends"]["at_once"] else self._post(told, at)
            )
            self.later(leaves, partial(self._paper, told, "sends", "send", args))
        if event.kind == "notice.sent" and self.pathway.notices[event.data["notice"]].receipt:
            args = {"id": id_, "receipt": routine["receipts"]["receipt"]}
            back = self.time(routine["receipts"]["after"], told.site, at)
            self.later(back, partial(self._paper, told, "receipts", "receive", args))

    def asked(self, told: Told, at: int) -> None:
        """Tests are answered as they are every day, unless the story leaves them, or answers them itself first."""
        new = [x for x in told.case.tests.values() if x.id not in told.tests] if told.case else []
        for test in new:
            told.tests.add(test.id)
            for line in self.world.routine.get("tests", ()) if self._seen_to(told, "tests") else ():
                when = self.time(line["at"], told.site, test.ordered)
                self.later(max(at, when), partial(self._answer, told, line, test.id))

    def _answer(self, told: Told, line: Written, id: str, at: int) -> None:
        """One act of the routine on a test, by whoever does it at the site; another's classes stand."""
        test = told.case.tests[id] if told.case else None
        act = testing.act(self.pathway, line["step"])
        if (
            test is None
            or act is None
            or test.classed
            or (act.does == "collect" and test.collected is not None)
        ):
            return
        speaker = self.speaker(told, line["by"], at)
        request = lines.request(line, self.scene(told, speaker, at))
        named = request._replace(steps=tuple(do._replace(test=id) for do in request.steps))
        answer = self.ask(told, speaker, named, at)
        if isinstance(answer, Refusal) and answer.code not in FALLS_AWAY:
            raise AmparoError(
                f"Story {told.story.name}, tests: {answer.code} {answer.detail} {answer.params}"
            )

    def _seen_to(self, told: Told, name: str, only: Iterable[str] | None = None) -> bool:
        return name not in told.story.leaves and (only is None or name in only)

    def _post(self, told: Told, at: int) -> int:
        """When the next post leaves."""
        hour = self.world.routine["sends"]["at"]
        days = (self.day(told.site, at) - self.today).days
        leaves = self.time(f"working day {days:+d} {hour}", told.site)
        return leaves if leaves > at else self.time(f"+1 working days {hour}", told.site, at)

    def _paper(self, told: Told, routine: str, verb: str, args: dict[str, Any], at: int) -> None:
        self._do(told, routine, Request(verb, "", "", args=args), at)

    def _do(self, told: Told, routine: str, request: Request, at: int) -> None:
        """A routine act, by whoever does it at the site. Raises `AmparoError` if it is refused otherwise."""
        speaker = self.speaker(told, self.world.routine[routine]["by"], at)
        answer = self.ask(told, speaker, request._replace(role=speaker.role), at)
        if isinstance(answer, Refusal) and answer.code not in FALLS_AWAY:
            raise AmparoError(
                f"Story {told.story.name}, {routine}: {answer.code} {answer.detail} {answer.params}"
            )
