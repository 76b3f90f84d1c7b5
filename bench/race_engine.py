"""One flow of a shipped programme, taken by our engine and by two general ones in one run; every answer is compared.

    .venv-bench/bin/python bench/race_engine.py

The flow is a formal warning (`nz-warning`): proposed by an officer, approved by a sergeant who is not that officer,
issued with its letter, disputed by the person, set aside by a reviewer who did none of it. Eight criteria of the law of
the day guard the approval and the issuing. Three people go through it; some of what is tried is refused, because the
wrong role asks, the same account signs twice, the stage is another, no reasons are given, or the person is too young.

Compared after each request: was it taken, and in which stage does the case stand.

What each does for its time
  Amparo, a whole decide   `decide` and `fold`: beside who, where and guards, the facts told (types, limits, whose word
                           they are), the law in force on the day, clocks, letters and notices, an entry for each, what
                           the decision rested on; a refusal with its rule, what decided, whom to ask and what would do
  Amparo, the move alone   of this, what a state machine does: who, where, how often, criteria and conditions of the
                           step, and the state after the entry of the step (its clocks with it)
  transitions              triggers with conditions (role, apart, facts); nothing is recorded, and a refusal is False
  SpiffWorkflow            a task to be done by hand for each stage, and a choice behind it; its data is the case

Not compared, because the peers have no such thing: a third answer, reasons, versions of the law, clocks, letters.
"""

from __future__ import annotations

import datetime
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from amparo.cases import checks
from amparo.cases.attempt import attempt
from amparo.cases.decide import decide
from amparo.cases.fold import apply, fold
from amparo.cases.model import Case, Do, Event, Refusal, Request, Site, World
from amparo.pathways import reader
from amparo.pathways.model import Length, Pathway

RUNS, ROUNDS = 9, 60
WANTED = 3.0
"""How many times as fast as `transitions` ours is to be."""

ZONE = "Pacific/Auckland"
BEGUN = int(datetime.datetime(2026, 6, 5, 22, 10, tzinfo=ZoneInfo(ZONE)).timestamp())


class Try(NamedTuple):
    """Somebody tries a step: minutes after the opening, facts told with it."""

    step: str
    role: str
    actor: str
    minute: int
    facts: Mapping[str, Any] = {}
    reasons: str = ""
    handed: tuple[str, ...] = ()


class Seen(NamedTuple):
    """What is compared: was it taken, and the stage after it ('' before there is a case)."""

    taken: bool
    stage: str


# ------------------------------------------------------------------------------------------------ what is tried
TOLD: Mapping[str, Any] = {
    "occurred_at": BEGUN - 2400,
    "area": "example_bay",
    "offence": "Theft of goods under $500",
    "summary": "Left the shop with two boxes of biscuits, unpaid.",
    "age": 24,
    "max_penalty_months": 3,
    "drug_offence": "none",
    "methamphetamine": False,
    "family_harm": False,
    "somebody_harmed": False,
    "evidence_enough": True,
    "admits": True,
    "words_said": "Yes, I took them.",
    "heard_by": "Officer Demo, 21:50",
    "consents_warning": True,
}
SAID = "The till shows that it was paid."


def proposed(**other: Any) -> Try:
    return Try("propose", "officer", "u-officer", 0, {**TOLD, **other})


FINDS = {"public_interest": True}
APPROVED = Try("approve", "supervisor", "u-sergeant", 6, FINDS)
NO_ACTION = Try("not_this", "supervisor", "u-sergeant", 9, {}, "Nothing more is needed.")
LIVES: tuple[tuple[Try, ...], ...] = (
    (
        Try("approve", "supervisor", "u-sergeant", 0, FINDS),  # there is no case yet
        proposed(),
        Try("approve", "officer", "u-officer-2", 4, FINDS),
        Try("approve", "supervisor", "u-officer", 5, FINDS),  # the officer who proposed, as the sergeant
        APPROVED,
        Try("set_aside", "reviewer", "u-reviewer", 8, {}, SAID),  # nothing was issued
        Try("issue", "officer", "u-officer", 11, handed=("warning_letter",)),
        Try("dispute", "person", "person", 300, {"dispute_words": "I paid at the other till."}),
        Try("set_aside", "reviewer", "u-reviewer", 900),  # without reasons
        Try("set_aside", "reviewer", "u-sergeant", 910, {}, SAID),  # the sergeant who approved
        Try("set_aside", "reviewer", "u-reviewer", 920, {}, SAID),
        Try("dispute", "person", "person", 930, {"dispute_words": "Again."}),  # it is over
    ),
    (proposed(age=17), APPROVED, NO_ACTION),
    (proposed(admits=False, words_said="", heard_by=""), APPROVED, NO_ACTION),
)
TRIES = sum(map(len, LIVES))


# ------------------------------------------------------------------------------------------------ ours
SITE = Site(
    "example_bay",
    ZONE,
    {
        "kept_for": Length(5, "years"),
        "penalty_cap_months": 6,
        "reviewer_is": "An inspector of another district",
        "excludes_family_harm": True,
        "excludes_methamphetamine": True,
    },
)
RELATION = World(("own", "assigned", "site"))


class Asked(NamedTuple):
    request: Request
    now: int


def requests() -> list[list[Asked]]:
    return [[asked(each) for each in life] for life in LIVES]


def asked(tried: Try) -> Asked:
    facts = {name: value for name, value in tried.facts.items() if value != ""}
    do = Do(tried.step, facts, handed=tried.handed)
    door = "officer" if tried.step == "propose" else ""
    request = Request(
        "steps", tried.actor, tried.role, (do,), reasons=tried.reasons, world=RELATION, door=door
    )
    return Asked(request, BEGUN + 60 * tried.minute)


class Amparo:
    """The whole engine."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway, self.lives = pathway, requests()

    def all(self) -> list[Seen]:
        return [seen for life in self.lives for seen in self.one(life)]

    def one(self, life: list[Asked]) -> list[Seen]:
        case, found = None, []
        for request, now in life:
            answer = decide(self.pathway, SITE, case, "c", request, now)
            taken = not isinstance(answer, Refusal)
            if not isinstance(answer, Refusal):
                case = fold(self.pathway, SITE, answer, case)
            found.append(Seen(taken, case.stage if case else ""))
        return found


CHECKS = (checks.who, checks.where, checks.when, checks.needs, checks.allowed)


class Move(NamedTuple):
    """A try as the move alone sees it: the case with what is told, and the entry of the step if it is taken."""

    case: Case | None
    request: Request
    now: int
    entry: Event | None


class AmparoMove:
    """What a state machine does of a decide: may this be done here, by them, now; and the state after it.

    Facts, and all that follows from a step, are written beforehand and are not timed.
    """

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway
        self.moves = [move for life in requests() for move in self.laid_out(life)]

    def laid_out(self, life: list[Asked]) -> list[Move]:
        case: Case | None = None
        moves = []
        for request, now in life:
            answer = decide(self.pathway, SITE, case, "c", request, now)
            before, entry = case, None
            for event in () if isinstance(answer, Refusal) else answer:
                if event.kind == "step.taken":
                    before, entry = case, event
                case = apply(self.pathway, SITE, case, event)
            told = before if entry else self.told(before, request, now)
            moves.append(Move(told, request, now, entry))
        return moves

    def told(self, case: Case | None, request: Request, now: int) -> Case | None:
        """The case with the facts of a request that is refused, as its checks see it."""
        known = request.steps[0].facts.items() if case else ()
        for name, value in known:
            assert case is not None
            data = {"fact": name, "value": value, "given_by": request.role, "as_of": now}
            event = Event("c", case.seq + 1, now, now, request.actor, request.role, "fact.told", data, "")
            case = apply(self.pathway, SITE, case, event)
        return case

    def all(self) -> list[Seen]:
        return [self.one(move) for move in self.moves]

    def one(self, move: Move) -> Seen:
        case = move.case
        if case is None:
            return Seen(False, "")
        a = attempt(case, move.request.steps[0], move.request, move.now, move.now)
        for check in CHECKS:
            if check(a):
                return Seen(False, case.stage)
        assert move.entry is not None
        return Seen(True, apply(self.pathway, SITE, case, move.entry).stage)


# -------------------------------------------------------------------------------------------- the law, for the peers
Facts = Mapping[str, Any]


def criteria_met(f: Facts) -> bool:
    """The criteria of the programme as they stand in 2026, with the settings of `SITE`."""
    return bool(
        f.get("age", 0) >= 18
        and f.get("max_penalty_months", 99) <= 6
        and not f.get("family_harm", True)
        and not f.get("methamphetamine", True)
        and f.get("evidence_enough")
        and f.get("public_interest")
        and f.get("admits")
        and f.get("consents_warning")
        and (f.get("drug_offence") != "s7_1_a" or f.get("health_weighed"))
    )


class Step(NamedTuple):
    """A step of the flow, as both peers are told it."""

    name: str
    role: str
    from_: tuple[str, ...]
    to: str
    guard: Callable[[Facts], bool] | None = None
    apart_from: tuple[str, ...] = ()
    reasons: bool = False


FLOW = (
    Step("propose", "officer", ("new",), "proposed"),
    Step("approve", "supervisor", ("proposed",), "approved", criteria_met, ("propose",)),
    Step("not_this", "supervisor", ("proposed", "approved"), "no_action", None, ("propose",), True),
    Step("issue", "officer", ("approved",), "standing", criteria_met, ("approve",)),
    Step("dispute", "person", ("standing", "settled"), "disputed"),
    Step(
        "set_aside",
        "reviewer",
        ("disputed", "standing", "settled"),
        "set_aside",
        None,
        ("propose", "approve", "issue"),
        True,
    ),
)
STAGES = ("new", "proposed", "approved", "standing", "disputed", "settled", "set_aside", "no_action")


# ------------------------------------------------------------------------------------------------ transitions
class Person:
    """The model of the state machine: what was told, and who took which step."""

    state: str

    def __init__(self) -> None:
        self.facts: dict[str, Any] = {}
        self.by: dict[str, str] = {}

    def criteria(self, tried: Try) -> bool:
        return criteria_met(self.facts | tried.facts)  # type: ignore[operator]

    def done(self, tried: Try) -> None:
        self.facts.update(tried.facts)
        self.by[tried.step] = tried.actor


def in_role(role: str) -> Callable[..., bool]:
    return lambda tried: bool(tried.role == role)


def with_reasons(tried: Try) -> bool:
    return bool(tried.reasons)


class Transitions:
    """One machine for all; a model for each person, as its manual has it."""

    def __init__(self) -> None:
        from transitions import Machine

        moves = [self.move(step, from_) for step in FLOW for from_ in step.from_]
        self.machine = Machine(
            None,
            states=list(STAGES),
            transitions=moves,
            initial="new",
            auto_transitions=False,
            ignore_invalid_triggers=True,
        )

    @staticmethod
    def move(step: Step, from_: str) -> dict[str, Any]:
        conditions: list[Any] = [in_role(step.role)]
        conditions += ["criteria"] if step.guard else []
        conditions += [with_reasons] if step.reasons else []
        return {
            "trigger": step.name,
            "source": from_,
            "dest": step.to,
            "conditions": conditions,
            "unless": [f"by_{step.name}"] if step.apart_from else [],
            "after": "done",
        }

    def all(self) -> list[Seen]:
        return [seen for life in LIVES for seen in self.one(life)]

    def one(self, life: tuple[Try, ...]) -> list[Seen]:
        person, found = Person(), []
        self.machine.add_model(person)
        for tried in life:
            taken = getattr(person, tried.step)(tried)
            found.append(Seen(bool(taken), "" if person.state == "new" else person.state))
        self.machine.remove_model(person)
        return found


def acted(step: Step) -> Callable[[Person, Try], bool]:
    """Did who tries this take a step that must be another's?"""
    return lambda person, tried: any(person.by.get(name) == tried.actor for name in step.apart_from)


for _step in FLOW:
    setattr(Person, f"by_{_step.name}", acted(_step))


# ------------------------------------------------------------------------------------------------ SpiffWorkflow
class Spiff:
    """A tree of tasks for each person: in each stage a task done by hand, then the choice where it leads, or back."""

    def __init__(self) -> None:
        from SpiffWorkflow.operators import Operator
        from SpiffWorkflow.specs import ExclusiveChoice, Simple, WorkflowSpec
        from SpiffWorkflow.task import TaskState
        from SpiffWorkflow.workflow import Workflow

        class May(Operator):  # type: ignore[misc]
            """Is the step that is tried this one, and may it be taken?"""

            def __init__(self, step: Step) -> None:
                super().__init__(step.name)
                self.step = step

            def _matches(self, task: Any) -> bool:
                return may(self.step, task.data)

        self.ready, self.begin = TaskState.READY, Workflow
        self.spec = WorkflowSpec(name="warning", addstart=True)
        tasks = {name: Simple(self.spec, name, manual=True) for name in STAGES}
        for name in STAGES:
            leaving = [step for step in FLOW if name in step.from_]
            if leaving:
                choice = ExclusiveChoice(self.spec, f"after {name}")
                tasks[name].connect(choice)
                choice.connect(tasks[name])
                for step in leaving:
                    choice.connect_if(May(step), tasks[step.to])
        self.spec.start.connect(tasks["new"])

    def all(self) -> list[Seen]:
        return [seen for life in LIVES for seen in self.one(life)]

    def one(self, life: tuple[Try, ...]) -> list[Seen]:
        going, found = self.begin(self.spec), []
        going.run_all(halt_on_manual=True)
        (task,) = going.get_tasks(state=self.ready)
        for tried in life:
            before = task.task_spec.name
            if not task.task_spec.outputs:  # nothing leads on from here
                found.append(Seen(False, before))
                continue
            task.data["tried"] = tried
            task.run()
            going.run_all(halt_on_manual=True)
            (task,) = going.get_tasks(state=self.ready)
            stage = task.task_spec.name
            if stage != before:
                task.data["facts"] = {**task.data.get("facts", {}), **tried.facts}
                task.data["by"] = {**task.data.get("by", {}), tried.step: tried.actor}
            found.append(Seen(stage != before, "" if stage == "new" else stage))
        return found


def may(step: Step, data: Mapping[str, Any]) -> bool:
    tried: Try = data["tried"]
    by = data.get("by", {})
    return bool(
        tried.step == step.name
        and tried.role == step.role
        and (not step.reasons or tried.reasons)
        and not any(by.get(name) == tried.actor for name in step.apart_from)
        and (step.guard is None or step.guard({**data.get("facts", {}), **tried.facts}))
    )


# ------------------------------------------------------------------------------------------------ the race
Racer = Callable[[], list[Seen]]


class Took(NamedTuple):
    """Requests a second."""

    best: float
    median: float


def timed(all_: Mapping[str, Racer]) -> dict[str, Took]:
    """Everybody in turn, again and again, so that a slow moment of the machine is everybody's; processor time."""
    took: dict[str, list[float]] = {name: [] for name in all_}
    for _ in range(RUNS):
        for name, take in all_.items():
            begun = time.process_time()
            for _ in range(ROUNDS):
                take()
            took[name].append((time.process_time() - begun) / ROUNDS / TRIES)
    return {name: Took(1 / min(each), 1 / statistics.median(each)) for name, each in took.items()}


def racers() -> dict[str, Racer]:
    pathway = reader.programme("nz-warning")
    return {
        "Amparo, a whole decide": Amparo(pathway).all,
        "Amparo, the move alone": AmparoMove(pathway).all,
        "transitions": Transitions().all,
        "SpiffWorkflow": Spiff().all,
    }


def agreed(all_: Mapping[str, Racer]) -> list[Seen]:
    """Ends the bench where two answer differently; the opening, which is no move, aside."""
    wanted = all_["Amparo, a whole decide"]()
    for name, take in all_.items():
        for number, (ours, theirs) in enumerate(zip(wanted, take(), strict=True)):
            if ours != theirs:
                raise SystemExit(f"{name}, try {number}: {theirs}, and a whole decide says {ours}")
    return wanted


def main() -> None:
    all_ = racers()
    seen = agreed(all_)
    refused = sum(not each.taken for each in seen)
    print(f"{TRIES} tries of {len(LIVES)} people, {refused} of them refused; all answers are the same\n")
    print(f"{'requests a second':26s} {'best':>10s} {'median':>10s}")
    took = timed(all_)
    for name, each in took.items():
        print(f"{name:26s} {each.best:10,.0f} {each.median:10,.0f}")
    print()
    for ours in list(took)[:2]:
        ratios = (f"{took[ours].best / took[peer].best:6.2f} times {peer}" for peer in list(took)[2:])
        print(f"{ours}: " + ", ".join(ratios))
    if took["Amparo, a whole decide"].best < WANTED * took["transitions"].best:
        print(f"\nMissed: a whole decide is not {WANTED:.0f} times as fast as a move of transitions.")


if __name__ == "__main__":
    main()
