"""What every test may ask for: the seeds and the corpus, where they stand beside the checkout."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of real articles beside the checkout."""
    path = SHARED / "seeds"
    if not path.is_dir():
        pytest.skip(f"no sample articles at {path}")
    return path


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked corpus of real and hostile files (its ``open`` folder).

    ``NEWSREADER_CORPUS`` names one that is unpacked already.
    """
    unpacked = os.environ.get("NEWSREADER_CORPUS")
    if unpacked:
        return Path(unpacked)
    archive = SHARED / "corpus.tar.xz"
    if not archive.is_file():
        pytest.skip(f"no corpus at {archive}")
    import tarfile

    folder = tmp_path_factory.getbasetemp().parent / "newsreader-corpus"
    done = folder / "unpacked"
    if not done.exists():
        target = tmp_path_factory.mktemp("corpus")
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
        (target / "unpacked").touch()
        try:
            target.rename(folder)
        except OSError:
            return target / "open"
    return folder / "open"
