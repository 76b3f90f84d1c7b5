"""Definitions as cases began under them: a case stays on its version when a newer one is put in its place."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from amparo.errors import LedgerFault
from amparo.ledger.models import Definition
from amparo.pathways.model import Pathway
from amparo.pathways.reader import programme, read_text


def folders() -> tuple[Path, ...]:
    """The folders with the site's own programmes."""
    return tuple(Path(folder) for folder in settings.AMPARO_PROGRAMMES)


def pathway_of(name: str, version: str = "") -> Pathway:
    """The pathway in force, or the version under which a case began.

    Raises `LedgerFault` if that version is neither here nor kept.
    """
    pathway = programme(name, folders())
    return pathway if not version or pathway.version == version else _kept(name, version)


def _kept(name: str, version: str) -> Pathway:
    row = Definition.objects.filter(pathway=name, version=version).first()
    if row is None:
        raise LedgerFault(
            f"A case began under {name} {version}, which is neither here nor kept. Put it back."
        )
    return _read(row.text, f"{name} {version}")


@lru_cache(maxsize=32)
def _read(text: str, named: str) -> Pathway:
    return read_text(text, named)


def keep(pathway: Pathway) -> None:
    """Keep the text of a definition under its version, for the cases that begin now."""
    text = _text(pathway.id)
    kept = Definition.objects.filter(pathway=pathway.id, version=pathway.version).first()
    if kept is None or kept.text != text:
        Definition.objects.update_or_create(
            pathway=pathway.id, version=pathway.version, defaults={"text": text}
        )


def _text(name: str) -> str:
    own = (folder / name / "pathway.yaml" for folder in folders())
    shipped = files("amparo") / "programmes" / name / "pathway.yaml"
    return next((file for file in own if file.is_file()), shipped).read_text("utf-8")
