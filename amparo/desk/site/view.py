"""The site: what it entered for each setting, with source and date; who sits in its bodies; its outside
parties.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.cases.entered import within
from amparo.desk.asking import DATE, line, of_type, pick_one
from amparo.desk.context import ActsPage, Fault, Form, Link, Pair, Row, Section
from amparo.desk.drawing import control
from amparo.desk.ids import unique
from amparo.desk.on_call import rota
from amparo.desk.pages import staff_page, typed_of
from amparo.desk.reading import answer
from amparo.desk.scene import Scene, capital
from amparo.desk.site import profile, watched
from amparo.desk.typed import Typed, Wrong, one
from amparo.desk.where import Here, here
from amparo.desk.words import cited, listed, pick, readable, role_title
from amparo.errors import NotPermitted
from amparo.ledger import papers
from amparo.lens.sight import reads_all
from amparo.pathways import calendar, values
from amparo.pathways.model import Setting
from amparo.people import staff
from amparo.people.models import Account, Mandate, Office, SettingEntry, on_day

ENDS_SOON = timedelta(days=30)
"""So long before its end a mandate is said to end."""
ENTERS = ("coordinator", "manager", "supervisor", "chair")
"""Kinds of role that enter the site's settings and mandates."""


@dataclass(frozen=True)
class Entering:
    """One press on this page: what it wrote, or what is lacking."""

    faults: tuple[Fault, ...] = ()
    done: str = ""


@staff_page
def site(request: HttpRequest) -> HttpResponse:
    """What this site has entered, and what it has yet to enter."""
    at = here(request)
    if not reads_all(at.pathway, at.role):
        raise NotPermitted("site")
    typed = typed_of(request.POST) if request.method == "POST" else {}
    entered = _press(at, typed, request.POST.get("then", "")) if typed else Entering()
    if entered.done:
        messages.success(request, entered.done)
        return HttpResponseRedirect(reverse("site"))
    return render(
        request,
        "desk/acts.html",
        {"page": unique(page(at, typed, entered.faults, one(typed, "name") or request.GET.get("enter", "")))},
    )


def may_enter(at: Here) -> bool:
    """May this role enter things for the site?"""
    return at.pathway.roles[at.role].is_ in ENTERS


def scene_of_site(at: Here, typed: Typed) -> Scene:
    """A scene without a case: for drawing controls."""
    return Scene(
        at.pathway,
        at.drawing,
        at.clock,
        at.role,
        at.account.pk,
        typed=typed,
        named=at.named,
        settings=at.settings,
    )


# ------------------------------------------------------------------------------------------------ pressing
def _press(at: Here, typed: Typed, then: str) -> Entering:
    if not may_enter(at):
        raise NotPermitted("site")
    try:
        if then == "profile":
            return Entering(*profile.choose(at, typed))
        return {"setting": _enter_setting, "seat": _enter_seat, "end_seat": _end_seat}.get(then, _nothing)(
            at, typed
        )
    except Wrong as wrong:
        return Entering((Fault(wrong.field, str(wrong)),))


def _nothing(at: Here, typed: Typed) -> Entering:
    return Entering()


def _enter_setting(at: Here, typed: Typed) -> Entering:
    """A dated entry with its source. Earlier ones stay; cases keep what was resolved when they opened."""
    name = one(typed, "name")
    setting = at.pathway.settings.get(name)
    if setting is None or not setting.site_may:
        return Entering()
    plain = answer(at.drawing, setting.type, f"value.{name}", typed)
    from_day, source_date = (answer(at.drawing, DATE, f"{part}.{name}", typed) for part in ("from", "of"))
    source = one(typed, f"source.{name}")
    if plain is None or not source or not source_date:
        return Entering(
            (Fault("f-source-" + name, _("Enter the value, its source and the date of the source")),)
        )
    held = values.decode(setting.type, plain)
    if not within(setting.limits, held, papers.site_on_paper(at.site, at.pathway, _today(at)), at.now):
        return Entering(
            (Fault("f-value-" + name, _("This lies outside what a site may enter")),)
        )
    SettingEntry.objects.create(
        site=at.post.site,
        programme=at.post.programme,
        name=name,
        value=written(setting, plain),
        source=source[:300],
        by=at.account,
        from_day=date.fromisoformat(from_day) if from_day else _today(at),
        source_date=date.fromisoformat(source_date),
    )
    return Entering(
        done=_("Entered: %(what)s. New cases use it from that day on.") % {"what": pick(setting.title, name)}
    )


def written(setting: Setting, plain: object) -> str:
    """A plain value as a definition writes it, which is how entries are kept."""
    held = values.decode(setting.type, plain)
    match setting.type.kind:
        case "yes_no":
            return "yes" if held else "no"
        case "money":
            return values.show(setting.type, plain, "en", {}, "UTC").replace("\u00a0", " ").replace(",", "")
        case "mass":
            return f"{plain} ug"
        case "some_of":
            return ", ".join(held.codes)
        case "duration":
            return _length(held.n, held.unit)
    return str(held)


def _length(n: int, unit: str) -> str:
    if unit == "s":
        return f"{n // 3600} h" if n % 3600 == 0 else f"{n // 60} min"
    return f"{n} {unit.replace('_', ' ')}"


def _today(at: Here) -> date:
    return calendar.day_of(at.now, at.zone)


def _enter_seat(at: Here, typed: Typed) -> Entering:
    """A mandate from today, or from the day typed."""
    account = Account.objects.filter(pk=one(typed, "who")).first()
    from_day = answer(at.drawing, DATE, "seat_from", typed)
    body = one(typed, "body") or next(iter(at.pathway.bodies), "")
    if account is None or body not in at.pathway.bodies:
        return Entering((Fault("f-who", _("Choose who has the seat")),))
    qualities = [q.strip() for q in one(typed, "qualities").replace(",", " ").split() if q.strip()]
    Mandate.objects.create(
        account=account,
        site=at.post.site,
        body=body,
        qualities=qualities,
        from_day=date.fromisoformat(from_day) if from_day else _today(at),
    )
    return Entering(done=_("%(who)s has a seat.") % {"who": account.name})


def _end_seat(at: Here, typed: Typed) -> Entering:
    """A mandate ends; nothing is deleted."""
    seat = (
        Mandate.objects.filter(pk=one(typed, "seat") or 0, site=at.post.site)
        .select_related("account")
        .first()
    )
    if seat is None:
        return Entering()
    seat.until = _today(at)
    seat.save(update_fields=["until"])
    return Entering(done=_("The mandate of %(who)s ends today.") % {"who": seat.account.name})


# ------------------------------------------------------------------------------------------------ the page
def page(at: Here, typed: Typed, faults: tuple[Fault, ...] = (), entering: str = "") -> ActsPage:
    """Settings that lack a value first; the one being entered on top."""
    entered = staff.entered(at.site, at.post.programme, _today(at))
    scene = scene_of_site(at, typed)
    settings = at.pathway.settings
    unset = [n for n, s in settings.items() if s.site_may and s.value is None and n not in entered]
    rest = [n for n in settings if n not in unset]
    opened = (_setting_form(scene, at, entering),) if _may_open(at, entering) else ()
    count = _("%(n)s of %(all)s") % {"n": len(unset), "all": len(settings)}
    return ActsPage(
        None,
        at.post.site.name,
        reverse("site"),
        lead=_(
            "A value needs its source and the date of the source. Until then what depends on it "
            "waits, and says so."
        ),
        sections=(
            *((Section(pick(settings[entering].title, entering), forms=opened),) if opened else ()),
            *profile.section(at, scene, may_enter(at)),
            Section(
                _("Not entered yet"),
                count,
                tuple(_unset(at, n) for n in unset),
                empty=_("Everything is entered."),
            ),
            Section(
                _("Entered, or given beforehand"),
                pairs=tuple(_set(at, n, entered.get(n)) for n in rest),
            ),
        ),
        side=(*_on_call(at), *_seats(scene, at), _parties(at)),
        faults=faults,
        faults_title=_("One thing before it can be entered"),
    )


def _on_call(at: Here) -> tuple[Section, ...]:
    """Who is to be called now, for each role that can be."""
    calls = [call for role in rota.roles(at.pathway) if (call := rota.call(at, role)) is not None]
    if not calls:
        return ()
    pairs = tuple(Pair(c.role, c.turn.name or _("nobody is named now"), c.turn.phone) for c in calls)
    return (Section(_("On call"), pairs=pairs, links=(Link(_("All turns"), reverse("on_call")),)),)


def _may_open(at: Here, name: str) -> bool:
    setting = at.pathway.settings.get(name)
    return setting is not None and setting.site_may and may_enter(at)


def _enter_link(at: Here, name: str) -> Link | None:
    return Link(_("Enter it"), f"?enter={name}") if _may_open(at, name) else None


def _unset(at: Here, name: str) -> Pair:
    setting = at.pathway.settings[name]
    return Pair(
        pick(setting.title, name),
        watched.words(at.pathway, name),
        cited(at.pathway, setting.basis),
        unverified=pick(setting.unverified) if setting.unverified else "",
        link=_enter_link(at, name),
    )


def _set(at: Here, name: str, entry: SettingEntry | None) -> Pair:
    setting = at.pathway.settings[name]
    uncertain = pick(setting.unverified) if setting.unverified else ""
    if entry is not None and setting.site_may:
        made_up = _(" · made up, for the training world") if entry.fictional else ""
        note = _("from %(day)s · %(source)s, %(dated)s · %(who)s") % {
            "day": entry.from_day.isoformat(),
            "source": entry.source,
            "dated": entry.source_date.isoformat(),
            "who": staff.name_of(entry.by_id),
        }
        held = values.parse(setting.type, entry.value)
        return Pair(
            pick(setting.title, name),
            at.drawing.show(setting.type, values.encode(setting.type, held)),
            note + made_up,
            unverified=uncertain,
            link=_enter_link(at, name),
        )
    dated = isinstance(setting.value, tuple) and bool(setting.value) and hasattr(setting.value[0], "period")
    words = (
        _("by date")
        if dated
        else at.drawing.show(setting.type, values.encode(setting.type, setting.value))
        if setting.value is not None
        else _("not entered")
    )
    return Pair(
        pick(setting.title, name),
        words,
        " · ".join(x for x in (_("given beforehand"), cited(at.pathway, setting.basis)) if x),
        unverified=uncertain,
        link=_enter_link(at, name),
    )


def _setting_form(scene: Scene, at: Here, name: str) -> Form:
    setting = at.pathway.settings[name]
    units = (
        ("h", "days", "working_days", "weeks", "months", "years") if setting.type.kind == "duration" else ()
    )
    value = Row(control(at.drawing, setting.type, f"value.{name}", _("Value"), scene.typed, units=units))
    rows = (
        value,
        line(scene, f"source.{name}", _("Source"), _("act, order or decision, with its number")),
        of_type(scene, DATE, f"of.{name}", _("Date of the source")),
        of_type(scene, DATE, f"from.{name}", _("Holds from"), _("today, if left out")),
    )
    return Form("setting", "", _("Enter it"), rows, "ink", hidden=(("name", name),), shut=False)


def _seats(scene: Scene, at: Here) -> tuple[Section, ...]:
    """Who has a mandate today, by body."""
    day = _today(at)
    found = []
    for body in at.pathway.bodies:
        seats = list(
            Mandate.objects.filter(on_day(day), site=at.post.site, body=body)
            .select_related("account")
            .order_by("from_day", "pk")
        )
        pairs = (*_empty(at, body, seats), *(_seat(at, s) for s in seats))
        ends = tuple(
            Form(
                "end_seat",
                _("End the mandate of %(who)s") % {"who": s.account.name},
                _("End it today"),
                hidden=(("seat", str(s.pk)),),
            )
            for s in seats
        )
        forms = (_seat_form(scene, at, body), *ends) if may_enter(at) else ()
        found.append(
            Section(role_title(at.pathway, body), pairs=pairs, forms=forms, empty=_("Nobody has a seat."))
        )
    return tuple(found)


def _empty(at: Here, body: str, seats: Sequence[Mandate]) -> Iterator[Pair]:
    """A line for the seats to which nobody is appointed today, with how many have a mandate."""
    all_ = sum(at.pathway.bodies[body].made_of.values())
    if len(seats) >= all_:
        return
    ended = (
        Mandate.objects.filter(site=at.post.site, body=body, until__lt=_today(at)).order_by("-until").first()
    )
    day = (ended.until + timedelta(days=1)).isoformat() if ended is not None and ended.until else ""
    n = all_ - len(seats)
    words = (
        ngettext("A seat is empty since %(day)s.", "%(n)s seats are empty, the last since %(day)s.", n)
        if day
        else ngettext("A seat is empty.", "%(n)s seats are empty.", n)
    )
    note = _("%(n)s of %(all)s have a mandate today.") % {"n": len(seats), "all": all_}
    basis = cited(at.pathway, at.pathway.bodies[body].basis)
    yield Pair(_("Empty seats"), words % {"n": n, "day": day}, f"{note} {basis}".strip(), strong=True)


def _seat(at: Here, seat: Mandate) -> Pair:
    """Who has it, since when; its end is said in bold within the last days, so that another can be named."""
    since = _("since %(day)s") % {"day": seat.from_day.isoformat()}
    held = listed(capital(readable(q)) for q in seat.qualities) or _("member")
    if seat.until is None or seat.until > _today(at) + ENDS_SOON:
        return Pair(seat.account.name, held, since)
    ends = _("the mandate ends on %(day)s") % {"day": seat.until.isoformat()}
    return Pair(seat.account.name, f"{held}: {ends}", since, strong=True)


def _seat_form(scene: Scene, at: Here, body: str) -> Form:
    day = _today(at)
    roles = at.pathway.bodies[body].made_of
    people = [a for role in roles for a in staff.holders(at.site, at.post.programme, role, day)]
    qualities = ", ".join(
        dict.fromkeys(
            [q.quality for q in at.pathway.bodies[body].must_include] + [at.pathway.bodies[body].chair]
        )
    )
    rows = (
        pick_one(scene, "who", _("Who"), tuple((a.pk, a.name) for a in people)),
        line(scene, "qualities", _("Qualities"), qualities),
        of_type(scene, DATE, "seat_from", _("From"), _("today, if left out")),
    )
    return Form("seat", _("Give a seat"), _("Give the seat"), rows, "ink", hidden=(("body", body),))


def _parties(at: Here) -> Section:
    offices = Office.objects.filter(on_day(_today(at)), site=at.post.site).order_by("role", "name")
    return Section(
        _("Outside parties"),
        pairs=tuple(Pair(role_title(at.pathway, o.role), o.name, o.phone) for o in offices),
        empty=_("None is entered."),
    )
