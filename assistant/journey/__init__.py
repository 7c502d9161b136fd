"""From evidence and themes to everything a journey map says. Pure: no store, no engine.

`draw(material)` puts the map together; each part has a module named after it.
"""

from assistant.journey.drawing import draw
from assistant.journey.material import Material

__all__ = ["Material", "draw"]
