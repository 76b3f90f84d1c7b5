"""Draws of the parameters: how sure the numbers are, as so many complete sets of them.

Every value has a stream of its own, addressed by the evidence that states it and its name: what else there is does not
move it, and the same value used by two pathways is the same number in both. Draw 0 is the base case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from scipy import special

from amparo.errors import SimulationFault
from amparo.pathways.findings import Finding, refuse
from amparo.simulation.evidence.distributions import Unfit, settled, spread_of
from amparo.simulation.evidence.model import Evidence, Ref, Shares, Value

Floats = NDArray[np.float64]
Row = Mapping[str, float]
"""One draw: value's name -> held number."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """array: [draws, values], held numbers; row 0 is the base case. names: of its columns."""

    names: tuple[str, ...]
    array: Floats

    def row(self, draw: int) -> dict[str, float]:
        """All numbers of one draw, by name."""
        return dict(zip(self.names, self.array[draw].tolist(), strict=True))

    def of(self, name: str) -> Floats:
        """One value in all draws."""
        return self.array[:, self.names.index(name)]


def draws(evidence: Evidence, number: int, seed: int) -> Parameters:
    """`number` complete sets of the evidence's numbers. Raises `DefinitionFault` for each that cannot be fitted."""
    if number < 1:
        raise SimulationFault("there is at least one draw, the base case · ask for one or more")
    columns: dict[str, Floats] = {}
    findings = []
    for name, value in evidence.values.items():
        try:
            columns[name] = _column(value, number, seed)
        except Unfit as error:
            what, _, remedy = str(error).partition(": ")
            findings.append(Finding(value.where, "E5", f"{name}: {what}", remedy))
    refuse(findings)
    columns |= _groups(evidence, number, seed)
    if not columns:
        return Parameters((), np.zeros((number, 0)))
    array = settled(np.stack([columns[name] for name in evidence.values], axis=1))
    array[0] = [value.value for value in evidence.values.values()]
    return Parameters(tuple(evidence.values), array)


def uniforms(number: int, seed: int, *address: str) -> Floats:
    """`number` numbers strictly between 0 and 1, from the stream of this address: Philox4x64, 52 bits each."""
    key = sha256("\0".join([str(seed), *address]).encode()).digest()[:16]
    raw = np.random.Philox(key=int.from_bytes(key, "little")).random_raw(number)
    return ((np.asarray(raw, dtype=np.uint64) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


def _column(value: Value, number: int, seed: int) -> Floats:
    """One value's numbers, by itself."""
    fitted = spread_of(value)
    made = np.full(number, value.value)
    if fitted.family != "fixed":
        made[1:] = fitted.quantile(uniforms(number - 1, seed, value.of, value.name))
    return made


def groups(evidence: Evidence) -> dict[tuple[str, str], list[Value]]:
    """The values that are drawn together: (evidence, group) -> values in file order."""
    found: dict[tuple[str, str], list[Value]] = {}
    for value in evidence.values.values():
        if value.as_ == "dirichlet":
            found.setdefault((value.of, value.group), []).append(value)
    return found


def _groups(evidence: Evidence, number: int, seed: int) -> dict[str, Floats]:
    """Shares of one whole, drawn together; what they leave of it is a share as well."""
    made: dict[str, Floats] = {}
    for (of, group), members in groups(evidence).items():
        size = group_size(members)
        left = max(0.0, 1 - sum(value.value for value in members))
        parts = {value.name: value.value for value in members}
        weights = {name: _weight(share * size, number, seed, of, name) for name, share in parts.items()}
        total = sum(weights.values()) + _weight(
            left * size if left > 1e-9 else 0, number, seed, of, f"{group} rest"
        )
        made |= {value.name: weights[value.name] / total for value in members}
    return made


def group_size(members: Iterable[Value]) -> float:
    """How many observations the shares of a group are worth: the geometric mean of what each says by itself."""
    sizes = [sum(spread_of(value).args) for value in members]
    return float(np.exp(np.mean(np.log(sizes))))


def _weight(count: float, number: int, seed: int, of: str, name: str) -> Floats:
    if count <= 0:
        return np.zeros(number)
    return np.asarray(special.gammaincinv(count, uniforms(number, seed, of, name)), dtype=np.float64)


# ------------------------------------------------------------------------------------------------------ shares
def number_of(ref: Ref | None, row: Row, absent: float = 0.0) -> float:
    """The number that a place names in one draw; `absent` where it names none."""
    return absent if ref is None else row[ref.name]


def shares_of(shares: Shares, row: Row) -> tuple[dict[str, float], bool]:
    """The shares in one draw, `rest` among them; and whether the draw went over one and had to be scaled back."""
    known = {name: row[ref.name] for name, ref in shares.items() if not ref.rest}
    total = sum(known.values())
    if total > 1 + 1e-9:
        known = {name: share / total for name, share in known.items()}
    left = max(0.0, 1 - total)
    return {name: left if ref.rest else known[name] for name, ref in shares.items()}, total > 1 + 1e-9
