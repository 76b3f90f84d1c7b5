"""The refusals that the explanation shows are the ones that the program gives."""

from tests.docs import pages, refusals_page


def test_the_page_shows_what_the_program_says() -> None:
    text = pages.text(refusals_page.PAGE)
    assert text == refusals_page.page(text), "run: .venv/bin/python -m tests.docs.refusals_page"


def test_the_page_shows_every_refusal_and_the_rule() -> None:
    text = pages.text(refusals_page.PAGE)
    assert [one["mark"] for one in refusals_page.SHOWN.finditer(text)] == list(refusals_page.refused())
    assert len(refusals_page.RULE.findall(text)) == 1


def test_a_page_that_says_otherwise_is_found() -> None:
    text = pages.text(refusals_page.PAGE)
    assert refusals_page.page(text.replace("at most 2 years", "at most 9 years")) == text
