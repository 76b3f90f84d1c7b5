"""A court with phases, tests on drawn days and three lists of what answers a behaviour."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from amparo.cases import clocks, letters, schedule, testing, words
from amparo.cases.decide import decide, preview
from amparo.cases.examples import run
from amparo.cases.fold import fold
from amparo.cases.model import Case, Do, Event, Refusal, Request, Sealed, Site, World
from amparo.cases.mutants import mutate
from amparo.cases.mutations import mutants
from amparo.cases.offers import offers
from amparo.cases.story import sentence
from amparo.lens.examples_hook import seen
from amparo.pathways import reader, values
from amparo.pathways.model import Pathway

ZONE = "Pacific/Auckland"
SITE = Site("bay", ZONE)
WORLD = World(("own", "assigned", "sitting", "site", "programme"), lot="5f" * 32)
HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def court() -> Pathway:
    return reader.read_text((HERE / "court.yaml").read_bytes(), "court.yaml")


def at(text: str) -> int:
    return values.parse_instant(text, ZONE)


class Docket:
    """A case of the court, played by requests that carry a lot."""

    def __init__(self) -> None:
        self.log: tuple[Event, ...] = ()
        self.state: Case | None = None

    @property
    def case(self) -> Case:
        assert self.state is not None
        return self.state

    def put(
        self, step: str, role: str, when: str, facts: dict[str, object] | None = None, **more: object
    ) -> object:
        test = str(more.pop("test", ""))
        do = Do(
            step, facts or {}, test=test, handed=tuple(more.pop("handed", ())), terms=more.pop("terms", {})
        )  # type: ignore[arg-type, call-overload]
        request = Request(
            "steps",
            str(more.pop("actor", role)),
            role,
            (do,),
            heard=True,
            reasons="Because.",
            world=WORLD,
            door="gate",
        )
        answer = decide(court(), SITE, self.state, "case-1", request, at(when))
        if not isinstance(answer, Refusal):
            self.keep(answer)
        return answer

    def keep(self, events: tuple[Event, ...]) -> None:
        self.log = (*self.log, *events)
        self.state = fold(court(), SITE, self.log)

    def tick(self, when: str, recorded: str = "") -> tuple[Event, ...]:
        made = clocks.tick(court(), self.case, at(when), at(recorded) if recorded else None)
        self.keep(made)
        return tuple(e for e in made if e.kind == "test.ordered")


def inside() -> Docket:
    """Entered on Tuesday 5 March 2024."""
    docket = Docket()
    docket.put("name_person", "judge", "2024-03-04 10:00", {"named_on": at("2024-03-04 09:00")})
    docket.put("enter", "judge", "2024-03-05 10:00", handed=("promise",))
    return docket


def second() -> Docket:
    docket = inside()
    docket.put("note", "keeper", "2024-04-04 09:00", {"attends": True, "place_state": "there", "home": True})
    docket.put("advance", "judge", "2024-04-04 10:00")
    return docket


def test_the_examples_hold():
    found = run(court(), HERE / "court.examples.yaml", seen)
    assert found.failed == 0, found.lines


def test_the_examples_notice_every_change_of_phases_schedules_and_responses(tmp_path: Path):
    folder = tmp_path / "lantern-court"
    folder.mkdir()
    for name, file in (("pathway", "court.yaml"), ("examples", "court.examples.yaml")):
        (folder / f"{name}.yaml").write_bytes((HERE / file).read_bytes())
    chapters = ("phases.", "schedules.", "responses.", "effect:")
    left = [line for line in mutate(str(folder)).lines if any(x in line for x in chapters)]
    assert left == []
    tried = [x.at for x in mutants(court())]
    assert all(any(at.startswith(chapter) for at in tried) for chapter in chapters[:3])


# ------------------------------------------------------------------------------------------------ phases
def test_a_rhythm_begins_anew_with_the_phase_though_no_start_names_the_step():
    runs = second().case.runs["appearance"]
    assert [run.state for run in runs] == ["replaced", "running"]
    assert [run.length.n for run in runs] == [7, 14] and runs[1].started == at("2024-04-04 10:00")


def test_a_certificate_names_the_phase_that_its_own_step_began():
    docket = second()
    docket.put("note", "keeper", "2024-04-20 09:00", {"attends": True, "place_state": "there", "home": True})
    docket.put("advance", "judge", "2024-04-20 10:00")
    copies = sorted(
        (x for x in docket.case.letters.values() if x.letter == "certificate"), key=lambda x: x.due
    )
    filled = [
        letters.fill(court(), SITE, docket.case, copy, letters.Paper({}, {}), "en", at("2024-05-01 10:00"))
        for copy in copies
    ]
    assert [x.fields["case.phase"] for x in filled] == ["Second light", "Third light"]


def test_an_advance_taken_back_leaves_the_phase_as_it_was():
    docket = second()
    taken = docket.case.taken["advance"][-1]
    annulled = Request(
        "annul",
        "judge",
        "judge",
        world=WORLD,
        args={"step": "advance", "reason": "The wrong person.", "basis": ""},
    )
    answer = decide(court(), SITE, docket.case, "case-1", annulled, at("2024-04-05 10:00"))
    assert not isinstance(answer, Refusal) and taken.data["phase"] == "two"
    docket.keep(answer)
    assert (docket.case.phase, docket.case.phase_since) == (1, at("2024-03-05 10:00"))


def test_what_is_ours_is_said_to_be_ours_and_who_can_pass_it():
    docket = inside()
    docket.put(
        "note", "keeper", "2024-04-04 09:00", {"attends": False, "place_state": "waiting", "home": True}
    )
    refused = docket.put("advance", "judge", "2024-04-04 10:00")
    assert isinstance(refused, Refusal)
    _, why, instead = words.sentence(refused, "en", court(), ZONE)
    assert "ours, or a service's, and not the person's" in why and instead.startswith("Judge can pass it")


def test_the_next_phase_is_offered_once_its_days_are_over_and_not_before():
    docket = inside()
    docket.put("note", "keeper", "2024-03-06 09:00", {"attends": True, "place_state": "there", "home": True})
    groups = [
        {o.step: o.group for o in offers(court(), docket.case, "judge", at(when), WORLD)}["advance"]
        for when in ("2024-03-20 10:00", "2024-04-04 10:00")
    ]
    assert groups == ["not_yet", "allowed"]


# ------------------------------------------------------------------------------------------------ tests, on their day
def test_a_drawn_day_appears_at_its_own_hour_and_not_a_second_before():
    docket = inside()
    docket.tick("2024-04-30 12:00")
    for test in docket.case.tests.values():
        assert test.ordered == at(f"{test.day} 06:30")
    day = next(iter(docket.case.tests.values())).day
    fresh = inside()
    assert not [e for e in fresh.tick(f"{day} 06:29") if e.data["day"] == day]
    assert [e.data["day"] for e in fresh.tick(f"{day} 06:30")][-1:] == [day]


def test_ticking_each_hour_or_once_a_month_asks_for_the_same_tests():
    once, often = inside(), inside()
    once.tick("2024-05-04 23:00")
    for day in range(6, 61):
        often.tick(values_day(day), values_day(day))
    assert {(x.id, x.ordered) for x in once.case.tests.values()} == {
        (x.id, x.ordered) for x in often.case.tests.values()
    }
    assert not once.tick("2024-05-04 23:00")


def values_day(n: int) -> str:
    month, day = (3, n) if n <= 31 else (4, n - 31) if n <= 61 else (5, n - 61)
    return f"2024-{month:02d}-{day:02d} 12:00" if n < 60 else "2024-05-04 23:00"


def test_a_lower_rate_asks_for_no_day_of_the_past_and_takes_none_back():
    docket = second()
    before = set(docket.case.tests)
    docket.put("note", "keeper", "2024-04-17 09:00", {"attends": True, "place_state": "there", "home": True})
    docket.put("advance", "judge", "2024-04-17 10:00")
    docket.tick("2024-04-17 12:00")
    assert before <= set(docket.case.tests)
    assert docket.case.drawings["tests"].after == at("2024-04-17 10:00")


def test_what_nobody_was_told_in_time_is_never_held_against_anybody():
    docket = inside()
    docket.tick("2024-03-31 12:00", recorded="2024-04-02 12:00")
    late = next(iter(docket.case.tests.values()))
    assert not schedule.told_in_time(late)
    refused = docket.put("class_it", "nurse", "2024-04-02 13:00", {"result": "missed"}, test=late.id)
    assert isinstance(refused, Refusal) and refused.detail == "test_untold"


def test_a_hold_asks_for_nothing_and_what_it_covered_is_not_made_up_for():
    docket = inside()
    held = Request("hold", "keeper", "keeper", world=WORLD, args={"rule": "Court order"})
    docket.keep(decide(court(), SITE, docket.case, "case-1", held, at("2024-03-05 11:00")))  # type: ignore[arg-type]
    assert not docket.tick("2024-04-01 12:00")
    free = Request("release", "keeper", "keeper", world=WORLD, args={"rule": "Court order"})
    docket.keep(decide(court(), SITE, docket.case, "case-1", free, at("2024-04-01 12:00")))  # type: ignore[arg-type]
    assert all(e.at > at("2024-04-01 12:00") for e in docket.tick("2024-05-01 12:00"))


def test_who_collects_does_not_class_though_the_role_may():
    docket = inside()
    docket.tick("2024-03-31 12:00")
    newest = max(docket.case.tests.values(), key=lambda x: x.ordered)
    docket.put("collect", "tester", "2024-03-31 13:00", {"given": "urine"}, actor="tui", test=newest.id)
    refused = docket.put(
        "class_it", "tester", "2024-03-31 14:00", {"result": "negative"}, actor="tui", test=newest.id
    )
    assert isinstance(refused, Refusal) and (refused.code, refused.detail) == ("not_you", "collected")
    assert not isinstance(
        docket.put(
            "class_it", "nurse", "2024-03-31 14:00", {"result": "negative"}, actor="mere", test=newest.id
        ),
        Refusal,
    )


def test_no_day_is_ever_chosen_by_whoever_works_on_the_case():
    docket = inside()
    chosen = Request("test", "keeper", "keeper", world=WORLD, args={"do": "order"})
    answer = decide(court(), SITE, docket.case, "case-1", chosen, at("2024-03-06 06:30"))
    assert isinstance(answer, Refusal) and answer.code == "not_you"


def test_the_hour_to_look_again_says_nothing_of_what_was_drawn():
    docket = inside()
    for day in range(6, 31):
        now = at(f"2024-03-{day:02d} 05:00")
        docket.keep(clocks.tick(court(), docket.case, now))
        asked = [x.due + 1 for x in docket.case.tests.values() if x.due >= now]
        assert schedule.wake(docket.case, now) == min([at(f"2024-03-{day:02d} 06:30"), *asked])


def test_who_keeps_the_days_to_themselves_can_be_woken_on_a_drawn_day_alone():
    docket = inside()
    woken = clocks.wake(court(), docket.case, at("2024-03-05 12:00"), drawn=True)
    docket.tick("2024-04-30 12:00")
    assert woken == min(x.ordered for x in docket.case.tests.values())


def test_the_secret_is_shown_by_no_print_and_no_sentence():
    docket = inside()
    drawing = docket.case.drawings["tests"]
    assert drawing.secret == WORLD.lot and isinstance(drawing.secret, Sealed)
    assert WORLD.lot not in repr(docket.case)
    kept = next(e for e in docket.log if e.kind == "schedule.drawn")
    assert WORLD.lot not in sentence(court(), SITE, kept, "en")


def test_looking_ahead_draws_nothing():
    docket = Docket()
    docket.put("name_person", "judge", "2024-03-04 10:00", {"named_on": at("2024-03-04 09:00")})
    request = Request(
        "steps", "judge", "judge", (Do("enter"),), heard=True, reasons="x", world=World(WORLD.relation)
    )
    causes = preview(court(), SITE, docket.case, "case-1", request, at("2024-03-05 10:00"))
    assert causes is not None
    assert next(e for e in causes.events if e.kind == "schedule.drawn").data["secret"] == ""


@pytest.mark.parametrize("class_", ["negative", "excused", "explained", "void", "disputed"])
def test_these_classes_never_count_as_positive(class_: str):
    assert not schedule.positive(class_)


def test_every_step_that_answers_tests_is_known_by_what_it_asks():
    found = {name: act.does for name in court().steps if (act := testing.act(court(), name)) is not None}
    assert found == {"collect": "collect", "class_it": "class", "dispute": "dispute", "excuse": "excuse"}
