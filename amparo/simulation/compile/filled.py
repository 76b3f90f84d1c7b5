"""Tables for one draw of the parameters: a wired arm with its numbers filled in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.compile.classes import AGE, WINDOW, Classes
from amparo.simulation.compile.lengths import ROLLS, Lengths
from amparo.simulation.compile.life import EVENTS, TURNS, Numbers, Rates
from amparo.simulation.compile.shares import Formula, Shares, number
from amparo.simulation.compile.wired import CODES, TIMES, Placed, Share, Wire
from amparo.simulation.evidence.durations import duration, inverse_row
from amparo.simulation.evidence.model import LITERALS, NEXT, Evidence, Ref
from amparo.simulation.tables import (
    EXPONENTIAL,
    FIXED,
    HAZARD,
    KNOTS,
    YEAR,
    Clocks,
    Life,
    Nodes,
    Tables,
    Transitions,
)  # fmt: skip

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
AllNumbers = Mapping[str, Numbers]
"""Pathway -> the numbers of its evidence in one draw."""


class Numbered:
    """Things in the order in which they were first seen."""

    def __init__(self) -> None:
        self.known: dict[Any, int] = {}

    def of(self, thing: Hashable) -> int:
        """The number of a thing."""
        return self.known.setdefault(thing, len(self.known))


class Place(NamedTuple):
    """A study's place: the population's evidence, everybody's by pathway, classes and shares, horizon and discounting.

    groups: dimensions by which people's time is kept apart. seconds: the horizon. rate: continuous, a year.
    """

    evidence: Evidence
    all_: Mapping[str, Evidence]
    classes: Classes
    shares: Mapping[str, Shares]
    rates: Rates
    lengths: Lengths
    groups: tuple[str, ...]
    seconds: float
    rate: float
    windows: Mapping[str, str]


class Filling:
    """Fills one arm. placed: its nodes; otherwise, begins: option or door -> value's name."""

    def __init__(
        self, placed: Sequence[Placed], place: Place, otherwise: Mapping[str, str], begins: Mapping[str, str] |
        None = None
    ) -> None:  # fmt: skip
        self.placed, self.place, self.otherwise, self.begins = placed, place, otherwise, begins or {}
        self.stages, self.counts, self.life_rows = Numbered(), Numbered(), Numbered()
        self.share_rows, self.mult_rows, self.dists, self.effects = (
            Numbered(),
            Numbered(),
            Numbered(),
            Numbered(),
        )
        self.clocks, self.windows = Numbered(), Numbered()
        self.dists.of(("", ""))
        self.wires = [wire for node in placed for wire in node.wires]
        for name in place.evidence.windows:
            self.windows.of(name)
        self._structure()

    # ------------------------------------------------------------------------------------------ structure
    def _structure(self) -> None:
        for event in EVENTS:
            self.counts.of(f"life:{event}")
        self.changes: list[tuple[Wire, Any]] = []
        self.op0: list[int] = []
        for wire in self.wires:
            self.counts.of(wire.counted)
            if wire.clock:
                self.clocks.of(wire.clock)
            self.op0.append(len(self.changes))
            for change in wire.changes:
                self.changes.append((wire, change))
                self.clocks.of(f"{wire.pathway}:{change.clock}")
                if change.length[0] or change.what in ("now", "end_of", "opened"):
                    self.place.lengths.number(change.length)
        self._nodes = self._made_nodes()
        self._clocks = self._made_clocks()
        dims = self._dims()
        self.sort, self.reps = self.place.classes.sorts(dims)
        self._fixed = self._made_transitions()
        self._effects = self._made_effects()

    def _made_nodes(self) -> Nodes:
        first, at = [], 0
        for node in self.placed:
            first.append(at)
            at += len(node.wires)
        return Nodes(
            stage=ints(self.stages.of(node.stage) for node in self.placed),
            first=ints(first),
            number=ints(len(node.wires) for node in self.placed),
            life=ints(self.life_rows.of(node.life) for node in self.placed),
            mode=np.array([node.mode for node in self.placed], dtype=np.uint8),
        )

    def _made_clocks(self) -> Clocks:
        lengths, calendar_days = self.place.lengths, self.place.lengths.days
        rows = [change for _, change in self.changes]
        owner = [wire.pathway for wire, _ in self.changes]
        return Clocks(
            number=max(1, len(self.clocks.known)),
            code=ints(CODES[c.what] for c in rows),
            clock=ints(self.clocks.of(f"{p}:{c.clock}") for p, c in zip(owner, rows, strict=True)),
            length=ints(
                lengths.number(c.length) if (c.length[0] or c.what in ("now", "end_of", "opened")) else 0
                for c in rows
            ),
            of=ints(self.clocks.of(f"{p}:{c.of}") if c.of else 0 for p, c in zip(owner, rows, strict=True)),
            offset=np.array([float(c.offset) for c in rows]),
            days=ints(c.days for c in rows),
            roll=ints(ROLLS.index(c.roll) for c in rows),
            part_days=np.array([c.part_days for c in rows], dtype=np.uint8),
            seconds=lengths.seconds(),
            due_day=lengths.due_day(),
            day_start=calendar_days.begins(),
            last_second=np.stack([calendar_days.ends(roll) for roll in ROLLS]),
        )

    def _dims(self) -> frozenset[str]:
        found: set[str] = set()
        for wire in self.wires:
            for share in (wire.share, wire.mult):
                if share is None or share.made is None:
                    continue
                shares = self.place.shares[share.pathway]
                found |= shares.dims(share.made)
                found |= {when.partition(".")[0] for when in self._times(share)}
        return frozenset(found)

    def _times(self, share: Share) -> Mapping[str, Ref]:
        """What multiplies the hazard of a way on, or of the duration of a choice."""
        exit_ = self._exit(share)
        choices = self.place.all_[share.pathway].choices
        choice = choices.get(share.made.name) if share.part == TIMES and share.made is not None else None
        return choice.times if choice is not None else exit_.times if exit_ is not None else {}

    def _exit(self, share: Share) -> Any:
        shares = self.place.shares[share.pathway]
        return shares.exit(share.made.stage, share.key) if share.key and share.made is not None else None

    def _made_transitions(self) -> dict[str, Any]:
        wires = self.wires
        window = [self.windows.of(w.window) if w.window else -1 for w in wires]
        return {
            "kind": np.array([w.kind for w in wires], dtype=np.uint8),
            "slot": ints(w.slot for w in wires),
            "pick": ints(w.pick for w in wires),
            "dist": ints(self._dist(w) for w in wires),
            "mult": ints(self.mult_rows.of(w.mult) if w.mult is not None else -1 for w in wires),
            "share": ints(self.share_rows.of(w.share) if w.share is not None else -1 for w in wires),
            "anchor": ints(self.clocks.of(w.anchor) if w.anchor else -1 for w in wires),
            "clock": ints(self.clocks.of(w.clock) if w.clock else -1 for w in wires),
            "next": ints(w.next for w in wires),
            "op0": ints(self.op0),
            "opn": ints(len(w.changes) for w in wires),
            "counted": ints(self.counts.of(w.counted) for w in wires),
            "effect": ints(self.effects.of(w.effect) if w.effect else -1 for w in wires),
            "window": ints(window),
            "anew": np.array([w.anew for w in wires], dtype=np.uint8),
            "place": np.full(len(wires), -1, dtype=np.int32),
            "ends": np.array([w.ends for w in wires], dtype=np.uint8),
            "begins": np.array([w.begins for w in wires], dtype=np.uint8),
        }

    def _dist(self, wire: Wire) -> int:
        if wire.dist in (EXPONENTIAL, FIXED) and not wire.duration[1]:
            return wire.dist
        kind = self._duration(wire.duration).kind
        return kind if kind in (EXPONENTIAL, FIXED) else self.dists.of(wire.duration)

    def _duration(self, name: tuple[str, str]) -> Any:
        return duration(self.place.all_[name[0]].values[name[1]])

    def _made_effects(self) -> Ints:
        classes = self.place.classes
        rows = []
        for effect in self.effects.known:
            now = classes.all_.astype(np.int32)
            for name, code in effect:
                if name in classes.dims and code == NEXT:
                    now = classes.later(name)[now]
                elif name in classes.dims and code in classes.dims[name]:
                    now = classes.moved(name, code)[now]
            rows.append(now)
        return np.stack(rows) if rows else classes.all_.astype(np.int32)[None, :]

    # ------------------------------------------------------------------------------------------ numbers
    def tables(self, numbers: AllNumbers) -> Tables:
        """The tables of one draw."""
        shares = self._worked_out(list(self.share_rows.known), numbers)
        mults = self._worked_out(list(self.mult_rows.known), numbers)
        scales = self._scales(numbers)
        self._fold(scales, mults)
        transitions = Transitions(**self._fixed, scale=scales)
        classes = self.place.classes
        group, _ = classes.sorts(self.place.groups)
        return Tables(
            nodes=self._nodes,
            transitions=transitions,
            clocks=self._clocks,
            life=self._life(numbers),
            inverse=self._inverse(),
            multipliers=mults,
            shares=shares,
            effects=self._effects,
            group=group,
            sort=self.sort,
            stages=tuple(self.stages.known),
            counts=tuple(self.counts.known),
            free=0,
            met=next((n for n, node in enumerate(self.placed) if node.stage == "met"), -1),
            horizon=self.place.seconds,
            rate=self.place.rate,
            places={},
        )

    def _fold(self, scales: Floats, mults: Floats) -> None:
        """Hazards that are the same for everybody go into the scale: kernels then look nothing up by person."""
        same = (mults > 0).all(axis=1) & (mults == mults[:, :1]).all(axis=1)
        rows = self._fixed["mult"]
        folded = np.flatnonzero((rows >= 0) & same[rows] & (self._fixed["kind"] == HAZARD))
        scales[folded] /= mults[rows[folded], 0]
        mults[rows[folded]] = 1.0

    def _scales(self, numbers: AllNumbers) -> Floats:
        return np.array([self._scale(wire, numbers) for wire in self.wires])

    def _scale(self, wire: Wire, numbers: AllNumbers) -> float:
        if wire.mult is not None and wire.kind == HAZARD:
            return YEAR
        if not wire.duration[1]:
            return 1.0
        pathway, name = wire.duration
        return float(self._duration(wire.duration).scale * numbers[pathway][name])

    def _inverse(self) -> Floats:
        rows = [inverse_row(self._duration(name)) for name in self.dists.known if name[1]]
        return np.stack([np.zeros(2 * KNOTS), *(row.ravel() for row in rows)])

    def _worked_out(self, wanted: list[Share], numbers: AllNumbers) -> Floats:
        out = np.zeros((max(1, len(wanted)), len(self.reps)))
        known: dict[tuple[str, Formula], Floats] = {}
        for n, share in enumerate(wanted):
            out[n] = self._one(share, numbers, known)
        return out

    def _one(self, share: Share, numbers: AllNumbers, known: dict[tuple[str, Formula], Floats]) -> Floats:
        if share.made is None:
            return np.full(len(self.reps), self._otherwise(share.key, numbers, self.otherwise))
        shares, own = self.place.shares[share.pathway], numbers[share.pathway]
        key = (share.pathway, share.made)
        if key not in known:
            known[key] = shares.work_out(share.made, own, self.reps)
        rows = known[key]
        if share.part == TIMES:
            return self._multiplied(np.ones(len(self.reps)), share, own)
        if share.part == "begins":
            return np.asarray(rows[share.row] * self._otherwise(share.key, numbers, self.begins))
        if share.part:
            return self._at_door(share, rows, own)
        exit_ = self._exit(share)
        if exit_ is None or exit_.hazard is None:
            return np.asarray(rows[share.row])
        rate = shares.by(exit_.hazard, exit_.by, own, self.reps)
        return np.asarray(rows[share.row] * self._multiplied(rate, share, own))

    def _multiplied(self, rate: Floats, share: Share, own: Numbers) -> Floats:
        for when, ref in self._times(share).items():
            rate = np.where(self.place.rates.holds(when)[self.reps], rate * own[ref.name], rate)
        return rate

    def _at_door(self, share: Share, rows: Floats, own: Numbers) -> Floats:
        offer = self.place.all_[share.pathway].offers.get(share.door)
        offered = number(offer.offered, own) if offer else 1.0
        accepted = number(offer.accepted, own) if offer else 1.0
        all_ = np.asarray(rows.sum(axis=0))
        parts: Mapping[str, Callable[[], Floats]] = {
            "not_eligible": lambda: np.maximum(1.0 - all_, 0.0),
            "not_offered": lambda: all_ * (1.0 - offered),
            "said_no": lambda: all_ * offered * (1.0 - accepted),
            "taken": lambda: rows[share.row] * offered * accepted,
        }
        return parts[share.part]()

    def _otherwise(self, name: str, numbers: AllNumbers, shares: Mapping[str, str]) -> float:
        own = numbers[self.place.evidence.pathway]
        known = {n: float(v if v in LITERALS else own[v]) for n, v in shares.items() if v != "rest"}
        return known[name] if name in known else max(0.0, 1.0 - sum(known.values()))

    # ------------------------------------------------------------------------------------------ life
    def _life(self, numbers: AllNumbers) -> Life:
        own = dict(numbers[self.place.evidence.pathway])
        for name, held in numbers.items():
            own |= {k: v for k, v in held.items() if k not in own and name != self.place.evidence.pathway}
        classes = self.place.classes
        rate = np.stack([self.place.rates.work_out(row, own) for row in self.life_rows.known])
        effect = np.stack([self._turned(event) for event in EVENTS])
        windows = list(self.windows.known)
        seconds = np.array([self.place.evidence.windows[name].seconds for name in windows] or [1.0])
        opens = np.stack([classes.moved(WINDOW, name) for name in windows] or [classes.all_.astype(np.int32)])
        deadly = {node.stage: n for n, node in enumerate(self.placed) if node.stage.startswith("dead:")}
        return Life(
            rate=rate,
            total=np.ascontiguousarray(rate.sum(axis=1)),
            effect=effect,
            counted=ints(self.counts.of(f"life:{event}") for event in EVENTS),
            next=ints(deadly.get(f"dead:{event}", -1) for event in EVENTS),
            window=ints(
                self.windows.of(self.place.windows[e]) if e in self.place.windows else -1 for e in EVENTS
            ),
            band_seconds=5 * YEAR,
            band_effect=classes.later(AGE) if AGE in classes.dims else classes.all_.astype(np.int32),
            seconds=seconds,
            opens=opens,
            closes=classes.moved(WINDOW, ""),
        )

    def _turned(self, event: str) -> Ints:
        classes = self.place.classes
        if event not in TURNS or TURNS[event][0] not in classes.dims:
            return classes.all_.astype(np.int32)
        column, _, code = TURNS[event]
        return classes.moved(column, code)


def ints(found: Any) -> Ints:
    """Whole numbers as the kernel keeps them."""
    return np.array(list(found), dtype=np.int32)
