"""Make this checkout runnable from the virtual environment that runs this script.

An editable install would do the same, but fetches a build system first. Here a `.pth` file names the
checkout, and each command of `[project.scripts]` becomes a file beside the interpreter.
"""

import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Both sh and Python can read its first lines; a plain `#!/path/to/python` may not be long or hold a space.
LAUNCHER = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from {module} import {function}

sys.exit({function}())
"""


def commands() -> dict[str, str]:
    """The commands that the project declares, each with its `module:function`."""
    declared: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    return declared


def write_launcher(name: str, target: str) -> None:
    """Put the command `name` beside the interpreter."""
    module, function = target.split(":")
    launcher = Path(sys.executable).with_name(name)
    launcher.write_text(LAUNCHER.format(python=sys.executable, module=module, function=function))
    launcher.chmod(0o755)


def main() -> None:
    if sys.prefix == sys.base_prefix:
        sys.exit("Run this with the interpreter of a virtual environment, as `make setup` does.")
    Path(sysconfig.get_path("purelib"), "amparo.pth").write_text(f"{ROOT}\n")
    for name, target in commands().items():
        write_launcher(name, target)


if __name__ == "__main__":
    main()
