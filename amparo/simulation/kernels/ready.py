"""Tables as a kernel takes them: plain arrays under one name, with a few things worked out that let it skip work.

Nothing here changes a result: rows of multipliers that are one everywhere are left out, rows of shares that are the
same for every class are read once a wave, and what no table ever asks for is not kept.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.kernels.clockwork import Work, work
from amparo.simulation.kernels.polynomials import STEEPEST
from amparo.simulation.tables import (
    ACT,
    DELAY,
    FINAL,
    HAZARD,
    KNOTS,
    LOTTERY,
    ORDINARY,
    PICK,
    START_OPENED,
    YEAR,
    Tables,
)

Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
A = TypeVar("A", bound=NDArray[Any])


class Ready(NamedTuple):
    """Tables for kernels. Lengths as in `tables`; what stands here only:

    hazards, stays: by stage, does a draw ask how many events, how many visits there were. flat: by row of shares, is
    it the same for all sorts. living: by life row, can anything happen. fresh: by transition, does the person stay as
    they are (no clock, class, window, entry).
    """

    stage: Ints
    first: Ints
    number: Ints
    life: Ints
    mode: Bytes
    kind: Bytes
    slot: Ints
    pick: Ints
    dist: Ints
    scale: Floats
    mult: Ints
    share: Ints
    anchor: Ints
    clock: Ints
    next: Ints
    op0: Ints
    opn: Ints
    counted: Ints
    effect: Ints
    window: Ints
    anew: Bytes
    begins: Bytes
    rate: Floats
    total: Floats
    life_effect: Ints
    life_counted: Ints
    life_next: Ints
    life_window: Ints
    band_effect: Ints
    window_seconds: Floats
    window_opens: Ints
    window_closes: Ints
    clocks: Work
    inverse: Floats
    multipliers: Floats
    shares: Floats
    effects: Ints
    group: Ints
    sort: Ints
    hazards: Bytes
    stays: Bytes
    flat: Bytes
    living: Bytes
    fresh: Bytes
    groups: int
    count_number: int
    free: int
    met: int
    band_seconds: float
    horizon: float
    decay: float
    per_rate: float
    keeps_entry: bool
    keeps_opened: bool
    keeps_windows: bool
    clock_number: int


def ready(tables: Tables) -> Ready:
    """Tables for kernels. Raises `SimulationFault` where a kernel's numbers would not hold."""
    _ensure_numbers(tables)
    _ensure_every_class_is_told_of(tables)
    n, k, life = tables.nodes, tables.transitions, tables.life
    of_nodes = {name: _plain(getattr(n, name)) for name in Ready._fields[:5]}
    of_rows = {name: _plain(getattr(k, name)) for name in Ready._fields[5:22]}
    rows = _owner(tables)
    years = tables.rate > 0
    return Ready(
        **of_nodes,
        **{**of_rows, "mult": _telling(tables)},
        rate=_plain(life.rate),
        total=_plain(life.total),
        life_effect=_plain(life.effect),
        life_counted=_plain(life.counted),
        life_next=_plain(life.next),
        life_window=_plain(life.window),
        band_effect=_plain(life.band_effect),
        window_seconds=_plain(life.seconds),
        window_opens=_plain(life.opens),
        window_closes=_plain(life.closes),
        clocks=work(tables.clocks),
        inverse=_plain(tables.inverse),
        multipliers=_plain(tables.multipliers),
        shares=_plain(tables.shares),
        effects=_plain(tables.effects),
        group=_plain(tables.group),
        sort=_plain(tables.sort),
        hazards=_asked(tables, rows, k.kind == HAZARD),
        stays=_asked(tables, rows, (k.kind == DELAY) | (k.kind == PICK) | (k.kind == ACT), n.mode == LOTTERY),
        flat=_flag((tables.shares == tables.shares[:, :1]).all(axis=1)),
        living=_flag((life.total > 0).any(axis=1)),
        fresh=_flag((k.effect < 0) & (k.window < 0) & (k.anew == 0) & (k.opn == 0) & (k.begins == 0)),
        groups=int(tables.group.max()) + 1,
        count_number=len(tables.counts),
        free=int(tables.free),
        met=int(tables.met),
        band_seconds=float(life.band_seconds),
        horizon=float(tables.horizon),
        decay=-tables.rate / (16.0 * YEAR),
        per_rate=1.0 / tables.rate if years else 1.0 / YEAR,
        keeps_entry=bool(np.isin(k.kind, (DELAY, PICK, ACT)).any()),
        keeps_opened=bool((tables.clocks.code == START_OPENED).any()),
        keeps_windows=bool((k.window >= 0).any() or (life.window >= 0).any()),
        clock_number=int(tables.clocks.number),
    )


def _plain(array: A) -> A:
    """The kinds of array that kernels were compiled for: a view, a map of a file or a read-only one is copied."""
    plain: A = np.require(array, requirements=["C", "A", "W"])
    return plain


def _flag(array: Any) -> Bytes:
    return np.asarray(array, np.uint8)


def _owner(tables: Tables) -> Ints:
    """The node of each transition."""
    first, number = tables.nodes.first, tables.nodes.number
    owner = np.zeros(len(tables.transitions.kind), np.int32)
    before = np.cumsum(number) - number
    owner[np.repeat(first - before, number) + np.arange(number.sum())] = np.repeat(
        np.arange(len(first)), number
    )
    return owner


def _asked(
    tables: Tables, owner: Ints, rows: NDArray[np.bool_], nodes: NDArray[np.bool_] | None = None
) -> Bytes:
    """By stage: is there such a row, or such a node?"""
    asked = np.zeros(len(tables.stages), np.uint8)
    asked[tables.nodes.stage[owner[rows]]] = 1
    if nodes is not None:
        asked[tables.nodes.stage[nodes]] = 1
    return asked


def _telling(tables: Tables) -> Ints:
    """`mult` without the rows that are one for every class."""
    one = np.append((tables.multipliers == 1.0).all(axis=1), False)
    mult = tables.transitions.mult
    return np.where(one[mult], np.int32(-1), mult).astype(np.int32)


def _ensure_numbers(tables: Tables) -> None:
    """What the arithmetic of kernels rests on."""
    if tables.horizon < 1 or tables.horizon != np.floor(tables.horizon):
        raise SimulationFault(f"the simulation must last whole seconds, not {tables.horizon}")
    if tables.rate < 0 or tables.rate * tables.horizon / YEAR > STEEPEST:
        raise SimulationFault(
            f"a discount rate of {tables.rate} a year over {tables.horizon / YEAR:.0f} years is out of reach"
        )
    if len(tables.inverse) and tables.inverse.shape[1] < 2 * (KNOTS - 1):
        raise SimulationFault(
            f"an inverse cumulative hazard has {2 * KNOTS} numbers, not {tables.inverse.shape[1]}"
        )
    if not np.isin(tables.nodes.mode, (ORDINARY, LOTTERY, FINAL)).all():
        raise SimulationFault("a node is neither ordinary, nor a lottery, nor final")


def _ensure_every_class_is_told_of(tables: Tables) -> None:
    """Kernels look up by class and by sort without looking whether there is such a column."""
    life, classes = tables.life, len(tables.group)
    by_class: dict[str, NDArray[Any]] = {
        "sort": tables.sort,
        "life.rate": life.rate,
        "life.total": life.total,
        "life.effect": life.effect,
        "life.band_effect": life.band_effect,
        "life.closes": life.closes,
        **({"effects": tables.effects} if (tables.transitions.effect >= 0).any() else {}),
        **({"life.opens": life.opens} if len(life.seconds) else {}),
    }
    for name, array in by_class.items():
        if array.shape[-1] != classes:
            raise SimulationFault(
                f"{name} tells of {array.shape[-1]} classes of people, but there are {classes}"
            )
    sorts = int(tables.sort.max()) + 1
    for name, array in (("shares", tables.shares), ("multipliers", tables.multipliers)):
        if len(array) and array.shape[1] < sorts:
            raise SimulationFault(f"{name} tells of {array.shape[1]} sorts of people, but there are {sorts}")
