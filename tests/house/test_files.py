"""What lies in the project: nothing of one machine, nothing without its licence."""

import re
from pathlib import Path

import pytest

from tests.house import source

# Written so that this file does not itself hold what it looks for.
REGISTRY = re.compile(
    r"\b(pypi|pythonhosted|npmjs|debian|ubuntu|crates|rubygems|maven|ghcr|quay|docker|jsdelivr|unpkg)"
    r"\.(org|io|com|net|dev|python)\b",
    re.IGNORECASE,
)
PLACE = re.compile(r"(?<![\w.])/(work|root|home|Users|opt)/\w|\.\./" + "shared" + r"\b")
PRIVATE_ADDRESS = re.compile(r"(?<![\d.])(10\.\d+|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+(?![\d.])")

VENDORED_KIND = re.compile(r"\.min\.(js|css|mjs)$|\.(woff2?|ttf|otf|eot)$")


def _texts() -> list[Path]:
    """Our own texts: not what others wrote, which is kept as they wrote it."""
    binary = {".png", ".jpg", ".ico", ".mo", ".pdf", ".woff2"}
    return [
        path
        for path in source.files()
        if path.suffix not in binary and "vendor" not in path.parts and path.name not in ("LICENSE", "NOTICE")
    ]


def _said(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{source.name(path)}:{number}: {found.group()}"
        for path in _texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := pattern.search(line))
    ]


@pytest.mark.parametrize("pattern", [REGISTRY, PLACE, PRIVATE_ADDRESS], ids=["registry", "folder", "address"])
def test_no_file_names_a_machine_or_a_place_to_fetch_from(pattern: re.Pattern[str]) -> None:
    assert _said(pattern) == []


def test_the_patterns_find_what_they_are_for() -> None:
    planted = {
        REGISTRY: "https://files.python" + "hosted.org/x",
        PLACE: " /ho" + "me/ana",
        PRIVATE_ADDRESS: "10.0" + ".0.7",
    }
    assert all(pattern.search(text) for pattern, text in planted.items())


def test_what_others_wrote_lies_in_a_vendor_folder() -> None:
    loose = [
        path for path in source.files() if VENDORED_KIND.search(path.name) and "vendor" not in path.parts
    ]
    assert [source.name(path) for path in loose] == []


def test_what_others_wrote_has_its_licence_beside_it() -> None:
    homes = {_home(path) for path in source.files() if "vendor" in path.parts}
    assert homes, "no vendor folder found: axe-core should be one"
    bare = [source.name(home) for home in homes if not _licences(home)]
    assert bare == [], "a folder vendor/<name>/ needs a LICENSE with its text"


def test_the_notice_names_whose_work_we_carry() -> None:
    notice = (source.ROOT / "NOTICE").read_text(encoding="utf-8")
    homes = {source.name(_home(path)) for path in source.files() if "vendor" in path.parts}
    assert [home for home in homes if home not in notice] == []


def _home(path: Path) -> Path:
    """The folder `vendor/<name>` that holds this file; a file directly in `vendor/` has no licence."""
    return Path(*path.parts[: path.parts.index("vendor") + 2])


def _licences(home: Path) -> list[Path]:
    return [path for path in home.glob("LICENSE*") if path.stat().st_size > 500]
