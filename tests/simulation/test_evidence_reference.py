"""The reference of evidence is true: its example is read, its tables are the program's own."""

import re
from pathlib import Path

from amparo.simulation.evidence import distributions, read_evidence_text, reference
from amparo.simulation.evidence.checks import check
from amparo.simulation.evidence.distributions import SCALES
from amparo.simulation.evidence.model import LIFE_EVENTS
from amparo.simulation.life_tables import life_tables
from tests.simulation.on_the_ferry import FERRY
from tests.simulation.test_evidence import FAULTS

FILE = Path(__file__).parents[2] / "docs" / "reference" / "evidence.md"
TEXT = FILE.read_text(encoding="utf-8")
DISTRIBUTIONS = TEXT.partition("## 4.")[2].partition("## 5.")[0]
START, END = "held by a test -->\n", "<!-- end of keys -->"
REMEDY = 'run: python -c "from tests.simulation.test_evidence_reference import write; write()"'


def write() -> None:
    """Write the tables of keys anew, after a change of the grammar."""
    before, _, rest = TEXT.partition(START)
    FILE.write_text(f"{before}{START}\n{reference.keys()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def test_the_example_is_evidence() -> None:
    example = TEXT.partition("```yaml\n")[2].partition("```")[0]
    made = read_evidence_text(example, "evidence.md")
    numbers = [finding for finding in check(FERRY, made) if finding.code == "E5"]
    assert made.pathway == "street-warning" and numbers == []


def test_the_tables_of_keys_are_the_grammars_own() -> None:
    assert TEXT.partition(START)[2].partition(END)[0].strip() == reference.keys().strip(), REMEDY


def test_every_distribution_is_told_with_its_parameters() -> None:
    rows = dict(
        re.findall(
            r"^\| `(\w+)` \| (.*) \| [^|]+ \|$",
            DISTRIBUTIONS,
            re.MULTILINE,
        )
    )
    assert set(rows) == {family for families in distributions.ALLOWED.values() for family in families} | set(
        distributions.PEOPLE
    )
    for family, sets in SCALES.items():
        assert all("{" + ", ".join(names) + "}" in rows[family] for names in sets)


def test_each_unit_of_a_distribution_is_told() -> None:
    for family, units in re.findall(r"^\| `(\w+)` \| .* \| ([^|]+) \|$", DISTRIBUTIONS, re.MULTILINE):
        known = {unit.removesuffix("_rate") for unit, all_ in distributions.ALLOWED.items() if family in all_}
        if units == "how durations differ":
            assert family in distributions.PEOPLE and not known
        else:
            assert set(units.split(", ")) == known or (units == "every unit" and len(known) == 8)


def test_the_events_of_life_and_their_tables_are_told() -> None:
    life = TEXT.partition("## 7.")[2]
    assert all(f"`{name}`" in life for name in [*LIFE_EVENTS, *life_tables()])


def test_each_code_is_told() -> None:
    listed = set(re.findall(r"^\| (E\d) \|", TEXT, re.MULTILINE))
    assert listed == {row[0] for row in FAULTS} | {"E4", "E5", "E6", "E7"}
