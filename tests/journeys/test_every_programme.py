"""Every programme to its ends, by the forms of its desk: the ways are those of its examples, walked by its people.

Portugal's ends have journeys of their own (test_each_end.py). What is played here is told where it lies: an example
whose lines are typed into the pages by whoever may. Ends that lie behind months of tests, phases or a body's plan are
reached in the training world; here their page is opened by somebody who may read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from amparo.pathways import reader
from tests.journeys.site import Site, served
from tests.journeys.trade import stands
from tests.journeys.ways import Walker, at_post, ends, ways
from tests.journeys.web import person

PEOPLE: dict[str, dict[str, Any]] = {
    "nz-warning": {
        "zone": "Pacific/Auckland",
        "area": "harbourside",
        "staff": {
            "officer": ("tamaki.officer2",),
            "supervisor": ("tamaki.sergeant2",),
            "reviewer": ("tamaki.reviewer",),
            "health_liaison": ("tamaki.health",),
        },
    },
    "prosecution": {
        "zone": "Pacific/Auckland",
        "area": "harbourside",
        "staff": {"recorder": ("tamaki.recorder",), "helper": ("tamaki.support",)},
    },
    "us-lead": {
        "zone": "America/Los_Angeles",
        "currency": "USD",
        "staff": {
            "officer": ("lead.officer",),
            "manager": ("lead.manager",),
            "case_manager": ("lead.casemanager",),
            "prosecutor": ("lead.prosecutor",),
        },
    },
    "nz-panel": {
        "zone": "Pacific/Auckland",
        "area": "harbourside",
        "seats": ("acc-anecdote", "acc-episode", "acc-chapter"),
        "staff": {
            "officer": ("tamaki.officer",),
            "supervisor": ("tamaki.sergeant",),
            "coordinator": ("panel.coordinator",),
            "facilitator": ("panel.facilitator",),
            "panel_member": ("panel.member",),
        },
    },
    "nz-treatment-court": {
        "zone": "Pacific/Auckland",
        "staff": {
            "district_judge": ("court.district",),
            "judge": ("court.judge",),
            "court_coordinator": ("court.coordinator",),
            "case_manager": ("court.casemanager",),
        },
    },
}

BY_FORMS = {
    "nz-warning": ("settled", "set_aside", "health_done", "no_action", "elsewhere"),
    "prosecution": ("no_action", "dropped", "discharged", "ended_custody"),
    "us-lead": ("declined", "inactive", "left", "wiped"),
    "nz-panel": ("no_further",),
    "nz-treatment-court": ("declined",),
}
"""The ends that are reached here by typing; each other end is looked at in the training world."""


Houses = Callable[[str], Site]


@pytest.fixture(scope="module")
def houses(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Houses]:
    """A served copy for each programme, one at a time: its clock goes on by years."""
    with ExitStack() as open_:
        last: dict[str, Site] = {}

        def house(name: str) -> Site:
            if name not in last:
                open_.pop_all().close()
                last.clear()
                last[name] = open_.enter_context(served(world, tmp_path_factory.mktemp(name)))
            return last[name]

        yield house


@pytest.mark.parametrize(("name", "end"), [(name, end) for name, all_ in BY_FORMS.items() for end in all_])
def test_by_the_forms_of_its_people_a_case_comes_to_this_end(houses: Houses, name: str, end: str) -> None:
    house, wrong = houses(name), []
    for way in ways(name)[end][:3]:
        walker = Walker(house, way.pathway, **PEOPLE[name])
        try:
            case = walker.walk(way)
        except AssertionError as error:
            wrong.append(str(error)[:1500])
            continue
        title = way.pathway.stages[end].title["en"]
        readers = [person(house, login) for logins in walker.staff.values() for login in logins]
        found = [stands(who, case) for who in readers if at_post(who, f"/case/{case}/").status == 200]
        assert any(title in one for one in found) or not found, (title, found)
        return
    raise AssertionError("\n\n".join(wrong))


def test_no_end_is_left_out_of_the_training_world(world: Path) -> None:
    """What is not typed here stands there, put there by the engine, one case at least."""
    stages = json.loads((world / "training.json").read_text())["stages"]
    reached = {
        stage for found in stages.values() for stage in (found if isinstance(found, dict | list) else [found])
    }
    for name, typed in BY_FORMS.items():
        left = [x for x in ends(reader.programme(name)) if x not in typed and x not in reached]
        assert not left, f"{name}: {left}"
