"""What goes wrong on an ordinary day: each gives a clear answer in the user's words, and nothing is lost.

In the order of time, for the clock only goes forward; what stops the server or alters its key comes last.
"""

import io
import re
import shutil
import sqlite3
import threading
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.answers import facts, length, moment
from tests.journeys.browser import PHONE, Visit, answer, sign_in
from tests.journeys.site import Site
from tests.journeys.trade import (
    findings,
    heard,
    letter,
    proposes,
    record,
    reports,
    sits,
    stands,
    votes,
)  # fmt: skip
from tests.journeys.web import Person, Seen, person, written

WORDS = "Words that took ten minutes to write: она сказала «да», na paragem, 日本."


@pytest.fixture
def clerk(site: Site) -> Person:
    return person(site, "clerk")


@pytest.fixture
def member(site: Site) -> Person:
    return person(site, "member")


def refused_record(site: Site, **differs: str | list[str] | None) -> Seen:
    """A record that is sent back, with its words kept."""
    page = person(site, "officer").get("/new/police_record/")
    page = page.send(
        page.form("write"), record(site, **{"fact.circumstances": WORDS, **differs}), [("then", "write")]
    )
    assert page.path == "/new/police_record/" and page.status == 200, f"{page.url} ({page.status})"
    if "check" in page.html:
        assert page.form("check").fields["fact.circumstances"] == [WORDS]
    return page


# ------------------------------------------------------------------------------------------------ what is typed
def test_a_substance_that_is_not_on_the_list(site: Site) -> None:
    page = person(site, "officer").get("/new/police_record/")
    page = page.press("write", record(site, **{"fact.substances.0.substance": "moon_dust"}), lenient=True)
    page.has("Choose one of the answers shown")


@pytest.mark.parametrize("amount", ["-2", "a handful", "1e999", "99999999999999999999", "2.4.1"])
def test_an_amount_that_is_none(site: Site, amount: str) -> None:
    page = refused_record(site, **{"fact.substances.0.mass.n": amount})
    page.has("Write the amount as a number, such as 0.3, and choose its unit")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("fact.occurred_at.day", "31", "exist"),
        ("fact.occurred_at.time", "25:61", "exist"),
        ("fact.occurred_at.year", "2O26", "exist"),
        ("fact.age", "-3", "whole number"),
        ("fact.age", "250", "outside what can be"),
        ("person.born.year", "1066", "Write a"),
    ],
)
def test_a_day_an_hour_or_an_age_that_cannot_be(site: Site, name: str, value: str, said: str) -> None:
    refused_record(site, **{name: value}).has(said)


def test_a_day_in_the_future(site: Site) -> None:
    page = refused_record(site, **moment("fact.occurred_at", site.now + timedelta(days=2)))
    page.has("future")


def test_what_is_said_to_have_happened_tomorrow(site: Site, clerk: Person) -> None:
    case = site.case("arrived_this_morning")
    page = clerk.refused(
        case, "deposit", {**facts(deposit_place="Safe"), **moment("happened", site.now + timedelta(1))}
    )
    page.has("cannot be written for a time that has not come")


def test_a_note_of_a_million_letters(site: Site) -> None:
    case, officer = site.case("night_record"), person(site, "officer")
    note = "A long story. " * 75_000
    page = officer.case(case, "step/complete_record/")
    page = page.press(
        "write", {"fact.circumstances": note, **facts(in_public="yes", place_in_words="A quay")}
    )
    assert page.status == 200
    if 'class="told"' not in page.html:
        page.has("longer than 20,000 letters")
        assert page.form("check").fields["fact.circumstances"][0].strip() == note.strip()


# ------------------------------------------------------------------------------------------------ names
NAMES = [
    "José d'Água O’Neill-Sá",
    "Олена Д'якова",
    "李小龙",
    "محمد عبد الله",
    "ประเสริฐ ๑",
    "Ọlá Ńwọsu",
    "ናትናኤል",
    "José 🌻 Sol",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_stays_as_it_was_said_and_prints_or_says_why_not(
    site: Site, clerk: Person, name: str
) -> None:
    case = reports(site, person(site, "officer"), **{"person.name": name, "person.wanted": ""})
    page = clerk.case(case)
    page.has(name)
    pdf = clerk.get(next(link for link in letter(clerk, case, "Summons").links if link.endswith(".pdf")))
    if pdf.status == 200:
        text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf.body)).pages)
        assert "\ufffd" not in text and case.upper() in text
    else:
        assert pdf.status == 409
        pdf.has("No installed font can show", "Latin letters")


# ------------------------------------------------------------------------------------------------ twice, at once
def test_the_same_form_sent_twice_is_written_once(site: Site, clerk: Person) -> None:
    case = reports(site, person(site, "officer"))
    page = clerk.case(case, "step/receive_record/")
    first, second = page.press("write"), page.press("write")
    written(first)
    written(second)
    assert clerk.case(case).words.count("Record received. Clerk Modelo") == 1


def test_the_same_record_sent_twice_opens_one_case(site: Site) -> None:
    officer = person(site, "officer")
    page = officer.get("/new/police_record/").press("write", record(site, **{"person.name": "Once Only"}))
    form = next(f for f in page.forms if f.action.endswith("/read-back/"))
    first, second = page.send(form, {}, []), page.send(form, {}, [])
    written(first)
    assert second.status in (200, 404)
    found = re.findall(r"/case/([^/]+)/\"", person(site, "clerk").get("/?q=Once+Only").html)
    assert len(set(found)) == 1, found


def test_of_two_who_decide_at_once_one_is_told_of_the_other(
    site: Site, clerk: Person, member: Person
) -> None:
    case, jurist = site.case("in_the_room"), person(site, "jurist")
    sits(member, case)
    found = findings(for_own_use="yes", offence_found="yes", dependent="no")
    ready = [
        proposes(who, case, found, "suspend", length("term.suspend.length", n, "months"))
        for who, n in ((member, 3), (jurist, 6))
    ]
    came: list[Seen] = []
    both = [threading.Thread(target=lambda page=page: came.append(page.confirm())) for page in ready]
    for one in both:
        one.start()
    for one in both:
        one.join()
    won, lost = sorted(came, key=lambda page: 'class="told"' not in page.html)
    written(won)
    assert 'class="told"' not in lost.html
    lost.has("Yours was not sent; it is kept as a draft until you choose.")
    assert clerk.case(case).words.count("Suspend provisionally: Length") == 1


# ------------------------------------------------------------------------------------------------ who sits
def test_a_quorum_lost_in_mid_sitting_decides_nothing(site: Site, clerk: Person, member: Person) -> None:
    case = site.case("hearing_second")
    clerk.step(case, "attend")
    sits(member, case, ("ensaio", "hipotese"), {"teste": "ill"})
    found = {**facts(for_own_use="yes", offence_found="no"), **heard(), **votes("ensaio", "hipotese")}
    ready = proposes(member, case, found, "absolve")
    assert ready.path.endswith("/read-back/")
    gone = {"who.acc-ensaio": "here", "who.acc-hipotese": "away", "why.acc-hipotese": "ill"}
    written(member.case(case, "sitting/").press("present", gone))
    answered = ready.confirm()
    assert 'class="told"' not in answered.html
    answered.has("1 present: at least 2 must sit" if "at least" in answered.words else "Yours was not sent")
    assert stands(member, case).startswith("Hearing")


def test_a_member_who_left_neither_signs_in_to_vote_nor_counts(site: Site, member: Person) -> None:
    with pytest.raises(AssertionError, match="There is nothing here for you"):
        Person(site.url, "member.before")
    page = member.case(site.case("exam_ordered"), "sitting/")
    assert "Anterior" not in page.words
    page = page.press("open", {"who.acc-ensaio": "here", "who.acc-anterior": "here"}, lenient=True)
    assert 'class="told"' not in page.html
    page.has("mandate")


# ------------------------------------------------------------------------------------------------ the network
def test_words_are_kept_when_the_network_goes_and_stand_there_when_it_is_back(
    visit: Visit, site: Site
) -> None:
    page = visit("officer", PHONE)
    page.goto("/new/police_record/")
    answer(page, {"person.name": "Lost Signal"})
    expect(page.locator("[data-draft-words]")).to_contain_text("Saved as draft")
    page.context.set_offline(True)
    answer(page, {"person.phone": "900 000 555"})
    expect(page.locator("[data-draft-words]")).to_contain_text("Not kept: the server cannot be reached")
    page.context.set_offline(False)
    answer(page, {"person.address": "Rua do Sinal 2"})
    expect(page.locator("[data-draft-words]")).to_contain_text("Saved as draft")
    again = visit("officer")
    again.goto("/new/police_record/")
    again.get_by_role("link", name="Go on with it").click()
    for name, value in (("name", "Lost Signal"), ("phone", "900 000 555"), ("address", "Rua do Sinal 2")):
        expect(again.locator(f"[name='person.{name}']")).to_have_value(value)


def test_a_session_that_ended_while_typing_loses_no_saved_word(visit: Visit, site: Site) -> None:
    page = visit("technician")
    case = site.case("to_assess_today")
    page.goto(f"/case/{case}/step/assess/")
    answer(page, {"fact.psychosocial_notes": WORDS})
    expect(page.locator("[data-draft-words]")).to_contain_text("Saved as draft")
    page.context.clear_cookies()
    answer(page, {"fact.members_summary": "And a summary."})
    expect(page.locator("[data-draft-words]")).to_contain_text(re.compile("signed out|Not kept"))
    page.locator("button[name=then][value=write]").click()
    page.wait_for_load_state()
    expect(page.locator("body")).to_contain_text("What you typed in a step is kept among your drafts")
    sign_in(page, "technician")
    page.goto(f"/case/{case}/step/assess/")
    expect(page.locator("[name='fact.psychosocial_notes']")).to_have_value(WORDS)


# ------------------------------------------------------------------------------------------------ the machine
def test_clocks_that_ended_while_the_server_was_down_are_caught_up_with_and_the_banner_says_it(
    visit: Visit, site: Site
) -> None:
    page = visit("clerk")
    page.goto("/")
    expect(page.locator(".stopped")).to_have_count(0)
    stopped_at = site.now
    site.stop()
    site.put_without_ticking(stopped_at + timedelta(days=6))
    site.start()
    page.goto("/")
    expect(page.locator(".stopped[role=alert]")).to_contain_text("Clocks have not been watched since")
    site.at(site.now)
    page.goto("/")
    expect(page.locator(".stopped")).to_have_count(0)
    page.goto(f"/case/{site.case('ending_soon')}/")
    expect(page.locator("main")).to_contain_text("End of the suspension")
    before = events(site)
    site.at(site.now)
    assert events(site) == before, "a second tick changes nothing"


def events(site: Site) -> int:
    with sqlite3.connect(site.data / "amparo.sqlite3") as connection:
        return int(connection.execute("SELECT count(*) FROM ledger_event").fetchone()[0])


def test_a_case_whose_events_were_altered_is_found_and_named(site: Site) -> None:
    sound = site.command("verify")
    assert sound.returncode == 0, sound.stdout + sound.stderr
    copy = site.data.parent / "altered"
    shutil.copytree(site.data, copy)
    with sqlite3.connect(copy / "amparo.sqlite3") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        (case,) = connection.execute("SELECT case_id FROM ledger_event LIMIT 1").fetchone()
        touched = "UPDATE ledger_event SET sealed = zeroblob(length(sealed)) WHERE case_id = ? AND seq = 2"
        connection.execute(touched, [case])
    altered = Site("", copy, site.log).command("verify")
    assert altered.returncode != 0 and str(case).replace("-", "") in (
        altered.stdout + altered.stderr
    ).replace("-", "")


def test_a_wrong_key_is_said_in_one_line_and_nothing_is_served(site: Site) -> None:
    key = site.data / "keys.json"
    right = key.read_text()
    site.stop()
    try:
        key.write_text(re.sub(r'"[A-Za-z0-9+/=_-]{40,}"', lambda m: '"' + m.group()[1:-1][::-1] + '"', right))
        told = site.command("verify")
        lines = [line for line in (told.stdout + told.stderr).splitlines() if line.strip()]
        assert told.returncode != 0
        assert len(lines) == 1 and "key" in lines[0].lower(), "\n".join(lines)
    finally:
        key.write_text(right)
        site.start()
