"""The loops over people: the only room that knows Numba. Nothing of a web page is ever made here.

Each kernel reads `tables` and fills sums; what it means is written once, in plain words, by the interpreter of the
tests.
"""
