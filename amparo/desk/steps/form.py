"""The page of a step: what the definition says, what the engine answers to the draft, what was typed.
Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from amparo.cases.model import Refusal
from amparo.desk import audience, refusals
from amparo.desk import plan as plans
from amparo.desk.case import court
from amparo.desk.context import (
    Audience,
    Control,
    Draft,
    Fault,
    FirstLine,
    Link,
    Nothing,
    Option,
    Pair,
    Quorum,
    RefusalLines,
    Row,
)
from amparo.desk.drawing import control
from amparo.desk.leaves import hidden_words
from amparo.desk.on_call.context import Call
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.steps import (
    about_test,
    agreed,
    causes,
    checklist,
    choosing,
    follows,
    leaving,
    next_date,
    responding,
    rows,
    terms,
    voting,
)
from amparo.desk.steps.causes import Causes
from amparo.desk.steps.context import Acceptance, StepPage, When
from amparo.desk.typed import field_id, one
from amparo.desk.words import cited, listed, lower_first, pick, role_title
from amparo.ledger import book
from amparo.lens import OfferView
from amparo.pathways.model import Step, Type


@dataclass(frozen=True)
class Answered:
    """What the engine says to the draft. refusals: every one the lens lets through. asked: whether the
    author wanted to
    hear them now; else the form is drawn without."""

    offers: tuple[OfferView, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    causes: Causes | None = None
    faults: tuple[Fault, ...] = ()
    asked: bool = False


@dataclass(frozen=True)
class Around:
    """What stands around a form: addresses, the first line, the sitting, the draft."""

    first: FirstLine
    action: str
    back: str
    seen: str
    key: str
    quorum: Quorum | None = None
    draft: Draft | None = None
    person: tuple[Row, ...] = ()
    sites: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[Link, ...] = field(default=())
    stage: str = ""
    voted_on: str = ""
    at: str = ""
    call: Call | None = None
    alike: Mapping[str, tuple[book.Answer, ...]] = field(default_factory=dict)


def page(scene: Scene, plan: Plan, answered: Answered, around: Around) -> StepPage:
    """The form of this plan."""
    chosen = one(scene.typed, f"choice.{plan.choice}") if plan.choice else ""
    steps = tuple(scene.pathway.steps[s] for s in plan.written(chosen))
    told = answered.refusals if answered.asked else ()
    lacking = _lacking(told)
    questions = rows.with_faults(
        rows.asked(scene, plan.steps, lacking, _settled(answered)), _fault_words(answered)
    )
    questions = (*about_test.rows(scene, plan), *questions)
    reasons, ticks = _reasons(scene, plan), _ticks(scene, steps, plan)
    reply = responding.reply(scene, plan, questions, ticks, reasons, around.alike)
    lead_accept = plans.acceptances(plan, plan.lead)
    accepts = rows.acceptances(scene, lead_accept, not plan.choice, lacking)
    return StepPage(
        first=around.first,
        title=plans.title(plan),
        by=by_line(scene, plan),
        basis=_basis(scene, plan),
        unverified=_unverified(plan),
        action=around.action,
        back=around.back,
        seen=around.seen,
        key=around.key,
        audience=_readers(scene, plan, _told_here(plan, accepts)),
        quorum=around.quorum,
        told_before=told_before(scene, plan),
        hidden=hidden(scene, plan),
        rows=() if reply else questions,
        person=around.person,
        also=rows.with_faults(_also(scene, plan, lacking), _fault_words(answered)),
        answered=rows.answered(questions, scene.typed, accepts),
        acceptances=accepts,
        terms=() if reply else _terms(scene, plan, answered, lacking),
        items=tuple(i for s in plan.steps for i in agreed.items(scene, s)),
        must_hold=checklist.criteria(scene, plan, answered.refusals),
        holding=checklist.holding(scene, plan, answered.refusals),
        waive=checklist.waivers(scene, plan, answered.refusals),
        choice=choosing.choice(scene, plan, answered.offers, lead_accept, lacking) if plan.choice else None,
        reasons=None if reply else reasons,
        ticks=() if reply else ticks,
        defence=leaving.defence(scene, steps, plan),
        plainly=leaving.plainly(scene, plan) if scene.view else (),
        only=leaving.only(scene, plan),
        next_date=next_date.drawn(scene, plan),
        handed=_handed(scene, steps),
        sends_to=_sends_to(scene, steps, around),
        votes=voting.votes(scene, plan, chosen),
        when=_when(scene, answered),
        before=(
            *checklist.before(scene, plan, responding.asking(scene, plan, steps), answered.refusals),
            *responding.checks(scene, plan, answered.refusals),
        ),
        at_once=causes.pairs(scene, answered.causes),
        at_once_empty=_nothing_at_once(answered),
        button=button(scene, plan, chosen),
        ink=plans.ink(plan),
        refusals=_refusal_lines(scene, plan, told),
        faults=answered.faults,
        faults_title=_faults_title(answered.faults),
        draft=around.draft,
        elsewhere=around.elsewhere,
        opening=scene.view is None,
        alone=_alone(plan, chosen),
        stage=around.stage,
        voted_on=around.voted_on,
        at=around.at,
        reply=reply,
        call=around.call,
        phase=court.phase(scene) if reply and scene.view else None,
    )


def _readers(scene: Scene, plan: Plan, told: tuple[str, ...]) -> Audience | None:
    """Who will read the page; nobody is named where its words go with the very step."""
    ends = [b.to for s in plan.steps for b in s.to]
    if ends and not plan.choice and plans.wipes(plan.pathway, ends):
        return None
    return audience.of_step(scene, plan.main, told)


def _told_here(plan: Plan, accepts: Iterable[Acceptance]) -> tuple[str, ...]:
    """The facts that the page tells before any decision is chosen."""
    asked = (a.fact for s in plan.asking for a in s.asks)
    also = (f for s in plan.steps for f in s.also)
    names = (*asked, *also, *(a.fact for a in accepts))
    return tuple(dict.fromkeys(f for f in names if f in plan.pathway.facts))


def _settled(answered: Answered) -> bool:
    """Does the engine ask nothing more of this draft?"""
    return answered.causes is not None and not any(r.code == "ask" for r in answered.refusals)


# ------------------------------------------------------------------------------------------------ head
def by_line(scene: Scene, plan: Plan) -> str:
    """Who takes it, and how: a body on one page with one vote; or that nothing is asked."""
    body = plans.body_of(plan)
    if body and plan.choice:
        return _("By the %(body)s: one page, one vote, one set of reasons.") % {
            "body": lower_first(role_title(scene.pathway, body))
        }
    who = listed(lower_first(role_title(scene.pathway, r)) for r in scene.pathway.steps[plan.main].by)
    step = scene.pathway.steps[plan.main]
    if step.recorded:
        return _(
            "Written down by: %(who)s. It is written as it was, also where the rules here would not have allowed "
            "it; what lacked is flagged on the file."
        ) % {"who": who}
    if not (step.asks or step.terms or step.makes or step.needs):
        return _("By: %(who)s. Nothing is asked: it says that something happened.") % {"who": who}
    return _("By: %(who)s.") % {"who": who}


def _basis(scene: Scene, plan: Plan) -> str:
    return cited(
        scene.pathway,
        tuple(dict.fromkeys(c for s in plan.steps or (scene.pathway.steps[plan.main],) for c in s.basis)),
    )


def _unverified(plan: Plan) -> str:
    return next((pick(s.unverified) for s in plan.steps if s.unverified), "")


# ---------------------------------------------------------------------------------------- told before, hidden
def _concerned(plan: Plan) -> tuple[str, ...]:
    """The facts the page is about: asked or shown, by any of its steps."""
    steps = (*plan.steps, *(plan.pathway.steps[s] for s in plan.options))
    names = (f for s in steps for f in (*(a.fact for a in s.asks), *s.also))
    return tuple(dict.fromkeys(f for f in names if f in plan.pathway.facts))


def told_before(scene: Scene, plan: Plan) -> tuple[Pair, ...]:
    """What is known already of what the page is about: shown with who told it, not asked."""
    seen, drawn = scene.facts(), {a.fact for s in plan.asking for a in s.asks if rows.open_to_ask(scene, a)}
    shown = (seen[f] for f in _concerned(plan) if f in seen and f not in drawn)
    told = tuple(scene.pair(f) for f in shown if f.state != "not_asked")
    return (*told, *follows.pairs(scene)) if scene.view is not None and plan.choice else told


def hidden(scene: Scene, plan: Plan) -> tuple[Nothing, ...]:
    """One hatched line for each class of which something stands here that this role may not read."""
    if scene.view is None:
        return ()
    seen = scene.facts()
    shut = {
        plan.pathway.facts[f].class_ for f in _concerned(plan) if f not in seen and f not in _own_asks(plan)
    }
    return tuple(Nothing("hidden", hidden_words(c)) for c in scene.view.hidden if c in shut)


def _own_asks(plan: Plan) -> set[str]:
    return {a.fact for s in plan.asking for a in s.asks}


# --------------------------------------------------------------------------------------- stated with the step
def _also(scene: Scene, plan: Plan, lacking: frozenset[str]) -> tuple[Row, ...]:
    """What may also be told: with the steps of the page, and the findings that stand beside them."""
    beside = tuple(plan.pathway.steps[s] for s in plan.beside)
    apart = f"fact.{next_date.fact(plan)}"
    also = (r for r in rows.also_rows(scene, plan.steps) if r.control.name != apart)
    return (*rows.asked(scene, beside, lacking), *also)


def _terms(scene: Scene, plan: Plan, answered: Answered, lacking: frozenset[str]) -> tuple[Row, ...]:
    found = tuple(
        r for name in plan.lead for r in terms.of_step(scene, name, scene.pathway.steps[name], lacking)
    )
    return rows.with_faults(found, _fault_words(answered))


def _reasons(scene: Scene, plan: Plan) -> Control | None:
    """Reasons of whoever decides: where a step needs them, and always where a body does."""
    every = (*plan.steps, *(scene.pathway.steps[s] for s in plan.options))
    wanted = any(plans.needs(s).reasons for s in every) or plans.body_of(plan)
    if not wanted:
        return None
    readers = audience.of_reasons(scene, plan.options[0] if plan.options else plan.main)
    drawn = control(scene.d, Type("text"), "reasons", _("Reasons"), scene.typed, audience=readers)
    return replace(drawn, described=("reasons-title",))


def _ticks(scene: Scene, steps: Sequence[Step], plan: Plan) -> tuple[Option, ...]:
    """What is stated with the step: that the person had the floor; that a person who is here needs no
    notice.
    """
    every = (*steps, *(scene.pathway.steps[s] for s in plan.options))
    found = []
    if any(plans.needs(s).heard for s in every):
        said = _("%(person)s had the last word, or whoever speaks for %(person)s") % {
            "person": rows.capital_person(scene)
        }
        found.append(Option("heard", said, one(scene.typed, "heard") == "yes"))
    return tuple(found)


def _handed(scene: Scene, steps: Sequence[Step]) -> tuple[Option, ...]:
    """The letters of the step, each with *handed over now*."""
    given = dict.fromkeys(x for s in steps for x in s.gives)
    chosen = set(scene.typed.get("handed") or ())
    letters = scene.pathway.letters
    return tuple(
        Option(
            x,
            _("Handed over now: %(letter)s") % {"letter": pick(letters[x].title, x)},
            x in chosen,
            note=_("by hand, to whoever it is for and is here"),
        )
        for x in given
    )


def _sends_to(scene: Scene, steps: Sequence[Step], around: Around) -> Control | None:
    if not any(s.effect == "transfers" for s in steps) or not around.sites:
        return None
    chosen = one(scene.typed, "to_site")
    options = tuple(Option(code, name, code == chosen) for code, name in around.sites)
    return Control(
        "select" if len(options) >= 8 else "answers",
        "to_site",
        field_id("to_site"),
        _("Where it is sent"),
        options=options,
    )


def _when(scene: Scene, answered: Answered) -> When:
    """Now, or earlier: its limits, and what was typed."""
    earlier = control(scene.d, Type("instant"), "happened", _("When it happened"), scene.typed)
    since = scene.view.stage_since if scene.view else None
    limits = (
        _("After %(when)s, when the case came to where it stands, and not later than now.")
        % {"when": scene.clock.when(since)}
        if since
        else _("Not later than now.")
    )
    open_ = any(one(scene.typed, f"happened.{part}") for part in ("day", "month", "year", "time"))
    faults = _fault_words(answered)
    return When(
        _("Happens now, %(when)s.") % {"when": scene.clock.when(scene.clock.now)},
        replace(earlier, error=faults.get(earlier.id, "")),
        limits,
        open_,
    )


def _nothing_at_once(answered: Answered) -> str:
    if answered.causes is not None and answered.causes.unread:
        return _("It is written on the file. What follows from it is read by those who work on the case.")
    if answered.causes is not None:
        return _("It is written on the file, for those who may read it. Nothing moves, and nobody is written to.")
    return _("Shown here as soon as what is answered above leads somewhere.")


# ----------------------------------------------------------------------------------- button, refusals, faults
def button(scene: Scene, plan: Plan, chosen: str) -> str:
    """The act in whole: the title of what is written, with its terms."""
    if plan.choice and not chosen:
        return _("Go on to read it back")
    name = chosen or plan.main
    said = terms_said(scene, name)
    words = pick(scene.pathway.steps[name].title, name)
    return f"{words}: {said}" if said else words


def _alone(plan: Plan, chosen: str) -> str:
    """Findings can be written without a decision, on a page of their own."""
    if not plan.choice or chosen or len(plan.lead) != 1:
        return ""
    return _("Only this, without a decision: %(findings)s") % {
        "findings": lower_first(pick(plan.steps[0].title, plan.main))
    }


def terms_said(scene: Scene, name: str) -> str:
    """The terms typed for a step, in words."""
    return listed(words for _label, words in voting.terms_of(scene, name))


def _refusal_lines(scene: Scene, plan: Plan, told: Iterable[Refusal]) -> tuple[RefusalLines, ...]:
    found = ((r, refusals.lines(scene, r, lambda x: field_of(plan, x))) for r in told)
    return tuple(responding.instead(plan, r, lines) for r, lines in found)


def field_of(plan: Plan, refusal: Refusal) -> str:
    """The element of the form that a refusal waits for, '' if it is none of the form's."""
    name = refusal.field or next((ask[0] for ask in refusal.asks), "")
    step = plan.pathway.steps.get(refusal.step)
    if name.startswith("accepted."):
        return "at-" + field_id(f"fact.{name.removeprefix('accepted.')}")
    if step is not None and name in step.terms:
        return "at-" + field_id(f"term.{refusal.step}.{name}")
    if name in _asked_here(plan) or name in plans.acceptances(plan, (*plan.lead, *plan.options)):
        return "at-" + field_id(f"fact.{name}")
    return {
        "reasons": "reasons",
        "heard": "at-heard",
        "defence": "at-f-defence",
        "votes": "votes",
        "to_site": field_id("to_site"),
        "happened_at": field_id("happened"),
        "items": "items",
    }.get(name, "")


def _asked_here(plan: Plan) -> set[str]:
    steps = (*plan.asking, *(plan.pathway.steps[s] for s in plan.options))
    return {a.fact for s in steps for a in s.asks} | {f for s in steps for f in s.also}


def _lacking(told: Iterable[Refusal]) -> frozenset[str]:
    """The facts that refusals wait for."""
    found: set[str] = set()
    for r in told:
        found |= {a[0] for a in r.asks} | {r.field.removeprefix("accepted.")}
    return frozenset(found)


def _fault_words(answered: Answered) -> dict[str, str]:
    return {f.field: f.words for f in answered.faults}


def _faults_title(faults: Sequence[Fault]) -> str:
    """How many things are to be mended, as the heading of the list of them."""
    if len(faults) == 1:
        return _("One thing before it can be written")
    return _("%(n)s things before it can be written") % {"n": len(faults)} if faults else ""
