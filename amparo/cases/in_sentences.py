"""The settings that a criterion's sentences name, as they stand for a case: a refusal says them with their values."""

from __future__ import annotations

from typing import Any

from amparo.cases.model import Case
from amparo.cases.readings import setting
from amparo.pathways import in_text, values
from amparo.pathways.model import Criterion


def shown(case: Case, found: Criterion, t: int) -> dict[str, Any]:
    """`{"shown": {setting: plain value, None where it is unset}}`; {} where the sentences name none."""
    p = case.pathway
    names = sorted((in_text.named(found.say) | in_text.named(found.otherwise or {})) & set(p.settings))
    held = {name: setting(case, name, t) for name in names}
    plain = {n: None if v is None else values.encode(p.settings[n].type, v) for n, v in held.items()}
    return {"shown": plain} if plain else {}
