"""The words that every pathway shares; they mean the same everywhere (`docs/glossary.md`)."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FACT_CLASSES = _words("identity contact justice process social health demographic")

PLATFORM_ROLES = _words("""
    officer supervisor prosecutor coordinator clerk case_worker clinician member chair facilitator
    observer judge lawyer probation peer provider reviewer person harmed supporter manager analyst
    privacy_officer register authority""")

AUTHORITIES = frozenset(_words("officer supervisor prosecutor judge register authority"))
"""Roles of police, prosecutors, courts and other authorities: they never learn of somebody who was not asked yet."""

MILESTONES = _words("""
    encountered contacted offered no_thanks accepted referred opened screened assessed agreed decided
    diverted suspended warned sanctioned treatment_offered treatment_accepted treatment_waiting
    treatment_started treatment_stopped treatment_completed supported housed in_work restored charged
    first_appearance bailed remanded pleaded tried convicted acquitted sentenced custody_in custody_out
    record_made record_cleared phase_reached completed left returned reopened transferred re_contacted
    reoffended overdosed died closed""")

FUNNEL = _words("""
    encountered offered accepted diverted charged convicted custody_in custody_out treatment_started
    treatment_stopped completed re_contacted died""")
"""Milestones that a pathway reaches, or names in `has_no`."""

OF_AUTHORITIES = ("charged", "remanded", "custody_in")
"""Milestones that only an authority brings about: a step that means one is recorded, never offered."""

OUTCOMES = _words("""
    completed no_case no_action sanction_done not_completed returned left declined not_eligible lapsed
    set_aside transferred sentenced_community sentenced_custody discharged supported inactive wiped died""")

LETTER_SAYS = ("appeal", "no_appeal", "rights", "forfeiture")
"""Passages that a letter can carry beside its own text."""

LETTER_FIELDS = _words("""
    site.name site.address site.phone site.email site.hours person.name person.address person.born
    body.name body.members body.chair body.votes
    step.name step.date step.terms step.basis step.reasons step.dissent
    case.number case.opened_at case.door case.stage case.phase""")
"""What a letter shows that is no fact, term, setting, clock or obligation."""

NOTICE_SAYS = _words("""
    step.name step.date person.name person.born person.address person.contact case.number""")
"""What a notice tells that is no fact, milestone, term or obligation."""

KEPT_WORDS = ("month", "area", "door", "reason", "otherwise", "by")
"""What a tally keeps that is no fact. `by`: the role of whoever counted it, never who."""

COUNTED = ("yes_no", "one_of", "place", "count")
"""Types of facts that a tally may keep: codes."""

EVIDENCE = ("receipt", "words", "report", "attendance", "certificate")
"""Kinds of proof of an obligation, beside facts."""

TEST_CLASSES = _words("""
    negative positive dilute missed refused_test excused explained disputed confirmed void""")
"""How a test can be answered. `explained` (prescribed) counts as not positive everywhere."""

NOT_CLEAR = ("positive", "dilute", "missed", "refused_test", "confirmed")
"""Classes that count against days of abstinence. A disputed one does not, until it is confirmed."""

NEED_SPECIMEN = ("negative", "positive", "dilute", "explained", "confirmed")
"""Classes that only a specimen can have."""

NOT_GIVEN = ("missed", "refused_test", "excused")
"""Classes of a test for which no specimen was given."""

RESPONSE_LISTS = ("incentive", "adjustment", "sanction")
"""What answers a behaviour: three lists that are never mixed."""

SUPPORT = ("note_need", "give_advice", "offer_help", "refer")

READINGS = _words("""
    times last late near running notified open met breached unmended waiting consent awaited since due""")
"""Readings of the case that name something: `times.<step>`, `due.<clock>`, and so on."""

PLAIN_READINGS = ("stage", "door", "owner", "now", "today")
"""Readings of the case that stand alone."""

PHASE_READINGS = ("phase", "phases", "phase_met")
"""Readings of a pathway that has phases."""

SCHEDULE_READINGS = ("clear", "unanswered", "missed", "counted")
"""Readings of its tests: `clear.<schedule>`, `unanswered.<schedule>`; how many stand as missed, and how many count
against days of abstinence."""

TAKEN = frozenset([*READINGS, *PLAIN_READINGS, *PHASE_READINGS, *SCHEDULE_READINGS]) | frozenset(
    _words("item true false null in duration exists all years_between days_between date_of")
)
"""Names to which rules give a meaning: no fact, setting, derived value, rule or table is called so."""

ALWAYS_CAPITAL = frozenset(
    _words("""
    Arabic Bengali Bulgarian Chinese Dutch English French German Gujarati Haitian Hindi Italian Korean Māori Nepali
    Polish Portuguese Punjabi Romanian Russian Samoan Spanish Tagalog Tongan Ukrainian Urdu Vietnamese Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday""")
)
"""English words that are written with a capital wherever they stand: languages and peoples, days of the week."""

BEFORE_NAMES = frozenset(_words("the a an from with by for of to in on at o os as el la los las de do da ao à"))
"""Small words that stand before a name and are no part of it."""
