"""Somebody of each programme at a phone: the worklist, a case, what can be done there; axe reads each page."""

import re

import pytest

from tests.journeys.browser import PHONE, Visit, axe
from tests.journeys.site import Site

LOGINS = (
    "tamaki.sergeant2",
    "tamaki.recorder",
    "panel.coordinator",
    "lead.casemanager",
    "court.coordinator",
    "county.coordinator",
)
CASE = re.compile(r"/case/[a-z0-9-]+/$")
STEP = re.compile(r"/case/[a-z0-9-]+/(step|choice)/[a-z_]+/$")


@pytest.mark.parametrize("login", LOGINS)
def test_on_a_phone_worklist_case_and_step_read_well(visit: Visit, site: Site, login: str) -> None:
    page = visit(login, size=PHONE)
    page.goto("/")
    for pattern in (CASE, STEP):
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        links = page.locator("main a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        found = [link for link in links if pattern.search(link)]
        if not found:
            break
        page.goto(found[0])
    axe(page)
