"""Sittings: set, opened with who is there, impeded with a reason, recused; own word on a vote; closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.index import index
from amparo.cases.model import SittingState
from amparo.desk import acts, audience
from amparo.desk import plan as plans
from amparo.desk.acts import CaseDesk, Sent
from amparo.desk.context import Control, Link, Option, Pair, RefusalLines
from amparo.desk.drawing import control
from amparo.desk.homes import GOING
from amparo.desk.line import first_line, scene_of
from amparo.desk.pages import staff_page
from amparo.desk.reading import answer
from amparo.desk.scene import Scene
from amparo.desk.sits import quorum, too_few, vote_words
from amparo.desk.sittings import ahead
from amparo.desk.sittings.context import Confirm, DayPage, DayRow, MemberRow, SittingPage
from amparo.desk.times import TimeLeft, capital
from amparo.desk.typed import Wrong, field_id, one
from amparo.desk.where import Here, here
from amparo.desk.words import code_title, initials, listed, lower_first, pick
from amparo.errors import NotPermitted
from amparo.ledger import book
from amparo.lens import Entry
from amparo.pathways import calendar
from amparo.pathways.model import Body, Type
from amparo.people import staff

SHOWN_MISSING = 4
INSTANT, COUNT, TEXT = Type("instant"), Type("count"), Type("text")


# ------------------------------------------------------------------------------------------------ the day
@staff_page
def sittings(request: HttpRequest) -> HttpResponse:
    """The sittings that are set or open at this site, by hour."""
    at = here(request)
    found = book.sittings(at.account, at.site, at.post.programme, role=at.role)
    rows = tuple(_day_row(at, s) for s in found)
    cannot = sum(r.cannot for r in rows)
    foot = ngettext("%(n)s sitting.", "%(n)s sittings.", len(rows)) % {"n": len(rows)}
    foot += _(" %(n)s cannot be decided as they stand.") % {"n": cannot} if cannot else ""
    days = ahead.days(at, {s.row.case: s.at for s in found}) if ahead.has(at.pathway) else ()
    return render(request, "sittings/day.html", {"page": DayPage(_("Sittings"), rows, foot, days=days)})


def _day_row(at: Here, s: book.Sits) -> DayRow:
    scene = scene_of(at, book.Seen(s.row.view, s.row.record, "", at.site, (at.role,)))
    sitting = s.row.view.sitting
    assert sitting is not None
    few = too_few(scene, sitting, scene.pathway.bodies[sitting.body]) if sitting.state == "open" else ""
    hour = TimeLeft(capital(at.clock.when(s.at)), "" if sitting.state == "open" else at.clock.left(s.at).left)
    shown = initials(scene.called) if scene.called else ""
    return DayRow(
        hour,
        shown,
        book.number(s.row.case),
        reverse("sitting", args=[s.row.case]),
        state_words(sitting),
        listed(scene.who(m) for m in sitting.members),
        few or (_over() if _newest_decision(scene, sitting) else _missing(scene)),
        bool(few),
    )


def _over() -> str:
    return _("Decided: close the sitting, with its minutes.")


def _missing(scene: Scene) -> str:
    """What is to be answered or done before it can be decided; that nothing is, where nothing is."""
    names = (*_asked(scene), *_waited(scene))
    if not names:
        return _("nothing is missing")
    more = len(names) - SHOWN_MISSING
    rest = ngettext("%(n)s more", "%(n)s more", more) % {"n": more} if more > 0 else ""
    return _("Still asked: %(what)s.") % {"what": listed(x for x in (*names[:SHOWN_MISSING], rest) if x)}


def _asked(scene: Scene) -> tuple[str, ...]:
    """What the decisions of the body and the findings that lead them still ask."""
    view, facts = scene.view, scene.pathway.facts
    assert view is not None
    every = (
        plans.of_choice(scene.pathway, name, view.stage, plans.taken_here(view))
        for name in (index(scene.pathway).choices if view.stage else ())
    )
    deciding = {n for p in every if p.options and plans.body_of(p) for n in (*p.lead, *p.options)}
    asks = dict.fromkeys(f for o in view.offers if o.step in deciding for f, _whom in o.asks)
    return tuple(lower_first(pick(facts[f].title, f)) for f in asks if f in facts)


def _waited(scene: Scene) -> tuple[str, ...]:
    """The steps that running clocks wait for, but for what is done in the sitting itself."""
    assert scene.view is not None
    steps = scene.pathway.steps
    held = {s for place in scene.pathway.places.values() for s in place.taken_by}
    waits = dict.fromkeys(
        s for c in scene.view.clocks if c.going for s in scene.pathway.clocks[c.name].stops
    )
    open_ = {o.step for o in scene.view.offers if o.group in GOING} - held
    return tuple(lower_first(pick(steps[s].title, s)) for s in waits if s in open_ and not steps[s].choice)


def state_words(s: SittingState) -> str:
    """Where a sitting stands."""
    return {"set": _("is set"), "open": _("is open"), "closed": _("is closed")}[s.state]


# ------------------------------------------------------------------------------------------------ one sitting
@staff_page
def sitting(request: HttpRequest, case_id: str) -> HttpResponse:
    """Who sits in this case, and what is done about it."""
    try:
        desk = acts.for_who_sits(acts.open_case(request, case_id, "sitting"))
    except NotPermitted:
        # Who has just stepped back reads nothing more of the case: what was written is still said.
        if not len(messages.get_messages(request)):
            raise
        return HttpResponseRedirect(reverse("worklist"))
    sent = acts.NOTHING_SENT
    if request.method == "POST":
        sent = _press(desk, request.POST.get("then", ""))
        if sent.done:
            return acts.go_on(request, desk, "sitting")
    return render(request, "sittings/page.html", {"page": page(desk, sent.refusals)})


def _press(desk: CaseDesk, then: str) -> Sent:
    """One button, one request."""
    try:
        args = _args(desk, then)
    except Wrong as wrong:
        return Sent(None, (RefusalLines(str(wrong), "", "", field=wrong.field),))
    return acts.send(desk, "sit", {"do": then, **args}, f"sitting {then}")


def _args(desk: CaseDesk, then: str) -> dict[str, Any]:
    typed = desk.typed
    if then in ("open", "present"):
        return _there(desk)
    if then in ("set", "move"):
        at = answer(desk.scene.d, INSTANT, "at", typed)
        members: dict[str, list[str]] = {who: [] for who in typed.get("member") or ()}
        return {
            **_kind(desk),
            "members": members,
            "place": one(typed, "place"),
            **({"at": at} if at is not None else {}),
        }
    if then == "recuse":
        return {"code": one(typed, "code")}
    if then in ("confirm", "dissent"):
        seq = one(typed, "step_seq")
        said = {"vote": one(typed, "vote"), "words": one(typed, "words")}
        return {**said, **({"step_seq": int(seq)} if seq.isdigit() else {})}
    return {"minutes": one(typed, "minutes")}


def _kind(desk: CaseDesk) -> dict[str, str]:
    """The kind chosen. Raises `Wrong` where several are offered and none was."""
    kind = one(desk.typed, "kind")
    if not kind and desk.seen.view.sitting is None and _kind_control(desk) is not None:
        raise Wrong(field_id("kind"), _("Choose which sitting it is"))
    return {"kind": kind} if kind else {}


def _there(desk: CaseDesk) -> dict[str, Any]:
    """Who is here, who is not and why, empty seats, who presides."""
    typed = desk.typed
    said = {name.removeprefix("who."): one(typed, name) for name in typed if name.startswith("who.")}
    present = [who for who, where in said.items() if where == "here"]
    impeded = {who: one(typed, f"why.{who}") for who, where in said.items() if where == "away"}
    vacant = answer(desk.scene.d, COUNT, "vacant", typed)
    chair = one(typed, "chair") or _chair(desk, present)
    return {**_kind(desk), "present": present, "impeded": impeded, "vacant": vacant or 0, "chair": chair}


def _chair(desk: CaseDesk, present: list[str]) -> str:
    """The member who has the chair's quality, if here."""
    body = desk.scene.pathway.bodies[_body(desk)]
    held = mandates(desk)
    return next((m for m in present if body.chair and body.chair in held.get(m, ())), "")


def _body(desk: CaseDesk) -> str:
    """The body that sits: of the sitting, of the kind chosen, or the only one."""
    s, kinds = desk.seen.view.sitting, desk.scene.pathway.sittings
    if s is not None:
        return s.body
    kind = kinds.get(one(desk.typed, "kind")) or next((k for k in kinds.values() if k.body), None)
    return kind.body if kind and kind.body else next(iter(desk.scene.pathway.bodies))


def mandates(desk: CaseDesk) -> Mapping[str, tuple[str, ...]]:
    """Who has a mandate in the body today, with qualities."""
    return staff.mandates(desk.seen.site, calendar.day_of(desk.here.now, desk.scene.d.zone), _body(desk))


# ------------------------------------------------------------------------------------------------ the page
def page(desk: CaseDesk, refusals: tuple[RefusalLines, ...] = ()) -> SittingPage:
    """The sitting as it stands: to be opened, open, or set for later."""
    scene, s = desk.scene, desk.seen.view.sitting
    body = scene.pathway.bodies[_body(desk)]
    open_ = s is not None and s.state == "open"
    return SittingPage(
        first=first_line(scene),
        quorum=quorum(scene),
        state=s.state if s else "none",
        action=reverse("sitting", args=[desk.case]),
        key=acts.new_key(),
        seen=str(desk.seen.view.seq),
        kind=None if s else _kind_control(desk),
        members=tuple(_member(desk, body, who, held) for who, held in mandates(desk).items()),
        vacant=_vacant(desk, s),
        chair=_chair_control(desk, body),
        when=control(scene.d, INSTANT, "at", _("Day and hour"), scene.typed),
        place=Control("line", "place", field_id("place"), _("Room or place"), one(scene.typed, "place")),
        recuse=_recuse(desk, body, s),
        confirm=_confirm(desk, s) if open_ else None,
        confirmed=_confirmed(scene, s),
        written=tuple(_written(scene, s)),
        written_of=_written_of(scene, s),
        earlier=tuple(_earlier(scene, x) for x in reversed(_closed(scene))),
        minutes=_minutes(scene) if open_ else None,
        decide=_decide(scene),
        refusals=refusals,
        public=_public(scene, s),
    )


def _kind_control(desk: CaseDesk) -> Control | None:
    kinds = desk.scene.pathway.sittings
    if len(kinds) < 2:
        return None
    chosen = one(desk.typed, "kind")
    options = tuple(Option(name, pick(k.title, name), name == chosen) for name, k in kinds.items() if k.body)
    return Control("answers", "kind", field_id("kind"), _("Which sitting"), options=options)


def _member(desk: CaseDesk, body: Body, who: str, qualities: tuple[str, ...]) -> MemberRow:
    scene, s = desk.scene, desk.seen.view.sitting
    chosen = one(scene.typed, f"who.{who}") or _where_now(s, who)
    vocabulary = body.why_not
    codes = scene.pathway.vocabularies.get(vocabulary, {})
    code = one(scene.typed, f"why.{who}") or (s.impeded.get(who, "") if s else "")
    reasons = tuple(Option(c, code_title(scene.pathway, vocabulary, c), c == code) for c in codes)
    where = (Option("here", _("Present"), chosen == "here"), Option("away", _("Impeded"), chosen == "away"))
    recused = s.recused.get(who, "") if s else ""
    name = scene.who(who)
    return MemberRow(
        who,
        name,
        listed(capital(q.replace("_", " ")) for q in qualities),
        Control("segments", f"who.{who}", field_id(f"who.{who}"), name, options=where),
        Control("select", f"why.{who}", field_id(f"why.{who}"), _("Reason"), options=reasons),
        code_title(scene.pathway, vocabulary, recused) if recused else "",
    )


def _where_now(s: SittingState | None, who: str) -> str:
    if s is None:
        return ""
    return "here" if who in s.present else "away" if who in s.impeded else ""


def _vacant(desk: CaseDesk, s: SittingState | None) -> Control:
    typed = desk.typed if "vacant" in desk.typed else {"vacant": [str(s.vacant if s else 0)]}
    return control(desk.scene.d, COUNT, "vacant", _("Empty seats"), typed)


def _chair_control(desk: CaseDesk, body: Body) -> Control | None:
    """Who presides is asked only where no present member has the chair's own quality."""
    held = mandates(desk)
    if body.chair and any(body.chair in q for q in held.values()):
        return None
    chosen = one(desk.typed, "chair")
    options = tuple(Option(who, desk.scene.who(who), who == chosen) for who in held)
    return (
        Control("answers", "chair", field_id("chair"), _("Who presides"), options=options)
        if options
        else None
    )


def _recuse(desk: CaseDesk, body: Body, s: SittingState | None) -> Control | None:
    """A member says that they do not decide here, and why."""
    me = desk.here.account.pk
    if s is None or me not in mandates(desk) or me in s.recused or not body.why_not:
        return None
    codes = desk.scene.pathway.vocabularies.get(body.why_not, {})
    chosen = one(desk.typed, "code")
    options = tuple(Option(c, code_title(desk.scene.pathway, body.why_not, c), c == chosen) for c in codes)
    return Control(
        "answers",
        "code",
        field_id("code"),
        _("I do not decide in this case, because"),
        options=options,
        wide="across",
    )


def _confirm(desk: CaseDesk, s: SittingState | None) -> Confirm | None:
    """The newest decision of this sitting, for the member's own word from their own sign-in."""
    scene, me = desk.scene, desk.here.account.pk
    decided = _newest_decision(scene, s)
    if s is None or decided is None or me not in s.present or _has_confirmed(s, me, decided.seq):
        return None
    voted, dissent = dict(decided.votes).get(me, ""), dict(decided.dissent).get(me, "")
    typed = scene.typed if "vote" in scene.typed or "words" in scene.typed else _as_written(voted, dissent)
    chosen = one(typed, "vote")
    words = (("for", _("For")), ("against", _("Against")), ("abstain", _("Abstained")))
    vote = Control(
        "segments",
        "vote",
        field_id("vote"),
        _("My vote"),
        options=tuple(Option(v, w, v == chosen) for v, w in words),
    )
    said = Control(
        "words",
        "words",
        field_id("words"),
        _("Dissent, if any, in my own words"),
        one(typed, "words"),
        audience=audience.of_dissent(scene, decided.name),
    )
    when, name = scene.clock.when(decided.at), vote_words(voted) if voted else ""
    return Confirm(pick(decided.words), when, decided.seq, name, dissent, vote, said)


def _as_written(voted: str, dissent: str) -> dict[str, list[str]]:
    """What was written in a member's name stands in their boxes, to be confirmed or corrected."""
    return {"vote": [voted], "words": [dissent]}


def _written_of(scene: Scene, s: SittingState | None) -> str:
    decided = _newest_decision(scene, s)
    return pick(decided.words) if decided else ""


def _written(scene: Scene, s: SittingState | None) -> Iterator[Pair]:
    """The votes of the newest decision as they were written, dissent in the member's words."""
    decided = _newest_decision(scene, s)
    dissent = dict(decided.dissent) if decided else {}
    for who, vote in decided.votes if decided else ():
        yield Pair(scene.who(who), vote_words(vote))
        if who in dissent:
            label = _("%(member)s dissents") % {"member": scene.who(who)}
            yield Pair(label, f"“{dissent[who]}”", said=True)


def _closed(scene: Scene) -> tuple[SittingState, ...]:
    """The sittings of this case that are over, as far as this role reads them."""
    view = scene.view
    assert view is not None
    now = (view.sitting,) if view.sitting is not None else ()
    found = {x.id: x for x in (*view.sittings, *now) if x.state == "closed"}
    return tuple(sorted(found.values(), key=lambda x: x.closed or x.at))


def _earlier(scene: Scene, s: SittingState) -> Pair:
    """A closed sitting with its minutes."""
    there = _("present: %(who)s") % {"who": listed(scene.who(m) for m in s.present)} if s.present else ""
    when = scene.clock.when(s.opened or s.at)
    return Pair(when, s.minutes or _("No minutes were written."), there, said=bool(s.minutes))


def _newest_decision(scene: Scene, s: SittingState | None) -> Entry | None:
    """The newest step that the body took in this sitting."""
    assert scene.view is not None
    if s is None or s.opened is None:
        return None
    taken = (
        e
        for e in reversed(scene.view.timeline)
        if e.kind == "step.taken" and not e.annulled and e.at >= (s.opened or 0)
    )
    return next((e for e in taken if s.body in scene.pathway.steps[e.name].by), None)


def _has_confirmed(s: SittingState, who: str, seq: int) -> bool:
    return any(c.get("who") == who and c.get("step_seq") == seq for c in s.confirmed)


def _confirmed(scene: Scene, s: SittingState | None) -> tuple[Pair, ...]:
    """Votes that members confirmed themselves, dissent with its words."""
    votes = {"for": _("for"), "against": _("against"), "abstain": _("abstained"), "": _("confirmed")}
    found = s.confirmed if s else ()
    return tuple(
        Pair(scene.who(str(c.get("who", ""))), votes.get(str(c.get("vote", "")), ""), str(c.get("words", "")))
        for c in found
    )


def _minutes(scene: Scene) -> Control:
    return Control(
        "words",
        "minutes",
        field_id("minutes"),
        _("Minutes"),
        one(scene.typed, "minutes"),
        audience=audience.of_routine(scene),
    )


def _decide(scene: Scene) -> tuple[Link, ...]:
    """From the sitting to what is decided in it."""
    assert scene.view is not None
    choices = dict.fromkeys(
        o.choice for o in scene.view.offers if o.choice and o.group in (*GOING, "not_yet")
    )
    found = []
    for name in choices:
        plan = plans.of_choice(scene.pathway, name, scene.view.stage, plans.taken_here(scene.view))
        if plans.body_of(plan):
            found.append(Link(plans.title(plan), reverse("choice", args=[scene.view.case, name])))
    return tuple(found)


def _public(scene: Scene, s: SittingState | None) -> str:
    kind = scene.pathway.sittings.get(s.kind) if s else None
    if kind is None:
        return ""
    words = _("This sitting is public.") if kind.public else _("This sitting is not public.")
    basis = scene.cite(kind.basis)
    return f"{words} {basis}" if basis else words
