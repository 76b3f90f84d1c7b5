"""From the text of a rule to its tokens. Every form of literal that rules lack is refused by name here."""

import re
from typing import Literal, NamedTuple, cast

from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.refused import SIGNS

LONGEST = 4096
"""Bytes of UTF-8 in one rule."""

PATTERN = re.compile(
    r"""
    (?P<space>[ \t\r\n\f]+)
    |(?P<comment>//)
    |(?P<long>[rRbB]{0,2}(?:'''|\"\"\"))
    |(?P<prefixed>[rRbB]{1,2}['"])
    |(?P<text>'[^'\\\r\n]*')
    |(?P<escape>'[^'\\\r\n]*\\)
    |(?P<unclosed>')
    |(?P<odd>\d+(?:\.\d+)?[eE][+-]?\d+|0[xX][0-9a-fA-F]*|\.\d+)
    |(?P<unit>\d+(?:\.\d+)?(?:[A-Za-z_µ]+|\ (?:[munµk]?g|h|min|s|working|days?|weeks?|months?|years?)\b))
    |(?P<number>\d+\.\d+)
    |(?P<count>\d+)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign>&&|\|\||==|!=|<=|>=|\.\?|\[\?|[-+*/%!<>?:.,()\[\]])
    """,
    re.X | re.S,
)

REFUSED = {
    "comment": ("comments are not part of rules", "put the remark in the key note"),
    "long": ("long quotes are not part of rules", "write codes in single quotes, 'code'"),
    "prefixed": ("raw texts and bytes are not part of rules", "write codes in single quotes, 'code'"),
    "escape": ("'\\' is not part of a code", "write the code as it is declared"),
    "unclosed": ("this quote is not closed", "end the code with a single quote on the same line"),
    "odd": ("numbers are written in plain decimals here", "write 1000, 0.5 or 255"),
    "unit": ("numbers with units do not stand in rules", "put it in a setting, or write duration('30m')"),
}

Class = Literal["text", "number", "count", "name", "sign", "end"]


class Token(NamedTuple):
    kind: Class
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a rule, ended by one of kind 'end'. Raises `RuleFault`."""
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise RuleFault("this rule is longer than 4 kB", 0, "split it into named rules")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = PATTERN.match(text, at)
        if match is None:
            message, remedy = SIGNS.get(text[at], (f"'{text[at]}' is not part of a rule", "remove it"))
            raise RuleFault(message, at, remedy)
        at = match.end()
        if match.lastgroup != "space":
            found.append(_token(match))
    return [*found, Token("end", "", at, at)]


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup
    if kind in REFUSED:
        message, remedy = REFUSED[kind]
        raise RuleFault(message, match.start(), remedy)
    return Token(cast(Class, kind), match.group(), match.start(), match.end())
