"""`amparo simulate`: programmes tried on a simulated population. A process of its own, since it loads the kernels.

What is written appears whole or not at all; an interrupted run leaves nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from amparo import __version__
from amparo.analysis import measures, report, tables
from amparo.analysis.answer import Answer, Looked, answer
from amparo.analysis.model import MARGINAL, Input, Inputs, Measure, Run, from_batches
from amparo.analysis.money import ALL, cost_name
from amparo.commands.definitions import folders
from amparo.errors import AmparoError
from amparo.simulation.compared import Compared, arms_of, compare, doors_of
from amparo.simulation.evidence.checks import check
from amparo.simulation.evidence.stamps import stamps
from amparo.simulation.outcomes import PEOPLE
from amparo.simulation.study import Study

MET = Measure(name="met", title="Met by police or another authority", unit="encounters")
CANNOT = (
    "Infections are not simulated: people do not meet each other here.",
    "An encounter while a case is open is counted, and leads to nothing else.",
    "Places and waiting for them are not simulated: there is a place for all.",
    "Custody is priced as evidence gives it, once: compare with its average and its marginal cost yourself.",
)


def grammar() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    one = argparse.ArgumentParser(
        prog="amparo simulate",
        description="What would happen to people and money if these programmes were there?",
    )
    one.add_argument("programme", nargs="+", help="ids; the first one's evidence says who lives there")
    one.add_argument("--people", type=int, default=10_000, help="how many are simulated (10000)")
    one.add_argument("--years", type=float, default=10.0, help="how long each life is followed (10)")
    one.add_argument(
        "--draws", type=int, default=100, help="draws of the parameters; the first is the base case (100)"
    )
    one.add_argument("--seed", type=int, default=1, help="the same seed gives the same numbers (1)")
    one.add_argument("--discount", type=float, default=0.03, help="a year, as a share (0.03)")
    one.add_argument(
        "--threads", type=int, default=2, help="processors to use; results do not depend on it (2)"
    )
    one.add_argument(
        "--evidence",
        action="append",
        default=[],
        metavar="PATHWAY=NAME",
        help="take the evidence of this name for a pathway that has several",
    )
    one.add_argument(
        "--out", type=Path, help="folder for tables (CSV) and the report; printed alone if not given"
    )
    one.add_argument("--parquet", action="store_true", help="tables as Parquet too")
    return one


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs it. Returns the exit code."""
    options = grammar().parse_args(arguments)
    try:
        found = answered(options)
        text = report.report(found)
        print(text)
        if options.out is not None:
            made = tables.tables(found)
            tables.write(options.out, made, texts={"report.txt": text}, parquet=options.parquet)
            print(f"Written to {options.out}: report.txt and {len(made)} tables.", file=sys.stderr)
    except AmparoError as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was written.", file=sys.stderr)
        return 130
    return 0


def answered(options: argparse.Namespace) -> Answer:
    """Everything that the run says."""
    programmes = tuple(dict.fromkeys(options.programme))
    named = dict(_pair(said) for said in options.evidence)
    study = Study.of(
        programmes[0],
        programmes[1:],
        years=options.years,
        discount=options.discount,
        folders=folders(),
        named=named,
    )
    _checked(study)
    arms = arms_of(study, doors_of(study, programmes))
    found = compare(
        study, arms, people=options.people, draws=options.draws, seed=options.seed, threads=options.threads,
        progress=_progress(options),
    )  # fmt: skip
    outcomes = from_batches(
        _measures(found, study), found.arms, "otherwise", _laid(found), found.sizes.tolist()
    )
    run = Run(
        title=f"{', '.join(programmes)} beside what happens otherwise, in {study.place.evidence.place}",
        seed=options.seed,
        version=f"{__version__}, numpy {np.__version__}",
        years=options.years,
        rate=options.discount,
        cannot_tell=CANNOT,
    )
    return answer(outcomes, _inputs(found, study), run, Looked())


def _pair(said: str) -> tuple[str, str]:
    pathway, equals, name = said.partition("=")
    if not equals or not pathway or not name:
        raise AmparoError(f"'{said}' names no evidence · write --evidence <pathway>=<name>")
    return pathway, name


def _checked(study: Study) -> None:
    """Faults of evidence are told before anything is run; warnings beside it."""
    others = {name: part.pathway for name, part in study.parts.items()}
    for part in study.parts.values():
        findings = check(part.pathway, part.evidence, others)
        for finding in findings:
            print(finding, file=sys.stderr)
        if any(finding.code != "E7" for finding in findings):
            raise AmparoError(f"{part.pathway.id}: mend the evidence first")


def _progress(options: argparse.Namespace):  # type: ignore[no-untyped-def]
    """A line that says how far the run is, on a terminal only."""
    started = time.monotonic()

    def told(done: int, of: int) -> None:
        if sys.stderr.isatty():
            left = (time.monotonic() - started) / done * (of - done)
            end = "\n" if done == of else ""
            print(f"\r{done} of {of} draws, about {left:.0f} s left ", end=end, file=sys.stderr, flush=True)

    return told


def _measures(found: Compared, study: Study) -> list[Measure]:
    """The outcomes, and after them their discounted companions; money of all agencies together last of each."""
    unsourced = _unsourced(study)
    currency, year = _money(study)
    plain = []
    for name in (*found.names, f"cost.{ALL}"):
        known = measures.PEOPLE.get(name) or (MET if name == "met" else None)
        if known is None:
            agency = name.removeprefix("cost.")
            title = "all together" if agency == ALL else agency.replace("_", " ")
            known = Measure(
                name=cost_name(agency, MARGINAL, False), title=title, unit=currency, down="less", up="more",
                agency=agency, custody=MARGINAL, price_year=year,
            )  # fmt: skip
        plain.append(_stamped(known, unsourced))
    return [*plain, *(measures.discounted(measure) for measure in plain)]


def _unsourced(study: Study) -> tuple[str, ...]:
    """The numbers without a settled source, by pathway and name."""
    return tuple(
        f"{name}.{stamp.name}" for name, part in study.parts.items() for stamp in stamps(part.evidence)
    )


def _stamped(measure: Measure, unsourced: tuple[str, ...]) -> Measure:
    return Measure(
        **{f: getattr(measure, f) for f in measure.__slots__ if f != "unsourced"}, unsourced=unsourced
    )


def _money(study: Study) -> tuple[str, int | None]:
    for part in study.parts.values():
        for value in part.evidence.values.values():
            if value.currency:
                return value.currency, value.price_year
    return "money", None


def _laid(found: Compared) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The totals with the sum of all costs behind the plain and behind the discounted ones."""
    half = len(found.names)
    parts = []
    for rows in (found.totals[..., :half], found.totals[..., half:]):
        costs = rows[..., len(PEOPLE) :].sum(axis=-1, keepdims=True)
        parts.append(np.concatenate([rows, costs], axis=-1))
    return np.concatenate(parts, axis=-1)


def _inputs(found: Compared, study: Study) -> Inputs:
    """The parameters that vary, with what is known of each."""
    varies = [n for n in range(len(found.values)) if np.ptp(found.parameters[:, n]) > 0]
    unsourced = set(_unsourced(study))
    otherwise = {f"{study.base}.{ref}": "no_action" for ref in study.otherwise().values()}
    offers = {
        f"{name}.{offer.accepted.name}": "accepted"
        for name, part in study.parts.items()
        for offer in part.evidence.offers.values()
    }
    made = []
    for n in varies:
        pathway, _, name = found.values[n].partition(".")
        value = study.parts[pathway].evidence.values[name]
        made.append(
            Input(
                name=found.values[n],
                title=name.replace("_", " "),
                unit=value.unit.text,
                source=value.source,
                unsourced=found.values[n] in unsourced,
                borrowed=value.quality in ("C", "D"),
                never_hidden={**offers, **otherwise}.get(found.values[n], ""),
            )  # fmt: skip
        )
    return Inputs(inputs=tuple(made), draws=found.parameters[:, varies])


if __name__ == "__main__":
    sys.exit(main())
