"""What is only recorded stays recorded (D4), what is counted are codes (P1), and what waits for receipts gets some
(P4).
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding
from amparo.pathways.model import Element, Names, Pathway, Retention
from amparo.pathways.words import COUNTED, KEPT_WORDS

NOT_OF_THE_OFFICE = ("person", "supporter", "lawyer", "harmed")
"""Platform roles of the person, and of those who stand beside them."""


def findings(look: Look) -> Iterator[Finding]:
    if look.pathway.operated == "recording":
        yield from _recording(look.pathway)
    yield from _counts(look.pathway)
    for line in look.pathway.retention:
        yield from _receipts(look, line)


# ------------------------------------------------------------------------------------------- operated: recording
def _recording(p: Pathway) -> Iterator[Finding]:
    """Every step is recorded, none is offered or opened by time, and nothing but support reaches the person."""
    for name, step in p.steps.items():
        if not step.recorded:
            said = f"'{name}' is not recorded, in a pathway that only records"
            yield Finding(step.where, "D4", said, "write recorded: yes")
    for name, clock in p.clocks.items():
        if any(late.opens for late in clock.late):
            said = f"clock '{name}' opens a step, in a pathway that only records"
            yield Finding(clock.where, "D4", said, "let it make a task: nothing is offered here")
        tasks = (*(late.task for late in clock.late), clock.near.task if clock.near else "")
        yield from _reaches(p, tasks, f"a task of '{name}'", clock)
    for name, letter in p.letters.items():
        yield from _reaches(p, letter.to, f"letter '{name}'", letter)
    for name, notice in p.notices.items():
        yield from _reaches(p, notice.to, f"notice '{name}'", notice)


def _reaches(p: Pathway, to: Names, what: str, element: Element) -> Iterator[Finding]:
    for role in to:
        if role in p.roles and p.roles[role].is_ in NOT_OF_THE_OFFICE:
            said = f"{what} goes to {role}, in a pathway that only records"
            yield Finding(element.where, "D4", said, "take it away: only support reaches the person here")


# ------------------------------------------------------------------------------------------------ counts
def _counts(p: Pathway) -> Iterator[Finding]:
    """A tally keeps codes: nothing that could tell one person from another, and no words."""
    for name, count in p.counts.items():
        for kept in count.keeps:
            fact = p.facts.get(kept)
            if kept not in KEPT_WORDS and fact is not None and fact.type.kind not in COUNTED:
                said = f"count '{name}' keeps '{kept}', which is no code"
                yield Finding(count.where, "P1", said, "keep a yes or no, or one of a list")


# ------------------------------------------------------------------------------------------------ receipts
def _receipts(look: Look, line: Retention) -> Iterator[Finding]:
    """A file that ends with its receipts: some notice with a receipt is told by whatever leads to each end."""
    if line.ends != "receipts":
        return
    p = look.pathway
    asked = {name for name, notice in p.notices.items() if notice.receipt}
    for stage in line.after:
        leading = {m.step for m in look.moves if m.to == stage and m.from_ != stage}
        dumb = [s for s in sorted(leading) if not {t.notice for t in p.steps[s].tells} & asked]
        if dumb:
            said = f"'{stage}' ends with its receipts, and '{dumb[0]}' tells nothing that asks one"
            yield Finding(line.where, "P4", said, "let it tell a notice with receipt: yes, or give a length")
