"""Definitions as cases began under them: a case stays on its version when a newer one is put in its place."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from amparo.errors import LedgerFault
from amparo.ledger.models import Definition
from amparo.pathways.model import Pathway
from amparo.pathways.profiles import Overlay
from amparo.pathways.reader import profiles, programme, read_text


def folders() -> tuple[Path, ...]:
    """The folders with the site's own programmes."""
    return tuple(Path(folder) for folder in settings.AMPARO_PROGRAMMES)


def pathway_of(name: str, version: str = "", profile: str = "") -> Pathway:
    """The pathway in force, or the version and profile under which a case began.

    Raises `LedgerFault` if they are neither here nor kept.
    """
    present = programme(name, folders())
    if version and present.version != version:
        return _kept(name, version, profile)
    if profile and profile not in profiles(name, folders()):
        return _kept(name, present.version, profile)
    return programme(name, folders(), profile=profile) if profile else present


def _kept(name: str, version: str, profile: str) -> Pathway:
    text = _row(name, version)
    return _read(text, f"{name} {version}", _row(_key(name, profile), version) if profile else "", profile)


def _row(name: str, version: str) -> str:
    row = Definition.objects.filter(pathway=name, version=version).first()
    if row is None:
        raise LedgerFault(
            f"A case began under {name} {version}, which is neither here nor kept. Put it back."
        )
    return str(row.text)


@lru_cache(maxsize=32)
def _read(text: str, named: str, over: str, profile: str) -> Pathway:
    laid = Overlay(over, f"{named}/profiles/{profile}.yaml", profile) if profile else None
    return read_text(text, named, over=laid)


def _key(name: str, profile: str) -> str:
    """Under which name the text of a profile is kept."""
    return f"{name}@{profile}"


def keep(pathway: Pathway) -> None:
    """Keep the text of a definition under its version, and that of its profile, for the cases that begin now."""
    _keep(pathway.id, pathway.version, _text(pathway.id, "pathway.yaml"))
    if pathway.profile:
        text = _text(pathway.id, f"profiles/{pathway.profile}.yaml")
        _keep(_key(pathway.id, pathway.profile), pathway.version, text)


def _keep(name: str, version: str, text: str) -> None:
    kept = Definition.objects.filter(pathway=name, version=version).first()
    if kept is None or kept.text != text:
        Definition.objects.update_or_create(pathway=name, version=version, defaults={"text": text})


def _text(name: str, file: str) -> str:
    own = (folder / name / file for folder in folders())
    shipped = files("amparo") / "programmes" / name / file
    return next((path for path in own if path.is_file()), shipped).read_text("utf-8")
