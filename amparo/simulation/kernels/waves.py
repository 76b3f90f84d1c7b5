"""People by the wave: all who stand at the same node are taken on together, one event each, by plain loops over
arrays.

Many people are in flight, in a list for each node where somebody stands. The longest list is taken, a draw is made
for each of its people at once, and each goes to the list of where they are next. All of a wave have the same ways
out, so what a node does is read once for hundreds of people, and the loops become vector instructions. What one
person goes through depends on nobody else, nor on the order in which lists are taken: the sums are integers, so they
are the same bytes for any number of threads, sizes of chunks and people in flight.

What happens to a person is defined by the interpreter of the tests, `tests/simulation/oracle.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.bits import (
    WHOLE_MAGIC,
    WHOLE_OFFSET,
    YEAR_MAGIC,
    YEAR_OFFSET,
    Whole,
    ceil,
    compiled,
    in_years,
)
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
from amparo.simulation.kernels.lists import PAD, append, longest, new_lists, space
from amparo.simulation.kernels.philox import blocks
from amparo.simulation.kernels.polynomials import discounts, exponentials
from amparo.simulation.kernels.races import (
    add,
    choose,
    durations,
    sooner,
    sooner_hazard,
    sooner_of,
)
from amparo.simulation.kernels.ready import Ready, ready
from amparo.simulation.tables import (
    ACT,
    CLOCK,
    ENCOUNTERED,
    FINAL,
    FIXED,
    HAZARD,
    LIFE,
    LOTTERY,
    NEVER,
    ORDINARY,
    PICK,
    Tables,
)

__all__ = ["Chunk", "Log", "People", "ready", "run"]

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

POOL, WIDTH = 8192, 1024
"""People in flight, and the most in one wave: what a wave works on stays near the processor."""


def run(
    tables: Tables | Ready, people: People, seed: int, *, log: int = 0, pool: int = POOL, width: int = WIDTH
) -> Chunk:
    """What becomes of a chunk of people. `log`: of how many of them, from the first, to keep all that happens.

    `pool`, `width`: people in flight and in a wave; results do not depend on them. Raises `SimulationFault` where a
    choice leaves nothing to choose. Give `ready(tables)` where many chunks are run by the same tables.
    """
    a = tables if isinstance(tables, Ready) else ready(tables)
    kept = columns(min(log, len(people.class0)) * ROWS_A_PERSON)
    sums, rows = _lived(a, people, seed, pool, width, log, kept)
    if rows > len(kept.person):
        kept = columns(rows)
        sums, rows = _lived(a, people, seed, pool, width, log, kept)
    return chunk_of(sums, kept, rows)


def _lived(
    a: Ready, people: People, seed: int, pool: int, width: int, log: int, kept: Log
) -> tuple[Sums, int]:
    """The sums, and how many rows a log of it has: more than there is room for, if there are more."""
    sums, places = new_sums(a), max(1, min(pool, len(people.class0)))
    rows, node, class_ = _chunk(a, *started(a, people), *key_of(seed), places, width, log, sums, kept)
    if node >= 0:
        raise without_share(a, node, class_)
    return sums, rows


@compiled
def _chunk(
    a: Ready,
    first_person: int,
    class0: Ints,
    band_at: Floats,
    node0: Ints,
    k0: Whole,
    k1: Whole,
    pool: int,
    width: int,
    logged: int,
    sums: Sums,
    log: Log,
) -> tuple[int, int, int]:
    """All the histories of a chunk. Gives the rows of log there are, and node and class of a choice without shares."""
    n, stages, rows_logged = len(class0), len(a.hazards), 0
    events_of_life = a.rate.shape[1]
    horizon, per_rate, discounted = a.horizon, a.per_rate, a.decay < 0.0
    year_offset, whole_offset = np.int64(YEAR_OFFSET), np.int64(WHOLE_OFFSET)
    stay = len(a.stage)

    # people in flight, by place
    t, d, entry, opened, left = np.empty(pool), np.empty(pool), np.empty(pool), np.empty(pool), np.zeros(pool)
    band, window = np.empty(pool), np.empty(pool)
    who, class_, lived = np.empty(pool, np.uint64), np.empty(pool, np.int32), np.empty(pool, np.int32)
    events, visits = np.zeros((stages, pool), np.uint16), np.zeros((stages, pool), np.uint16)
    runs = new_runs(a.clock_number, pool)
    lists = new_lists(stay, pool)
    flat, free0, free = lists.flat, (len(lists.flat) // lists.room - 1) * lists.room, pool
    any_life, any_band = a.living.any(), (band_at < horizon).any()
    any_window = a.keeps_windows

    # one wave
    w = width + PAD
    people, life_people = np.zeros(w, np.int32), np.zeros(w, np.int32)
    c0, at_event, at_visit = np.zeros(w, np.uint64), np.zeros(w, np.uint64), np.zeros(w, np.uint64)
    v1, v2, scratch = np.zeros(w, np.uint64), np.zeros(w, np.uint64), np.zeros(w, np.uint64)
    f1, f2 = v1.view(np.float64), v2.view(np.float64)
    now, was, best, x, u, run = np.zeros(w), np.zeros(w), np.zeros(w), np.zeros(w), np.zeros(w), np.zeros(w)
    total = np.zeros(w)
    pick, which, fixed = np.zeros(w, np.int64), np.zeros(w, np.int64), np.zeros(w, np.int64)
    as_fixed = fixed.view(np.float64)
    q_class, q_sort, q_group = np.zeros(w, np.int32), np.zeros(w, np.int32), np.zeros(w, np.int32)

    taken_in, batch = 0, max(1, pool // 8)
    while True:
        # ---------------------------------------------------------------------------- people begin
        while taken_in < n and (free >= batch or free == pool):
            m = min(free, n - taken_in, width)
            for i in range(m):
                q = flat[free0 + free - 1 - i]
                p = taken_in + i
                people[i] = q
                t[q] = 0.0
                d[q] = 1.0
                entry[q] = 0.0
                opened[q] = 0.0
                band[q] = band_at[p]
                window[q] = NEVER
                class_[q] = class0[p]
                who[q] = first_person + p
                lived[q] = 0
            free -= m
            for s in range(stages):
                if a.hazards[s]:
                    for i in range(m):
                        events[s, people[i]] = 0
                if a.stays[s]:
                    for i in range(m):
                        visits[s, people[i]] = 0
            for c in range(a.clock_number):
                for i in range(m):
                    runs.due[c, people[i]] = NEVER
            if any_life:
                for i in range(m):
                    c0[i] = who[people[i]]
                    at_event[i] = 0
                blocks(c0, at_event, LIFE, 0, k0, k1, v1, v2, m)
                exponentials(v1, scratch, m)
                for i in range(m):
                    left[people[i]] = f1[i]
            for i in range(m):
                node = node0[taken_in + i]
                if a.mode[node] == FINAL:
                    flat[free0 + free] = people[i]
                    free += 1
                else:
                    flat[space(lists, node, 1)] = people[i]
            taken_in += m

        # ---------------------------------------------------------------------------- a wave
        node, m = longest(lists, width, people)
        if m == 0:
            break
        mp = (m + PAD - 1) // PAD * PAD
        st, j0, rows, mode, life = a.stage[node], a.first[node], a.number[node], a.mode[node], a.life[node]
        living = a.living[life] and mode == ORDINARY
        LIVED, AGED, CLOSED, OVER = rows, rows + 1, rows + 2, rows + 3
        by_sort = False
        for j in range(j0, j0 + rows):
            by_sort = by_sort or a.mult[j] >= 0 or (a.share[j] >= 0 and not a.flat[a.share[j]])

        for i in range(m):
            q = people[i]
            now[i] = t[q]
            was[i] = d[q]
            c0[i] = who[q]
        if a.hazards[st]:
            for i in range(m):
                q = people[i]
                at_event[i] = events[st, q]
                events[st, q] += np.uint16(1)
        if a.stays[st]:
            for i in range(m):
                at_visit[i] = visits[st, people[i]]
        if living or by_sort or a.groups > 1:
            for i in range(m):
                q_class[i] = class_[people[i]]
        if by_sort:
            for i in range(m):
                q_sort[i] = a.sort[q_class[i]]

        # ---------------------------------------------------------------------------- what comes first
        if mode == LOTTERY:
            slot = a.pick[j0]
            blocks(c0, at_visit, st, slot >> 1, k0, k1, v1, v2, mp)
            e = f2 if slot & 1 else f1
            for i in range(mp):
                u[i] = e[i] - 1.0
            poor = choose(a.share[j0 : j0 + rows], a.shares, a.flat, True, q_sort, u, run, pick, m)
            if poor >= 0:
                return rows_logged, node, class_[people[poor]]
            for i in range(mp):
                best[i] = now[i]
        else:
            for i in range(mp):
                best[i] = NEVER
                pick[i] = OVER
            for j in range(j0, j0 + rows):
                if a.kind[j] == CLOCK:
                    due = runs.due[a.clock[j]]
                    for i in range(m):
                        x[i] = max(due[people[i]] + 1.0, now[i])
                    sooner(x, j - j0, best, pick, mp)
            if any_band:
                for i in range(m):
                    x[i] = max(band[people[i]], now[i])
                sooner(x, AGED, best, pick, mp)
            if any_window:
                for i in range(m):
                    x[i] = max(window[people[i]], now[i])
                sooner(x, CLOSED, best, pick, mp)

            have, drawn1, drawn2, group_end = -1, False, False, j0
            for j in range(j0, j0 + rows):
                kind = a.kind[j]
                grouped = kind in (PICK, ACT)
                if kind == CLOCK or (kind == PICK and j < group_end):
                    continue
                if grouped and j >= group_end:
                    group_end = j + 1
                    while (
                        group_end < j0 + rows and a.kind[group_end] == kind and a.pick[group_end] == a.pick[j]
                    ):
                        group_end += 1
                    slot = a.pick[j]
                    key = (slot >> 1) * 2
                    if key != have or (drawn2 if slot & 1 else drawn1):
                        blocks(c0, at_visit, st, slot >> 1, k0, k1, v1, v2, mp)
                        have, drawn1, drawn2 = key, False, False
                    e = f2 if slot & 1 else f1
                    for i in range(mp):
                        u[i] = e[i] - 1.0
                    poor = choose(
                        a.share[j:group_end], a.shares, a.flat, kind == PICK, q_sort, u, run, which, m
                    )
                    if poor >= 0:
                        return rows_logged, node, class_[people[poor]]
                    for i in range(m):
                        which[i] += j - j0 if which[i] >= 0 else -rows

                # a unit exponential, by its address
                e = f1
                if a.dist[j] != FIXED or kind == HAZARD:
                    slot = a.slot[j]
                    key = (slot >> 1) * 2 + (1 if kind == HAZARD else 0)
                    if key != have:
                        number = at_event if kind == HAZARD else at_visit
                        blocks(c0, number, st, slot >> 1, k0, k1, v1, v2, mp)
                        have, drawn1, drawn2 = key, False, False
                    if slot & 1:
                        e = f2
                        if not drawn2:
                            exponentials(v2, scratch, mp)
                        drawn2 = True
                    else:
                        if not drawn1:
                            exponentials(v1, scratch, mp)
                        drawn1 = True

                scale, mult = a.scale[j], a.mult[j]
                if kind == HAZARD:
                    if mult >= 0:
                        by = a.multipliers[mult]
                        for i in range(m):
                            x[i] = e[i] * scale / by[q_sort[i]]
                        sooner_hazard(x, 1.0, now, j - j0, best, pick, mp)
                    else:
                        sooner_hazard(e, scale, now, j - j0, best, pick, mp)
                    continue

                if a.dist[j] == FIXED:
                    for i in range(mp):
                        x[i] = ceil(scale)
                else:
                    for i in range(mp):
                        x[i] = e[i]
                    if mult >= 0:
                        by = a.multipliers[mult]
                        for i in range(m):
                            x[i] /= by[q_sort[i]]
                    if a.dist[j] >= 0:
                        durations(a.inverse[a.dist[j]], x, scratch, run, mp)
                        for i in range(mp):
                            x[i] = ceil(run[i] * scale)
                    else:
                        for i in range(mp):
                            x[i] = ceil(x[i] * scale)
                if a.anchor[j] < 0:
                    for i in range(m):
                        x[i] += entry[people[i]]
                else:
                    due = runs.due[a.anchor[j]]
                    for i in range(m):
                        x[i] += due[people[i]] + 1.0
                for i in range(mp):
                    x[i] = now[i] + 1.0 if x[i] < now[i] + 1.0 else x[i]
                if kind == PICK:
                    sooner_of(x, which, best, pick, mp)
                elif kind == ACT:
                    for i in range(mp):
                        x[i] = x[i] if which[i] == j - j0 else NEVER
                    sooner(x, j - j0, best, pick, mp)
                else:
                    sooner(x, j - j0, best, pick, mp)

            if living:
                per_second = a.total[life]
                for i in range(m):
                    total[i] = per_second[q_class[i]]
                    u[i] = left[people[i]]
                for i in range(mp):
                    y = ceil(u[i] / total[i])
                    y = now[i] + (1.0 if y < 1.0 else y)
                    x[i] = y if total[i] > 0.0 else NEVER
                sooner(x, LIVED, best, pick, mp)

        # ---------------------------------------------------------------------------- until then
        for i in range(mp):
            pick[i] = pick[i] if best[i] < horizon else OVER
            x[i] = min(best[i], horizon)
        discounts(x, a.decay, u, mp)
        if living:
            for i in range(m):
                left[people[i]] -= total[i] * (x[i] - now[i])
        for i in range(m):
            q = people[i]
            t[q] = x[i]
            d[q] = u[i]
        if a.groups > 1:
            for i in range(m):
                g = a.group[q_class[i]]
                q_group[i] = g
                sums.seconds[st, g] += np.int64(x[i] - now[i])
                spent = was[i] - u[i] if discounted else x[i] - now[i]
                sums.years[st, g] += in_years(spent * per_rate)
        else:
            for i in range(mp):
                as_fixed[i] = (x[i] - now[i]) + WHOLE_MAGIC
            add(fixed, whole_offset, sums.seconds[st], m)
            for i in range(mp):
                as_fixed[i] = (was[i] - u[i] if discounted else x[i] - now[i]) * per_rate + YEAR_MAGIC
            add(fixed, year_offset, sums.years[st], m)
        for i in range(mp):
            as_fixed[i] = u[i] + YEAR_MAGIC
        if logged > 0:
            for i in range(m):
                if np.int64(c0[i]) - first_person < logged and pick[i] != OVER and pick[i] != LIVED:
                    what = j0 + pick[i] if pick[i] < rows else (BAND if pick[i] == AGED else WINDOW)
                    rows_logged = write(log, rows_logged, c0[i], x[i], what, node)

        # ---------------------------------------------------------------------------- and who goes where
        others = m
        for r in range(rows):
            j = j0 + r
            hits: Whole = np.int64(0)
            later: Whole = np.int64(0)
            for i in range(m):
                hits += pick[i] == r
                later += fixed[i] - year_offset if pick[i] == r else 0
            if hits == 0:
                continue
            others -= hits
            to = a.next[j]
            if to < 0:
                sums.missing[j] = 1
            ends = to < 0 or a.mode[to] == FINAL
            at = free0 + free if ends else space(lists, to, hits)
            free += hits if ends else 0
            append(flat, at, people, pick, r, m)
            count = a.counted[j]
            if a.groups > 1:
                for i in range(m):
                    if pick[i] == r:
                        sums.counts[count, q_group[i]] += 1
                        sums.dcounts[count, q_group[i]] += fixed[i] - year_offset
            else:
                sums.counts[count, 0] += hits
                sums.dcounts[count, 0] += later
            if ends or a.fresh[j]:
                continue
            going = flat[at : at + hits]
            if a.begins[j]:
                for i in range(hits):
                    opened[going[i]] = t[going[i]]
                    for c in range(a.clock_number):
                        runs.due[c, going[i]] = NEVER
            for op in range(a.op0[j], a.op0[j] + a.opn[j]):
                operate(a.clocks, op, runs, going, t, opened)
            if a.effect[j] >= 0:
                effect = a.effects[a.effect[j]]
                for i in range(hits):
                    class_[going[i]] = effect[class_[going[i]]]
            if a.window[j] >= 0:
                for i in range(hits):
                    class_[going[i]] = a.window_opens[a.window[j], class_[going[i]]]
                    window[going[i]] = t[going[i]] + a.window_seconds[a.window[j]]
            if a.anew[j] and a.keeps_entry:
                for i in range(hits):
                    entry[going[i]] = t[going[i]]
            if a.anew[j] and a.stays[a.stage[to]]:
                for i in range(hits):
                    visits[a.stage[to], going[i]] += np.uint16(1)

        lives = 0
        if others == 0:
            continue
        if not (living or any_band or any_window):
            append(flat, free0 + free, people, pick, OVER, m)
            free += others
            continue
        for i in range(m):
            q = people[i]
            if pick[i] == OVER:
                flat[free0 + free] = q
                free += 1
            elif pick[i] == AGED:
                class_[q] = a.band_effect[class_[q]]
                band[q] += a.band_seconds
                flat[space(lists, node, 1)] = q
            elif pick[i] == CLOSED:
                class_[q] = a.window_closes[class_[q]]
                window[q] = NEVER
                flat[space(lists, node, 1)] = q
            elif pick[i] == LIVED:
                life_people[lives] = q
                lives += 1
        if lives == 0:
            continue

        # ---------------------------------------------------------------------------- events of life
        for i in range(lives):
            q = life_people[i]
            c0[i] = who[q]
            at_event[i] = lived[q]
            q_class[i] = class_[q]
        blocks(c0, at_event, LIFE, 0, k0, k1, v1, v2, lives)
        for i in range(lives):
            run[i] = 0.0
            which[i] = 0
        for e_ in range(events_of_life):
            rate = a.rate[life, e_]
            for i in range(lives):
                run[i] += rate[q_class[i]]
        for i in range(lives):
            u[i] = (f2[i] - 1.0) * run[i]
            run[i] = 0.0
        for e_ in range(events_of_life):
            rate = a.rate[life, e_]
            for i in range(lives):
                which[i] = e_ if u[i] >= run[i] else which[i]
                run[i] += rate[q_class[i]]
        for i in range(lives):
            at_event[i] += np.uint64(1)
        blocks(c0, at_event, LIFE, 0, k0, k1, v1, v2, lives)
        exponentials(v1, scratch, lives)
        for i in range(lives):
            q, what, to = life_people[i], which[i], node
            lived[q] += 1
            left[q] = f1[i]
            g = a.group[q_class[i]]
            sums.counts[a.life_counted[what], g] += 1
            sums.dcounts[a.life_counted[what], g] += in_years(d[q])
            if logged > 0 and np.int64(c0[i]) - first_person < logged:
                rows_logged = write(log, rows_logged, c0[i], t[q], -1 - what, node)
            if what == ENCOUNTERED and node != a.free:
                flat[space(lists, node, 1)] = q
                continue
            class_[q] = a.life_effect[what, q_class[i]]
            if a.life_window[what] >= 0:
                class_[q] = a.window_opens[a.life_window[what], class_[q]]
                window[q] = t[q] + a.window_seconds[a.life_window[what]]
            to = a.met if what == ENCOUNTERED else a.life_next[what]
            if to < 0:
                to = node
            else:
                entry[q] = t[q]
                visits[a.stage[to], q] += np.uint16(1)
            if a.mode[to] == FINAL:
                flat[free0 + free] = q
                free += 1
            else:
                flat[space(lists, to, 1)] = q
    return rows_logged, -1, 0
