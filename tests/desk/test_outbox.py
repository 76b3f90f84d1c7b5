"""The outbox in a shared room, and on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from django.template.loader import render_to_string

from amparo import desk
from amparo.cases import fold
from amparo.cases.model import Event
from amparo.desk.papers import ground_words
from amparo.desk.scene import Scene
from amparo.ledger import casefile, desks
from amparo.lens import NoticeView
from amparo.pathways import reader
from tests.desk.conftest import As, a_report, now


def test_a_name_in_the_outbox_can_be_blanked(signed_in: As) -> None:
    officer, door = signed_in("officer"), "/new/police_record/"
    officer.post(door, {**a_report(handed=""), "then": "write"})
    officer.post(f"{door}read-back/")
    page = signed_in("clerk").get("/outbox/").content.decode()
    assert "Sam Sample" in page
    assert "Sam Sample" not in re.sub(r'<span class="nm-long">[^<]*</span>', "", page)


def test_what_goes_to_an_office_names_the_office(signed_in: As, in_hearing: str) -> None:
    page = signed_in("clerk").get("/outbox/").content.decode()
    assert "<td>central register</td>" in page


def notice(**more: object) -> NoticeView:
    base = NoticeView("n-1", "k", "register", "due", 0, None, None, "", "", False, False)
    return base._replace(**more)


@pytest.mark.parametrize(
    ("more", "listed"),
    [
        ({}, True),
        ({"state": "withheld"}, True),  # the consent has been given since
        ({"state": "withheld", "grounded": False}, False),
        ({"grounded": False}, False),
        ({"state": "cancelled"}, False),
    ],
)
def test_what_lacks_its_consent_is_not_among_what_is_to_go_out(more: dict[str, object], listed: bool) -> None:
    assert desks._to_go(notice(**more)) is listed


def test_a_ground_is_told_by_the_title_of_the_consent() -> None:
    folder = Path(__file__).parents[1] / "ledger" / "programmes" / "landing"
    scene = SimpleNamespace(pathway=reader.read_folder(folder))
    said = ground_words(cast(Scene, scene), "how_it_goes")
    assert said.startswith("by consent: ") and "until_filed" not in said


def test_of_somebody_who_died_nothing_is_to_be_sent(in_hearing: str) -> None:
    held = casefile.load(in_hearing)
    case, data = held.case, {"step": "record_death", "from": held.case.stage, "to": held.case.stage}
    withheld = {k: n._replace(state="withheld") for k, n in case.notices.items()}
    death = Event(case.id, case.seq + 1, now(), now(), "acc-clerk", "clerk", "step.taken", data, "")
    after = fold.apply(held.pathway, held.site, case._replace(notices=withheld), death)
    assert after.died and withheld and {n.state for n in after.notices.values()} == {"cancelled"}


def test_an_empty_story_takes_the_whole_width_of_a_phone() -> None:
    page = render_to_string("case/story.html", {"story": ()})
    assert '<li><p class="soft whole">' in page and "<div></div>" not in page
    css = (Path(desk.__file__).parent / "static" / "desk" / "desk.css").read_text()
    assert ".story .whole { grid-column: 1 / -1; }" in css
