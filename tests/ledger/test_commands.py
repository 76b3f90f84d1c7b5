"""Commands end with one clear line, and say by their exit whether all is well."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from amparo.ledger import book
from amparo.ledger.models import Head, Summary
from amparo.people.models import Account, Mandate, Post, Site
from tests.ledger.conftest import MONDAY, TUESDAY, do, recorded


def said(command: str, *arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().strip().splitlines()[-1]


def test_an_empty_ledger_verifies(db):
    assert said("verify") == "No root is signed yet: removal of the 0 entries would not be seen."


def test_a_changed_log_is_a_failure(opened):
    Head.objects.filter(pk=opened().case_id).update(hash=b"x" * 32)
    with pytest.raises(CommandError, match="1 faults"):
        said("verify")


def test_a_tick_says_what_it_did(opened):
    opened()
    assert said("tick", now=MONDAY + 20 * 86400) == "1 cases looked at, 2 events, 0 erased, root 1 signed."


def test_a_tick_that_leaves_a_case_out_is_a_failure(opened):
    Summary.objects.filter(pk=opened().case_id).update(pathway="nowhere")
    with pytest.raises(CommandError, match="tried again"):
        said("tick", now=MONDAY + 20 * 86400)


def test_rebuilding_says_what_differed(opened):
    assert said("rebuild", now=MONDAY) == "Everything was as the log says."
    Summary.objects.filter(pk=opened().case_id).update(box=7)
    assert said("rebuild", now=MONDAY) == "1 differences, all made anew."


def test_a_ring_is_made_once(settings, tmp_path):
    settings.AMPARO_KEY_FILE = tmp_path / "fresh.json"
    assert said("createkeys").startswith("Key ring ")
    with pytest.raises(CommandError, match="not overwritten"):
        said("createkeys")
    assert said("createkeys", "--show").startswith("Key ring ")


def test_a_site_and_its_people_are_made_by_command(db, monkeypatch):
    assert (
        said("site", "faro", "Comissão de Faro", "Europe/Lisbon", "--area", "faro=Faro") == "Site faro made."
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO("a long enough pass phrase\n"))
    arguments = ["ana", "--name", "Ana", "--post", "faro", "garden", "clerk", "--seat", "faro", "commission"]
    assert said("account", *arguments, "--quality", "jurist").endswith("made.")
    ana = Account.objects.get(username="ana")
    assert ana.check_password("a long enough pass phrase") and Post.objects.get(account=ana).role == "clerk"
    assert Mandate.objects.get(account=ana).qualities == ["jurist"] and Site.objects.get().areas.count() == 1


def test_a_weak_password_makes_no_account(db, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    with pytest.raises(CommandError, match="too short"):
        said("account", "ana", "--name", "Ana")
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["site", "x", "X", "Nowhere/Land"], "no time zone"),
        (["account", "ana"], "needs --name"),
        (["account", "ana", "--name", "Ana", "--from", "soon"], "not a day"),
        (["leave", "nobody"], "no account"),
    ],
)
def test_a_mistake_is_said_in_one_line(arguments, says, db):
    with pytest.raises(CommandError, match=says):
        said(*arguments)


def test_who_has_cases_does_not_leave(opened, clerk):
    recorded(
        book.record(clerk, opened().case_id, do("clerk", "describe", facts={"story": "x"}), "k", now=TUESDAY)
    )
    with pytest.raises(CommandError, match="1 open cases"):
        said("leave", "clara")


def test_production_does_not_start_with_the_known_secret(tmp_path: Path):
    unset = {name: value for name, value in os.environ.items() if not name.startswith(("AMPARO_", "DJANGO_"))}
    started = subprocess.run(
        [sys.executable, "-c", "import amparo.wsgi"],
        env={**unset, "AMPARO_DATA": str(tmp_path)},
        capture_output=True,
    )
    assert started.returncode and b"AMPARO_SECRET_KEY is not set" in started.stderr.splitlines()[-1]
