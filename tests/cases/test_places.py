"""Places: how many are used, how many are free, who is next and why; and the step that waits for one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.cases import places, words
from amparo.cases.examples import run_example
from amparo.cases.model import Do, Event, Refusal, Request, Room, Site, World
from amparo.cases.places import Row
from amparo.cases.script import read_script
from amparo.errors import DefinitionFault
from amparo.pathways import reader
from amparo.pathways.model import Pathway
from tests.cases.play import Play, at

FILE = Path(__file__).parents[1] / "ledger" / "programmes" / "beds" / "pathway.yaml"
TEXT = FILE.read_text("utf-8")
BEDS = reader.read_text(TEXT, "beds.yaml")
SITE = Site("house", "Europe/Lisbon")
HOURS = SITE._replace(settings={"hours_a_week": 1})
NOW = at("2024-06-10 12:00")  # a Monday


def waiting(mark: str, since: str, door: str = "street", admitted: str = "") -> Row:
    stood = {"admit": at(admitted)} if admitted else {}
    return Row(mark, "waiting", door, at(since), at(since), stood)


def asleep(n: int) -> list[Row]:
    return [Row(f"asleep-{k}", "asleep") for k in range(n)]


def beds(rows: list[Row], site: Site = SITE) -> places.Standing:
    return places.standing(BEDS, site, "beds", rows, NOW)


def in_order(rows: list[Row]) -> list[str]:
    return [x.row.mark for x in beds(rows).queue]


FIRST, SECOND = (
    waiting("a", "2024-06-03 09:00", admitted="2024-06-04 09:00"),
    waiting("b", "2024-06-01 09:00", admitted="2024-06-05 09:00"),
)


# ------------------------------------------------------------------------------------------------ what is free
def test_used_and_free_add_up_to_the_number():
    found = beds([*asleep(1), Row("x", "leaving"), FIRST])
    assert (found.number, len(found.used), found.free) == (2, 2, 0)


def test_more_than_there_are_leaves_none_free_and_no_debt():
    assert beds(asleep(3)).free == 0


def test_a_number_that_is_not_entered_leaves_nothing_to_count():
    found = places.standing(BEDS, SITE, "doctor", [FIRST], NOW)
    assert (found.number, found.free) == (None, None)
    assert not places.is_free(places.room(BEDS, SITE, "doctor", [], FIRST, NOW))


def test_the_site_enters_the_number():
    assert beds(asleep(1), SITE._replace(settings={"beds": 7})).free == 6


def test_one_a_week_is_free_again_on_the_same_day_of_the_next_week():
    def free(taken: str) -> int | None:
        return places.standing(BEDS, HOURS, "doctor", [Row("x", "asleep", taken=(at(taken),))], NOW).free

    assert free("2024-06-04 00:00") == 0 and free("2024-06-03 23:59") == 1


def test_what_was_taken_later_than_the_time_asked_for_does_not_count_yet():
    rows = [Row("x", "asleep", taken=(NOW + 1,))]
    assert places.standing(BEDS, HOURS, "doctor", rows, NOW).free == 1


def test_where_a_step_takes_it_a_case_has_one_only_from_that_step_on():
    carried_on = replace(BEDS.places["beds"], taken_by=("give_bed",))
    house = replace(BEDS, places={**BEDS.places, "beds": carried_on})
    rows = [Row("came by night", "asleep"), Row("was given it", "asleep", taken=(NOW - 9,))]
    assert [x.mark for x in places.standing(house, SITE, "beds", rows, NOW).used] == ["was given it"]


# ------------------------------------------------------------------------------------------------ who is next
def test_the_keys_of_the_order_decide_one_after_the_other():
    third = waiting("c", "2024-06-09 09:00", "ward")
    assert in_order([SECOND, FIRST, third]) == ["c", "a", "b"]


def test_each_place_in_the_line_says_by_which_key():
    queue = beds([SECOND, FIRST, waiting("c", "2024-06-09 09:00", "ward")]).queue
    assert [(x.rank, x.by) for x in queue] == [(1, "door ward"), (2, "door ward"), (3, "since admit")]


def test_who_lacks_what_the_order_asks_comes_after_who_has_it():
    assert in_order([waiting("c", "2024-05-01 09:00"), SECOND]) == ["b", "c"]


def test_who_waits_alone_is_said_to_wait_since():
    (only,) = beds([FIRST]).queue
    assert (only.by, only.value) == ("waiting_since", at("2024-06-03 09:00"))


def test_where_all_keys_are_alike_who_came_first_goes_first():
    one, two = FIRST._replace(mark="z", opened=1), FIRST._replace(mark="a", opened=2)
    found = beds([two, one]).queue
    assert [(x.row.mark, x.by) for x in found] == [("z", "opened"), ("a", "opened")]


def test_a_place_is_free_only_after_those_ahead():
    def mine(rows: list[Row]) -> Room:
        return places.room(BEDS, SITE, "beds", rows, SECOND, NOW)

    assert mine([FIRST, *asleep(1)]) == Room(1, 1) and not places.is_free(Room(1, 1))
    assert places.is_free(mine([FIRST]))  # the other free place, whatever the first one answers


def test_ones_own_place_is_not_counted_among_the_others():
    assert places.room(BEDS, SITE, "beds", [SECOND, FIRST], FIRST, NOW) == Room(2, 0)


ROWS = st.lists(
    st.builds(
        Row,
        mark=st.uuids().map(str),
        stage=st.sampled_from(("waiting", "asleep", "leaving", "gone")),
        door=st.sampled_from(("street", "ward")),
        opened=st.integers(0, NOW),
        since=st.one_of(st.just({}), st.fixed_dictionaries({"admit": st.integers(0, NOW)})),
    ).map(lambda x: x._replace(waiting=x.opened if x.stage == "waiting" else None)),
    max_size=12,
    unique_by=lambda x: x.mark,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_as_many_are_let_in_as_places_are_free_and_nobody_twice(rows: list[Row], random: Any):
    found = beds(rows)
    let_in = [
        x
        for x in rows
        if x.waiting is not None and places.is_free(places.room(BEDS, SITE, "beds", rows, x, NOW))
    ]
    assert len(let_in) == min(found.free or 0, len(found.queue))
    assert {x.mark for x in let_in} == {x.row.mark for x in found.queue[: found.free or 0]}
    mixed = list(rows)
    random.shuffle(mixed)
    assert beds(mixed).queue == found.queue


# ------------------------------------------------------------------------------------------------ each worker
def carried(worker: str, n: int) -> list[Row]:
    return [Row(f"{worker}-{k}", "leaving", worker=worker) for k in range(n)]


def test_so_many_for_each_worker():
    rows = [*carried("ana", 3), *carried("rui", 1)]
    found = places.standing(BEDS, SITE, "caseload", rows, NOW, ("ana", "rui", "eva"))
    assert found.free == 0 + 2 + 3 and found.loads == {"ana": 3, "rui": 1, "eva": 0}
    assert places.over(BEDS, SITE, "caseload", NOW) == 2


def test_who_has_a_worker_waits_for_that_worker():
    mine = Row("m", "asleep", worker="ana")
    assert places.room(BEDS, SITE, "caseload", carried("ana", 3), mine, NOW, ("ana", "rui")) == Room(0, 0)
    assert places.room(BEDS, SITE, "caseload", carried("rui", 3), mine, NOW, ("ana", "rui")) == Room(3, 0)


# ------------------------------------------------------------------------------------------------ one case
def person(*steps: str, fit: str = "") -> Play:
    """A case of the house after these steps, each an hour after the one before."""
    play = House(BEDS, SITE, "2024-06-10 08:00").opens("street", "knock", seen_on="2024-06-10")
    for step in steps:
        play.later().does(step, {"fit": fit != "no"} if step == "admit" else {})
    return play


class House(Play):
    def opens(self, door: str, step: str, **facts: Any) -> "House":
        return self._put(Request("steps", "kim", "keeper", (Do(step, facts),), door=door, world=World(ALL)))

    def later(self, seconds: int = 3600) -> "House":
        self.t += seconds
        return self

    def does(
        self, step: str, facts: Any = None, room: Room | None = None, place: str = "beds", **do: Any
    ) -> "House":
        role, reasons = do.pop("role", "keeper"), do.pop("reasons", "")
        world = World(ALL, places={} if room is None else {place: room})
        doing = (Do(step, facts or {}, **do),)
        return self._put(Request("steps", "kim", role, doing, world=world, reasons=reasons))

    def _put(self, request: Request) -> "House":
        self.put(request)
        return self


ALL = ("own", "assigned", "site", "programme")


def test_a_case_waits_where_a_step_that_needs_the_place_begins():
    assert places.row(person().case, "beds", NOW).waiting is None
    admitted = person("admit").case
    assert places.row(admitted, "beds", NOW).waiting == at("2024-06-10 09:00")
    assert places.row(admitted, "beds", NOW).since == {"admit": at("2024-06-10 09:00")}


def test_nobody_waits_for_what_is_not_allowed():
    assert places.row(person("admit", fit="no").case, "beds", NOW).waiting is None


def test_admitting_again_costs_nobody_the_place_in_the_line():
    row = places.row(person("admit", "admit").case, "beds", NOW)
    assert row.waiting == at("2024-06-10 09:00")


def refused(play: House) -> Refusal:
    assert isinstance(play.answer, Refusal), play.answer
    return play.answer


def test_a_free_place_is_given_and_what_was_stated_stands_in_the_log():
    play = person("admit").later().does("give_bed", {"tired": True}, Room(2, 1))
    assert not isinstance(play.answer, Refusal)
    taken = next(e for e in play.answer if isinstance(e, Event) and e.kind == "step.taken")
    assert taken.data["world"]["places"] == {"beds": [2, 1]} and play.case.stage == "asleep"


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (Room(0, 2), "No place is free: “Beds” (House Act, s 2). Ahead of this person: 2. The order: who came by "
         "“From the ward” goes first, the longest since “Admit” goes first, who has waited longest goes first."),
        (Room(0, 0), "This person is the next."),
        (Room(1, 2), "Free places: 1 (“Beds” (House Act, s 2)). Ahead of this person: 2."),
    ],
)  # fmt: skip
def test_no_place_says_how_many_are_ahead_by_which_order_and_that_the_wait_is_ours(room: Room, said: str):
    answer = refused(person("admit").later().does("give_bed", {"tired": True}, room))
    assert answer.code == "no_place"
    what, why, instead = words.sentence(answer, "en", BEDS)
    assert what == "“Give a bed” cannot be done now." and said in why
    assert instead.endswith("The waiting is ours, and nobody holds it against them.")


def test_a_number_that_is_not_entered_is_not_yet_and_asks_the_site():
    answer = refused(person("admit").later().does("see_doctor"))
    assert (answer.code, answer.detail, answer.asks) == (
        "not_yet",
        "place",
        (("setting hours_a_week", "site"),),
    )
    assert "nobody is let in, or kept waiting, by a number" in words.sentence(answer, "en", BEDS)[1]


def test_whoever_may_waive_it_lets_a_case_in_with_reasons():
    admitted = person("admit").later()
    assert (
        refused(admitted.does("give_bed", {"tired": True}, Room(0, 0), waived=("beds",))).code == "no_place"
    )
    admitted.does("give_bed", {"tired": True}, Room(0, 0), waived=("beds",), reasons="A storm outside.")
    assert not isinstance(admitted.answer, Refusal)


def test_nobody_else_waives_it():
    answer = refused(
        person("admit")
        .later()
        .does("give_bed", {"tired": True}, Room(0), waived=("beds",), reasons="So.", role="worker")
    )
    assert answer.code == "no_place"


# ------------------------------------------------------------------------------------------------ examples
HEAD = """\
examples: beds
for_version: "1"
site: {zone: Europe/Lisbon, place: house}
cases:
  - example: A bed
    opens: {door: street, step: knock, by: keeper, at: 2024-06-10 08:00, facts: {seen_on: 2024-06-10}}
"""
ADMITTED = "      - {step: admit, by: keeper, at: +1 h, facts: {fit: yes}}\n"


def held(world: str, refused: str = "", pathway: Pathway = BEDS) -> tuple[str, ...]:
    asked = (
        f"step: give_bed, by: keeper, at: +1 h, facts: {{tired: yes}}, world: {{places: {world}}}{refused}"
    )
    line = f"      - {{{asked}}}\n"
    script = read_script(f"{HEAD}    when:\n{ADMITTED}{line}", "beds.yaml", BEDS)
    return run_example(pathway, script, script.examples[0])


NO = ", refused: {code: no_place}"
AHEAD = "{stage: waiting, door: street, waiting_since: 2024-06-01 09:00, since: {admit: 2024-06-01 09:00}}"


def test_an_example_states_what_is_free_and_who_is_ahead():
    assert held("{beds: {free: 0, ahead: 2}}", NO) == () and held("{beds: {free: 3, ahead: 2}}") == ()


def test_an_example_states_the_others_and_the_definition_counts_them():
    assert held("{beds: {others: [{stage: asleep, times: 2}]}}", NO) == ()
    assert held(f"{{beds: {{others: [{{stage: asleep}}, {AHEAD}]}}}}", NO) == ()
    assert held(f"{{beds: {{others: [{AHEAD}]}}}}") == ()


def test_another_order_would_be_noticed():
    other = replace(
        BEDS, places={**BEDS.places, "beds": replace(BEDS.places["beds"], order=("door street",))}
    )
    ward = (
        "{beds: {others: [{stage: asleep}, {stage: waiting, door: ward, waiting_since: 2024-06-10 08:30}]}}"
    )
    assert held(ward, NO) == () and held(ward, NO, other) != ()


def test_a_place_that_is_not_there_cannot_be_stated():
    with pytest.raises(DefinitionFault, match="there is no place 'sofa'"):
        held("{sofa: {free: 0}}")


# ------------------------------------------------------------------------------------------------ the definition
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("held_in: [asleep, leaving], order", "order", "Y2 nothing says how long"),
        ("needs: {place: beds}", "needs: {place: bedz}", "N1 'bedz' is not a place · did you mean 'beds'?"),
        ("order: [door ward, since admit", "order: [door wards, since admit", "N1 'wards' is not"),
        ("each: worker", "each: workers", "N1 'workers' is not a role"),
        ("number: setting beds", "number: setting beads", "N1 'beads' is not a setting"),
    ],
)  # fmt: skip
def test_a_fault_in_a_place_is_named_with_its_line(old: str, new: str, said: str):
    with pytest.raises(DefinitionFault) as found:
        reader.read_text(TEXT.replace(old, new, 1), "beds.yaml")
    assert said in str(found.value)
