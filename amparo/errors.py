"""The errors of the house. A *refusal* is no error: it is an answer of `cases.decide` (see `cases.model.Refusal`)."""


class AmparoError(Exception):
    """Anything this software raises on purpose. Its text is written for the person who must act on it."""


class DefinitionFault(AmparoError):
    """A definition or a file of examples cannot be read or does not hold together.

    The text is one line `file:line:column code what · remedy` for each fault found.
    """


class UnknownEvent(AmparoError):
    """The log holds a kind of event that this version does not know; nothing is folded past it."""


class WrongKey(AmparoError):
    """A sealed text does not open: a wrong key, a moved or an altered ciphertext. Nothing is returned in its place."""


class KeyDestroyed(AmparoError):
    """The words were erased: the key of this case or person has been destroyed on purpose."""


class LedgerFault(AmparoError):
    """The log does not verify or cannot be written; nothing was stored."""


class NotPermitted(AmparoError):
    """The lens does not show this to this actor. The text never says whether the thing exists."""


class SimulationFault(AmparoError):
    """Something that cannot be simulated, in a sentence: what, where, and what would help."""
