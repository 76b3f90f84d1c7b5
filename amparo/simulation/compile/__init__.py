"""From definitions, evidence and a policy to the tables that kernels read.

`classes`: what sorts of people there are. `planned`: evidence as what may happen. `numbers`: the values of one draw.
`shares`: how probable each way on is. `assembled`: the tables.
"""
