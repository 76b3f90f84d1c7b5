"""Votes on one proposal, read back with its findings and terms; dissent in each member's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from amparo.cases.bodies import carried
from amparo.cases.model import SittingState
from amparo.desk import audience
from amparo.desk import plan as plans
from amparo.desk.context import Control, Option, Pair
from amparo.desk.plan import Plan
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.sits import vote_words
from amparo.desk.steps import proposal as proposals
from amparo.desk.steps.context import Vote, Votes
from amparo.desk.steps.rows import open_to_ask
from amparo.desk.typed import Wrong, field_id, one
from amparo.desk.words import listed, lower_first, pick
from amparo.pathways.model import Body


def votes(scene: Scene, plan: Plan, chosen: str) -> Votes | None:
    """A vote for each member who is present, on all that stands on the page; None without a body or its
    open sitting.
    """
    body, s = plans.body_of(plan), scene.view.sitting if scene.view else None
    if not body or s is None or s.state != "open":
        return None
    step = chosen or plan.main
    asks = any(s.terms or s.makes or any(open_to_ask(scene, a) for a in s.asks) for s in plan.steps)
    stands = proposals.stands(plan, scene.typed, asks)
    rows = tuple(_vote(scene, s, member, step) for member in s.present) if stands else ()
    result = _result(scene, s, scene.pathway.bodies[body])
    changed = proposals.stale_words() if proposals.stale(scene.typed) else ""
    said = _("The proposal as it stands above, with its terms")
    return Votes(proposal(scene, plan, chosen), said, rows, *result, changed)


def given(scene: Scene) -> Iterator[Pair]:
    """Each vote as it will be written, dissent in the member's own words under it."""
    s = scene.view.sitting if scene.view else None
    for member in s.present if s else ():
        vote, dissent = one(scene.typed, f"vote.{member}"), one(scene.typed, f"dissent.{member}")
        if vote:
            yield Pair(scene.who(member), vote_words(vote))
        if dissent:
            yield Pair(_("%(member)s dissents") % {"member": scene.who(member)}, f"“{dissent}”", said=True)


def _vote(scene: Scene, s: SittingState, member: str, step: str) -> Vote:
    chosen = one(scene.typed, f"vote.{member}")
    words = (("for", _("For")), ("against", _("Against")), ("abstain", _("Abstains")))
    name = scene.who(member)
    control = Control(
        "segments",
        f"vote.{member}",
        field_id(f"vote.{member}"),
        name,
        options=tuple(Option(v, w, v == chosen) for v, w in words),
    )
    dissent = Control(
        "words",
        f"dissent.{member}",
        field_id(f"dissent.{member}"),
        _("Dissent"),
        one(scene.typed, f"dissent.{member}"),
        audience=audience.of_dissent(scene, step),
    )
    here = (
        _("signed in here") if member == scene.account else _("as said here; confirms from their own sign-in")
    )
    return Vote(name, f"{_('presides')}, {here}" if member == s.chair else here, control, dissent)


def _result(scene: Scene, s: SittingState, body: Body) -> tuple[str, str]:
    """The count and what it means, once every present member has voted."""
    given = {m: one(scene.typed, f"vote.{m}") for m in s.present}
    if not s.present or any(v not in ("for", "against", "abstain") for v in given.values()):
        return "", ""
    counted = Counter(given.values())
    said = count_words(counted)
    basis = scene.cite(body.fewer.basis if body.fewer and body.fewer.basis else body.basis)
    if not carried(s, body, given):
        return _("%(count)s: not carried.") % {"count": said}, basis
    tie = counted["for"] == counted["against"] and body.votes == "majority"
    return (_("%(count)s: carried by the chair’s casting vote.") if tie else _("%(count)s: carried.")) % {
        "count": said
    }, basis


def count_words(counted: Mapping[str, int]) -> str:
    """`1 for, 1 against`."""
    parts = [
        (counted.get("for", 0), _("for")),
        (counted.get("against", 0), _("against")),
        (counted.get("abstain", 0), _("abstained")),
    ]
    return ", ".join(f"{n} {w}" for n, w in parts if n or w == parts[0][1])


# ----------------------------------------------------------------------------------------------- the proposal
def proposal(scene: Scene, plan: Plan, chosen: str) -> str:
    """Findings, then the decision with its terms: what is voted on, whole."""
    findings = [f for s in plan.lead for f in found(scene, s)]
    decided = sentence(scene, chosen) if chosen else ""
    parts = [listed(findings), decided] if plan.choice else [sentence(scene, plan.main), listed(findings)]
    said = [p[:1].upper() + p[1:] + "." for p in parts if p]
    return " ".join(said) or _("Nothing is proposed yet.")


def sentence(scene: Scene, step: str) -> str:
    """A step with its terms."""
    terms = [f"{lower_first(label)} {words}" for label, words in terms_of(scene, step)]
    title = pick(scene.pathway.steps[step].title, step)
    return f"{title}: {listed(terms)}" if terms else title


def found(scene: Scene, step: str) -> Iterable[str]:
    """The findings typed for a step: `held for own use: yes`."""
    for ask in scene.pathway.steps[step].asks:
        fact = scene.pathway.facts[ask.fact]
        words = typed_words(scene, fact.type, f"fact.{ask.fact}") if fact.type.kind != "text" else ""
        if words:
            yield f"{lower_first(pick(fact.title, ask.fact))}: {words}"


def terms_of(scene: Scene, step: str) -> tuple[tuple[str, str], ...]:
    """The terms typed for a step: title and value in words."""
    terms = scene.pathway.steps[step].terms.items()
    typed = ((pick(t.title, n), typed_words(scene, t.type, f"term.{step}.{n}")) for n, t in terms)
    return tuple((label, words) for label, words in typed if words)


def typed_words(scene: Scene, type_: object, name: str) -> str:
    """What was typed under a name, in words; '' where it is no value."""
    try:
        plain = answer(scene.d, type_, name, scene.typed)  # type: ignore[arg-type]
    except Wrong:
        return ""
    return scene.d.show(type_, plain) if plain is not None else ""  # type: ignore[arg-type]
