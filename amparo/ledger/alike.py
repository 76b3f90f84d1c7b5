"""How this court has answered the same thing before: the newest responses of a site, each without a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from amparo.ledger import casefile, looking, looks
from amparo.ledger.casefile import CaseFile
from amparo.ledger.memo import remembering
from amparo.lens import Viewer, event_seen
from amparo.pathways import courts
from amparo.pathways.model import Pathway, Responses
from amparo.people.models import Account


class Answer(NamedTuple):
    """A response: what it answered, from which list, its term there ('' where it took none), when."""

    about: str
    list: str
    term: str
    at: int


def alike(
    actor: Account,
    site: str,
    programme: str,
    case: str,
    *,
    role: str = "",
    each: int = 3,
    now: int | None = None,
) -> dict[str, tuple[Answer, ...]]:
    """What was answered -> the newest responses to it at the site, at most `each`, as far as this actor may read them.

    The open cases of the site are looked at; one row in the disclosure log names those that were used, but for `case`.
    """
    at = looking.present(now)
    pathway, mine = looking.reading_as(actor, site, programme, role, at)
    if pathway.responses is None:
        return {}
    with remembering():
        held = list(casefile.load_listed(looking.every(actor, site, pathway, mine, at), at))
    found = [(x.case.id, a) for x in held for a in _of_case(x, actor, mine, at)]
    by: dict[str, tuple[Answer, ...]] = {}
    used: set[str] = set()
    found.sort(key=lambda pair: pair[1].at)
    for of, answer in found[::-1]:
        if len(by.get(answer.about, ())) < each:
            by[answer.about] = (*by.get(answer.about, ()), answer)
            used.add(of)
    shown = {"role": mine, "what": "responses", "purpose": "responses to the same thing"}
    looks.note_list(actor.pk, sorted(used - {case}), at, shown)
    return by


def _of_case(held: CaseFile, actor: Account, role: str, now: int) -> Iterator[Answer]:
    """The responses of one case that this actor may read."""
    p, r = held.pathway, held.pathway.responses
    viewer = looking.seeing(held, actor, role, now)
    if r is None or viewer is None:
        return
    yield from _answers(held, p, r, viewer)


def _answers(held: CaseFile, p: Pathway, r: Responses, viewer: Viewer) -> Iterator[Answer]:
    about, list_ = courts.behaviour_fact(p, r), courts.list_fact(p, r)
    told: dict[str, str] = {}
    for event in held.log.events:
        if event.seq in held.case.annulled or not event_seen(p, held.case, event, viewer):
            continue
        if event.kind == "fact.told" and event.data["fact"] in (about, list_):
            told[event.data["fact"]] = str(event.data.get("value") or "")
        elif event.kind == "step.taken" and event.data["step"] == r.step and told.get(about):
            chosen = told.get(list_, "")
            term = (event.data.get("terms") or {}).get(chosen, "")
            yield Answer(told[about], chosen, str(term or ""), event.at)
