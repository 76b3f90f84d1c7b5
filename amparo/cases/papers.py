"""Letters and notices that a step makes: to whom, with which hour, on which ground, and whether a letter can be
printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amparo.cases import about, clocks
from amparo.cases.model import Case, Consent, Notice
from amparo.cases.read import Readings, live_consents, setting, value
from amparo.cases.recipients import recipients
from amparo.pathways.model import Names, Pathway, Step, TermRef

OUTSIDE = ("person.", "site.", "body.", "case.", "step.")
"""Fields whose words live outside the case; whoever prints the letter names them if they lack."""

NOT_EVERYBODY = frozenset({"harmed", "supporter", "lawyer"})
"""Roles that many cases lack: a letter or notice to one who is not there is not made."""


def blanks(case: Case, letter: str, r: Readings, terms: Mapping[str, Any], step: str) -> Names:
    """The fields of a letter that have no value yet, as they would stand with this step and its terms."""
    return tuple(f for f in case.pathway.letters[letter].fields if not _filled(case, f, r, terms, step))


def _filled(case: Case, field: str, r: Readings, terms: Mapping[str, Any], step: str) -> bool:
    head, _, rest = field.partition(" ")
    if field.startswith(OUTSIDE) or field.startswith("obligations."):
        return True
    if head == "term":
        of, _, term = rest.partition(".")
        mine = of in (step, case.pathway.steps[step].choice)
        return (terms.get(term) if mine else clocks.term_of(case, TermRef(of, term))) is not None
    if head == "setting":
        return setting(case, rest, r.t) is not None
    if head == "clock":
        return step in case.pathway.clocks[rest].starts or clocks.due_of(case, rest, r.t) is not None
    return value(case, field, r.t) is not None


def asked(r: Readings, field: str) -> tuple[tuple[str, str], ...]:
    """What to ask, and of whom, so that a field of a letter has its value."""
    head, _, rest = field.partition(" ")
    return ((f"setting {rest}", "site"),) if head == "setting" else r.asked((field,))


def letters_due(case: Case, step: Step, parties: Names, t: int) -> Iterator[dict[str, Any]]:
    """One copy of each letter that the step gives, for each addressee who is in the case."""
    parties = (*parties, *about.told_of(case))
    for name in step.gives:
        letter = case.pathway.letters[name]
        hour = value(case, letter.hour, t) if letter.hour else None
        for to in _addressees(case.pathway, letter.to, parties):
            yield {"letter": name, "to": to, "hour": hour} if letter.hour else {"letter": name, "to": to}


def _addressees(pathway: Pathway, to: Names, parties: Names) -> Names:
    """Those who are in the case; a letter to nobody else is written even to one still to be found, but never to
    somebody who was harmed where nobody was."""
    there = tuple(x for x in to if is_there(pathway, x, parties))
    return there or tuple(x for x in to if x not in about.other_people(pathway))


def is_there(pathway: Pathway, role: str, parties: Names) -> bool:
    """Is there somebody in this role to write to? Some roles exist only in the cases that have them."""
    found = pathway.roles.get(role)
    return role in parties or found is None or found.is_ not in NOT_EVERYBODY


def notices_due(r: Readings, step: Step, parties: Names, told: Names = ()) -> Iterator[dict[str, Any]]:
    """The notices that the step tells, each where its `if` is true."""
    for name in _told_by(r, step):
        yield from notice_to(r.case, name, parties, told, r.t)


def _told_by(r: Readings, step: Step) -> Iterator[str]:
    yield from (x.notice for x in step.tells if x.if_ is None or r.verdict(x.if_) is True)


def overtaken(r: Readings, step: Step) -> Iterator[Notice]:
    """What has not gone out of the notices that the step corrects: it shall not go out any more."""
    kinds = {k for name in _told_by(r, step) for k in r.case.pathway.notices[name].corrects}
    yield from (x for x in r.case.notices.values() if x.notice in kinds and x.state in ("due", "withheld"))


def notice_to(
    case: Case, name: str, parties: Names, told: Names = (), t: int | None = None
) -> Iterator[dict[str, Any]]:
    """A notice to its addressees; `recipients` are all who were told something before, one copy each.

    Where a fact names the party (at t), the copy is that party's own.
    """
    notice, parties = case.pathway.notices[name], (*parties, *about.told_of(case))
    told_before = recipients(case, told, notice.corrects)
    party = value(case, notice.party, t) if notice.party and t is not None else None
    for to in notice.to:
        for one in told_before if to == "recipients" else (str(party),) if party else (to,):
            if is_there(case.pathway, one, parties):
                yield {"notice": name, "to": one, "ground": ground_of(case.pathway, name)}


def ground_of(pathway: Pathway, name: str) -> str:
    """The ground in words: citations, or `consent <kind>`."""
    ground = pathway.notices[name].ground
    return (
        f"consent {ground.removeprefix('consent ')}"
        if isinstance(ground, str)
        else ", ".join(str(c) for c in ground)
    )


def grounded(case: Case, name: str, t: int, to: str = "") -> bool:
    """Does the notice's ground hold at t? A citation does; a consent while it lives, where it names the recipient and
    covers what the notice says."""
    ground = case.pathway.notices[name].ground
    if not isinstance(ground, str):
        return True
    live = live_consents(case, ground.removeprefix("consent "), t)
    return any(_names_recipient(case.pathway, c, to) and _covers(case.pathway, c, name) for c in live)


def _names_recipient(pathway: Pathway, consent: Consent, to: str) -> bool:
    """The consent is for this role, or for an office (which no definition names) of a role that its kind names."""
    office = consent.to not in pathway.roles
    return to in ("", consent.to) or (office and to in pathway.consents[consent.kind].to)


def _covers(pathway: Pathway, consent: Consent, notice: str) -> bool:
    """Every fact that the notice says is one that the person agreed to have told."""
    said = (n for n in pathway.notices[notice].says if n in pathway.facts)
    return all({n, pathway.facts[n].class_} & set(consent.about) for n in said)
