"""What a journey starts from.

`site` is a served copy of the training world, one a test file: its tests may change it, no other sees that.
`visit(name, size=PHONE)` opens a browser of a person's own, signed in; without a name it is a stranger's.
`phone` and `desk` are a stranger's pages in the two sizes that every screen must fit.

`AMPARO_WORLD=folder` takes a world already built there (`AMPARO_DATA=folder AMPARO_TRAINING=1 amparo demo
--build-only`), which spares the building while a journey is being written. `AMPARO_SHOTS=folder` keeps a picture of
each page as a test left it.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.browser import DESK, PHONE, Visit, chromium, listen
from tests.journeys.site import Site, built_once, served
from tests.journeys.web import person

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a journey."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the training world. Read it, copy it, never change it."""
    if ready := os.environ.get("AMPARO_WORLD"):
        return Path(ready).resolve()
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return built_once(run / "world")


@pytest.fixture(scope="module")
def site(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served copy of the training world, for the tests of one file."""
    with served(world, tmp_path_factory.mktemp("site")) as ready:
        yield ready


# No longer than a file: while Playwright runs, Django refuses to touch a database in the same thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one file."""
    with chromium() as started:
        yield started


def signed_in(site: Site, name: str) -> list[Any]:
    """What the browser of somebody who signed in holds. Each signs in once, as the program counts the tries."""
    jar = person(site, name).jar
    return [{"name": one.name, "value": one.value or "", "url": site.url} for one in jar]


@pytest.fixture
def visit(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A function that opens a page for a person. A failed script or a blocked resource fails the test."""
    contexts, complaints = [], list[str]()

    def open_page(name: str = "", size: ViewportSize = DESK, language: str = "en", **more: Any) -> Page:
        context = browser.new_context(
            base_url=site.url, viewport=size, locale=language, has_touch=size == PHONE, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        listen(page, complaints)
        if name:
            context.add_cookies(signed_in(site, name))
        return page

    yield open_page
    for n, context in enumerate(contexts):
        if shots := os.environ.get("AMPARO_SHOTS"):
            for page in context.pages:
                page.screenshot(path=Path(shots) / f"{request.node.name}-{n}.png", full_page=True)
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def phone(visit: Visit) -> Page:
    """A stranger's page on a phone."""
    return visit(size=PHONE)


@pytest.fixture
def desk(visit: Visit) -> Page:
    """A stranger's page at a desk."""
    return visit(size=DESK)
