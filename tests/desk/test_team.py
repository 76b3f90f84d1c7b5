"""Who works on a case: somebody is given a part by a form; nobody outside the house is, and no outsider gives one."""

from __future__ import annotations

import pytest

from amparo.desk.team.view import parts
from amparo.pathways import reader
from tests.desk.conftest import As, words

GIVE = {"then": "give", "key": "t1", "seen": "", "role": "technician", "who": "acc-technician"}


def test_a_case_is_given_to_somebody_by_name(signed_in: As, in_hearing: str) -> None:
    clerk, page = signed_in("clerk"), f"/case/{in_hearing}/people/"
    assert "Nobody has it." in words(clerk.get(page))
    assert "Has it Technician Prova" in words(clerk.post(page, GIVE, follow=True))
    assert "Technician Prova" in words(clerk.get(f"/case/{in_hearing}/"))


def test_it_is_taken_off_again(signed_in: As, in_hearing: str) -> None:
    clerk, page = signed_in("clerk"), f"/case/{in_hearing}/people/"
    clerk.post(page, GIVE)
    taken = clerk.post(page, {**GIVE, "then": "end", "key": "t2"}, follow=True)
    assert "Has it Technician Prova" not in words(taken)


def test_without_a_name_it_says_what_to_do(signed_in: As, in_hearing: str) -> None:
    page = signed_in("clerk").post(f"/case/{in_hearing}/people/", {**GIVE, "who": ""})
    assert "Nobody is named. Choose who is to have it." in words(page)


def test_who_only_reported_gives_nobody_a_part(signed_in: As, in_hearing: str) -> None:
    assert signed_in("officer").get(f"/case/{in_hearing}/people/").status_code == 404


@pytest.mark.parametrize("name", reader.programmes())
def test_no_authority_outside_is_given_a_case(name: str) -> None:
    """They hear by notices, a service by a referral and a yes."""
    pathway = reader.programme(name)
    outside = {
        to for kind in pathway.consents.values() for to in kind.to if pathway.roles[to].is_ == "provider"
    }
    outside |= {n for n, role in pathway.roles.items() if role.is_ in ("authority", "register", "officer")}
    assert not outside & set(parts(pathway))


def test_in_a_court_each_who_sees_only_what_they_were_given_can_be_given_it() -> None:
    pathway = reader.programme("nz-treatment-court")
    by_case = {n for n, role in pathway.roles.items() if role.sees and role.sees.cases == "assigned"}
    assert by_case - set(parts(pathway)) == {"service", "whanau"}
