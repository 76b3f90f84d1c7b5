"""The page of addresses lists what the desk answers at, and nothing else."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.docs import pages

PAGE = pages.DOCS / "reference" / "pages.md"
ACTS = {
    "signin/as/", "me/post/", "blank/", "drafts/throw/", "case/*/*/*/draft/", "case/*/*/*/anew/", "new/*/",
    "new/*/draft/", "new/*/read-back/", "case/*/step/*/read-back/", "case/*/choice/*/read-back/",
    "case/*/letter/*/letter.pdf",
}  # fmt: skip
"""What a page sends to, or shows inside another; it is told of with that."""


def answered() -> set[str]:
    """The addresses of the desk; `*` for whatever is filled in."""
    return {re.sub(r"<[^>]+>", "*", one) for one in _walk(get_resolver()) if not _others(one)}


def _walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield path
        else:
            yield from _walk(one, path)


def _others(path: str) -> bool:
    return path.startswith(("accounts/", "i18n/"))


def test_every_page_of_the_desk_is_listed_and_no_other() -> None:
    listed = {re.sub(r"<[^>]+>", "*", row[0].strip("`/")) for row in pages.rows(PAGE)}
    assert listed == {path.rstrip("/") for path in answered() - ACTS}


def test_what_is_left_out_is_there() -> None:
    assert answered() >= ACTS
