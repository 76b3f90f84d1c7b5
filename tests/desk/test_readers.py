"""Who will read it, said before it is typed: nobody who can come to read it stands among those who cannot."""

from __future__ import annotations

import re
import time

import pytest
from django.template.loader import render_to_string

from amparo.desk import audience, loads
from amparo.desk.consents import said
from amparo.desk.scene import Scene
from amparo.desk.times import Clockwork
from amparo.desk.typed import Drawing
from amparo.desk.words import lower_first, pick, role_title
from amparo.desk.worklist import view
from amparo.ledger.placing import Carries
from amparo.lens.sight import fact_granted
from amparo.pathways import reader
from amparo.pathways.model import Pathway

DOORS = [(name, door) for name in reader.programmes() for door in reader.named(name).doors]
LEAD = "us-lead"


def at_the_door(pathway: Pathway, door: str = "") -> Scene:
    drawing = Drawing(pathway, "Europe/Lisbon", {})
    return Scene(pathway, drawing, Clockwork("Europe/Lisbon", int(time.time())), "", "acc-x", door=door)


def named(line: str, title: str) -> bool:
    return title in line.replace(" and ", ", ").split(", ")


@pytest.mark.parametrize(("name", "door"), DOORS)
def test_whoever_may_come_to_read_a_fact_of_an_opening_is_named_and_never_ruled_out(
    name: str, door: str
) -> None:
    p = reader.named(name)
    step = p.doors[door].opens_with
    facts = [a.fact for a in p.steps[step].asks]
    line = audience.of_step(at_the_door(p, door), step, facts)
    for role in (r for r in p.roles if audience._counts(p, r) and audience._opens(at_the_door(p, door), r)):
        if any(fact_granted(p, role, fact) for fact in facts):
            title = lower_first(role_title(p, role))
            assert named(f"{line.read_by}, {line.part}", title) and not named(line.not_by, title)


def test_at_an_arrest_the_case_manager_who_comes_later_reads_a_part_and_the_sergeant_is_not_ruled_out() -> (
    None
):
    p = reader.named(LEAD)
    door = p.doors["arrest_diversion"]
    line = audience.of_step(
        at_the_door(p, "arrest_diversion"), door.opens_with, [a.fact for a in p.steps[door.opens_with].asks]
    )
    assert named(line.part, "case manager") and named(line.part, "outreach")
    assert "sergeant" not in line.not_by and "service" not in line.not_by  # its own words; the person's yes
    assert named(line.not_by, "court")


@pytest.mark.parametrize("name", reader.programmes())
def test_a_consent_is_asked_for_each_fact_that_it_opens_by_name(name: str) -> None:
    p = reader.named(name)
    for kind in p.consents.values():
        words = said.about_words(at_the_door(p), kind.about)
        opened = (f for f in p.facts.values() if f.class_ in kind.about and not f.about)
        assert all(lower_first(pick(f.title)) in words for f in opened)


def test_of_whom_a_caseload_counts_is_said_with_the_cases_that_hold_no_place() -> None:
    p = reader.named(LEAD)
    words = loads.with_cases(loads.carried(Carries("acc-x", "X", 1, 12)), Carries("acc-x", "X", 1, 12))
    assert words == "carries 1 person; 12 open cases in all"
    assert loads.of_whom(p, "caseload") == "Carried is who was taken on by “Take into a caseload”."
    assert "Without that step nobody holds one." in loads.held(p, p.places["caseload"])


def test_one_of_anothers_is_said_in_the_singular() -> None:
    assert view._others(1).strip() == "One is somebody else’s." and view._others(0) == ""
    assert view._others(2).strip() == "2 are others’."


def test_the_hour_of_a_line_of_the_story_stands_apart_from_its_day() -> None:
    page = render_to_string("case/story.html", {"story": [{"time": "07:40", "day": "today"}]})
    assert "07:40 today" in re.sub("<[^>]+>", "", page)
