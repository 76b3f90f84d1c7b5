"""Tests in words: how one stands, many in one line. A class is said by its own title; what was explained counts as not
positive, and what is disputed counts as nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from amparo.desk.scene import Scene, capital
from amparo.desk.words import code_title, listed, lower_first, role_title
from amparo.lens.model import TestView
from amparo.pathways import courts

POSITIVE = ("positive", "confirmed")
LAST = ("explained",)
"""Said after all others, with what it counts as."""


# ------------------------------------------------------------------------------------------------ codes
def class_words(scene: Scene, test: TestView) -> str:
    """A test's class by its title, '' while it has none, or for who may not read it."""
    return class_title(scene, test.schedule, test.class_) if test.class_ else ""


def class_title(scene: Scene, schedule: str, code: str) -> str:
    """The title of a class. A disputed or explained one is said by the word everybody knows where the list of this fact
    lacks it.
    """
    p = scene.pathway
    for fact in courts.class_facts(p, p.schedules[schedule]):
        if code in p.facts[fact].type.codes:
            return code_title(p, p.facts[fact].type.vocabulary or "", code)
    return PLAIN.get(code, lambda: code)()


PLAIN = {
    "excused": lambda: _("Excused"),
    "disputed": lambda: _("Disputed"),
    "confirmed": lambda: _("Confirmed"),
    "explained": lambda: _("Explained by a prescription"),
}


def specimen_words(scene: Scene, schedule: str, codes: Iterable[str]) -> str:
    """Specimens by their titles: `urine or oral fluid`."""
    p = scene.pathway
    found = p.schedules[schedule]
    facts = (courts.specimen_fact(p, p.steps[s], found) for s in found.collects)
    fact = next((f for f in facts if f), "")
    vocabulary = p.facts[fact].type.vocabulary or "" if fact else ""
    return ", ".join(lower_first(code_title(p, vocabulary, code)) for code in codes if code)


def outcome_words(outcome: str) -> str:
    """What whoever collects wrote down. None of them is a class."""
    return {
        "could_not": _("Could not give"),
        "said_no": _("Said no"),
        "did_not_come": _("Did not come"),
    }.get(outcome, "")


# ------------------------------------------------------------------------------------------------ one line
def line(scene: Scene, tests: Sequence[TestView]) -> str:
    """`Ordered 4, given 4. Not positive 2, positive 1 (disputed), explained 1: counted as not positive.`"""
    if not tests:
        return _("None ordered.")
    given = sum(x.given is not None for x in tests)
    head = _("Ordered %(n)s, given %(given)s.") % {"n": len(tests), "given": given}
    rest = ", ".join(_classes(scene, tests))
    return f"{head} {capital(rest)}." if rest else head


def _classes(scene: Scene, tests: Sequence[TestView]) -> Iterator[str]:
    found = Counter(x.class_ for x in tests if x.class_)
    schedule = tests[0].schedule
    for code in sorted(found, key=lambda c: (c in LAST, c != "negative", -found[c])):
        if code not in (*POSITIVE, "disputed", *LAST):
            yield f"{lower_first(class_title(scene, schedule, code))} {found[code]}"
    yield from _positive(found)
    if found["explained"]:
        words = lower_first(class_title(scene, schedule, "explained"))
        yield _("%(explained)s %(n)s: counted as not positive") % {
            "explained": words,
            "n": found["explained"],
        }
    waiting = sum(not x.class_ for x in tests)
    if waiting:
        yield _("not answered yet %(n)s") % {"n": waiting}


def _positive(found: Counter[str]) -> Iterator[str]:
    sure, disputed = sum(found[c] for c in POSITIVE), found["disputed"]
    if sure and disputed:
        yield _("positive %(n)s (%(disputed)s disputed)") % {"n": sure + disputed, "disputed": disputed}
    elif disputed:
        yield _("positive %(n)s (disputed)") % {"n": disputed}
    elif sure:
        yield _("positive %(n)s") % {"n": sure}


# ------------------------------------------------------------------------------------------------ one test
def state_words(scene: Scene, test: TestView) -> str:
    """How a test stands, for who answers or reads tests."""
    if test.class_:
        return class_words(scene, test)
    if test.state == "classed":
        return _("Answered")
    if test.state == "collected":
        return _("Given, not answered yet")
    if test.state == "unanswered":
        said = outcome_words(test.outcome) or _("Nothing was written down")
        return _("%(what)s; its time is over") % {"what": said}
    return outcome_words(test.outcome) or _("Asked for, not given yet")


def decided_words(scene: Scene, test: TestView) -> str:
    """`Positive: Clinician Essay, Mon 19 Oct; disputed: Lawyer Proxy, Tue 20 Oct`: who decided, for who reads it."""
    said = (
        _("%(class)s: %(who)s, %(when)s")
        % {
            "class": lower_first(class_title(scene, test.schedule, d.class_)),
            "who": scene.who(d.by, d.role),
            "when": scene.clock.day(d.at),
        }
        for d in test.decided
    )
    return capital("; ".join(said))


def whose_words(scene: Scene, test: TestView) -> str:
    """What an unanswered test is: a task for who classes, never a result; ours where nobody was told in time."""
    if test.ours:
        return _("The person was not told in time: ours, and never held against anybody.")
    if not test.task:
        return ""
    who = listed(lower_first(role_title(scene.pathway, role)) for role in test.task)
    return _("A task for: %(who)s. Until then it is no result.") % {"who": who}
