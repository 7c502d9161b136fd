"""The map as files to hand on: a page, a text, the data."""
