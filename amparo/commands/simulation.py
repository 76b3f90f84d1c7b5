"""`amparo simulate` and `amparo study` hand over to a process of their own: kernels are loaded there, and never in
one that serves pages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import Any

MODULES = {
    "simulate": (
        "amparo.commands.simulating",
        "try programmes on a simulated population, beside what happens otherwise",
    ),
    "study": ("amparo.commands.studying", "run published studies again, and say hit or miss"),
}


def add(commands: Any) -> None:
    """simulate, study."""
    for name, (module, words) in MODULES.items():
        one = commands.add_parser(name, help=words, add_help=False)
        one.set_defaults(run=run, module=module, passes_on=True)


def run(options: argparse.Namespace) -> int:
    """Runs it with what follows its name."""
    with subprocess.Popen([sys.executable, "-m", options.module, *options.rest]) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # it was told as well, and says so itself
                continue
