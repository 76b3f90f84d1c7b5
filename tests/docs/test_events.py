"""The page of events is made from the vocabulary."""

from amparo.cases.events import KINDS
from tests.docs import events_page, pages


def test_the_page_is_what_the_vocabulary_says() -> None:
    remedy = "run: .venv/bin/python -m tests.docs.events_page"
    assert pages.text(events_page.PAGE) == events_page.page(), remedy


def test_every_kind_has_its_row() -> None:
    assert {row[0].strip("`") for row in pages.rows(events_page.PAGE)} == set(KINDS)
