"""Five people take one fictional person from the street to the end of the case, each at their own screen.

The officer on a phone, the clerk without script, the technician, two members and the court at a desk; the second
case, which a court refers, is walked in Portuguese. Months pass between the screens: the clock is put forward.
"""

import io
import re
from datetime import date, datetime, timedelta

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.answers import day, facts, length, moment, substance
from tests.journeys.browser import DESK, PHONE, Visit, answer, open_link, press, send, sign_in, take, write
from tests.journeys.site import MAINLAND, Site

NAME = "Nuria d'Ensaio"
STATEMENT = "It was mine. I start a new job on Monday."
REASONS = "A first time; she was heard, and there is nothing that points to dependence."
DISSENT = "Six months would have been better."


def letter_of(page: Page, title: str) -> str:
    """Open a letter from the file, as PDF, and give its words."""
    open_link(page, title)
    href = page.get_by_role("link", name=re.compile("PDF")).get_attribute("href")
    reply = page.request.get(href or "")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/pdf"), reply.text()[:2000]
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(reply.body())).pages)
    return re.sub(r"\s+", " ", text)


def three_lines(page: Page) -> list[str]:
    """The first refusal on the page: what cannot be done, why, what can be done instead. It has the focus."""
    refusal = page.locator("#refused")
    expect(refusal).to_be_focused()
    return [line.inner_text() for line in refusal.locator("h2, p").all()]


def state(page: Page) -> str:
    """The one sentence at the top of a file that says where the case stands."""
    return page.locator("section.first h1").inner_text()


# ------------------------------------------------------------------------------------------------ the street
def the_officer_makes_a_record(page: Page, site: Site) -> str:
    """On a phone, before the person leaves; gives the number of the case."""
    sign_in(page, "officer")
    page.get_by_text("Menu").click()
    page.locator("details.menu").get_by_role("link", name="New case").click()
    answer(page, {"person.name": NAME, "person.phone": "900 000 999", "person.safe": "yes"})
    answer(page, {**day("person.born", date(1999, 5, 4)), "person.reads": "pt"})
    answer(page, moment("fact.occurred_at", site.now - timedelta(minutes=40)))
    answer(
        page, {**facts(area="lisboa", seized="yes", own_use="yes", age="27", home="lisboa", language="pt")}
    )
    answer(page, substance("cannabis_resin", "2,4"))
    page.locator("button[name=then][value=write]").click()
    what, why, instead = three_lines(page)
    assert (what, why.split(".")[0]) == (
        "“Record and summon” cannot be written yet.",
        "Not answered: Day and hour set",
    )
    answer(page, {**moment("fact.appointment", site.today(10, 30) + timedelta(days=1)), "handed": "summons"})
    press(page, "Check again")
    write(page)
    return page.url.split("/")[-2].lower()


def the_officer_learns_only_that_it_was_received(page: Page, case: str) -> None:
    page.goto(f"/case/{case}/")
    shown = page.locator("body").inner_text()
    assert "received" in state(page).lower()
    for hidden in (
        "suspend",
        "Suspend",
        "Filed",
        STATEMENT,
        "Judged dependent",
        "Earlier entry",
        "Letter reached",
    ):
        assert hidden not in shown.replace("Letter reached the person: Summons", ""), hidden


# ------------------------------------------------------------------------------------------------ the house
def the_clerk_takes_the_case_on(page: Page, case: str) -> None:
    """Without script: from the worklist to the file, received, and accepted."""
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Arrived from police")
    take(page, case, "receive_record", {})
    take(page, case, "intake", {"choice.intake": "accept", **facts(competent_here="yes")}, "choice")
    assert state(page).startswith("Being prepared")
    take(page, case, "ask_register", {})


def the_technician_talks_with_the_person(page: Page, case: str) -> None:
    """Notes a need, offers help that is refused, refers with a yes to one text and one service, and assesses."""
    page.goto(f"/case/{case}/support/")
    send(page, "note_need", {"kind": "housing", "words": "Sleeps on a sofa until the job starts."})
    send(page, "offer_help", {"kind": "housing", "words": "A room at the night house.", "answer": "no"})
    expect(page.locator("main")).to_contain_text("said no; nothing follows")
    the_technician_refers(page)
    take(page, case, "assess", {
        "fact.assist_band": "moderate", "fact.technical_opinion": "no",
        "fact.psychosocial_notes": "Worried about the new job.", "fact.members_summary": "Occasional use.",
    })  # fmt: skip


def the_technician_refers(page: Page) -> None:
    """One service, one text, the person's yes to both; then the service's answer, typed in by who received it."""
    page.goto(f"{page.url}refer/?kind=health")
    page.locator("main").get_by_role("link", name=re.compile("Verde Exemplo")).first.click()
    answer(page, {
        "says": "A talk about sleeping, in the morning.", "consent": "treatment_contact", "yes": "yes",
        "signature": "paper 12",
    })  # fmt: skip
    press(page, "Read it back")
    expect(page.locator("main")).to_contain_text("What was read cannot be called back.")
    press(page, "Send the referral")
    expect(page.locator("main")).to_contain_text("No answer yet")
    open_link(page, "Back to what was asked")
    send(page, "answer", {"answer": "accepted"})
    expect(page.locator("main")).to_contain_text("Accepted")


# ------------------------------------------------------------------------------------------------ the hearing
def the_member_opens_the_sitting(page: Page, case: str) -> None:
    """Two are here; the third is impeded, with the reason."""
    page.goto(f"/case/{case}/sitting/")
    answer(page, {"who.acc-ensaio": "here", "who.acc-hipotese": "here", "who.acc-teste": "away"})
    answer(page, {"why.acc-teste": "ill"})
    press(page, "Open the sitting")
    expect(page.locator("main")).to_contain_text("2 present, the others cannot sit: enough to decide.")


FOUND = {**facts(for_own_use="yes", offence_found="yes", dependent="no"), "reasons": REASONS, "heard": "yes"}
VOTES = {"vote.acc-ensaio": "for", "vote.acc-hipotese": "against", "dissent.acc-hipotese": DISSENT}


def reads_the_proposal(page: Page) -> None:
    """A vote is on one proposal with its terms: only when it stands there may be voted on it."""
    page.locator("button[name=then][value=votes]").click()
    page.wait_for_load_state()


def the_fine_is_refused(page: Page, case: str, clerk: Page) -> None:
    """A fine was chosen while the register seemed to say *entry*. The answer is set right; the fine is refused."""
    page.goto(f"/case/{case}/choice/decision/")
    answer(page, FOUND)
    page.get_by_role("button", name="sort again").click()
    answer(page, {"choice.decision": "fine", **facts(light_tables_only="yes"), "term.fine.amount.n": "60"})
    reads_the_proposal(page)
    answer(page, VOTES)
    take(clerk, case, "register_answers", facts(prior_entry="no"))
    page.locator("button[name=then][value=write]").click()
    expect(page.locator("main")).to_contain_text("While you were writing, Clerk Modelo wrote too")
    expect(page.locator("main")).to_contain_text(REASONS)
    open_link(page, "Look at mine again, on what stands now")
    three_lines(page)
    refusal = page.locator(".refusal", has=page.get_by_role("heading", name="“Fine” is not allowed here."))
    why, instead = (line.inner_text() for line in refusal.locator("p").all())
    assert "The law leaves one decision, “Suspend provisionally”" in why
    assert "30/2000, arts. 11(1), 11(4), 13" in why
    assert "Decide “Suspend provisionally”." in instead
    expect(page.locator("[name=reasons]")).to_have_value(REASONS)
    expect(page.locator("[name='term.fine.amount.n']")).to_have_value("60")
    expect(page.locator("[name='dissent.acc-hipotese']")).to_have_value(DISSENT)


def the_commission_suspends(page: Page) -> None:
    answer(page, {"choice.decision": "suspend", **length("term.suspend.length", 3, "months")})
    reads_the_proposal(page)
    answer(page, VOTES)
    page.locator("button[name=then][value=write]").click()
    page.wait_for_url("**/read-back/")
    back = page.locator("section.readback")
    expect(back).to_contain_text("Suspend provisionally: 3 months?")
    expect(back).to_contain_text("1 for, 1 against: carried by the chair’s casting vote.")
    expect(back).to_contain_text("Thu 25 Feb 2027")
    back.get_by_role("button").click()
    expect(page.locator(".told")).to_contain_text("Suspend provisionally")
    assert state(page).startswith("Provisionally suspended")


def the_other_member_confirms(page: Page, case: str) -> None:
    """From their own sign-in, on a phone."""
    page.goto(f"/case/{case}/sitting/")
    answer(page, {"vote": "against", "words": DISSENT})
    press(page, "Confirm my vote")
    page.goto(f"/case/{case}/sitting/")
    expect(page.locator("main")).to_contain_text(DISSENT)


def the_clerk_hands_the_letter_over(page: Page, case: str) -> None:
    page.goto(f"/case/{case}/")
    said = letter_of(page, "Provisional suspension")
    for words in (
        NAME,
        case.upper(),
        "3 meses",
        "25 de fevereiro de 2027",
        REASONS,
        "President Ensaio",
        "13",
    ):
        assert words in said, f"{words} is not in the letter:\n{said}"
    assert "Lei n.º 30/2000" in said and "Law" not in said, said
    assert "MUNDO DE" in said, "every sheet of the training world says that it is one"
    answer(page, {"how": "by_hand", "proof": "signed copy in the file"})
    press(page, "Write down that it arrived")
    expect(page.locator("main")).to_contain_text("signed copy in the file")
    page.goto(f"/case/{case}/sitting/")
    answer(page, {"minutes": "Read aloud and signed."})
    press(page, "Close the sitting")
    take(page, case, "sign_minutes", facts(minutes_signed="yes"))


# ------------------------------------------------------------------------------------------------ the end
def the_clerk_prepares_and_the_commission_files(clerk: Page, member: Page, case: str) -> None:
    clerk.goto("/?box=4")
    expect(clerk.locator("main")).to_contain_text(case.upper())
    take(clerk, case, "prepare_filing", facts(later_occurrence="no"))
    member.goto(f"/case/{case}/sitting/")
    everybody = {f"who.acc-{who}": "here" for who in ("ensaio", "hipotese", "teste")}
    answer(member, everybody)
    press(member, "Open the sitting")
    votes = {f"vote.acc-{who}": "for" for who in ("ensaio", "hipotese", "teste")}
    take(member, case, "file", votes)
    assert state(member).startswith("Filed")


def test_a_police_record_is_taken_from_the_street_to_its_filing(visit: Visit, site: Site) -> None:
    officer = visit(size=PHONE)
    case = the_officer_makes_a_record(officer, site)
    clerk = visit("clerk", DESK, java_script_enabled=False)
    the_clerk_takes_the_case_on(clerk, case)
    technician = visit("technician", DESK)
    the_technician_talks_with_the_person(technician, case)
    site.at(site.today(10, 35) + timedelta(days=1))
    take(clerk, case, "attend", {"fact.own_statement": STATEMENT})
    take(clerk, case, "register_answers", facts(prior_entry="yes"))
    member = visit("member", DESK)
    the_member_opens_the_sitting(member, case)
    the_fine_is_refused(member, case, clerk)
    the_commission_suspends(member)
    the_other_member_confirms(visit("jurist", PHONE), case)
    the_clerk_hands_the_letter_over(clerk, case)
    the_officer_learns_only_that_it_was_received(officer, case)

    site.at(datetime(2027, 2, 26, 9, 30, tzinfo=MAINLAND))
    the_clerk_prepares_and_the_commission_files(clerk, member, case)
    the_officer_learns_only_that_it_was_received(officer, case)


# ------------------------------------------------------------------------------------------------ a court's referral
def the_court_refers(page: Page, site: Site) -> str:
    """Its own account opens the case; the hours of the police do not start, the year of limitation does."""
    sign_in(page, "court")
    page.get_by_role("link", name="Novo processo").first.click()
    answer(page, {"person.name": "Otelo d'Ensaio", "person.reads": "pt"})
    answer(page, moment("fact.occurred_at", site.now - timedelta(days=90)))
    answer(
        page,
        {
            "fact.court_reference": "77/26.0EXMPL",
            **facts(closed_at_stage="acquitted", own_use="yes", age="41", area="amadora"),
        },
    )
    answer(page, substance("cannabis_herb", "12"))
    write(page)
    return page.url.split("/")[-2].lower()


def the_clerk_summons(page: Page, site: Site, case: str) -> None:
    take(page, case, "intake", {"choice.intake": "accept", **facts(competent_here="yes")}, "choice")
    take(page, case, "summon", moment("fact.appointment", site.today(10) + timedelta(days=9)))
    page.goto(f"/case/{case}/")
    said = letter_of(page, "Notificação")
    assert "Otelo d'Ensaio" in said and "10:00" in said, said
    send(page, "deliver", {"how": "post_with_proof", "proof": "aviso de receção 5"})
    expect(page.locator("main")).to_contain_text("aviso de receção 5")
    clocks = page.goto(f"/case/{case}/") and page.locator("main").inner_text()
    assert clocks and "Prescrição" in clocks and "Receção do auto" not in clocks


def the_commission_fines(page: Page, case: str) -> None:
    """There is an earlier entry: of what the law allows, a fine."""
    page.goto(f"/case/{case}/sitting/")
    answer(page, {f"who.acc-{who}": "here" for who in ("ensaio", "hipotese", "teste")})
    press(page, "Abrir a sessão")
    page.goto(f"/case/{case}/choice/decision/")
    answer(page, {**FOUND, "reasons": "Há registo anterior; foi ouvido."})
    page.locator("button.as-link[name=then][value=check]").click()
    answer(page, {"choice.decision": "fine", **facts(light_tables_only="yes"), "term.fine.amount.n": "60,00"})
    reads_the_proposal(page)
    answer(page, {**VOTES, "vote.acc-teste": "for"})
    write(page)
    assert state(page).startswith("Sanção decidida")


def the_clerk_notifies(page: Page, case: str) -> None:
    """The appeal runs from the notice: not notified, no term."""
    page.goto(f"/case/{case}/step/notify_decision/")
    page.locator("button[name=then][value=write]").click()
    what, why, instead = three_lines(page)
    assert "130-A/2001" in why and instead
    page.goto(f"/case/{case}/")
    said = letter_of(page, "Sanção")
    for words in ("Otelo d'Ensaio", "60,00", "20 dias", "Pode recorrer", "President Ensaio"):
        assert words in said, f"{words} is not in the letter:\n{said}"
    send(page, "deliver", {"how": "by_hand", "proof": "cópia assinada"})
    take(page, case, "notify_decision", {})


def test_a_courts_referral_is_taken_to_a_sanction_that_is_final_and_paid(visit: Visit, site: Site) -> None:
    court = visit(size=DESK, language="pt")
    case = the_court_refers(court, site)
    clerk = visit("clerk", DESK, "pt")
    the_clerk_summons(clerk, site, case)
    site.at(site.today(10, 5) + timedelta(days=9))
    take(clerk, case, "attend", {"fact.own_statement": "Era para mim."})
    take(clerk, case, "register_answers", facts(prior_entry="yes"))
    the_commission_fines(visit("member", PHONE, "pt"), case)
    the_clerk_notifies(clerk, case)

    clerk.goto(f"/case/{case}/step/confirm_final/")
    clerk.locator("button[name=then][value=write]").click()
    assert "433/82" in three_lines(clerk)[1], "before the term to appeal is over nothing is final"
    site.later(days=21)
    take(clerk, case, "confirm_final", {})
    assert state(clerk).startswith("Coima por pagar")
    take(clerk, case, "pay", {})
    assert state(clerk).startswith("Sanção cumprida")
    court.goto(f"/case/{case}/")
    shown = court.locator("body").inner_text()
    assert not [word for word in ("oima", "Sanção", "Registo anterior", "60,00") if word in shown], shown
