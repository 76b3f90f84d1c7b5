"""The programme of `tour.yaml`, and faults planted in it."""

from pathlib import Path

TOUR = (Path(__file__).parent / "tour.yaml").read_text(encoding="utf-8")


def planted(old: str, new: str) -> str:
    """The tour with one text replaced; the text must stand there exactly once."""
    assert TOUR.count(old) == 1, f"{old!r} stands {TOUR.count(old)} times"
    return TOUR.replace(old, new)


def line_of(text: str, part: str) -> int:
    """The number of the first line that holds a part."""
    return text[: text.index(part)].count("\n") + 1
