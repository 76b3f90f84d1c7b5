"""A pathway as nodes and transitions: the engine is asked once, and its answers are kept.

`scribe` writes what happened as requests that `cases.decide` judges; `alpha` says which cases are one node;
`shift` moves a case's clocks without changing what it is; `explore` asks the engine node by node.
"""
