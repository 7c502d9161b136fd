"""Originals are kept only by choice, and only for who holds the key."""

from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from ingestion.errors import MalformedKey
from ingestion.models import Source, SourceId
from ingestion.originals import Originals

SAID = b"My parcel was lost, ring me on 020 7946 0000."
DIGEST = sha256(SAID).hexdigest()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "p01.txt"
    path.write_bytes(SAID)
    return Source(id=SourceId("p01.txt"), path=path, digest=DIGEST)


def test_gives_back_what_it_kept_and_shows_it_to_nobody_else(
    source: Source, tmp_path: Path
) -> None:
    originals = Originals(tmp_path / "kept", Fernet.generate_key().decode())
    originals.keep(source)

    assert originals.read(DIGEST) == SAID
    assert b"parcel" not in (tmp_path / "kept" / f"{DIGEST}.fernet").read_bytes()


def test_another_key_opens_nothing(source: Source, tmp_path: Path) -> None:
    Originals(tmp_path, Fernet.generate_key().decode()).keep(source)

    with pytest.raises(MalformedKey, match="another key"):
        Originals(tmp_path, Fernet.generate_key().decode()).read(DIGEST)


def test_forgets(source: Source, tmp_path: Path) -> None:
    originals = Originals(tmp_path, Fernet.generate_key().decode())
    originals.keep(source)
    originals.forget(DIGEST)
    originals.forget(DIGEST)

    with pytest.raises(FileNotFoundError):
        originals.read(DIGEST)


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedKey, match="no Fernet key"):
        Originals(tmp_path, "secret")
