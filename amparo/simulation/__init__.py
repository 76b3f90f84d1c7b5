"""Whole populations, person by person, by the same definitions that run cases.

`tables` is what kernels read: every lawful way of every pathway, worked out beforehand by asking the engine.
"""
