"""How the tables came to be, step by step; forward only.

Each set of tables has a chain of its own, a folder with one file a step. A step is written once and
never changed; a test holds that the chain ends where the tables are.
"""
