"""The text of a rule -> its tree. Operators bind as in CEL; what rules lack is refused, with a remedy."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Literal, cast

from amparo.pathways.rules.faults import RuleFault
from amparo.pathways.rules.lexer import Token, tokens
from amparo.pathways.rules.refused import CALLS, FUNCTIONS, MACROS, NULL, RESERVED, SIGNS, WORDS
from amparo.pathways.rules.tree import (
    Arith,
    Call,
    Choice,
    Compare,
    Comparison,
    Const,
    Each,
    Field,
    Index,
    Listing,
    Logic,
    Member,
    Name,
    Node,
    Not,
    Operation,
)

DEEPEST = 32
"""Levels of a tree, and of brackets."""

NESTED = 2
"""Levels of exists and all."""

WHOLE = 2**63
"""Whole numbers lie in [-WHOLE, WHOLE)."""

RELATION, SUM, PRODUCT = 3, 4, 5
STRENGTH = {"||": 1, "&&": 2, "in": RELATION, "+": SUM, "-": SUM, "*": PRODUCT}
STRENGTH |= dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), RELATION)
"""How strongly an operator binds."""

CONSTANTS = frozenset({"in", "true", "false", "null"})
UNNAMEABLE = CONSTANTS | RESERVED

LONGEST_DURATION = 315_576_000_000
"""Seconds; the bound that CEL sets."""


def parse(text: str) -> Node:
    """The tree of a rule. Raises `RuleFault` with offset and remedy for all that is not in the subset."""
    parser = _Parser(tokens(text))
    tree = parser.expression()
    parser.finish()
    return tree


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.tokens, self.at, self.open, self.each = found, 0, 0, 0

    # ------------------------------------------------------------------------------------------ tokens
    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at += token.kind != "end"
        return token

    def sees(self, sign: str) -> bool:
        return self.next.text == sign and self.next.kind in ("sign", "name")

    def want(self, sign: str, remedy: str) -> Token:
        if not self.sees(sign):
            raise RuleFault(f"'{sign}' is expected here{self._found()}", self.next.start, remedy)
        return self.take()

    def _found(self) -> str:
        return f", not '{self.next.text}'" if self.next.kind != "end" else ", but the rule ends"

    def finish(self) -> None:
        token = self.next
        if token.kind == "end":
            return
        self.refuse_sign(token)
        if token.kind == "name" and token.text in WORDS:
            raise RuleFault(f"'{token.text}' is not an operator of rules", token.start, WORDS[token.text])
        raise RuleFault(f"'{token.text}' is not expected here", token.start, "join conditions with && or ||")

    def refuse_sign(self, token: Token) -> None:
        if token.kind == "sign" and token.text in (".?", "[?"):
            raise RuleFault("optional fields are not part of rules", token.start, NULL)
        if token.kind == "sign" and token.text in SIGNS:
            message, remedy = SIGNS[token.text]
            raise RuleFault(message, token.start, remedy)

    def deeper(self, at: int, *below: Node) -> int:
        """The depth of a node above others; refused where it grows too deep."""
        depth = 1 + max((node.depth for node in below), default=0)
        if depth > DEEPEST:
            raise RuleFault(f"this rule is deeper than {DEEPEST} levels", at, "split it into named rules")
        return depth

    # ------------------------------------------------------------------------------------------ operators
    def expression(self) -> Node:
        """Everything, `?:` included. The level is checked before going down, so no text can exhaust the
        stack.
        """
        self.open += 1
        if self.open > DEEPEST:
            raise RuleFault(
                f"this rule is deeper than {DEEPEST} levels", self.next.start, "split it into named rules"
            )
        tree = self.binary(1)
        if self.sees("?"):
            tree = self.choice(tree)
        self.open -= 1
        return tree

    def choice(self, condition: Node) -> Node:
        at = self.take().start
        yes = self.binary(1)
        self.want(":", "write condition ? one : other")
        no = self.expression()
        return Choice(condition.start, no.end, self.deeper(at, condition, yes, no), condition, yes, no)

    def binary(self, weakest: int) -> Node:
        left = self.unary()
        related = False
        while True:
            token = self.next
            self.refuse_sign(token)
            strength = STRENGTH.get(token.text, 0) if token.kind in ("sign", "name") else 0
            if strength < weakest:
                return left
            if strength == RELATION and related:
                raise RuleFault(
                    "comparisons do not follow one another", token.start, "join two comparisons with &&"
                )
            related = strength == RELATION
            self.take()
            left = self.joined(token, left, self.binary(strength + 1))

    def joined(self, token: Token, left: Node, right: Node) -> Node:
        op, start, end = token.text, left.start, right.end
        if op in ("&&", "||"):
            sides = (*left.sides, right) if isinstance(left, Logic) and left.op == op else (left, right)
            return Logic(start, end, self.deeper(token.start, *sides), "&&" if op == "&&" else "||", sides)
        depth = self.deeper(token.start, left, right)
        if op == "in":
            return Member(start, end, depth, left, right)
        if STRENGTH[op] >= SUM:
            return Arith(start, end, depth, cast(Operation, op), left, right)
        return Compare(start, end, depth, cast(Comparison, op), left, right)

    def unary(self) -> Node:
        token = self.next
        if self.sees("!"):
            return self.negated()
        if not self.sees("-"):
            return self.postfix(self.primary())
        self.take()
        if self.next.kind not in ("count", "number"):
            raise RuleFault("a minus stands only before a number", token.start, "write 0 - name")
        return self.number(self.take(), token.start)

    def negated(self) -> Node:
        starts = []
        while self.sees("!"):
            starts.append(self.take().start)
        tree = self.unary()
        for at in reversed(starts):
            tree = Not(at, tree.end, self.deeper(at, tree), tree)
        return tree

    # ------------------------------------------------------------------------------------------ values
    def primary(self) -> Node:
        token = self.take()
        if token.kind in ("count", "number"):
            return self.number(token, token.start)
        if token.kind == "text":
            return Const(token.start, token.end, 1, token.text[1:-1], "text")
        if token.kind == "name":
            return self.named(token)
        if token.text == "(":
            tree = self.expression()
            end = self.want(")", "close the bracket").end
            return replace(tree, start=token.start, end=end)
        if token.text == "[":
            return self.listing(token)
        raise self.not_a_value(token)

    def not_a_value(self, token: Token) -> RuleFault:
        self.refuse_sign(token)
        if token.kind == "end":
            return RuleFault(
                "the rule ends too early", token.start, "write a name, a code in quotes or a number"
            )
        if token.text == ".":
            return RuleFault(
                "a name does not begin with a dot", token.start, "write the name as it is declared"
            )
        return RuleFault(
            f"'{token.text}' stands where a value is expected", token.start, "write a name, code or number"
        )

    def number(self, token: Token, start: int) -> Const:
        sign = "-" if start != token.start else ""
        if token.kind == "number":
            return Const(start, token.end, 1, Decimal(sign + token.text), "number")
        value = int(sign + token.text)
        if not -WHOLE <= value < WHOLE:
            raise RuleFault("this number is too large", start, "whole numbers go up to 9223372036854775807")
        return Const(start, token.end, 1, value, "count")

    def named(self, token: Token) -> Node:
        word = token.text
        if word in ("true", "false"):
            return Const(token.start, token.end, 1, word == "true", "yes_no")
        if word == "null":
            raise RuleFault("there is no null in rules", token.start, NULL)
        if word == "in" or word in RESERVED:
            raise RuleFault(
                f"'{word}' is a reserved word, not a name", token.start, WORDS.get(word, "rename the fact")
            )
        if self.sees("("):
            return self.call(token)
        return Name(token.start, token.end, 1, word)

    def listing(self, token: Token) -> Node:
        items = self.items("]")
        end = self.want("]", "close the list").end
        return Listing(token.start, end, self.deeper(token.start, *items), items)

    def items(self, end: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while not self.sees(end):
            found.append(self.expression())
            if not self.sees(","):
                break
            self.take()
        return tuple(found)

    # ------------------------------------------------------------------------------------------ after a value
    def postfix(self, tree: Node) -> Node:
        while True:
            self.refuse_sign(self.next)
            if self.sees("."):
                self.take()
                tree = self.after_dot(tree)
            elif self.sees("["):
                tree = self.index(tree)
            else:
                return tree

    def index(self, tree: Node) -> Node:
        at = self.take().start
        key = self.expression()
        end = self.want("]", "close the square bracket").end
        return Index(tree.start, end, self.deeper(at, tree, key), tree, key)

    def after_dot(self, tree: Node) -> Node:
        token = self.take()
        if token.kind != "name" or token.text in CONSTANTS:
            raise RuleFault(
                "a name is expected after the dot", token.start, "write the field as it is declared"
            )
        if not self.sees("("):
            return Field(tree.start, token.end, self.deeper(token.start, tree), tree, token.text, token.start)
        if token.text in MACROS:
            return self.quantified(tree, token)
        raise self.no_function(token, method=True)

    def quantified(self, of: Node, token: Token) -> Node:
        self.each += 1
        if self.each > NESTED:
            message = "more than two of exists and all stand inside one another"
            raise RuleFault(message, token.start, "use a derived value")
        self.take()
        variable = self.take()
        form = f"write {token.text}(i, condition on i)"
        if variable.kind != "name" or variable.text in UNNAMEABLE:
            raise RuleFault(f"{token.text} wants a name for the item first", variable.start, form)
        self.want(",", form)
        body = self.expression()
        if self.sees(","):
            raise RuleFault(f"{token.text} has one name and one condition", self.next.start, form)
        end = self.want(")", form).end
        self.each -= 1
        depth = self.deeper(token.start, of, body)
        quantifier: Literal["exists", "all"] = "exists" if token.text == "exists" else "all"
        return Each(of.start, end, depth, quantifier, of, variable.text, variable.start, body)

    def call(self, token: Token) -> Node:
        if token.text not in FUNCTIONS:
            raise self.no_function(token, method=False)
        self.take()
        arguments = self.items(")")
        end = self.want(")", "close the bracket").end
        if token.text == "duration":
            return self.duration(token, end, arguments)
        wanted = 1 if token.text == "date_of" else 2
        if len(arguments) != wanted:
            form = "date_of(instant)" if wanted == 1 else f"{token.text}(from, to)"
            raise RuleFault(
                f"{token.text} takes {wanted}, not {len(arguments)}", token.start, f"write {form}"
            )
        return Call(token.start, end, self.deeper(token.start, *arguments), token.text, arguments)

    def no_function(self, token: Token, method: bool) -> RuleFault:
        word = token.text
        if word in CALLS:
            return RuleFault(f"'{word}' is not part of rules", token.start, CALLS[word])
        if word in MACROS or word in FUNCTIONS:
            form = (
                f"write {word}(…) without a list before it" if method else f"write list.{word}(i, condition)"
            )
            return RuleFault(f"'{word}' is used the other way", token.start, form)
        known = ", ".join(MACROS if method else FUNCTIONS)
        return RuleFault(f"no function is called '{word}'", token.start, f"there are: {known}")

    def duration(self, token: Token, end: int, arguments: tuple[Node, ...]) -> Const:
        form = "write duration('30m'), with h, m and s in whole numbers"
        if (
            len(arguments) != 1
            or not isinstance(arguments[0], Const)
            or not isinstance(arguments[0].value, str)
        ):
            raise RuleFault("duration takes one text", token.start, form)
        match = re.fullmatch(r"(-?)(?=\d)(?:(\d{1,9})h)?(?:(\d{1,11})m)?(?:(\d{1,13})s)?", arguments[0].value)
        if match is None:
            raise RuleFault(f"'{arguments[0].value}' is not a duration", arguments[0].start, form)
        hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
        value = hours * 3600 + minutes * 60 + seconds
        if value > LONGEST_DURATION:
            raise RuleFault("this duration is too long", arguments[0].start, "ten thousand years is the most")
        return Const(token.start, end, 1, -value if match[1] else value, "duration")
