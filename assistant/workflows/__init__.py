"""Carry sources to evidence, and evidence to a map: the only orchestration there is."""
