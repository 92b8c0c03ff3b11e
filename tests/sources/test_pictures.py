"""Pictures beside the articles of a folder, in real folders."""

import os
from pathlib import Path

import pytest

from reader.model.errors import SourceUnreadable
from reader.sources.pictures import read


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a picture at its top, one below, and one beside it."""
    root = tmp_path / "news"
    (root / "2026" / "pics").mkdir(parents=True)
    for place in ("top.png", "2026/beside.png", "2026/pics/a b.png", "2026/50%25.png"):
        (root / place).write_bytes(place.encode())
    (tmp_path / "outside.png").write_bytes(b"outside")
    return root


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("beside.png", "2026/beside.png"),
        ("./pics/a%20b.png?v=1#top", "2026/pics/a b.png"),
        ("pics/a b.png", "2026/pics/a b.png"),
        ("50%25.png", "2026/50%25.png"),
        ("../top.png", "top.png"),
        ("/top.png", "top.png"),
        ("/2026/../top.png", "top.png"),
    ],
)
def test_what_lies_in_the_folder_is_read(root: Path, written: str, found: str) -> None:
    assert read(root, "2026/one.md", written, limit=100) == found.encode()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "missing.png",
        "../../outside.png",
        "/../outside.png",
        "..%2f..%2foutside.png",
        "pics/../../../outside.png",
        "link.png",
        "folder/outside.png",
        "https://example.org/beside.png",
        "//example.org/beside.png",
        "file:beside.png",
        "data:image/png;base64,AAAA",
        "a\0b.png",
        "..",
        "x" * 5000,
    ],
)
def test_what_is_elsewhere_is_not(root: Path, written: str) -> None:
    (root / "2026" / "link.png").symlink_to(root.parent / "outside.png")
    (root / "2026" / "folder").symlink_to(root.parent)
    assert read(root, "2026/one.md", written, limit=100) is None


def test_a_link_that_stays_in_the_folder_is_followed(root: Path) -> None:
    (root / "2026" / "link.png").symlink_to("../top.png")
    assert read(root, "2026/one.md", "link.png", limit=100) == b"top.png"


def test_what_cannot_be_had_is_told(root: Path) -> None:
    os.mkfifo(root / "2026" / "pipe.png")
    for written, why in (
        ("pipe.png", "no regular file"),
        ("pics", "folder|regular"),
        ("beside.png", "too large"),
    ):
        with pytest.raises(SourceUnreadable, match=why):
            read(root, "2026/one.md", written, limit=3)


def test_a_single_document_has_its_own_folder(root: Path) -> None:
    document = root / "2026" / "one.md"
    document.write_text("text")
    assert read(document, "", "beside.png", limit=100) == b"2026/beside.png"
    assert read(document, "", "/pics/a b.png", limit=100) == b"2026/pics/a b.png"
    assert read(document, "", "../top.png", limit=100) is None
