"""Who sees what: a word of its own stands in every free text and health fact of one case; then everybody looks.

Every address of the desk, for every account and every part of the case, also those of cases that are not theirs and
of cases that do not exist. What may not be seen is nowhere: not in a page, its title, a header, a place that one is
sent on to, a PDF, a list or a count, the files on the disk or what the server printed.
"""

import io
import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from pypdf import PdfReader

from tests.journeys.answers import facts, length
from tests.journeys.site import Site
from tests.journeys.trade import accepts, heard, letter, reports, sits, votes
from tests.journeys.web import Person, Seen, person, written

STAFF = {"technician", "technician.second"}
MEMBERS = {"member", "jurist", "member.third"}
CLERKS = {"clerk", "clerk.second"}
HOUSE = STAFF | MEMBERS | CLERKS
SERVICE = {"service"}
OUTSIDE = {"officer", "officer.gnr", "court", "support", "enforcement", "beneficiary", "defender"}
ISLANDS = {
    "clerk.azores",
    "technician.azores",
    "member.azores",
    "officer.azores",
    "court.azores",
    "service.azores",
}
EVERYBODY = HOUSE | SERVICE | OUTSIDE | ISLANDS

# Each word, and who may come upon it: by the definition's `sees`, the words of one's own, and the own referral.
SEEN_BY: dict[str, set[str]] = {
    "canarycircumstances": HOUSE | {"officer"},
    "canaryroute": HOUSE | {"officer"},
    "canarywitnesses": HOUSE | {"officer"},
    "canaryplace": HOUSE | {"officer"},
    "canaryneed": STAFF,
    "canaryadvice": STAFF,
    "canaryoffer": STAFF,
    "canaryreferral": STAFF | SERVICE,
    "canaryroom": STAFF | {"support"},
    "canarynotes": STAFF,
    "canarysummary": STAFF | MEMBERS,
    "canaryfamily": STAFF | MEMBERS,
    "canaryacquired": STAFF | MEMBERS,
    "canarystatement": HOUSE,
    "canaryreasons": HOUSE,
    "canarydissent": HOUSE,
    "canaryyes": HOUSE | SERVICE,
    "canaryminutes": HOUSE,
    "canaryproof": HOUSE,
    "canarysurname": HOUSE | {"officer", "support"} | SERVICE,
    "canarystreet": CLERKS | STAFF | {"officer", "support"} | SERVICE,
    "verde exemplo": HOUSE | SERVICE,
    "porta aberta": HOUSE | {"support"},
}

# Words that tell where the case stands, for those who learn only that it was received.
TELLING = [
    "Provisionally suspended",
    "in treatment",
    "Judged dependent",
    "Earlier entry",
    "Suspend provisionally",
]


class Planted(NamedTuple):
    """The case with all those words in it, and what stands beside it."""

    case: str
    letters: tuple[str, ...]


@pytest.fixture(scope="module")
def planted(site: Site) -> Planted:
    """One person's case, from the street to a suspension with treatment, every word of it a canary."""
    officer, clerk, technician, member = (
        person(site, who) for who in ("officer", "clerk", "technician", "member")
    )
    case = reports(site, officer, **{
        "person.name": "Zephyra Canarysurname", "person.address": "Rua Canarystreet 1",
        "fact.substances.0.substance": "heroin", "fact.route_reason": "canaryroute", "fact.circumstances":
        "canarycircumstances", **facts(in_public="yes"),
    })  # fmt: skip
    officer.step(
        case, "complete_record", {"fact.witnesses": "canarywitnesses", **facts(place_in_words="canaryplace")}
    )
    clerk.step(case, "receive_record")
    accepts(clerk, case)
    _supported(technician, case)
    site.later(hours=25, minutes=10)
    clerk.step(case, "attend", {"fact.own_statement": "canarystatement"})
    clerk.step(case, "register_answers", facts(prior_entry="no"))
    technician.step(case, "ask_situation", facts(
        work_situation="working", home_situation="street", income="no", family_situation="canaryfamily",
        how_acquired="canaryacquired", habitual="yes",
    ))  # fmt: skip
    _decided(member, case)
    written(
        letter(clerk, case, "Provisional suspension").press(
            "deliver", {"how": "by_hand", "proof": "canaryproof"}
        )
    )
    written(member.case(case, "sitting/").press("close", {"minutes": "canaryminutes"}))
    links = [link for link in technician.case(case).links if "/letter/" in link]
    return Planted(case, tuple(link.split("/letter/")[1].strip("/") for link in links))


def _supported(technician: Person, case: str) -> None:
    support = technician.case(case, "support/")
    written(support.press("note_need", {"kind": "housing", "words": "canaryneed"}))
    written(
        technician.case(case, "support/").press("give_advice", {"kind": "health", "words": "canaryadvice"})
    )
    refused = {"kind": "treatment", "words": "canaryoffer", "answer": "no"}
    written(technician.case(case, "support/").press("offer_help", refused))
    agreed = {"yes": "yes", "signature": "paper 1"}
    refers = {"says": "canaryreferral", "consent": "treatment_contact", **agreed}
    _referred(technician, case, "treatment", "off-casa-verde", refers)
    _referred(technician, case, "housing", "off-porta-aberta", {"says": "canaryroom", **agreed})
    technician.step(case, "assess", {
        "fact.assist_band": "high", "fact.technical_opinion": "yes", "fact.psychosocial_notes": "canarynotes",
        "fact.members_summary": "canarysummary",
    })  # fmt: skip


def _referred(technician: Person, case: str, kind: str, to: str, typed: dict[str, str]) -> None:
    """What for, where, which words, the yes; read back and sent. The link to answer stands on the page that follows."""
    ways = technician.case(case, f"support/refer/?kind={kind}").links
    pages = (technician.get(way) for way in ways if "&to=" in way)
    page = next(page for page in pages if page.form("read_refer").fields["to"] == [to])
    sent = page.press("read_refer", typed).press("refer")
    assert sent.status == 200 and "/answer/" in sent.html, sent.words[:3000]


def _decided(member: Person, case: str) -> None:
    sits(member, case)
    found = {
        **facts(for_own_use="yes", offence_found="yes", dependent="yes"),
        **heard(),
        **votes(against=("teste",)),
    }
    found |= {"reasons": "canaryreasons", "dissent.acc-teste": "canarydissent"}
    found |= {"fact.accepts_treatment": "yes", "fact.accepts_treatment.words": "canaryyes"}
    page = member.case(case, "choice/decision/")
    terms = length("term.suspend_with_treatment.length", 1, "years")
    page = page.in_turn(
        "write",
        {
            **found,
            "choice.decision": "suspend_with_treatment",
            **terms,
            "item.treatment.0.words": "canaryitem",
        },
    )
    assert page.path.endswith("/read-back/"), page.words[:3000]
    written(page.confirm())


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, Person]:
    return {login: person(site, login) for login in sorted(EVERYBODY)}


# ------------------------------------------------------------------------------------------------ the addresses
def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Every address of the program that may be asked for by name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        else:
            yield "/" + route


STEPS = ("accept", "find", "suspend_with_treatment", "service_reports", "register_answers", "assess", "file")


def addresses(case: str, letters: tuple[str, ...]) -> list[str]:
    """Every address of the desk filled in for one case; of steps, one for each kind of form."""
    found = []
    for route in routes():
        if route.startswith(("/accounts", "/i18n", "/case")) and "case_id" not in route:
            continue
        filled = (
            route.replace("<str:case_id>", case)
            .replace("<str:notice_id>", "1")
            .replace("<slug:kind>", "step")
        )
        names = (
            STEPS
            if "<slug:name>" in filled and "/new/" not in filled
            else ("police_record", "court_referral")
        )
        for name in names if "<slug:name>" in filled else ("",):
            one = filled.replace("<slug:name>", "decision" if "/choice/" in filled else name)
            found += (
                [one.replace("<str:letter_id>", x) for x in letters] if "<str:letter_id>" in one else [one]
            )
    return list(dict.fromkeys(found))


def told(page: Seen) -> str:
    """Everything that came back: page or PDF, its title and properties, headers, and where one was sent on to."""
    text = page.html
    if "pdf" in page.headers.get("Content-Type", ""):
        pdf = PdfReader(io.BytesIO(page.body))
        text = "\n".join(sheet.extract_text() for sheet in pdf.pages) + repr(pdf.metadata)
    return f"{text}\n{page.url}\n{page.title}\n{page.headers}".lower()


def lists() -> list[str]:
    return ["/", *(f"/?box={n}" for n in range(10)), "/?q=Zephyra", "/drafts/", "/me/"]


# ------------------------------------------------------------------------------------------------ what is seen
@pytest.mark.parametrize("login", sorted(EVERYBODY))
def test_nobody_comes_upon_a_word_that_is_not_for_them(
    planted: Planted, people: dict[str, Person], login: str
) -> None:
    hidden = [word for word, who in SEEN_BY.items() if login not in who]
    offices = [word for word in hidden if "canary" not in word]  # named on the site's own page
    for address in [*addresses(planted.case, planted.letters), *lists()]:
        page = people[login].get(address)
        sought = hidden if planted.case in address else [word for word in hidden if word not in offices]
        found = [word for word in sought if word in told(page)]
        assert not found, f"{login} reads {found} at {address}"
        assert page.status < 500, f"{address} gives {page.status} to {login}"


@pytest.mark.parametrize("word", sorted(SEEN_BY))
def test_who_may_read_a_word_does(planted: Planted, people: dict[str, Person], word: str) -> None:
    """So that the search above looks for something that is there."""
    reader = next(one for one in ("technician", "clerk", "support", "service") if one in SEEN_BY[word])
    pages = addresses(planted.case, planted.letters)
    assert any(word in told(people[reader].get(one)) for one in pages if "/step/" not in one), (
        f"{reader}: {word}"
    )


@pytest.mark.parametrize("login", ["officer", "court", "support", "enforcement", "beneficiary", "service"])
def test_outside_parties_do_not_learn_what_was_decided(
    planted: Planted, people: dict[str, Person], login: str
) -> None:
    telling = [
        one.lower() for one in (TELLING if login != "service" else ["Judged dependent", "Earlier entry"])
    ]
    for address in [f"/case/{planted.case}/", f"/case/{planted.case}/who-saw/", "/"]:
        words = people[login].get(address).words.lower()
        assert not [one for one in telling if one in words], f"{login} at {address}"


def test_the_officer_learns_that_it_was_received_and_no_more(
    planted: Planted, people: dict[str, Person]
) -> None:
    page = people["officer"].case(planted.case)
    assert "received" in page.words.lower()
    for address in (f"/case/{planted.case}/who-saw/", f"/case/{planted.case}/sitting/"):
        page = people["officer"].get(address)
        assert "Ensaio" not in page.words and "member" not in page.words.lower(), page.words[:2000]


@pytest.mark.parametrize("login", ["support", "service"])
def test_a_service_writes_no_yes_of_the_person_to_itself(
    planted: Planted, people: dict[str, Person], login: str
) -> None:
    page = people[login].case(planted.case, "consents/")
    buttons = [button.value for form in page.forms for button in form.buttons]
    assert not {"give", "withdraw"} & set(buttons), buttons


# ------------------------------------------------------------------------------------------------ default deny
def plain(page: Seen, case: str) -> str:
    """A page without what differs between any two pages: the tokens of its forms, and the address asked for."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.html)
    return text.replace(case, "CASE")


@pytest.mark.parametrize("login", sorted((OUTSIDE - {"officer", "support"}) | ISLANDS))
def test_a_hidden_case_and_one_that_does_not_exist_are_answered_alike(
    planted: Planted, people: dict[str, Person], login: str
) -> None:
    nobody = "0000-0000-0000"
    for address in addresses("CASE", ("x1",)):
        if "CASE" in address:
            hidden = people[login].get(address.replace("CASE", planted.case))
            missing = people[login].get(address.replace("CASE", nobody))
            assert hidden.status == missing.status and hidden.status in (404, 405), (
                f"{address}: {hidden.status}"
            )
            assert plain(hidden, planted.case) == plain(missing, nobody), address


def test_a_stranger_is_sent_to_sign_in_everywhere(site: Site, planted: Planted) -> None:
    stranger = Person(site.url)
    for address in addresses(planted.case, planted.letters):
        page = stranger.get(address)
        assert page.path in ("/signin/", "/accounts/login/") or page.status in (403, 404, 405), (
            f"{address}: {page.url}"
        )
        assert not [word for word in SEEN_BY if word in told(page)], address


# ------------------------------------------------------------------------------------------------ counts
def shown(site: Site, who: Person, case: str) -> list[str]:
    """What somebody sees of a case, on its pages and lists, without tokens, keys and marks, which are never alike."""
    pages = [
        who.get(one) for one in (f"/case/{case}/", f"/case/{case}/support/", f"/case/{case}/step/find/", "/")
    ]
    marks = r'name="(?:csrfmiddlewaretoken|key|seen|id)" value="[^"]*"|/(?:letter|notice)/[^/"]+/'
    strip = re.compile(rf"{marks}|\d+ (?:s|min|h)[^<]* left")
    return [strip.sub("", page.html) for page in pages]


@pytest.mark.parametrize("login", ["clerk", "member", "officer"])
def test_a_need_a_refusal_and_a_referral_leave_no_trace_for_others(
    site: Site, people: dict[str, Person], login: str
) -> None:
    case, who, technician = site.case("in_the_room"), people[login], people["technician"]
    before, open_form = shown(site, who, case), who.case(case, "step/choose_defender/")
    noted = {"kind": "food", "words": "canarytrace"}
    written(technician.case(case, "support/").press("note_need", noted))
    written(technician.case(case, "support/").press("offer_help", {**noted, "answer": "no"}))
    for old, new in zip(before, shown(site, who, case), strict=True):
        assert _apart(old, new) == [], f"{login} sees that something happened"
    if open_form.status == 200:
        open_form.press("check").lacks("While you were writing")


def _apart(old: str, new: str) -> list[tuple[str, str]]:
    lines = zip(old.splitlines(), new.splitlines(), strict=False)
    return [(a.strip()[:200], b.strip()[:200]) for a, b in lines if a != b][:3]


@pytest.mark.parametrize("login", sorted(HOUSE))
def test_the_boxes_add_up_to_what_this_account_may_see(people: dict[str, Person], login: str) -> None:
    page = people[login].get("/")
    total = re.search(r"= ?(\d+)", page.words)
    parts = re.findall(r'class="n[^"]*">(\d+)<', page.html)
    assert total, page.words[:1500]
    assert parts == [] or sum(map(int, parts)) >= int(total.group(1))


# ------------------------------------------------------------------------------------------------ at rest
def test_no_word_lies_open_on_the_disk_or_in_what_the_server_printed(
    site: Site, planted: Planted, people: dict[str, Person]
) -> None:
    people["member"].case(planted.case, "step/prolong/").press("keep", {"reasons": "canarydraft"})
    people["member"].case(planted.case, "step/prolong/").has("canarydraft")
    words = [*(word for word in SEEN_BY if "canary" in word), "canarydraft", "canarytrace", "zephyra"]
    site.stop()  # so that all of it is in the file
    files = [path for path in site.data.rglob("*") if path.is_file()]
    assert any(path.name.endswith("sqlite3") for path in files)
    for path in [*files, site.log]:
        content = path.read_bytes().lower()
        found = [word for word in words if word.encode() in content]
        assert not found, f"{path.name} holds {found} in clear"
    site.start()


def test_where_a_case_stands_lies_open_in_no_table(site: Site, planted: Planted) -> None:
    telling = (
        "suspended_in_treatment",
        "suspend_with_treatment",
        "setting_suspended",
        "note_need",
        "prior_entry",
    )
    with sqlite3.connect(site.data / "amparo.sqlite3") as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in set(tables) - {"ledger_definition"}:  # the law's own words
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                held = " ".join(str(value) for value in row)
                assert not [word for word in telling if word in held], f"{table}: {held[:300]}"
