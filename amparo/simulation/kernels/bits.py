"""The machine's own words: bits of a number, one rounding for multiply-and-add, the next whole number above.

None of these leave a choice to a compiler or to a machine's library of functions, so results are the same bytes
everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.extending import intrinsic

from amparo.simulation import tables

F = TypeVar("F", bound=Callable[..., Any])

Whole = Any
"""A whole number in a kernel: 64 bits, signed or not as its maker left it."""

YEAR_BITS = 36
"""Years and discounted counts are kept as whole numbers of 2^-36."""
YEAR_MAGIC = 1.5 * 2.0 ** (52 - YEAR_BITS)
YEAR_OFFSET = int(np.float64(YEAR_MAGIC).view(np.int64))
"""Adding the magic number rounds to 2^-36 and leaves the whole number in the lower bits, above the offset."""

WHOLE_MAGIC = 1.5 * 2.0**52
WHOLE_OFFSET = int(np.float64(WHOLE_MAGIC).view(np.int64))
"""The same for whole numbers, here of seconds."""


def compiled(function: F) -> F:
    """Compiled once for a machine and kept beside its source; other threads run meanwhile; IEEE 754 to the letter."""
    kernel = njit(nogil=True, cache=True, error_model="numpy", fastmath=False)(function)
    _forget_what_other_sources_made(kernel.stats.cache_path)
    return cast(F, kernel)


@cache
def _forget_what_other_sources_made(folder: str) -> None:
    """Numba compiles a function anew when its own file has changed, but not when one that it calls has; so what is kept
    goes when any file of the kernels changes.
    """
    sources = (*sorted(Path(__file__).parent.glob("*.py")), Path(tables.__file__))
    made_of = sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    known = Path(folder) / "kernels.sha256"
    if known.exists() and known.read_text() == made_of:
        return
    for kept in known.parent.glob("*.nbi"):
        if kept.name.split(".")[0] in {source.stem for source in sources}:
            kept.unlink(missing_ok=True)
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(made_of)


def _builtin(build: Callable[..., Any]) -> Any:
    """A word of the machine that kernels may call."""
    return intrinsic(build)


@_builtin
def fma(typing: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c, rounded once."""
    number = types.float64
    return number(number, number, number), lambda _, builder, __, args: builder.fma(*args)


@_builtin
def ceil(typing: Any, x: Any) -> Any:
    """The least whole number that is not less."""

    def build(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.call(builder.module.declare_intrinsic("llvm.ceil", [ir.DoubleType()]), args)

    return types.float64(types.float64), build


@_builtin
def as_float(typing: Any, x: Any) -> Any:
    """The number that these 64 bits write."""
    return types.float64(types.uint64), lambda _, builder, __, args: builder.bitcast(args[0], ir.DoubleType())


@_builtin
def as_bits(typing: Any, x: Any) -> Any:
    """The 64 bits that write this number."""
    return types.uint64(types.float64), lambda _, builder, __, args: builder.bitcast(args[0], ir.IntType(64))


@compiled
def in_years(x: float) -> Whole:
    """A number as a whole number of 2^-36, to the nearest, ties to even. For magnitudes below 2^15."""
    return np.int64(as_bits(x + YEAR_MAGIC)) - np.int64(YEAR_OFFSET)
