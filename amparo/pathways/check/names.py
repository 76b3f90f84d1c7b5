"""N2, N3: what nothing uses, and what is read before anybody can tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from amparo.pathways.check.look import Look, deciding_rules
from amparo.pathways.findings import Finding
from amparo.pathways.in_text import IN_TEXT
from amparo.pathways.model import Cite, Element, Pathway, SettingRef, Step, Where
from amparo.pathways.scope import instances


def findings(look: Look) -> Iterator[Finding]:
    yield from _settings(look)
    yield from _facts(look)
    yield from _unused(look)
    yield from _never_told(look)


def _settings(look: Look) -> Iterator[Finding]:
    """A setting that nothing reads; a profile cannot take one away that only what it replaced did read."""
    if look.pathway.profile:
        return
    used = (
        _read(look)
        | {ref.name for ref in instances(look.pathway, SettingRef)}
        | _in_letters(look.pathway, "setting ")
    )
    used |= {name for text in instances(look.pathway, str) for name in IN_TEXT.findall(text)}
    for name, setting in look.pathway.settings.items():
        if name not in used:
            yield Finding(
                setting.where,
                "N2",
                f"setting '{name}' is read by nothing",
                "remove it, or let something read it",
            )


def _facts(look: Look) -> Iterator[Finding]:
    asked = frozenset().union(*look.tells.values()) | look.at_breach
    p = look.pathway
    shown = _in_letters(p, "") | {name for notice in p.notices.values() for name in notice.says}
    anchors = {clock.from_ for clock in p.clocks.values() if isinstance(clock.from_, str)}
    evidence = {name for kind in p.obligations.values() for name in kind.evidence}
    used = asked | _read(look) | shown | anchors | evidence | {p.law_date}
    for name, fact in p.facts.items():
        if name not in used:
            what = f"fact '{name}' is neither asked nor read"
            yield Finding(fact.where, "N2", what, "ask it in a step, or remove it", warn=True)


def _unused(look: Look) -> Iterator[Finding]:
    """Warnings: declared and used by nothing."""
    p, read = look.pathway, _read(look)
    steps = p.steps.values()
    named = _through(look) | read
    yield from _warn(p.rules, "rule", named)
    yield from _warn(p.derived, "derived value", read)
    yield from _warn(p.tables, "table", read)
    yield from _warn(p.criteria, "criterion", named | _criteria(look))
    yield from _warn(p.letters, "letter", (name for step in steps for name in step.gives))
    yield from _warn(p.notices, "notice", _told(p))
    yield from _warn(p.obligations, "obligation", (name for step in steps for name in step.makes))
    yield from _warn(p.consents, "consent", _consents(p, read))
    counted = [name for step in steps for name in step.counts]
    counted += [name for door in p.doors.values() for name in door.counts]
    yield from _warn(p.counts, "count", counted)
    yield from _warn(p.sources, "source", (cite.source for cite in instances(p, Cite)))


def _criteria(look: Look) -> set[str]:
    p = look.pathway
    doors = {n for d in p.doors.values() for n in (p.criteria if d.criteria == "all" else d.criteria)}
    return doors | {name for step in p.steps.values() for name in look.criteria_of(step)}


def _told(p: Pathway) -> set[str]:
    late = {late.tells for clock in p.clocks.values() for late in clock.late}
    return late | {tell.notice for step in p.steps.values() for tell in step.tells}


def _consents(p: Pathway, read: frozenset[str]) -> Iterator[str]:
    yield from (name for step in p.steps.values() if step.needs for name in step.needs.consents)
    yield from (name for role in p.roles.values() if role.sees for name in role.sees.with_consent)
    yield from (notice.ground for notice in p.notices.values() if isinstance(notice.ground, str))
    yield from (name for support in p.support.values() for name in support.consents)
    yield from (name.partition(".")[2] for name in read if name.startswith("consent."))


def _warn(elements: Mapping[str, Element], what: str, used: Iterable[object]) -> Iterator[Finding]:
    known = set(used)
    for name, element in elements.items():
        if name not in known:
            yield Finding(
                element.where, "N2", f"{what} '{name}' is used by nothing", "use it, or remove it", warn=True
            )


def _read(look: Look) -> frozenset[str]:
    """Every name that a rule of an element or criterion reads, through derived values too."""
    found = frozenset().union(*(rule.reads for rule in look.book.every()))
    derived = look.book.derived
    return found | frozenset().union(*(derived[name].reads for name in found if name in derived))


def _through(look: Look) -> frozenset[str]:
    """Every named rule that another one leans on."""
    return frozenset(name for rule in look.book.every() for site in rule.sites for name in site.through)


def _in_letters(pathway: Pathway, prefix: str) -> set[str]:
    texts = [field for letter in pathway.letters.values() for field in (*letter.fields, letter.hour)]
    return {text.removeprefix(prefix) for text in texts if text.startswith(prefix)}


# -------------------------------------------------------------------------------------------------- N3
def _never_told(look: Look) -> Iterator[Finding]:
    for name, step in look.pathway.steps.items():
        told = _told_by_then(look, name)
        for key, where, reads in _readings(look, step):
            for fact in sorted(look.facts_behind(reads)):
                if not _can_be_told(look, fact, told, frozenset()):
                    what = f"'{name}' reads '{fact}' in {key}, which neither it nor a step before it asks"
                    yield Finding(where, "N3", what, "ask it there, or in a step that can come before")
    yield from _anchors(look)


def _readings(look: Look, step: Step) -> Iterator[tuple[str, Where, frozenset[str]]]:
    for key, rule in deciding_rules(step):
        compiled = look.book.find(rule)
        if compiled is not None:
            yield key, rule.where, compiled.reads
    for criterion in look.criteria_of(step):
        if criterion in look.book.criteria:
            yield f"criterion '{criterion}'", step.where, look.book.criterion(criterion).reads


def _told_by_then(look: Look, step: str) -> frozenset[str]:
    earlier = [name for name, later in look.followers.items() if step in later]
    return look.at_breach.union(*(look.tells[name] for name in (*earlier, step)))


def _can_be_told(look: Look, fact: str, told: frozenset[str], seen: frozenset[str]) -> bool:
    """Whether a step tells it, or all that computes it can be told."""
    if fact in told or fact in seen:
        return fact in told
    rule = look.book.find(look.pathway.facts[fact].or_from)
    if rule is None:
        return False
    behind = look.facts_behind(rule.reads)
    return all(_can_be_told(look, each, told, seen | {fact}) for each in behind)


def _anchors(look: Look) -> Iterator[Finding]:
    told = frozenset().union(*look.tells.values()) | look.at_breach
    for name, clock in look.pathway.clocks.items():
        if isinstance(clock.from_, str) and not _can_be_told(look, clock.from_, told, frozenset()):
            what = f"clock '{name}' runs from '{clock.from_}', which no step asks"
            yield Finding(clock.where, "N3", what, "ask it in a step, or run from the step itself")
