"""Compiles the kernel that studies run, so that the first of them does not wait for it: `python -m …kernels.warm`.

What is compiled is kept beside its source. Where that cannot be written to, the first run compiles it again.
"""

from __future__ import annotations

import numpy as np

from amparo.simulation.kernels.waves import People, run
from amparo.simulation.simple import chain


def warm() -> int:
    """Runs one person through two states. Returns how many events that were."""
    tables = chain({"here": [("there", 1.0)], "there": []}, years=1.0, rate=0.0)
    one = People(0, np.zeros(1, np.int32), np.full(1, 1e300), np.zeros(1, np.int32))
    return int(run(tables, one, 1).counts.sum())


if __name__ == "__main__":
    warm()
