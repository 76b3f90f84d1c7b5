"""What is wrong with a rule, where, and what to write instead."""

from amparo.errors import AmparoError


class RuleFault(AmparoError):
    """A rule that cannot be used.

    `offset` counts characters from the start of the rule's own text. `code` is the one that `amparo check`
    prints: R1 form, names and kinds; R2 something that must stand in no rule; R3 dates of versions. `rule`
    is the name of the rule, and `version` its number from 0 among dated ones, where several rules are
    checked at once.
    """

    def __init__(
        self,
        message: str,
        offset: int,
        remedy: str,
        code: str = "R1",
        rule: str = "",
        version: int | None = None,
    ) -> None:
        super().__init__(f"{message} · {remedy}")
        self.message, self.offset, self.remedy, self.code = message, offset, remedy, code
        self.rule, self.version = rule, version

    def inside(self, rule: str, version: int | None) -> "RuleFault":
        """The same fault, with the name of the rule it stands in."""
        return RuleFault(self.message, self.offset, self.remedy, self.code, rule, version)
