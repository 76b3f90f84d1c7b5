"""The bar above every page, and whose post it is."""

from __future__ import annotations

from datetime import date

import pytest

from amparo.desk import tabs
from amparo.desk.context import Link
from amparo.desk.shell import Shell
from amparo.pathways.reader import programme
from amparo.people.models import Account, Post, Site
from tests.desk.conftest import As, words


def bar(n: int, current: int = 0) -> Shell:
    nav = tuple(Link(str(k), f"/{k}/", current=k == current) for k in range(n))
    return Shell(training=False, languages=(), language="en", nav=nav)


@pytest.mark.parametrize(("links", "beside", "folded"), [(3, 3, 0), (5, 5, 0), (6, 4, 2), (10, 4, 6)])
def test_more_links_than_fit_fold_under_one_word(links: int, beside: int, folded: int) -> None:
    shell = bar(links)
    assert (len(shell.nav_first), len(shell.nav_more)) == (beside, folded)


def test_the_word_is_marked_where_the_page_stands_under_it() -> None:
    assert bar(8, current=6).nav_deep and not bar(8, current=1).nav_deep


def test_a_tab_says_the_kind_of_page_in_neutral_words() -> None:
    assert tabs.of_case("2026-12", "contact") == "File 2026-12: contact"
    assert tabs.of_case("2026-12", "case") == tabs.of_case("2026-12", "nothing_of_the_kind") == "File 2026-12"


def test_two_posts_of_one_name_are_told_apart_by_their_programme(site: Site, signed_in: As) -> None:
    clerk = Account.objects.get(username="clerk")
    Post.objects.create(
        account=clerk, site=site, programme="nz-panel", role="coordinator", from_day=date(2020, 1, 1)
    )
    panel = programme("nz-panel").title["en"]
    own = words(signed_in("clerk").get("/me/"))
    assert f"Coordinator, {panel[0].lower()}{panel[1:]}" in own and "Coordinator, commission for" in own
    assert f"Coordinator, {panel[0].lower()}{panel[1:]} Change post" in words(signed_in("clerk").get("/"))
