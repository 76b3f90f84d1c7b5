"""Another person in a case, somebody not asked yet, and what a consent opens: nothing shows where it may not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from amparo.cases.decide import decide
from amparo.cases.examples import run
from amparo.cases.fold import fold
from amparo.cases.model import Case, Consent, Do, Event, Refusal, Request, Site, World
from amparo.errors import NotPermitted
from amparo.lens import Subject, Viewer, meeting_list, not_with, reaches, readers, view, would_see
from amparo.lens.examples_hook import seen
from amparo.lens.readers import usual
from amparo.pathways import reader
from amparo.pathways.model import Length, Pathway

FOLDER = Path(__file__).parents[1] / "ledger" / "programmes" / "landing"
SITE = Site("lisboa", "Europe/Lisbon", {"ask_days": Length(10, "days")})
T, HOUR, DAY = 1_709_590_200, 3600, 86_400
WORLD = World(("own", "assigned", "sitting", "site", "programme"))


@lru_cache(maxsize=1)
def landing() -> Pathway:
    return reader.read_folder(FOLDER)


class Play:
    """A case on paper, request by request; each must be accepted."""

    def __init__(self) -> None:
        self.now, self.events = T, ()
        self.state: Case | None = None

    @property
    def case(self) -> Case:
        assert self.state is not None
        return self.state

    def put(self, role: str, request: Request, actor: str = "") -> Play:
        self.now += HOUR
        request = request._replace(actor=actor or f"{role}-1", role=role, world=WORLD)
        answer = decide(landing(), SITE, self.state, "c1", request, self.now)
        assert not isinstance(answer, Refusal), answer
        self.events: tuple[Event, ...] = (*self.events, *answer)
        self.state = fold(landing(), SITE, self.events)
        return self

    def step(self, role: str, name: str, facts: dict[str, Any] | None = None, **more: Any) -> Play:
        more = {"reasons": "canary-reasons", **more}
        return self.put(role, Request("steps", "", "", steps=(Do(name, facts or {}),), **more))

    def consent(self, kind: str, do: str = "give", to: str = "off-1") -> Play:
        args = {"do": do, "kind": kind, "to": to, "signature": "paper"}
        return self.put("person", Request("consent", "", "", args=args))

    def drawn(self, role: str, **more: Any) -> Any:
        viewer = usual(landing(), role)._replace(**more)
        return view(landing(), SITE, self.case, self.events, viewer, self.now, WORLD)

    def given(self, kind: str) -> Consent:
        return next(c for c in reversed(self.case.consents.values()) if c.kind == kind)


def hurt() -> Play:
    told = {"told_at": T, "somebody_hurt": True, "hurt_reach": "canary-street"}
    said = {"hurt_choice": "send_words", "hurt_words": "canary-words"}
    return Play().step("warden", "report", told, door="gate").step("host", "ask_hurt", said)


def unasked() -> Play:
    return Play().step("keeper", "tell_us", {"told_at": T, "place": "canary-fountain"}, door="shop")


def test_every_example_of_the_landing_holds():
    report = run(landing(), FOLDER / "examples.yaml", seen)
    assert (report.failed, report.lines) == (0, ()) and report.held == 25


# ------------------------------------------------------------------------------------------------ another person
@pytest.mark.parametrize("role", ["clerk", "person", "warden", "sergeant"])
def test_who_names_no_fact_about_them_finds_no_word_of_theirs_and_no_letter_to_them(role):
    drawn = hurt().drawn(role, account=f"{role}-1")
    assert not {"canary-street", "canary-words", "canary-reasons"} & {w for w in WORDS if w in repr(drawn)}
    assert not any(entry.name in ("what_comes", "hurt_reach", "hurt_choice") for entry in drawn.timeline)


WORDS = ("canary-street", "canary-words", "canary-reasons")


def test_a_member_who_may_read_their_words_reads_those_and_not_how_to_reach_them():
    drawn = repr(hurt().drawn("member"))
    assert "canary-words" in drawn and "canary-street" not in drawn


def test_who_asked_them_reads_it_all():
    assert [word for word in WORDS if word not in repr(hurt().drawn("host"))] == []


def test_their_own_page_holds_what_is_about_them_and_their_letters_and_nothing_of_the_other():
    drawn = hurt().drawn("hurt", account="hurt-1")
    assert {f.name for f in drawn.facts} == {"hurt_reach", "hurt_choice", "hurt_words"}
    assert [(x.letter, x.to) for x in drawn.letters] == [("what_comes", "hurt")]
    assert (drawn.stage, drawn.state, drawn.closed, drawn.milestones, drawn.clocks) == ("", {}, None, (), ())
    assert {e.name for e in drawn.timeline} <= {"what_comes"}
    assert not (drawn.identity or drawn.contact or drawn.obligations or drawn.notices or drawn.consents)


def test_each_has_a_copy_of_their_own_of_a_letter_to_both():
    play = hurt().step("host", "meet")
    assert [x.to for x in play.drawn("hurt").letters if x.letter == "invitation"] == ["hurt"]
    assert [x.to for x in play.drawn("person").letters if x.letter == "invitation"] == ["person"]
    assert sorted(x.to for x in play.drawn("host").letters if x.letter == "invitation") == ["hurt", "person"]


def test_the_person_is_not_told_that_the_other_was_told():
    play = hurt().step("host", "meet")
    assert [n.notice for n in play.drawn("host").notices] == ["meeting_date"]
    assert play.drawn("person").notices == play.drawn("clerk").notices == ()


def test_who_reads_no_contact_of_theirs_does_not_reach_them():
    assert [role for role in landing().roles if reaches(landing(), role, "hurt")] == ["host"]


def test_a_refusal_shuts_what_is_about_them():
    play = hurt()
    told = view(landing(), SITE, play.case, play.events, usual(landing(), "clerk"), play.now, WORLD).offers
    assert "canary" not in repr(told)


# ------------------------------------------------------------------------------------------------ not asked yet
@pytest.mark.parametrize("role", ["warden", "sergeant", "keeper", "liaison"])
def test_no_authority_is_shown_an_approach_however_it_stands_to_it(role):
    for play in (unasked(), unasked().step("host", "says_no")):
        with pytest.raises(NotPermitted):
            play.drawn(role, account="keeper-1", relation=("own", "assigned", "sitting", "site", "programme"))


def test_a_box_says_before_typing_who_will_read_it_after_a_yes():
    will, will_not = readers(landing(), unasked().case, Subject("fact", "told_at"))
    assert "sergeant" in will and "sergeant" not in will_not


def test_after_a_yes_it_is_there():
    assert unasked().step("host", "says_yes").drawn("sergeant").stage == "open"


# ------------------------------------------------------------------------------------------------ what a consent opens
def settled() -> Play:
    return hurt().step("host", "settle", {"progress": True, "housing": "canary-housing"})


def test_before_it_is_given_it_is_shown_exactly_what_it_would_open():
    play, t = settled(), settled().now
    asked = Consent("c0", "liaison_may_know", "off-1", ("process",), t, None, None, "")
    shown = would_see(landing(), SITE, play.case, play.events, asked, "liaison", t)
    assert set(shown.adds) == {"progress", "told_at"} and shown.notices == ()
    given = play.consent("liaison_may_know")
    after = given.drawn("liaison", office="off-1", at=given.now)
    assert {f.name for f in after.facts if f.state != "not_asked"} == {f.name for f in shown.facts}


def test_a_narrower_consent_opens_less_and_one_that_ended_nothing():
    play, t = settled(), settled().now
    part = Consent("c0", "until_filed", "off-1", ("progress",), t, None, None, "")
    shown = would_see(landing(), SITE, play.case, play.events, part, "liaison", t)
    opens = (shown.adds, shown.notices)
    assert opens == ((), ("how_it_goes",))  # no page opens by it: only the notice goes out
    over = would_see(landing(), SITE, play.case, play.events, part._replace(ended=t), "liaison", t)
    assert (over.adds, over.notices) == ((), ())


def test_another_office_sees_nothing_by_it():
    given = settled().consent("liaison_may_know")
    assert given.drawn("liaison", office="off-2", at=given.now).facts == ()


# ------------------------------------------------------------------------------------------------ meetings
def here(role: str, office: str = "", **more: Any) -> Viewer:
    return usual(landing(), role)._replace(office=office, at=T + DAY, **more)


def test_a_case_is_on_the_list_only_where_everybody_present_may_know_of_it():
    play = settled().consent("liaison_may_know")
    host, liaison = here("host"), here("liaison", "off-1", relation=())
    other, service = here("liaison", "off-2", relation=()), here("service", "off-9", relation=())
    rows = [(play.case, (host, liaison))]
    assert meeting_list(landing(), rows) == (play.case,)
    assert meeting_list(landing(), [(play.case, (host, liaison, other))]) == ()
    assert not_with(landing(), play.case, (host, liaison, other, service)) == (other, service)
    assert meeting_list(landing(), [(play.case, ())]) == ()


def test_a_consent_that_ended_takes_the_case_off_the_list():
    play = settled().consent("liaison_may_know").consent("liaison_may_know", "withdraw")
    present = (here("host"), here("liaison", "off-1", relation=()))
    assert meeting_list(landing(), [(play.case, present)]) == ()


def test_one_that_runs_out_counts_until_its_last_second():
    play = settled().consent("liaison_may_know")
    until = play.given("liaison_may_know").until
    assert until is not None
    liaison = here("liaison", "off-1", relation=())
    on_time, late = liaison._replace(at=until), liaison._replace(at=until + 1)
    assert not_with(landing(), play.case, (on_time,)) == ()
    assert not_with(landing(), play.case, (late,)) == (late,)


def test_somebody_not_asked_yet_is_on_no_list_with_an_authority_in_the_room():
    play = unasked()
    assert meeting_list(landing(), [(play.case, (here("host"),))]) == (play.case,)
    assert not_with(landing(), play.case, (here("host"), here("sergeant"))) == (here("sergeant"),)
