"""Turn segments into evidence, themes and a map."""
