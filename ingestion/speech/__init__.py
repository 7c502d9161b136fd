"""Who says what: speaker labels, and the turns of a text or of timed cues that carry them."""
