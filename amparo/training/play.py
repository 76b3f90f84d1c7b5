"""Telling the stories: every request goes to the ledger at its own time, and between them the clocks speak.

All stories are told side by side in the order of time, so that one case learns of another when that opens.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from amparo.cases import clocks, words
from amparo.cases.fold import fold
from amparo.cases.model import Case, Event, Refusal, Request
from amparo.errors import AmparoError
from amparo.ledger import book, casefile, papers, ticking
from amparo.ledger.memo import once
from amparo.pathways import calendar
from amparo.pathways.model import Pathway
from amparo.people import staff
from amparo.people.models import Account
from amparo.people.store import Record
from amparo.training import lines, settle, times
from amparo.training.bench import Bench, bench
from amparo.training.lines import Scene
from amparo.training.times import When
from amparo.training.world import Story, World, Written

ROUND = 60 * 86_400
"""Seconds between two ticks over all cases: boxes, roots, and words whose time is over."""


LAST_HOURS = 10 * 3600
"""Seconds before the moment of handing over that are squeezed where it is still to come."""
READ_ANEW = ("step.annulled", "case.transferred", "case.received")


class Fault(AmparoError):
    """A story that the engine does not let happen."""


class Task(NamedTuple):
    """Something to be done at a time; `order` is when it came up, so that equal times have one order."""

    at: int
    order: int
    what: Callable[[int], None]


class Speaker(NamedTuple):
    """Who sends a request, in which role, and for which body ('' where the role acts by itself)."""

    account: Account
    role: str
    body: str = ""


class Told:
    """One story while it is being told: its case, the time of its last line, the stages it has been in, the tests
    that were seen to.
    """

    def __init__(self, story: Story, number: int, person: Record) -> None:
        self.story, self.number, self.person = story, number, person
        self.case_id = ""
        self.case: Case | None = None
        self.rest: Iterator[Written] = iter(story.lines)
        self.line, self.at, self.decided = 0, 0, 0
        self.stages: list[str] = []
        self.tests: set[str] = set()

    @property
    def site(self) -> str:
        """Where the case lies; one that is on its way lies where it is sent."""
        return (self.case.to_site or self.case.site.code) if self.case else self.story.site


class Player:
    """Tells all stories of a world, up to the moment of the day of building at which it is handed over.

    Where that moment has not come yet, the stories' last hours are squeezed into what there is of them:
    nothing lies in the future of `now`.

    What nobody has to write into each story is left to `amparo.training.routine`, by way of `seated`,
    `decided` and `written`.
    """

    def __init__(
        self, world: World, pathway: Pathway, today: date, now: int | None, seen: Callable[[str], None]
    ) -> None:
        self.world, self.pathway, self.today, self.seen = world, pathway, today, seen
        self.ways = {code: settle.way(world, pathway, code) for code in world.sites}
        self.sites = {code: papers.site_on_paper(code, way, day=today) for code, way in self.ways.items()}
        self.accounts = {
            key: Account.objects.get(pk=settle.account_id(key, one)) for key, one in world.staff.items()
        }
        people = {key: settle.record(one, today) for key, one in world.people.items()}
        self.told = tuple(Told(story, n, people[story.person]) for n, story in enumerate(world.stories))
        self.tasks: list[Task] = []
        self.count = 0
        self.whole = self.time(f"today {world.moment}", next(iter(self.sites)))
        self.moment = self.whole if now is None else min(self.whole, now)

    def play(self) -> None:
        """Everything, in order of time. Raises `Fault` with the story and the line that cannot be."""
        for told in self.told:
            told.at = self.time(told.story.opens["at"], told.story.site)
            self.later(self.squeezed(told.at), partial(self._say, told, told.story.opens))
        self.later(min(task.at for task in self.tasks), self._round)
        while self.tasks:
            task = heapq.heappop(self.tasks)
            if task.at <= self.moment:
                task.what(task.at)
        ticking.tick(self.moment)

    # -------------------------------------------------------------------------------------------- time
    def later(self, at: int, what: Callable[[int], None]) -> None:
        """Put something into the order of time. What comes after the world is handed over does not happen."""
        self.count += 1
        heapq.heappush(self.tasks, Task(at, self.count, what))

    def time(self, written: str, site: str, line: int = 0, case: Case | None = None) -> int:
        """The instant of a written time at a site. Raises `AmparoError` for what is none."""
        found = times.instant(written, self.when(site, line, case))
        if found is None:
            raise AmparoError(f"'{written}' is no time that a story can tell")
        return found

    def squeezed(self, at: int) -> int:
        """When something really happens that a story tells for a time of the last hours."""
        begins = self.whole - LAST_HOURS
        if at <= begins or self.moment == self.whole:
            return at
        return begins + (at - begins) * (self.moment - begins) // LAST_HOURS

    def when(self, site: str, line: int, case: Case | None = None) -> When:
        there = self.sites[site]
        return When(self.today, there.zone, there.holidays, line, case)

    def day(self, site: str, at: int) -> date:
        return calendar.day_of(at, self.sites[site].zone)

    def _round(self, at: int) -> None:
        self.seen(f"  {self.day(next(iter(self.sites)), at)}")
        ticking.tick(at)
        self.later(at + ROUND, self._round)

    def _wake(self, told: Told, after: int) -> None:
        """Let the clocks of the case speak when the next one has something to say."""
        case = told.case
        at = clocks.wake(case.pathway, case, after, drawn=True) if case else None
        if case is not None and at is not None:
            self.later(at, partial(self._look, told, case.seq))

    def _look(self, told: Told, seq: int, at: int) -> None:
        if told.case is not None and told.case.seq == seq:
            ticking.look(told.case_id, at)
            told.case = casefile.load(told.case_id, now=at).case
            self.asked(told, at)
            self._wake(told, at + 1)

    # -------------------------------------------------------------------------------------------- lines
    def _next(self, told: Told) -> None:
        """Put the story's next line where it belongs in time."""
        line = next(told.rest, None)
        if line is not None:
            told.line += 1
            told.at = self._placed(told, line)
            self.later(self.squeezed(told.at), partial(self._say, told, line))

    def _placed(self, told: Told, line: Written) -> int:
        try:
            at = self.time(line["at"], told.site, told.at, told.case)
        except (AmparoError, ValueError, KeyError) as fault:
            raise self._fault(told, line, str(fault)) from fault
        if not told.at <= at <= self.whole:
            day = calendar.local(at, self.sites[told.site].zone)
            raise self._fault(
                told, line, f"{day:%Y-%m-%d %H:%M} is before the line above, or after the world's moment"
            )
        return at

    def _say(self, told: Told, line: Written, at: int) -> None:
        try:
            self._send(told, line, at)
        except (AmparoError, ValueError, KeyError) as fault:
            raise self._fault(told, line, f"{type(fault).__name__}: {fault}") from fault
        self._next(told)

    def _send(self, told: Told, line: Written, at: int) -> None:
        """One line's request. A body's line finds its sitting open."""
        speaker = self.speaker(told, line["by"], at)
        if not speaker.body:
            if body := self._sat_through(line):
                self.seated(told, self._seats(told, line, body, at), at)
            seats = self._seats(told, line, self._sets(line), at) if self._sets(line) else None
            self.record(told, speaker, lines.request(line, self.scene(told, speaker, at, seats)), at)
            return
        seats = self._seats(told, line, speaker.body, at)
        self.seated(told, seats, at)
        chair = speaker._replace(account=Account.objects.get(pk=seats.chair))
        self.record(told, chair, lines.request(line, self.scene(told, chair, at, seats)), at)
        self.decided(told, at)

    def _sat_through(self, line: Written) -> str:
        """The body that has to sit while this step is taken, '' if none."""
        step = self.pathway.steps.get(line.get("step", ""))
        return step.needs.body if step is not None and step.needs is not None else ""

    def _sets(self, line: Written) -> str:
        """The body whose sitting this line sets, '' if it sets none."""
        return next(iter(self.pathway.sittings.values())).body if line.get("sit") == "set" else ""

    def _seats(self, told: Told, line: Written, body: str, at: int) -> Bench:
        """Of those with a mandate that day, who has not stepped back in this case."""
        mandates = once(staff.mandates, told.site, self.day(told.site, at), body)
        gone = told.case.sitting.recused if told.case and told.case.sitting else {}
        free = {who: qualities for who, qualities in mandates.items() if who not in gone}
        return bench(line.get("sitting", {}), free, self.ways[told.site].bodies[body])

    def scene(self, told: Told, speaker: Speaker, at: int, seats: Bench | None = None) -> Scene:
        """Where a request of the story is made."""
        when, given = self.when(told.site, at, told.case), self.world.routine["given"]
        accounts = {key: account.pk for key, account in self.accounts.items()}
        return Scene(
            self.ways[told.site],
            told.case,
            when,
            told.person,
            speaker.account.pk,
            speaker.role,
            given,
            seats,
            accounts,
        )

    def record(self, told: Told, speaker: Speaker, request: Request, at: int) -> None:
        """Send a request for the case of a story. Raises `AmparoError` if it is refused."""
        answer = self.ask(told, speaker, request, at)
        if isinstance(answer, Refusal):
            there = self.sites[told.site]
            said = words.sentence(answer, "en", self.ways[told.site], there.zone, there.areas)
            raise AmparoError(f"{answer.code} {answer.detail}: {' · '.join(said)}")

    def ask(self, told: Told, speaker: Speaker, request: Request, at: int) -> Refusal | None:
        """Send a request; what it wrote is looked at for what follows of itself."""
        self.count += 1
        answer = book.record(
            speaker.account,
            told.case_id or None,
            request,
            f"{told.story.name} {self.count}",
            person=settle.person_id(told.story.person),
            programme=self.pathway.id,
            site=told.story.site,
            now=at,
        )
        if isinstance(answer, Refusal):
            return answer
        self._written(told, answer, at)
        return None

    def _written(self, told: Told, recorded: book.Recorded, at: int) -> None:
        told.case_id = recorded.case_id
        told.case = self._grown(told, recorded.events, at)
        told.stages += [event.data["to"] for event in recorded.events if event.kind == "step.taken"]
        self._wake(told, at)
        self.asked(told, at)
        self.written(told, recorded.events, at)

    def _grown(self, told: Told, events: tuple[Event, ...], at: int) -> Case:
        """The state after these events; read anew where something else was written, or was taken back."""
        case = told.case
        follows = case is not None and events[0].seq == case.seq + 1
        if case is None or not follows or any(event.kind in READ_ANEW for event in events):
            return casefile.load(told.case_id, now=at).case
        return fold(case.pathway, self.sites[told.site], events, case)

    def _fault(self, told: Told, line: Written, why: str) -> Fault:
        what, about = next(iter(line.items()))
        named = about if isinstance(about, str) else about[-1]["step"] if isinstance(about, list) else ""
        return Fault(f"Story {told.story.name}, line {told.line} ({what}: {named}): {why}")

    # -------------------------------------------------------------------------------------------- who
    def speaker(self, told: Told, by: str, at: int) -> Speaker:
        """Whom a line names: somebody of the staff, a role, or a body.

        Of several who have the role at the site that day, a story keeps to one.
        """
        if by in self.world.staff:
            return Speaker(self.accounts[by], self.world.staff[by]["role"])
        body = by if by in self.pathway.bodies else ""
        role = next(iter(self.pathway.bodies[by].made_of)) if body else by
        there = {
            one.pk for one in once(staff.holders, told.site, self.pathway.id, role, self.day(told.site, at))
        }
        found = [account for account in self.accounts.values() if account.pk in there]
        if not found:
            raise AmparoError(f"nobody is {by} at {told.site} that day")
        return Speaker(found[told.number % len(found)], role, body)

    # ------------------------------------------------------------------------------------------ what follows
    def seated(self, told: Told, seats: Bench, at: int) -> None:
        """A body is about to act."""

    def decided(self, told: Told, at: int) -> None:
        """A body has acted."""

    def written(self, told: Told, events: tuple[Event, ...], at: int) -> None:
        """A request was written."""

    def asked(self, told: Told, at: int) -> None:
        """The clocks have spoken: a test may have been asked for."""
