"""Steps that only write down what an authority did: which of them this role may write, and which a clock waits for."""

from __future__ import annotations

from amparo.desk.scene import Scene
from amparo.desk.words import either, lower_first, pick
from amparo.lens import ClockView, OfferView


def offers(scene: Scene) -> tuple[OfferView, ...]:
    """The recorded steps that this role may write now."""
    assert scene.view is not None
    return tuple(o for o in scene.view.offers if o.group == "recorded")


def waited(scene: Scene) -> dict[str, float]:
    """The recorded steps that running clocks wait for: step -> when the first of these clocks runs out."""
    assert scene.view is not None
    mine, due = {o.step for o in offers(scene)}, dict[str, float]()
    for clock in scene.view.clocks:
        if clock.going and clock.due is not None:
            for step in _wanted(scene, clock):
                if step in mine:
                    due[step] = min(due.get(step, float("inf")), clock.due)
    return due


def _wanted(scene: Scene, clock: ClockView) -> tuple[str, ...]:
    c = scene.pathway.clocks[clock.name]
    return (*c.stops, *c.meets)


def words(scene: Scene, clock: ClockView) -> str:
    """`Charge filed or charge not filed`: what this clock waits to see written; '' if nothing of this role's."""
    mine = [o for o in offers(scene) if o.step in _wanted(scene, clock)]
    titles = [pick(o.title, o.step) for o in mine]
    return either((*titles[:1], *(lower_first(t) for t in titles[1:])))
