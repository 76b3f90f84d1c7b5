"""What `amparo check` finds in the folder of a programme: letters, published versions, wider sight."""

from pathlib import Path

import pytest

from amparo.pathways.check import check
from amparo.pathways.check.versions import digest
from amparo.pathways.reader import read_folder
from tests.pathways.tour import TOUR, planted

LETTER = '#said("rights")\nWhen: #field("occurred_at"), until #field("setting dispute_window")\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tour as a programme's folder, with its one letter."""
    place = tmp_path / "tour-caution"
    (place / "letters").mkdir(parents=True)
    (place / "pathway.yaml").write_text(TOUR.replace("dispute_window]}", "dispute_window], says: [rights]}"))
    (place / "letters" / "caution.en.typ").write_text(LETTER)
    return place


def found(folder: Path) -> list[str]:
    return [str(finding) for finding in check(read_folder(folder), folder)]


def publish(folder: Path, text: str, version: str = "0.9") -> Path:
    """A published version beside the working one, with its hash."""
    place = folder / "versions" / version
    place.mkdir(parents=True)
    ended = text.replace("{from: 2026-01-01}", "{from: 2025-01-01, until: 2025-12-31}")
    (place / "pathway.yaml").write_text(ended.replace('version: "1"', f'version: "{version}"'))
    (folder / "versions" / "hashes.yaml").write_text(f'"{version}": {digest(place)}\n')
    return place


def test_a_whole_folder_has_no_finding(folder: Path) -> None:
    publish(folder, TOUR)
    assert found(folder) == []


def test_a_letter_without_its_file_is_named(folder: Path) -> None:
    (folder / "letters" / "caution.en.typ").unlink()
    assert " T2 letter 'caution' has no file letters/caution.en.typ" in found(folder)[0]


def test_a_field_that_the_letter_does_not_list_is_found_in_its_file(folder: Path) -> None:
    (folder / "letters" / "caution.en.typ").write_text(LETTER + 'Age: #field("age")\n')
    assert found(folder)[0].startswith("letters/caution.en.typ:3:14 T3 'age' is used and not listed")


def test_a_published_version_never_changes(folder: Path) -> None:
    place = publish(folder, TOUR)
    (place / "pathway.yaml").write_text((place / "pathway.yaml").read_text() + "# one word more\n")
    assert "V1 published version 0.9 was changed" in found(folder)[0]


def test_a_published_version_is_never_taken_away(folder: Path) -> None:
    (publish(folder, TOUR) / "pathway.yaml").unlink()
    assert "V1 published version 0.9 is gone" in found(folder)[0]


def test_a_version_among_the_published_ones_has_a_hash(folder: Path) -> None:
    publish(folder, TOUR)
    (folder / "versions" / "hashes.yaml").unlink()
    assert "without a hash" in found(folder)[0]


def test_two_versions_are_never_in_force_on_one_day(folder: Path) -> None:
    place = publish(folder, TOUR)
    text = (place / "pathway.yaml").read_text().replace("until: 2025-12-31", "until: 2026-01-01")
    (place / "pathway.yaml").write_text(text)
    (folder / "versions" / "hashes.yaml").write_text(f'"0.9": {digest(place)}\n')
    assert " V1 versions 0.9 and 1 are both in force on 2026-01-01" in found(folder)[0]


def test_a_name_is_never_lost_without_was(folder: Path) -> None:
    publish(
        folder,
        TOUR.replace("  close:", "  end:").replace("opens: close", "opens: end").replace("[close]", "[end]"),
    )
    assert "'end' of steps in version 0.9 is gone" in found(folder)[0]


def test_a_name_that_was_is_kept(folder: Path) -> None:
    publish(
        folder,
        TOUR.replace("  close:", "  end:").replace("opens: close", "opens: end").replace("[close]", "[end]"),
    )
    text = (folder / "pathway.yaml").read_text().replace("title: {en: Close}", "title: {en: Close}, was: end")
    (folder / "pathway.yaml").write_text(text)
    assert found(folder) == []


def test_wider_sight_than_before_is_said_aloud(folder: Path) -> None:
    publish(folder, planted("facts: [justice], stages: [panel]", "facts: none, stages: [panel]"))
    assert "P2 warning: member sees wider than in 0.9: +admits" in found(folder)[0]


def test_what_a_profile_neither_says_nor_keeps_is_named(folder: Path) -> None:
    (folder / "profiles").mkdir()
    over = "profile: other\nfor: tour-caution\ntitle: {en: Other}\nin_force: {from: 2026-01-01}\nsources: {}\n"
    (folder / "profiles" / "other.yaml").write_text(over)
    faults = [str(x) for x in check(read_folder(folder, profile="other"), folder)]
    assert any("profiles/other.yaml:1:1 V2 this profile says nothing of settings.dispute_window" in x for x in faults)
    (folder / "profiles" / "other.yaml").write_text(over + "settings: {dispute_window: keep}\n")
    assert "dispute_window" not in str(check(read_folder(folder, profile="other"), folder))
