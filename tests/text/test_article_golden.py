"""Articles of every kind beside the screen they must make at 80 columns.

The expected screens were checked by eye; a change in them is a change of the product.
"""

from pathlib import Path

import pytest

from reader.text.article import document
from reader.text.blocks import BodyKind
from reader.text.layout import lay_out

DATA = Path(__file__).parents[1] / "data" / "article"
KINDS: dict[str, BodyKind] = {".html": "html", ".md": "markdown", ".txt": "text"}
SOURCES = sorted(
    path for path in DATA.iterdir() if path.suffix in KINDS and not path.name.endswith(".80.txt")
)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_article_looks_as_expected(source: Path) -> None:
    body = source.read_bytes().decode()
    expected = (DATA / f"{source.name}.80.txt").read_text(encoding="utf-8")
    article = document(body, KINDS[source.suffix], base="https://example.org/dir/")
    shown = "".join(f"{line.text.rstrip()}\n" for line in lay_out(article.blocks(), 80))
    assert shown == expected


def test_every_expected_screen_has_its_source() -> None:
    screens = {path.name.removesuffix(".80.txt") for path in DATA.glob("*.80.txt")}
    assert screens == {path.name for path in SOURCES}
    assert len(screens) >= 54
