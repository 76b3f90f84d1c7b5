"""People who share scarce places: each runs alone until the next meeting, and only meetings are taken in order of
time.

A meeting is whatever may touch somebody else: asking for a place, or leaving the nodes that hold one. Draws, times
and sums are those of `waves`: with places for all, both give the same bytes.

Who asks for a place that nobody is free to give stays where they are and waits; all else that may happen to them
there still races, but for asking for places. First come, first served, by second and then by number of person. Who
moves on meanwhile leaves the queue. A place is held from the transition that asks for it for as long as the person
stands at nodes that hold it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.errors import SimulationFault
from amparo.simulation.kernels.bits import Whole, as_bits, ceil, compiled, fma, in_years
from amparo.simulation.kernels.calendar import DAY, new_calendar, put, soonest, take_out
from amparo.simulation.kernels.chunks import (
    BAND,
    ROWS_A_PERSON,
    WINDOW,
    Chunk,
    Log,
    People,
    Sums,
    chunk_of,
    columns,
    key_of,
    new_sums,
    started,
    without_share,
    write,
)
from amparo.simulation.kernels.clockwork import new_runs, operate
from amparo.simulation.kernels.philox import ONE, SPARE, words
from amparo.simulation.kernels.polynomials import discount, exponential
from amparo.simulation.kernels.ready import Ready, ready
from amparo.simulation.tables import (
    ACT,
    CLOCK,
    ENCOUNTERED,
    EXPONENTIAL,
    FINAL,
    FIXED,
    HAZARD,
    KNOTS,
    LIFE,
    LOTTERY,
    LOWEST,
    NEVER,
    ORDINARY,
    PICK,
    SUB_BITS,
    Tables,
)

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]

LIVED, OVER, NOTHING = -1, -2, -3
FULL = -2
"""What the kernel says instead of a node where its calendar has no room left."""


class Waits(NamedTuple):
    """By place: how often it was asked for, how often somebody had to wait, and how long those waited who came in."""

    asked: Longs
    waited: Longs
    seconds: Longs


class Queued(NamedTuple):
    """What became of everybody, and how they waited."""

    chunk: Chunk
    waits: Waits


def run(
    tables: Tables,
    people: People,
    seed: int,
    *,
    holds: Ints,
    places: Sequence[int] | None = None,
    log: int = 0,
) -> Queued:
    """What becomes of people who share places. holds: by node, the place held there, -1 none. places: how many there
    are of each, in the order of `tables.places`; else as many as stand there. `log` as in `waves.run`.

    Raises `SimulationFault` where a place would be held without having been asked for, or asked for and not held, and
    where a choice leaves nothing to choose.
    """
    a, place = ready(tables), np.require(tables.transitions.place, np.int32, ["C", "A", "W"])
    there = np.array([*(tables.places.values() if places is None else places)], np.int32)
    holds = np.require(holds, np.int32, ["C", "A", "W"])
    _ensure_places_are_asked_for(a, place, holds, len(there), people)
    rows = min(log, len(people.class0)) * ROWS_A_PERSON
    room = 2 * len(people.class0) + 64
    while True:
        sums, kept, waits = new_sums(a), columns(rows), Waits(*np.zeros((3, max(len(there), 1)), np.int64))
        free = np.append(there, 0).astype(np.int32)
        used, node, class_ = _lived(
            a, *started(a, people), *key_of(seed), place, holds, free, room, log, sums, kept, waits
        )
        if node >= 0:
            raise without_share(a, node, class_)
        if node != FULL and used <= rows:
            return Queued(chunk_of(sums, kept, used), waits)
        room, rows = (room * 2, rows) if node == FULL else (room, used)


def _ensure_places_are_asked_for(a: Ready, place: Ints, holds: Ints, places: int, people: People) -> None:
    """Every way into a node that holds a place asks for it, or comes from one that holds it."""
    if max(place.max(initial=-1), holds.max(initial=-1)) >= places:
        raise SimulationFault(f"a place is asked for that is not among the {places} there are")
    entered = [a.met, *a.life_next.tolist()]
    if any(holds[node] >= 0 for node in (*entered, *people.node0.tolist()) if node >= 0):
        raise SimulationFault(
            "people begin, or are brought by their life, where a place is held that nobody asked for"
        )
    for node in range(len(a.stage)):
        for j in range(a.first[node], a.first[node] + a.number[node]):
            to, asked = a.next[j], place[j]
            if to < 0:
                continue
            if asked >= 0 and holds[to] != asked:
                raise SimulationFault(
                    f"transition {j} asks for place {asked}, but node {to} does not hold it"
                )
            if holds[to] >= 0 and asked < 0 and holds[node] != holds[to]:
                raise SimulationFault(
                    f"transition {j} leads to node {to}, which holds a place, without asking for it"
                )


@compiled
def _lived(
    a: Ready,
    first_person: int,
    class0: Ints,
    band_at: Floats,
    node0: Ints,
    k0: Whole,
    k1: Whole,
    place: Ints,
    holds: Ints,
    free: Ints,
    room: int,
    logged: int,
    sums: Sums,
    log: Log,
    waits: Waits,
) -> tuple[int, int, int]:
    """All the histories. Gives the rows of log there are; node and class of a choice without shares, or FULL."""
    n, stages, clocks, rows_logged = len(class0), len(a.hazards), a.clock_number, 0
    horizon, decay, per_rate, discounted = a.horizon, a.decay, a.per_rate, a.decay < 0.0
    kinds, picks, slots, dists, scales = a.kind, a.pick, a.slot, a.dist, a.scale
    mults, share_of, anchors, nexts = a.mult, a.share, a.anchor, a.next
    shares, multipliers, inverse, rates, totals = a.shares, a.multipliers, a.inverse, a.rate, a.total
    none, living = np.uint64(0), a.living

    t, d, entry, opened, left = np.zeros(n), np.ones(n), np.zeros(n), np.zeros(n), np.zeros(n)
    band, window = band_at.copy(), np.full(n, NEVER)
    node_of, class_, lived = node0.copy(), class0.copy(), np.zeros(n, np.int32)
    events, visits = np.zeros((n, stages), np.uint16), np.zeros((n, stages), np.uint16)
    runs = new_runs(clocks, n)
    due = runs.due

    what_next = np.zeros(n, np.int32)
    calendar = new_calendar(n, int(horizon / DAY) + 1, room)
    waiting, asked_at = np.full(n, NOTHING, np.int32), np.zeros(n)
    behind, ahead = np.full(n, -1, np.int32), np.full(n, -1, np.int32)
    head, tail = np.full(len(free), -1, np.int32), np.full(len(free), -1, np.int32)
    stack, stack_time, granted = np.zeros(n + 8, np.int32), np.zeros(n + 8), np.zeros(n + 8, np.uint8)
    depth, begun = 0, 0
    one = np.zeros(1, np.int32)

    while True:
        # ---------------------------------------------------------------------------- whose turn it is
        happens = True
        was_granted = False
        x = 0.0
        if depth > 0:
            depth -= 1
            q = stack[depth]
            x = stack_time[depth]
            was_granted = granted[depth] == 1
        elif begun < n:
            q = np.int32(begun)
            begun += 1
            happens = False
            if a.mode[node_of[q]] == FINAL:
                continue
            high, low = words(np.uint64(first_person + q), np.uint64(LIFE), none, none, k0, k1)
            left[q] = exponential((high >> SPARE) | ONE)
        else:
            q = np.int32(soonest(calendar))
            if q == -1:
                break
            if q == -2:
                return rows_logged, FULL, 0
            x = calendar.time[q]
        who = np.uint64(first_person + q)

        # ---------------------------------------------------------------------------- it happens
        if happens:
            what, node = what_next[q], node_of[q]
            if was_granted:
                what = waiting[q]
            st, old, g = a.stage[node], class_[q], a.group[class_[q]]
            wanted = place[what] if what >= 0 else -1
            blocked = False
            if wanted >= 0 and wanted != holds[node] and not was_granted:
                waits.asked[wanted] += 1
                blocked = free[wanted] <= 0
                if not blocked:
                    free[wanted] -= 1
            if blocked:
                waits.waited[wanted] += 1
                waiting[q] = what
                asked_at[q] = x
                ahead[q] = tail[wanted]
                behind[q] = -1
                if tail[wanted] >= 0:
                    behind[tail[wanted]] = q
                else:
                    head[wanted] = q
                tail[wanted] = q
            else:
                # time passes
                dx = discount(x, decay)
                sums.seconds[st, g] += np.int64(x - t[q])
                spent = d[q] - dx if discounted else x - t[q]
                sums.years[st, g] += in_years(spent * per_rate)
                if a.mode[node] == ORDINARY or waiting[q] >= 0:
                    left[q] -= totals[a.life[node], old] * (x - t[q])
                t[q] = x
                d[q] = dx
                if what == OVER:
                    continue
                events[q, st] += np.uint16(1)
                to, moved = node, False
                if what >= 0:
                    j = what
                    sums.counts[a.counted[j], g] += 1
                    sums.dcounts[a.counted[j], g] += in_years(dx)
                    to = nexts[j]
                    moved = to != node or a.anew[j] == 1
                    if to < 0:
                        sums.missing[j] = 1
                    elif a.fresh[j] == 0:
                        if a.begins[j]:
                            opened[q] = x
                            for c in range(clocks):
                                due[c, q] = NEVER
                        for op in range(a.op0[j], a.op0[j] + a.opn[j]):
                            one[0] = q
                            operate(a.clocks, op, runs, one, t, opened)
                        if a.effect[j] >= 0:
                            class_[q] = a.effects[a.effect[j], class_[q]]
                        if a.window[j] >= 0:
                            class_[q] = a.window_opens[a.window[j], class_[q]]
                            window[q] = x + a.window_seconds[a.window[j]]
                        if a.anew[j]:
                            entry[q] = x
                            visits[q, a.stage[to]] += np.uint16(1)
                elif what == BAND:
                    class_[q] = a.band_effect[old]
                    band[q] += a.band_seconds
                elif what == WINDOW:
                    class_[q] = a.window_closes[old]
                    window[q] = NEVER
                else:
                    life, e, number = a.life[node], 0, np.uint64(lived[q])
                    _, low = words(who, np.uint64(LIFE), number, none, k0, k1)
                    whole = 0.0
                    for f in range(rates.shape[1]):
                        whole += rates[life, f, old]
                    u = ((low >> SPARE) / 4503599627370496.0) * whole
                    up_to = 0.0
                    for f in range(rates.shape[1]):
                        e = f if u >= up_to else e
                        up_to += rates[life, f, old]
                    lived[q] += 1
                    high, _ = words(who, np.uint64(LIFE), np.uint64(lived[q]), none, k0, k1)
                    left[q] = exponential((high >> SPARE) | ONE)
                    sums.counts[a.life_counted[e], g] += 1
                    sums.dcounts[a.life_counted[e], g] += in_years(dx)
                    if e != ENCOUNTERED or node == a.free:
                        class_[q] = a.life_effect[e, old]
                        if a.life_window[e] >= 0:
                            class_[q] = a.window_opens[a.life_window[e], class_[q]]
                            window[q] = x + a.window_seconds[a.life_window[e]]
                        brought = a.met if e == ENCOUNTERED else a.life_next[e]
                        if brought >= 0:
                            to, moved = brought, True
                            entry[q] = x
                            visits[q, a.stage[to]] += np.uint16(1)
                    what = -1 - e
                if q < logged:
                    rows_logged = write(log, rows_logged, first_person + q, x, what, node)

                if was_granted:
                    waits.seconds[wanted] += np.int64(x - asked_at[q])
                    waiting[q] = NOTHING
                elif moved and waiting[q] >= 0:
                    p = place[waiting[q]]
                    if ahead[q] >= 0:
                        behind[ahead[q]] = behind[q]
                    else:
                        head[p] = behind[q]
                    if behind[q] >= 0:
                        ahead[behind[q]] = ahead[q]
                    else:
                        tail[p] = ahead[q]
                    waiting[q] = NOTHING
                ends = to < 0 or a.mode[to] == FINAL
                held = holds[node]
                if held >= 0 and (ends or holds[to] != held):
                    if head[held] >= 0:
                        w = head[held]
                        head[held] = behind[w]
                        if behind[w] >= 0:
                            ahead[behind[w]] = -1
                        else:
                            tail[held] = -1
                        take_out(calendar, w)
                        stack[depth], stack_time[depth], granted[depth] = w, x, 1
                        depth += 1
                    else:
                        free[held] += 1
                node_of[q] = to
                if ends:
                    continue

        # ---------------------------------------------------------------------------- what comes next
        node, now, cl = node_of[q], t[q], class_[q]
        st, j0, rows, mode = a.stage[node], a.first[node], a.number[node], a.mode[node]
        stage, sort = np.uint64(st), a.sort[cl]
        at_event, at_visit = np.uint64(events[q, st]), np.uint64(visits[q, st])
        best, what = NEVER, OVER
        if mode == LOTTERY and waiting[q] >= 0:
            mode, rows = ORDINARY, 0
        if mode != LOTTERY:
            for j in range(j0, j0 + rows):
                asks = place[j] >= 0 and place[j] != holds[node]
                if kinds[j] == CLOCK and not (asks and waiting[q] >= 0):
                    x = max(due[a.clock[j], q] + 1.0, now)
                    if x < best:
                        best, what = x, j
            x = max(band[q], now)
            if x < best:
                best, what = x, BAND
            x = max(window[q], now)
            if x < best:
                best, what = x, WINDOW
        end, chosen = j0, -1
        for j in range(j0, j0 + rows):
            kind = kinds[j]
            if kind == CLOCK or (j < end and (mode == LOTTERY or kind == PICK)):
                continue
            if kind in (PICK, ACT) and j >= end:
                end = j + 1
                while end < j0 + rows and (
                    mode == LOTTERY or (kinds[end] == kind and picks[end] == picks[j])
                ):
                    end += 1
                high, low = words(who, stage, at_visit, np.uint64(picks[j] >> 1), k0, k1)
                u = ((low if picks[j] & 1 else high) >> SPARE) / 4503599627370496.0
                if kind == PICK or mode == LOTTERY:
                    whole = 0.0
                    for r in range(j, end):
                        whole += 1.0 if share_of[r] < 0 else shares[share_of[r], sort]
                    if not whole > 0.0:
                        return rows_logged, node, cl
                    u *= whole
                chosen, up_to = -1, 0.0
                for r in range(j, end):
                    chosen = r if u >= up_to else chosen
                    up_to += 1.0 if share_of[r] < 0 else shares[share_of[r], sort]
                chosen = chosen if u < up_to else -1
            if mode == LOTTERY:
                best, what = now, chosen
                continue
            row = chosen if kind == PICK else j
            asks = place[row] >= 0 and place[row] != holds[node]
            if (asks and waiting[q] >= 0) or (kind == ACT and chosen != j):
                continue
            if kind != HAZARD and dists[j] == FIXED:
                x = ceil(scales[j])
            else:
                number = at_event if kind == HAZARD else at_visit
                high, low = words(who, stage, number, np.uint64(slots[j] >> 1), k0, k1)
                y = exponential(((low if slots[j] & 1 else high) >> SPARE) | ONE)
                if kind == HAZARD:
                    y *= scales[j]
                if mults[j] >= 0:
                    y /= multipliers[mults[j], sort]
                if kind == HAZARD:
                    x = ceil(y)
                elif dists[j] == EXPONENTIAL:
                    x = ceil(y * scales[j])
                else:
                    knot = (np.int64(as_bits(y)) >> (52 - SUB_BITS)) - ((1023 + LOWEST) << SUB_BITS)
                    b = min(max(int(knot), 0), KNOTS - 2)
                    x = ceil(fma(y, inverse[dists[j], 2 * b + 1], inverse[dists[j], 2 * b]) * scales[j])
            if kind == HAZARD:
                x = now + (1.0 if x < 1.0 else x)
            else:
                x += entry[q] if anchors[j] < 0 else due[anchors[j], q] + 1.0
                x = now + 1.0 if x < now + 1.0 else x
            if x < best:
                best, what = x, row
        if mode == ORDINARY and living[a.life[node]]:
            total = totals[a.life[node], cl]
            if total > 0.0:
                x = ceil(left[q] / total)
                x = now + (1.0 if x < 1.0 else x)
                if x < best:
                    best, what = x, LIVED
        if best >= horizon:
            best, what = horizon, OVER

        # ---------------------------------------------------------------------------- alone, or with others
        held, meets = holds[node], waiting[q] >= 0
        what_next[q] = what
        if what >= 0:
            to = nexts[what]
            meets = meets or (place[what] >= 0 and place[what] != held)
            meets = meets or (held >= 0 and (to < 0 or holds[to] != held))
        elif what == LIVED:
            meets = meets or held >= 0
        if meets:
            if not put(calendar, q, best):
                return rows_logged, FULL, 0
        else:
            stack[depth], stack_time[depth], granted[depth] = q, best, 0
            depth += 1
    return rows_logged, -1, 0
