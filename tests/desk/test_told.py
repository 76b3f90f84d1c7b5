"""What came back, as the file of who sent it says it: not completed, and what was done if that was agreed to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from amparo.desk.case import told
from amparo.desk.scene import Scene
from amparo.desk.times import Clockwork
from amparo.desk.typed import Drawing
from amparo.lens.readers import usual
from amparo.lens.told import told_to
from tests.lens.test_told import PANEL, returned, sent


def test_the_file_says_not_completed_and_how_much_was_done_and_paid() -> None:
    case = sent(returned())
    t = case.stage_since + 60
    zone = case.site.zone
    view: Any = SimpleNamespace(told=told_to(PANEL, case, usual(PANEL, "supervisor"), t))
    scene = Scene(
        PANEL, Drawing(PANEL, zone, {}, "NZD"), Clockwork(zone, t), "supervisor", "acc", view=cast(Any, view)
    )
    cards = {c.title: c for c in told.cards(scene)}
    assert cards["Not completed"].lines == () and cards["Not completed"].when.startswith("Told today")
    (done, *rest) = cards["What was done, as the participant agreed"].lines
    assert done.startswith("Done so far: ") and " of " in done
    assert all(line.startswith(("Paid: ", "Hours: ")) for line in rest)
