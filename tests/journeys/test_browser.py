"""The tools of the journeys themselves: axe sees a fault, and a blocked script does not pass unnoticed."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import axe, listen


def test_axe_finds_a_picture_without_words(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>t</title><main><h1>t</h1><img src='data:,'></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_finds_nothing_on_a_sound_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=en><title>t</title><main><h1>t</h1></main></html>")
    axe(page)


def test_what_the_content_policy_blocks_is_heard(browser: Browser) -> None:
    page, complaints = browser.new_page(), list[str]()
    listen(page, complaints)
    policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">"
    page.set_content(f"<html lang=en><head>{policy}<title>t</title></head><script>1</script></html>")
    assert "Content Security Policy" in complaints[0]


def test_a_script_that_fails_is_heard(browser: Browser) -> None:
    page, complaints = browser.new_page(), list[str]()
    listen(page, complaints)
    page.set_content("<html lang=en><title>t</title><script>missing()</script></html>")
    assert "missing is not defined" in complaints[0]
