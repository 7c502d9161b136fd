"""Data sets that come with the project, and how the made ones were made."""
