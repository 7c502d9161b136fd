"""Keep the files of a study as they came, encrypted, where a team chooses to. The door to Fernet.

Nothing of them is kept by default: what is stored is masked. With a key of the team's own the
original can be read back; without it nobody can, this product included.
"""

from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from ingestion.errors import MalformedKey
from ingestion.models import Source


class Originals:
    """A folder of encrypted files, each named after the digest of what it holds."""

    def __init__(self, folder: Path, key: str) -> None:
        """Open the folder.

        Args:
            folder: Where the files are; made when the first is kept.
            key: A Fernet key: 32 bytes in URL-safe base64.

        Raises:
            MalformedKey: The key is none.
        """
        self._folder = folder
        try:
            self._fernet = Fernet(key)
        except ValueError as error:
            raise MalformedKey(
                "JOURNEY_ORIGINALS_KEY is no Fernet key: 32 bytes in URL-safe base64"
            ) from error

    def keep(self, source: Source) -> None:
        """Keep a source as it is on disk now."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path(source.digest).write_bytes(self._fernet.encrypt(source.path.read_bytes()))

    def read(self, digest: str) -> bytes:
        """Give back the bytes of a kept source.

        Raises:
            MalformedKey: It was kept with another key.
        """
        try:
            return self._fernet.decrypt(self._path(digest).read_bytes())
        except InvalidToken as error:
            raise MalformedKey("the original was kept with another key") from error

    def forget(self, digest: str) -> None:
        """Remove a kept source; one that was never kept is passed over."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.fernet"
