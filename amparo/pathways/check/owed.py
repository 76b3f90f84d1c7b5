"""O1: obligations that nobody verifies or that the wrong one breaches, the worklist's last box, bodies that
cannot sit.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.pathways.check.look import Look
from amparo.pathways.findings import Finding
from amparo.pathways.model import Body, ObligationKind, Pathway


def findings(look: Look) -> Iterator[Finding]:
    yield from _boxes(look.pathway)
    for name, kind in look.pathway.obligations.items():
        for what, remedy in _obligation(name, kind):
            yield Finding(kind.where, "O1", what, remedy)
    for name, body in look.pathway.bodies.items():
        for what, remedy in _body(name, body):
            yield Finding(body.where, "O1", what, remedy)


def _boxes(p: Pathway) -> Iterator[Finding]:
    if not p.boxes:
        return
    last = p.boxes[-1]
    if last.if_ is not None:
        yield Finding(
            last.where, "O1", "the boxes do not end in `rest: yes`", "add one last: counts must add up"
        )
    for box in p.boxes[:-1]:
        if box.if_ is None:
            yield Finding(box.where, "O1", "`rest: yes` stands before other boxes", "move it to the end")


def _obligation(name: str, kind: ObligationKind) -> Iterator[tuple[str, str]]:
    if not kind.verified_by:
        yield f"nobody verifies '{name}'", "write verified_by: <role>"
    if not kind.varied_by:
        yield f"nobody can vary or waive '{name}'", "write varied_by: <role>"
    if kind.breach is None:
        return
    if kind.with_ != "person":
        yield (
            f"'{name}' is owed by {kind.with_} and can be breached",
            "remove breach: it is never the person's",
        )
    if not kind.breach.asks:
        yield f"a breach of '{name}' does not ask whose fault it was", "write breach.asks: [<fact>]"
    needs = kind.breach.needs
    if needs is None or not (needs.reasons and needs.heard):
        yield (
            f"a breach of '{name}' is found without reasons, or the person unheard",
            "write needs: {reasons: yes, heard: yes}",
        )


def _body(name: str, body: Body) -> Iterator[tuple[str, str]]:
    seats = sum(body.made_of.values())
    if not 0 < body.sits_with <= seats:
        yield (
            f"'{name}' sits with {body.sits_with} of {seats} members",
            "write a number from 1 to its members",
        )
    if body.fewer and not 0 < body.fewer.number < body.sits_with:
        yield (
            f"'{name}' has no fewer with {body.fewer.number} than with {body.sits_with}",
            "write a smaller number",
        )
    for quality in body.must_include:
        if quality.number > seats:
            yield (
                f"'{name}' must include {quality.number} × {quality.quality} among {seats}",
                "write a smaller number",
            )
