"""A commission with its people, a case brought in through the engine, and pages fetched as somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation

from amparo.cases.model import Do, Request
from amparo.ledger import book
from amparo.people import keys, store
from amparo.people.models import Account, Area, Mandate, Office, Post, Site
from amparo.people.seal import new_ring, write_ring

PROGRAMME = "pt-dissuasion"
ZONE = ZoneInfo("Europe/Lisbon")
CAST = {
    "officer": ("Officer Demo", "police"),
    "clerk": ("Clerk Modelo", "clerk"),
    "technician": ("Technician Prova", "technician"),
    "president": ("President Ensaio", "member"),
    "jurist": ("Jurist Hipótese", "member"),
    "member": ("Member Rascunho", "member"),
}
SEATS = {"president": ["president"], "jurist": ["jurist"], "member": []}


@pytest.fixture(autouse=True)
def installation(settings: Any, tmp_path: Path) -> Iterator[None]:
    """A key ring and files of this test's own."""
    settings.AMPARO_KEY_FILE = tmp_path / "keys.json"
    settings.AMPARO_CHECKPOINT_FILE = tmp_path / "checkpoints.jsonl"
    settings.AMPARO_LOCK_FILE = tmp_path / "amparo.lock"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    write_ring(settings.AMPARO_KEY_FILE, new_ring())
    yield
    keys._ring_at.cache_clear()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Words of a page drawn without a request; what a request chose does not stay."""
    with translation.override("en"):
        yield


@pytest.fixture
def site(db: None) -> Site:
    """The commission, with its people, seats and outside parties."""
    made = Site.objects.create(code="lisboa", name="Lisbon commission", zone="Europe/Lisbon")
    for code in ("lisboa", "sintra"):
        Area.objects.create(site=made, code=code, title={"en": code.title(), "pt": code.title()})
    for login, (name, role) in CAST.items():
        account = Account.objects.create_user(login, id=f"acc-{login}", name=name, demo=True)
        Post.objects.create(
            account=account, site=made, programme=PROGRAMME, role=role, from_day=date(2020, 1, 1)
        )
    for login, qualities in SEATS.items():
        Mandate.objects.create(
            account_id=f"acc-{login}",
            site=made,
            body="commission",
            qualities=qualities,
            from_day=date(2020, 1, 1),
        )
    Office.objects.create(id="off-reg", site=made, role="register", name="Central register", standing=True)
    Office.objects.create(id="off-bed", site=made, role="support_service", name="Shelter Amostra")
    return made


As = Callable[..., Client]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser_of(who: str | Account, language: str = "en") -> Client:
    """A browser in which this account is signed in."""
    client = Client(headers={"accept-language": language})
    account = Account.objects.get(username=who) if isinstance(who, str) else who
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def signed_in(site: Site) -> As:
    """Signs somebody in."""
    return browser_of


def now() -> int:
    return int(datetime.now(ZONE).timestamp())


def write(login: str, case: str | None, step: str, **fields: Any) -> book.Recorded:
    """A step by somebody, through the engine; it must not be refused."""
    names = {"facts", "terms", "handed", "accepted"}
    do = Do(step, **{k: v for k, v in fields.items() if k in names})
    rest = {k: v for k, v in fields.items() if k not in names | {"person"}}
    request = Request("steps", f"acc-{login}", CAST[login][1], (do,), **rest)
    done = book.record(
        Account.objects.get(username=login), case, request, f"{login} {step} {case}",
        person=fields.get("person"), programme=PROGRAMME, site="lisboa",
    )  # fmt: skip
    assert isinstance(done, book.Recorded), done
    return done


@pytest.fixture
def reported(site: Site) -> str:
    """The number of a case that an officer has just reported, about Alex Exemplo."""
    alex = store.keep(store.Record(name="Alex Exemplo", born="1999-12-31"))
    held = {"items": [{"substance": "cannabis_resin", "mass": 3_200_000, "weight": "net"}], "open": False}
    facts = {
        "occurred_at": now() - 3600, "area": "lisboa", "substances": held, "seized": True,
        "own_use": True, "age": 26, "home": "lisboa", "appointment": now() + 20 * 3600, "language": "pt",
    }  # fmt: skip
    return write(
        "officer", None, "report", facts=facts, handed=("summons",), person=alex, door="police_record"
    ).case_id


@pytest.fixture
def in_hearing(reported: str) -> str:
    """The same case in its hearing, the register's answer there: no entry."""
    write("clerk", reported, "receive_record")
    write("clerk", reported, "accept", facts={"competent_here": True})
    write("clerk", reported, "attend")
    write("clerk", reported, "register_answers", facts={"prior_entry": False})
    return reported


@pytest.fixture
def sitting(in_hearing: str) -> str:
    """The case with a sitting open: two present, the third ill."""
    args = {
        "do": "open", "present": ("acc-president", "acc-jurist"), "impeded": {"acc-member": "ill"},
        "vacant": 0, "chair": "acc-president",
    }  # fmt: skip
    request = Request("sit", "acc-president", "member", args=args)
    done = book.record(Account.objects.get(username="president"), in_hearing, request, "sit")
    assert isinstance(done, book.Recorded), done
    return in_hearing


def words(page: Any) -> str:
    """What a reader reads of a page: no marks, one space between words."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&nbsp;", " ").replace("\u00a0", " ").split())


def moment(name: str, at: datetime) -> dict[str, str]:
    """The fields of a moment as somebody types them."""
    return {
        f"{name}.day": str(at.day), f"{name}.month": str(at.month), f"{name}.year": str(at.year),
        f"{name}.time": at.strftime("%H:%M"),
    }  # fmt: skip


def a_report(**changed: str) -> dict[str, str]:
    """What an officer types to report and summon."""
    at = datetime.now(ZONE)
    typed = {
        "person.name": "Sam Sample", "fact.area": "lisboa", "fact.substances.0.substance": "cannabis_resin",
        "fact.substances.0.mass.n": "3,2", "fact.substances.0.mass.unit": "g",
        "fact.substances.0.weight": "net", "fact.seized": "yes", "fact.own_use": "yes", "fact.age": "31",
        "fact.home": "lisboa", "fact.language": "pt", "handed": "summons", "key": "0123456789abcdef",
        **moment("fact.occurred_at", at - timedelta(hours=2)),
        **moment("fact.appointment", at + timedelta(hours=20)),
    }  # fmt: skip
    return {**typed, **changed}


def mark_of(page: Any) -> str:
    """The mark of the proposal that a page holds above its votes."""
    return str(page.content.decode().split('name="voted_on" value="')[1].split('"')[0])


def voted(client: Client, step: str, typed: dict[str, str]) -> dict[str, str]:
    """The typing as people vote: the proposal is read first, the votes are given on it."""
    client.post(step, {**{k: v for k, v in typed.items() if not k.startswith("vote.")}, "then": "votes"})
    return {**typed, "voted_on": mark_of(client.get(step))}


def findings(**more: str) -> dict[str, str]:
    """What a president types of findings and reasons, with the votes of two members."""
    return {
        "key": "k2", "seen": "", "fact.for_own_use": "yes", "fact.offence_found": "yes",
        "fact.dependent": "no", "reasons": "Alex came and told us plainly.", "heard": "yes",
        "vote.acc-president": "for",
        "vote.acc-jurist": "against", "dissent.acc-jurist": "I would set six months.", **more,
    }  # fmt: skip


def suspending(n: str, **more: str) -> dict[str, str]:
    """The same with a decision: suspended for so many months."""
    terms = {"term.suspend.length.n": n, "term.suspend.length.unit": "months"}
    return findings(**{"choice.decision": "suspend", **terms, **more})
