"""P1 and P3 of other people in a case and of consents: words that reach who may not read them, and consents that
nobody can have, or on which nothing can ever be told.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.check.look import Look
from amparo.pathways.check.privacy import visible_facts
from amparo.pathways.findings import Finding
from amparo.pathways.model import ConsentKind, Names, Notice, Pathway, SettingRef

REACHED = ("person.address", "person.contact", "person.born")


def findings(look: Look) -> Iterator[Finding]:
    yield from _said(look.pathway)
    yield from _homes(look.pathway)
    yield from _counted(look.pathway)
    yield from _opened(look.pathway)
    for name, notice in look.pathway.notices.items():
        if isinstance(notice.ground, str):
            yield from _ground(look.pathway, name, notice, notice.ground.removeprefix("consent "))
    yield from _unreached(look.pathway)
    yield from _never_given(look)
    yield from _named(look.pathway)


# -------------------------------------------------------------------------------------------------- N3
def _named(p: Pathway) -> Iterator[Finding]:
    """A fact that names who is told is in words, and asked each time by every step that tells it."""
    for name, notice in p.notices.items():
        tellers = [x for x in p.steps.values() if any(tell.notice == name for tell in x.tells)]
        asked = all(any(a.fact == notice.party and a.each_time for a in x.asks) for x in tellers)
        if notice.party and not (asked and p.facts[notice.party].type.kind == "text"):
            said = f"notice '{name}' is for whom '{notice.party}' names: not asked each time in words"
            yield Finding(notice.where, "N3", said, "ask it with each_time: yes in every step that tells it")


# -------------------------------------------------------------------------------------------------- P1
def _said(p: Pathway) -> Iterator[Finding]:
    """A notice says nothing of another person to who does not name that very fact."""
    for name, notice in p.notices.items():
        for fact in (n for n in notice.says if n in p.facts and p.facts[n].about):
            for to in notice.to:
                if to not in p.roles or fact not in visible_facts(p, p.roles[to]):
                    said = f"notice '{name}' tells {to} '{fact}', which is about another person in the case"
                    yield Finding(notice.where, "P1", said, "leave the fact out, or name it in their sees")


def _counted(p: Pathway) -> Iterator[Finding]:
    """A count keeps nothing of another person: of a few, a code can be somebody."""
    for name, count in p.counts.items():
        for fact in (n for n in count.keeps if n in p.facts and p.facts[n].about):
            said = f"count '{name}' keeps '{fact}', which is about another person in the case"
            yield Finding(count.where, "P1", said, "leave it out")


def _homes(p: Pathway) -> Iterator[Finding]:
    """Nobody who was harmed is told where the person of the case lives, or how to reach them."""
    told = [(f"letter '{n}'", x.where, x.to, x.fields) for n, x in p.letters.items()]
    told += [(f"notice '{n}'", x.where, x.to, x.says) for n, x in p.notices.items()]
    for what, where, to, fields in told:
        harmed = [role for role in to if role in p.roles and p.roles[role].is_ == "harmed"]
        for field in (f for f in fields if harmed and f in REACHED):
            said = f"{what} tells {harmed[0]} '{field}' of the person whom the case is about"
            yield Finding(where, "P1", said, "leave it out")


def _opened(p: Pathway) -> Iterator[Finding]:
    """One person's consent opens nothing of another's."""
    for name, kind in p.consents.items():
        for fact in (n for n in kind.about if n in p.facts and p.facts[n].about):
            said = f"consent '{name}' opens '{fact}', which is about another person in the case"
            yield Finding(kind.where, "P1", said, "take it out: that is not this person's to allow")


# -------------------------------------------------------------------------------------------------- P3
def _ground(p: Pathway, name: str, notice: Notice, kind: str) -> Iterator[Finding]:
    """A notice on a consent: the consent names its addressees and covers every fact that it says."""
    consent = p.consents[kind]
    for to in notice.to:
        if to != "recipients" and to not in consent.to:
            said = f"notice '{name}' goes to {to}, whom its consent '{kind}' does not name"
            yield Finding(notice.where, "P3", said, "name the role in the consent, or give another ground")
    for fact in (n for n in notice.says if n in p.facts):
        if not {fact, p.facts[fact].class_} & set(consent.about):
            said = f"notice '{name}' says '{fact}', which its consent '{kind}' does not cover"
            yield Finding(notice.where, "P3", said, "leave it out, or name it in the consent")


def _unreached(p: Pathway) -> Iterator[Finding]:
    """Somebody is written to whom no role can reach: none names a fact of class contact about them."""
    contact = {n for n, f in p.facts.items() if f.class_ == "contact" and f.about}
    reaching = [r for r in p.roles.values() if r.is_ != "harmed" and contact & visible_facts(p, r)]
    for letter, each in p.letters.items():
        for role in (r for r in each.to if p.roles[r].is_ == "harmed" and not reaching):
            said = f"letter '{letter}' goes to {role}, and no role can write down how to reach them"
            yield Finding(
                each.where, "P3", said, "name a contact fact about them in the sees of who writes to them"
            )


def _never_given(look: Look) -> Iterator[Finding]:
    """A step needs a consent that is for cases of other doors, or a consent has no door at all."""
    p = look.pathway
    for name, kind in p.consents.items():
        if not _doors(p, kind):
            said = f"consent '{name}' is for cases of no door"
            yield Finding(kind.where, "P3", said, "name the doors of its cases, or leave `doors` out")
        if isinstance(kind.lasts, SettingRef) and p.settings[kind.lasts.name].type.kind != "duration":
            said = f"consent '{name}' lasts for '{kind.lasts.name}', which is no length"
            yield Finding(kind.where, "P3", said, "name a setting of type duration")
    for name, step in p.steps.items():
        for wanted in step.needs.consents if step.needs else ():
            doors = _reached_by(look, name)
            if doors and not set(doors) & set(_doors(p, p.consents[wanted])):
                said = f"no step can obtain consent '{wanted}' for '{name}': it is for cases of other doors"
                yield Finding(step.where, "P3", said, "need a consent that cases of its door can have")


def _doors(p: Pathway, kind: ConsentKind) -> Names:
    return tuple(p.doors) if kind.doors == "all" else () if kind.doors == "none" else kind.doors


def _reached_by(look: Look, step: str) -> Names:
    """The doors of the cases in which a step can be taken."""
    doors = look.pathway.doors.items()
    return tuple(
        name
        for name, door in doors
        if door.opens_with == step or step in look.followers.get(door.opens_with, frozenset())
    )
