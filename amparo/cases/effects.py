"""What a step causes when it is taken: the facts it sets, itself, and the obligations, letters and notices that
follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amparo.cases import bodies, bounds, clocks, court, items, papers
from amparo.cases.attempt import Attempt
from amparo.cases.entered import entered
from amparo.cases.index import is_dated, is_open
from amparo.cases.model import Case, Refusal
from amparo.cases.read import Readings, told
from amparo.cases.scope import touched_facts
from amparo.cases.writer import Writer
from amparo.pathways import calendar, values
from amparo.pathways.model import EndOf, Length, Now, ObligationKind, Pathway, SettingRef, TermRef, Type


def write(w: Writer, a: Attempt, to: str, first: int, unmet: tuple[Refusal, ...]) -> None:
    """The events of a step that passed: from its `sets` to its notices. `first` is the number of its first event.

    `causes` in the step's payload is the span of numbers that it caused, so that an annulment can take all of it back.
    """
    for name, constant in a.step.sets.items():
        _set(w, a, name, constant)
    span = [first, 0]
    w.add("step.taken", {**_taken(a, to, unmet), "causes": span})
    seq = w.case.seq
    _moves(w, a, seq)
    _obligations(w, a)
    _letters(w, a, seq)
    _notices(w, a, seq)
    _consents(w, a)
    court.follows(w, a)
    span[1] = w.case.seq


# ------------------------------------------------------------------------------------------------ the facts it sets
def _set(w: Writer, a: Attempt, name: str, constant: Any) -> None:
    type_ = a.pathway.facts[name].type
    plain = _set_value(a, type_, constant)
    what = {"nothing": "not_known"} if plain is None else {"value": plain}
    w.add("fact.told", {"fact": name, **what, "given_by": "steps", "as_of": a.t})


def _set_value(a: Attempt, type_: Type, constant: Any) -> Any:
    """A constant, the time of the step, or the due of a clock; as a day where the fact is a date."""
    if not isinstance(constant, Now | EndOf):
        return values.encode(type_, constant)
    instant = a.t if isinstance(constant, Now) else clocks.due_of(a.case, constant.clock, a.t)
    if instant is None or type_.kind != "date":
        return instant
    return calendar.day_of(instant, a.case.site.zone).isoformat()


# ------------------------------------------------------------------------------------------------ the step itself
def _taken(a: Attempt, to: str, unmet: tuple[Refusal, ...]) -> dict[str, Any]:
    """The payload of `step.taken`; what is empty is left out."""
    optional = {
        "choice": a.step.choice,
        "reasons": a.request.reasons,
        "heard": a.request.heard,
        "defence": a.request.defence,
        "accepted": dict(a.do.accepted),
        "waived": list(a.do.waived),
        "items": [dict(x) for x in items.made_by(a)],
        "unmet": [*map(_flag, unmet), *_gaps(a)],
        "settings": _entered(a.case, a.t),
        "world": _world(a),
        **_sat(a),
        "to_site": a.request.world.transfer_to if a.step.effect == "transfers" else "",
        "means": [m for m, condition in a.step.means_if.items() if a.r.verdict(condition) is True],
        **court.states(a),
    }
    kept = {key: value for key, value in optional.items() if value}
    return {
        "step": a.name,
        "from": a.case.stage,
        "to": to,
        "terms": bounds.given(a),
        "rests_on": _rests_on(a),
        **kept,
    }


def _flag(refusal: Refusal) -> dict[str, Any]:
    """What a recorded step did not meet: what an authority did is true all the same."""
    return {
        "code": refusal.code,
        "detail": refusal.detail,
        "basis": [str(c) for c in refusal.basis],
        "because": [r.name for r in refusal.because],
        **({"of": of} if (of := _of_what(refusal)) else {}),
    }


LACKED = ("criterion", "letter", "consent", "fact", "obligations", "obligation")
"""Parameters of a refusal that name what of the definition was lacking."""


def _of_what(refusal: Refusal) -> list[str]:
    """The names of the requirement, letter, consent, fact or items that were lacking."""
    found = (refusal.params.get(key) for key in LACKED)
    return [str(x) for each in found if each for x in (each if isinstance(each, tuple) else (each,))]


def _gaps(a: Attempt) -> list[dict[str, Any]]:
    """Qualities that the body lacks, flagged where they do not block."""
    s = a.case.sitting
    if not a.body or s is None:
        return []
    body = a.pathway.bodies[a.body]
    return [
        {"code": "composition", "detail": q, "basis": [str(c) for c in body.basis], "because": []}
        for q in bodies.gaps(s, body)
    ]


def _sat(a: Attempt) -> dict[str, Any]:
    if not a.body or a.case.sitting is None:
        return {}
    present = a.case.sitting.present
    return {
        "sitting": a.case.sitting.id,
        "votes": {m: v for m, v in a.request.votes.items() if m in present},
        "dissent": {m: words for m, words in a.request.dissent.items() if m in present},
    }


def _world(a: Attempt) -> dict[str, Any]:
    """What was stated of outside the case, as far as it was used."""
    w, place = a.request.world, a.step.needs.place if a.step.needs else ""
    return {
        "relation": list(w.relation),
        "parties": list(w.parties),
        **({"other_open": w.other_open} if w.other_open else {}),
        **({"places": {place: list(w.places[place])}} if place in w.places else {}),
    }


def _entered(case: Case, t: int) -> dict[str, Any]:
    """Settings that were unset when the case opened and have been entered since: resolved from this step on."""
    known = case.pathway.settings
    return {
        name: values.encode(known[name].type, held)
        for name in case.site.settings
        if name in known and name not in case.settings and not is_dated(known[name].value)
        if (held := entered(case.pathway, case.site, name, t)) is not None
    }


def _rests_on(a: Attempt) -> dict[str, int]:
    """The tellings on which the step rests."""
    found = ((name, told(a.case, name, a.t)) for name in sorted(touched_facts(a.pathway, a.name)))
    return {name: telling.seq for name, telling in found if telling is not None}


# ------------------------------------------------------------------------------------------------ what follows
def _moves(w: Writer, a: Attempt, seq: int) -> None:
    """A file that leaves; and whoever takes a step in a role that owns stages takes the case on, if nobody has it.

    So does who opens one in a role that sees only what it is given: they would lose sight of it at once.
    """
    if a.step.effect == "transfers":
        w.add("case.transferred", {"site": a.request.world.transfer_to})
        return
    role = a.request.role
    takes_on = role in a.known.owners or (a.step.opens and _sees_what_is_given(a.pathway, role))
    if takes_on and not w.case.assigned.get(role) and is_open(a.pathway, w.case.stage):
        w.add("assignment.made", {"role": role, "who": a.request.actor})


def _sees_what_is_given(pathway: Pathway, role: str) -> bool:
    held = pathway.roles.get(role)
    return held is not None and held.sees is not None and held.sees.cases == "assigned"


def _obligations(w: Writer, a: Attempt) -> None:
    """The items agreed with the step; terms of the same name are taken over from it."""
    for item in items.made_by(a):
        kind = item.get("kind", "")
        if kind not in a.step.makes:
            continue
        definition = a.pathway.obligations[kind]
        terms = items.terms_of(a, item)
        words = {"words": item["words"]} if item.get("words") else {}
        due = item_due(a.case, definition, item, a.t)
        w.add_own(
            "obligation.agreed",
            {"obligation": kind, "terms": terms, "due": due, "whose": definition.with_, **words},
            "o",
        )


SAID: Mapping[str, Length | None] = {"same day": Length(0, "days"), "own term": None, "none": None}
"""Terms of an obligation that are said in words."""


def item_due(case: Case, kind: ObligationKind, item: Mapping[str, Any], t: int) -> int | None:
    """Until when an item is owed, epoch seconds: its own date, or the length of its kind; None without a term."""
    zone, days = case.site.zone, case.site.holidays
    own = item.get("due")
    if own is not None:
        return own if isinstance(own, int) else calendar.last_second(values.parse_date(own), zone)
    said = kind.every if kind.every is not None else kind.due
    length = SAID.get(said) if isinstance(said, str) else said
    resolved = clocks.length_of(case, length)
    return calendar.add(t, resolved, zone, days) if isinstance(resolved, Length) else None


def _letters(w: Writer, a: Attempt, seq: int) -> None:
    made = [
        w.add_own("letter.due", {**x, "step_seq": seq}, "l")
        for x in papers.letters_due(a.case, a.step, a.request.world.parties, a.t)
    ]
    for event in made:
        if event.data["letter"] in a.do.handed and _handed_to(event.data["to"], made):
            kept = {key: event.data[key] for key in ("id", "letter", "to")}
            w.add("letter.delivered", {**kept, "how": "by_hand", "proof": "handed over"})


def _handed_to(to: str, made: list[Any]) -> bool:
    """A letter handed over with a step is in the person's hands; without a copy for the person, in everybody's."""
    return to == "person" or all(e.data["to"] != "person" for e in made)


def _notices(w: Writer, a: Attempt, seq: int) -> None:
    r = Readings(w.case, a.t)
    for old in papers.overtaken(r, a.step):
        w.add("notice.cancelled", {"id": old.id, "notice": old.notice, "to": old.to})
    for x in papers.notices_due(r, a.step, a.request.world.parties, a.request.world.told):
        event = w.add_own("notice.due", {**x, "step_seq": seq}, "n")
        if not papers.grounded(w.case, x["notice"], a.t, x["to"]):
            w.add("notice.withheld", {key: event.data[key] for key in ("id", "notice", "to", "ground")})


def _consents(w: Writer, a: Attempt) -> None:
    """Consents that last until the case is closed, or until this step."""
    end_consents(w, a.name)


def end_consents(w: Writer, step: str) -> None:
    """What this step brought to its end, or the end of the case."""
    for consent in _over(w.case, step):
        w.add("consent.ended", {"id": consent.id, "consent": consent.kind, "to": consent.to})


def _over(case: Case, step: str) -> Iterator[Any]:
    closed = case.died or not is_open(case.pathway, case.stage)
    for consent in case.consents.values():
        lasts = case.pathway.consents[consent.kind].lasts
        events = () if isinstance(lasts, Length | SettingRef | TermRef) else lasts
        if consent.ended is None and (step in events or (closed and "closed" in events)):
            yield consent
