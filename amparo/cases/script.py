"""Reading a file of examples: openings and histories are spliced in, values are typed by the definition, times are
fixed.

All that does not depend on how a case goes is worked out here once, so that the same examples can be put to many
variants of a definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from amparo.cases import court_lines
from amparo.cases.cast import Cast, cast
from amparo.cases.lines import VERBS, Fault, Typing, later, listed
from amparo.cases.model import Case, Do, Request, Site, World
from amparo.cases.others import Others, others, rooms
from amparo.errors import DefinitionFault
from amparo.pathways import calendar, values
from amparo.pathways.model import Length, Pathway, Where
from amparo.pathways.yaml_form import Map, Node, Scalar, Seq
from amparo.pathways.yaml_form import plain as plain_of
from amparo.pathways.yaml_form import read as read_form

LEFT_OUT = "left_out"
EVERYWHERE = ("own", "assigned", "sitting", "site", "programme")


class Line(NamedTuple):
    """One line: a tick, a request, or what must then hold (`then`). key: equal for lines that are written alike."""

    where: Where
    key: Any
    now: int = 0
    tick: bool = False
    request: Request = Request("", "", "")
    sitting: Mapping[str, Any] | None = None
    seen: str = ""
    refused: Mapping[str, Any] | None = None
    then: Mapping[str, Any] | None = None
    body: bool = False
    others: Others = {}

    def before(self, case: Case | None, script: Script) -> tuple[Request, ...]:
        """What has to be written before the line: the sitting with who is there, unless it stands so already.

        A line of a body without `sitting` has none: one that is open is closed first.
        """
        if case is None or (self.sitting is None and not self.body):
            return ()
        if self.sitting is None:
            is_open = case.sitting is not None and case.sitting.state == "open"
            return (script.cast.closes(self.request.happened_at),) if is_open else ()
        wanted = script.cast.sits(self.sitting)
        return (
            () if script.cast.is_so(case, wanted) else (script.cast.opens(wanted, self.request.happened_at),)
        )


class Under(NamedTuple):
    """The profile under which an example is played: its id, the pathway as it makes it, and who plays."""

    profile: str
    pathway: Pathway
    cast: Cast


class Example(NamedTuple):
    """under: None where the pathway is played as it stands."""

    where: Where
    sentence: str
    site: Site
    site_key: Any
    lines: tuple[Line, ...]
    words: frozenset[str]
    under: Under | None = None


class Script(NamedTuple):
    """All examples of a file, and the cast that plays them."""

    examples: tuple[Example, ...]
    cast: Cast


def read_script(
    text: str | bytes, file: str, pathway: Pathway, profiles: Mapping[str, Pathway] | None = None
) -> Script:
    """The examples of a file. profiles: the pathway under each profile that a case may name (`profile:`).

    Raises `DefinitionFault` with a line for each that cannot be read.
    """
    tree = read_form(text, file)
    if not isinstance(tree, Map):
        raise DefinitionFault(f"{file}:1:1 E1 these are no examples · begin with `examples: <programme>`")
    return read_tree(tree, pathway, profiles)


def read_tree(tree: Map, pathway: Pathway, profiles: Mapping[str, Pathway] | None = None) -> Script:
    """The same, of a tree that has been read already."""
    reading = _Reading(pathway, tree)
    under = {name: _Reading(each, tree) for name, each in (profiles or {}).items()}
    found, faults = [], []
    for node in _items(tree.get("cases")):
        try:
            found.append(_under(node, reading, under))
        except (Fault, ValueError, KeyError) as fault:
            faults.append(
                str(fault) if isinstance(fault, Fault) else f"{node.where} E1 {fault} · mend this example"
            )
    if faults:
        raise DefinitionFault("\n".join(faults))
    return Script(tuple(found), reading.cast)


def _under(node: Node, reading: _Reading, under: Mapping[str, _Reading]) -> Example:
    """One example, read with the definition as its profile makes it."""
    named = node.get("profile") if isinstance(node, Map) else None
    if not isinstance(named, Scalar):
        return reading.example(node)
    if named.text not in under:
        raise Fault(named.where, f"there is no profile '{named.text}': " + (", ".join(under) or "there are none"))
    other = under[named.text]
    return other.example(node)._replace(under=Under(named.text, other.pathway, other.cast))


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Seq) else ()


def _named(tree: Map, key: str) -> dict[str, Node]:
    found = tree.get(key)
    return {name.text: node for name, node in found.pairs} if isinstance(found, Map) else {}


class _Reading:
    """One file of examples, being read with a definition."""

    def __init__(self, pathway: Pathway, tree: Map) -> None:
        self.pathway, self.cast = pathway, cast(pathway)
        self.openings, self.histories = _named(tree, "openings"), _named(tree, "histories")
        site = tree.get("site")
        self.site: dict[str, Any] = dict(plain_of(site)) if isinstance(site, Map) else {}  # type: ignore[call-overload]
        self.zone = str(self.site.get("zone", "UTC"))
        self.typing = Typing(pathway, self.zone)
        self.parties: Any = None
        self.around: Any = None

    # ------------------------------------------------------------------------------------------ one example
    def example(self, node: Node) -> Example:
        if not isinstance(node, Map):
            raise Fault(node.where, "an example is a mapping of keys")
        site, key = self._site(node)
        parties = node.get("parties")
        self.parties = plain_of(parties) if parties is not None else None
        around = node.get("world")
        self.around = plain_of(around) if around is not None else None
        lines = tuple(self._lines(node))
        sentence = node.get("example")
        return Example(
            node.where,
            sentence.text if isinstance(sentence, Scalar) else "",
            site,
            key,
            lines,
            _words(node, self),
        )

    def _site(self, node: Map) -> tuple[Site, Any]:
        own = node.get("settings")
        written = {**self.site.get("settings", {}), **(plain_of(own) if isinstance(own, Map) else {})}  # type: ignore[dict-item]
        written = {name: text for name, text in written.items() if text != LEFT_OUT}
        entered = {
            name: None if text == "unset" else values.parse(self.pathway.settings[name].type, text, self.zone)
            for name, text in written.items()
        }
        days = frozenset(values.parse_date(d) for d in self.site.get("holidays", ()))
        return Site(str(self.site.get("place", "site")), self.zone, entered, days), repr(
            sorted(written.items())
        )

    def _lines(self, node: Map) -> Iterator[Line]:
        """Opening, lines, and expectations, in the order in which they count."""
        opens, now = node.get("opens"), 0
        if isinstance(opens, Map):
            line = self._opening(opens)
            yield line
            now = line.now
        elif opens is not None or not _only_counts(node.get("when")):
            raise Fault(node.where, "an example begins with `opens`, unless it only counts")
        for key in ("when", "then", "then_again", "then_last"):
            part = node.get(key)
            if isinstance(part, Seq):
                for each in self._spliced(part):
                    made = self._line(each, now)
                    now = made.now
                    yield made
            elif isinstance(part, Map):
                yield Line(part.where, (key, _text(part)), then=_plain(part))

    def spliced(self, node: Node) -> Node:
        """The opening or history of a name."""
        name = node.text if isinstance(node, Scalar) else ""
        return self.histories.get(name) or self.openings.get(name) or node

    def _spliced(self, part: Seq) -> Iterator[Map]:
        for each in part.items:
            if not isinstance(each, Map):
                raise Fault(each.where, "a line is a mapping of keys")
            name = each.get("use")
            if not isinstance(name, Scalar):
                yield each
                continue
            history = self.histories.get(name.text)
            if not isinstance(history, Seq):
                raise Fault(each.where, f"there is no history '{name.text}'")
            yield from self._spliced(history)

    # ------------------------------------------------------------------------------------------ opening
    def _opening(self, node: Map) -> Line:
        written = _plain(node)
        named = written.pop("use", None)
        if named is not None:
            if named not in self.openings:
                raise Fault(node.where, f"there is no opening '{named}'")
            base = _plain(self.openings[named])
            facts = {**base.get("facts", {}), **written.pop("facts", {})}
            written = {**base, **written, "facts": {k: v for k, v in facts.items() if v != LEFT_OUT}}
        made = self._request_line(node, written, 0)
        return made._replace(request=made.request._replace(door=written.get("door", "")))

    # ------------------------------------------------------------------------------------------ lines
    def _line(self, node: Map, since: int) -> Line:
        written = _plain(node)
        if written.get("tick"):
            return Line(node.where, _text(node), now=self._time(node, written, since), tick=True)
        return self._request_line(node, written, since)

    def _request_line(self, node: Map, written: Mapping[str, Any], since: int) -> Line:
        written = written if self.parties is None else {"parties": self.parties, **written}
        written = written if self.around is None else {"world": self.around, **written}
        written = court_lines.as_step(self.pathway, node.where, written)
        now = self._time(node, written, since)
        happened = values.parse_instant(written["happened"], self.zone) if "happened" in written else None
        refused = written.get("refused")
        without = listed(written.get("without", ()))
        request = self._request(node, written, happened if happened is not None else now, without)
        request = self._stated(written, request, without)._replace(happened_at=happened)
        wanted = None if refused is None else {} if refused == "yes" else refused
        return Line(
            node.where,
            (now, repr(written)),
            now,
            False,
            request,
            written.get("sitting") if _sits(written) else None,
            written.get("seen", ""),
            wanted,
            body=written.get("by") in self.pathway.bodies,
            others=others(self.pathway, written.get("world", {}), self.zone),
        )

    def _time(self, node: Map, written: Mapping[str, Any], since: int) -> int:
        at = str(written.get("at", "+0 s"))
        if not at.startswith("+"):
            return values.parse_instant(at, self.zone)
        return since if at == "+0 s" else later(since, values.parse_length(at[1:].strip()), self.zone)

    def _stated(self, written: Mapping[str, Any], request: Request, without: tuple[str, ...]) -> Request:
        """What check 9 asks is taken as given, unless the line says otherwise; with who acts and who votes."""
        actor, role = self.cast.actor(written.get("by", ""))
        actor = self.cast.another(actor, role) if "seen" in written else actor
        actor = self._played(written["as"], actor, role) if "as" in written else actor
        sitting = written.get("sitting") if isinstance(written.get("sitting"), Mapping) else {}
        votes, dissent = self.cast.votes(sitting or {})
        actor, role = ("clock", "") if request.verb == "test" and "by" not in written else (actor, role)
        return request._replace(
            actor=actor,
            role=role,
            votes=votes,
            dissent=dissent,
            world=self._world(written),
            given_by=self._givers(written, request),
            reasons="" if "reasons" in without else "Reasons of those who decide.",
            heard="heard" not in without,
            defence="" if "defence" in without else "took_part",
        )

    def _played(self, who: str, actor: str, role: str) -> str:
        """The account that acts in this role: the one that plays another role too, or `another` of the same role."""
        if who != "another" and who not in self.cast.roles:
            raise ValueError(f"nobody plays '{who}'")
        return self.cast.another(actor, role) if who == "another" else self.cast.actor(who)[0]

    def _givers(self, written: Mapping[str, Any], request: Request) -> dict[str, str]:
        """The giver named speaks for the facts that are theirs to tell; if none is, for all, and is refused."""
        giver, names = (
            str(written.get("given_by", "")),
            tuple(_given(request)) if "given_by" in written else (),
        )
        own = tuple(n for n in names if giver in self.pathway.facts[n].from_)
        return dict.fromkeys(own or names, giver)

    def _world(self, written: Mapping[str, Any]) -> World:
        relation = listed(written["relation"]) if "relation" in written else EVERYWHERE
        parties = listed(written.get("parties", ("person",)))
        stated = rooms(self.pathway, written.get("world", {}))
        return World(relation, self.cast.mandates, 0, written.get("to_site", ""), parties, stated)

    # ------------------------------------------------------------------------------------------ requests
    def _request(self, node: Map, written: Mapping[str, Any], t: int, without: tuple[str, ...]) -> Request:
        if "step" in written or "steps" in written:
            several = written.get("steps", [written])
            return Request("steps", "", "", tuple(self._do(node, each, t, without) for each in several))
        verb = next((v for v in VERBS if v in written), None)
        if verb is None:
            raise Fault(node.where, "this line has no `step` and no other request")
        name, args = VERBS[verb](self.typing, written)
        return Request(name, "", "", args=args)

    def _do(self, node: Map, written: Mapping[str, Any], t: int, without: tuple[str, ...]) -> Do:
        name = written["step"]
        if name not in self.pathway.steps:
            return Do(name)
        accepted = written.get("accepted", ())
        given = dict(accepted) if isinstance(accepted, Mapping) else dict.fromkeys(listed(accepted), "")
        items = written.get("items")
        made = [] if "items" in without else self._items(name, items, t)
        facts = self.typing.facts(node.where, written.get("facts", {}))
        return Do(
            name,
            facts,
            self.typing.terms(node.where, name, written.get("terms", {})),
            tuple(made),
            given,
            listed(written.get("handed", ())),
            listed(written.get("waived", ())),
            listed(written.get("open", ())),
            str(written.get("test_id", "")),
        )

    def _items(self, step: str, written: Any, t: int) -> list[dict[str, Any]]:
        if written is None:
            month = calendar.day_of(later(t, Length(1, "months"), self.zone), self.zone).isoformat()
            own = {k: self.pathway.obligations[k].due for k in self.pathway.steps[step].makes}
            return [{"kind": k, **({} if due == "same day" else {"due": month})} for k, due in own.items()]
        return [self.typing.item(dict(x) if isinstance(x, Mapping) else {"kind": x}) for x in written]


def _only_counts(when: Node | None) -> bool:
    """Lines that need no case: they add to counts, and nothing else."""
    rows = _items(when)
    return bool(rows) and all(isinstance(row, Map) and row.get("count") is not None for row in rows)


def _sits(written: Mapping[str, Any]) -> bool:
    return isinstance(written.get("sitting"), Mapping)


def _given(request: Request) -> Iterator[str]:
    for do in request.steps:
        yield from (*do.facts, *do.accepted)


# ------------------------------------------------------------------------------------------------ small things
def _plain(node: Node) -> dict[str, Any]:
    found = plain_of(node)
    if not isinstance(found, dict):
        raise Fault(node.where, "a mapping of keys is expected here")
    return found


def _text(node: Node) -> str:
    return repr(plain_of(node))


def _words(node: Node, reading: _Reading) -> frozenset[str]:
    """Every word of an example, those of its opening and histories too: what it can touch."""
    found: set[str] = set()
    waiting: list[Node] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Scalar):
            found.add(each.text)
        elif isinstance(each, Seq):
            waiting += each.items
        else:
            found |= {key.text for key, _ in each.pairs}
            waiting += [reading.spliced(value) if key.text == "use" else value for key, value in each.pairs]
    return frozenset(found)


__all__ = ["Example", "Line", "Script", "later", "read_script"]
