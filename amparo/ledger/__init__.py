"""The one writer. Pages call `amparo.ledger.book`; nothing else touches a row of a case.

One function appends; it appends or raises. State is derived; nothing else writes.
"""
