"""The decisions of a choice in their five groups, as the engine sorts them; what opens inside each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases import words as refusing
from amparo.desk import plan as plans
from amparo.desk.homes import group_word
from amparo.desk.leaves import asks_words, reason_words
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene, capital
from amparo.desk.steps import agreed, rows, terms
from amparo.desk.steps.context import Card, Choice, Group, Line
from amparo.desk.typed import field_id, one
from amparo.desk.words import language, listed, pick
from amparo.lens import OfferView

MOST_REASONS = 3
"""A card says the first leaves that settled it; the whole stands in the entry once it is written."""
ORDER = ("required", "allowed", "open", "not_yet", "not_allowed")


def choice(
    scene: Scene, plan: Plan, offers: Sequence[OfferView], led: Iterable[str], lacking: frozenset[str]
) -> Choice:
    """The sum first, then the groups. `led`: acceptances that stand above already and are not asked twice."""
    mine = {o.step: o for o in offers if o.step in plan.options}
    by = {key: [s for s in plan.options if _group(mine, s) == key] for key in ORDER}
    chosen = one(scene.typed, f"choice.{plan.choice}")
    led = frozenset(led)
    shown = ["required"] if by["required"] else ["allowed", "open"]
    groups = [_group_of(scene, plan, key, by[key], mine, chosen, led, lacking) for key in shown if by[key]]
    if chosen and chosen not in {c.step for g in groups for c in g.cards}:
        groups.append(_kept(scene, plan, mine, chosen, led, lacking))
    open_ = tuple(s for key in shown for s in by[key])
    rest = [s for s in plan.options if _group(mine, s) == "not_yet" and s != chosen]
    barred = [
        s
        for s in plan.options
        if s != chosen
        and s in (*by["not_allowed"], *([] if shown != ["required"] else (*by["allowed"], *by["open"])))
    ]
    return Choice(
        f"choice.{plan.choice}",
        " + ".join(f"{len(by[k])} {group_word(k)}" for k in ORDER),
        ngettext("%(n)s decision", "%(n)s decisions", len(plan.options)) % {"n": len(plan.options)},
        _("from the answers above, %(time)s") % {"time": scene.clock.time(scene.clock.now)},
        tuple(groups),
        tuple(line(scene, s, mine.get(s), open_) for s in rest),
        tuple(line(scene, s, mine.get(s), open_) for s in barred),
    )


def _group(mine: dict[str, OfferView], step: str) -> str:
    return mine[step].group if step in mine and mine[step].group in ORDER else "not_allowed"


def _group_of(
    scene: Scene,
    plan: Plan,
    key: str,
    steps: Sequence[str],
    mine: dict[str, OfferView],
    chosen: str,
    led: frozenset[str],
    lacking: frozenset[str],
) -> Group:
    titles = {
        "required": (_("Required now"), _("the law leaves this one")),
        "allowed": (_("Allowed"), _("choose one")),
        "open": (_("Open, asks …"), _("one answer settles it; ask only what you mean to propose")),
    }
    cards = tuple(_card(scene, plan, s, mine.get(s), chosen == s, led, lacking) for s in steps)
    return Group(key, *titles[key], cards)


def _kept(
    scene: Scene,
    plan: Plan,
    mine: dict[str, OfferView],
    chosen: str,
    led: frozenset[str],
    lacking: frozenset[str],
) -> Group:
    """What was chosen stays where it can be read, dashed, though it is not open now."""
    card = _card(scene, plan, chosen, mine.get(chosen), True, led, lacking, dashed=True)
    return Group("kept", _("Chosen"), _("as it stands, this cannot be written"), (card,))


def _card(
    scene: Scene,
    plan: Plan,
    name: str,
    offer: OfferView | None,
    chosen: bool,
    led: frozenset[str],
    lacking: frozenset[str],
    dashed: bool = False,
) -> Card:
    step = scene.pathway.steps[name]
    own = tuple(f for f in plans.acceptances(plan, (name,)) if f not in led)
    asked_above = {a.fact for s in plan.steps for a in s.asks}
    questions = tuple(
        r
        for r in rows.asked(scene, (step,), lacking)
        if r.control.name.removeprefix("fact.") not in asked_above
    )
    return Card(
        name,
        field_id(f"choice.{name}"),
        pick(step.title, name),
        _line(scene, offer),
        scene.cite(step.basis),
        pick(step.unverified) if step.unverified else "",
        chosen,
        (*questions, *terms.of_step(scene, name, step, lacking if chosen else frozenset())),
        rows.acceptances(scene, own, False, lacking),
        agreed.items(scene, step),
        dashed,
    )


def _line(scene: Scene, offer: OfferView | None) -> str:
    """Because: the leaves that settled it; or what it asks, and of whom."""
    if offer is None:
        return ""
    if offer.group in ("open", "not_yet") and offer.asks:
        return _("Asks: %(what)s.") % {"what": listed(asks_words(scene, offer.asks))}
    said = [w for r in offer.because if (w := reason_words(scene, r))][:MOST_REASONS]
    return (
        _("Because: %(why)s.") % {"why": ", ".join(dict.fromkeys(s for s in said if s))} if any(said) else ""
    )


def line(scene: Scene, name: str, offer: OfferView | None, open_: tuple[str, ...] = ()) -> Line:
    """Why a decision is not open, and what can be done instead: what it asks and of whom; else the lines of the
    engine's own refusal. open_: the decisions that stand open beside it.
    """
    step = scene.pathway.steps[name]
    uncertain = pick(step.unverified) if step.unverified else ""
    title = pick(step.title, name)
    if offer is None or not offer.refusals:
        return _elsewhere(scene, name, title, open_, uncertain)
    first = offer.refusals[0]
    if first.code == "must_be":
        must = pick(scene.pathway.steps[str(first.params.get("must"))].title)
        return Line(
            title,
            _("The law leaves one decision: %(must)s.") % {"must": must},
            scene.cite(first.basis),
            "",
            uncertain,
        )
    asks = tuple(dict.fromkeys(a for r in offer.refusals for a in r.asks)) if offer.group == "not_yet" else ()
    if asks:
        asked = _("Asks: %(what)s.") % {"what": listed(asks_words(scene, asks))}
        return Line(title, "", scene.cite(first.basis or step.basis), asked, uncertain)
    _what, why, instead = scene.sentence(first)
    return Line(title, capital(why), "", "", uncertain, instead)


def _elsewhere(scene: Scene, name: str, title: str, open_: tuple[str, ...], uncertain: str) -> Line:
    """A decision that does not begin where the case stands: from where it does, and which ones do from here."""
    step, stage = scene.pathway.steps[name], scene.view.stage if scene.view else ""
    refused = refusing.refusal(
        scene.pathway,
        "not_here",
        "",
        name,
        basis=step.basis,
        params={"stage": stage, "from": step.from_},
    )
    _what, why, instead = scene.sentence(refused)
    now = refusing.listing(pick(scene.pathway.steps[s].title, s) for s in open_)
    ways = refusing.phrase("choices", language(), list=now) if now else instead
    return Line(title, capital(why), "", "", uncertain, ways)
