"""Who may see what: one pure question, default deny (`docs/reference/language.md`, roles and `sees`).

What implies a hidden fact is hidden too: a stage's or step's name, a clock, an obligation, a vote. Nothing
here says who may
*take* a step: `cases.decide` does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from amparo.cases import about
from amparo.cases.approach import is_approach, is_authority
from amparo.cases.model import Case, Consent
from amparo.lens.model import Subject, Viewer
from amparo.pathways.model import Fact, Names, Pathway, Role, Sees, Where
from amparo.pathways.reader import left_from

CLASSES = ("identity", "contact", "justice", "process", "social", "health", "demographic")


def sees(pathway: Pathway, role: str) -> Sees | None:
    """What the definition grants this role; None for a role it does not know (which sees nothing).

    Whoever was harmed sees what is about them, and the letters to them, whatever a definition grants.
    """
    found: Role | None = pathway.roles.get(role)
    if found is not None and found.is_ == "harmed":
        return OWN_FILE
    return found.sees if found else None


OWN_FILE = Sees(where=Where("", 0, 0), cases="assigned")
"""Of a case that is another's: only that it is there, once it has been tied to their account."""


def is_harmed(pathway: Pathway, role: str) -> bool:
    """Is this somebody who was harmed, with a file of their own in another person's case?"""
    found = pathway.roles.get(role)
    return found is not None and found.is_ == "harmed"


def knows_of(pathway: Pathway, role: str, party: str) -> bool:
    """May this role know of the other person in the case? Whoever may read by name a fact about them, and they."""
    if role == party:
        return True
    about_them = (n for n in pathway.facts if about.party_of_fact(pathway, n) == party)
    return any(fact_granted(pathway, role, name) for name in about_them)


def reaches(pathway: Pathway, role: str, party: str) -> bool:
    """May this role read and write how to reach the other person? Only who reads by name a fact of that kind."""
    contact = (
        n
        for n, f in pathway.facts.items()
        if f.class_ == "contact" and about.party_of_fact(pathway, n) == party
    )
    return not is_harmed(pathway, role) and any(fact_granted(pathway, role, name) for name in contact)


def copy_seen(pathway: Pathway, role: str, to: str) -> bool:
    """Is a copy of a letter or notice to this addressee one that the role may know of?"""
    if is_harmed(pathway, role):
        return to == role
    return to not in about.other_people(pathway) or knows_of(pathway, role, to)


def is_person(pathway: Pathway, role: str) -> bool:
    """The person sees their whole case except other people's words, names and addresses."""
    found = pathway.roles.get(role)
    return found is not None and found.is_ == "person"


def may(pathway: Pathway, case: Case, viewer: Viewer, subject: Subject, *, asked: bool = False) -> bool:
    """May this viewer see this of this case? Everything is hidden from who may not see the case at all.

    asked: as if the person had been asked already and said yes.
    """
    if not sees_case(pathway, case, viewer, asked=asked):
        return False
    return subject.kind == "case" or _QUESTIONS[subject.kind](pathway, case, viewer, subject)


# -------------------------------------------------------------------------------------------- the case itself
def sees_case(pathway: Pathway, case: Case, viewer: Viewer, *, asked: bool = False) -> bool:
    """Does the case exist for this viewer? By relation and door; an unassigned case shows to its stage's
    owner role.
    """
    grant = sees(pathway, viewer.role)
    if is_person(pathway, viewer.role):
        return "own" in viewer.relation
    if grant is None or not _door(grant, case.door):
        return False
    if not asked and unasked(pathway, case, viewer.role):
        return False
    if grant.cases == "assigned":
        return "assigned" in viewer.relation or (
            "site" in viewer.relation and _unowned(pathway, case, viewer.role)
        )
    return grant.cases != "none" and _reaches(grant.cases, viewer.relation)


def unasked(pathway: Pathway, case: Case, role: str) -> bool:
    """Is the case about somebody who has not been asked, and the role one of an authority's?"""
    return is_authority(pathway, role) and is_approach(case)


def _door(grant: Sees, door: str) -> bool:
    return grant.doors == "all" or door in grant.doors


def scope(pathway: Pathway, role: str) -> str:
    """How far the role's list of cases reaches: none, own, assigned, sitting, site or programme."""
    grant = sees(pathway, role)
    return "own" if is_person(pathway, role) else grant.cases if grant else "none"


def boxes_seen(pathway: Pathway, role: str) -> bool:
    """May this role read the boxes of the worklist? A box can tell a clock or a stage: who reads every stage may."""
    grant = sees(pathway, role)
    return grant is not None and grant.stages == "all" and scope(pathway, role) in ("site", "programme")


def door_seen(pathway: Pathway, role: str, door: str) -> bool:
    """May cases of this door be listed or counted for this role?"""
    grant = sees(pathway, role)
    return is_person(pathway, role) or (grant is not None and _door(grant, door))


def _reaches(reach: str, relation: tuple[str, ...]) -> bool:
    """`site` takes in who is assigned or sits there; `programme` takes in every site."""
    wider = {"own": ("own",), "sitting": ("sitting",), "site": ("site",), "programme": ("site", "programme")}
    return any(r in relation for r in wider.get(reach, ()))


def _unowned(pathway: Pathway, case: Case, role: str) -> bool:
    stage = pathway.stages[case.stage]
    return stage.owner == role and not case.assigned.get(role)


# --------------------------------------------------------------------------------------------- facts
@lru_cache(maxsize=4096)
def _granted(granted: Names, name: str, class_: str, about: str) -> bool:
    if f"-{name}" in granted or "none" in granted:
        return False
    if about:
        return name in granted
    return name in granted or class_ in granted


def fact_granted(pathway: Pathway, role: str, name: str) -> bool:
    """Does the definition itself grant this fact to this role, whatever the case holds?"""
    fact = pathway.facts.get(name)
    if fact is None:
        return False
    if is_person(pathway, role):
        return not fact.about and not _withheld(pathway, role, name)
    if is_harmed(pathway, role):
        return about.party_of_fact(pathway, name) == role
    grant = sees(pathway, role)
    return grant is not None and _granted(grant.facts, name, fact.class_, fact.about)


def _withheld(pathway: Pathway, role: str, name: str) -> bool:
    """Another's word that the definition keeps from the person themselves: who it was that told us of them."""
    grant = sees(pathway, role)
    return grant is not None and f"-{name}" in grant.facts


def fact_seen(pathway: Pathway, case: Case, viewer: Viewer, subject: Subject) -> bool:
    """May who sees the case read this fact: granted, told by themselves, or opened by a live consent?"""
    fact = pathway.facts.get(subject.name)
    if fact is None:
        return False
    if fact.about or fact_granted(pathway, viewer.role, subject.name):
        return fact_granted(pathway, viewer.role, subject.name)
    return (
        _own(pathway, viewer, subject)
        and fact.class_ != "health"
        or _by_consent(pathway, case, viewer, fact, subject.name)
    )


def _own(pathway: Pathway, viewer: Viewer, subject: Subject) -> bool:
    grant = sees(pathway, viewer.role)
    return grant is not None and grant.own and bool(subject.by) and subject.by == viewer.account


def _by_consent(pathway: Pathway, case: Case, viewer: Viewer, fact: Fact, name: str) -> bool:
    """Each live consent named by `with_consent` adds its own `about`; never what is about another person."""
    opened = _consented(pathway, case, viewer)
    return not fact.about and (name in opened or fact.class_ in opened)


def _consented(pathway: Pathway, case: Case, viewer: Viewer) -> frozenset[str]:
    """The classes and facts that live consents, made for this role and naming this office, open to it."""
    return frozenset(each for c in opening(pathway, case, viewer) for each in c.about)


def opening(pathway: Pathway, case: Case, viewer: Viewer) -> tuple[Consent, ...]:
    """The live consents, made for this role and naming this office, that open something to it."""
    grant = sees(pathway, viewer.role)
    if grant is None or not viewer.office:
        return ()
    return tuple(
        c
        for c in case.consents.values()
        if c.kind in grant.with_consent and viewer.role in pathway.consents[c.kind].to
        if c.to == viewer.office and c.ended is None and _lasts(c.until, viewer.at)
    )


def _lasts(until: int | None, at: int | None) -> bool:
    return until is None or (at is not None and at <= until)


def class_seen(pathway: Pathway, case: Case, viewer: Viewer, class_: str) -> bool:
    """The whole class, by grant or by a live consent: a person's name and address live with the person."""
    return fact_class(pathway, viewer.role, class_) or class_ in _consented(pathway, case, viewer)


def sees_facts(pathway: Pathway, role: str, names: Names) -> bool:
    """All of these facts are granted (what a stage or a step implies)."""
    return all(fact_granted(pathway, role, n) for n in names if n in pathway.facts)


# ------------------------------------------------------------------------------------- stages, steps, letters
def stage_named(pathway: Pathway, role: str, stage: str) -> bool:
    """May this role read the stage's name? Only if it may also know what the name gives away."""
    if is_person(pathway, role):
        return sees_facts(pathway, role, pathway.stages[stage].implies)
    grant = sees(pathway, role)
    if grant is None or not (grant.stages == "all" or stage in grant.stages):
        return False
    return sees_facts(pathway, role, pathway.stages[stage].implies)


def stage_open_or_closed(pathway: Pathway, role: str) -> bool:
    """`stages: none` hides even open and closed."""
    grant = sees(pathway, role)
    return is_person(pathway, role) or (grant is not None and grant.stages not in ("none", ()))


def step_named(pathway: Pathway, viewer: Viewer, step: str, by: str = "") -> bool:
    """May this viewer read that this step was taken?"""
    if is_person(pathway, viewer.role):
        return step not in pathway.steps or sees_facts(pathway, viewer.role, _step_implies(pathway, step))
    grant = sees(pathway, viewer.role)
    if grant is None:
        return False
    if step not in pathway.steps:
        return _house_step_named(pathway, viewer.role, step)
    mine = (
        bool(by)
        and by == viewer.account
        and (grant.own or (isinstance(grant.steps, tuple) and "own" in grant.steps))
    )
    listed = grant.steps == "all" or (grant.steps != "none" and step in grant.steps)
    return mine or (listed and sees_facts(pathway, viewer.role, _step_implies(pathway, step)))


ABOUT_CONTACT = ("change_channel", "record_move", "note_safety")


def _house_step_named(pathway: Pathway, role: str, step: str) -> bool:
    """The steps of every pathway: for who reads every step, and those that say where somebody is, for who may know."""
    return reads_all(pathway, role) and (step not in ABOUT_CONTACT or fact_class(pathway, role, "contact"))


def _step_implies(pathway: Pathway, step: str) -> Names:
    s = pathway.steps[step]
    stages = [b.to for b in s.to if b.to]
    single = pathway.stages[stages[0]].implies if len(stages) == 1 else ()
    return (*s.implies, *single)


def letter_seen(pathway: Pathway, viewer: Viewer, letter: str, by: str = "") -> bool:
    """Letters the role is granted, and letters of the viewer's own steps; none with what is about another person,
    for who may not read that."""
    if letter not in pathway.letters or not _may_read(pathway, viewer.role, pathway.letters[letter].fields):
        return False
    if is_person(pathway, viewer.role):
        return any(copy_seen(pathway, viewer.role, to) for to in pathway.letters[letter].to)
    grant = sees(pathway, viewer.role)
    if grant is None:
        return False
    listed = grant.letters == "all" or (grant.letters != "none" and letter in grant.letters)
    addressed = viewer.role in pathway.letters[letter].to
    return listed or addressed or (grant.own and bool(by) and by == viewer.account)


def _may_read(pathway: Pathway, role: str, names: Names) -> bool:
    """Every fact about another person among these is one that the role may read."""
    others = (n for n in names if n in pathway.facts and pathway.facts[n].about)
    return all(fact_granted(pathway, role, name) for name in others)


def milestone_seen(pathway: Pathway, role: str, milestone: str) -> bool:
    grant = sees(pathway, role)
    if is_person(pathway, role):
        return True
    return grant is not None and (milestone in grant.milestones or grant.steps == "all")


# --------------------------------------------------------------------------------------------- what implies
def clock_seen(pathway: Pathway, role: str, clock: str) -> bool:
    """Every stage it can run in is readable to the role, and what the steps that start it give away; a role's own
    tasks are always its own.
    """
    c = pathway.clocks[clock]
    tasks = {a.task for a in c.late if a.task} | ({c.near.task} if c.near else set())
    if role in tasks and not is_person(pathway, role):
        return True
    implied = [n for s in c.starts if s in pathway.steps for n in pathway.steps[s].implies]
    if not sees_facts(pathway, role, tuple(implied)):
        return False
    return bool(c.while_) and all(stage_named(pathway, role, s) for s in c.while_)


def obligation_seen(pathway: Pathway, case: Case, viewer: Viewer, kind: str) -> bool:
    """Whoever may read every stage that the steps making it lead to, and whom a live consent names for it."""
    return kind in _consented(pathway, case, viewer) or _stages_named(pathway, viewer.role, kind)


def obligation_granted(pathway: Pathway, role: str, kind: str) -> bool:
    """Does the role read items of this kind by itself, without any consent?"""
    return _stages_named(pathway, role, kind)


def _stages_named(pathway: Pathway, role: str, kind: str) -> bool:
    makers = [s for s in pathway.steps.values() if kind in s.makes]
    stages = {b.to for s in makers for b in s.to if b.to} | {
        f for s in makers if not s.to for f in left_from(pathway, s)
    }
    return is_person(pathway, role) or (bool(stages) and all(stage_named(pathway, role, s) for s in stages))


def consent_seen(pathway: Pathway, viewer: Viewer, kind: str, to: str) -> bool:
    """A consent tells that help was wanted: who sees support, or the very recipient (`to`) that it names."""
    grant = sees(pathway, viewer.role)
    if is_person(pathway, viewer.role):
        return True
    if grant is None or grant.support == "all":
        return grant is not None
    return kind in grant.with_consent and bool(to) and to == viewer.office


def support_seen(pathway: Pathway, viewer: Viewer, by: str, audience: Names, to: str = "") -> bool:
    """What a person wanted, refused or was referred to: the role's `support`, and whom the person chose for
    that item.
    """
    grant = sees(pathway, viewer.role)
    if is_person(pathway, viewer.role):
        return True
    if grant is None:
        return False
    mine = by == viewer.account or (bool(to) and to in (viewer.office, viewer.role))
    return grant.support == "all" or viewer.role in audience or (grant.support == "own" and mine)


def body_of(pathway: Pathway, role: str) -> str:
    """The body this role sits in, '' if none."""
    return next((name for name, b in pathway.bodies.items() if role in b.made_of), "")


def vote_seen(pathway: Pathway, viewer: Viewer, step: str) -> bool:
    """Votes and dissent: members of the body, and whoever reads every step (minutes); never an outside party."""
    grant = sees(pathway, viewer.role)
    if grant is None:
        return False
    return step_named(pathway, viewer, step) and (body_of(pathway, viewer.role) != "" or grant.steps == "all")


def notice_seen(pathway: Pathway, viewer: Viewer, notice: str, steps: Names) -> bool:
    """A notice is visible to who reads the step that made it, every fact it says, and the one that names whom."""
    found = pathway.notices[notice]
    says = tuple(x for x in found.says if x in pathway.facts)
    grant = sees(pathway, viewer.role)
    if is_person(pathway, viewer.role):
        return _may_read(pathway, viewer.role, says)
    reads = grant is not None and any(step_named(pathway, viewer, s) for s in steps)
    kinds = (found, *(pathway.notices[x] for x in found.corrects))
    parties = tuple(dict.fromkeys(x.party for x in kinds if x.party))
    return reads and sees_facts(pathway, viewer.role, (*says, *parties))


def makers_of_notice(pathway: Pathway, notice: str) -> Names:
    """The steps that tell it."""
    return tuple(n for n, s in pathway.steps.items() if any(t.notice == notice for t in s.tells))


def reads_all(pathway: Pathway, role: str) -> bool:
    """Roles that read every step: the office's own routine (assignments, contacts, sittings) is theirs."""
    grant = sees(pathway, role)
    return is_person(pathway, role) or (grant is not None and grant.steps == "all")


def fact_class(pathway: Pathway, role: str, class_: str) -> bool:
    """Is the whole class granted (as for a person's name and address, which live with the person)?"""
    grant = sees(pathway, role)
    return is_person(pathway, role) or (grant is not None and class_ in grant.facts)


def sits_here(pathway: Pathway, case: Case, viewer: Viewer) -> bool:
    """Is the viewer a member of the body that sits in this case? Who decides there reads who sits with them."""
    s = case.sitting
    return s is not None and "sitting" in viewer.relation and viewer.role in pathway.bodies[s.body].made_of


def sitting_seen(pathway: Pathway, case: Case, viewer: Viewer) -> bool:
    """Who sits, with whom and since when: the office's routine, and the members' own."""
    return reads_all(pathway, viewer.role) or sits_here(pathway, case, viewer)


Question = Callable[[Pathway, Case, Viewer, Subject], bool]
_QUESTIONS: dict[str, Question] = {
    "fact": fact_seen,
    "stage": lambda p, c, v, s: stage_named(p, v.role, s.name),
    "step": lambda p, c, v, s: step_named(p, v, s.name, s.by),
    "letter": lambda p, c, v, s: letter_seen(p, v, s.name, s.by),
    "milestone": lambda p, c, v, s: milestone_seen(p, v.role, s.name),
    "clock": lambda p, c, v, s: clock_seen(p, v.role, s.name),
    "obligation": lambda p, c, v, s: obligation_seen(p, c, v, s.name),
    "consent": lambda p, c, v, s: consent_seen(p, v, s.name, s.by),
    "vote": lambda p, c, v, s: vote_seen(p, v, s.name),
    "support": lambda p, c, v, s: support_seen(p, v, s.by, s.audience, s.name),
    "notice": lambda p, c, v, s: notice_seen(p, v, s.name, makers_of_notice(p, s.name)),
    "sitting": lambda p, c, v, s: sitting_seen(p, c, v),
    "contact": lambda p, c, v, s: reads_all(p, v.role) and fact_class(p, v.role, "contact"),
}
