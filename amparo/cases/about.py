"""Another person in the case, such as the one who was harmed: which facts, entries and words are about them.

What is about another person is sealed under that person's own key, and never drawn for who may not know of them.
"""

from __future__ import annotations

from amparo.cases.index import index
from amparo.cases.model import Case, Event
from amparo.pathways.model import Names, Pathway

ERASED = "erased"
"""What a fact is once the key of the person it is about has been destroyed: a nothing, not known to any rule."""

TELLING = frozenset({"value", "nothing", "open", "reason", "because"})
QUOTING = frozenset({"reasons", "words", "dissent", "accepted"})
WRITTEN = frozenset({"proof", "receipt", "words", "says", "result", "next"})
"""Keys of a payload that hold somebody's words: of a telling, of a step, of everything else."""


def other_people(pathway: Pathway) -> Names:
    """The roles of people whom a case may have beside the one it is about, with a file of their own."""
    return index(pathway).others


def party_of_fact(pathway: Pathway, fact: str) -> str:
    """The role of the person whom a fact is about, '' for the person of the case."""
    return index(pathway).parties.get(fact, "")


def told_of(case: Case) -> Names:
    """The other people of whom this case knows something: who has been told of is in the case."""
    parties = index(case.pathway).parties
    return tuple(dict.fromkeys(parties[name] for name in case.tellings if name in parties))


def party_of(pathway: Pathway, event: Event) -> str:
    """The role of the other person whom an entry is about, or whose words it quotes; '' if nobody's."""
    data = event.data
    if event.kind.startswith("fact."):
        return party_of_fact(pathway, data["fact"])
    if event.kind == "step.taken":
        quoted = index(pathway).quoting.get(data["step"], "")
        return quoted if any(data.get(key) for key in QUOTING) else ""
    named = (data.get("whom"), data.get("to"), data.get("role"), data.get("party"))
    others = index(pathway).others
    return next((one for one in named if isinstance(one, str) and one in others), "")


def words_of(event: Event) -> frozenset[str]:
    """The keys of an entry's payload that hold what is about the other person."""
    if event.kind.startswith("fact."):
        return TELLING & event.data.keys()
    return (QUOTING if event.kind == "step.taken" else WRITTEN) & event.data.keys()


def without_words(event: Event) -> Event:
    """The entry as it stands when the other person's key is gone: that it was, and no word of it."""
    gone = words_of(event)
    data = {key: value for key, value in event.data.items() if key not in gone}
    if event.kind.startswith("fact."):
        data["nothing"] = ERASED
    return event._replace(data=data)
