"""The reference of the language is true: its example is checked, its tables are the program's own."""

import json
import re
from pathlib import Path

from amparo.pathways import reference
from amparo.pathways.check import check
from amparo.pathways.reader import read_text
from amparo.pathways.words import LETTER_FIELDS, NOTICE_SAYS, PLAIN_READINGS, READINGS
from amparo.pathways.yaml_form import plain, read
from tests.pathways.check import test_courts, test_findings, test_folders, test_others
from tests.pathways.test_reader import FAULTS

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
TEXT = (FOLDER / "language.md").read_text(encoding="utf-8")
START, END = "held by a test -->\n", "<!-- end of keys -->"
REMEDY = 'run: python -c "from tests.pathways.test_reference import write; write()"'


def write() -> None:
    """Write the made parts of the reference anew, after a change of the grammar."""
    before, _, rest = TEXT.partition(START)
    after = rest.partition(END)[2]
    (FOLDER / "language.md").write_text(
        f"{before}{START}\n{reference.keys()}\n{END}{after}", encoding="utf-8"
    )
    (FOLDER / "pathway.schema.json").write_text(schema(), encoding="utf-8")


def schema() -> str:
    """One element a line, so that a change can be reviewed."""
    whole = reference.json_schema()
    lines = (f"  {json.dumps(name)}: {line(each)}" for name, each in whole.pop("$defs").items())
    return line(whole)[:-1] + ', "$defs": {\n' + ",\n".join(lines) + "\n}}\n"


def line(part: object) -> str:
    return json.dumps(part, ensure_ascii=False)


def example() -> str:
    return TEXT.partition("```yaml\n")[2].partition("```")[0]


def test_the_example_is_a_whole_definition_without_a_finding() -> None:
    assert check(read_text(example(), "language.md")) == ()


def test_the_table_of_keys_is_the_grammars_own() -> None:
    assert TEXT.partition(START)[2].partition(END)[0].strip() == reference.keys().strip(), REMEDY


def test_the_schema_for_editors_is_the_grammars_own() -> None:
    assert (FOLDER / "pathway.schema.json").read_text(encoding="utf-8") == schema(), REMEDY


def test_every_code_listed_has_a_planted_fault_and_every_planted_code_is_listed() -> None:
    listed = set(re.findall(r"^\| ([A-Z]\d) \|", TEXT, re.MULTILINE))
    source = Path(test_folders.__file__).read_text(encoding="utf-8")
    planted = {
        fault[0] for fault in (*FAULTS, *test_findings.FAULTS, *test_courts.FAULTS, *test_others.FAULTS)
    } | set(re.findall(r"\b[TPV]\d\b", source))
    assert listed == planted


def test_every_reading_and_every_field_of_a_case_is_named() -> None:
    words = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)?", TEXT))
    assert {*READINGS, *PLAIN_READINGS, *LETTER_FIELDS, *NOTICE_SAYS} <= words | {
        word.split(".")[0] for word in words
    }


def test_the_schema_knows_every_key_of_the_example() -> None:
    known = reference.json_schema()["$defs"]["pathway"]["properties"]
    tree = plain(read(example(), "language.md"))
    assert isinstance(tree, dict) and tree.keys() <= known.keys()
