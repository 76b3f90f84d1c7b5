"""A response: heard, about what, then one of three lists that never mix, then what a sanction asks.

One row of buttons for all lists: what is pressed is the list and its term at once, so that a term of one list can never
be sent with another, with or without script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from amparo.cases.model import Refusal
from amparo.desk.context import Check, Control, Option, Pair, RefusalLines, Row
from amparo.desk.papers import letter_state
from amparo.desk.plan import Plan
from amparo.desk.scene import Scene
from amparo.desk.steps.context import Reply, ReplyList, Same
from amparo.desk.typed import Typed, field_id, one
from amparo.desk.words import code_title, listed, lower_first, pick
from amparo.ledger import book
from amparo.pathways import courts
from amparo.pathways.model import Needs, Pathway, Responses, Step

FIELD = "reply"
HELP = "adjustment"


def of(plan: Plan) -> Responses | None:
    """The responses of the pathway, where this form is their step."""
    r = plan.pathway.responses
    return r if r is not None and plan.lead == (r.step,) and not plan.choice else None


def told(plan: Plan, typed: Typed) -> Typed:
    """The typing with the list and the term of what was pressed, and nothing of another list."""
    r = of(plan)
    if r is None or FIELD not in typed:
        return typed
    chosen, _dot, code = one(typed, FIELD).partition(".")
    dropped = {f"term.{r.step}.{name}" for name in r.lists}
    if chosen != courts.sanction(r):
        dropped |= {f"fact.{courts.grounds_fact(plan.pathway, r)}", "reasons"}
    kept = {k: v for k, v in typed.items() if k not in dropped}
    kept[f"fact.{courts.list_fact(plan.pathway, r)}"] = [chosen]
    return {**kept, f"term.{r.step}.{chosen}": [code]} if code else kept


def asking(scene: Scene, plan: Plan, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with what binds them: a hearing, reasons and a letter beforehand bind a sanction alone."""
    r = of(plan)
    if r is None or one(scene.typed, FIELD).startswith(f"{courts.sanction(r)}."):
        return steps
    return tuple(replace(s, needs=_light(s.needs)) for s in steps)


def _light(needs: Needs | None) -> Needs | None:
    return replace(needs, heard=False, reasons=False, notice=()) if needs is not None else None


# ------------------------------------------------------------------------------------------------ drawing
def reply(
    scene: Scene,
    plan: Plan,
    questions: tuple[Row, ...],
    ticks: tuple[Option, ...],
    reasons: Control | None,
    alike: Mapping[str, tuple[book.Answer, ...]],
) -> Reply | None:
    """The form of a response; None for every other step."""
    r = of(plan)
    if r is None:
        return None
    p, last = plan.pathway, courts.sanction(r)
    named = (
        courts.list_fact(p, r),
        courts.grounds_fact(p, r),
        courts.behaviour_fact(p, r),
        courts.goal_fact(p, r),
    )
    about = _rows(questions, named[2:])
    return Reply(
        at="at-" + field_id(f"fact.{named[0]}"),
        answers=f"fact.{named[0]}",
        heard=ticks,
        about=about,
        lists=tuple(_lists(scene, r, last)),
        nothing=tuple(_nothing(scene, r, named[0])),
        rest=tuple(row for row in questions if row.control.name not in {f"fact.{n}" for n in named}),
        grounds=_rows(questions, named[1:2]),
        reasons=reasons,
        last=last,
        never=_never(p, r),
        notice=tuple(_notice(scene, r)),
        same=tuple(_same(scene, r, named[2], about, answers) for about, answers in alike.items()),
    )


def _notice(scene: Scene, r: Responses) -> Iterator[Check]:
    """The letters that said beforehand what follows what, with how the newest reached the person."""
    needs = scene.pathway.steps[r.step].needs
    for name in needs.notice if needs is not None else ():
        title = pick(scene.pathway.letters[name].title, name)
        copies = [x for x in scene.view.letters if x.letter == name] if scene.view else []
        reached = next((x for x in reversed(copies) if x.delivered is not None), None)
        note = letter_state(scene, reached) if reached else _("no proof that it reached the person")
        yield Check(title, note, "done" if reached else "open")


def _same(scene: Scene, r: Responses, fact: str, about: str, answers: Iterable[book.Answer]) -> Same:
    """What this court answered to one thing before, without a name."""
    p = scene.pathway
    lines = tuple(Pair(scene.clock.day(a.at), _answered(p, r, a)) for a in answers)
    title = code_title(p, p.facts[fact].type.vocabulary or "", about)
    return Same(about, title, lines, one(scene.typed, f"fact.{fact}") == about)


def _answered(p: Pathway, r: Responses, a: book.Answer) -> str:
    """`Help adjusted: peer support`; a list that takes no term by its own title."""
    title = code_title(p, p.facts[courts.list_fact(p, r)].type.vocabulary or "", a.list)
    if not a.term:
        return title
    term = code_title(p, p.steps[r.step].terms[a.list].type.vocabulary or "", a.term)
    return f"{title}: {lower_first(term)}"


def _rows(questions: Iterable[Row], facts: Iterable[str]) -> tuple[Row, ...]:
    by_name = {row.control.name: row for row in questions}
    found = (by_name.get(f"fact.{name}") for name in facts)
    return tuple(replace(row, nothing=None, why="", control=_open(row.control)) for row in found if row)


def _open(control: Control) -> Control:
    """A long list stands open: one tap, and the answers to the same thing before are seen beside it."""
    return replace(control, kind="answers", wide="across") if control.kind == "select" else control


def _lists(scene: Scene, r: Responses, last: str) -> Iterator[ReplyList]:
    chosen, p = one(scene.typed, FIELD), scene.pathway
    said = {"incentive": _("for what went well"), HELP: _("for a goal still too hard")}
    fact = courts.list_fact(p, r)
    for name in r.lists:
        term = p.steps[r.step].terms[name].type
        options = tuple(
            Option(f"{name}.{code}", code_title(p, term.vocabulary, code), f"{name}.{code}" == chosen)
            for code in term.codes
        )
        title = code_title(p, p.facts[fact].type.vocabulary, name) if fact else name
        note = _("told before, heard, its size explained") if name == last else said.get(name, "")
        yield ReplyList(
            name,
            "at-" + field_id(f"term.{r.step}.{name}"),
            title,
            note,
            options,
            chosen.startswith(f"{name}."),
        )


def _nothing(scene: Scene, r: Responses, fact: str) -> Iterator[Option]:
    """What is an answer too, and takes no term."""
    type_ = scene.pathway.facts[fact].type
    for code in type_.codes:
        if code not in r.lists:
            title = code_title(scene.pathway, type_.vocabulary, code)
            yield Option(
                code, title, one(scene.typed, FIELD) == code, note=_("and say so: it is an answer too")
            )


def _never(p: Pathway, r: Responses) -> str:
    """What stands in no list, whatever a site would like."""
    known = {"custody": _("Custody")}
    words = listed(known.get(code, code) for code in r.never)
    if not words:
        return ""
    return _(
        "%(what)s stands in no list. What a court orders by law is written down as it was, with its reasons, "
        "under “Something else happened” on the file."
    ) % {"what": words}


# ------------------------------------------------------------------------------------------------ refused
def instead(plan: Plan, refusal: Refusal, lines: RefusalLines) -> RefusalLines:
    """Of a sanction that nothing but a test would carry: help can be adjusted instead, one press away."""
    r = of(plan)
    if r is None or refusal.detail != "never_alone" or HELP not in r.lists:
        return lines
    at = "at-" + field_id(f"term.{r.step}.{HELP}")
    return replace(lines, href=f"#{at}", link=_("Go to that list"))


def checks(scene: Scene, plan: Plan, refusals: Iterable[Refusal]) -> tuple[Check, ...]:
    """What a sanction asks beside what every step may ask: a ground that may carry one."""
    r = of(plan)
    if r is None or not one(scene.typed, FIELD).startswith(f"{courts.sanction(r)}."):
        return ()
    lacks = any(x.detail in ("never_alone", "grounds") for x in refusals)
    return (Check(_("A ground besides a test result"), state="open" if lacks else "done"),)
