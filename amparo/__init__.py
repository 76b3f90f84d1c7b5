"""Amparo runs, studies and improves programmes that answer drug use with support before punishment."""

__version__ = "0.1.0"
