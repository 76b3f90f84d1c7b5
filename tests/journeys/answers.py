"""What is typed into the fields of a form, by their names."""

from datetime import date, datetime

Typed = dict[str, str | list[str] | None]


def day(name: str, when: date) -> Typed:
    """A day, in its three fields."""
    return {f"{name}.day": str(when.day), f"{name}.month": str(when.month), f"{name}.year": str(when.year)}


def moment(name: str, when: datetime) -> Typed:
    """A day and hour, in their four fields."""
    return {**day(name, when), f"{name}.time": when.strftime("%H:%M")}


def length(name: str, n: int, unit: str) -> Typed:
    """A length: `6`, `months`."""
    return {f"{name}.n": str(n), f"{name}.unit": unit}


def facts(**told: str | list[str] | None) -> Typed:
    """Facts by name; `~not_known` is one of the nothings that share a question with its answers."""
    return {f"fact.{name}": value for name, value in told.items()}


def substance(kind: str, grams: str, weighed: str = "net", n: int = 0) -> Typed:
    """One line of the list of substances."""
    at = f"fact.substances.{n}"
    return {f"{at}.substance": kind, f"{at}.mass.n": grams, f"{at}.mass.unit": "g", f"{at}.weight": weighed}
