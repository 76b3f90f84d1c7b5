"""Where people stand: a list for each node where somebody does, made and given back as they come and go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from amparo.simulation.kernels.bits import Whole, compiled

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

PAD = 32
"""Waves are worked in multiples of this, so that no vector loop has a rest."""


class Lists(NamedTuple):
    """Who stands where. flat: the lists one after the other, `room` long each; the last is of free places. of, node:
    the list of a node (-1: nobody stands there), the node of a list. sizes: how long each is. spare: lists not in
    use. marks: how many are spare, and how many of the lists were ever in use.
    """

    flat: Ints
    of: Ints
    node: Ints
    sizes: Ints
    spare: Ints
    marks: Ints
    room: int


@compiled
def new_lists(nodes: int, pool: int) -> Lists:
    """Nobody stands anywhere; every place is free."""
    number, room = min(nodes, pool), pool + PAD
    lists = Lists(
        np.empty((number + 1) * room, np.int32),
        np.full(nodes, -1, np.int32),
        np.zeros(number, np.int32),
        np.zeros(number, np.int32),
        np.arange(number - 1, -1, -1).astype(np.int32),
        np.array([number, 0], np.int32),
        room,
    )
    for i in range(pool):
        lists.flat[number * room + i] = pool - 1 - i
    return lists


@compiled
def space(lists: Lists, node: int, people: Whole) -> int:
    """Makes room for more people at the end of a node's list: where they go in `flat`."""
    s = lists.of[node]
    if s < 0:
        lists.marks[0] -= 1
        s = lists.spare[lists.marks[0]]
        lists.marks[1] = max(lists.marks[1], s + 1)
        lists.of[node] = s
        lists.node[s] = node
    at: int = s * lists.room + lists.sizes[s]
    lists.sizes[s] += people
    return at


@compiled
def longest(lists: Lists, width: int, people: Ints) -> tuple[int, int]:
    """Takes the longest list, or the end of it: the node, and how many people; 0 if nobody is left."""
    most, s = 0, 0
    for i in range(lists.marks[1]):
        if lists.sizes[i] > most:
            most, s = lists.sizes[i], i
    m, node = min(most, width), lists.node[s]
    at = s * lists.room + most - m
    for i in range(m):
        people[i] = lists.flat[at + i]
    lists.sizes[s] = most - m
    if 0 < most == m:
        lists.of[node] = -1
        lists.spare[lists.marks[0]] = s
        lists.marks[0] += 1
    return node, m


@compiled
def append(flat: Ints, at: int, people: Ints, pick: Longs, r: int, m: int) -> None:
    """Those who take row r, one after the other; one more place is written and means nothing."""
    for i in range(m):
        flat[at] = people[i]
        at += pick[i] == r
