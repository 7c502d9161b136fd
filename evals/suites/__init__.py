"""How well the product reads and groups, measured on samples whose truth is known.

A suite asks questions about samples; each question is measured, with how far chance may have moved
the figure, beside what a simple rule says of the same samples. `journey eval` runs them.
"""
