"""`amparo study`: published results reproduced by the simulator, hit or miss. A process of its own, for its kernels."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence

from amparo.errors import AmparoError
from amparo.simulation.validation import StudyResult, run_study, studies


def grammar() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    one = argparse.ArgumentParser(
        prog="amparo study", description="Runs published studies again, and says hit or miss."
    )
    one.add_argument("name", nargs="*", help="; ".join(studies()))
    one.add_argument(
        "--people", type=int, help="how many are simulated; as many as the study says if not given"
    )
    one.add_argument("--seed", type=int, default=1, help="the same seed gives the same numbers (1)")
    one.add_argument("--threads", type=int, default=2, help="processors to use (2)")
    return one


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the studies named, all if none is; 0 if everything is within its tolerance."""
    options = grammar().parse_args(arguments)
    hit = True
    try:
        for name in options.name or studies():
            found = run_study(name, options.people, options.seed, options.threads)
            print(said(found))
            hit = hit and found.hit
    except AmparoError as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0 if hit else 1


def said(found: StudyResult) -> str:
    """A result as text: every row with what was published, what came out, and by how much it may be off."""
    lines = [f"{found.name}: {found.title}", f"{found.people:,} people, seed {found.seed}"]
    for row in found.rows:
        verdict = "hit " if row.hit else "MISS"
        lines.append(
            f"  {verdict}  {row.name:42} published {row.published:12.4f}  ours {row.ours:12.4f} "
            f"(chance {row.error:.4f}, may be off by {row.tolerance:.4f})  {row.source}"
        )
    for remark in found.remarks:
        lines += textwrap.wrap(remark, 98, initial_indent="  - ", subsequent_indent="    ")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
