"""An invented programme with evidence for all of it, and faults planted in that evidence."""

from pathlib import Path

from amparo.pathways.reader import read_folder
from amparo.simulation.evidence import Evidence, read_evidence_text
from amparo.simulation.evidence.checks import check

FOLDER = Path(__file__).parent / "ferry"
FERRY = read_folder(FOLDER)
TEXT = (FOLDER / "evidence.yaml").read_text(encoding="utf-8")


def evidence(old: str = "", new: str = "") -> Evidence:
    """The evidence, with one text replaced if one is named; it must stand there exactly once."""
    return read_evidence_text(planted(old, new) if old else TEXT, "ferry/evidence.yaml")


def planted(old: str, new: str) -> str:
    assert TEXT.count(old) == 1, f"{old!r} stands {TEXT.count(old)} times"
    return TEXT.replace(old, new)


def found(old: str = "", new: str = "") -> list[str]:
    """What `check` says of the evidence with one text replaced, without its warnings."""
    return [str(finding) for finding in check(FERRY, evidence(old, new)) if not finding.warn]


def warned(old: str = "", new: str = "") -> list[str]:
    """The warnings alone."""
    return [str(finding) for finding in check(FERRY, evidence(old, new)) if finding.warn]


def line_of(part: str, text: str = TEXT) -> int:
    """The number of the first line that holds a part."""
    return text[: text.index(part)].count("\n") + 1
