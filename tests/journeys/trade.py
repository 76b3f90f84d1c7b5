"""What the people of a commission do all day, by the forms of their pages: told to a case in one line each."""

from datetime import datetime, timedelta

from tests.journeys.answers import Typed, facts, moment, substance
from tests.journeys.site import Site
from tests.journeys.web import Answers, Person, Seen, written

LISBOA = ("ensaio", "hipotese", "teste")
ISLANDS = ("suposto", "conjetura", "padrao")
REASONS = "The record, what the person said, and the opinion of the technical team."


def record(site: Site, **differs: str | list[str] | None) -> Typed:
    """What an officer writes on the street, with what differs this time."""
    usual: Typed = {
        "person.name": "Nuria d'Ensaio", "person.wanted": "", "person.phone": "900 000 999", "person.safe": "yes",
        "person.born.day": "", "person.born.month": "", "person.born.year": "", "fact.circumstances": "",
        **moment("fact.occurred_at", site.now - timedelta(minutes=40)),
        **facts(area="lisboa", seized="yes", own_use="yes", age="27", home="lisboa", language="en"),
        **substance("cannabis_resin", "2.4"),
        **moment("fact.appointment", site.now + timedelta(hours=25)), "handed": ["summons"],
    }  # fmt: skip
    return {**usual, **differs}


def reports(site: Site, officer: Person, **differs: str | list[str] | None) -> str:
    """An officer makes a record and hands the summons over; gives the number of the case."""
    page = officer.get("/new/police_record/").press("write", record(site, **differs))
    page = written(page.confirm() if page.path.endswith("/read-back/") else page)
    return page.path.split("/")[2]


def takes_on(clerk: Person, case: str) -> Seen:
    """The record is received, and the case accepted."""
    clerk.step(case, "receive_record")
    return accepts(clerk, case)


def accepts(clerk: Person, case: str, **more: str) -> Seen:
    return follows(clerk, case, "accept", {**facts(competent_here="yes"), **facts(**more)})


def follows(clerk: Person, case: str, step: str, typed: Answers) -> Seen:
    """One of the ways open at intake, read back and written."""
    page = clerk.case(case, "choice/intake/").in_turn("write", {"choice.intake": step, **typed})
    return written(page.confirm() if page.path.endswith("/read-back/") else page)


def comes(clerk: Person, case: str, entry: str = "no", statement: str = "It was mine.") -> None:
    """The person is there; the register answers: *yes*, *no* or *~no_answer*."""
    clerk.step(case, "attend", {"fact.own_statement": statement})
    clerk.step(case, "register_answers", facts(prior_entry=entry))


def sits(
    member: Person, case: str, here: tuple[str, ...] = LISBOA, away: dict[str, str] | None = None
) -> Seen:
    """The sitting is opened: who is here, who is not and why."""
    who: Typed = {f"who.acc-{one}": "here" for one in here}
    for one, why in (away or {}).items():
        who |= {f"who.acc-{one}": "away", f"why.acc-{one}": why}
    page = member.case(case, "sitting/")
    then = "open" if 'value="open"' in page.html else "present"
    return written(page.press(then, who))


def votes(*members: str, against: tuple[str, ...] = ()) -> Typed:
    """A vote of each member."""
    return {f"vote.acc-{one}": "against" if one in against else "for" for one in members or LISBOA}


def heard(**more: str | list[str] | None) -> Typed:
    """What stands with every decision: its reasons, and that the person had the last word."""
    return {"reasons": REASONS, "heard": "yes", **more}


def findings(**found: str) -> Typed:
    return {**facts(**found), **heard(), **votes()}


def decides(member: Person, case: str, found: Typed, decision: str, terms: Typed | None = None) -> Seen:
    """Findings and decision on one page, sorted by the law, read back and written."""
    page = proposes(member, case, found, decision, terms)
    assert page.path.endswith("/read-back/"), page.words[:3000]
    return written(page.confirm())


def proposes(member: Person, case: str, found: Typed, decision: str, terms: Typed | None = None) -> Seen:
    """The same, up to the page that reads it back, or to the refusal."""
    page = member.case(case, "choice/decision/")
    return page.in_turn("write", {**found, "choice.decision": decision, **(terms or {})})


def delivers(
    clerk: Person, case: str, title: str, proof: str = "signed copy in the file", how: str = "by_hand"
) -> Seen:
    """The letter of this title reaches whom it is for, with proof."""
    return written(letter(clerk, case, title).press("deliver", {"how": how, "proof": proof}))


def letter(who: Person, case: str, title: str) -> Seen:
    """The page of a letter of this title; of several, the newest."""
    page = who.case(case)
    for link in reversed([one for one in page.links if "/letter/" in one]):
        found = who.get(link)
        if f"{title} " in found.words:
            return found
    raise AssertionError(f"No letter {title} in {case}: {page.words[:4000]}")


def stands(who: Person, case: str) -> str:
    """The sentence that says where a case stands, as this person reads it."""
    page = who.case(case)
    start = page.html.index("<h1>") + len("<h1>")
    return page.html[start : page.html.index("</h1>")]


def day_after(when: datetime, hour: int = 9, minute: int = 30) -> datetime:
    return (when + timedelta(days=1)).replace(hour=hour, minute=minute, second=0, microsecond=0)
