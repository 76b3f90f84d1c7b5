"""What goes into a kernel and what comes out: people, sums, and a log of what happened to some of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.kernels.bits import Whole, compiled
from amparo.simulation.kernels.ready import Ready

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

CAW: Sequence[Literal["C", "A", "W"]] = ("C", "A", "W")
"""Arrays as kernels were compiled for: in order, aligned, writeable."""

BAND, WINDOW = -100, -101
"""What a log holds where no transition was taken; the event e of life is -1 - e."""
ROWS_A_PERSON = 256
"""Room in a log at first; a longer one is made again with the room it needs."""


class People(NamedTuple):
    """A chunk of people. first: the number of the first, the others follow. class0, band_at (seconds), node0: at the
    beginning.
    """

    first: int
    class0: Ints
    band_at: Floats
    node0: Ints


class Log(NamedTuple):
    """What happened, in order for each person: who, when, which transition (life event e: -1 - e, age band -100, end
    of a window -101), and at which node they stood.
    """

    person: Ints
    seconds: Floats
    transition: Ints
    node: Ints


class Chunk(NamedTuple):
    """Sums over a chunk. counts, dcounts (C, G): events, and discounted, in 2^-36. seconds, years (S, G): time in
    each stage, and discounted years in 2^-36. missing: transitions that were taken and lead nowhere yet; if there are
    any, the sums are of no use.
    """

    counts: Longs
    dcounts: Longs
    seconds: Longs
    years: Longs
    missing: Ints
    log: Log


class Sums(NamedTuple):
    """Where a chunk is summed, as in `Chunk`; missing: by transition, 1 if it was taken and leads nowhere."""

    counts: Longs
    dcounts: Longs
    seconds: Longs
    years: Longs
    missing: Bytes


def new_sums(a: Ready) -> Sums:
    """Nothing has happened yet."""
    by_count = np.zeros((2, a.count_number, a.groups), np.int64)
    by_stage = np.zeros((2, len(a.hazards), a.groups), np.int64)
    return Sums(by_count[0], by_count[1], by_stage[0], by_stage[1], np.zeros(len(a.kind), np.uint8))


def chunk_of(sums: Sums, log: Log, rows: int) -> Chunk:
    """What a kernel has summed, and its log in order."""
    missing = np.flatnonzero(sums.missing).astype(np.int32)
    return Chunk(sums.counts, sums.dcounts, sums.seconds, sums.years, missing, in_order(log, rows))


def without_share(a: Ready, node: int, class_: int) -> SimulationFault:
    """A choice that leaves nothing to choose."""
    return SimulationFault(
        f"node {node} (stage {a.stage[node]}) offers people of class {class_} a choice, but every share is zero"
    )


def started(a: Ready, people: People) -> tuple[int, Ints, Floats, Ints]:
    """A chunk of people as a kernel takes it."""
    if not (len(people.class0) == len(people.band_at) == len(people.node0)):
        raise SimulationFault("a chunk of people has columns of different lengths")
    return (
        int(people.first),
        np.require(people.class0, np.int32, CAW),
        np.require(people.band_at, np.float64, CAW),
        np.require(people.node0, np.int32, CAW),
    )


def key_of(seed: int) -> tuple[Whole, Whole]:
    return np.uint64(seed & 0xFFFFFFFF), np.uint64(seed >> 32 & 0xFFFFFFFF)


def columns(rows: int) -> Log:
    return Log(np.zeros(rows, np.int32), np.zeros(rows), np.zeros(rows, np.int32), np.zeros(rows, np.int32))


def in_order(log: Log, rows: int) -> Log:
    """By person; what happened to each is in order already."""
    order = np.argsort(log.person[:rows], kind="stable")
    return Log(log.person[order], log.seconds[order], log.transition[order], log.node[order])


@compiled
def write(log: Log, row: int, person: int, seconds: float, what: int, node: int) -> int:
    """A row of a log, if there is room; the number of rows there are."""
    if row < len(log.person):
        log.person[row] = person
        log.seconds[row] = seconds
        log.transition[row] = what
        log.node[row] = node
    return row + 1
