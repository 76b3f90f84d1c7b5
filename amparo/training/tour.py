"""What is printed when the training world is ready: who lives there, and a tour of three minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from textwrap import wrap

from amparo.ledger import definitions, papers
from amparo.pathways.model import Role
from amparo.people import staff
from amparo.people.models import Account, Post
from amparo.training import settle, world
from amparo.training.build import Built

WIDTH = 100
WORDS = {
    "people": {
        "en": "Who is here. One password for all:",
        "pt": "Quem aqui está. Uma só palavra-passe para todos:",
    },
    "tour": {"en": "Three minutes:", "pt": "Três minutos:"},
    "open": {
        "en": "Left open, so that the answer can be seen:",
        "pt": "Deixado em aberto, para que se veja a resposta:",
    },
    "as": {"en": "as", "pt": "como"},
}


def people(language: str, today: date) -> Iterator[str]:
    """One line for each account: login, name, role, site."""
    noon = int(datetime.combine(today, time(12), UTC).timestamp())
    yield f"{WORDS['people'][language]} {settle.PASSWORD}"
    for one in world.worlds(definitions.folders()):
        pathway = papers.pathway_of(one.programme)
        yield f"  {spoken(pathway.title, language)}"
        for key, written in one.staff.items():
            account = Account.objects.get(pk=settle.account_id(key, written))
            for post in staff.posts(account, today):
                if post.programme == one.programme:
                    role = spoken(_roles(post, noon)[post.role].title, language)
                    yield f"    {account.username:<19}{account.name:<25}{role}, {post.site.name}"


def _roles(post: Post, at: int) -> Mapping[str, Role]:
    """The roles as the site names them."""
    return papers.pathway_at(post.programme, post.site_id, at).roles


def stops(language: str, built: Built, address: str) -> Iterator[str]:
    """The tour, with the case numbers and addresses of this world."""
    yield WORDS["tour"][language]
    for one in world.worlds(definitions.folders()):
        for n, stop in enumerate(one.tour, 1):
            case = built.cases.get(stop.story, "")
            who = one.staff[stop.who]
            login = who.get("login", stop.who)
            page = address + stop.page.format(case=case)
            yield f" {n}. {WORDS['as'][language]} {login} ({who['name']}): {page}"
            yield from _indented(spoken(stop.do, language).format(case=case))
        yield WORDS["open"][language]
        for words in one.settings["unset"].values():
            yield from _indented(f"- {spoken(words, language)}")


def spoken(text: Mapping[str, str], language: str) -> str:
    """A text in a language, or in the first that it has: the words of a definition exist where it is used."""
    return text.get(language) or next(iter(text.values()))


def _indented(text: str) -> Iterable[str]:
    return wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
