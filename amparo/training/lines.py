"""From a line of a story to the request that somebody sent to the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from amparo.cases.model import Case, Do, Nothing_, Request, World
from amparo.cases.picked import picked
from amparo.errors import AmparoError
from amparo.pathways import calendar, values
from amparo.pathways.model import Pathway, Type
from amparo.people.store import Record
from amparo.training import settle, times
from amparo.training.bench import Bench
from amparo.training.times import When
from amparo.training.world import Written

NOTHINGS = ("not_known", "refused", "no_answer")
INSTANT, DATE = Type("instant"), Type("date")


class Scene(NamedTuple):
    """Where a line is said: the case (None while it opens), times told from the line, who speaks and sits."""

    pathway: Pathway
    case: Case | None
    when: When
    person: Record
    actor: str
    role: str
    given: Written
    bench: Bench | None = None
    accounts: Mapping[str, str] = {}  # key of somebody of the staff -> the account


def request(line: Written, scene: Scene) -> Request:
    """The request of one line. Raises `AmparoError` if it asks for nothing, `ValueError` for a bad value."""
    verb = next((verb for verb in READ if verb in line), "")
    if not verb:
        raise AmparoError(f"a line that asks for nothing: {', '.join(line)}")
    if verb in ("step", "steps"):
        return _steps(line, scene)
    asked = Request(
        NAMES.get(verb, verb),
        scene.actor,
        scene.role,
        args=READ[verb](line, scene),
        reasons=_reasons(line, scene),
        given_by={},
        heard="heard" not in line.get("without", ()),
        **_votes(scene),
    )
    return picked(scene.case, asked)


def _votes(scene: Scene) -> dict[str, Any]:
    return {"votes": scene.bench.votes, "dissent": scene.bench.dissent} if scene.bench else {}


def _reasons(line: Written, scene: Scene) -> str:
    """What the deciders wrote: in the line, or what is given for their step."""
    last = line["steps"][-1]["step"] if "steps" in line else line.get("step", "")
    given = scene.given["reasons"]
    return (
        str(line.get("reasons") or given.get(last) or given["otherwise"])
        if scene.bench
        else line.get("reasons", "")
    )


# ------------------------------------------------------------------------------------------------ steps
def _steps(line: Written, scene: Scene) -> Request:
    written = line.get("steps") or [line]
    return Request(
        "steps",
        scene.actor,
        scene.role,
        steps=tuple(_do(one, scene) for one in written),
        heard=scene.bench is not None or line.get("heard") == "yes",
        defence=line.get("defence", "offered_declined" if scene.bench else ""),
        reasons=_reasons(line, scene),
        given_by=line.get("given_by", {}),
        world=World(transfer_to=line.get("to_site", "")),
        door=line.get("door", ""),
        **_votes(scene),
    )


def _do(written: Written, scene: Scene) -> Do:
    step = scene.pathway.steps[written["step"]]
    terms = {
        name: plain(step.terms[name].type, value, scene) for name, value in written.get("terms", {}).items()
    }
    accepted = written.get("accepted", ())
    return Do(
        written["step"],
        facts=facts(written.get("facts", {}), scene),
        terms=terms,
        items=tuple(_item(one, scene) for one in written.get("items", ())),
        accepted=dict(accepted) if isinstance(accepted, Mapping) else dict.fromkeys(accepted, ""),
        handed=tuple(written.get("handed", ())),
    )


def _item(written: Written, scene: Scene) -> dict[str, Any]:
    kind = scene.pathway.obligations[written["kind"]]
    terms = {
        name: plain(kind.terms[name].type, value, scene) for name, value in written.get("terms", {}).items()
    }
    kept = {name: written[name] for name in ("kind", "words") if name in written}
    return {
        **kept,
        "terms": terms,
        **({"due": plain(DATE, written["due"], scene)} if "due" in written else {}),
    }


# ------------------------------------------------------------------------------------------------ values
def facts(written: Written, scene: Scene) -> dict[str, Any]:
    """Facts as they are told: plain values, or one of the nothings."""
    return {name: _answer(name, value, scene) for name, value in written.items()}


def _answer(name: str, written: Any, scene: Scene) -> Any:
    if written in NOTHINGS:
        return Nothing_(written)
    return plain(scene.pathway.facts[name].type, written, scene)


def plain(type_: Type, written: Any, scene: Scene) -> Any:
    """The plain form of a written value. `person.home` stands for what is known of the person."""
    if isinstance(written, str) and written.startswith("person."):
        written = _of_person(written.removeprefix("person."), scene.person)
    if type_.kind in ("instant", "date") and isinstance(written, str):
        written = _moment(type_, written, scene)
    if type_.kind == "instant" and isinstance(written, int):
        return written
    return values.encode(type_, values.parse(type_, written, scene.when.zone))


def _of_person(name: str, person: Record) -> str:
    known = getattr(person, name)
    return str(known[0] if isinstance(known, tuple) else known)


def _moment(type_: Type, written: str, scene: Scene) -> str | int:
    at = times.instant(written, scene.when)
    if at is None:
        return written
    return calendar.day_of(at, scene.when.zone).isoformat() if type_.kind == "date" else at


# ------------------------------------------------------------------------------------------- other requests
Args = Callable[[Written, Scene], dict[str, Any]]


def _named(verb: str, under: str, *keys: str, **renamed: str) -> Args:
    """What the verb names, as `under`; what stands beside it, some of it under another name."""

    def read(line: Written, scene: Scene) -> dict[str, Any]:
        kept = {key: line[key] for key in keys if key in line}
        kept |= {ours: line[theirs] for ours, theirs in renamed.items() if theirs in line}
        return {under: line[verb], **kept}

    return read


def _to_office(read: Args) -> Args:
    """`to` names an office of the world where there is one of that key; else a role."""

    def with_office(line: Written, scene: Scene) -> dict[str, Any]:
        found = read(line, scene)
        to = found.get("to", "")
        return {**found, "to": to if to in scene.pathway.roles else settle.office_id(to)}

    return with_office


def _spoken(read: Args) -> Args:
    """`spoken: yes`: the person says yes to this very referral, and the consent is written down with it."""
    return lambda line, scene: {
        **read(line, scene),
        **({"agreed": True} if line.get("spoken") == "yes" else {}),
    }


def _proven(read: Args) -> Args:
    """How it reached somebody, and the proof that is kept."""
    return lambda line, scene: {**scene.given["proof"], **read(line, scene)}


def _told(line: Written, scene: Scene) -> dict[str, Any]:
    kept = {"given_by": line["given_by"]} if "given_by" in line else {}
    return {"facts": facts(line["tell"], scene), **kept}


def _corrected(line: Written, scene: Scene) -> dict[str, Any]:
    ((name, written),) = line["correct"].items()
    answer = _answer(name, written, scene)
    said = {"nothing": answer.kind} if isinstance(answer, Nothing_) else {"value": answer}
    return {"fact": name, **said, **{key: line[key] for key in ("given_by", "reason") if key in line}}


def _obliged(line: Written, scene: Scene) -> dict[str, Any]:
    kept = {key: line[key] for key in ("whose", "words", "reasons", "term", "item") if key in line}
    kept |= {"due": plain(DATE, line["due"], scene)} if "due" in line else {}
    kept |= {"amount": _amount(line["amount"])} if "amount" in line else {}
    kept |= {"facts": facts(line["facts"], scene)} if "facts" in line else {}
    return {"kind": line["obligation"], "do": line["does"], **kept}


def _amount(written: str) -> Any:
    if written.isdigit():
        return int(written)
    return values.encode(Type("money"), values.parse(Type("money"), written))


def _sat(line: Written, scene: Scene) -> dict[str, Any]:
    found = {key: line[key] for key in ("words", "vote", "minutes", "place", "code", "kind") if key in line}
    found |= {"who": scene.accounts[line["who"]]} if "who" in line else {}
    found |= {"at": plain(INSTANT, line["hour"], scene)} if "hour" in line else {}
    if scene.bench:
        found |= {"members": dict.fromkeys(scene.bench.present, ()), "chair": scene.bench.chair}
    return {"do": line["sit"], **found}


def _dated(read: Args, *keys: str) -> Args:
    """Days told from the line become days."""
    return lambda line, scene: {
        key: plain(DATE, value, scene) if key in keys else value for key, value in read(line, scene).items()
    }


def _house(verb: str) -> Args:
    return lambda line, scene: {
        "words": line[verb],
        **{k: line[k] for k in ("to", "channel", "times") if k in line},
    }


def _assigned(line: Written, scene: Scene) -> dict[str, Any]:
    who = {"who": scene.accounts[line["to"]]} if "to" in line else {}
    return {"role": line["assign"], **who}


READ: Mapping[str, Args] = {
    "step": lambda line, scene: {},
    "steps": lambda line, scene: {},
    "deliver": _proven(_named("deliver", "letter", "to", "how", "proof")),
    "returned": _named("returned", "letter", "to", "how", "proof"),
    "make": _named("make", "letter", "to", "language"),
    "tell": _told,
    "correct": _corrected,
    "annul": _named("annul", "step", "reason", "basis"),
    "sit": _sat,
    "obligation": _obliged,
    "consent": _to_office(_named("consent", "kind", "to", "signature", do="does")),
    "note_need": _named("note_need", "kind", "words", "audience", answer="says"),
    "give_advice": _named("give_advice", "kind", "words", "audience"),
    "offer_help": _named("offer_help", "kind", "words", "audience", answer="says"),
    "refer": _spoken(_to_office(_named("refer", "kind", "to", "audience", "signature", says="agreed"))),
    "answer": _dated(_named("answer", "kind", "reason", "whose", "place", "next", answer="says"), "next"),
    "chase": _dated(_named("chase", "kind", "how", "next"), "next"),
    "end": _named("end", "kind", "reason"),
    "send": _named("send", "notice", "to", "how"),
    "receive": _named("receive", "notice", "to", "receipt"),
    "assign": _assigned,
    "contact": _dated(_named("contact", "channel", "result", "next", do="does"), "next"),
    "hold": _named("hold", "rule"),
    "release": _named("release", "rule"),
    **{
        verb: _house(verb)
        for verb in ("record_death", "record_move", "change_channel", "cover", "note_safety")
    },
    **{verb: _named(verb, "words") for verb in ("object", "ask_correction")},
}
NAMES = {"obligation": "oblige"}
