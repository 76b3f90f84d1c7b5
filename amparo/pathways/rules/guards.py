"""R4: a rule that reads a fact in a case where the fact does not apply."""

from __future__ import annotations

from amparo.pathways.rules.compiled import Compiled
from amparo.pathways.rules.possible import Truth, cases, groups, sampled, size

MOST = 2**16
"""Cases tried; a rule with more is tried on so many of them."""


def unguarded(rule: Compiled, fact: str, guard: Compiled) -> dict[str, Truth] | None:
    """A case in which `rule` lacks `fact` though it does not apply there, since `guard` is false; or None.

    The case is given as the answers of the atoms (by `Atom.key`) of both. A fact that does not apply is not
    known for ever, so a rule that asks for it there could never be answered. Rules with more than `MOST`
    cases are tried on so many of them, drawn evenly.
    """
    atoms = {atom.key: atom for atom in (*guard.atoms, *rule.atoms)}
    lacking = {key for key, atom in atoms.items() if fact in atom.names}
    found = groups(atom for key, atom in atoms.items() if key not in lacking)
    for case in cases(found) if size(found) <= MOST else sampled(found, MOST):
        answers = case | dict.fromkeys(lacking)
        if _answer(guard, answers) is False and _answer(rule, answers) is None:
            return answers
    return None


def _answer(compiled: Compiled, case: dict[str, Truth]) -> bool | None:
    return compiled.verdict_of([case[atom.key] for atom in compiled.atoms])
