"""Release the prompts: `python -m evals.released` writes their checksums and their guide.

A version that was released is never written anew: what changed is an error, and a new version.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant import prompts
from assistant.prompts import Prompt

GUIDE = Path(__file__).parent.parent / "docs" / "prompts.md"
SUMS = prompts.PROMPTS / "SHA256SUMS"
_HEAD = """\
# Prompts

Words for models are files: `prompts/<name>/v<number>.md`. The highest version is live; a released
one never changes, and `sha256sum -c SHA256SUMS` in `prompts/` checks that. Every conclusion names
the version that it came from (`find_evidence@1`), its model, temperature and seed. A better prompt
is a new file; `python -m evals.released` adds it here and to the checksums.

| prompt | model | what it is for | inputs | what changed |
|---|---|---|---|---|
"""


def main() -> int:
    """Write what is new; name what was changed after its release."""
    sums = {line[66:]: line[:64] for line in _lines(SUMS)}
    found = {name: _digest(prompts.PROMPTS / name) for name in map(_file, prompts.everything())}
    changed = [name for name, digest in sums.items() if found.get(name) != digest]
    if changed:
        print("changed after their release:", *changed)
        return 1
    SUMS.write_text("".join(f"{found[name]}  {name}\n" for name in sorted(found)), "utf-8")
    GUIDE.write_text(guide(), "utf-8")
    return 0


def guide() -> str:
    """Describe every prompt from its front matter, the live version of each first."""
    live_first = sorted(prompts.everything(), key=lambda each: (each.name, -each.version))
    return _HEAD + "".join(map(_row, live_first))


def _row(prompt: Prompt) -> str:
    inputs = ", ".join(f"`{name}`" for name in prompt.inputs)
    cells = (f"`{prompt}`", prompt.model, prompt.purpose, inputs, prompt.changed)
    return f"| {' | '.join(cells)} |\n"


def _file(prompt: Prompt) -> str:
    return f"{prompt.name}/v{prompt.version}.md"


def _lines(file: Path) -> Sequence[str]:
    return file.read_text("utf-8").splitlines() if file.exists() else ()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
