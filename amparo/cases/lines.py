"""What a line of an example asks to be written: its values typed by the definition, its request with its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from amparo.cases.model import Nothing_
from amparo.pathways import calendar, values
from amparo.pathways.model import Length, Pathway, Type, Where

NOTHINGS = ("not_known", "refused", "no_answer")
Asked = tuple[str, dict[str, Any]]
"""A verb with its arguments."""


class Fault(Exception):
    """A line that cannot be read."""

    def __init__(self, where: Where, what: str) -> None:
        super().__init__(f"{where} E1 {what}")


class Typing(NamedTuple):
    """Written values read with a definition, in the zone of a site."""

    pathway: Pathway
    zone: str

    def facts(self, where: Where, written: Mapping[str, Any]) -> dict[str, Any]:
        """Plain values or nothings by name."""
        found: dict[str, Any] = {}
        for name, text in written.items():
            fact = self.pathway.facts.get(name)
            if fact is None:
                raise Fault(where, f"there is no fact '{name}'")
            found[name] = self.value(fact.type, text)
        return found

    def value(self, type_: Type, text: Any) -> Any:
        """A written value in plain form, or one of the nothings; a field of a record that is not known is left out."""
        if isinstance(text, str) and text in NOTHINGS and text not in type_.codes:
            return Nothing_(text)
        if type_.kind == "score" and isinstance(text, Mapping):
            return {k: int(v) if k == "total" else v for k, v in text.items()}
        if type_.kind == "list":
            text = [{k: v for k, v in item.items() if v not in NOTHINGS} for item in text]
        return values.encode(type_, values.parse(type_, text, self.zone))

    def terms(self, where: Where, step: str, written: Mapping[str, Any]) -> dict[str, Any]:
        """Plain terms of a step."""
        known = self.pathway.steps[step].terms
        unknown = next((n for n in written if n not in known), None)
        if unknown is not None:
            raise Fault(where, f"'{unknown}' is not a term of {step}")
        return {name: self.term(known[name].type, text) for name, text in written.items()}

    def term(self, type_: Type, text: Any) -> Any:
        """A term in plain form; a code that is on no list is left as it is written, to be refused."""
        try:
            return self.value(type_, text)
        except ValueError:
            if type_.kind != "one_of":
                raise
            return text

    def item(self, written: dict[str, Any]) -> dict[str, Any]:
        """An obligation agreed with a step."""
        kind = self.pathway.obligations[written["kind"]]
        terms = {n: self.value(kind.terms[n].type, text) for n, text in written.pop("terms", {}).items()}
        return {**written, **({"terms": terms} if terms else {})}

    # ------------------------------------------------------------------------------------------ other requests
    def told(self, written: Mapping[str, Any]) -> Asked:
        facts = {n: self.value(self.pathway.facts[n].type, text) for n, text in written["tell"].items()}
        kept = {k: written[k] for k in ("given_by",) if k in written}
        if "as_of" in written:
            kept["as_of"] = values.parse_instant(written["as_of"], self.zone)
        return "tell", {"facts": facts, **kept}

    def corrected(self, written: Mapping[str, Any]) -> Asked:
        name, text = next(iter(written["correct"].items()))
        found = self.value(self.pathway.facts[name].type, text)
        what = {"nothing": found.kind} if isinstance(found, Nothing_) else {"value": found}
        return "correct", {
            "fact": name,
            **what,
            **{k: written[k] for k in ("given_by", "reason") if k in written},
        }

    def obliged(self, written: Mapping[str, Any]) -> Asked:
        kind = self.pathway.obligations[written["obligation"]]
        args: dict[str, Any] = {"kind": written["obligation"], "do": written["does"]}
        args |= {k: written[k] for k in ("whose", "words", "term", "due", "id", "item") if k in written}
        facts = written.get("facts", {})
        args["facts"] = {n: self.value(self.pathway.facts[n].type, text) for n, text in facts.items()}
        args["terms"] = {
            n: self.value(kind.terms[n].type, text) for n, text in written.get("terms", {}).items()
        }
        if "amount" in written:
            countable = [t.type for t in kind.terms.values() if t.type.kind in ("count", "money")]
            fitting = [t for t in countable if (t.kind == "money") == (not str(written["amount"]).isdigit())]
            args["amount"] = self.value(fitting[0], written["amount"])
        return "oblige", args


def _annulled(r: Typing, written: Mapping[str, Any]) -> Asked:
    return "annul", {
        "step": written["annul"],
        "reason": written.get("reason", "Written in error."),
        "basis": written.get("basis", ""),
    }


def _kept(verb: str, key: str, *keys: str, **renamed: str) -> Any:
    """A request whose arguments stand in the line as they are, some under another name."""

    def made(r: Typing, written: Mapping[str, Any]) -> Asked:
        names = {k: k for k in keys} | {v: k for k, v in renamed.items()} | {verb: key}
        return VERB_NAMES.get(verb, verb), {to: written[of] for of, to in names.items() if of in written}

    return made


VERB_NAMES = {"end_referral": "end"}


def _delivered(r: Typing, written: Mapping[str, Any]) -> Asked:
    to = {"to": written["to"]} if "to" in written else {}
    return "deliver", {
        "letter": written["deliver"],
        "how": written.get("how", "by_hand"),
        "proof": "kept",
        **to,
    }


def _consented(r: Typing, written: Mapping[str, Any]) -> Asked:
    kept = {k: written[k] for k in ("to", "about", "id") if k in written}
    kept |= {} if "signature" in listed(written.get("without", ())) else {"signature": "signed"}
    kept |= {"until": values.parse_instant(written["until"], r.zone)} if "until" in written else {}
    return "consent", {"kind": written["consent"], "do": written["does"], **kept}


def _referred(r: Typing, written: Mapping[str, Any]) -> Asked:
    agreed = written.get("agreed", written.get("consent", "yes")) == "yes"
    kept = {k: written[k] for k in ("to", "audience") if k in written}
    kept |= {} if "signature" in listed(written.get("without", ())) else {"signature": "signed"}
    return "refer", {"kind": written["refer"], "says": "As agreed with the person.", "agreed": agreed, **kept}


def _sat(r: Typing, written: Mapping[str, Any]) -> Asked:
    return "sit", {
        "do": written["sit"],
        **{k: written[k] for k in ("who", "code", "words", "vote", "minutes") if k in written},
    }


def _counted(r: Typing, written: Mapping[str, Any]) -> Asked:
    """Codes typed by the definition where they can be: what is no code is left to be refused."""
    keeps: dict[str, Any] = {}
    for name, text in dict(written.get("keeps", {})).items():
        fact = r.pathway.facts.get(name)
        try:
            keeps[name] = r.value(fact.type, text) if fact else text
        except ValueError:
            keeps[name] = text
    return "count", {"name": written["count"], "keeps": keeps, "door": written.get("door", "")}


def _emergency(r: Typing, written: Mapping[str, Any]) -> Asked:
    told = written["emergency"]
    given = {"to": told.get("to"), "what": told.get("says"), "why": told.get("because")}
    return "emergency_disclosure", {k: v for k, v in given.items() if v}


def _within(verb: str, key: str) -> Any:
    """A request whose arguments stand in a mapping of their own."""
    return lambda r, written: (verb, dict(written[key]))


VERBS: Mapping[str, Any] = {
    "count": _counted,
    "emergency": _emergency,
    "review": lambda r, w: ("review_disclosure", {"to": w["review"], "words": w.get("words", "")}),
    "demand": _within("legal_demand", "demand"),
    "answer_demand": _within("answer_demand", "answer_demand"),
    "receipt": lambda r, w: ("receive", {"notice": w["receipt"], **{k: w[k] for k in ("to",) if k in w}}),
    "deliver": _delivered,
    "tell": lambda r, w: r.told(w),
    "correct": lambda r, w: r.corrected(w),
    "annul": _annulled,
    "sit": _sat,
    "test": _kept("test", "do", "schedule", "specimen"),
    "obligation": lambda r, w: r.obliged(w),
    "consent": _consented,
    "refer": _referred,
    "note_need": _kept("note_need", "kind", "words", "audience", answer="says"),
    "give_advice": _kept("give_advice", "kind", "words", "audience"),
    "offer_help": _kept("offer_help", "kind", "words", "audience", answer="says"),
    "chase": _kept("chase", "kind", "how"),
    "answer": _kept("answer", "kind", "reason", "place", "next", "whose", answer="says"),
    "end_referral": _kept("end_referral", "kind", "reason"),
    "send": _kept("send", "notice", "to", "how"),
    "receive": _kept("receive", "notice", "to", "receipt"),
    "returned": _kept("returned", "letter", "to", "how"),
    "make": _kept("make", "letter", "to", "language"),
    "assign": _kept("assign", "role", "who"),
    "unassign": _kept("unassign", "role", "who"),
    "contact": _kept("contact", "do", "channel", "result"),
    "link": _kept("link", "kind", "other"),
    "hold": _kept("hold", "rule"),
    "release": _kept("release", "rule"),
    **{
        v: _kept(v, "words")
        for v in (
            "record_death",
            "record_move",
            "change_channel",
            "cover",
            "note_safety",
            "object",
            "ask_correction",
        )
    },
}


def later(t: int, length: Length, zone: str) -> int:
    """The same hour some civil length later, or so many seconds."""
    if length.unit == "s":
        return t + length.n
    local: datetime = calendar.local(t, zone)
    day = calendar.later(local.date(), length)
    return calendar.both_readings(day, local.time(), zone)[0]


def listed(found: Any) -> tuple[str, ...]:
    """One name, or several."""
    return (found,) if isinstance(found, str) else tuple(found)
