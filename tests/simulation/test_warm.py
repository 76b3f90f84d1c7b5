"""What `make setup` compiles is what studies run."""

from amparo.simulation.kernels.warm import warm


def test_one_person_goes_somewhere_or_stays() -> None:
    assert warm() in (0, 1)
