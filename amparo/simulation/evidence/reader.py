"""Reading evidence: text in, `Evidence` out, or one `DefinitionFault` with every fault found.

A line of a fault is `file:line:column CODE what · remedy`: E1 form, E2 key, E3 value, E4 name. What the evidence owes a
pathway is looked at by `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from amparo.errors import DefinitionFault
from amparo.pathways.findings import Finding, refuse, suggestion
from amparo.pathways.forms import Around, Reading
from amparo.pathways.model import Where
from amparo.pathways.reader import placed
from amparo.pathways.yaml_form import Map, Node, Scalar, compose
from amparo.simulation.evidence.grammar import BEGINS, EVIDENCE
from amparo.simulation.evidence.model import LITERALS, Evidence, Option, Ref, Value, Window
from amparo.simulation.evidence.units import Unit

CODES = {"Y1": "E1", "Y2": "E2", "Y3": "E3", "N1": "E4"}
"""The codes of the forms that evidence shares with definitions, and its own."""


def read_evidence(pathway: str, folders: tuple[Path, ...] = (), named: str = "") -> Evidence:
    """The evidence in a programme's folder: `evidence.yaml`, or `evidence-<named>.yaml` where it has several.

    Raises `DefinitionFault` where there is none, or listing all that is wrong with it.
    """
    return _read(pathway, folders, named, ())


def read_evidence_text(
    text: str | bytes, file: str, folders: tuple[Path, ...] = (), within: tuple[str, ...] = ()
) -> Evidence:
    """The evidence that a text says. file: the name used in findings. within: whose evidence is being read already."""
    tree, findings = compose(text, file)
    if not isinstance(tree, Map):
        form = Finding(Where(file, 1, 1), "Y1", "this is no mapping of keys", "write `evidence: <id>` first")
        raise DefinitionFault("\n".join(str(_coded(finding)) for finding in findings or [form]))
    used = _used(tree, folders, within)
    reading = _reading(tree, used)
    reading.findings += findings
    evidence = EVIDENCE.read(reading, tree, Around(tree.where))
    found = [_coded(finding) for finding in reading.findings]
    if not isinstance(evidence, Evidence):
        refuse(found)
    refuse([*found, *_sources(evidence, used)])
    return _settled(evidence, used)


@lru_cache(maxsize=32)
def _read(pathway: str, folders: tuple[Path, ...], named: str, within: tuple[str, ...]) -> Evidence:
    folder = placed(pathway, folders)
    name = f"evidence-{named}.yaml" if named else "evidence.yaml"
    file = folder / name
    if not file.is_file():
        what = f"there is no evidence for '{pathway}'" + (f" named {named}" if named else "")
        raise DefinitionFault(f"{pathway}/{name}:1:1 E6 {what} · write {name} in its folder")
    return read_evidence_text(file.read_bytes(), f"{folder.name}/{name}", folders, within)


def _coded(finding: Finding) -> Finding:
    return finding._replace(code=CODES.get(finding.code, finding.code))


def _used(tree: Map, folders: tuple[Path, ...], within: tuple[str, ...]) -> Evidence | None:
    """The evidence that a text uses, read; a ring is refused."""
    node = tree.get("use")
    if not isinstance(node, Scalar):
        return None
    own = tree.get("evidence")
    around = (*within, own.text if isinstance(own, Scalar) else "")
    pathway, _, named = node.text.partition(" ")
    if pathway in around:
        refuse([Finding(node.where, "E4", f"'{pathway}' uses evidence in a ring", "remove one `use`")])
    return _read(pathway, folders, named, around)


def _reading(tree: Map, used: Evidence | None) -> Reading:
    own = {key.text: key.where for key, _ in _pairs(tree.get("values"))}
    theirs = {name: value.where for name, value in used.values.items()} if used else {}
    return Reading("this evidence", (), {"value": theirs | own})


def _pairs(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    return node.pairs if isinstance(node, Map) else ()


def _sources(evidence: Evidence, used: Evidence | None) -> Iterator[Finding]:
    """Each source that a value names is described."""
    known = {**(used.sources if used else {}), **evidence.sources}
    for name, value in evidence.values.items():
        for cite in value.sources:
            if cite.source not in known and cite.source != "cases":
                what = f"'{cite.source}', where '{name}' comes from, is not a source"
                yield Finding(value.where, "E4", what, suggestion(cite.source, [*known, "none"]))


def _settled(evidence: Evidence, used: Evidence | None) -> Evidence:
    """Values know their names; windows their beginning; and what is used stands where this file says nothing."""
    values = {name: replace(value, name=name, of=evidence.pathway) for name, value in evidence.values.items()}
    windows = {name: _begun(name, window) for name, window in evidence.windows.items()}
    own = replace(evidence, values=values, windows=windows)
    laid = _over(own, used) if used else own
    return _with_literals(laid)


def _begun(name: str, window: Window) -> Window:
    after = window.after or BEGINS.get(name, ())
    if not after:
        what = f"nothing says after what the window '{name}' begins"
        refuse([Finding(window.where, "E2", what, "write {lasts: …, after: [custody_out]}")])
    return replace(window, after=after)


def _over(own: Evidence, used: Evidence) -> Evidence:
    """This evidence over the one it uses. Of that one's values only those come along that something here needs."""
    laid = replace(
        own,
        site=own.site or used.site,
        population=own.population or used.population,
        hazards={**used.hazards, **own.hazards},
        windows={**used.windows, **own.windows},
        costs=_life_costs(own, used),
        utilities=own.utilities or used.utilities,
    )
    needed = used_names(laid)
    values = {name: value for name, value in used.values.items() if name in needed and name not in own.values}
    cited = {cite.source for value in values.values() for cite in value.sources}
    sources = {key: source for key, source in used.sources.items() if key in cited}
    return replace(laid, values={**values, **own.values}, sources={**sources, **own.sources})


def _life_costs(own: Evidence, used: Evidence) -> Any:
    """What life costs by its events and by the columns of people, where this evidence does not say."""
    if used.costs is None:
        return own.costs
    life = replace(used.costs, by_stage={}, by_step={}, by_milestone={}, in_stage={})
    if own.costs is None:
        return life
    return replace(own.costs, by_life=own.costs.by_life or life.by_life, by=own.costs.by or life.by)


def _with_literals(evidence: Evidence) -> Evidence:
    """`0` and `1` as values like others: fixed, and without a source."""
    used = {ref.name: ref.where for ref in references(evidence) if ref.name in LITERALS}
    made = {name: literal(name, where, evidence.pathway) for name, where in used.items()}
    return replace(evidence, values={**evidence.values, **made})


def literal(name: str, where: Where, of: str) -> Value:
    """The value that `0` or `1` stands for."""
    unit, note = Unit("number", "number"), "written in place of a value"
    return Value(
        name=name, of=of, where=where, text=name, value=float(name), unit=unit, quality="X", note=note
    )


def used_names(evidence: Evidence) -> set[str]:
    """The values that are used anywhere: named as such, or as what a fact or term of a number is."""
    written = {option.value for option in _options(evidence) if isinstance(option.value, str)}
    said = {
        draw.value for fact in evidence.facts.values() for draw in fact.given if isinstance(draw.value, str)
    }
    return {ref.name for ref in references(evidence)} | written | said


def _options(evidence: Evidence) -> Iterator[Option]:
    for fact in evidence.facts.values():
        for draw in fact.given:
            yield from draw.choose
    for terms in evidence.terms.values():
        for term in terms.values():
            yield from term.options


def references(part: Any) -> Iterator[Ref]:
    """Every place where a value is named, in file order; `rest` is none."""
    if isinstance(part, Ref):
        if not part.rest:
            yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from references(each)
    elif isinstance(part, tuple):
        for each in part:
            yield from references(each)
    elif is_dataclass(part) and not isinstance(part, Value):
        for each in fields(part):
            yield from references(getattr(part, each.name))
