"""Interviews: the guard, listening, the protocol, and what a conversation leaves behind."""
