"""The small files that the how-to pages show do what the pages say."""

import io
import shlex
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from amparo import commands
from amparo.pathways import reader, values
from amparo.people import staff
from amparo.people.models import Account
from tests.docs import pages

HOWTO = pages.DOCS / "how-to"
TODAY = datetime.now(UTC).date()


def shown(page: str, name: str) -> str:
    """The file that a page shows under this name."""
    return next(one.text for one in pages.blocks(HOWTO / page) if one.mark == f"run: {name}")


def run(text: str) -> None:
    exec(compile(text, "how-to", "exec"), {})


@pytest.fixture
def first_site(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of the page, each with a password from standard input; then its file."""
    for line in shown("install.md", "site").splitlines():
        monkeypatch.setattr("sys.stdin", io.StringIO("only for this test, long enough\n"))
        assert commands.main(shlex.split(line)[1:]) == 0, line
    run(shown("install.md", "site.py"))


def test_the_first_site_has_its_people(first_site: None) -> None:
    chair = Account.objects.get(username="chair")
    assert staff.roles(chair, "lisboa", "pt-dissuasion", TODAY) == ("member",)
    assert staff.mandates("lisboa", TODAY)[chair.pk] == ("president",)
    assert [office.role for office in staff.standing_offices("lisboa", TODAY)] == ["register"]
    assert staff.holidays("lisboa") == {date(2026, 12, 25)}


def test_the_first_site_uses_roles_and_a_body_of_the_definition(first_site: None) -> None:
    pathway = reader.programme("pt-dissuasion")
    posts = [post for account in Account.objects.all() for post in staff.posts(account, TODAY)]
    assert posts and {post.role for post in posts} <= set(pathway.roles)
    seats = sum(pathway.bodies["commission"].made_of.values())
    assert len(staff.mandates("lisboa", TODAY, "commission")) == seats


def test_a_setting_entered_in_a_shell_counts_from_its_day(first_site: None) -> None:
    run(shown("before-first-use.md", "setting.py"))
    assert "record_lasts" not in staff.entered("lisboa", "prosecution", date(2026, 1, 31))
    found = staff.entered("lisboa", "prosecution", date(2026, 2, 1))["record_lasts"]
    type_ = reader.programme("prosecution").settings["record_lasts"].type
    assert values.parse(type_, found.value) == values.parse(type_, "7 years")


def test_the_backup_holds_what_was_written_last(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "amparo.sqlite3") as here:
        here.executescript("PRAGMA journal_mode = WAL; CREATE TABLE told (n); INSERT INTO told VALUES (7);")
    run(shown("keys-and-backup.md", "backup.py").replace("/var/lib/amparo", str(tmp_path)))
    here.close()
    copy = sqlite3.connect(tmp_path / "backup.sqlite3")
    assert copy.execute("SELECT n FROM told").fetchall() == [(7,)]
    copy.close()
