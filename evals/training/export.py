"""Write trained weights as the file the product reads."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np

from assistant.embedded.context import Floats

_VERSION = "embedded-1"


def export(path: Path, weights: Mapping[str, Floats]) -> str:
    """Write `weights` to `path` in half precision, and give the version they are named by."""
    halves = {name: value.astype(np.float16) for name, value in sorted(weights.items())}
    content = sha256()
    for name, value in halves.items():
        content.update(name.encode() + value.tobytes())
    version = f"{_VERSION}+{content.hexdigest()[:8]}"
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, version=np.array(version), **halves)  # pyright: ignore[reportArgumentType]
    return version
