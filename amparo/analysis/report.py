"""An answer as plain text for somebody who must decide and has little time: people, then money, then its limits.

Lines have at most 100 columns. No number of the answer stands without its interval; what has no source says so on its
own line, not in a footnote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from amparo.analysis import trade_words
from amparo.analysis.answer import Answer
from amparo.analysis.differences import Difference, interval
from amparo.analysis.influence import Bar
from amparo.analysis.measures import NOT_REACHED, people_first
from amparo.analysis.model import AVERAGE, DISCOUNTED, MARGINAL, NEVER_HIDDEN, Measure
from amparo.analysis.money import shown_costs
from amparo.analysis.words import bullet, in_words, money, number, quantity, wrapped

MOST = 5
"""How many assumptions are named in a ranking; the tables hold all."""

CANNOT_TELL = (
    "How infections spread: people here do not meet each other, so none is passed on and none is averted.",
    "What a whole national strategy does: a fall in social cost after one is the strategy's, not one programme's.",
    "Crime itself: odds of arrest are not crime. Arrests, charges and convictions count what authorities do.",
    "How a person feels about being heard instead of charged, beyond what the health weights hold.",
)


NAMED = 12
"""So many inputs are named beside one line; more are counted there, and named once."""


def report(answer: Answer) -> str:
    """The whole text, ending with a line break."""
    parts = (
        _head(answer),
        _stamp(answer),
        _three(answer),
        _people(answer),
        _money(answer),
        trade_words.worth_it(answer),
        _matters(answer),
        _not_reached(answer),
        _titled("What this cannot tell", _bullets((*CANNOT_TELL, *answer.run.cannot_tell))),
        _sure(answer),
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines) + "\n"


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = list(lines)
    if body:
        yield from (title, "-" * len(title), *body)


def _bullets(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from bullet(sentence)


def _head(answer: Answer) -> Iterator[str]:
    run, out = answer.run, answer.outcomes
    yield from wrapped(run.title)
    yield ""
    yield from wrapped(
        f"{number(run.years)} years; {out.draws:,} draw{'s' if out.draws > 1 else ''} of the assumptions, "
        f"{out.people:,} people in each. Compared with: {out.comparator}. Seed {run.seed}, version {run.version}: the "
        "same seed and version give the same numbers."
    )
    for arm in answer.unchanged:
        yield ""
        yield from wrapped(
            f"'{arm}' changes nothing: every outcome is that of '{out.comparator}' in every draw. Look whether its "
            "doors are open and its shares above zero."
        )


def _stamp(answer: Answer) -> Iterator[str]:
    """Which inputs have no source: said at the top, by name."""
    known = answer.inputs
    count = len(known.inputs)
    if known.unsourced:
        yield from wrapped(
            f"! {_of(len(known.unsourced), count)} without a source: {_named(answer, known.unsourced, whole=True)}. "
            "Every number below rests on that.",
            rest="  ",
        )
    if known.borrowed:
        yield from wrapped(
            f"! {_of(len(known.borrowed), count)} borrowed from another place or time: "
            f"{_named(answer, known.borrowed, whole=True)}.",
            rest="  ",
        )


def _of(some: int, count: int) -> str:
    return f"{some} of {count} inputs {'is' if some == 1 else 'are'}"


def _three(answer: Answer) -> Iterator[str]:
    """The three assumptions that are never hidden."""
    if answer.inputs.inputs:
        yield from _titled("Three numbers that are never hidden", _never_hidden(answer))


def _never_hidden(answer: Answer) -> Iterator[str]:
    for key, title in NEVER_HIDDEN.items():
        held = [k for k, i in enumerate(answer.inputs.inputs) if i.never_hidden == key]
        if not held:
            yield f"- {title}: not stated in this run."
        for k in held:
            yield from bullet(f"{title}: {_assumed(answer, k)}")


def _assumed(answer: Answer, k: int) -> str:
    """One assumption: its middle, interval and source."""
    one, drawn = answer.inputs.inputs[k], answer.inputs.draws[:, k]
    said = quantity(float(np.median(drawn)), one.unit)
    low, high = interval(drawn, answer.looked.level)
    if low is not None and high is not None and low < high:
        said += f", between {quantity(low, one.unit)} and {quantity(high, one.unit)}"
    source = "no source" if one.unsourced else one.source
    return f"{said} ({one.title}{'; ' + source if source else ''}{'; borrowed' if one.borrowed else ''})"


def _people(answer: Answer) -> Iterator[str]:
    shown = [m for m in people_first(answer.outcomes.measures) if not m.money and _headline(m)]
    yield from _titled("People first: in every 1,000 people", (*_legend(answer), *_lines(answer, shown)))


def _legend(answer: Answer) -> Iterator[str]:
    if answer.outcomes.draws > 1:
        level = round(100 * answer.looked.level)
        yield from wrapped(
            f"'Between': {level} of 100 draws lie inside. 'About': the middle draw; left out where more and fewer are "
            "both possible."
        )


def _lines(answer: Answer, measures: Iterable[Measure]) -> Iterator[str]:
    for m in measures:
        found = answer.of(m.name)
        yield ""
        yield from wrapped(f"{m.title} (today {_today(found[0])}){_marks(answer, m)}", rest="  ")
        for d in found:
            yield from _line(answer, d)


def _today(d: Difference) -> str:
    if d.measure.money:
        return money(d.today, d.measure.unit)
    return number(d.today) + ("" if d.measure.unit in d.measure.title.lower() else f" {d.measure.unit}")


def _line(answer: Answer, d: Difference) -> list[str]:
    wide = min(32, max(len(a) for a in answer.outcomes.others))
    said = "changes nothing" if d.arm in answer.unchanged else _payer(d) + in_words(d)
    return wrapped(f"{d.arm:<{wide}}  {said}", "  ", " " * (wide + 4))


def _payer(d: Difference) -> str:
    """Whether the agency saves or pays, where the interval leaves no doubt."""
    if not d.measure.money or d.low is None or d.high is None or d.low == d.high:
        return ""
    return "saves: " if d.high <= 0 else "pays: " if d.low >= 0 else "pays or saves: "


def _marks(answer: Answer, m: Measure) -> str:
    """What a line rests on that has no source, or comes from elsewhere, by its title."""
    none, other = (_named(answer, names) for names in (m.unsourced, m.borrowed))
    return (f" [no source: {none}]" if none else "") + (f" [borrowed: {other}]" if other else "")


def _named(answer: Answer, names: tuple[str, ...], whole: bool = False) -> str:
    titles = {i.name: i.title for i in answer.inputs.inputs}
    if len(names) > NAMED and not whole:
        return f"{len(names)} numbers, named at the head and in inputs.csv"
    return ", ".join(titles.get(name, name) for name in names)


def _money(answer: Answer) -> Iterator[str]:
    measures = answer.outcomes.measures
    names = shown_costs(measures, MARGINAL, discounted=True)
    if not names:
        return
    shown = [answer.outcomes.measure(n) for n in names]
    year = f" of {shown[0].price_year}" if shown[0].price_year else ""
    head = wrapped(
        f"{shown[0].unit}{year} for every 1,000 people over {number(answer.run.years)} years, discounted at "
        f"{100 * answer.run.rate:g} % a year. A day in custody is costed at what one day less saves (marginal)."
    )
    yield from _titled("Then money, by who pays and who saves", (*head, *_lines(answer, shown)))
    yield from _otherwise(answer, names[-1])


def _otherwise(answer: Answer, name: str) -> Iterator[str]:
    """The last of the costs (all together) counted in the two other ways."""
    other = {
        "The same, not discounted": name.removesuffix(DISCOUNTED),
        "The same, a day in custody at average cost": name.replace(f".{MARGINAL}", f".{AVERAGE}"),
    }
    for title, counted in other.items():
        if answer.of(counted):
            yield from ("", title)
        for d in answer.of(counted):
            yield from _line(answer, d)


def _matters(answer: Answer) -> Iterator[str]:
    """Which assumption matters most: for the choice, and for each outcome."""
    yield from _titled("Which assumption matters most", (*trade_words.ranked(answer, MOST), *_moved(answer)))


def _moved(answer: Answer) -> Iterator[str]:
    """For each outcome, the assumption that moves it most, with the arms of which that is true."""
    found: dict[str, list[str]] = {}
    for arm, name, bars in answer.influence:
        if bars and bars[0].share > 0 and arm not in answer.unchanged:
            found.setdefault(f"{answer.outcomes.measure(name).title}: {_first_bar(bars)}", []).append(arm)
    if found:
        yield from wrapped(
            "What moves each difference most, as a share of its spread. Where no turning point is named, no value "
            "drawn of any one assumption changes its sign."
        )
    for said, arms in found.items():
        yield from bullet(f"{said} ({'; '.join(arms)})")


def _first_bar(bars: tuple[Bar, ...]) -> str:
    first = bars[0]
    mark = " [no source]" if first.input.unsourced else " [borrowed]" if first.input.borrowed else ""
    said = f"{first.input.title}{mark}, {round(100 * first.share)} %"
    turning = [b for b in bars if b.turns is not None and b.share > 0]
    if not turning:
        return said
    at, turns = turning[0].turns or 0.0, turning[0]
    side = "above" if at > turns.middle_input else "below"
    return f"{said}; it changes its sign if {turns.input.title} is {side} {quantity(at, turns.input.unit)}"


def _not_reached(answer: Answer) -> Iterator[str]:
    """People whom neither programme nor authority meets, in each arm."""
    lines: list[str] = []
    for x in answer.not_reached:
        size = max(x.high or 0.0, x.middle)
        said = f"about {number(x.middle, size)} in every 1,000"
        if x.low is not None:
            said += f", between {number(x.low, size)} and {number(x.high or 0.0, size)}"
        lines += bullet(f"{x.arm}: {said}")
    if not lines:
        lines = ["This run did not count whom no programme reaches. They are part of every total above."]
    yield from _titled("Who is not reached", lines)


def _sure(answer: Answer) -> Iterator[str]:
    """Monte Carlo error apart from the uncertainty of the inputs."""
    lines = list(_bullets(answer.said))
    errors = list(_errors(answer))
    if errors:
        lines += wrapped(
            "Standard deviations, in every 1,000: what other people and other chances would do to the mean "
            "difference (Monte Carlo error)"
            + (
                ", and the uncertainty of the assumptions, chance taken off:"
                if answer.outcomes.draws > 1
                else ":"
            )
        )
    yield from _titled("How sure the numbers themselves are", (*lines, *errors))


def _errors(answer: Answer) -> Iterator[str]:
    for m in answer.outcomes.measures:
        told = [f"{d.arm} {_error(d)}" for d in answer.of(m.name) if _counts(answer, d)]
        if told:
            yield from wrapped(f"{m.title}: {'; '.join(told)}", "  ", "    ")


def _counts(answer: Answer, d: Difference) -> bool:
    return d.spread.of_mean is not None and _headline(d.measure) and d.arm not in answer.unchanged


def _headline(m: Measure) -> bool:
    """Whether the text shows it: people as they are, health also discounted, money discounted and marginal."""
    if m.money:
        return m.discounted and m.custody == MARGINAL
    return m.name != NOT_REACHED.name and (not m.discounted or m.name == "qalys" + DISCOUNTED)


def _error(d: Difference) -> str:
    chance = number(d.spread.of_mean or 0.0)
    return chance if d.spread.inputs is None else f"{chance} and {number(d.spread.inputs)}"
